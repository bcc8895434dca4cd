"""Yields against figures worked out by hand: time-weighted; money-weighted with none, one, many rates; of funds and classes."""

from __future__ import annotations

import csv
import datetime as dt
import math
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from holding import House, price, share
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.fund.actions.events import record_dividend
from jamsostek.fund.actions.month_end import end_month
from jamsostek.fund.queries import yields as queries
from jamsostek.fund.queries.yields import Earned, earned, published
from jamsostek.fund.yields import Day, chained, dietz, linked, of_period, over_average, solve
from tests import cast

START = dt.date(2025, 1, 1)


def after(days: int) -> dt.date:
    return START + dt.timedelta(days)


def test_a_flow_does_not_change_a_time_weighted_return() -> None:
    # 10 % before a purchase of 1,000, 20 % after it: 32 %, whatever came in between.
    assert linked([Day(100, 0, 0, 110), Day(110, 1_000, 0, 1_110), Day(1_110, 0, 0, 1_332)]) == pytest.approx(0.32)
    assert linked([Day(100, 0, 0, 110), Day(110, 0, 0, 132)]) == pytest.approx(0.32)


def test_a_portfolio_that_begins_ends_and_begins_again_counts_only_what_it_held() -> None:
    assert linked(
        [Day(0, 0, 0, 0), Day(0, 100, 0, 101), Day(101, 0, 103, 0), Day(0, 0, 0, 0), Day(0, 50, 0, 51)]
    ) == pytest.approx(1.01 * 103 / 101 * 1.02 - 1)
    assert linked([Day(0, 0, 0, 0)]) is None


def test_dietz_weighs_a_flow_by_the_time_that_is_left() -> None:
    # 1,000 at the beginning, 500 in half way, 1,600 at the end: 100 over 1,250.
    assert dietz(1_000, 1_600, [(0.5, 500)]) == pytest.approx(0.08)
    assert dietz(0, 0, []) is None
    assert chained([0.1, None, 0.2]) == pytest.approx(0.32)
    assert over_average(60, [900, 1_000, 1_100]) == pytest.approx(0.06)


def test_one_rate_where_flows_change_sign_once() -> None:
    told = solve([(START, -1_000), (after(365), 60), (after(730), 1_060)])
    assert told.only == pytest.approx(0.06)
    assert solve([(START, -1_000), (after(73), 1_010)]).only == pytest.approx(1.01**5 - 1)
    assert of_period(1.01**5 - 1, 73) == pytest.approx(0.01)
    assert solve([(START, -1_000), (after(365), 1)]).only == pytest.approx(-0.999)


def test_no_rate_is_said_where_there_is_none() -> None:
    assert solve([]).found == ()
    assert solve([(START, -5)]).found == ()
    assert solve([(START, 0), (after(365), 0)]).found == ()
    assert solve([(START, 100), (after(365), 100)]).found == ()
    assert solve([(START, 100), (after(365), -100), (after(730), 100)]).found == ()  # two changes of sign, no root


def test_every_rate_is_said_where_there_are_many() -> None:
    # (x - 1.1)(x - 1.2) and (x - 1.0)(x - 1.1)(x - 1.5), in thousands
    two = solve([(START, -100_000), (after(365), 230_000), (after(730), -132_000)])
    assert two.found == pytest.approx((0.1, 0.2))
    assert two.only is None
    three = solve([(START, -1_000), (after(365), 3_600), (after(730), -4_250), (after(1_095), 1_650)])
    assert three.found == pytest.approx((0.0, 0.1, 0.5), abs=1e-6)


def test_a_rate_that_only_touches_zero_is_found() -> None:
    assert solve([(START, -100), (after(365), 200), (after(730), -100)]).found == pytest.approx((0.0,), abs=1e-6)


@given(
    rate=st.floats(-0.5, 1.5), days=st.lists(st.integers(1, 2_000), min_size=1, max_size=12, unique=True),
    paid=st.lists(st.integers(1, 10**9), min_size=12, max_size=12),
)  # fmt: skip
def test_the_rate_of_known_payments_is_found_again(rate: float, days: list[int], paid: list[int]) -> None:
    """What a stream of payments is worth at a rate earns that rate, to what rounding to rupiah allows."""
    flows = [(after(day), rupiah * 10_000) for day, rupiah in zip(sorted(days), paid, strict=False)]
    worth = round(sum(rupiah / (1 + rate) ** ((day - START).days / 365) for day, rupiah in flows))
    if worth <= 0:
        return
    only = solve([(START, -worth), *flows]).only
    assert only is not None
    back = sum(rupiah / (1 + only) ** ((day - START).days / 365) for day, rupiah in flows)
    assert math.isclose(back, worth, rel_tol=1e-9, abs_tol=1)


