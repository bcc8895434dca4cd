"""`jamsostek month reassess` and `jamsostek arrears`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

MONTH = 202608


@pytest.fixture
def firm(committed_db: Database) -> Any:
    """An employer billed for August whose wage was wrong, and who paid nothing."""
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.employ import change_wage

    with cast.everyone():
        firm, worker = cast.employer("PT Salah Lapor"), cast.participant("Pekerja Naik")
        job = cast.works(worker, firm, MONTH)
        bills.bill_employer(employer_id=firm.pk, month=MONTH, today=cast.TODAY)
        change_wage(employment_id=job, from_month=MONTH, wage_rupiah=9_000_000)
    return firm, worker


@pytest.fixture
def run() -> Callable[..., Any]:
    """Runs a command in this process."""
    from jamsostek.cli.main import app
    from jamsostek.core.text import set_language

    def call(*words: str, lang: str = "id") -> Any:
        try:
            return CliRunner().invoke(app, ["--lang", lang, *words], env={"COLUMNS": "200"})
        finally:
            set_language("id")

    return call


def test_a_preview_is_computed_here_and_decided_by_somebody_who_signs_in(firm: Any, run: Callable[..., Any]) -> None:
    from jamsostek.collection.models import Bill, Reassessment

    assert "Belum pernah" in run("month", "reassess", "list").output
    told = run("month", "reassess", "ask", "2026-08", "--region", str(cast.SIDOARJO), "--reason", "Upah keliru")
    assert told.exit_code == 0 and "menunggu keputusan" in told.output and "Tagihan yang berbeda: 1" in told.output, told.output
    with cast.everyone():
        one = Reassessment.objects.get()
        assert (one.state, one.asked_by, Bill.objects.count()) == ("ready", None, 1)
    listed = run("month", "reassess", "list", lang="en")
    assert "waiting for a decision" in listed.output and "Upah keliru" in listed.output
    shown = run("month", "reassess", "show", str(one.pk), lang="en")
    assert shown.exit_code == 0 and "JHT" in shown.output and "2026-08" in shown.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2026-08", "--region", "9"), "Wilayah ini tidak dikenal"), (("2026-13", "--region", "35"), "2026-13"),
        (("2026-09", "2026-08", "--region", "3515"), "Bulannya belum dipilih"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_asked_wrongly_is_told(firm: Any, run: Callable[..., Any], words: tuple[str, ...], told: str) -> None:
    answer = run("month", "reassess", "ask", *words, "--reason", "x")
    assert answer.exit_code != 0
    assert told in f"{answer.output}{answer.exception}"


def test_arrears_by_age_and_payer(firm: Any, run: Callable[..., Any]) -> None:
    employer, _worker = firm
    none = run("arrears", "list", "--on", "2026-08-31")
    assert none.exit_code == 0 and "Tidak ada yang menunggak pada 2026-08-31" in none.output
    found = run("arrears", "list", "--on", "2026-11-25", lang="en")
    assert employer.npp in found.output and "PT Salah Lapor" in found.output and "3515" in found.output
    assert employer.npp not in run("arrears", "list", "--on", "2026-11-25", "--region", "3508").output
    ageing = run("arrears", "ageing", "--on", "2026-11-25")
    assert ageing.exit_code == 0 and "JHT" in ageing.output and "Denda" in ageing.output and "Semua" in ageing.output


def test_cover_on_a_day_and_that_somebody_looked(firm: Any, run: Callable[..., Any]) -> None:
    from jamsostek.access.models import AuditEntry

    _employer, worker = firm
    told = run("arrears", "cover", worker.kpj, "--on", "2026-08-20")
    assert told.exit_code == 0 and "2026-08-20: terlindung" in told.output, told.output
    before = run("arrears", "cover", worker.kpj, "--on", "2025-01-10", lang="en")
    assert before.exit_code == 1 and "2025-01-10: not covered" in before.output, before.output
    with cast.everyone():
        assert AuditEntry.objects.filter(subject_id=worker.pk, reason="jamsostek arrears cover").count() == 2
