"""Interest and amortised cost against closed forms, and to the rupiah."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.fund.amortised import amortised_cost, effective_yield, flows
from jamsostek.fund.lots import Part
from jamsostek.fund.terms import Terms, accrued, coupon_dates, coupon_rupiah, days_30_360, half_up

BOND = Terms(1_000_000, 65_000, 2, "act/act", dt.date(2020, 2, 15), dt.date(2030, 8, 15))
DEPOSIT = Terms(1, 55_000, 12, "act/365", dt.date(2026, 1, 31), dt.date(2026, 7, 31))
TERMS = st.builds(
    Terms,
    st.sampled_from([1, 1_000, 1_000_000]),
    st.integers(0, 150_000),
    st.sampled_from([0, 1, 2, 4, 12]),
    st.sampled_from(["act/act", "act/365", "30/360"]),
    st.dates(dt.date(2018, 1, 1), dt.date(2024, 12, 31)),
    st.dates(dt.date(2027, 1, 1), dt.date(2046, 12, 31)),
)


def test_coupons_are_counted_back_from_the_repayment() -> None:
    dates = coupon_dates(BOND, after=dt.date(2025, 2, 15), until=dt.date(2026, 12, 31))
    assert dates == [dt.date(2025, 8, 15), dt.date(2026, 2, 15), dt.date(2026, 8, 15)]
    ends = coupon_dates(DEPOSIT, after=dt.date(2026, 1, 31), until=dt.date(2026, 12, 31))
    assert ends == [
        dt.date(2026, 2, 28),
        *(dt.date(2026, month, day) for month, day in ((3, 31), (4, 30), (5, 31), (6, 30), (7, 31))),
    ]


def test_every_way_of_counting_days() -> None:
    assert coupon_rupiah(BOND, 1_000, dt.date(2026, 8, 15)) == 32_500_000  # half of 6.5 % of a billion, whatever the days
    assert accrued(BOND, 1_000, dt.date(2026, 3, 15)) == half_up(Fraction(32_500_000 * 28, 181))
    assert coupon_rupiah(DEPOSIT, 10**9, dt.date(2026, 2, 28)) == half_up(Fraction(10**9 * 55 * 28, 1_000 * 365))
    corporate = Terms(1_000_000, 80_000, 4, "30/360", dt.date(2025, 3, 10), dt.date(2028, 3, 10))
    assert accrued(corporate, 500, dt.date(2026, 4, 10)) == half_up(Fraction(500 * 80_000 * 30, 360))
    assert coupon_rupiah(corporate, 500, dt.date(2026, 6, 10)) == 10_000_000
    assert (days_30_360(dt.date(2026, 1, 31), dt.date(2026, 2, 28)), days_30_360(dt.date(2026, 1, 30), dt.date(2026, 3, 31))) == (
        28,
        60,
    )
    once = Terms(1, 60_000, 0, "act/365", dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert coupon_rupiah(once, 10**9, dt.date(2027, 1, 1)) == 60_000_000


def test_nothing_has_run_on_the_day_of_issue_and_on_the_day_a_coupon_is_due() -> None:
    for day in (BOND.issued_on, dt.date(2026, 2, 15), BOND.matures_on):
        assert day is not None
        assert accrued(BOND, 10**6, day) == 0
    assert accrued(Terms(1), 10**6, dt.date(2026, 1, 1)) == 0


def test_the_rate_of_a_paper_without_coupons_is_the_closed_form() -> None:
    bill = Terms(1_000_000, 0, 0, "act/365", dt.date(2026, 1, 2), dt.date(2026, 7, 3))
    rate = effective_yield(bill, 1_000, 970_000_000, dt.date(2026, 1, 2))
    assert rate is not None
    assert abs(rate - ((Decimal(1_000) / Decimal(970)) ** (Decimal(365) / 182) - 1)) < Decimal("1e-22")
    half = amortised_cost(
        bill, 1_000, 1_000, cost_rupiah=970_000_000, bought_on=dt.date(2026, 1, 2), yearly=rate, on=dt.date(2026, 4, 3)
    )  # fmt: skip
    assert half == half_up(Fraction((Decimal(970_000_000) * Decimal(1_000_000_000)).sqrt()))  # half way: the geometric mean


def test_a_paper_bought_at_par_on_a_coupon_day_yields_its_coupon() -> None:
    yearly = Terms(1_000_000, 70_000, 1, "act/act", dt.date(2021, 1, 1), dt.date(2023, 1, 1))  # two years of 365 days
    rate = effective_yield(yearly, 1_000, 10**9, dt.date(2021, 1, 1))
    assert rate == Decimal("0.07").quantize(Decimal(1).scaleb(-24))
    for day in (dt.date(2022, 1, 1), dt.date(2023, 1, 1)):
        cost = amortised_cost(yearly, 1_000, 1_000, cost_rupiah=10**9, bought_on=dt.date(2021, 1, 1), yearly=rate, on=day)
        assert cost == 10**9


def test_a_deposit_bought_at_its_face_stands_at_its_face_between_its_interest_too() -> None:
    rate = effective_yield(DEPOSIT, 2_700_000_000, 2_700_000_000, dt.date(2026, 2, 10))
    assert rate is not None
    for day in (dt.date(2026, 2, 28), dt.date(2026, 4, 15), dt.date(2026, 7, 30)):
        cost = amortised_cost(
            DEPOSIT, 2_700_000_000, 900_000_000, cost_rupiah=2_700_000_000, bought_on=dt.date(2026, 2, 10), yearly=rate, on=day
        )
        assert cost == 900_000_000


def test_no_rate_within_sense_is_no_rate() -> None:
    assert effective_yield(BOND, 1_000, 99, dt.date(2026, 1, 1)) is None
    assert effective_yield(BOND, 1_000, 10**9, dt.date(2030, 8, 15)) is None


@given(TERMS, st.integers(1, 10**7), st.integers(700, 1_300), st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 30)), st.data())
def test_amortisation_begins_at_the_price_and_its_months_sum_to_the_face(
    terms: Terms, quantity: int, thousandths: int, bought_on: dt.date, data: st.DataObject
) -> None:
    cost = max(quantity * terms.unit_rupiah * thousandths // 1_000, 1)
    rate = effective_yield(terms, quantity, cost, bought_on)
    if rate is None:
        return
    held = data.draw(st.integers(1, quantity))
    assert terms.matures_on is not None

    def at(day: dt.date, units: int = held) -> int:
        return amortised_cost(terms, quantity, units, cost_rupiah=cost, bought_on=bought_on, yearly=rate, on=day)

    first, last, months = month_of(bought_on), month_of(terms.matures_on), []
    before = at(bought_on)
    while first <= last:
        after = at(min(last_day(first), terms.matures_on))
        months.append(after - before)
        before, first = after, add_months(first, 1)
    assert at(bought_on) + sum(months) == held * terms.unit_rupiah == at(terms.matures_on)
    assert at(bought_on, quantity) == cost
    next_day = at(bought_on + dt.timedelta(days=1), quantity) if len(flows(terms, quantity, bought_on)) else cost
    most = 10 * quantity * terms.unit_rupiah // 365 + 2
    assert abs(next_day - cost) <= most  # no jump after the first night: the rate is that of the price


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_shares_of_a_lot_leave_nothing_behind(rupiah: int, units: list[int]) -> None:
    held, left = sum(units), rupiah
    for taken in units:
        part = Part(taken, held).of(left)
        left, held = left - part, held - taken
    assert (held, left) == (0, 0)
