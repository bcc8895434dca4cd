"""A trade that breaks a limit is settled by nobody alone: not by an action, not by SQL; nor are plans and limits of the board."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from holding import House, issuer, paper, share

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions import board_limits, breaches, trading
from jamsostek.fund.actions.board_limits import NewBoardLimit
from jamsostek.fund.limits import findings_after
from jamsostek.ledger.errors import LedgerRefused
from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

DAY = dt.date(2026, 1, 15)
LATER = dt.date(2026, 6, 30)


@pytest.fixture
def house(committed_db: Database) -> House:
    """Rp1,000 million of government bonds, and money for more."""
    made = House()
    made.money("jht", 10**12)
    with cast.everyone():
        bond = paper("SUN1")
    made.carried(instrument_id=bond, quantity=1_000)
    return made


def bought(house: House, rupiah: int, **given: Any) -> Any:
    """A purchase of so many rupiah of one share, checked."""
    with cast.everyone():
        stock = share("SAHM")
    return house.carried(instrument_id=stock, quantity=rupiah, price=Decimal(1), to="checked", **given)


ROOM = 52_631_578
"""1,000 million × 5 / 95: so much of one share can be bought, for it adds to the whole too."""


def test_the_room_to_the_rupiah_is_settled_by_three_hands(house: House) -> None:
    made = bought(house, ROOM)
    assert made.step("checked").breaches == 0
    with house.act("settlement"):
        assert trading.settle(trade_id=made.id, today=DAY).step("settled")


def test_one_rupiah_more_needs_a_fourth_hand_and_a_plan(house: House) -> None:
    made = bought(house, ROOM + 1)
    told = {one.rule: one for one in made.step("checked").findings if one.breach}
    assert set(told) == {"equity.issuer"} and told["equity.issuer"].room_rupiah == -1
    for role in ("settlement", "dealer", "risk", "chief", "head_office"):
        with pytest.raises((Refused, LedgerRefused)), house.act(role):
            trading.settle(trade_id=made.id, today=DAY)
    for role in ("settlement", "dealer", "risk"):
        with pytest.raises(Refused), house.act(role):
            trading.approve_breach(trade_id=made.id, plan="Dijual", mended_by=LATER)
    with pytest.raises(InputError), house.act("chief"):
        trading.approve_breach(trade_id=made.id, plan=" ", mended_by=LATER)
    with house.act("chief"):
        trading.approve_breach(trade_id=made.id, plan="Dijual sebelum Juli", mended_by=LATER)
    with house.act("settlement"):
        settled = trading.settle(trade_id=made.id, today=DAY)
    assert settled.step("breach_approved").plan == "Dijual sebelum Juli"


def test_limits_are_read_again_at_settlement(house: House) -> None:
    made = bought(house, ROOM)
    house.carried(side="sell", instrument_id=_bond(), quantity=1, price=Decimal(1_000_000))
    with pytest.raises(LedgerRefused) as refused, house.act("settlement"):
        trading.settle(trade_id=made.id, today=DAY)
    assert refused.value.constraint == "fund_trade_breach"


def _bond() -> int:
    from jamsostek.fund.queries.limits import instruments

    return next(pk for pk, code, _name in instruments() if code == "SUN1")


@pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_owner"])
def test_sql_cannot_settle_what_breaks_a_limit_alone(house: House, committed_db: Database, role: str) -> None:
    made = bought(house, ROOM + 1)
    findings = json.dumps([one.to_json() for one in made.step("checked").findings])
    chief = house.people["chief"].pk
    insert = (
        "INSERT INTO fund_tradestep (trade_id, step, findings, breaches, group_id, by, plan, mended_by)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    )
    alone = [
        ("fund_trade_breach", made.id, "settled", findings, 1, 1, house.people["settlement"].pk, "", None),
        # a step that keeps quiet about what it found
        ("fund_trade_breach", made.id, "settled", findings, 0, 1, house.people["settlement"].pk, "", None),
        ("fund_trade_hands", made.id, "breach_approved", "[]", 1, None, house.people["risk"].pk, "Rencana", LATER),
        ("fund_trade_hands", made.id, "breach_approved", "[]", 1, None, None, "Rencana", LATER),
        ("fund_tradestep_plan", made.id, "breach_approved", "[]", 1, None, chief, " ", LATER),
    ]
    for constraint, *values in alone:
        with committed_db.connect(role) as connection, pytest.raises(psycopg.errors.IntegrityError) as refused:
            connection.execute(insert, values)
        assert refused.value.diag.constraint_name == constraint


def test_a_rating_too_low_or_none_is_a_breach_from_the_first_rupiah(house: House) -> None:
    with cast.everyone():
        firm = issuer("PTOBLIGASI", "company")
        ids = [paper(f"OBL{at}", asset_class="corporate_bond", issuer_id=firm, rating=rating) for at, rating in enumerate(
            ("idAA", "idBBB+", ""))]  # fmt: skip
        told = [
            {one.rule for one in findings_after(
                fund="jht", instrument_id=pk, side="buy", quantity=1, amount_rupiah=1, on=DAY) if one.breach}
            for pk in ids
        ]  # fmt: skip
    assert told == [set(), {"rating"}, {"rating"}]


def test_an_instrument_that_is_not_there_has_no_limits(house: House) -> None:
    with cast.everyone(), pytest.raises(LookupError):
        findings_after(fund="jht", instrument_id=0, side="buy", quantity=1, amount_rupiah=1, on=DAY)


# --- plans and limits of the board ------------------------------------------------------------------------------------------


def _planned(house: House) -> Any:
    made = bought(house, 2 * ROOM)
    with house.act("chief"):
        trading.approve_breach(trade_id=made.id, plan="Dijual", mended_by=LATER)
    with house.act("settlement"):
        trading.settle(trade_id=made.id, today=DAY)
    with house.act("risk"):
        return breaches.propose(
            fund="jht", rule="equity.issuer", subject="PTCONTOH", plan="Dijual", mend_by=LATER, today=dt.date(2026, 2, 1)
        )


def test_a_plan_is_answered_once_by_another_and_is_never_changed(house: House, committed_db: Database) -> None:
    made = _planned(house)
    assert (made.since, made.held_rupiah) == (dt.date(2026, 1, 31), 2 * ROOM)
    with house.act("risk"):
        again = breaches.propose(
            fund="jht", rule="equity.issuer", subject="PTCONTOH", plan="Dijual", mend_by=LATER, today=dt.date(2026, 2, 1)
        )
    assert again.pk == made.pk
    answer = "INSERT INTO fund_breachanswer (breach_id, approved, reason, answered_by) VALUES (%s, true, '', %s)"
    for role in ("jamsostek_app", "jamsostek_owner"):
        with committed_db.connect(role) as connection, pytest.raises(psycopg.errors.IntegrityError) as refused:
            connection.execute(answer, [made.pk, house.people["risk"].pk])
        assert refused.value.diag.constraint_name == "fund_breach_by_two"
        for change in (
            "UPDATE fund_breach SET mend_by = '2030-01-01'",
            "DELETE FROM fund_breach",
            "TRUNCATE fund_breach CASCADE",
        ):
            with committed_db.connect(role) as connection, pytest.raises(psycopg.Error):
                connection.execute(change)
    with house.act("chief"):
        breaches.answer(breach_id=made.pk, approved=True)
        assert breaches.answer(breach_id=made.pk, approved=True).pk == made.pk
        with pytest.raises(InputError):
            breaches.answer(breach_id=made.pk, approved=False, reason="Lain")
    with pytest.raises(InputError), house.act("risk"):
        breaches.propose(
            fund="jht", rule="equity.issuer", subject="PTCONTOH", plan="Lain", mend_by=LATER, today=dt.date(2026, 2, 1)
        )


def test_nothing_is_planned_for_a_limit_that_is_kept(house: House) -> None:
    with pytest.raises(InputError, match="tidak dilampaui"), house.act("risk"):
        breaches.propose(fund="jht", rule="equity.issuer", subject="PTCONTOH", plan="Dijual", mend_by=LATER, today=DAY)
    with pytest.raises(Refused), house.act("dealer"):
        breaches.propose(fund="jht", rule="equity.issuer", subject="PTCONTOH", plan="Dijual", mend_by=LATER, today=DAY)


def test_a_stricter_limit_of_the_board_stops_a_trade_that_the_law_allows(house: House, committed_db: Database) -> None:
    new = NewBoardLimit("jht", "equity.issuer", 30_000, dt.date(2026, 1, 1), "KEP/1", dt.date(2025, 12, 1), "Hati-hati")
    with house.act("risk"):
        made = board_limits.record(new)
    confirm = "INSERT INTO fund_boardlimitanswer (boardlimit_id, confirmed, reason, answered_by) VALUES (%s, true, '', %s)"
    with committed_db.connect() as connection, pytest.raises(psycopg.errors.IntegrityError) as refused:
        connection.execute(confirm, [made.pk, house.people["risk"].pk])
    assert refused.value.diag.constraint_name == "fund_boardlimit_by_two"
    with house.act("chief"):
        board_limits.answer(limit_id=made.pk, confirmed=True)
    told = bought(house, ROOM)
    assert [one.rule for one in told.step("checked").findings if one.breach] == ["board:equity.issuer"]
    with pytest.raises(LedgerRefused), house.act("settlement"):
        trading.settle(trade_id=told.id, today=DAY)
