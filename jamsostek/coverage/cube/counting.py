"""Cells as SQL that DuckDB and Spark both read: how many people by month and dimensions, from one pass over the rows.

A row reaches from one kept month to another. Rows are grouped by the dimensions and those two places; a group is so many more
people from the first place on and so many fewer after the last, and adding these differences up gives every month. An age band
ends within a row: the row is cut there, once for each band the months can reach.
"""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.coverage.cube.lattice import CELL_MEASURES, Lattice
from jamsostek.coverage.cube.schema import (
    ACTIVE,
    BIRTH_TO_MONTH,
    FLOWS,
    JOINED,
    LEFT,
    LISTS,
    NEVER_COVERED,
    RETURNED,
    at,
)
from jamsostek.coverage.cube.sql import band

_ENTRIES = {"joined": JOINED, "returned": RETURNED, "lapsed": LEFT}
_YEAR, _BAND = 12, 120


@dataclass(frozen=True)
class Dialect:
    """Where the engines spell things differently."""

    divided: str
    spread: str
    """Numbers from {first} to before {end}, a line each."""

    def told(self, sql: str) -> str:
        """Our SQL in this dialect."""
        return sql.replace("//", self.divided)


DUCKDB = Dialect("//", "unnest(range({first}, {end}))")
SPARK = Dialect(" div ", "explode(sequence({first}, {end} - 1))")


@dataclass(frozen=True)
class Places:
    """Kept months as places 0, 1, …: the December of some years, then every month up to the last. Months as the files count."""

    months: tuple[int, ...]

    @property
    def years(self) -> int:
        """How many Decembers come before the months that follow each other."""
        gaps = [later - sooner != 1 for sooner, later in zip(self.months, self.months[1:], strict=False)]
        return len(gaps) - gaps[::-1].index(True) if True in gaps else 0

    @property
    def recent(self) -> int:
        """The first of the months that follow each other."""
        return self.months[self.years]

    def first_from(self, month: str) -> str:
        """The first place that is not before a month; their number or more where all are."""
        recent = f"{self.years} + greatest({month} - {self.recent}, 0)"
        if not self.years:
            return f"({recent})"
        begin, last = self.months[0], self.months[self.years - 1]
        yearly = f"(greatest({month} - {begin}, 0) + {_YEAR - 1}) // {_YEAR}"
        return f"(CASE WHEN {month} > {last} THEN {recent} ELSE {yearly} END)"

    def last_upto(self, month: str) -> str:
        """The last place that is not after a month; -1 where all are."""
        recent = f"{self.years} + least({month}, {self.months[-1]}) - {self.recent}"
        if not self.years:
            return f"(CASE WHEN {month} < {self.recent} THEN -1 ELSE {recent} END)"
        begin = self.months[0]
        yearly = f"least(({month} - {begin}) // {_YEAR}, {self.years - 1})"
        return f"(CASE WHEN {month} < {begin} THEN -1 WHEN {month} >= {self.recent} THEN {recent} ELSE {yearly} END)"


def places(months: tuple[int, ...]) -> Places:
    """Of months YYYYMM."""
    return Places(tuple(map(at, months)))


def deltas_sql(lattice: Lattice, kept: Places, rows: str) -> str:
    """Differences of one relation of rows: keys, `slot`, and by how many people each measure changes there."""
    keys = ", ".join(lattice.keys)
    groups = " UNION ALL ".join(_groups(lattice, kept, rows))
    stocks = {"registered": "n", "ever": f"CASE WHEN state > {NEVER_COVERED} THEN n ELSE 0 END"}
    stocks["active"] = f"CASE WHEN state = {ACTIVE} THEN n ELSE 0 END"
    flows = {name: f"CASE WHEN entry = {code} THEN n ELSE 0 END" for name, code in _ENTRIES.items()}
    plus = ", ".join([*stocks.values(), *flows.values(), "0"])
    minus = ", ".join([*(f"-({one})" for one in stocks.values()), *("0" for _name in FLOWS)])
    dead = ", ".join("n" if name == "died" else "0" for name in CELL_MEASURES)
    named = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in CELL_MEASURES)
    columns = ", ".join([*lattice.keys, "slot", *CELL_MEASURES])
    return (
        f"WITH g AS ({groups}), dead AS ({_deaths(lattice, kept, rows)}), d({columns}) AS ("
        f"SELECT {keys}, first_at, {plus} FROM g"
        f" UNION ALL SELECT {keys}, last_at + 1, {minus} FROM g WHERE last_at + 1 < {len(kept.months)}"
        f" UNION ALL SELECT {keys}, slot, {dead} FROM dead"
        f") SELECT {keys}, CAST(slot AS INTEGER) AS slot, {named} FROM d GROUP BY {keys}, slot"
    )


