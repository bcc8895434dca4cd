"""The same cells counted by Spark, for who has the rows on a cluster already: the same SQL, one job for each set of cells.

Spark's answer is written again by DuckDB, a sorted file for each province, so that who asks need not know who counted. The folder
of snapshots must be seen by every machine under one path.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from jamsostek.batch.session import session
from jamsostek.coverage.cube.building import CELL_OPTIONS, Plan, Tell, counted, in_dialect, sorted_by
from jamsostek.coverage.cube.counting import SPARK, cells_of_deltas_sql
from jamsostek.coverage.cube.lattice import LATTICES, Lattice
from jamsostek.coverage.cube.sql import files_sql
from jamsostek.coverage.cube.store import CELLS, ROWS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_ROWS, _PARTS = "coverage_rows", ".spark"


def build_on_spark(con: duckdb.DuckDBPyConnection, plan: Plan, master: str, tell: Tell | None = None) -> dict[str, int]:
    """Writes cells beside the rows as `building.build` does, all anew; raises `InputError` where Spark is not there."""
    files = [str(one) for one in sorted((plan.folder / ROWS).glob("*.parquet"))]
    with session(master) as spark:
        if files:
            spark.read.parquet(*files).createOrReplaceTempView(_ROWS)
        for place, lattice in enumerate(LATTICES):
            (plan.folder / CELLS / lattice.name).mkdir(parents=True, exist_ok=True)
            if files:
                _lattice(spark, con, plan, lattice)
            if tell:
                tell("cells", place + 1, len(LATTICES))
    return counted(con, plan.folder)


def _lattice(spark: SparkSession, con: duckdb.DuckDBPyConnection, plan: Plan, lattice: Lattice) -> None:
    parts = plan.folder / _PARTS
    deltas = f"({in_dialect(lattice, plan, _ROWS, SPARK)})"
    sql = cells_of_deltas_sql(lattice, plan.months(lattice), deltas, SPARK.spread)
    by_province = spark.sql(f"SELECT *, regency div 100 AS province FROM ({sql})")
    by_province.repartition("province").write.partitionBy("province").parquet(str(parts))
    for part in sorted(parts.glob("province=*")):
        target = plan.folder / CELLS / lattice.name / f"{int(part.name.partition('=')[2]):02d}.parquet"
        _written(con, lattice, sorted(part.glob("*.parquet")), target)
    shutil.rmtree(parts)


def _written(con: duckdb.DuckDBPyConnection, lattice: Lattice, parts: list[Path], target: Path) -> None:
    con.execute(
        f"COPY (SELECT * FROM {files_sql(parts)} ORDER BY {sorted_by(lattice)}) TO '{target}' ({CELL_OPTIONS})"
    ).fetchall()
