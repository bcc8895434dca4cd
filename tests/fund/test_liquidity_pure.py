"""Cash in the months to come: means, growth, seasons, coupons, duration; held against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.rupiah import PPM
from jamsostek.fund.liquidity import (
    HORIZON,
    Cover,
    Forecast,
    Holding,
    Series,
    Standing,
    ahead,
    by_month,
    cover,
    gathered,
    growth_of,
    payments,
    rolled,
    seasons,
    sensitivity,
)
from jamsostek.fund.terms import Terms

ON = dt.date(2026, 6, 30)
BOND = Terms(1_000_000, 80_000, 2, "act/act", dt.date(2020, 3, 15), dt.date(2028, 3, 15))
UNITS = 1_000


def flat(rupiah: int) -> Series:
    return Series((rupiah,) * HORIZON, 0.0, False, 12)


def standing(fund: str = "jkk", **given_: object) -> Standing:
    facts: dict[str, object] = {
        "fund": fund, "on": ON, "assets_rupiah": 1_000, "liabilities_rupiah": 0, "members_rupiah": 0, "cash_rupiah": 1_000,
        "past_outgo_rupiah": 120, "forecast": Forecast(202607, flat(0), flat(10), flat(0)),
    } | given_  # fmt: skip
    return Standing(**facts)  # type: ignore[arg-type]


def test_a_flow_that_never_changed_goes_on_unchanged() -> None:
    found = ahead([100] * 36, 0.5)
    assert (set(found.rupiah), found.growth, found.seasonal) == ({100}, 0.0, True)


def test_without_two_whole_years_the_assumed_growth_holds_and_no_season_is_said() -> None:
    found = ahead([100] * 23, 0.12)
    assert (found.seasonal, found.growth, found.months_known) == (False, 0.12, 23)
    # the mean stands 5.5 months before the last month, the first forecast month one after it
    assert found.rupiah[0] == round(100 * 1.12 ** (6.5 / 12))


def test_the_month_of_the_holiday_allowance_stands_out_again() -> None:
    year = [100] * 12
    year[3] = 210  # the fourth month of each year
    found = ahead(year * 2, 0.0)
    assert found.seasonal
    assert found.rupiah[3] == pytest.approx(210, abs=1)
    assert found.rupiah[15] == pytest.approx(210, abs=1)
    assert found.rupiah[4] == pytest.approx(100, abs=1)


def test_growth_is_the_last_year_over_the_one_before_and_is_held_within_bounds() -> None:
    assert growth_of([100] * 12 + [110] * 12) == pytest.approx(0.10)
    assert growth_of([1] * 12 + [1_000] * 12) == 0.30
    assert growth_of([0] * 24) is None


@given(st.lists(st.integers(0, 10**13), min_size=24, max_size=60))
def test_seasons_of_a_year_have_a_mean_of_one(values: list[int]) -> None:
    found = seasons(values)
    if found is not None:
        assert sum(found) == pytest.approx(12)


def test_pensions_rise_each_january_and_end_evenly() -> None:
    raised = rolled(1_000_000, 0.025, 0.0, 202611, 4)
    assert raised.rupiah == (1_000_000, 1_000_000, 1_025_000, 1_025_000)
    ended = rolled(1_000_000, 0.0, 0.5, 202611, 13)
    assert (ended.rupiah[0], ended.rupiah[12]) == (1_000_000, 500_000)


def test_coupons_count_back_from_the_last_day_and_the_face_comes_with_it() -> None:
    found = payments(BOND, UNITS, ON)
    assert [day for day, _interest, _back in found] == [
        dt.date(2026, 9, 15), dt.date(2027, 3, 15), dt.date(2027, 9, 15), dt.date(2028, 3, 15),
    ]  # fmt: skip
    assert [interest for _day, interest, _back in found] == [40_000_000] * 4
    assert [back for _day, _interest, back in found] == [0, 0, 0, 1_000_000_000]
    assert by_month(found, 202607)[2] == (40_000_000, 0)


def test_a_deposit_pays_its_interest_with_the_money() -> None:
    deposit = Terms(1, 50_000, 0, "act/365", dt.date(2026, 6, 1), dt.date(2026, 9, 9))
    assert payments(deposit, 365_000_000, ON) == [(dt.date(2026, 9, 9), 5_000_000, 365_000_000)]
    assert payments(deposit, 365_000_000, dt.date(2026, 9, 9)) == []


def test_days_at_the_end_of_a_month_do_not_slip() -> None:
    found = payments(Terms(12_000, 1_000_000, 12, "act/act", None, dt.date(2027, 3, 31)), 1, dt.date(2026, 12, 31))
    assert [day for day, *_rest in found] == [dt.date(2027, 1, 31), dt.date(2027, 2, 28), dt.date(2027, 3, 31)]


def test_a_paper_that_pays_once_has_the_duration_of_its_years() -> None:
    once = [(ON + dt.timedelta(days=730), 0, 1_210_000)]
    duration, convexity = sensitivity(once, ON, 1_000_000)  # a yield of 10 %
    assert duration == pytest.approx(2 / 1.1)
    assert convexity == pytest.approx(2 * 3 / 1.1**2)


@given(st.integers(500_000_000, 1_500_000_000))
def test_duration_tells_how_the_value_moves_with_the_yield(value: int) -> None:
    paid = payments(BOND, UNITS, ON)
    duration, convexity = sensitivity(paid, ON, value)

    def worth(rate: float) -> float:
        return sum((a + b) * (1 + rate) ** (-(day - ON).days / 365) for day, a, b in paid)

    low, high = -0.5, 2.0
    for _turn in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > value else (low, middle)
    moved = worth(low + 0.01) / worth(low) - 1
    assert moved == pytest.approx(-duration * 0.01 + convexity * 0.01**2 / 2, abs=2e-5)


def test_holdings_of_one_kind_are_gathered_without_losing_a_rupiah() -> None:
    kinds = itertools.product(("deposit", "equity"), (0, 202609))
    many = [
        Holding(name, "cost", 100 + at, 90 + at, 1.0, 2.0, ((1, 0), (0, at)) if month else (), 3, month)
        for at in range(50)
        for name, month in kinds
    ]
    found = gathered(many)
    assert sum(one.market_rupiah for one in found) == sum(one.market_rupiah for one in many)
    assert sum(one.carrying_rupiah for one in found) == sum(one.carrying_rupiah for one in many)
    assert sum(one.accrued_rupiah for one in found) == sum(one.accrued_rupiah for one in many)
    assert sum(b for one in found for _a, b in one.pays) == sum(b for one in many for _a, b in one.pays)
    assert gathered(found) == found


def test_cover_is_worth_over_claims_balances_over_members_and_cash_after_haircuts() -> None:
    held = (Holding("equity", "market", 200, 200), Holding("property", "cost", 500, 500))
    assert cover(standing(holdings=held), {"equity": 100_000}) == Cover("jkk", 100.0, None, 1_180, 120, 1_180 * PPM // 120)
    jht = standing("jht", assets_rupiah=1_000, liabilities_rupiah=950, members_rupiah=940)
    found = cover(jht, {})
    assert (found.claim_months, found.funding_ppm) == (None, 990 * PPM // 940)
    assert cover(standing(past_outgo_rupiah=0, forecast=Forecast(202607, flat(1), flat(0), flat(0))), {}).claim_months is None
