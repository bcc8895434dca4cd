"""DuckDB: the month of wage earners in SQL, Parquet to Parquet.

    python -m benchmarks.duckdb_side POPULATION OUT

Its quickest settings of those tried: order not kept, one file a thread, Parquet's newer encodings.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from benchmarks.figures import MONTH
from benchmarks.sql import query

THREADS = 2


def lines(source: Path, out: Path, month: int = MONTH) -> None:
    """Bill and allocation of every worker, one file a thread, zstd as ours."""
    out.mkdir(parents=True)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    connection.execute("SET preserve_insertion_order = false")
    select = query(f"read_parquet('{source}/*/*.parquet')", "//", month)
    form = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION v2, PER_THREAD_OUTPUT, OVERWRITE"
    connection.execute(f"COPY ({select}) TO '{out}' ({form})")


if __name__ == "__main__":
    lines(Path(sys.argv[1]), Path(sys.argv[2]))
