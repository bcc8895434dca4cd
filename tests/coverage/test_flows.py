"""Monthly flows of a registry: the identity, the cliff of January, and bounds that come out the same again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.coverage import cohorts
from jamsostek.coverage.flow_rates import filled, rate, wilson
from jamsostek.coverage.flows import back_test, course, flows, monthly
from tests.coverage import budget_town


def past(months: int = 36, cliff: float = 0.4) -> object:
    """Ten thousand people, joining 100 a month, a tenth of the lapsed returning; in January `cliff` of the active lapse."""
    active, ever, told = 6_000.0, 10_000.0, []
    for step in range(months):
        month = add_months(202301, step)
        joined, returned = 100.0, 0.1 * (ever - active)
        lapsed = (cliff if month % 100 == 1 else 0.02) * active
        if step:
            active, ever = active + joined + returned - lapsed, ever + joined
        told.append((month, active, ever, joined, returned))
    return flows(*(list(one) for one in zip(*told, strict=True)))  # type: ignore[arg-type]


def test_who_lapsed_is_what_is_left_of_the_others() -> None:
    found = flows([202501, 202502], [100, 90], [200, 205], [0, 5], [0, 7])
    assert found.lapsed.tolist() == [22]


def test_january_keeps_its_own_rate_once_seen_twice() -> None:
    rates = monthly(past())  # type: ignore[arg-type]
    assert rates.own_months == tuple(range(1, 13))
    assert rates.lapsing[0] == pytest.approx(0.4) and rates.lapsing[1:] == pytest.approx(0.02)
    assert rates.returning == pytest.approx(0.1) and rates.joining == pytest.approx(100)
    short = monthly(past(8, cliff=0.02))  # type: ignore[arg-type]
    assert short.own_months == () and short.lapsing == pytest.approx(0.02)


def test_the_course_shows_the_cliff_and_the_way_back() -> None:
    whole = past(48)
    known = flows(*(one[:36] for one in (whole.months, whole.active, whole.ever, whole.joined, whole.returned)))  # type: ignore[attr-defined]
    found = course(known, 12)
    assert found.middle == pytest.approx(whole.active[36:48], rel=1e-6)  # type: ignore[attr-defined]
    assert found.months[0] == 202601 and found.middle[0] < 0.75 * known.active[-1] < found.middle[11]


def test_bounds_come_out_the_same_again_and_hold_the_middle() -> None:
    rng = np.random.default_rng(7)
    whole = past()
    joined = whole.joined + rng.integers(0, 60, len(whole.joined))  # type: ignore[attr-defined]
    noisy = flows(whole.months, whole.active, whole.ever, joined, whole.returned)  # type: ignore[attr-defined]
    one, two = course(noisy, 24, draws=60), course(noisy, 24, draws=60)
    assert (one.low == two.low).all() and (one.high == two.high).all()
    assert (one.low <= one.middle).all() and (one.middle <= one.high).all() and (one.high - one.low)[-1] > 0
    assert not (course(noisy, 24, draws=60, seed=1).low == one.low).all()


def test_the_flows_beat_carrying_on_where_they_made_the_past() -> None:
    found = {one.ahead: one for one in back_test(past(48))}  # type: ignore[arg-type]
    assert set(found) == {1, 3, 6, 12} and all(one.tries > 0 for one in found.values())
    assert found[1].flows < found[1].last


@pytest.mark.parametrize(
    "wrong",
    [
        ([202501, 202503], [1, 1], [2, 2], [0, 0], [0, 0]),
        ([202501], [3], [2], [0], [0]),
        ([202501], [1], [2], [-1], [0]),
        ([202501, 202502], [1], [2, 2], [0, 0], [0, 0]),
    ],
)
def test_months_with_holes_and_impossible_counts_are_refused(wrong: tuple) -> None:
    with pytest.raises(InputError):
        flows(*wrong)


def test_too_short_a_past_is_not_projected() -> None:
    with pytest.raises(InputError):
        monthly(past(6))  # type: ignore[arg-type]


def test_a_rate_is_of_months_together_inside_the_wider_of_two_intervals() -> None:
    found = rate(240, [20] * 12, [1_000.0] * 12)
    assert found is not None and found.middle == pytest.approx(0.02) and found.months == 12
    assert (found.low, found.high) == pytest.approx(wilson(240, 12_000)), "months that are alike add nothing to chance"
    uneven = rate(240, [0] * 11 + [240], [1_000.0] * 12)
    assert uneven is not None and uneven.low < found.low and uneven.high > found.high


def test_wilsons_interval_is_the_one_of_the_book() -> None:
    assert wilson(10, 100, 0.95) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert wilson(0, 50)[0] == pytest.approx(0) and wilson(50, 50)[1] == pytest.approx(1)


def test_few_januaries_are_told_by_the_lowest_and_the_highest() -> None:
    found = rate(360, [300, 50, 10], [400.0, 400.0, 400.0])
    assert found is not None and found.low == pytest.approx(10 / 400) and found.high == pytest.approx(300 / 400)


def test_what_is_hidden_month_by_month_is_taken_from_all_months() -> None:
    assert filled(40, [None, 20, None, None, None]).tolist() == [5, 20, 5, 5, 5]
    assert filled(300, [None, 100]).tolist() == [9, 100], "what is hidden is under ten"
    too_few = rate(None, [None] * 6, [500.0] * 6)
    assert too_few is not None and too_few.middle is None and too_few.low == 0 and 0 < too_few.high < 0.01
    assert rate(None, [None], [0.0]) is None


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    budget_town.photographed(folder / "coverage")
    return folder


@pytest.fixture
def here(town: Path, settings: Any) -> None:
    settings.JAMSOSTEK_DATA = town


@pytest.mark.parametrize("region", [0, 32, budget_town.TOWN])
def test_january_stands_out_where_a_budget_pays_by_the_year(region: int, here: None) -> None:
    found = {one.key: one for one in cohorts.groups(region, "payer")}
    budget, firms = found["regional_government"], found["employer"]
    assert budget.january is not None and budget.january.middle == pytest.approx(1) and budget.january.months == 3
    assert budget.lapsing is not None and budget.lapsing.middle is None, "nobody lapses in other months"
    assert firms.january is not None and firms.lapsing is not None and firms.lapsing.middle is not None
    assert firms.lapsing.low <= firms.lapsing.middle <= firms.lapsing.high < 0.05
    assert cohorts.steepest(list(found.values())) is budget
    # All come back in March, of those who lapsed and could in January (of December none), February and March.
    assert budget.returning is not None and budget.returning.middle == pytest.approx(0.5, abs=0.03)


def test_segments_are_told_as_payers_are(here: None) -> None:
    found = {one.key: one for one in cohorts.groups(budget_town.TOWN, "segment")}
    assert set(found) == {"pu", "bpu_sponsored"} and found["bpu_sponsored"].active == budget_town.PAID
    assert found["pu"].joining is not None and found["pu"].joining.middle is not None and found["pu"].joining.middle > 0


def test_groups_with_too_few_people_are_not_told(here: None) -> None:
    assert cohorts.groups(budget_town.HAMLET) == [] and cohorts.groups(11) == []


def test_flows_of_the_cells_keep_the_identity(here: None) -> None:
    whole = cohorts.as_flows(budget_town.TOWN)[cohorts.WHOLE]
    parts = cohorts.as_flows(budget_town.TOWN, "payer")
    assert sum(one.active for one in parts.values()) == pytest.approx(whole.active, abs=15)
    january = whole.months.index(202601)
    assert whole.lapsed[january - 1] >= budget_town.PAID - 20
