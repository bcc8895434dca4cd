"""Closed months and the proof of the books: whatever an administrator changes behind the guards is found and named."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from books import ADMINISTRATOR, BEFORE, LAST, MONTH, Books, broken, post
from cryptography.exceptions import InvalidSignature
from procrastinate.contrib.django import app
from psycopg import sql as composed

from jamsostek.access import signing
from jamsostek.access.errors import Refused
from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.ledger import actions, checks, proofs, queries
from jamsostek.ledger.jobs import check_books, close_yesterday
from jamsostek.ledger.queries.digest import FIRST, LINES
from tests import cast

YESTERDAY = cast.TODAY - dt.timedelta(days=1)


def fill(books: Books) -> dict[str, int]:
    """Groups in three months, two of them closed, some days summed, one group reversed; their numbers by name."""
    made = {
        "first": post(("cash:jkk", "fund:jkk", 1_000), ("cash:jkm", "fund:jkm", 300), day=dt.date(2026, 8, 3)).group_id,
        "second": post(("cash:jht", "fund:jht", 700), day=dt.date(2026, 8, 9)).group_id,
        "third": post(("fund:jkk", "cash:jkk", 100), day=dt.date(2026, 9, 9)).group_id,
        "open": post(("cash:jkk", "fund:jkk", 50), day=dt.date(2026, 10, 9)).group_id,
    }
    for days, name in enumerate(("first", "second", "third", "open")):
        books.recorded(made[name], dt.datetime(2026, 11, 2 + days, 9, tzinfo=dt.UTC))
    with cast.everyone():
        actions.close_day(YESTERDAY)
        back = actions.mirrored(made["open"], reference="balik", kind="test", effective_on=dt.date(2026, 10, 10))
        actions.post(back)
        for month in (BEFORE, LAST):
            actions.close_period(month)
    return {**made, "back": back.group_id}


@pytest.fixture(scope="module")
def shared_books(shared_books: Books) -> Books:
    """Books filled once; each test tampers with them and sets them right again."""
    shared_books.ids |= fill(shared_books)
    assert broken() == []
    return shared_books


TAMPERED: dict[str, tuple[str, str, set[str]]] = {
    "an amount": (
        "UPDATE ledger_transfer SET amount_rupiah = amount_rupiah + 1 WHERE group_id = {first} AND leg = 1",
        "UPDATE ledger_transfer SET amount_rupiah = amount_rupiah - 1 WHERE group_id = {first} AND leg = 1",
        {proofs.LEGS["other"], proofs.DAYS["day"], proofs.PERIODS["sums"], proofs.PERIODS["digest"], proofs.READ},
    ),
    "an account": (
        "UPDATE ledger_transfer SET credit_id = {fines} WHERE group_id = {first} AND leg = 1",
        "UPDATE ledger_transfer SET credit_id = {fund} WHERE group_id = {first} AND leg = 1",
        {proofs.LEGS["other"], proofs.DAYS["day"], proofs.PERIODS["digest"], proofs.READ},
    ),
    "an account of another fund": (
        "UPDATE ledger_transfer SET credit_id = {jkm} WHERE group_id = {open}",
        "UPDATE ledger_transfer SET credit_id = {fund} WHERE group_id = {open}",
        {proofs.LEGS["other"], proofs.TRANSFERS["fund"], proofs.DAYS["day"], proofs.FUND, proofs.READ},
    ),
    "a transfer that goes": (
        "DELETE FROM ledger_transfer WHERE group_id = {first} AND leg = 2",
        "INSERT INTO ledger_transfer (month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on, recorded_at)"
        " SELECT month, id, 2, debits[2], credits[2], amounts[2], effective_on, recorded_at FROM ledger_group WHERE id = {first}",
        {proofs.LEGS["missing"], proofs.DAYS["day"], proofs.PERIODS["sums"], proofs.PERIODS["digest"], proofs.READ},
    ),
    "a transfer that comes": (
        "INSERT INTO ledger_transfer (month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on, recorded_at)"
        " SELECT month, id, 9, debits[1], credits[1], 5, effective_on, recorded_at FROM ledger_group WHERE id = {open}",
        "DELETE FROM ledger_transfer WHERE leg = 9",
        {proofs.LEGS["added"], proofs.DAYS["day"], proofs.READ},
    ),
    "a transfer and its group": (
        "WITH t AS (UPDATE ledger_transfer SET amount_rupiah = 7 WHERE group_id = {second})"
        " UPDATE ledger_group SET amounts = '{{7}}' WHERE id = {second}",
        "WITH t AS (UPDATE ledger_transfer SET amount_rupiah = 700 WHERE group_id = {second})"
        " UPDATE ledger_group SET amounts = '{{700}}' WHERE id = {second}",
        {proofs.DAYS["day"], proofs.PERIODS["sums"], proofs.PERIODS["digest"], proofs.READ},
    ),
    "a reference": (
        "UPDATE ledger_group SET reference = reference || 'x' WHERE id = {first}",
        "UPDATE ledger_group SET reference = left(reference, -1) WHERE id = {first}",
        {proofs.PERIODS["digest"]},
    ),
    "the maker": (
        "UPDATE ledger_group SET made_by = 5 WHERE id = {first}",
        "UPDATE ledger_group SET made_by = NULL WHERE id = {first}",
        {proofs.PERIODS["digest"]},
    ),
    "the moment of recording": (
        "UPDATE ledger_group SET recorded_at = recorded_at + interval '1 microsecond' WHERE id = {second}",
        "UPDATE ledger_group SET recorded_at = recorded_at - interval '1 microsecond' WHERE id = {second}",
        {proofs.LEGS["other"], proofs.PERIODS["digest"]},
    ),
    "a name of an account": (
        "UPDATE ledger_account SET code = 'cash:other' WHERE id = {cash}",
        "UPDATE ledger_account SET code = 'cash:jkk' WHERE id = {cash}",
        {proofs.PERIODS["digest"]},
    ),
    "an account that goes": (
        "UPDATE ledger_account SET id = 900 WHERE id = {cash}",
        "UPDATE ledger_account SET id = {cash} WHERE id = 900",
        {proofs.TRANSFERS["account"], proofs.FUND, proofs.PERIODS["digest"]},
    ),
    "a closed month's digest": (
        "UPDATE ledger_period SET digest = decode(repeat('00', 32), 'hex') WHERE month = 202608",
        "",
        {proofs.PERIODS["digest"], proofs.PERIODS["chain"], proofs.PERIODS["signature"]},
    ),
    "a closed month's count": (
        "UPDATE ledger_period SET transfers = transfers + 1 WHERE month = 202608",
        "UPDATE ledger_period SET transfers = transfers - 1 WHERE month = 202608",
        {proofs.PERIODS["sums"]},
    ),
    "a month opened again": (
        "UPDATE ledger_period SET closed_at = NULL, transfers = NULL, rupiah = NULL, previous = NULL, digest = NULL,"
        " signature = NULL, key_id = NULL WHERE month = 202608",
        "",
        {proofs.PERIODS["order"], proofs.PERIODS["chain"]},
    ),
    "a month closed before its last row": (
        "UPDATE ledger_period SET closed_at = '2026-10-01' WHERE month = 202608",
        "",
        {proofs.TRANSFERS["late"]},
    ),
    "a signature": (
        "UPDATE ledger_period SET signature = decode(repeat('01', 64), 'hex') WHERE month = 202609",
        "",
        {proofs.PERIODS["signature"]},
    ),
    "a signing key": ("UPDATE ledger_period SET key_id = 'ours?' WHERE month = 202609", "", {proofs.PERIODS["signature"]}),
    "a day's sum": (
        "UPDATE ledger_day SET debit_rupiah = debit_rupiah + 1 WHERE account_id = {cash} AND month = 202608",
        "UPDATE ledger_day SET debit_rupiah = debit_rupiah - 1 WHERE account_id = {cash} AND month = 202608",
        {proofs.DAYS["day"], proofs.DAYS["total"]},
    ),
    "a day's total": (
        "UPDATE ledger_day SET debit_total_rupiah = debit_total_rupiah + 1 WHERE account_id = {cash}",
        "UPDATE ledger_day SET debit_total_rupiah = debit_total_rupiah - 1 WHERE account_id = {cash}",
        {proofs.DAYS["total"], proofs.READ},
    ),
    "a day of tomorrow": (
        "UPDATE ledger_day SET recorded_on = '2099-01-01' WHERE account_id = {cash} AND month = 202610",
        "UPDATE ledger_day SET recorded_on = '2026-11-05' WHERE account_id = {cash} AND month = 202610",
        {proofs.DAYS["day"], proofs.DAYS["early"], proofs.READ},
    ),
    "what a reversal reverses": (
        "UPDATE ledger_group SET reverses = {second} WHERE id = {back}",
        "UPDATE ledger_group SET reverses = {open} WHERE id = {back}",
        {proofs.REVERSED},
    ),
    "a balance below nothing": (
        "WITH t AS (UPDATE ledger_transfer SET amount_rupiah = 90000 WHERE group_id = {third})"
        " UPDATE ledger_group SET amounts = '{{90000}}' WHERE id = {third}",
        "WITH t AS (UPDATE ledger_transfer SET amount_rupiah = 100 WHERE group_id = {third})"
        " UPDATE ledger_group SET amounts = '{{100}}' WHERE id = {third}",
        {proofs.DRAWN, proofs.DAYS["day"], proofs.PERIODS["sums"], proofs.PERIODS["digest"], proofs.READ},
    ),
    "a group without a month": (
        "UPDATE ledger_group SET effective_on = '2020-01-01' WHERE id = {open}",
        "UPDATE ledger_group SET effective_on = '2026-10-09' WHERE id = {open}",
        {proofs.LEGS["homeless"], proofs.LEGS["added"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_changed_behind_the_guards_is_found(shared_books: Books, what: str) -> None:
    do, undo, expected = TAMPERED[what]
    ids = shared_books.ids
    named = {**ids, "cash": ids["cash:jkk"], "fund": ids["fund:jkk"], "fines": ids["fines:jkk"], "jkm": ids["fund:jkm"]}
    kept = shared_books.ask("SELECT * FROM ledger_period ORDER BY month")
    shared_books.tamper(do.format(**named))
    try:
        found = broken()
        assert {one.text for one in found} == expected, [one.said() for one in found]
        for language in LANGUAGES:
            with speaking(language):
                for one in found:
                    assert "{" not in one.said()
                    assert one.title
    finally:
        if undo:
            shared_books.tamper(undo.format(**named))
        else:
            _put_back(shared_books, kept)
    assert broken() == []


def _put_back(books: Books, rows: list[tuple[Any, ...]]) -> None:
    with books.connect(ADMINISTRATOR, autocommit=True) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("DELETE FROM ledger_period")
        holes = composed.SQL(", ").join([composed.Placeholder()] * len(rows[0]))
        with root.cursor() as cursor:
            cursor.executemany(composed.SQL("INSERT INTO ledger_period VALUES ({})").format(holes), rows)


def test_every_check_says_how_many_rows_it_went_through(shared_books: Books) -> None:
    with cast.everyone():
        report = checks.run()
    assert set(report.rows) > set(proofs.OWN)
    assert report.rows["Setiap kelompok utuh"] == report.rows["Setiap transfer sah"] == 6
    assert report.rows["Bulan yang ditutup tidak berubah"] == 4
    assert report.rows["Pembukuan balik mencerminkan asalnya"] == 1
    assert report.all_rows == sum(report.rows.values())


def test_members_lines_that_are_not_their_control_are_found(books: Books) -> None:
    from jamsostek.accounts.actions.lines import open_month

    with cast.everyone():
        open_month(MONTH)
    books.tamper(
        "INSERT INTO accounts_line (month, group_id, participant_id, programme, for_month, kind, amount_rupiah, effective_on)"
        f" VALUES ({MONTH}, 77, 5, 1, {MONTH}, 1, 1000, '2026-10-09')"
    )
    with cast.everyone():
        found = [one.said() for one in checks.check()]
    assert any("kelompok 00000000-0000004d membukukan 0 rupiah untuk peserta, barisnya 1000" in one for one in found)
    assert any("members:jht: 0 <> 1000" in one for one in found)


def test_only_the_installation_proves_the_books(books: Books) -> None:
    with cast.as_user(cast.user("auditor", "auditor")), pytest.raises(Refused):
        checks.check()


def test_a_room_above_adds_its_check(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_checks", dict(checks._checks))
    checks.register("Aset", lambda: checks.Outcome(3, (("Akun {code} tidak ada.", {"code": "x"}),)))
    with cast.everyone():
        report = checks.run()
        assert actions.keep_check(asked_by=None).findings == report.findings
        kept = checks.last_check()
    assert report.rows["Aset"] == 3
    assert [one.said() for one in report.findings] == ["Akun x tidak ada."]
    assert kept is not None
    assert kept.findings == report.findings
    with speaking("en"):
        assert (kept.findings[0].title, kept.findings[0].said()) == ("Asset", "There is no account x.")


# --- digests ----------------------------------------------------------------------------------------------------------


def test_a_digest_can_be_computed_by_anyone_who_holds_the_rows(shared_books: Books) -> None:
    """As the documents tell: what `psql` writes, after the digest before and the month."""
    previous = FIRST
    for month in (BEFORE, LAST):
        told = f"COPY ({LINES.format(month=month)}) TO STDOUT"
        with shared_books.connect(ADMINISTRATOR, autocommit=True) as root, root.cursor() as cursor, cursor.copy(told) as copy:
            lines = b"".join(bytes(block) for block in copy)
        digest = hashlib.sha256(previous + month.to_bytes(4, "big") + lines).digest()
        row = shared_books.ask("SELECT digest, signature, key_id, previous FROM ledger_period WHERE month = %s", month)[0]
        assert (row[0], row[3]) == (digest, previous)
        signing.public("ledger", row[2]).verify(row[1], digest)
        with pytest.raises(InvalidSignature):
            signing.public("ledger", row[2]).verify(row[1], previous)
        previous = digest


def test_closing_needs_the_right_and_is_remembered(books: Books) -> None:
    post(day=dt.date(2026, 8, 3))
    for role in ("auditor", "actuary", "branch_supervisor"):
        kind, target = ("region", cast.SIDOARJO) if role.startswith("branch") else ("nation", 0)
        with cast.as_user(cast.user(role.replace("_", "."), role, kind, target)), pytest.raises(Refused):
            actions.close_period(BEFORE)
    head = cast.user("pusat", "head_office")
    with cast.as_user(head):
        row = actions.close_period(BEFORE)
    assert (row.closed_by, row.transfers, row.rupiah) == (head.pk, 1, 1_000)
    trail = books.ask("SELECT user_id, subject_kind, subject_id FROM access_auditentry WHERE action = 'ledger.period_closed'")
    assert trail == [(head.pk, "period", BEFORE)]


def test_an_empty_month_is_closed_too(books: Books) -> None:
    with cast.everyone():
        assert actions.close_period(BEFORE).transfers == 0
        assert broken() == []


# --- jobs -------------------------------------------------------------------------------------------------------------


def test_the_nightly_job_sums_up_yesterday_and_days_that_were_missed(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamsostek.ledger.jobs.close_old_connections", lambda: None)
    old = post()
    books.recorded(old.group_id, dt.datetime(2026, 10, 20, 1, tzinfo=dt.UTC))
    post(("fund:jkk", "cash:jkk", 300))
    close_yesterday(timestamp=0)
    assert books.ask("SELECT count(*), min(recorded_on) FROM ledger_day") == [(2, dt.date(2026, 10, 20))]
    with cast.everyone():
        assert queries.balance("cash:jkk") == 700
        assert broken() == []
    close_yesterday(timestamp=0)
    assert books.ask("SELECT count(*) FROM ledger_day") == [(2,)]


def test_the_nightly_job_runs_after_midnight_in_jakarta() -> None:
    [periodic] = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == "ledger.close_day"]
    assert periodic.cron == "15 17 * * *"


def test_a_check_that_was_asked_for_is_kept_with_its_asker(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamsostek.ledger.jobs.close_old_connections", lambda: None)
    auditor = cast.user("auditor", "auditor", name="Ibu Auditor")
    assert check_books(asked_by=auditor.pk) is True
    post()
    books.tamper("UPDATE ledger_transfer SET amount_rupiah = 5")
    assert check_books(asked_by=auditor.pk) is False
    with cast.as_user(auditor):
        kept = checks.last_check()
    assert kept is not None
    assert kept.by == "Ibu Auditor"
    assert len(kept.findings) == 1
    with cast.as_user(cast.user("siti", "branch_officer", "region", cast.SIDOARJO)):
        assert checks.last_check() is None
