"""A snapshot of the synthetic nation, for trials of size and speed: people as published figures have them, histories invented.

Nothing here is a figure about Indonesia. Who people are (region, sex, age, segment, payer) comes from `jamsostek synth`; when
they joined, lapsed and came back, in which village they live, who is disabled and who died is drawn from the assumptions below,
so that a trial meets what a registry has: gaps, returns under another segment, two ties at once, budgets that end in December.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from jamsostek.core.months import add_months, month_of
from jamsostek.coverage.cube.folding import Tell, fold, tables
from jamsostek.coverage.cube.schema import LISTS, OPEN, PAYERS, PROGRAMMES, SECTIONS, SEGMENTS, at
from jamsostek.coverage.cube.sql import files_sql

MONTHS = 120
"""Registered in one of so many months up to now, later ones more often."""
DISABLED_PPM, DEAD_PPM, DECLARED_PPM, BOTH_PPM, OTHER_PPM = 15_000, 20_000, 60_000, 40_000, 200_000
"""Of a million: disabled; died since; only declared own cover; job and own cover at once; came back under another segment."""
SPELL_MONTHS = {"pu": (6, 90), "non_asn": (12, 60), "construction": (3, 12), "bpu_self": (3, 30), "migrant": (12, 24)}
"""The shortest spell, and by how much the longest is longer; those paid by a region or village end with their year."""
GAP_MONTHS = 18
_SEGMENT = {"pu": "pu", "non_asn": "non_asn", "construction": "construction", "migrant": "migrant"}
_PAYER = {"apbn": "private", "apbd": "regional_government", "village": "village", "donor": "csr"}
_WORKER = sum(1 << PROGRAMMES.index(one) for one in ("jkk", "jkm", "jht"))
_PENSION = _WORKER | 1 << PROGRAMMES.index("jp") | 1 << PROGRAMMES.index("jkp")


def invent(con: duckdb.DuckDBPyConnection, nation: Path, folder: Path, day: dt.date, tell: Tell | None = None) -> int:
    """Writes rows of the nation in a folder of `jamsostek synth`, as known on a day; tells how many people there are."""
    people, files = 0, sorted(nation.glob("province=*/part-0.parquet"))
    for place, file in enumerate(files):
        tables(con)
        _fill(con, file, at(month_of(day)), people)
        row = con.execute("SELECT count(*) FROM drawn").fetchone()
        people += int(row[0]) if row else 0
        fold(con, folder, few=0)
        if tell:
            tell("rows", place + 1, len(files))
    return people


def first_month(day: dt.date) -> int:
    """The first month anybody was registered in."""
    return add_months(month_of(day), 1 - MONTHS)


def _fill(con: duckdb.DuckDBPyConnection, file: Path, last: int, before: int) -> None:
    con.execute(_DRAWN.format(source=files_sql([file]), last=last, before=before, open=OPEN)).fetchall()
    con.execute(_PEOPLE.format(last=last, open=OPEN)).fetchall()
    for sql in (_FIRST, _SECOND, _THIRD, _BESIDE, _DECLARED):
        con.execute(sql.format(last=last, open=OPEN)).fetchall()


def _draw(number: int, below: str | int) -> str:
    """A number from 0 to before another, always the same for a person and what is drawn."""
    return f"(hash(participant, {number}) % {below})::INTEGER"


def _chosen(column: str, by: dict[str, int]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{name}' THEN {value}" for name, value in by.items()) + " ELSE 0 END"


_LAST = len(LISTS["occupation"]) - 1
_OWN_WORK = f"{1 + len(SECTIONS)} + {_draw(9, _LAST - 1 - len(SECTIONS))}"
_ALL_SEGMENTS = {one: SEGMENTS.index(one) for one in SEGMENTS}
_OWN = "segment = 'bpu' AND payer = 'self'"
_KIND = f"CASE WHEN {_OWN} THEN 'bpu_self' WHEN segment = 'bpu' THEN 'bpu_sponsored' ELSE segment::VARCHAR END"
_LENGTH = " ".join(
    f"WHEN '{name}' THEN {least} + {_draw(10, more)}" for name, (least, more) in SPELL_MONTHS.items()
)  # fmt: skip
_WORKS = f"""
    CASE {_KIND} WHEN 'migrant' THEN {_LAST} WHEN 'bpu_self' THEN {_OWN_WORK} WHEN 'bpu_sponsored' THEN {_OWN_WORK}
    ELSE 1 + {_draw(9, len(SECTIONS))} END
"""
_DRAWN = f"""
    CREATE OR REPLACE TEMP TABLE drawn AS
    SELECT participant, {{before}} + row_number() OVER () AS person, sex, birth_date, regency, scale, jht_member, payer,
        {_KIND} AS kind,
        {{last}} - ({MONTHS - 1} * pow({_draw(1, 10_000)} / 10000.0, 1.5))::INTEGER AS begins,
        CASE WHEN {_draw(2, 1_000_000)} < {DEAD_PPM} THEN {{last}} - {_draw(3, 60)} ELSE {{open}} END AS ends,
        CASE WHEN {_draw(4, 10)} < 7 THEN 0 ELSE 1 + {_draw(5, 6)} END AS waits,
        CASE {_KIND} {_LENGTH} ELSE 12 END AS months, 1 + {_draw(11, GAP_MONTHS)} AS gap, {_WORKS} AS works,
        CASE {_KIND} {_LENGTH.replace("10)", "12)")} ELSE 12 END AS again, {_draw(13, 1_000_000)} AS lot
    FROM {{source}}
