"""A custodian's statement beside our books: what differs stands open until one explains it and another confirms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from holding import House, paper, share

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions.custody import answer_explanation, explain_difference, record_custody
from jamsostek.fund.models import Custody
from jamsostek.fund.queries.custody import open_differences, problems_of, reconciliation
from jamsostek.ledger.errors import LedgerRefused, refusals
from tests import cast

TODAY, DAY = dt.date(2026, 11, 23), dt.date(2026, 1, 31)
FILE = b"""Kode Efek;Per Tanggal;Saldo Efek;Nilai Nominal;Nilai Pasar
FR9001;31-01-2026;;100.000.000;101.000.000
XAAA;31-01-2026;900;;3.600.000
XLAIN;31-01-2026;50;;
XBBB;31-01-2026;12,5;;
RUSAK;31-01-2026;abc;;
"""


@pytest.fixture
def house(db: None) -> House:
    """A fund that holds a bond, two shares and a deposit."""
    made = House()
    made.money("jht", 1_000_000_000)
    with cast.everyone():
        bond, one, other = paper("FR9001"), share("XAAA"), share("XBBB")
        share("XDDD")
        deposit = paper("DEPO1", asset_class="deposit", unit_rupiah=1, coupons_a_year=12)
        hidden = share("XCCC")
    for instrument, quantity, price in (
        (bond, 100, 1_000_000), (one, 1_000, 4_000), (other, 10, 500), (hidden, 7, 100), (deposit, 1_000_000, 1),
    ):  # fmt: skip
        made.carried(instrument_id=instrument, quantity=quantity, price=Decimal(price))
    return made


def recorded(house: House, role: str = "settlement", **given: Any) -> Custody:
    facts: dict[str, Any] = {
        "content": FILE, "file_name": "kustodian.csv", "fund": "jht", "custodian": "Bank Contoh", "stated_on": DAY,
        "today": TODAY,
    }  # fmt: skip
    with house.act(role):
        return record_custody(**(facts | given))


def test_every_instrument_agrees_differs_or_is_missing_on_one_side(house: House) -> None:
    made = recorded(house)
    with cast.everyone():
        told = reconciliation(made)
        assert [(one.code, one.state, one.units_here, one.units_there, one.standing) for one in told.lines] == [
            ("FR9001", "agree", 100, 100, "agree"), ("XAAA", "differ", 1_000, 900, "open"),
            ("XBBB", "differ", 10, Decimal("12.5"), "open"), ("XCCC", "missing_there", 7, 0, "open"),
            ("XLAIN", "missing_here", 0, 50, "open"),
        ]  # fmt: skip
        assert (told.lines[0].rupiah_there, told.lines[0].rupiah_here) == (101_000_000, 100_000_000)
        assert [(one.row, one.kind) for one in problems_of(made, today=TODAY)] == [(6, "units_text")]
        assert made.left_out == 1
        assert {fund: len(one.open) for fund, one in open_differences().items()} == {"jht": 4}
    assert recorded(house).pk == made.pk


def test_a_difference_is_explained_by_one_and_confirmed_by_another(house: House) -> None:
    made = recorded(house)
    with house.act("settlement"):
        given = explain_difference(custody_id=made.pk, code="xaaa", reason="Penyelesaian 100 lembar sehari kemudian")
        with pytest.raises(InputError, match="sudah dijelaskan"):
            explain_difference(custody_id=made.pk, code="XAAA", reason="lagi")
        with pytest.raises(InputError, match="Tidak ada selisih"):
            explain_difference(custody_id=made.pk, code="FR9001", reason="tidak perlu")
        with pytest.raises(Refused):
            answer_explanation(explanation_id=given.pk, confirmed=True)
    assert standing(made) == "waiting"
    with house.act("risk"):
        answer_explanation(explanation_id=given.pk, confirmed=True)
        with pytest.raises(InputError, match="sudah diputuskan"):
            answer_explanation(explanation_id=given.pk, confirmed=False, reason="x")
    assert standing(made) == "explained"
    with cast.everyone():
        assert len(open_differences()["jht"].open) == 3


def test_who_explained_does_not_confirm_even_past_the_action(house: House) -> None:
    made = recorded(house, "risk")
    with house.act("risk"):
        given = explain_difference(custody_id=made.pk, code="XAAA", reason="sebab")
        with pytest.raises(Refused, match="sendiri"):
            answer_explanation(explanation_id=given.pk, confirmed=True)
    with pytest.raises(LedgerRefused, match="sendiri"), refusals(), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_explanationanswer (explanation_id, confirmed, answered_by) VALUES (%s, true, %s)",
            [given.pk, given.explained_by],
        )


def test_a_refused_explanation_leaves_the_difference_open_for_another(house: House) -> None:
    made = recorded(house)
    with house.act("settlement"):
        given = explain_difference(custody_id=made.pk, code="XAAA", reason="salah ketik")
    with house.act("chief"):
        with pytest.raises(InputError, match="Alasannya"):
            answer_explanation(explanation_id=given.pk, confirmed=False)
        answer_explanation(explanation_id=given.pk, confirmed=False, reason="bukti tidak ada")
    assert standing(made) == "open"
    with house.act("settlement"):
        assert explain_difference(custody_id=made.pk, code="XAAA", reason="ini buktinya").nth == 2


def test_an_explanation_holds_for_the_figures_it_was_given_for_and_no_others(house: House) -> None:
    made = recorded(house)
    with house.act("settlement"):
        given = explain_difference(custody_id=made.pk, code="XCCC", reason="dipindahkan")
    with cast.everyone():
        held = next(one.instrument_id for one in reconciliation(made).lines if one.code == "XCCC")
    house.carried(instrument_id=held, quantity=3, price=Decimal(100), trade_on=dt.date(2026, 1, 20))
    assert standing(made, "XCCC") == "open"
    with house.act("risk"), pytest.raises(InputError, match="sudah berubah"):
        answer_explanation(explanation_id=given.pk, confirmed=True)


def test_a_newer_statement_of_the_day_stands_in_place_of_the_older(house: House) -> None:
    recorded(house)
    mended = FILE.replace(b";900;", b";1000;").replace(b";12,5;", b";10;")
    newer = recorded(house, content=mended)
    with cast.everyone():
        assert [(one.custody.pk, [line.code for line in one.open]) for one in open_differences().values()] == [
            (newer.pk, ["XCCC", "XLAIN"])
        ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fund": "dana"}, "fund"), ({"custodian": " "}, "custodian"), ({"stated_on": TODAY + dt.timedelta(1)}, "stated_on"),
        ({"content": b"kode;saldo efek\nXAAA;abc\n"}, "file"), ({"stated_on": DAY - dt.timedelta(1)}, "file"),
    ],
)  # fmt: skip
def test_a_statement_that_cannot_stand_is_refused_at_its_field(house: House, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as told:
        recorded(house, **given)
    assert told.value.field == field


@pytest.mark.parametrize("role", ["dealer", "head_office", "chief"])
def test_nobody_else_records_statements(house: House, role: str) -> None:
    with pytest.raises(Refused):
        recorded(house, role)


def standing(made: Custody, code: str = "XAAA") -> str:
    with cast.everyone():
        return next(one.standing for one in reconciliation(made).lines if one.code == code)
