"""Three answers for every record of a register: same (as a member), different (from all), or ask a person.

Asked is, where the weight is between the thresholds; where it is high and the names do not agree; where a second member, another
person, is nearly as likely; and always where the record is so poorly documented that nothing can be decided from it. Whoever
is asked about is never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from jamsostek.linkage.model import MEMBERS, REGISTER

if TYPE_CHECKING:  # pages show its answers and thresholds without loading the engine
    import duckdb

SAME, ASK, DIFFERENT = "same", "ask", "different"
BETWEEN, NAMES_DIFFER, TWO_PEOPLE, POOR = "between", "names_differ", "two_people", "poor"
"""Why a person is asked."""


@dataclass(frozen=True)
class Thresholds:
    """In bits. A wrong link leaves a poor worker without cover, a missed one costs a contribution: policy, shown on screen."""

    same: float = 6.6
    ask: float = -1.0
    apart: float = 3.0
    """A second person nearer than this to the first is a question."""
    agreeing: str = """
        name IN ('same', 'core', 'nearly', 'first', 'last', 'part')
        OR (nik = 'same' AND born = 'same' AND (name = 'sounds' OR home IN
            ('card_mother', 'card', 'card_other_mother', 'phone', 'village_mother', 'phone_only', 'regency_mother', 'mother')))"""
    """Where names agree, or everything else does: own NIK, birth date and household. Of levels of `indonesia`, as SQL."""


USUAL = Thresholds()


def decide(con: duckdb.DuckDBPyConnection, pairs: pa.Table, thresholds: Thresholds = USUAL) -> pa.Table:
    """One row for each record of `register`: row, outcome, reasons, member, weight, name level, second member and its weight.

    `pairs` is what `score` gives. Equal weights go to the lower member number.
    """
    con.register("decide_pairs", pairs)
    try:
        return con.sql(f"""
            WITH ranked AS (
                SELECT *, row_number() OVER (PARTITION BY row ORDER BY weight DESC, member) AS place FROM decide_pairs
            ), best AS (
                SELECT row, member, weight, name, coalesce({thresholds.agreeing}, false) AS agrees FROM ranked WHERE place = 1
            ), close AS (
                SELECT r.row, arg_max(r.member, r.weight) AS second, max(r.weight) AS second_weight
                FROM ranked r JOIN best b USING (row)
                JOIN {MEMBERS} x ON x.unique_id = b.member JOIN {MEMBERS} y ON y.unique_id = r.member
                WHERE r.place > 1 AND r.weight > b.weight - {thresholds.apart}
                  AND NOT coalesce(x.nik = y.nik, false) AND NOT coalesce(x.name = y.name AND x.born = y.born, false)
                GROUP BY r.row
            ), known AS (
                SELECT g.unique_id AS row, b.member, b.weight, b.name, c.second, c.second_weight,
                    list_filter([
                        CASE WHEN b.weight >= {thresholds.ask} AND b.weight < {thresholds.same} THEN '{BETWEEN}' END,
                        CASE WHEN b.weight >= {thresholds.same} AND NOT b.agrees THEN '{NAMES_DIFFER}' END,
                        CASE WHEN b.weight >= {thresholds.ask} AND c.second IS NOT NULL THEN '{TWO_PEOPLE}' END,
                        CASE WHEN b.member IS NOT NULL AND g.nik IS NULL AND g.born_x IS NULL
                             AND NOT contains(coalesce(g.name, ''), ' ') THEN '{POOR}' END
                    ], lambda reason: reason IS NOT NULL) AS reasons
                FROM {REGISTER} g LEFT JOIN best b ON b.row = g.unique_id LEFT JOIN close c ON c.row = g.unique_id
            )
            SELECT row, CASE WHEN len(reasons) > 0 THEN '{ASK}' WHEN weight >= {thresholds.same} THEN '{SAME}'
                        ELSE '{DIFFERENT}' END AS outcome, reasons, member, weight, name, second, second_weight
            FROM known ORDER BY row
        """).to_arrow_table()
    finally:
        con.unregister("decide_pairs")