@given(
    st.lists(st.tuples(st.integers(0, 1_500), st.integers(-(10**9), 10**9)), max_size=15),
)
def test_every_rate_that_is_told_is_one_and_there_are_no_more_than_signs_change(flows: list[tuple[int, int]]) -> None:
    given_flows = [(after(day), rupiah) for day, rupiah in flows]
    together: dict[int, int] = {}
    for day, rupiah in flows:
        together[day] = together.get(day, 0) + rupiah
    signs = [together[day] > 0 for day in sorted(together) if together[day]]
    changes = sum(1 for one, other in pairwise(signs) if one != other)
    found = solve(given_flows).found
    assert len(found) <= changes
    for rate in found:
        terms = [rupiah * (1 + rate) ** (-day / 365) for day, rupiah in together.items()]
        assert abs(sum(terms)) <= 1e-6 * sum(abs(one) for one in terms) + 1


# --- of funds ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(db: None) -> House:
    """A share bought at 1,000 that stands at 1,100 in the middle, bought again there, paid a dividend, and ends at 1,210."""
    made = House()
    made.money("jht", 1_000_000_000)
    with cast.everyone():
        one = share("XAAA")
        for month, day, rupiah in ((1, 2, 1_000), (1, 14, 1_100), (1, 31, 1_210), (2, 28, 1_210)):
            price(one, dt.date(2026, month, day), rupiah)
    made.carried(instrument_id=one, quantity=1_000, price=Decimal(1_000), trade_on=dt.date(2026, 1, 2), fee_rupiah=10_000)
    made.carried(instrument_id=one, quantity=9_000, price=Decimal(1_100), trade_on=dt.date(2026, 1, 15))
    with cast.everyone():
        made_end("jht", 202601)
        record_dividend(fund="jht", instrument_id=one, due_on=dt.date(2026, 2, 10), rupiah=121_000, today=dt.date(2026, 3, 1))
        made_end("jht", 202602)
    return made


def made_end(fund: str, month: int) -> Any:
    return end_month(fund=fund, month=month, today=dt.date(2027, 1, 31))


def of(rows: list[Earned], fund: str = "jht", asset_class: str = "") -> Earned:
    return next(one for one in rows if (one.fund, one.asset_class) == (fund, asset_class))


def test_a_fund_and_its_class_earn_what_the_price_did_whenever_money_came(house: House) -> None:
    with cast.everyone():
        rows = earned(month=202601, span="month", basis="market")
    one = of(rows, asset_class="equity")
    assert one.exact
    assert one.gross == pytest.approx(0.21)
    # the fee of 10,000 came in with the first purchase of 1,000,000 and bought nothing
    assert one.net == pytest.approx(1_000_000 / 1_010_000 * 1.21 - 1)
    assert (one.begin_rupiah, one.end_rupiah, one.came_rupiah, one.went_rupiah, one.fee_rupiah) == (
        0, 12_100_000, 10_900_000, 0, 10_000,
    )  # fmt: skip
    assert one.gained_rupiah == 1_200_000
    assert one.money is not None
    assert 0.10 < one.money < 0.21  # most of the money came for the second half
    assert of(rows).gross == of(rows, fund="").gross == one.gross
    assert one.income == pytest.approx(1_200_000 / 12_100_000)  # held at one month end


def test_a_dividend_is_earned_and_goes_out(house: House) -> None:
    with cast.everyone():
        feb = of(earned(month=202602, span="month"))
        year = of(earned(month=202602, span="year_to_date", basis="market"))
    assert feb.gross == pytest.approx(0.01)
    assert (feb.gained_rupiah, feb.went_rupiah) == (121_000, 121_000)
    assert year.gross == pytest.approx(1.21 * 1.01 - 1)
    assert (year.begins, year.ends) == (dt.date(2026, 1, 1), dt.date(2026, 2, 28))


def test_with_too_many_flows_months_are_linked_and_it_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_DAYS", 2)
    with cast.everyone():
        one = of(earned(month=202602, span="year_to_date", basis="market"))
    assert not one.exact
    january = dietz(0, 12_100_000, [(29 / 30, 1_000_000), (16 / 30, 9_900_000)])
    february = dietz(12_100_000, 12_100_000, [(18 / 28, -121_000)])
    assert january is not None
    assert february is not None
    assert one.gross == pytest.approx((1 + january) * (1 + february) - 1)


def test_an_empty_house_earned_nothing(db: None) -> None:
    with cast.everyone():
        assert earned(month=202601, span="year") == []


def test_published_yields_are_those_of_the_coverage_tables() -> None:
    root = Path(__file__).parents[2] / "jamsostek/coverage/data/published.csv"
    with root.open(encoding="utf-8", newline="") as file:
        there = {
            (int(row["as_of"]), row["segment"].lower(), row["value"], row["status"])
            for row in csv.DictReader(file)
            if row["measure"] == "yield_on_investment"
        }
    assert {(one.year, one.fund, one.percent, one.status) for one in published()} == there
    assert {one.year for one in published()} == {2017, 2022}