"""
_SPELL_OF_YEAR = "CASE WHEN kind = 'bpu_sponsored' THEN ({0} // 12) * 12 + 11 ELSE {0} + {1} - 1 END"
_PEOPLE = f"""
    INSERT INTO people SELECT person, begins, ends, ends < {{open}}, CASE sex WHEN 'female' THEN 1 ELSE 0 END,
        (year(birth_date) - 1900) * 12 + month(birth_date) - 1,
        CASE WHEN {_draw(6, 1_000_000)} < {DISABLED_PPM} THEN 1 + {_draw(7, 5)} ELSE 0 END,
        regency, (1 + {_draw(8, 12)}) * 10000 + 1001 + {_draw(14, 14)}
    FROM drawn WHERE begins <= ends
"""
_PAID = _chosen("payer", {name: PAYERS.index(kind) for name, kind in _PAYER.items()})
_WHO = f"""
    CASE WHEN kind = 'bpu_sponsored' THEN {_PAID} WHEN kind = 'bpu_self' THEN {PAYERS.index("self")}
         WHEN kind = 'migrant' THEN {PAYERS.index("placement")} ELSE {PAYERS.index("employer")} END
"""
_GIVES = f"""
    CASE WHEN kind = 'pu' THEN CASE WHEN scale = 'micro' THEN {_WORKER} ELSE {_PENSION} END
         WHEN jht_member THEN {_WORKER} ELSE 3 END
"""
_OFFICE = f"CASE WHEN kind LIKE 'bpu%' OR {_draw(15, 10)} < 7 THEN regency ELSE regency // 100 * 100 + 1 END"


def _spell(first: str, last: str, where: str, *, other: bool = False) -> str:
    """One spell of those drawn; one that reaches beyond now is open. `other`: some under another segment than they came with."""
    switched = f"lot < {OTHER_PPM} AND kind IN ('pu', 'bpu_self')" if other else "false"
    own, employer = SEGMENTS.index("bpu_self"), SEGMENTS.index("pu")
    segment = f"CASE WHEN {switched} THEN CASE kind WHEN 'pu' THEN {own} ELSE {employer} END"
    payer = f"CASE WHEN {switched} THEN CASE kind WHEN 'pu' THEN {PAYERS.index('self')} ELSE {PAYERS.index('employer')} END"
    return f"""
        INSERT INTO spells SELECT person, {first}, CASE WHEN {last} >= {{last}} THEN {{open}} ELSE {last} END, true,
            {segment} ELSE {_chosen("kind", _ALL_SEGMENTS)} END, {_GIVES}, {payer} ELSE {_WHO} END, works, {_OFFICE}
        FROM drawn WHERE {where} AND {first} <= ends AND {first} <= {{last}}
    """


_FIRST_FROM = "(begins + waits)"
_FIRST_TO = f"({_SPELL_OF_YEAR.format(_FIRST_FROM, 'months')})"
_SECOND_FROM = f"({_FIRST_TO} + CASE WHEN kind = 'bpu_sponsored' THEN 1 + gap % 5 ELSE gap END)"
_SECOND_TO = f"({_SPELL_OF_YEAR.format(_SECOND_FROM, 'again')})"
_THIRD_FROM = f"({_SECOND_TO} + CASE WHEN kind = 'bpu_sponsored' THEN 1 + gap % 5 ELSE 1 + gap // 2 END)"
_NOT_ONLY_DECLARED = f"NOT (kind = 'bpu_self' AND lot >= 1000000 - 4 * {DECLARED_PPM})"
_FIRST = _spell(_FIRST_FROM, _FIRST_TO, _NOT_ONLY_DECLARED)
_SECOND = _spell(_SECOND_FROM, _SECOND_TO, _NOT_ONLY_DECLARED, other=True)
_THIRD = _spell(_THIRD_FROM, f"({_THIRD_FROM} + months)", _NOT_ONLY_DECLARED)
_OWN_COVER = f"{SEGMENTS.index('bpu_self')}, 3, {PAYERS.index('self')}, works, 0"
_BESIDE = f"""
    INSERT INTO spells SELECT person, {_FIRST_FROM} + 2, {{open}}, true, {_OWN_COVER}
    FROM drawn WHERE kind = 'pu' AND lot % 1000000 >= 1000000 - {BOTH_PPM} AND {_FIRST_FROM} + 2 <= least(ends, {{last}})
"""
_DECLARED = f"""
    INSERT INTO spells SELECT person, begins, {{open}}, false, {_OWN_COVER}
    FROM drawn WHERE NOT ({_NOT_ONLY_DECLARED}) AND begins <= ends
"""
