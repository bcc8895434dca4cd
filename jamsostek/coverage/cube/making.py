"""A snapshot made whole: rows, then cells, then the pointer. One at a time; one that fails leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.coverage.cube import invented
from jamsostek.coverage.cube.building import Plan, build
from jamsostek.coverage.cube.engine import engine
from jamsostek.coverage.cube.folding import Tell
from jamsostek.coverage.cube.schema import month_at
from jamsostek.coverage.cube.sparking import build_on_spark
from jamsostek.coverage.cube.sql import files_sql
from jamsostek.coverage.cube.store import ROWS, Snapshot, begun, in_use, opened, published, unfinished

MEMORY = "4GB"
Fill = Callable[[duckdb.DuckDBPyConnection, Path], None]
"""Writes the rows of a snapshot into its folder."""


def make(
    home: Path, day: dt.date, fill: Fill, *, tell: Tell | None = None, memory: str = MEMORY, master: str | None = None
) -> Snapshot:
    """Makes a snapshot in a folder of snapshots as known on a day, and has it used from now on.

    `memory` is DuckDB's; `master` has Spark count the cells (as in `batch.session`). Raises `InputError` where one is being made
    already, or the disk or the memory does not suffice.
    """
    with _alone(home):
        for left in unfinished(home):
            shutil.rmtree(left, ignore_errors=True)
        before, begun_at, folder = _before(home), time.perf_counter(), begun(home)
        try:
            with engine(folder, memory=memory, file=True) as con:
                fill(con, folder)
                about = _counts(con, folder, month_of(day))
                plan = Plan(folder, int(about["first_month"]), month_of(day), before)
                cells = build_on_spark(con, plan, master, tell) if master else build(con, plan, tell)
            told = {"as_of": day.isoformat(), "last_month": month_of(day), "cells": cells, **about}
            return published(folder, told | {"seconds": round(time.perf_counter() - begun_at, 2)})
        except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
            raise InputError(
                _("Potret cakupan tidak dapat dibuat: {why}").format(why=str(error).splitlines()[0]),
                remedy=_("Periksa ruang disk dan memori, lalu ulangi."),
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def make_invented(
    home: Path, nation: Path, day: dt.date, *, tell: Tell | None = None, memory: str = MEMORY, master: str | None = None
) -> Snapshot:
    """A snapshot of a synthetic nation with invented histories, for trials."""

    def fill(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        invented.invent(con, nation, folder, day, tell)

    return make(home, day, fill, tell=tell, memory=memory, master=master)


def _before(home: Path) -> Path | None:
    found = in_use(home)
    try:
        return opened(found).folder if found else None
    except InputError:  # a damaged one is replaced
        return None


def _counts(con: duckdb.DuckDBPyConnection, folder: Path, last: int) -> dict[str, int]:
    files = sorted((folder / ROWS).glob("*.parquet"))
    if not files:
        return {"people": 0, "rows": 0, "first_month": last}
    told = f"SELECT count(DISTINCT person), count(*), min(from_month) FROM {files_sql(files)}"
    people, rows, first = con.execute(told).fetchone() or (0, 0, 0)
    return {"people": people, "rows": rows, "first_month": min(month_at(first), last) if rows else last}


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(_("Potret cakupan sedang dibuat."), remedy=_("Tunggu sampai selesai.")) from None
        yield
