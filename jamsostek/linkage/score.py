"""Scores the pairs that the blocking rules bring together, and says what each comparison said of them."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from jamsostek.linkage.model import REGISTER, Design, Weights
from jamsostek.linkage.train import levels_sql, linker_over, other, pairs_sql

LEAST_KEPT = -3.0
"""Pairs of fewer bits are forgotten at once."""


def score(
    con: duckdb.DuckDBPyConnection, design: Design, weights: Weights, *, least: float = LEAST_KEPT, chunks: int = 1
) -> pa.Table:
    """Pairs of `least` bits and more: row, member, weight, and for each comparison its level and its bits (`…_bits`).

    Within one list `row` is the record with the lower number. `chunks` bounds memory: the pairs of a part at a time.
    """
    linker = linker_over(con, design, weights, shown=True)
    found = linker.inference.predict(
        threshold_match_weight=least, num_chunks_left=chunks, num_chunks_right=1, warning_mode="never"
    )
    scored = f"SELECT {_scored(design)} FROM {found.physical_name}"
    bits = ", ".join(f"{one.name}_bits" for one in design.comparisons)
    pairs = f"({scored}) p JOIN {REGISTER} l ON l.unique_id = p.row JOIN {other(design)} r ON r.unique_id = p.member"
    both = pairs_sql(design, pairs, ", p.*")
    levelled = con.sql(f"SELECT row, member, weight, {levels_sql(design)}, {bits} FROM ({both})").to_arrow_table()
    found.drop_table_from_database_and_remove_from_cache()
    return levelled


def who_sql(design: Design) -> str:
    """Whose pair it is and what it weighs, of Splink's predictions: row, member, weight."""
    if design.within:
        return "unique_id_l AS row, unique_id_r AS member, match_weight AS weight"
    here = f"source_dataset_l = '{REGISTER}'"
    return f"if({here}, unique_id_l, unique_id_r) AS row, if({here}, unique_id_r, unique_id_l) AS member, match_weight AS weight"


def _scored(design: Design) -> str:
    columns = [who_sql(design)]
    for one in design.comparisons:
        rarity = f" + mw_tf_adj_{one.name}" if any(level.rare_by for level in one.levels) else ""
        columns.append(f"(mw_{one.name}{rarity})::float AS {one.name}_bits")
    return ", ".join(columns)
