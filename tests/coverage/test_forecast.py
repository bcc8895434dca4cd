"""The forecast: each way does what it says, nothing of the future is peeked at, and the figures come out as measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.coverage import forecast
from jamsostek.coverage.forecast import WAYS, Past, back_test, project, rates, scores
from jamsostek.coverage.nation_history import SEGMENTS, Aim, counts, end_of, members_aim, outlook, parts, past, share_aim


def made(active: list[float], *, most: float = 100.0, ever: list[float] | None = None, growth: float = 0.0) -> Past:
    times = np.arange(len(active), dtype=float) + 2000
    held = np.array(ever if ever is not None else [])
    return Past(times, np.array(active), times[: len(held)], held, np.array([2000.0]), np.array([most]), growth)


def at(name: str, known: Past, *times: float) -> list[float]:
    return WAYS[name](known, np.array(times)).tolist()


def test_the_simple_ways_carry_on_what_they_say() -> None:
    known = made([10, 20, 24])
    assert at("last", known, 2003, 2010) == [24, 24]
    assert at("last_growth", known, 2003, 2004) == [28, 32]
    assert at("drift", known, 2003, 2004) == [31, 38]


def test_a_logistic_course_is_continued_exactly() -> None:
    shares = 1 / (1 + np.exp(-(np.arange(8) * 0.4 - 2)))
    known = made((shares[:4] * 100).tolist())
    assert at("logistic", known, 2006, 2007) == pytest.approx((shares[6:] * 100).tolist())


def test_the_flows_that_made_a_past_are_found_again() -> None:
    join, back, lapse, step = 0.05, 0.30, 0.10, 1 / 240
    active, ever, told = 10.0, 50.0, []
    for month in range(240 * 8 + 1):
        if month % 240 == 0:
            told.append((active, ever))
        joined = join * (200 - ever) * step
        active, ever = active + joined + (back * (ever - active) - lapse * active) * step, ever + joined
    known = made([one[0] for one in told], ever=[one[1] for one in told], most=200)
    found = rates(known)
    assert found.joining == pytest.approx(join, rel=0.03)
    assert (found.returning, found.lapsing) == pytest.approx((back, lapse), rel=0.15)
    assert at("flows", known.until(2005), 2008)[0] == pytest.approx(told[8][0], rel=0.02)


def test_nothing_of_the_future_is_known_at_an_origin() -> None:
    honest = made([10, 20, 24, 30, 33, 40], ever=[30, 31, 32, 33, 34, 35])
    changed = made([10, 20, 24, 30, 90, 95], ever=[30, 31, 32, 33, 80, 99])
    first, second = (
        [(one.way, one.target, one.told) for one in back_test(known) if one.origin <= 2003] for known in (honest, changed)
    )
    assert first == second and len(first) > 10
    known = Past(*(np.arange(3.0),) * 4, np.array([0.0, 1.0, 2.0]), np.array([5.0, 6.0, 99.0]), 0.0)
    assert known.until(1.0).most(np.array([2.0]))[0] == 6


def test_distance_counts_the_same_however_many_tries_it_has() -> None:
    tries = back_test(made([10, 12, 15, 19, 24, 30, 37]))
    for one in scores(tries):
        mine = [t for t in tries if t.way == one.way]
        assert sum(one.tries.values()) == len(mine)
        assert one.mean == pytest.approx(np.mean(list(one.by_years.values())))
        assert one.by_years[1] == pytest.approx(np.mean([abs(t.told / t.counted - 1) for t in mine if t.years == 1]))
    assert [one.mean for one in scores(tries)] == sorted(one.mean for one in scores(tries))


@given(st.lists(st.floats(1, 95), min_size=5, max_size=9), st.sampled_from(sorted(WAYS)))
def test_bounds_hold_the_middle_widen_and_stay_between_nobody_and_everybody(active: list[float], way: str) -> None:
    known = made(active, ever=[99.0] * len(active))
    found = project(known, way, back_test(known), [2010, 2020, 2045])
    for one in found:
        assert 0 <= one.low_95 <= one.low_80 <= one.middle + 1e-3 and one.middle - 1e-3 <= one.high_80 <= one.high_95 <= one.most
        assert 0 <= one.chance(0.995 * one.most) <= one.chance(1) <= 1 and one.chance(one.most + 1) == 0
    assert found[0].spread <= found[1].spread <= found[2].spread


def test_the_best_of_the_past_beats_carrying_on_and_says_by_how_much() -> None:
    """Figures printed in docs/how-to/forecast-and-plan.md; new counts change both."""
    told = outlook()
    assert told.way == "flows" and not told.best_is_naive and told.chosen_by_test
    marks = {one.way: round(one.mean, 3) for one in told.scores}
    assert marks == {"flows": 0.142, "drift": 0.164, "last": 0.192, "last_growth": 0.2, "logistic": 0.201}
    assert told.score("flows").tries == {1: 19, 2: 14, 3: 10, 4: 6, 5: 5}
    assert (round(told.score("flows").inside_80, 2), round(told.score("flows").inside_95, 2)) == (0.74, 1.0)
    assert all(one.target <= 2025 for one in told.tries)


def test_the_goals_are_far_from_the_projection() -> None:
    told = outlook()
    assert (members_aim(), share_aim()) == (Aim(2026, persons=70_000_000), Aim(2045, share=0.995))
    assert (members_aim().of(1.0), share_aim().of(1000.0)) == (70_000_000, 995.0)
    assert told.at(2026).chance(70_000_000) < 0.01 < told.at(2045).chance(70_000_000)
    assert told.at(2045).chance(0.995 * told.at(2045).most) < 0.01
    assert told.at(2026).low_80 < told.at(2026).middle < told.at(2026).high_80 < 70_000_000


def test_counts_are_one_for_each_moment_and_the_newest_is_the_origin() -> None:
    found = counts()
    assert len({one.as_of for one in found}) == len(found) and found[-1].as_of == "2025-05"
    assert {one.as_of: int(one.value or 0) for one in found}["2023-12"] == 41_560_000
    assert past().times[-1] == end_of("2025-05") == pytest.approx(2025 + 5 / 12)


def test_segments_add_up_to_the_whole_of_the_year() -> None:
    found = parts(2030)
    assert [one.segment for one in found] == list(SEGMENTS)
    assert sum(one.middle for one in found) == pytest.approx(outlook().at(2030).middle)
    assert all(one.low_80 < one.middle < one.high_80 for one in found)
    assert not any(outlook(name).chosen_by_test for name in SEGMENTS)


def test_more_workers_make_more_room() -> None:
    assert outlook(growth=0.03).at(2045).middle > outlook(growth=0.0).at(2045).middle
    assert outlook(way="drift").way == "drift" and set(forecast.WAY_TITLES) == set(WAYS)
