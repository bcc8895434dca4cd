"""`jamsostek month bill` and `month status`; the month of a population goes by the same word as before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from payers import town
from typer.testing import CliRunner

from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database


@pytest.fixture
def run(committed_db: Database) -> Callable[..., Any]:
    """Runs a command in this process, over a database of its own."""
    from jamsostek.cli.main import app
    from jamsostek.core.text import set_language

    def call(*words: str, lang: str = "id") -> Any:
        try:
            return CliRunner().invoke(app, ["--lang", lang, "month", *words])
        finally:
            set_language("id")

    with cast.everyone():
        town((cast.SIDOARJO,), each=2)
    return call


def test_a_month_is_billed_once_and_its_state_told(run: Callable[..., Any]) -> None:
    assert run("status").exit_code == 1 and "Belum ada penagihan" in run("status").output
    billed = run("bill", "2026-10")
    assert billed.exit_code == 0 and "Jawa Timur (35)" in billed.output and "ditagih" in billed.output, billed.output
    again = run("bill", "2026-10")
    assert again.exit_code == 0 and "tidak ada yang tersisa" in again.output
    regency = run("bill", "2026-09", "--region", str(cast.SIDOARJO), "--workers", "2", lang="en")
    assert regency.exit_code == 0 and "Kabupaten Sidoarjo (3515)" in regency.output and "billed" in regency.output
    told = run("status", lang="en")
    assert told.exit_code == 0 and told.output.count("2026-10") >= 2 and "finished" in told.output
    assert "2026-10" not in run("status", "2026-09").output
    with cast.everyone():
        from jamsostek.collection.models import Bill, Run

        assert Bill.objects.count() == 73 and Run.objects.count() == 3


def test_a_run_that_was_left_is_gone_on_with(run: Callable[..., Any]) -> None:
    from jamsostek.collection.actions import runs

    with cast.everyone():
        left = runs.start_run(month=202610, region=None, today=cast.TODAY, enqueue_it=False)
    told = run("bill", "2026-10")
    assert told.exit_code == 0 and f"Melanjutkan penagihan {left.pk}" in told.output
    with cast.everyone():
        assert runs.open_runs() == []


@pytest.mark.parametrize(("words", "said"), [
    (("bill", "2026-13"), "tidak dikenal"), (("bill", "2099-01"), "belum dapat ditagih"),
    (("bill", "2026-10", "--region", "7"), "tidak dikenal"),
])  # fmt: skip
def test_what_cannot_be_billed_is_told(run: Callable[..., Any], words: tuple[str, ...], said: str) -> None:
    from jamsostek.core.errors import InputError

    told = run(*words)
    assert isinstance(told.exception, InputError) and said in str(told.exception)


def test_the_population_goes_by_the_word_as_before(tmp_path: Any) -> None:
    from jamsostek.cli.main import app

    short = CliRunner().invoke(app, ["month", str(tmp_path / "nobody"), str(tmp_path / "out")])
    assert short.exit_code == 2 and "--month" in short.output, "the population's command asks for its month"
    assert "population" in CliRunner().invoke(app, ["month", "--help"]).output
