"""`jamsostek movement` as a planner and an operator run it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from tests import cast
from tests.outreach import movement

Run = Callable[..., Any]


@pytest.fixture
def run() -> Run:
    """Runs a command line in English."""

    def go(*words: str) -> Any:
        with speaking("en"):
            return CliRunner().invoke(app, ["--lang", "en", *words])

    return go


def test_published_budgets_come_out_to_the_rupiah(run: Run) -> None:
    done = run("movement", "plan", "dbhcht:659_265_600:2025-06:2025-12", "--more", "2")
    assert "5,606 people, Rp659,265,600." in done.output, done.output
    assert "Budget +2%: 5,718 people (+112), Rp672,436,800." in done.output
    done = run("movement", "plan", "apbd:1008000000:2025-01:2025-12", "--until", "2025-09", "--monthly")
    assert "5,000 people, Rp1,008,000,000." in done.output
    assert "Up to 2025-09: 6,666 people (+1666)" in done.output
    assert done.output.count("Rp84,000,000") == 13


@pytest.mark.parametrize("source", ["apbd", "apbd:x:2025-01:2025-12", "kas:1000:2025-01:2025-12", "apbd:1000:2025-13:2025-12"])
def test_sources_that_cannot_be_read_say_how_to_write_them(run: Run, source: str) -> None:
    done = run("movement", "plan", source)
    assert isinstance(done.exception, InputError) and done.exception.remedy


def test_programmes_as_they_stand(run: Run, committed_db: Any, tmp_path: Path) -> None:
    assert "No programmes yet." in run("movement", "programmes").output
    with cast.everyone():
        for one in movement.poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    register = movement.registered(*movement.poor(5))
    movement.linked(register)
    made = movement.programme(rupiah=4 * 201_600)
    movement.taken(made, register)
    movement.funded(made)
    decree = movement.enrolled(made)
    told = run("movement", "programmes").output.split()
    assert str(made.number) in told and told[-6:] == ["Opened", "5", "0", "4", "1", "Rp0"], told
    paper = tmp_path / "annex.pdf"
    assert run("movement", "annex", str(decree.code), "--output", str(paper)).exit_code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert "people looked at, 0 lapsed" in run("movement", "reconcile", str(made.number)).output
