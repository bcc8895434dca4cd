"""`jamsostek claims` as an operator runs it: lists, one claim, where it stands, what it comes to and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from tests import cast
from tests.claims import offices
from tests.claims.test_death import sent
from tests.claims.test_paying import owed

Run = Callable[..., Any]
NUMBER = "990000123456"


@pytest.fixture
def run(committed_db: Any) -> Run:
    """Runs a command line in English."""

    def go(*words: str, lang: str = "en", **env: str) -> Any:
        with speaking(lang):
            return CliRunner(env=env).invoke(app, ["--lang", lang, *words])

    return go


@pytest.fixture
def here(committed_db: Any) -> SimpleNamespace:
    """A claim that waits and one that was approved."""
    with cast.everyone():
        at = offices.office()
        approved = owed(at)
        return SimpleNamespace(at=at, approved=approved, waits=sent(offices.dead("Agus Santoso")))


def refused(done: Any) -> str:
    """What a person is told where the command stops."""
    assert isinstance(done.exception, InputError), done.output
    return str(done.exception)


def test_claims_are_listed_and_those_that_wait_stand_in_their_order(run: Run, here: SimpleNamespace) -> None:
    done = run("claims", "list")
    assert done.exit_code == 0, done.output
    assert done.output.index(here.waits.number) < done.output.index(here.approved.number), "the newest first"
    queue = run("claims", "queue").output
    assert queue.index(here.approved.number) < queue.index(here.waits.number)
    only = run("claims", "queue", "--state", "submitted", "--kind", "jkm", "--region", "3515").output
    assert here.waits.number in only and here.approved.number not in only
    assert run("claims", "late").exit_code == run("claims", "list", "--kind", "jht").exit_code == 1
    assert "kematian" in refused(run("claims", "list", "--kind", "kematian"))


def test_a_claim_is_shown_with_its_secrets_starred_and_the_look_is_remembered(run: Run, here: SimpleNamespace) -> None:
    done = run("claims", "show", here.approved.number)
    assert done.exit_code == 0, done.output
    assert "Dewi Lestari" in done.output and "••••3456" in done.output and NUMBER not in done.output
    assert "Rp20,000,000" in done.output
    told = json.loads(run("claims", "show", here.approved.number, "--format", "json").stdout)
    assert told["number"] == here.approved.number and sum(one["rupiah"] for one in told["payouts"]) == 42_000_000
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, reason FROM access_auditentry WHERE subject_id = %s ORDER BY id DESC LIMIT 1",
            [here.approved.participant_id],
        )
        actor, reason = cursor.fetchone()
    assert actor.endswith(": claims show") and reason == "jamsostek claims show"


def test_a_claim_is_tracked_like_a_parcel(run: Run, here: SimpleNamespace) -> None:
    done = run("claims", "track", here.approved.number)
    assert done.exit_code == 0 and "Rp42,000,000" in done.output
    assert done.output.count("finished") == 4 and "now" in done.output
    assert "12" in refused(run("claims", "track", "abc"))
    assert run("claims", "track", "100000000009").exit_code != 0


def test_what_a_claim_comes_to_is_told_without_writing_and_kept_by_whoever_signs(run: Run, here: SimpleNamespace) -> None:
    from tests.api.town import token_of

    done = run("claims", "assess", here.waits.number)
    assert done.exit_code == 0 and "At once: Rp42,000,000" in done.output
    assert "Article" in done.output
    with cast.everyone():
        assert not here.waits.assessments.exists()
    assert "JAMSOSTEK_TOKEN" in refused(run("claims", "assess", here.waits.number, "--keep", "berkas lengkap"))
    with cast.everyone():
        token = token_of(here.at.officer)
    done = run("claims", "assess", here.waits.number, "--keep", "berkas lengkap", JAMSOSTEK_TOKEN=token)
    assert done.exit_code == 0, done.output
    with cast.everyone():
        assert here.waits.assessments.get().made_by == here.at.officer.pk


def test_every_part_is_explained_with_its_steps_in_both_languages(run: Run, here: SimpleNamespace) -> None:
    done = run("claims", "explain", here.approved.number)
    assert done.exit_code == 0, done.output
    assert "benefit.jkm.death" in done.output and "Article" in done.output
    assert "Pasal" in run("claims", "explain", here.approved.number, lang="id").output
    told = json.loads(run("claims", "explain", here.waits.number, "--format", "json").stdout)
    assert [one["rupiah"] for one in told] == [20_000_000, 12_000_000, 10_000_000]
    assert told[0]["explained"][0]["steps"]
    assert "json" in refused(run("claims", "explain", here.waits.number, "--format", "xml"))


def test_the_commands_of_the_page_do_what_it_says(run: Run, here: SimpleNamespace) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "claims.md").read_text(encoding="utf-8")
    lines = [line.split()[1:] for line in page.splitlines() if line.startswith("jamsostek ")]
    assert len(lines) >= 9
    for words in lines:
        done = run(*(here.waits.number if word == "100000000009" else word for word in words))
        assert done.exit_code == (1 if words == ["claims", "late"] else 0), (words, done.output)


def test_simulate_tells_every_event_and_writes_nothing(run: Run, here: SimpleNamespace) -> None:
    with cast.everyone():
        kpj = offices.member("Rina Wati", sex="f").kpj
    told = json.loads(run("claims", "simulate", kpj, "--format", "json").output)
    assert {"death", "pension"} <= {one["key"] for one in told}
    assert "If I die of an illness" in run("claims", "simulate", kpj).output
    refused(run("claims", "simulate", "00000000000"))
