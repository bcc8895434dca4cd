"""DuckDB of bounded memory, whose work can be watched and given up."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jamsostek.coverage.cube.schema import Cancelled

if TYPE_CHECKING:
    import duckdb

MEMORY = "2GB"
_LOOK_SECONDS = 0.05
Progress = Callable[[float], None]
"""Hears how much of the work is done, 0 to 1."""
Cancel = Callable[[], bool]
"""Says whether the work shall be given up."""


@contextmanager
def engine(
    folder: Path | None = None, *, memory: str = MEMORY, threads: int | None = None, file: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB; what does not fit its memory goes to a folder that is deleted afterwards. `file`: its tables do anyway."""
    import duckdb

    with (
        tempfile.TemporaryDirectory(dir=folder, prefix="cube-") as place,
        duckdb.connect(f"{place}/work.duckdb" if file else ":memory:") as con,
    ):
        con.execute(f"SET memory_limit = '{memory}'").fetchall()
        con.execute(f"SET temp_directory = '{place}'").fetchall()
        con.execute("SET preserve_insertion_order = false").fetchall()
        if threads:
            con.execute(f"SET threads = {threads}").fetchall()
        yield con


def watched(
    con: duckdb.DuckDBPyConnection, sql: str, *, progress: Progress | None = None, cancel: Cancel | None = None
) -> list[list[Any]]:
    """The columns of a query's answer; raises `Cancelled` once `cancel` says so."""
    if progress is None and cancel is None:
        return _columns(con, sql)
    found: list[list[list[Any]]] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.append(_columns(con, sql))
        except BaseException as error:  # told where it was asked
            failed.append(error)

    con.execute("SET enable_progress_bar = true").fetchall()
    con.execute("SET enable_progress_bar_print = false").fetchall()
    thread = threading.Thread(target=work, name="cube")
    thread.start()
    given_up = _looked_after(con, thread, progress, cancel)
    if given_up:
        raise Cancelled
    if failed:
        raise failed[0]
    if progress:
        progress(1.0)
    return found[0]


def _columns(con: duckdb.DuckDBPyConnection, sql: str) -> list[list[Any]]:
    """Many lines come sooner as columns than one by one."""
    return [values.tolist() for values in con.execute(sql).fetchnumpy().values()]


def _looked_after(
    con: duckdb.DuckDBPyConnection, thread: threading.Thread, progress: Progress | None, cancel: Cancel | None
) -> bool:
    """Waits for the work; whether it was given up."""
    given_up = False
    try:
        while thread.is_alive():
            if cancel is not None and not given_up and cancel():
                given_up = True
            if given_up:
                con.interrupt()  # again and again: one that comes before the query begins is lost
            elif progress is not None and (done := con.query_progress()) > 0:
                progress(min(done / 100, 1.0))
            thread.join(_LOOK_SECONDS)
    except BaseException:
        while thread.is_alive():
            con.interrupt()
            thread.join(_LOOK_SECONDS)
        raise
    return given_up
