"""What coverage writes: the snapshot of the night."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.scope import Scope, acting
from jamsostek.core.months import month_of
from jamsostek.coverage.cube.folding import Tell, fold
from jamsostek.coverage.cube.making import MEMORY, make
from jamsostek.coverage.cube.reading import read_registry
from jamsostek.coverage.cube.store import Snapshot, cube_folder


def take_snapshot(
    *,
    scope: Scope,
    day: dt.date,
    folder: Path | None = None,
    tell: Tell | None = None,
    memory: str = MEMORY,
    master: str | None = None,
) -> Snapshot:
    """Photographs the registry as it is known on a day; its questions are answered from it from then on.

    `memory` and `master` as in `cube.making.make`.

    The registry is read in one transaction as of one moment; nobody waits for it. Raises `Refused`, and `InputError` where a
    snapshot is being made already or there is no room.
    """

    def fill(con: duckdb.DuckDBPyConnection, place: Path) -> None:
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with acting(scope):
                read_registry(con, place, month_of(day), tell)
        fold(con, place, tell)

    if not scope.everyone:
        raise not_yours()
    made = make(folder or cube_folder(), day, fill, tell=tell, memory=memory, master=master)
    with acting(scope):
        audit.record("coverage.snapshot_made", reason=made.name)
    return made
