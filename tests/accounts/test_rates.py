"""The yearly rate where the law has none: declared by one, confirmed by another, shown with its source wherever it counts."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pypdfium2
import pytest

from jamsostek.access.errors import Refused
from jamsostek.accounts.actions import rates
from jamsostek.accounts.actions.rates import NewRate
from jamsostek.accounts.paper import face_of, rate_notes, standing
from jamsostek.accounts.queries.crediting import preview, runs
from jamsostek.accounts.queries.holds import crediting_holds
from jamsostek.accounts.queries.rates import Rate, declarations, declared_rate, months_of
from jamsostek.accounts.queries.statement import derivations, statement
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.ledger.errors import LedgerRefused, refusals
from jamsostek.messages.statement.draw import draw_statement_pdf
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

pytestmark = pytest.mark.usefixtures("committed_db")
SOURCE = "https://contoh.example/siaran-pers/17"
ROLES = ("jamsostek_app", "jamsostek_owner")


@pytest.fixture
def two(committed_db: Database) -> tuple[Any, Any]:
    """Who declares, and who confirms; the floor of the year is known."""
    with cast.everyone():
        found = cast.user("pencatat", "head_office"), cast.user("pengesah", "head_office")
    money.floor(*found)
    return found


def declare(by: Any, from_month: int = 202101, rate_ppm: int = 55_300, **given: Any) -> int:
    with cast.as_user(by):
        return rates.declare(NewRate(from_month, rate_ppm, given.pop("source", SOURCE), **given)).id


def confirm(by: Any, rate_id: int) -> None:
    with cast.as_user(by):
        rates.answer(rate_id=rate_id, confirmed=True)


def rate_at(month: int) -> Rate:
    with cast.everyone():
        return declared_rate(month)


def pay(rupiah: int, on: dt.date) -> Any:
    with cast.everyone():
        siti = cast.participant()
        money.move({siti.pk: rupiah}, on)
        return siti


# --- declaring --------------------------------------------------------------------------------------------------------


def test_a_rate_holds_once_another_person_has_confirmed_it(two: tuple[Any, Any]) -> None:
    made = declare(two[0], decree="KEP/17/022021", decreed_on=dt.date(2021, 2, 5))
    with pytest.raises(InputError, match="belum ditetapkan"):
        rate_at(202101)
    confirm(two[1], made)
    found = rate_at(202107)
    assert found.declaration is not None
    assert (found.ppm, found.declaration.id, found.declaration.source) == (55_300, made, SOURCE)
    assert (found.declaration.declared_by, found.declaration.answered_by) == (two[0].pk, two[1].pk)
    assert standing(202107, found) == ("Keputusan KEP/17/022021, 5 Februari 2021", "dicatat dan disahkan di sini", (SOURCE,))
    with pytest.raises(InputError, match="belum ditetapkan"):
        rate_at(202201)  # a rate is declared anew for every year
    told = money.ask("SELECT action, user_id, subject_id FROM access_auditentry WHERE action LIKE 'accounts.rate%%' ORDER BY id")
    assert told == [("accounts.rate_declared", two[0].pk, made), ("accounts.rate_confirmed", two[1].pk, made)]


def test_the_laws_own_figure_goes_first(two: tuple[Any, Any]) -> None:
    assert rate_at(202012) == Rate(56_300)
    with pytest.raises(InputError, match="Data hukum sudah memuat tingkat 2020-12: 5,63 %"):
        declare(two[0], 202012)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rate_ppm": -1}, "antara 0 dan 20 %"), ({"rate_ppm": 200_001}, "antara 0 dan 20 %"),
        ({"source": "  "}, "Sumbernya belum diisi"), ({"decree": "KEP/1"}, "diisi bersama"),
        ({"decreed_on": dt.date(2021, 2, 5)}, "diisi bersama"), ({"invented": True}, "hanya untuk peragaan"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_rate_is_refused(two: tuple[Any, Any], given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        declare(two[0], **given)
    with cast.everyone():
        assert declarations() == []


def test_nobody_confirms_their_own(two: tuple[Any, Any]) -> None:
    made = declare(two[0])
    with pytest.raises(Refused, match="Anda sendiri"):
        confirm(two[0], made)
    with pytest.raises(Refused, match="disahkan oleh seseorang"), cast.everyone():
        rates.answer(rate_id=made, confirmed=True)
    confirm(two[1], made)
    with pytest.raises(InputError, match="sudah diputuskan"):
        confirm(two[1], made)


def test_what_is_refused_says_why_and_never_holds(two: tuple[Any, Any]) -> None:
    made = declare(two[0])
    with cast.as_user(two[1]):
        with pytest.raises(InputError, match="Alasannya belum diisi"):
            rates.answer(rate_id=made, confirmed=False, reason=" ")
        found = rates.answer(rate_id=made, confirmed=False, reason="Sumbernya menyebut 5,35")
    assert (found.confirmed, found.reason) == (False, "Sumbernya menyebut 5,35")
    with pytest.raises(InputError, match="belum ditetapkan"):
        rate_at(202101)


@pytest.mark.parametrize("role", ["branch_officer", "auditor", "actuary", "worker"])
def test_others_neither_declare_nor_confirm(two: tuple[Any, Any], role: str) -> None:
    kind, target = {"branch_officer": ("region", cast.SIDOARJO), "worker": ("self", 1)}.get(role, ("nation", 0))
    with cast.everyone():
        other = cast.user("lain", role, kind, target)
        branch = cast.user("cabang", "branch_supervisor", "region", cast.SIDOARJO)
    with pytest.raises(Refused):
        declare(other)
    made = declare(branch)
    for who in (other, branch):
        with pytest.raises(Refused):
            confirm(who, made)


# --- a correction, and months that are credited -------------------------------------------------------------------------


def test_a_correction_is_a_further_row_for_months_not_yet_credited(two: tuple[Any, Any]) -> None:
    first = declare(two[0])
    confirm(two[1], first)
    pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    for late in (202101, 202012):
        with pytest.raises(InputError, match=r"sudah dikreditkan|Data hukum"):
            declare(two[0], late, 60_000)
    second = declare(two[0], 202102, 60_000)
    assert rate_at(202102).ppm == 55_300
    confirm(two[1], second)
    assert (rate_at(202101).ppm, rate_at(202102).ppm, rate_at(202112).ppm) == (55_300, 60_000, 60_000)
    with cast.everyone():
        newer, older = declarations()
        assert (months_of(older), months_of(newer)[:1], len(months_of(newer))) == ([202101], [202102], 11)
        assert (older.credited, newer.credited) == ((202101,), ())


def test_a_declaration_that_waits_while_its_month_is_credited_is_not_confirmed(two: tuple[Any, Any]) -> None:
    confirm(two[1], declare(two[0]))
    late = declare(two[0], 202101, 60_000)
    pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    with pytest.raises(InputError, match="sudah dikreditkan"):
        confirm(two[1], late)
    with cast.as_user(two[1]):
        assert rates.answer(rate_id=late, confirmed=False, reason="Terlambat").confirmed is False


def test_the_declared_rate_is_credited_and_explained(two: tuple[Any, Any]) -> None:
    confirm(two[1], declare(two[0]))
    siti = pay(1_000_000, dt.date(2021, 1, 1))
    with cast.everyone():
        told = preview(202101)
        assert told.rate.declaration is not None and told.rate.declaration.source == SOURCE
    money.credit(202101)
    money.credit(202102)
    # 1,000,000 × 30 × 0.0553 ÷ 365 = 4,545.2; January's return earns from next year: 1,000,000 × 28 … = 4,242.2
    assert money.balances(202101) == {siti.pk: (1_004_545, 4_545, 4_545)}
    assert money.balances(202102) == {siti.pk: (1_008_787, 8_787, 4_242)}
    with cast.everyone():
        assert crediting_holds() == []
        (why,) = derivations([siti.pk], 202102)
        assert (why.holds, why.return_rupiah, why.rate.ppm, why.changes) == (True, 4_242, 55_300, [])
        assert why.rate.declaration is not None and why.rate.declaration.source == SOURCE
        assert "5,53 %" in why.explanation.text()
        assert [one.rate_ppm for one in runs()] == [55_300, 55_300]
        found = statement([siti.pk], 2021)
    assert [(first, last, rate.ppm) for first, last, rate in found.rates] == [(202101, 202102, 55_300)]


# --- an example is marked ------------------------------------------------------------------------------------------------


def test_an_invented_rate_says_so_on_the_page_and_on_paper(two: tuple[Any, Any]) -> None:
    with cast.everyone():
        type(two[0]).objects.filter(pk=two[0].pk).update(is_demo=True)
    confirm(two[1], declare(two[0], invented=True, source="Contoh"))
    siti = pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    with cast.everyone():
        told = statement([siti.pk], 2021)
        for lang, words, short in (
            ("id", "contoh, rekaan untuk demonstrasi", "5,53 % (rekaan)"),
            ("en", "example, invented for demonstration", "5.53 % (invented)"),
        ):
            with speaking(lang):
                (note,) = rate_notes(told)
                assert (note.grade, note.sources) == (words, ("Contoh",))
                face = face_of(siti, told, names=lambda _ids: {}, where="", today=cast.TODAY)
                with pypdfium2.PdfDocument(draw_statement_pdf(face)) as paper:
                    text = " ".join("\n".join(page.get_textpage().get_text_range() for page in paper).split())
            assert words in text and text.count(short) == 2, "in the table of months, and among the rates"


# --- the database refuses by itself --------------------------------------------------------------------------------------


def by_hand(database: Database, role: str, sql: str, *values: Any) -> None:
    with database.connect(role) as one:
        one.execute("SELECT set_config('jamsostek.user', '0', false), set_config('jamsostek.all', '1', false)")
        one.execute(sql, values)
        one.commit()


NEW = "INSERT INTO accounts_rate (from_month, rate_ppm, source, decree, decreed_on, invented, declared_by) VALUES "
ANSWER = "INSERT INTO accounts_rateanswer (rate_id, confirmed, reason, answered_by) VALUES "


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("(202102, -1, 's', '', NULL, false, 1)", "accounts_rate_floor"),
        ("(202102, 200001, 's', '', NULL, false, 1)", "accounts_rate_bounds"),
        ("(202102, 55300, ' ', '', NULL, false, 1)", "accounts_rate_source"),
        ("(202102, 55300, 's', 'KEP', NULL, false, 1)", "accounts_rate_decree"),
        ("(202113, 55300, 's', '', NULL, false, 1)", "accounts_rate_floor_unknown"),
        ("(202101, 55300, 's', '', NULL, false, 1)", "accounts_rate_credited"),
        ("(201912, 55300, 's', '', NULL, false, 1)", "accounts_rate_credited"),
    ],
)
def test_the_database_takes_no_wrong_rate(
    two: tuple[Any, Any], committed_db: Database, role: str, values: str, name: str
) -> None:
    confirm(two[1], declare(two[0]))
    pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    with pytest.raises(psycopg.errors.CheckViolation) as told:
        by_hand(committed_db, role, NEW + values)
    assert told.value.diag.constraint_name == name
    by_hand(committed_db, role, NEW + "(202102, 55300, 's', '', NULL, false, 1)")


@pytest.mark.parametrize("role", ROLES)
def test_the_database_takes_no_wrong_answer(two: tuple[Any, Any], committed_db: Database, role: str) -> None:
    mine, other = two[0].pk, two[1].pk
    late, made = declare(two[0], 202101, 50_000), declare(two[0], 202101)
    for values, name in (
        (f"({made}, true, '', {mine})", "accounts_rate_by_two"), (f"({made}, false, ' ', {other})", "accounts_rate_reason"),
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.CheckViolation) as told:
            by_hand(committed_db, role, ANSWER + values)
        assert told.value.diag.constraint_name == name
    confirm(two[1], made)
    with pytest.raises(psycopg.errors.UniqueViolation):
        by_hand(committed_db, role, ANSWER + f"({made}, false, 'lain', {other})")
    pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    with pytest.raises(psycopg.errors.CheckViolation, match="202101 was credited"):
        by_hand(committed_db, role, ANSWER + f"({late}, true, '', {other})")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_rate SET rate_ppm = 1", "UPDATE accounts_rate SET source = 'lain'", "DELETE FROM accounts_rate",
        "TRUNCATE accounts_rate CASCADE", "UPDATE accounts_rateanswer SET confirmed = false", "DELETE FROM accounts_rateanswer",
        "TRUNCATE accounts_rateanswer", "UPDATE accounts_crediting SET rate_id = NULL",
    ],
)  # fmt: skip
def test_what_was_declared_stays(two: tuple[Any, Any], committed_db: Database, role: str, change: str) -> None:
    confirm(two[1], declare(two[0]))
    pay(1_000_000, dt.date(2021, 1, 1))
    money.credit(202101)
    with pytest.raises(psycopg.Error) as told:
        by_hand(committed_db, role, change)
    kinds = psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation
    assert isinstance(told.value, kinds), told.value
    assert rate_at(202101).ppm == 55_300


@pytest.mark.parametrize("role", ROLES)
def test_a_run_stands_on_the_declaration_of_its_month_and_its_figure(
    two: tuple[Any, Any], committed_db: Database, role: str
) -> None:
    old, waiting = declare(two[0]), declare(two[0], 202101, 60_000)
    confirm(two[1], old)
    pay(1_000_000, dt.date(2021, 1, 1))
    run = "INSERT INTO accounts_crediting (month, rate_ppm, rate_id, law_digest, figures, part_size, parts) VALUES "
    for ppm, rate in ((60_000, waiting), (60_000, old), (55_300, waiting)):
        with pytest.raises(psycopg.errors.CheckViolation) as told:
            by_hand(committed_db, role, run + f"(202101, {ppm}, {rate}, '', '{{}}', 1000000, 1)")
        assert told.value.diag.constraint_name == "accounts_crediting_rate"
    by_hand(committed_db, role, run + f"(202101, 55300, {old}, '', '{{}}', 1000000, 1)")


def test_a_rate_replaced_while_a_run_begins_is_told(two: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.accounts.actions import crediting

    confirm(two[1], declare(two[0]))
    pay(1_000_000, dt.date(2021, 1, 1))
    seen = rate_at(202101)
    confirm(two[1], declare(two[0], 202101, 60_000))
    monkeypatch.setattr(crediting, "declared_rate", lambda _month: seen)  # as if read before the other was confirmed
    with pytest.raises(LedgerRefused, match="baru saja diganti"):
        money.begin(202101)


def test_confirming_and_beginning_take_turns(two: tuple[Any, Any], committed_db: Database) -> None:
    confirm(two[1], declare(two[0]))
    other = declare(two[0], 202101, 60_000)
    pay(1_000_000, dt.date(2021, 1, 1))
    with committed_db.connect("jamsostek_owner") as first, committed_db.connect("jamsostek_owner") as second:
        first.execute(
            "INSERT INTO accounts_crediting (month, rate_ppm, law_digest, figures, part_size, parts)"
            " VALUES (202101, 55300, '', '{}', 1000000, 1)"
        )
        wrong: list[BaseException] = []

        def answer() -> None:
            try:
                second.execute(ANSWER + f"({other}, true, '', {two[1].pk})")
            except psycopg.Error as error:
                wrong.append(error)

        waits = threading.Thread(target=answer)
        waits.start()
        waits.join(0.3)
        assert waits.is_alive(), "it waits until the run has begun"
        first.commit()
        waits.join(20)
        assert "202101 was credited" in str(wrong[0])


def test_a_refusal_of_the_database_is_told_in_words(two: tuple[Any, Any]) -> None:
    from django.db import connection

    with pytest.raises(LedgerRefused, match="Sumbernya belum diisi"), refusals(), cast.everyone(), connection.cursor() as cursor:
        cursor.execute(NEW + "(202101, 55300, '', '', NULL, false, 1)")
