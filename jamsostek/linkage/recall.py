"""How many are found again when nobody knows the truth: records that a NIK makes certain are linked again without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from jamsostek.linkage.model import MEMBERS, REGISTER, Design, Weights, in_engine
from jamsostek.linkage.score import score

_ANCHORS = 5_000
_HIDDEN = ("nik", "nik15", "nik_cut", "nik_tail")


@dataclass(frozen=True)
class MaskedRecall:
    """Of records whose NIK tells who they are: how many are found again without it."""

    hidden: int
    found: int
    groups: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """The same of some of them: hidden, found."""

    @property
    def recall(self) -> float | None:
        """An estimate for records without a NIK; None without anchors."""
        return self.found / self.hidden if self.hidden else None


def masked_recall(
    con: duckdb.DuckDBPyConnection,
    design: Design,
    weights: Weights,
    *,
    at: float,
    seed: int = 1,
    anchors: int = _ANCHORS,
    groups: Mapping[str, str] | None = None,
) -> MaskedRecall:
    """Hides the NIK of a sample of records that it makes certain, links them again, and counts those of `at` bits and more.

    `groups` are conditions over the prepared register `w`, as SQL, by name. The prepared tables are left as they were.
    """
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE anchors AS SELECT l.unique_id AS row, min(r.unique_id) AS member FROM {REGISTER} l"
        f" JOIN {MEMBERS} r ON {in_engine(design.anchor, 'duckdb')} GROUP BY 1 HAVING count(*) = 1"
        f" ORDER BY hash(l.unique_id + {seed}) LIMIT {anchors}"
    ).fetchall()
    hidden = ", ".join(f"NULL AS {name}" for name in _HIDDEN)
    con.execute(f"ALTER TABLE {REGISTER} RENAME TO {REGISTER}_whole").fetchall()
    try:
        con.execute(
            f"CREATE TABLE {REGISTER} AS SELECT w.* REPLACE ({hidden}) FROM {REGISTER}_whole w"
            " JOIN anchors a ON a.row = w.unique_id"
        ).fetchall()
        con.register("masked_pairs", score(con, design, weights, least=at))
        counted = "".join(
            f", count(*) FILTER (WHERE {one}), count(*) FILTER (WHERE hit AND {one})" for one in (groups or {}).values()
        )
        ((asked, found, *more),) = con.sql(f"""
            WITH best AS (SELECT row, arg_max(member, weight) AS member FROM masked_pairs GROUP BY row), told AS (
                SELECT w.*, coalesce(b.member = a.member, false) AS hit
                FROM anchors a JOIN {REGISTER} w ON w.unique_id = a.row LEFT JOIN best b ON b.row = a.row)
            SELECT count(*), count(*) FILTER (WHERE hit){counted} FROM told w""").fetchall()
        con.unregister("masked_pairs")
    finally:
        con.execute(f"DROP TABLE IF EXISTS {REGISTER}").fetchall()
        con.execute(f"ALTER TABLE {REGISTER}_whole RENAME TO {REGISTER}").fetchall()
    return MaskedRecall(asked, found, dict(zip(groups or {}, zip(more[::2], more[1::2], strict=True), strict=True)))
