"""`jamsostek accounts` as an operator runs it: a month credited, a year printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cast
import pypdfium2
import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from tests.accounts import money

Run = Callable[..., Any]


@pytest.fixture
def run(committed_db: Any) -> Run:
    """Runs a command line in English."""

    def go(*words: str, lang: str = "en") -> Any:
        with speaking(lang):
            return CliRunner().invoke(app, ["--lang", lang, *words])

    return go


@pytest.fixture
def ani(committed_db: Any) -> SimpleNamespace:
    with cast.everyone():
        who = cast.participant("Ani Contoh")
        money.move({who.pk: 1_000_000}, dt.date(2020, 1, 15))
    return who


def refused(done: Any) -> str:
    """What a person is told where the command stops."""
    assert isinstance(done.exception, InputError), done.output
    return str(done.exception)


def test_a_month_is_credited_once(run: Run, ani: Any) -> None:
    done = run("accounts", "credit", "2020-01")
    assert done.exit_code == 0, done.output
    assert "2020-01: 1 accounts, 5.63 % a year, return Rp2,461, balances Rp1,002,461." in done.output
    assert money.balances(202001) == {ani.pk: (1_002_461, 2_461, 2_461)}
    entries = money.ask("SELECT action, actor FROM access_auditentry WHERE action LIKE 'accounts.%%' ORDER BY id")
    assert entries[0][0] == "accounts.crediting_begun" and entries[0][1].endswith(": accounts credit")
    assert "has been credited" in refused(run("accounts", "credit", "2020-01"))
    assert run("accounts", "credit", "2020-02", lang="id").output.startswith("2020-02: 1 akun, tingkat 5,63 % setahun")


def test_what_was_begun_goes_on(run: Run, ani: Any) -> None:
    money.begin(202001)
    assert run("accounts", "credit", "2020-01").exit_code == 0
    assert money.balances(202001)


@pytest.mark.parametrize(("month", "told"), [("2099-01", "is not over"), ("2021-01", "No JHT rate"), ("2020-13", "2020-13")])
def test_a_month_that_cannot_be_credited_is_told(run: Run, ani: Any, month: str, told: str) -> None:
    assert told in refused(run("accounts", "credit", month))
    assert money.ask("SELECT month FROM accounts_crediting") == []


def test_another_process_at_the_same_month_is_told_of(run: Run, ani: Any, committed_db: Any) -> None:
    money.begin(202001)
    with committed_db.connect() as other:
        other.execute("SELECT pg_advisory_lock(820212, 202001)")
        assert "Another process is crediting 2020-01" in refused(run("accounts", "credit", "2020-01"))
    assert run("accounts", "credit", "2020-01").exit_code == 0


def test_a_year_is_printed_and_the_person_can_see_that_it_was(run: Run, ani: Any, tmp_path: Path) -> None:
    run("accounts", "credit", "2020-01")
    out = tmp_path / "ani.pdf"
    done = run("accounts", "statement", ani.kpj, "--year", "2020", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "Statement of 2020: balance Rp1,002,461" in done.output
    text = pypdfium2.PdfDocument(out.read_bytes())[0].get_textpage().get_text_bounded()
    assert "Ani Contoh" in text and "Rp1,002,461" in text and "5.63 %" in text
    looks = money.ask(
        "SELECT actor, fields, reason FROM access_auditentry WHERE subject_id = %s ORDER BY id DESC LIMIT 1", ani.pk
    )
    assert looks[0][1:] == ("jht,jp", "jamsostek accounts statement") and looks[0][0].endswith(": accounts statement")


def test_a_number_that_is_none_is_told(run: Run, ani: Any) -> None:
    assert run("accounts", "statement", "12345678901").exit_code != 0
