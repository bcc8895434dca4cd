"""Cells counted from the rows of a snapshot, a province at a time; what has not changed since the snapshot before is taken over.

Rows of each province give differences (`counting.deltas_sql`); the cells of a place come from the differences of all provinces,
as people are paid from elsewhere than where they live. Differences and cells stand in Parquet, so that the next night begins
with them: a province whose rows are the same is not counted again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from jamsostek.coverage.cube.counting import DUCKDB, Dialect, cells_of_deltas_sql, deltas_sql, places
from jamsostek.coverage.cube.lattice import LATTICES, Lattice, kept_months
from jamsostek.coverage.cube.schema import COLUMNS
from jamsostek.coverage.cube.sql import files_sql
from jamsostek.coverage.cube.store import ALL, CELLS, DELTAS, ROWS

VERSION = 1
"""Of what cells are: another number, and nothing is taken over."""
CELL_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480"
"""Small groups of rows: a month of a province is in few."""
BUILT = "built.json"
Tell = Callable[[str, int, int], None]
"""Hears what is done: of what, how many, of how many."""


@dataclass(frozen=True)
class Plan:
    """What is to be built where, from which months; `before` is a snapshot's folder to take over from."""

    folder: Path
    first_month: int
    last_month: int
    before: Path | None = None

    def months(self, lattice: Lattice) -> tuple[int, ...]:
        """Months its cells are kept for."""
        return kept_months(lattice, self.first_month, self.last_month)


def build(con: duckdb.DuckDBPyConnection, plan: Plan, tell: Tell | None = None) -> dict[str, int]:
    """Writes differences and cells beside the rows; tells how many cells each lattice has."""
    digests = {one.stem: digest(con, one) for one in sorted((plan.folder / ROWS).glob("*.parquet"))}
    same = _same(plan, digests)
    steps, done = len(LATTICES) * len(digests), 0
    for lattice in LATTICES:
        for name in digests:
            _differences(con, plan, lattice, name, taken=name in same)
            done += 1
            if tell:
                tell("cells", done, steps)
        _cells(con, plan, lattice, same if lattice.basis == "domicile" or len(same) == len(digests) else frozenset())
    about = {"version": VERSION, "months": _all_months(plan), "digests": digests}
    (plan.folder / BUILT).write_text(json.dumps(about), encoding="utf-8")
    return counted(con, plan.folder)


def counted(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """How many cells each lattice has."""
    found = {}
    for lattice in LATTICES:
        files = sorted((folder / CELLS / lattice.name).glob("*.parquet"))
        row = con.execute(f"SELECT count(*) FROM {files_sql(files)}").fetchone() if files else None
        found[lattice.name] = int(row[0]) if row else 0
    return found


def digest(con: duckdb.DuckDBPyConnection, file: Path) -> str:
    """What a file of rows says, whatever the numbers of the persons and the order."""
    columns = ", ".join(name for name in COLUMNS if name != "person")
    told = f"SELECT count(*), sum(hash({columns})::HUGEINT), bit_xor(hash({columns}, 1)) FROM {files_sql([file])}"
    return "-".join(map(str, con.execute(told).fetchone() or ()))


def _all_months(plan: Plan) -> list[list[int]]:
    return [list(plan.months(lattice)) for lattice in LATTICES]


def _same(plan: Plan, digests: dict[str, str]) -> frozenset[str]:
    """Provinces whose rows are those of the snapshot before, when its cells are for the same months."""
    if plan.before is None:
        return frozenset()
    try:
        told = json.loads((plan.before / BUILT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    if told.get("version") != VERSION or told.get("months") != _all_months(plan):
        return frozenset()
    return frozenset(name for name, one in digests.items() if told["digests"].get(name) == one)


def _differences(con: duckdb.DuckDBPyConnection, plan: Plan, lattice: Lattice, name: str, *, taken: bool) -> None:
    target = plan.folder / DELTAS / lattice.name / f"{name}.parquet"
    if taken and plan.before is not None and _taken_over(plan.before / DELTAS / lattice.name / target.name, target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    rows = files_sql([plan.folder / ROWS / f"{name}.parquet"])
    sql = in_dialect(lattice, plan, rows, DUCKDB)
    con.execute(f"COPY ({sql} ORDER BY regency // 100) TO '{target}' (FORMAT parquet, COMPRESSION zstd)").fetchall()


def in_dialect(lattice: Lattice, plan: Plan, rows: str, dialect: Dialect) -> str:
    """Differences of a relation of rows, for an engine."""
    return dialect.told(deltas_sql(lattice, places(plan.months(lattice)), rows))


def _cells(con: duckdb.DuckDBPyConnection, plan: Plan, lattice: Lattice, same: frozenset[str]) -> None:
    months, files = plan.months(lattice), sorted((plan.folder / DELTAS / lattice.name).glob("*.parquet"))
    folder = plan.folder / CELLS / lattice.name
    folder.mkdir(parents=True, exist_ok=True)
    if not files:
        return
    parts = {ALL: "true"}
    if files[0].stem != ALL:
        found = con.execute(f"SELECT DISTINCT regency // 100 FROM {files_sql(files)} ORDER BY 1").fetchall()
        parts = {f"{one:02d}": f"regency // 100 = {one}" for (one,) in found}
    for name, here in parts.items():
        target = folder / f"{name}.parquet"
        if target.stem in same and plan.before and _taken_over(plan.before / CELLS / lattice.name / target.name, target):
            continue
        deltas = f"(SELECT * FROM {files_sql(files)} WHERE {here}) AS x"
        sql = cells_of_deltas_sql(lattice, months, deltas, DUCKDB.spread)
        con.execute(f"COPY ({sql} ORDER BY {sorted_by(lattice)}) TO '{target}' ({CELL_OPTIONS})").fetchall()


def sorted_by(lattice: Lattice) -> str:
    """The order of cells in their files."""
    return f"month, {', '.join(lattice.keys)}"


def _taken_over(old: Path, new: Path) -> bool:
    """Makes the old file the new one as well; whether it was there."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except FileNotFoundError:
        return False
    return True
