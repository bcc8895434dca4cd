"""`jamsostek training`: what is offered, inviting, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.claims.actions import training
from tests import cast
from tests.claims.training import courses


@pytest.fixture
def run() -> Callable[..., Any]:
    """Runs a command in this process."""
    from jamsostek.cli.main import app
    from jamsostek.core.text import set_language

    def call(*words: str, lang: str = "id") -> Any:
        try:
            return CliRunner().invoke(app, ["--lang", lang, *words], env={"COLUMNS": "220"})
        finally:
            set_language("id")

    return call


def test_offers_invitations_and_results_are_told(committed_db: Any, run: Callable[..., Any]) -> None:
    from django.utils import timezone

    assert "Belum ada pelatihan" in run("training", "offers").output
    today = timezone.localdate()
    with cast.everyone():
        courses.widowed()
        made = training.make(offer=courses.offer(starts_on=today, ends_on=today), today=today)
        training.open_offer(training_id=made.pk, today=today)
    told = run("training", "offers", "--state", "open", lang="en").output
    assert "Making wet cakes" in told and str(made.number) in told and "0/20" in told
    assert "Belum ada pelatihan" in run("training", "offers", "--state", "done").output
    assert "1 orang diundang" in run("training", "invite", str(made.number)).output
    assert "0 orang diundang" in run("training", "invite", str(made.number)).output
    assert "Pelatihan keterampilan ahli waris" in run("training", "results").output
    assert "JKM" in run("training", "results", "--by", "programme", "--year", str(today.year)).output
    assert "Belum ada hasil" in run("training", "results", "--year", "2020").output


@pytest.mark.parametrize("words", [("offers", "--state", "tutup"), ("results", "--by", "warna"), ("invite", "999")])
def test_what_is_asked_wrongly_is_told(committed_db: Any, run: Callable[..., Any], words: tuple[str, ...]) -> None:
    answer = run("training", *words)
    assert answer.exit_code != 0 and answer.exception is not None
