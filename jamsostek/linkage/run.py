"""A register linked to the members: read, made comparable, weighed, decided. What the command, the job and the benchmark call.

    with workshop(folder) as con:
        prepare(con, register, members)
        weights = train(con, INDONESIA)
        links = link(con, INDONESIA, weights)

Everything lives in one DuckDB of bounded memory, what does not fit in a folder of its own, and is gone afterwards: pairs below
`score.LEAST_KEPT` are personal data that nobody needs.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from jamsostek.linkage.decide import USUAL, Thresholds, decide
from jamsostek.linkage.model import MEMBERS, REGISTER, Design, Weights
from jamsostek.linkage.normalise import NORMAL, normalise
from jamsostek.linkage.rarity import with_rare_names
from jamsostek.linkage.score import score

MEMORY = "4GB"
ROWS_AT_ONCE = 250_000
"""Records of the register scored together."""


@dataclass(frozen=True)
class Links:
    """What linking gave."""

    pairs: pa.Table
    """As `score` gives them."""
    decided: pa.Table
    """As `decide` gives it: one row for each record of the register."""


@contextmanager
def workshop(
    folder: Path | None = None, *, memory: str = MEMORY, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty DuckDB file that is deleted afterwards."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="linkage-") as place:
        con = duckdb.connect(str(Path(place) / "linkage.duckdb"))
        try:
            con.execute(f"SET memory_limit = '{memory}'").fetchall()
            con.execute(f"SET temp_directory = '{place}/overflow'").fetchall()
            con.execute("SET preserve_insertion_order = false").fetchall()
            if threads:
                con.execute(f"SET threads = {threads}").fetchall()
            yield con
        finally:
            con.close()


def prepare(con: duckdb.DuckDBPyConnection, register: Iterable[pa.Table], members: Iterable[pa.Table]) -> None:
    """Makes the tables that training and scoring read, from written records (`normalise.WRITTEN`) a part at a time."""
    for name, parts in ((f"{REGISTER}_plain", register), (f"{MEMBERS}_plain", members)):
        con.register("part", NORMAL.empty_table())
        con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM part").fetchall()
        for part in parts:
            con.register("part", normalise(part))
            con.execute(f"INSERT INTO {name} FROM part").fetchall()
        con.unregister("part")
    with_rare_names(con, f"{REGISTER}_plain", f"{MEMBERS}_plain")
    for name in (REGISTER, MEMBERS):
        con.execute(f"DROP TABLE {name}_plain").fetchall()


def export(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Writes the prepared tables as Parquet, for another engine."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (REGISTER, MEMBERS):
        con.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)").fetchall()


def link(con: duckdb.DuckDBPyConnection, design: Design, weights: Weights, thresholds: Thresholds = USUAL) -> Links:
    """Every record of the prepared register with its outcome, and the pairs that it rests on.

    Within one list (the same records prepared on both sides) the later record of a pair is the row, the earlier its member.
    """
    ((rows,),) = con.sql(f"SELECT count(*) FROM {REGISTER}").fetchall()
    pairs = score(con, design, weights, chunks=max(1, math.ceil(rows / ROWS_AT_ONCE)))
    if design.within:
        pairs = pairs.rename_columns({"row": "member", "member": "row"})
    return Links(pairs, decide(con, pairs, thresholds))
