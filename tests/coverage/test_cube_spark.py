"""Spark counts the same cells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jamsostek.core.errors import InputError
from jamsostek.coverage.cube.building import Plan
from jamsostek.coverage.cube.engine import engine
from jamsostek.coverage.cube.sparking import build_on_spark
from tests.coverage import invented_people as people_of
from tests.coverage.test_cube_snapshots import _cells

LIGHT_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def test_spark_counts_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("JAMSOSTEK_PROOF") != "1":
        monkeypatch.setenv("SPARK_SUBMIT_OPTS", LIGHT_JAVA)
    people = people_of.drawn(200, seed=11)
    one = people_of.photographed(tmp_path / "one", people)
    other = people_of.photographed(tmp_path / "other", people, master="local[2]")
    assert other.cells == one.cells
    assert _cells(other) == _cells(one)
    again = people_of.photographed(tmp_path / "other", people)
    assert all(file.stat().st_nlink == 1 for file in (again.folder / "cells").rglob("*.parquet"))  # Spark leaves nothing to take


def test_a_cluster_that_is_not_there_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Spark"):
        people_of.photographed(tmp_path, people_of.drawn(3, seed=1), master="spark://127.0.0.1:9")
    assert [one.name for one in tmp_path.iterdir()] == [".lock"]
    with engine() as con, pytest.raises(InputError, match="tidak dikenal"):
        build_on_spark(con, Plan(tmp_path, 202601, 202606), "sparkle")
