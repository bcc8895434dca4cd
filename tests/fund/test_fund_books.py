"""The books with investments in: beancount takes them, and the ledger's check finds what somebody turned by hand."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from holding import House, paper, price, share

from jamsostek.fund import checks as ours
from jamsostek.fund.actions import month_end
from jamsostek.ledger import actions as ledger
from jamsostek.ledger import beancount, checks
from jamsostek.ledger.actions import Leg, Posting
from tests import cast

TODAY = dt.date(2027, 1, 31)


@pytest.fixture
def house(db: None) -> House:
    """A fund that bought a bond below its face and shares, ended a month and sold some."""
    made = House()
    made.money("jht", 10**9)
    with cast.everyone():
        bond, stock = paper("FR0001"), share("SAHM")
        price(stock, dt.date(2026, 1, 30), 1_100)
    made.carried(instrument_id=bond, quantity=500, price=Decimal(985_000), fee_rupiah=1_234)
    made.carried(instrument_id=stock, quantity=1_000, price=Decimal(1_000))
    with made.act("settlement"):
        month_end.end_month(fund="jht", month=202601, today=TODAY)
    made.carried(instrument_id=stock, side="sell", quantity=333, price=Decimal(1_200), trade_on=dt.date(2026, 2, 3))
    return made


def test_bean_check_takes_books_with_investments_in_them(house: House, tmp_path: Path) -> None:
    path = tmp_path / "buku.beancount"
    with cast.everyone():
        assert checks.check() == []
        path.write_text("".join(beancount.general_ledger("Uji")), encoding="utf-8")
    assert "revaluation" in path.read_text(encoding="utf-8").lower()
    done = subprocess.run([Path(sys.executable).with_name("bean-check"), path], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_money_moved_past_the_lots_is_found(house: House) -> None:
    with cast.everyone():
        legs = (Leg("investment:jht", "investment_income:jht", 7),)
        ledger.post(Posting("tangan", "investment_buy", dt.date(2026, 2, 4), legs))
        found = [(text, values) for check in ours.CHECKS.values() for text, values in check().found]
    assert {text for text, _values in found} == {ours.LOTS, ours.OWNERLESS}
    (lots,) = (values for text, values in found if text == ours.LOTS)
    assert lots["books"] - lots["rows"] == 7
