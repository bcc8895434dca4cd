"""`jamsostek coverage` as an operator runs it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.coverage.cube import latest


def run(*words: object, lang: str = "en") -> Any:
    with speaking(lang):
        return CliRunner().invoke(app, ["--lang", lang, "coverage", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of two provinces of a small synthetic nation."""
    from jamsostek.synth import synth

    home = tmp_path_factory.mktemp("coverage")
    synth(home / "nation", 2_000, 1)
    for part in (home / "nation").glob("province=*"):
        if part.name not in ("province=32", "province=35"):
            shutil.rmtree(part)
    done = run("snapshot", "--nation", home / "nation", "--folder", home / "cube")
    assert done.exit_code == 0, done.output
    made = latest(home / "cube")
    assert made is not None
    assert 400 < made.people < 1_000
    assert made.name in done.output
    return home / "cube"


def test_the_registry_is_photographed_and_asked(committed_db: Any, settings: Any, tmp_path: Path) -> None:
    from tests import cast

    settings.JAMSOSTEK_DATA = tmp_path
    with cast.everyone():
        cast.works(cast.participant(), cast.employer())
    assert isinstance(run("ask", "-m", "2026-06").exception, InputError)  # nothing there yet
    assert run("snapshot").exit_code == 0
    assert latest() is not None
    told = json.loads(run("ask", "-m", "2026-06", "--by", "regency", "--by", "segment", "--json").output)
    assert told["lines"] == [{"regency": cast.SIDOARJO, "segment": "pu", "active": 1}]
    hidden = json.loads(run("ask", "-m", "2026-06", "--by", "regency", "--public", "--json").output)
    assert hidden["lines"] == []


def test_a_question_is_told_as_a_table_and_as_a_file(folder: Path, tmp_path: Path) -> None:
    last = latest(folder).last_month  # type: ignore[union-attr]
    month = f"{last // 100}-{last % 100:02d}"
    table = run("ask", "-m", month, "--by", "province", "--measure", "registered", "--folder", folder, lang="id")
    assert table.exit_code == 0, table.output
    assert "dijawab dari cells" in table.output
    out = tmp_path / "told.csv"
    words = ("--by", "month", "--by", "segment", "--where", "province=32,35", "--where", "sex=f", "--out", out)
    assert run("ask", "-m", f"{last // 100 - 1}-01..{month}", *words, "--folder", folder).exit_code == 0
    with out.open(newline="", encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    assert {"pu", "bpu_self"} <= {line["segment"] for line in lines}
    assert len({line["month"] for line in lines}) > 12


def test_what_cannot_be_read_says_how_it_is_written(folder: Path) -> None:
    assert "DIMENSION=VALUE" in str(run("ask", "-m", "2026-06", "--where", "province", "--folder", folder).exception)
    assert "2025-03" in str(run("ask", "-m", "June", "--folder", folder).exception)
    refused = run("snapshot", "--nation", folder)
    assert "--folder" in str(refused.exception)
