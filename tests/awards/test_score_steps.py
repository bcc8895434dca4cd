"""The cheapest ways up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek.awards.edition import Improvement
from jamsostek.awards.scoring import MILLION, Field, Measured, score, steps_up
from jamsostek.awards.scoring.steps import ppm_of
from tests.awards.contests import contest, even, field


def costs(*rupiah):
    return {
        name: None if one is None else Improvement({"id": "orang", "en": "person"}, one, "rekaan", True)
        for name, one in zip("abcd", rupiah, strict=False)
    }


def ranks_with(category, of, row, name, num, den):
    values = of.values.copy()
    values[row, of.places[name]] = ppm_of(num, den)
    return int(score(category, replace(of, values=values)).ranks[row])


def test_by_hand():
    # Benchmark of 1, so each share counts as it is. s1 lacks 10 points of the sum: 0.1 x 2 = 0.2 of one share.
    of = field([[800_000, 500_000, 500_000], [600_000, 500_000, 500_000], [0, 0, 0]])
    measured = {"a": Measured(60, 100, 100), "b": Measured(500, 1000, 1000), "c": Measured(5, 10, 10)}
    found = steps_up(contest([400_000, 400_000, 200_000], "benchmark"), of, "s0001", measured, costs(7_000, 1_000, None))
    assert (found.rank, found.to) == (2, 1)
    # 20 of 100 are level, and a shared first rank is first.
    assert [(one.criterion, one.units, one.rupiah, one.rank) for one in found.priced] == [
        ("a", 20, 140_000, 1),
        ("b", 200, 200_000, 1),
    ]
    assert [(one.criterion, one.units, one.rupiah) for one in found.unpriced] == [("c", 4, None)]
    assert (found.priced[0].before_ppm, found.priced[0].after_ppm) == (600_000, 800_000)


def test_fewer_units_are_a_step_where_less_is_better():
    of = field([[100_000], [300_000], [900_000]], ["less"])
    found = steps_up(contest([MILLION]), of, "s0002", {"a": Measured(9, 10)}, costs(5))
    assert [(one.units, one.rupiah, one.after_ppm, one.rank) for one in found.priced] == [(6, 30, 300_000, 2)]


def test_what_would_not_do_it_alone_is_told():
    of = field([[MILLION, MILLION], [0, 0]])
    found = steps_up(
        contest([600_000, 400_000], "benchmark"), of, "s0001", {"a": Measured(0, 5, 5), "b": Measured(0, 9, 9)}, costs(1, 1)
    )
    assert (found.priced, found.unpriced, found.beyond_reach) == ((), (), ("a", "b"))


def test_the_first_needs_no_step_and_what_is_not_measured_gives_none():
    of = field([[9, 1], [None, 5], [1, 1]])
    category = contest(even(2), missing="leave_out")
    assert steps_up(category, of, "s0000", {"a": Measured(9, 10)}, {}).priced == ()
    found = steps_up(category, of, "s0002", {"a": Measured(1, MILLION), "b": Measured(1, 0)}, costs(3, 3))
    assert {one.criterion for one in found.priced} == {"a"}
    with pytest.raises(ValueError, match="not in tuple"):
        steps_up(category, of, "nobody", {}, {})


def test_only_three_are_told_the_cheapest_first_and_none_that_is_not_priced_among_them():
    of = field([[MILLION] * 4, [100_000] * 4, [0] * 4, [0] * 4])
    category = contest([400_000, 300_000, 200_000, 100_000])
    measured = {name: Measured(0, 1000, 1000) for name in "abcd"}
    assert steps_up(category, of, "s0002", measured, costs(9, 3, 1, 8), to=3).priced == ()
    # A tenth of the whole is level with the second: 250, 334 (333.3), 500 and all 1000 units.
    found = steps_up(category, of, "s0002", measured, costs(9, 3, 1, 8))
    assert [(one.criterion, one.units, one.rupiah) for one in found.priced] == [
        ("c", 500, 500),
        ("b", 334, 1_002),
        ("a", 250, 2_250),
    ]
    found = steps_up(category, of, "s0002", measured, costs(None, 3, 1, 8))
    assert [one.criterion for one in found.priced] == ["c", "b", "d"]
    assert [one.criterion for one in found.unpriced] == ["a"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["min_max", "percentile", "benchmark"]),
    st.sampled_from(["weighted_sum", "topsis", "geometric"]),
    st.sampled_from(["zero", "median", "leave_out"]),
    st.integers(0, 10_000),
)
def test_the_units_told_are_enough_and_no_fewer_are(normalise, aggregate, missing, seed):
    random = np.random.default_rng(seed)
    dens = random.integers(1, 60, (6, 3))
    nums = np.minimum(random.integers(0, 60, (6, 3)), dens)
    rows = [
        [None if random.random() < 0.1 else ppm_of(int(n), int(d)) for n, d in zip(*pair, strict=True)]
        for pair in zip(nums, dens, strict=True)
    ]
    of: Field = field(rows)
    category = contest(even(3), normalise, aggregate, missing, tie_breaks=["b"])
    before = score(category, of)
    for row in range(6):
        measured = {name: Measured(int(nums[row, at]), int(dens[row, at]), int(dens[row, at])) for at, name in enumerate("abc")}
        found = steps_up(category, of, of.keys[row], measured, costs(3, 2, None))
        assert found.rank == before.ranks[row]
        told = {one.criterion: one for one in (*found.priced, *found.unpriced)}
        for at, name in enumerate("abc"):
            if rows[row][at] is None or found.rank <= found.to:
                assert name not in told
                continue
            num, den = int(nums[row, at]), int(dens[row, at])
            enough = [one for one in range(1, den - num + 1) if ranks_with(category, of, row, name, num + one, den) <= found.to]
            assert (told[name].units if name in told else None) == (enough[0] if enough else None)
            assert (name in found.beyond_reach) == (not enough)
            if name in told:
                assert told[name].rank == ranks_with(category, of, row, name, num + told[name].units, den)
