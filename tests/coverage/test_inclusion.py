"""Why a group is covered less: the parts add up to the gap whatever the figures, and name the cause that was built in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.coverage.inclusion import PARTS, Group, divide, divide_known, group, parity, two_steps

count = st.integers(0, 5_000_000)


@st.composite
def groups(draw: st.DrawFn, kinds: int) -> object:
    at_work = draw(st.lists(count, min_size=kinds, max_size=kinds))
    registered = [draw(st.integers(0, one * 2)) for one in at_work]
    return group("g", at_work, registered, [draw(st.integers(0, one)) for one in registered])


@given(st.integers(1, 5).flatmap(lambda kinds: st.tuples(groups(kinds), groups(kinds))))
def test_parts_add_up_to_the_gap_exactly(pair: tuple) -> None:
    first, second = pair
    found = divide(first, second)
    assert sum(found.parts.values()) == pytest.approx(found.gap, abs=1e-9)
    assert found.by_kind.sum() == pytest.approx(found.gap, abs=1e-9)
    back = divide(second, first)
    assert all(back.parts[part] == pytest.approx(-found.parts[part], abs=1e-9) for part in PARTS)


@given(st.integers(1, 5).flatmap(lambda kinds: st.tuples(groups(kinds), groups(kinds))))
def test_parts_among_people_a_registry_knows_add_up_too(pair: tuple) -> None:
    found = divide_known(*pair)
    assert sum(found.parts.values()) == pytest.approx(found.gap, abs=1e-9)


def test_a_registry_tells_who_was_never_covered_from_who_lapsed() -> None:
    def known(name: str, registered: list[int], ever: list[int], active: list[int]) -> Group:
        return Group(name, *(np.array(one, dtype=float) for one in (registered, ever, active)))

    few = divide_known(known("a", [100, 0], [60, 20], [30, 10]), known("b", [200, 0], [60, 20], [30, 10]))
    assert few.parts == pytest.approx({"jobs": 0, "registering": 0.2, "staying": 0})
    lapsing = divide_known(known("a", [100, 0], [60, 20], [60, 20]), known("b", [100, 0], [60, 20], [30, 10]))
    assert lapsing.parts == pytest.approx({"jobs": 0, "registering": 0, "staying": 0.4})


CAUSES = [
    ("jobs", group("a", [80, 20], [40, 2], [20, 1]), group("b", [20, 80], [10, 8], [5, 4])),
    ("registering", group("a", [50, 50], [40, 20], [20, 10]), group("b", [50, 50], [20, 10], [10, 5])),
    ("staying", group("a", [50, 50], [40, 20], [36, 18]), group("b", [50, 50], [40, 20], [20, 10])),
]


@pytest.mark.parametrize(("cause", "first", "second"), CAUSES, ids=[one[0] for one in CAUSES])
def test_a_single_cause_is_named_and_the_others_are_nothing(cause: str, first: object, second: object) -> None:
    found = divide(first, second)  # type: ignore[arg-type]
    assert found.parts[cause] == pytest.approx(found.gap) and found.gap > 0.01
    assert all(found.parts[part] == pytest.approx(0) for part in PARTS if part != cause)


def test_two_factors_are_kitagawas_division() -> None:
    first, second = two_steps("a", [60, 40], [30, 4]), two_steps("b", [30, 70], [12, 14])
    found = divide(first, second)
    p, q = np.array([0.6, 0.4]), np.array([0.3, 0.7])
    c, d = np.array([0.5, 0.1]), np.array([0.4, 0.2])
    assert found.parts["jobs"] == pytest.approx(((p - q) * (c + d) / 2).sum())
    assert found.parts["registering"] == pytest.approx(((c - d) * (p + q) / 2).sum())
    assert found.parts["staying"] == pytest.approx(0)


def test_nobody_in_a_kind_of_work_takes_the_rates_of_the_other_group() -> None:
    found = divide(group("a", [100, 0], [50, 0], [50, 0]), group("b", [50, 50], [25, 0], [25, 0]))
    assert found.parts == pytest.approx({"jobs": 0.25, "registering": 0, "staying": 0})


@pytest.mark.parametrize("counts", [([1, 2], [1], [1]), ([-1], [0], [0]), ([0], [3], [1]), ([5], [0], [1])])
def test_impossible_groups_are_refused(counts: tuple) -> None:
    with pytest.raises(InputError):
        group("a", *counts)


def test_parity_says_how_many_are_missing() -> None:
    men, women = parity([("men", 100, 50), ("women", 60, 15)])
    assert (men.missing, women.missing) == (0, 15)
    assert women.share_of_workers == pytest.approx(0.375) and women.share_of_active == pytest.approx(15 / 65)
