"""Where somebody lived in which months, from what was written about it one after the other.

The registry keeps with a place the day somebody moved to it. What is written later is what is known: another place with another
day is a move; another place with the same day is a correction, of all months the wrong one was said for; the same place with
another day corrects the day. A move told later for an earlier day takes the place of what was said for the months since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

import duckdb
import pyarrow as pa

from jamsostek.core.months import month_of
from jamsostek.coverage.cube.schema import at

EVER = -(2**15)
"""The first month of whom nothing else is known."""
AT_ONCE = 50_000
_FORMER = pa.schema(
    [
        ("participant", pa.int64()), ("from_month", pa.int32()), ("to_month", pa.int32()), ("regency", pa.int32()),
        ("village", pa.int64()),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """What was written at one time: regency and village, and since when (None: ever, as far as was known)."""

    place: tuple[int, int | None]
    since: dt.date | None

    @property
    def month(self) -> int:
        """Its first month, as the files count."""
        return at(month_of(self.since)) if self.since else EVER


def lived(written: Iterable[Written]) -> list[tuple[int, Written]]:
    """Places with their first month, in the order of the months; the first holds for all before it too."""
    found: list[Written] = []
    for one in written:
        if found and (found[-1].since == one.since or found[-1].place == one.place):
            found.pop()
        while found and found[-1].month >= one.month:
            found.pop()
        if not (found and found[-1].place == one.place):
            found.append(one)
    return [(one.month if place else EVER, one) for place, one in enumerate(found)]


def moved(con: duckdb.DuckDBPyConnection) -> None:
    """Makes `r_former`, homes that people left, from `r_homes`, all that was written about those who moved."""
    con.register("part", _FORMER.empty_table())
    con.execute("CREATE TABLE r_former AS FROM part").fetchall()
    written = con.cursor().execute("SELECT id, regency, village, since FROM r_homes ORDER BY id, change")
    lines: list[dict[str, int | None]] = []
    for person, told in groupby(_fetched(written), itemgetter(0)):
        homes = lived(Written((regency, village), since) for _person, regency, village, since in told)
        lines += [_line(person, first, following - 1, home) for (first, home), (following, _next) in pairwise(homes)]
        if len(lines) >= AT_ONCE:
            _insert(con, lines)
            lines = []
    _insert(con, lines)
    con.unregister("part")


def _line(person: int, first: int, last: int, home: Written) -> dict[str, int | None]:
    regency, village = home.place
    return {"participant": person, "from_month": first, "to_month": last, "regency": regency, "village": village}


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int, int | None, dt.date | None]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def _insert(con: duckdb.DuckDBPyConnection, lines: list[dict[str, int | None]]) -> None:
    con.register("part", pa.Table.from_pylist(lines, _FORMER))
    con.execute("INSERT INTO r_former FROM part").fetchall()