def cells_of_deltas_sql(lattice: Lattice, months: tuple[int, ...], deltas: str, spread: str) -> str:
    """Every month's people from all differences: keys by `month`, those without anybody left out."""
    keys = ", ".join(lattice.keys)
    stocks, flows = [one for one in CELL_MEASURES if one not in FLOWS], list(FLOWS)
    added = ", ".join(f"sum({one}) AS {one}" for one in CELL_MEASURES)
    running = ", ".join(f"sum({one}) OVER w AS {one}" for one in stocks)
    told = ", ".join(f"CAST({one} AS INTEGER) AS {one}" for one in stocks)
    told += "".join(f", CAST(CASE WHEN reached = slot THEN {one} ELSE 0 END AS INTEGER) AS {one}" for one in flows)
    lines = spread.format(first="slot", end="coming")
    listed = ", ".join(f"({place}, {month})" for place, month in enumerate(months))
    return (
        f"WITH d AS (SELECT {keys}, slot, {added} FROM {deltas} GROUP BY {keys}, slot),"
        f" c AS (SELECT {keys}, slot, lead(slot, 1, {len(months)}) OVER w AS coming, {running}, {', '.join(flows)} FROM d"
        f" WINDOW w AS (PARTITION BY {keys} ORDER BY slot)),"
        f" e AS (SELECT {keys}, slot, {', '.join(CELL_MEASURES)}, {lines} AS reached FROM c),"
        f" m AS (SELECT * FROM (VALUES {listed}) AS listed(place, month))"
        f" SELECT m.month, {keys}, {told} FROM e JOIN m ON m.place = e.reached"
        f" WHERE registered > 0 OR (reached = slot AND ({' OR '.join(f'{one} > 0' for one in flows)}))"
    )


def _groups(lattice: Lattice, kept: Places, rows: str) -> list[str]:
    """Rows by keys, state, entry and the places they reach; where ages are told, cut into a part for each band."""
    bounds = f"from_month <= {kept.months[-1]} AND to_month >= {kept.months[0]}"
    if "age" not in lattice.keys:
        return [_group(lattice, kept, f"(SELECT * FROM {rows} WHERE {bounds}) AS r", "from_month", "to_month", "entry", {})]
    begin = f"greatest(from_month, {kept.months[0]})"
    aged = f"SELECT *, {band(f'{begin} + {BIRTH_TO_MONTH} - birth')} AS band FROM {rows} WHERE {bounds}"
    parts = [
        _group(lattice, kept, f"({aged}) AS r", "from_month", f"least(to_month, {_band_begins(1)} - 1)", "entry", {"age": "band"})
    ]
    for later in range(1, (kept.months[-1] - kept.months[0]) // _BAND + 2):
        reached = f"band + {later} < {len(LISTS['age'])} AND {_band_begins(later)} <= least(to_month, {kept.months[-1]})"
        source = f"(SELECT * FROM ({aged}) AS a WHERE {reached}) AS r"
        last = f"least(to_month, {_band_begins(later + 1)} - 1)"
        parts.append(_group(lattice, kept, source, _band_begins(later), last, "0", {"age": f"band + {later}"}))
    return parts


def _band_begins(later: int) -> str:
    """The month in which somebody in `band` comes into the band so many further; far away where there is none."""
    begins = f"birth - {BIRTH_TO_MONTH} + 180 + (band + {later - 1}) * {_BAND}"
    return f"(CASE WHEN band + {later} < {len(LISTS['age'])} THEN {begins} ELSE 20000 END)"


def _group(lattice: Lattice, kept: Places, source: str, first: str, last: str, entry: str, given: dict[str, str]) -> str:
    keys = [f"{given.get(name, _key(lattice, name))} AS {name}" for name in lattice.keys]
    at_first, at_last = kept.first_from(first), kept.last_upto(last)
    shown = "0" if entry == "0" else f"CASE WHEN entry <> 0 AND {at_first} = {kept.last_upto(first)} THEN entry ELSE 0 END"
    told = ", ".join([*keys, "state", f"{shown} AS entry", f"{at_first} AS first_at", f"{at_last} AS last_at"])
    inner = f"SELECT {told} FROM {source}"
    names = ", ".join([*lattice.keys, "state", "entry", "first_at", "last_at"])
    return f"SELECT {names}, count(*) AS n FROM ({inner}) AS p WHERE first_at <= last_at GROUP BY {names}"


def _deaths(lattice: Lattice, kept: Places, rows: str) -> str:
    """Those who were active the month before and died, in the month they are missing."""
    gone = "to_month + 1"
    age = band(f"{gone} + {BIRTH_TO_MONTH} - birth")
    keys = ", ".join(f"{age if name == 'age' else _key(lattice, name)} AS {name}" for name in lattice.keys)
    names = ", ".join(lattice.keys)
    chosen = f"died AND state = {ACTIVE} AND {gone} BETWEEN {kept.months[0]} AND {kept.months[-1]}"
    inner = f"SELECT {keys}, {kept.first_from(gone)} AS slot, {kept.last_upto(gone)} AS also FROM {rows} WHERE {chosen}"
    return f"SELECT {names}, slot, count(*) AS n FROM ({inner}) AS p WHERE slot = also GROUP BY {names}, slot"


def _key(lattice: Lattice, name: str) -> str:
    return lattice.place if name == "regency" else name
