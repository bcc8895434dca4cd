"""Writes the index of the members: their rows in one file that is mapped, not read, and sorted keys that point into it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from jamsostek.linkage.counter.folder import MEMBERS_FILE, ROWS_IN_BATCH, write_manifest
from jamsostek.linkage.counter.keys import Keys, columns_of, key_sql, sorted_places
from jamsostek.linkage.model import MEMBERS, REGISTER, Design, Weights

_DECIDE_READS = ("nik", "name", "born")
"""Columns of a member that `decide` reads to tell two people apart."""


def build(con: duckdb.DuckDBPyConnection, design: Design, weights: Weights, folder: Path) -> None:
    """Writes the index of the prepared members (`run.prepare`) to `folder`; an older one there is replaced when all is written.

    An index already open goes on reading the older files. Raises ValueError for a design of one list, or one whose rules are
    not equal columns.
    """
    if design.within:
        raise ValueError("a design of one list has no members to be found among")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))  # readable by its owner only
    try:
        counts = {
            "members": _write_members(con, design, made / MEMBERS_FILE),
            "rules": {name: _write_rule(con, made, name, rule) for name, rule in design.blocking.items()},
            "often": {name: _write_frequencies(con, made, name) for name in rarity_columns(design)},
        }
        con.execute(f"DROP TABLE {_PLACED}").fetchall()
        write_manifest(made, design, weights, counts)
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def rarity_columns(design: Design) -> tuple[str, ...]:
    """Columns whose rarity moves a weight."""
    return tuple(dict.fromkeys(level.rare_by for one in design.comparisons for level in one.levels if level.rare_by))


def _put(made: Path, folder: Path) -> None:
    """A folder cannot take another's place in one step: for an instant there is none, and a reader is told to come again."""
    older = made.with_name(f"{made.name}-older")
    with suppress(FileNotFoundError):
        folder.rename(older)
    made.rename(folder)
    shutil.rmtree(older, ignore_errors=True)


# --- members -----------------------------------------------------------------------------------------------------------------

_PLACED = "counter_places"


def _write_members(con: duckdb.DuckDBPyConnection, design: Design, path: Path) -> int:
    """Their number. Neighbours stand together, for most candidates are of one village."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_PLACED} AS"
        f" SELECT unique_id, row_number() OVER (ORDER BY village, unique_id) - 1 AS place FROM {MEMBERS}"
    ).fetchall()
    columns = dict.fromkeys(("unique_id", *design.columns, *rarity_columns(design), *_DECIDE_READS))
    told = ", ".join(f"m.{name}" for name in columns)
    found = con.sql(f"SELECT {told} FROM {MEMBERS} m JOIN {_PLACED} p USING (unique_id) ORDER BY p.place")
    return _write_batches(found.to_arrow_reader(ROWS_IN_BATCH), path)


def _write_batches(reader: pa.RecordBatchReader, path: Path) -> int:
    """Batches of exactly `ROWS_IN_BATCH` rows but the last, so that a row's batch is a division."""
    written, waiting = 0, []
    with pa.ipc.new_file(str(path), reader.schema) as file:
        for batch in reader:
            waiting.append(batch)
            while sum(len(one) for one in waiting) >= ROWS_IN_BATCH:
                whole = pa.Table.from_batches(waiting)
                file.write_batch(_one_batch(whole.slice(0, ROWS_IN_BATCH)))
                waiting = whole.slice(ROWS_IN_BATCH).to_batches()
                written += ROWS_IN_BATCH
        rest = pa.Table.from_batches(waiting, reader.schema)
        if rest.num_rows:
            file.write_batch(_one_batch(rest))
    return written + int(rest.num_rows)


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)


# --- keys --------------------------------------------------------------------------------------------------------------------


def _write_rule(con: duckdb.DuckDBPyConnection, folder: Path, name: str, rule: str) -> dict[str, Any]:
    """How many members the rule can find, and the largest number it finds at once."""
    columns = columns_of(rule)
    told = con.sql(
        f"SELECT {key_sql(columns)} AS key, p.place FROM {MEMBERS} m JOIN {_PLACED} p USING (unique_id)"
        f" WHERE {' AND '.join(f'm.{column} IS NOT NULL' for column in columns)}"
    ).fetchnumpy()
    places = sorted_places(np.asarray(told["key"], dtype=np.uint64), np.asarray(told["place"]))
    np.save(folder / f"rule_{name}.keys.npy", places.keys)
    np.save(folder / f"rule_{name}.rows.npy", places.rows)
    return {"columns": list(columns), "members": len(places.keys), "largest": _largest(places.keys)}


def _write_frequencies(con: duckdb.DuckDBPyConnection, folder: Path, name: str) -> dict[str, int]:
    """How many entries there are, and how many different ones."""
    both = f"(SELECT {name} FROM {REGISTER} UNION ALL SELECT {name} FROM {MEMBERS})"
    told = con.sql(
        f"SELECT {key_sql([name])} AS key, count(*) AS entries FROM {both} WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY key"
    ).fetchnumpy()
    np.save(folder / f"often_{name}.keys.npy", np.asarray(told["key"], dtype=np.uint64))
    np.save(folder / f"often_{name}.counts.npy", np.asarray(told["entries"], dtype=np.uint32))
    return {"total": int(told["entries"].sum()), "different": len(told["key"])}


def _largest(keys: Keys) -> int:
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(1, dtype=np.int64)
    return int(np.diff(np.append(starts, len(keys))).max())
