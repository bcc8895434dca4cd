"""`jamsostek ledger` as an operator runs it, on a database of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from books import DAY, MONTH, Books, post
from typer.testing import CliRunner

from jamsostek.cli.ledger import parse_moment
from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.ledger import actions
from tests import cast

Run = Callable[..., Any]


@pytest.fixture
def run(books: Books) -> Run:
    """Runs a command line."""

    def go(*words: str, lang: str = "en") -> Any:
        with speaking(lang):
            return CliRunner().invoke(app, ["--lang", lang, "ledger", *words])

    return go


def test_a_month_is_opened_once(run: Run) -> None:
    assert "Month 2027-01 is open." in run("open", "2027-01").output
    assert "was opened before" in run("open", "2027-01").output
    assert "sudah dibuka sebelumnya" in run("open", "2027-01", lang="id").output
    assert isinstance(run("open", "2027-13").exception, InputError)


def test_the_trial_balance_of_now_and_then(run: Run) -> None:
    post(("cash:jkk", "fund:jkk", 1_500_000), day=dt.date(2026, 8, 5))
    post(("fund:jkk", "cash:jkk", 400_000), day=DAY)
    told = run("trial").output
    assert "1,100,000" in told
    assert "Cash of the JKK fund" in told
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert "JKK Sum 1,900,000 1,900,000" in lines or any("1,900,000 1,900,000" in line for line in lines)
    assert "1,500,000" in run("trial", "--on", "2026-09-30").output
    assert "1,100,000" not in run("trial", "--on", "2026-09-30").output
    assert "1,500,000" not in run("trial", "--known-at", "2026-10-01T08:00").output
    assert "kapan" in str(run("trial", "--known-at", "kapan").exception)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-31T17:00", "2026-03-31T17:00:00+07:00"),
        ("2026-03-31 17:00", "2026-03-31T17:00:00+07:00"),
        ("2026-03-31T17:00+09:00", "2026-03-31T17:00:00+09:00"),
        ("2026-03-31", "2026-03-31T23:59:59.999999+07:00"),
    ],
)
def test_moments_are_jakartas_unless_they_say_otherwise(text: str, moment: str) -> None:
    assert parse_moment(text).isoformat() == moment


def test_a_statement_begins_and_ends_with_its_balances(run: Run) -> None:
    post(("cash:jkk", "fund:jkk", 1_000), day=dt.date(2026, 8, 5))
    post(("cash:jkk", "fund:jkk", 250), day=DAY, reference="bayar:7")
    done = run("statement", "cash:jkk", "--from", "2026-10-01", "--to", "2026-10-31")
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert lines[1] == "2026-10-01 Opening balance 1,000"
    assert lines[2] == "2026-10-12 bayar:7 fund:jkk 250 1,250"
    assert lines[3] == "2026-10-31 Closing balance 1,250"
    assert "There is no account cash:none" in str(run("statement", "cash:none").exception)
    wrong = run("statement", "cash:jkk", "--from", "2026-10-02", "--to", "2026-10-01")
    assert "before the first" in str(wrong.exception)


def test_days_and_months_are_closed_and_what_cannot_be_is_told(run: Run) -> None:
    post(day=dt.date(2026, 8, 3))
    assert run("close-day").exit_code == 0
    assert "has not ended" in str(run("close-day", "2099-01-01").exception)
    assert "close the months before it" in str(run("close", "2026-10").exception).lower()
    done = run("close", "2026-08")
    assert "Month 2026-08 is closed: 1 transfers, digest " in done.output
    assert "That period is closed" in str(run("close", "2026-08").exception)


def test_a_check_tells_rows_and_fails_with_what_it_found(run: Run, books: Books) -> None:
    post()
    done = run("check")
    assert done.exit_code == 0, done.output
    assert "Every group is whole: 1" in done.output
    assert "Everything fits" in done.output
    books.tamper("UPDATE ledger_transfer SET amount_rupiah = 5")
    done = run("check")
    assert done.exit_code == 1
    assert "DOES NOT FIT: Every group is whole: 2026-10: transfer 1 of group" in done.output
    assert "TIDAK COCOK: Setiap kelompok utuh" in run("check", lang="id").output
    assert books.ask("SELECT count(*) FROM ledger_check") == [(3,)]


def test_the_whole_ledger_is_written_for_beancount(run: Run, books: Books, tmp_path: Path) -> None:
    post()
    out = tmp_path / "buku.beancount"
    assert run("export", "-o", str(out)).exit_code == 0
    _entries, errors, _options = loader.load_file(str(out))
    assert errors == []
    assert books.ask("SELECT count(*) FROM access_auditentry WHERE action = 'ledger.exported'") == [(1,)]
    assert "beancont" in str(run("export", "-o", str(out), "--format", "beancont").exception)


def test_one_members_lines_are_written_and_remembered(run: Run, books: Books, tmp_path: Path) -> None:
    from jamsostek.accounts.actions.lines import NewLine, add_lines, open_month
    from jamsostek.accounts.models import LineKind, Programme

    with cast.everyone():
        siti, other = cast.participant(), cast.participant("Budi Contoh", sex="m")
        open_month(MONTH)
        made = actions.Posting(
            "iuran", "test", DAY,
            (actions.Leg("cash:jht", "members:jht", 900), actions.Leg("cash:jp", "members:jp", 300)),
        )  # fmt: skip
        actions.post(made)
        told = [(siti, Programme.JHT, 700), (other, Programme.JHT, 200), (siti, Programme.JP, 300)]
        paid = LineKind.CONTRIBUTION
        add_lines([NewLine(made.group_id, who.pk, which, MONTH, paid, rupiah, DAY) for who, which, rupiah in told])
    out = tmp_path / "siti.beancount"
    assert run("export", "--member", siti.kpj, "-o", str(out)).exit_code == 0
    entries, errors, _options = loader.load_file(str(out))
    assert errors == []
    asserted = {one.account: int(one.amount.number) for one in entries if type(one).__name__ == "Balance"}
    assert asserted == {
        "Assets:JHT:Balance": 700, "Income:JHT:Contribution": -700, "Assets:JP:Record": 300, "Income:JP:Contribution": -300,
    }  # fmt: skip
    assert "Siti" not in out.read_text()
    trail = books.ask("SELECT action, reason FROM access_auditentry WHERE subject_id = %s ORDER BY id DESC LIMIT 1", siti.pk)
    assert trail == [("export", "jamsostek ledger export")]
    assert isinstance(run("export", "--member", "12345678901", "-o", str(out)).exception, InputError)


def test_a_file_is_whole_or_not_there(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "tidak" / "ada.beancount"
    assert isinstance(run("export", "-o", str(out)).exception, InputError)
    assert not out.exists()
