"""The same model on Spark, for who has the data and the cluster there already. Here DuckDB is many times faster.

Splink's functions for Spark come as a jar in its wheel, which is added to the session that is there.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import splink
from splink import Linker, SettingsCreator

from jamsostek.linkage.model import MEMBERS, REGISTER, SPARK, Design, Weights, settings
from jamsostek.linkage.score import who_sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JAR = "scala-udf-similarity-0.2.1_spark4.x.jar"
"""Of Splink 5.0; a Splink that ships another is found out by the test."""


def score_on_spark(spark: SparkSession, folder: Path, design: Design, weights: Weights, *, least: float) -> pa.Table:
    """Pairs of `least` bits and more (row, member, weight) of the tables that `run.export` wrote into `folder`."""
    from splink import SparkAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    jar = Path(splink.__file__).parent / "internals" / "files" / "spark_jars" / _JAR
    spark.sql(f"ADD JAR '{jar}'")
    api = SparkAPI(spark_session=spark, break_lineage_method="persist")  # type: ignore[no-untyped-call]
    names = (MEMBERS, REGISTER)
    tables = [api.register(spark.read.parquet(str(folder / f"{name}.parquet")), table_name=name) for name in names]
    linker = Linker(tables, SettingsCreator(**settings(design, SPARK, weights)), log_level=None)
    found = linker.inference.predict(threshold_match_weight=least, warning_mode="never").as_spark_dataframe()
    pairs = found.select("unique_id_l", "unique_id_r", "source_dataset_l", "match_weight").toArrow()
    con = duckdb.connect()
    con.register("pairs", pairs)
    return con.sql(f"SELECT {who_sql(design)} FROM pairs").to_arrow_table()


def differences(one: pa.Table, other: pa.Table, tolerance: float = 1e-6) -> pa.Table:
    """Pairs in one but not the other, or with another weight: row, member, weight and other_weight (null where missing)."""
    con = duckdb.connect()
    con.register("one", one)
    con.register("other", other)
    return con.sql(
        "SELECT row, member, one.weight, other.weight AS other_weight FROM one FULL JOIN other USING (row, member)"
        f" WHERE one.weight IS NULL OR other.weight IS NULL OR abs(one.weight - other.weight) > {tolerance} ORDER BY row, member"
    ).to_arrow_table()
