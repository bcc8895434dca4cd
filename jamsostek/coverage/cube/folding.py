"""Spells folded into rows: for each person, months in which the same ties hold, one after the other, without a gap.

Two tables come in (`PEOPLE`, `SPELLS`), a file of rows for each province goes out. Simultaneous ties become one row with several
bits; its occupation and office are those of the tie that gives most. A person's row goes on after cover ends, and says what the
last cover was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from jamsostek.coverage.cube.schema import ACTIVE, COLUMNS, JOINED, LAPSED, LEFT, NEVER_COVERED, OPEN, RETURNED
from jamsostek.coverage.cube.store import ALL, ROWS

PEOPLE = {
    "person": "INTEGER", "begins": "SMALLINT", "ends": "SMALLINT", "died": "BOOLEAN", "sex": "UTINYINT", "birth": "SMALLINT",
    "disability": "UTINYINT", "regency": "USMALLINT", "village": "UINTEGER",
}  # fmt: skip
"""Who is registered: from the month they were, to the month they died (`OPEN`: alive)."""
SPELLS = {
    "person": "INTEGER", "from_month": "SMALLINT", "to_month": "SMALLINT", "covers": "BOOLEAN", "segment": "UTINYINT",
    "programmes": "UTINYINT", "payer": "UTINYINT", "occupation": "UTINYINT", "office": "USMALLINT",
}  # fmt: skip
"""What ties them: `segment`, `payer` and `occupation` are places in the lists of `schema`, `programmes` a mask. One that does not
cover is declared and not paid."""
FORMER = {
    "person": "INTEGER", "from_month": "SMALLINT", "to_month": "SMALLINT", "regency": "USMALLINT", "village": "UINTEGER",
}  # fmt: skip
"""Where somebody lived before they moved to where `PEOPLE` has them; months of one person never overlap."""
_CARRIED = ("segments", "programmes", "payers", "occupation", "office")
FEW = 200_000
"""So many people are not cut into provinces: hundreds of queries would take longer than the people do."""
Tell = Callable[[str, int, int], None]


def tables(con: duckdb.DuckDBPyConnection) -> None:
    """Empty tables `people`, `spells` and `former`."""
    for name, columns in (("people", PEOPLE), ("spells", SPELLS), ("former", FORMER)):
        con.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})").fetchall()


def fold(con: duckdb.DuckDBPyConnection, folder: Path, tell: Tell | None = None, *, few: int = FEW) -> None:
    """Writes the rows of all people, a file a province; of no more than `few` people one file."""
    target = folder / ROWS
    target.mkdir(parents=True, exist_ok=True)
    (people,) = con.execute("SELECT count(*) FROM people").fetchone() or (0,)
    homes = "SELECT regency // 100 FROM people UNION SELECT regency // 100 FROM former ORDER BY 1"
    provinces = [one for (one,) in con.execute(homes).fetchall()]
    parts = {ALL: "true"} if 0 < people <= few else {f"{one:02d}": f"regency // 100 = {one}" for one in provinces}
    for place, (name, here) in enumerate(parts.items()):
        living = f"(SELECT * FROM people WHERE {here} OR person IN (SELECT person FROM former WHERE {here}))"
        sql = f"SELECT * FROM ({rows_sql(living, 'spells', 'former')}) WHERE {here} ORDER BY regency, village"
        con.execute(f"COPY ({sql}) TO '{target / name}.parquet' (FORMAT parquet, COMPRESSION zstd)").fetchall()
        if tell:
            tell("rows", place + 1, len(parts))


def rows_sql(people: str, spells: str, former: str) -> str:
    """Rows of the people of one relation, with spells and former homes of two others: cut where one of them begins or ends."""
    last = ", ".join(f"last_value(CASE WHEN active THEN {one} END IGNORE NULLS) OVER w AS {one}" for one in _CARRIED)
    told = ", ".join(f"CAST({_COLUMN.get(name, name)} AS {kind}) AS {name}" for name, kind in COLUMNS.items())
    return f"""
        WITH p AS MATERIALIZED (SELECT * FROM {people}),
        h AS MATERIALIZED (SELECT h.* FROM {former} AS h JOIN p USING (person) WHERE h.to_month BETWEEN p.begins AND p.ends - 1),
        s AS MATERIALIZED (
            SELECT s.* EXCLUDE (to_month), least(s.to_month, p.ends) AS to_month,
                {_WEIGHT} AS weight
            FROM {spells} AS s JOIN p USING (person) WHERE s.from_month <= p.ends
        ),
        cuts AS (
            SELECT person, begins AS since FROM p
            UNION SELECT person, from_month FROM s
            UNION SELECT s.person, s.to_month + 1 FROM s JOIN p USING (person) WHERE s.to_month < p.ends
            UNION SELECT person, to_month + 1 FROM h
        ),
        steps AS (SELECT person, since, lead(since) OVER (PARTITION BY person ORDER BY since) AS coming FROM cuts),
        tied AS (
            SELECT t.person, t.since, any_value(t.coming) AS coming,
                coalesce(bit_or(1 << s.segment::INTEGER) FILTER (WHERE s.covers), 0) AS segments,
                coalesce(bit_or(1 << s.segment::INTEGER) FILTER (WHERE NOT s.covers), 0) AS declared,
                coalesce(bit_or(s.programmes::INTEGER) FILTER (WHERE s.covers), 0) AS programmes,
                coalesce(bit_or(1 << s.payer::INTEGER) FILTER (WHERE s.covers), 0) AS payers,
                arg_max(s.occupation, s.weight) FILTER (WHERE s.covers) AS occupation,
                arg_max(s.office, s.weight) FILTER (WHERE s.covers) AS office
            FROM steps AS t LEFT JOIN s ON s.person = t.person AND t.since BETWEEN s.from_month AND s.to_month
            GROUP BY t.person, t.since
        ),
        known AS (SELECT *, segments <> 0 AS active FROM tied),
        rows_of AS (
            SELECT person, since, coming, active, declared, {last},
                coalesce(bool_or(active) OVER earlier, false) AS before, coalesce(lag(active) OVER w, false) AS just_before
            FROM known WINDOW w AS (PARTITION BY person ORDER BY since),
                earlier AS (PARTITION BY person ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        )
        SELECT {told} FROM (
            SELECT r.*, p.* EXCLUDE (person, regency, village), coalesce(h.regency, p.regency) AS home,
                coalesce(h.village, p.village) AS home_village
            FROM rows_of AS r JOIN p USING (person)
                LEFT JOIN {former} AS h ON h.person = r.person AND r.since BETWEEN h.from_month AND h.to_month
            WHERE r.since <= p.ends
        ) AS r
    """


_WEIGHT = """((((bit_count(s.programmes)::BIGINT * 10000 + least(s.to_month, p.ends)) * 8 + s.segment) * 8 + s.payer) * 64
                    + s.occupation) * 65536 + s.office"""
"""The tie that gives most, for longest; what follows only makes the choice the same every night."""
_COLUMN = {
    "from_month": "r.since",
    "to_month": "coalesce(r.coming - 1, ends)",
    "state": f"CASE WHEN active THEN {ACTIVE} WHEN before THEN {LAPSED} ELSE {NEVER_COVERED} END",
    "entry": f"CASE WHEN active AND NOT before THEN {JOINED} WHEN active AND NOT just_before THEN {RETURNED}"
    f" WHEN just_before AND NOT active THEN {LEFT} ELSE 0 END",
    "died": "died AND r.coming IS NULL",
    "segments": "coalesce(segments, 0)",
    "programmes": "coalesce(programmes, 0)",
    "payers": "coalesce(payers, 0)",
    "occupation": "coalesce(occupation, 0)",
    "regency": "home",
    "village": "home_village",
    "office": "CASE WHEN coalesce(office, 0) = 0 OR office = home // 100 * 100 THEN home ELSE office END",
}
assert OPEN < 2**15
