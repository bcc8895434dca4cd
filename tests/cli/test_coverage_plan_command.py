"""`jamsostek coverage forecast` and `plan` as somebody at a planning office runs them."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.coverage.assumptions import Assumed
from jamsostek.coverage.levers import Goal, plan
from jamsostek.coverage.starts import Members, start_of


def run(*words: str) -> Any:
    with speaking("en"):
        return CliRunner().invoke(app, ["--lang", "en", "coverage", *words])


def test_the_projection_names_its_way_and_its_error() -> None:
    done = run("forecast", "--until", "2030")
    assert "Flows of joining, returning and lapsing *" in done.output and "14.2 %" in done.output, done.output
    assert "2030" in done.output and "2031" not in done.output


def test_a_plan_is_told_to_the_rupiah() -> None:
    made = plan(start_of(73, 2027), Assumed(campaign_keep=0.7), Goal(0.4, 2030, 2027))
    done = run("plan", "40", "2030", "--region", "73", "--first", "2027", "--assume", "campaign_keep=0.7")
    assert done.exit_code == 0 and f"Rp{made.rupiah:,} in all; the next per cent" in done.output, done.output


def test_a_regency_is_planned_from_own_figures_and_says_what_it_assumed() -> None:
    asked = ("plan", "40", "2030", "--region", "3273", "--first", "2027")
    made = plan(start_of(3273, 2027, own=Members(200_000, 40_000, 30_000)), Assumed(), Goal(0.4, 2030, 2027))
    done = run(*asked, "--own", "200000,40000,30000")
    assert f"Rp{made.rupiah:,} in all" in done.output and "240,000 active members" in done.output, done.output
    assert "People at work are assumed" in done.output
    for wrong in (("--own", "1,2"), ("--members", "guessed"), ("--members", "published")):
        assert isinstance(run(*asked, *wrong).exception, InputError), wrong


def test_a_goal_out_of_reach_ends_with_status_one() -> None:
    done = run("plan", "99", "2028", "--first", "2027", "--budget", "0")
    assert done.exit_code == 1 and "Out of reach" in done.output


@pytest.mark.parametrize("assume", ["nonsense=1", "campaign_keep=2", "campaign_keep=x", "workers_growth=0.2"])
def test_assumptions_that_make_no_sense_are_refused(assume: str) -> None:
    done = run("plan", "40", "2030", "--first", "2027", "--assume", assume)
    assert isinstance(done.exception, InputError)
