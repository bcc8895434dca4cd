"""What must be true: the cheapest mix is the cheapest of all corners, and what cannot be done says so and by how much."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES, UnknownRegion, regencies_of
from jamsostek.coverage.assumptions import ABOUT, Assumed
from jamsostek.coverage.least_cost import cheapest
from jamsostek.coverage.levers import LEVERS, Goal, Plan, levers, next_percent, plan, sensitivity
from jamsostek.coverage.published import old_map
from jamsostek.coverage.starts import YEAR, Members, Start, apbd_rupiah, start_of, workers_of
from tests.coverage import budget_town

PLACE = Start(0, YEAR, formal=1_000, informal=2_000, pu=400, bpu=200, others=0, lapsed=300, apbd_rupiah=201_600)


def corners(cost: np.ndarray, wanted: np.ndarray, least: np.ndarray, limited: np.ndarray, most: np.ndarray) -> float | None:
    """The least cost over every corner; None where there is none."""
    count = len(cost)
    rows = np.vstack([wanted, -limited, np.eye(count)])
    right = np.concatenate([least, -most, np.zeros(count)])
    best = None
    for chosen in combinations(range(len(rows)), count):
        part = rows[list(chosen)]
        if abs(np.linalg.det(part)) > 1e-9:
            x = np.linalg.solve(part, right[list(chosen)])
            if (rows @ x >= right - 1e-7).all() and (best is None or cost @ x < best):
                best = float(cost @ x)
    return best


numbers = st.integers(0, 8).map(lambda one: one / 4)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_cheapest_is_the_cheapest_of_all_corners(data: st.DataObject) -> None:
    count, rows = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    draw = lambda length: np.array(data.draw(st.lists(numbers, min_size=length, max_size=length)))  # noqa: E731
    cost, least = draw(count), draw(rows) * 2 - 1
    wanted = draw(rows * count).reshape(rows, count)
    limited, most = np.vstack([np.eye(count), np.ones((1, count))]), np.append(draw(count), 3.0)
    found = cheapest(cost, wanted, least, limited, most, np.ones(rows))
    assert (found.x >= 0).all() and (limited @ found.x <= most + 1e-7).all()
    assert (wanted @ found.x >= least - found.short - 1e-6).all()
    expected = corners(cost, wanted, least, limited, most)
    if expected is None:
        assert found.short.sum() > 1e-9
    else:
        assert found.short.sum() == 0 and found.cost == pytest.approx(expected, abs=1e-6)


def test_what_cannot_be_had_is_as_near_as_can_be_also_where_it_costs() -> None:
    wanted, most = np.array([[1.5, 0.25], [0, 0], [0, 0.5]]), np.array([1.25, 0.75, 3.0])
    limited = np.vstack([np.eye(2), np.ones((1, 2))])
    found = cheapest(np.array([0, 0.25]), wanted, np.array([2, -1, 0.5]), limited, most, np.ones(3))
    assert found.short == pytest.approx([0, 0, 0.125]) and (wanted @ found.x >= [2 - 1e-6, -1, 0.375 - 1e-6]).all()


def test_a_small_plan_is_the_cheapest_of_all_whole_numbers() -> None:
    place = Start(0, 2026, formal=10, informal=0, pu=4, bpu=0, others=0, lapsed=6, apbd_rupiah=9)
    assumed = replace(
        Assumed(), compliance_rupiah=5, compliance_keep=0.5, compliance_most=0.5, renewal_rupiah=4, renewal_keep=0.0,
        renewal_most=0.5, workers_growth=0.0,
    )  # fmt: skip
    goal = Goal(0.8, 2028, 2027)
    made = plan(place, assumed, goal)
    best = min(
        5 * (a + b) + 4 * (c + d)
        for a, b, c, d in product(range(4), repeat=4)
        if a + c >= 2 and b + a * 0.5 + d >= 4 and a + b <= 6 and c + d <= 6
    )
    assert made.reachable and made.rupiah == best


def rupiah(made: Plan) -> list[int]:
    return [sum(one.rupiah[at] for one in made.years) for at in range(len(LEVERS))]


def test_a_budget_pays_again_every_year_and_costs_what_the_law_says() -> None:
    month = law.calculate("contribution.bpu", month=202701, income_rupiah=1_000_000, payer="apbd")["total_rupiah"]
    assert apbd_rupiah(2027) == 12 * month == 201_600
    only = replace(Assumed(), compliance_most=0.0, campaign_most=0.0, renewal_most=0.0, workers_growth=0.0)
    made = plan(PLACE, only, Goal(0.3, 2029, 2027))
    assert [one.persons for one in made.years] == [(100, 0, 0, 0), (200, 0, 0, 0), (300, 0, 0, 0)]
    assert made.rupiah == rupiah(made)[0] == 600 * 201_600 and made.reachable


def test_the_cheapest_lever_is_used_before_the_dearer() -> None:
    made = plan(PLACE, Assumed(workers_growth=0.0), Goal(0.21, 2027, 2027))
    assert made.years[0].persons == (0, 0, 0, 30) and made.rupiah == 30 * 15_000


def test_what_is_out_of_reach_says_by_how_much_and_what_stands_in_the_way() -> None:
    assumed = Assumed(workers_growth=0.0, budget_rupiah=201_600 * 50)
    made = plan(PLACE, assumed, Goal(0.99, 2027, 2027))
    most = 50 + 90 + 54 + 45
    assert not made.reachable and made.years[0].had == 600 + most and made.years[0].short == 2970 - 600 - most
    assert made.at_limit() == list(LEVERS) and next_percent(PLACE, assumed, Goal(0.99, 2027, 2027)) is None


@settings(max_examples=40, deadline=None)
@given(st.floats(0.2, 0.9), st.integers(2027, 2034), st.floats(0, 0.03))
def test_a_plan_keeps_its_limits_and_its_promise(share: float, year: int, growth: float) -> None:
    start = start_of(0, 2027)
    made = plan(start, Assumed(workers_growth=growth), Goal(share, year, 2027))
    held = [0.0] * len(LEVERS)
    for one in made.years:
        held = [before * lever.keep + now for before, lever, now in zip(held, made.levers, one.persons, strict=True)]
        assert all(0 <= now <= lever.yearly[0] for now, lever in zip(one.persons, made.levers, strict=True))
        assert one.had == pytest.approx(start.active + sum(held), abs=200) and one.short == max(0, one.needed - one.had)
    assert all(lever.pool is None or made.persons(lever.name) <= lever.pool for lever in made.levers)


def test_more_costs_more_and_the_next_percent_is_the_difference() -> None:
    start, goal = start_of(0, 2027), Goal(0.40, 2030, 2027)
    here, further = plan(start, Assumed(), goal), plan(start, Assumed(), replace(goal, share=0.41))
    assert next_percent(start, Assumed(), goal) == further.rupiah - here.rupiah > 0
    assert here.reachable and here.share >= 0.40 - 1e-6


def test_sensitivity_names_every_assumption_and_the_weightiest_first() -> None:
    start, goal = start_of(0, 2027), Goal(0.40, 2030, 2027)
    found = sensitivity(start, Assumed(), goal)
    assert {one.name for one in found} == set(Assumed().numbers())
    middle = plan(start, Assumed(), goal).rupiah
    moved = [max(abs(cost - middle) if cost is not None else float("inf") for cost in (one.lower, one.higher)) for one in found]
    assert moved == sorted(moved, reverse=True)
    dearer = next(one for one in found if one.name == "renewal_rupiah")
    assert dearer.lower is not None and dearer.higher is not None and dearer.lower < middle < dearer.higher


def test_every_province_can_plan_and_its_figures_are_the_published() -> None:
    for region in old_map():
        start = start_of(region, 2027)
        assert 0 < start.active < start.workers and start.lapsed > 0 and start.sources
    aceh = start_of(11, 2027)
    assert (aceh.pu, aceh.bpu, aceh.lapsed, aceh.lapsed_estimated) == (337_420, 63_910, 117_947, False)
    assert start_of(75, 2027).lapsed_estimated
    nation = start_of(0, 2027)
    assert nation.active == 39_050_000 and nation.lapsed == 19_510_000 and nation.workers == 146_542_264
    with pytest.raises(InputError):
        start_of(93, 2027)


def test_every_assumption_says_what_it_stands_on() -> None:
    assert set(ABOUT) == set(Assumed.__dataclass_fields__)
    assert {one.status for one in ABOUT.values()} <= {"assumed", "derived"} and all(one.why for one in ABOUT.values())


@pytest.mark.parametrize("goal", [Goal(0, 2030, 2027), Goal(1.2, 2030, 2027), Goal(0.5, 2026, 2027), Goal(0.5, 2060, 2027)])
def test_goals_that_are_none_are_refused(goal: Goal) -> None:
    with pytest.raises(InputError):
        plan(PLACE, Assumed(), goal)


def test_nobody_is_looked_for_twice() -> None:
    place = replace(PLACE, lapsed=0, pu=1_000)
    made = levers(place, Assumed(), Goal(0.5, 2028, 2027))
    assert [one.yearly[0] for one in made] == [720, 0, 54, 0]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    budget_town.photographed(folder / "coverage")
    return folder


def test_every_region_plans_or_says_why_not(town: Path, settings: Any) -> None:
    settings.JAMSOSTEK_DATA = town
    known, refused = set(), set()
    for region in (*PROVINCES, *REGENCIES):
        try:
            start = start_of(region, 2027)
        except InputError as error:
            assert error.field == "region" and error.remedy
            refused.add(region)
            start = start_of(region, 2027, own=Members(pu=100, bpu=50, lapsed=20))
            assert (start.basis, start.active, start.lapsed) == ("own", 150, 20)
        else:
            known.add(region)
        assert start.formal > 0 and start.informal > 0 and start.workers_assumed == (region > 100)
        assert plan(start, Assumed(), Goal(0.5, 2029, 2027)).years[0].workers > 0
    assert known == {*old_map(), 1971, budget_town.TOWN} and len(refused) == 4 + 514 - 2


def test_members_of_the_registry_are_each_counted_once(town: Path, settings: Any) -> None:
    settings.JAMSOSTEK_DATA = town
    start = start_of(budget_town.TOWN, 2027)
    assert (start.basis, start.as_of, start.workers_assumed) == ("registry", "2026-06", True)
    assert (start.pu, start.bpu, start.others, start.lapsed) == (budget_town.WORKING, budget_town.PAID, 0, 0)
    whole = start_of(0, 2027, basis="registry")
    assert whole.pu == budget_town.WORKING + budget_town.SELDOM and whole.workers == start_of(0, 2027).workers
    with pytest.raises(InputError):
        start_of(11, 2027, basis="registry")


def test_published_members_of_a_regency_are_those_printed() -> None:
    start = start_of(1971, 2027)
    assert (start.pu, start.bpu, start.basis, start.as_of, start.sources) == (24_286, 4_754, "published", "2025-05", ("C40",))
    assert start.workers_assumed and start.lapsed_estimated


def test_workers_of_regencies_add_up_to_their_province_and_new_provinces_are_their_own() -> None:
    parts = [workers_of(one.code) for one in regencies_of(93)]
    whole = workers_of(93)
    assert 0 <= whole[0] - sum(one[0] for one in parts) < len(parts) and 0 <= whole[1] - sum(one[1] for one in parts) < len(parts)
    assert start_of(91, 2027).counted_with == (91, 93, 94, 95)
    assert start_of(91, 2027).workers == sum(sum(workers_of(code)) for code in (91, 93, 94, 95))


def test_own_figures_beyond_the_workers_are_refused() -> None:
    with pytest.raises(InputError):
        start_of(3273, 2027, own=Members(pu=90_000_000, bpu=0, lapsed=0))
    with pytest.raises(UnknownRegion):
        start_of(3299, 2027)
