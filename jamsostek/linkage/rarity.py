"""Names that few people have, learned from the members: they find a person without a place or a date."""

from __future__ import annotations

import duckdb

MOST_BEARERS = 100
"""A name of more members than this finds too many."""


def with_rare_names(con: duckdb.DuckDBPyConnection, register: str, members: str) -> None:
    """Makes the tables `register` and `members` of two normalised ones, with `rare_name`: the name where few members have it."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE common_names AS SELECT name FROM {members} WHERE name IS NOT NULL"
                f" GROUP BY name HAVING count(*) > {MOST_BEARERS}").fetchall()  # fmt: skip
    for made, of in (("register", register), ("members", members)):
        con.execute(
            f"CREATE OR REPLACE TABLE {made} AS SELECT n.*, if(c.name IS NULL, n.name, NULL) AS rare_name"
            f" FROM {of} n LEFT JOIN common_names c ON c.name = n.name"
        ).fetchall()
