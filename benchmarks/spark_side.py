"""Spark on two threads of one machine: its own SQL, beside our kernels through its Arrow batches; one kind of session for both.

    python -m benchmarks.spark_side sql|ours POPULATION OUT

Both write zstd level 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.figures import MONTH
from benchmarks.sql import query
from jamsostek.batch.session import session
from jamsostek.batch.spark import run_month_spark
from jamsostek.law import law_at

MASTER = "local[2]"
ZSTD = {"compression": "zstd", "parquet.compression.codec.zstd.level": "1"}


def sql(source: Path, out: Path) -> None:
    """Bill and allocation of every worker by Spark's own engine."""
    with session(MASTER) as spark:
        spark.read.parquet(str(source)).createOrReplaceTempView("population")
        spark.sql(query("population", "div")).write.options(**ZSTD).parquet(str(out))


def ours(source: Path, out: Path) -> None:
    """Bill and allocation of every worker by our engine on Spark."""
    run_month_spark(source, out, MONTH, law_at(MONTH), master=MASTER)


if __name__ == "__main__":
    {"sql": sql, "ours": ours}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
