"""A trade goes through three pairs of hands, in order, and stands in the books once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from holding import House, paper, price, share

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions import events, month_end, trading
from jamsostek.fund.limits import Finding
from jamsostek.fund.queries.due import due_events
from jamsostek.fund.queries.positions import positions
from jamsostek.fund.queries.trades import trades
from jamsostek.ledger.errors import LedgerRefused
from jamsostek.ledger.queries import balance
from tests import cast

TODAY = dt.date(2027, 1, 31)
JAN = dt.date(2026, 1, 15)
BROKEN = Finding("class.share", "government_bond", 10, 30, 20, -10, False, True)


@pytest.fixture
def house(db: None) -> House:
    """People and a fund with money."""
    made = House()
    made.money("jht", 1_000_000_000)
    return made


def bond() -> int:
    """A bond, written by the installation."""
    with cast.everyone():
        return paper("FR0001")


def books(*codes: str) -> list[int]:
    """Balances of the JHT fund."""
    with cast.everyone():
        return [balance(f"{code}:jht") for code in codes]


def test_a_purchase_is_booked_with_its_interest_and_its_fee(house: House) -> None:
    done = house.carried(instrument_id=bond(), quantity=100, price=Decimal(990_000), fee_rupiah=50_000)
    run = done.accrued_rupiah
    assert run == round(100 * 1_000_000 * 0.03 * 61 / 181)  # since 15 November, of a half year of 181 days
    assert done.state == "settled"
    assert books("cash", "investment", "accrued", "investment_cost") == [
        1_000_000_000 - 99_000_000 - run - 50_000, 99_000_000, run, 50_000,
    ]  # fmt: skip
    with cast.everyone():
        (one,) = positions(on=JAN, fund="jht")
    assert (one.quantity, one.cost_rupiah, one.book_rupiah, one.carrying_rupiah, one.market_rupiah, one.accrued_rupiah) == (
        100, 99_000_000, 99_000_000, 99_000_000, None, run,
    )  # fmt: skip


def test_nobody_holds_two_steps_of_one_trade(house: House) -> None:
    made = house.carried(to="planned", instrument_id=bond())
    for role in ("risk", "settlement"):
        with cast.everyone():
            from jamsostek.access.models import Grant

            Grant.objects.create(user=house.people["dealer"], role=role, kind="nation", target=0, from_month=202601)
    with pytest.raises(LedgerRefused) as told, house.act("dealer"):
        trading.check(trade_id=made.id)
    assert told.value.constraint == "fund_trade_hands"
    with house.act("risk"):
        trading.check(trade_id=made.id)
    with pytest.raises(LedgerRefused) as told, house.act("dealer"):
        trading.settle(trade_id=made.id, today=TODAY)
    assert told.value.constraint == "fund_trade_hands"


def test_a_trade_that_nobody_checked_is_not_settled_and_a_dealer_never_settles(house: House) -> None:
    made = house.carried(to="planned", instrument_id=bond())
    with pytest.raises(LedgerRefused) as told, house.act("settlement"):
        trading.settle(trade_id=made.id, today=TODAY)
    assert told.value.constraint == "fund_trade_order"
    with pytest.raises(Refused), house.act("dealer"):
        trading.settle(trade_id=made.id, today=TODAY)
    assert books("investment") == [0]


def test_the_same_plan_twice_is_one_trade_and_another_under_its_reference_is_refused(house: House) -> None:
    instrument = bond()
    one = house.carried(to="planned", instrument_id=instrument, reference="sama-1")
    again = house.carried(to="planned", instrument_id=instrument, reference="SAMA-1")
    assert again.id == one.id
    with pytest.raises(InputError, match="sudah dipakai"):
        house.carried(to="planned", instrument_id=instrument, reference="SAMA-1", quantity=101)


def test_settled_twice_is_settled_once(house: House) -> None:
    done = house.carried(instrument_id=bond())
    before = books("cash", "investment")
    with house.act("settlement"):
        trading.settle(trade_id=done.id, today=TODAY)
    assert books("cash", "investment") == before


def test_a_purchase_beyond_the_cash_is_refused_and_leaves_nothing(house: House) -> None:
    made = house.carried(to="checked", instrument_id=bond(), quantity=1_001)
    with pytest.raises(LedgerRefused) as told, house.act("settlement"):
        trading.settle(trade_id=made.id, today=TODAY)
    assert told.value.constraint == "ledger_not_overdrawn"
    assert books("investment", "cash") == [0, 1_000_000_000]
    with cast.everyone():
        assert [one.state for one in trades(ids=[made.id])] == ["checked"]
        assert positions(on=TODAY) == []


def test_a_breach_is_settled_only_after_an_approval_by_name_with_a_plan(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trading, "findings_after", lambda **_given: [BROKEN])
    made = house.carried(to="checked", instrument_id=bond())
    assert (made.state, made.steps[0].breaches) == ("breach", 1)
    with pytest.raises(LedgerRefused) as told, house.act("settlement"):
        trading.settle(trade_id=made.id, today=TODAY)
    assert told.value.constraint == "fund_trade_breach"
    with pytest.raises(InputError), house.act("chief"):
        trading.approve_breach(trade_id=made.id, plan=" ", mended_by=TODAY)
    with house.act("chief"):
        made = trading.approve_breach(trade_id=made.id, plan="dijual sebelum April", mended_by=dt.date(2026, 3, 31))
    assert made.state == "approved"
    other = Finding("issuer.share", "NEGARA", 1, 3, 2, -1, False, True)
    monkeypatch.setattr(trading, "findings_after", lambda **_given: [BROKEN, other])
    with pytest.raises(InputError, match="batas lain"), house.act("settlement"):
        trading.settle(trade_id=made.id, today=TODAY)
    monkeypatch.setattr(trading, "findings_after", lambda **_given: [BROKEN])
    with house.act("settlement"):
        assert trading.settle(trade_id=made.id, today=TODAY).state == "settled"


def test_what_was_broken_before_and_is_not_made_worse_is_no_breach() -> None:
    assert not Finding("a", "b", 30, 30, 20, -10, True, True).breach
    assert Finding("a", "b", 30, 31, 20, -11, True, True).breach
    assert BROKEN.breach


def test_refused_and_withdrawn_trades_go_no_further(house: House) -> None:
    instrument = bond()
    made = house.carried(to="planned", instrument_id=instrument)
    with house.act("risk"):
        assert trading.refuse(trade_id=made.id, reason="terlalu besar").state == "refused"
    with pytest.raises(LedgerRefused), house.act("dealer"):
        trading.withdraw(trade_id=made.id, reason="batal")
    made = house.carried(to="checked", instrument_id=instrument)
    with house.act("dealer"):
        assert trading.withdraw(trade_id=made.id, reason="batal").state == "withdrawn"
    with pytest.raises(LedgerRefused), house.act("settlement"):
        trading.settle(trade_id=made.id, today=TODAY)


def sold(house: House, instrument: int, quantity: int, rupiah: int, on: dt.date, **given: Any) -> Any:
    """A sale."""
    return house.carried(instrument_id=instrument, side="sell", quantity=quantity, price=Decimal(rupiah), trade_on=on, **given)


def test_a_sale_takes_the_oldest_lots_at_book_and_gives_back_their_revaluation(house: House) -> None:
    with cast.everyone():
        stock = share("SAHM")
        price(stock, dt.date(2026, 1, 30), 1_100)
    house.carried(instrument_id=stock, quantity=1_000, price=Decimal(1_000), trade_on=JAN)
    house.carried(instrument_id=stock, quantity=1_000, price=Decimal(1_050), trade_on=dt.date(2026, 1, 20))
    with house.act("settlement"):
        month_end.end_month(fund="jht", month=202601, today=TODAY)
    assert books("investment", "revaluation", "unrealised") == [2_050_000, 150_000, 150_000]
    sold(house, stock, 1_500, 1_200, dt.date(2026, 2, 5))
    # a thousand at 1,000 and half of those at 1,050 go: 1,525,000; their 100,000 and 25,000 of revaluation go back
    assert books("investment", "revaluation", "unrealised", "realised") == [525_000, 25_000, 25_000, 1_800_000 - 1_525_000]
    with cast.everyone():
        (one,) = positions(on=dt.date(2026, 2, 5))
    assert (one.quantity, one.book_rupiah, one.carrying_rupiah, one.market_rupiah) == (500, 525_000, 550_000, 550_000)
    with pytest.raises(InputError, match="dimiliki"):
        sold(house, stock, 501, 1_200, dt.date(2026, 2, 6))


def test_interest_is_income_once_across_purchase_month_ends_coupons_and_repayment(house: House) -> None:
    with cast.everyone():
        instrument = paper("FR0026", matures_on=dt.date(2026, 11, 15), issued_on=dt.date(2025, 5, 15))
    done = house.carried(instrument_id=instrument, quantity=100, price=Decimal(985_000))
    for month in range(202601, 202612):
        for due in _due(month):
            with house.act("settlement"):
                events.record_due(
                    fund="jht", instrument_id=due.security.id, kind=due.kind, due_on=due.due_on, today=TODAY
                )  # fmt: skip
        with house.act("settlement"):
            month_end.end_month(fund="jht", month=month, today=TODAY)
    received = 2 * 3_000_000 + 100_000_000
    paid = 98_500_000 + done.accrued_rupiah
    assert books("investment", "accrued", "revaluation", "realised") == [0, 0, 0, 0]
    assert books("investment_income") == [received - paid]
    assert books("cash") == [1_000_000_000 - paid + received]


def _due(month: int) -> list[Any]:
    from jamsostek.core.months import last_day

    with cast.everyone():
        return due_events(on=last_day(month))


def test_a_coupon_that_is_due_is_recorded_before_the_month_ends_or_anything_is_sold(house: House) -> None:
    instrument = bond()
    house.carried(instrument_id=instrument, trade_on=dt.date(2026, 5, 4))
    with pytest.raises(InputError, match="jatuh tempo"):
        sold(house, instrument, 10, 1_000_000, dt.date(2026, 5, 20))
    with pytest.raises(InputError, match="FR0001"), house.act("settlement"):
        month_end.end_month(fund="jht", month=202605, today=TODAY)
    for _again in range(2):
        with house.act("settlement"):
            events.record_due(
                fund="jht", instrument_id=instrument, kind="coupon", due_on=dt.date(2026, 5, 15), today=TODAY
            )  # fmt: skip
    assert books("accrued") == [0]
    sold(house, instrument, 10, 1_000_000, dt.date(2026, 5, 20))
    with house.act("settlement"):
        month_end.end_month(fund="jht", month=202605, today=TODAY)
    assert books("accrued") == [round(90 * 1_000_000 * 0.03 * 16 / 184)]


def test_a_month_is_not_ended_without_a_price_out_of_order_or_before_it_is_over(house: House) -> None:
    with cast.everyone():
        stock = share("SAHM")
        price(stock, dt.date(2025, 12, 30), 1_100)
    house.carried(instrument_id=stock, quantity=10, price=Decimal(1_000))
    with pytest.raises(InputError, match="SAHM"), house.act("settlement"):
        month_end.end_month(fund="jht", month=202601, today=TODAY)
    with pytest.raises(InputError, match="giliran"), house.act("settlement"):
        month_end.end_month(fund="jht", month=202602, today=TODAY)
    with pytest.raises(InputError, match="belum berakhir"), house.act("settlement"):
        month_end.end_month(fund="jht", month=202601, today=dt.date(2026, 1, 31))
    with cast.everyone():
        price(stock, dt.date(2026, 1, 2), 1_010)
    with house.act("settlement"):
        month_end.end_month(fund="jht", month=202601, today=TODAY)
        month_end.end_month(fund="jht", month=202601, today=TODAY)
    assert books("revaluation") == [100]
    with pytest.raises(InputError, match="sudah dibuat"):
        house.carried(instrument_id=stock, quantity=10, trade_on=dt.date(2026, 1, 31), price=Decimal(1))
    with pytest.raises(InputError, match="belum dibuat"):
        house.carried(instrument_id=stock, quantity=10, trade_on=dt.date(2026, 3, 2), price=Decimal(1))


def test_rows_of_investments_are_never_changed(house: House) -> None:
    house.carried(instrument_id=bond())
    for table in ("fund_trade", "fund_tradestep", "fund_lot"):
        with pytest.raises(Exception, match="permission denied"), cast.everyone(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
