"""The registry read into people and spells: one person for all their numbers, cover as the registry itself counts it.

Work for an employer covers as reported, whoever paid (PP 44/2015 Pasal 38). Own cover, sponsors' and migrants' is split where
months are paid and unpaid by the registry's own judge (`timeline.spells_of`, ADR 18): what a card says and what the cube counts
is one rule. Somebody who died counts up to that month.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from jamsostek.core.months import span
from jamsostek.core.regions import REGENCIES
from jamsostek.coverage.cube.folding import tables
from jamsostek.coverage.cube.homes import moved
from jamsostek.coverage.cube.schema import DISABILITIES, OCCUPATIONS, OPEN, PAYERS, PROGRAMMES, SEGMENTS, SEXES, at
from jamsostek.registry import occupations
from jamsostek.registry.choices import EmployerKind, Segment
from jamsostek.registry.kbli import DIVISIONS
from jamsostek.registry.queries.everybody import copy_everybody, covered_otherwise
from jamsostek.registry.queries.timeline import Spell, programmes_of_worker, spells_of

AT_ONCE = 5_000
FIRST_LAW = 201506
"""The first month our law knows wage earners' programmes for; earlier work counts under those of that month."""
SCALES = ("micro", "small", "medium", "large")
_BY_KIND = {
    EmployerKind.GOVERNMENT: "kbli_o", EmployerKind.VILLAGE_OFFICE: "kbli_o", EmployerKind.CONSTRUCTION: "kbli_f",
    EmployerKind.HOUSEHOLD: "kbli_rstu", EmployerKind.COMPANY: "other",
}  # fmt: skip
"""Industry where an employer's KBLI is not known."""
Tell = Callable[[str, int, int], None]
_SPELL = pa.schema(
    [
        ("participant", pa.int64()), ("from_month", pa.int32()), ("to_month", pa.int32()), ("covers", pa.bool_()),
        ("programmes", pa.int32()), ("cover", pa.int64()), ("placement", pa.int64()),
    ]
)  # fmt: skip


def read_registry(con: duckdb.DuckDBPyConnection, folder: Path, month: int, tell: Tell | None = None) -> None:
    """Fills `people` and `spells` as known in a month; needs a scope that sees everybody."""
    tables(con)
    with tempfile.TemporaryDirectory(dir=folder, prefix="csv-") as place:
        for name, file in copy_everybody(Path(place)).items():
            columns = ", ".join(f"'{one}': '{kind}'" for one, kind in _CSV[name].items())
            con.execute(f"CREATE TABLE r_{name} AS FROM read_csv('{file}', columns = {{{columns}}}, {_WRITTEN})").fetchall()
            file.unlink()
    _judged(con, month, tell)
    moved(con)
    _lists(con, month)
    for sql in (_SAME, _PEOPLE, _FORMER, _JOBS, _OTHERS):
        con.execute(sql).fetchall()


def _judged(con: duckdb.DuckDBPyConnection, month: int, tell: Tell | None) -> None:
    """Cover that is not work for an employer, split where it counts and where it does not, so many people at once."""
    con.register("part", _SPELL.empty_table())
    con.execute("CREATE TABLE r_judged AS FROM part").fetchall()
    done = 0
    for ids in covered_otherwise(AT_ONCE):
        told = [
            _line(person, spell) for person, spells in spells_of(ids, month).items() for spell in spells if spell.kind != "work"
        ]
        con.register("part", pa.Table.from_pylist(told, _SPELL))
        con.execute("INSERT INTO r_judged FROM part").fetchall()
        done += len(ids)
        if tell:
            tell("covers", done, 0)
    con.unregister("part")


def _line(person: int, spell: Spell) -> dict[str, object]:
    return {
        "participant": person, "from_month": spell.from_month, "to_month": spell.to_month, "covers": spell.covers,
        "programmes": mask(spell.programmes), "cover": spell.cover_id, "placement": spell.placement_id,
    }  # fmt: skip


def mask(programmes: Iterable[str]) -> int:
    """Programmes as bits."""
    return sum(1 << PROGRAMMES.index(one) for one in programmes)


def _lists(con: duckdb.DuckDBPyConnection, month: int) -> None:
    """What the rows are translated by."""
    former = [(one.code_before_2022, one.code) for one in REGENCIES.values() if one.code_before_2022]
    written = [text for (text,) in con.execute("SELECT DISTINCT occupation FROM r_covers").fetchall()]
    _table(con, "l_former", {"former": pa.int64(), "code": pa.int64()}, former)
    _table(con, "l_work", {"text": pa.string(), "work": pa.int32()}, [(text, _work(text)) for text in written])
    sections = [
        (f"{division:02d}", OCCUPATIONS.index(f"kbli_{name}"))
        for name, first, last in DIVISIONS
        for division in range(first, last + 1)
    ]
    _table(con, "l_section", {"division": pa.string(), "work": pa.int32()}, sections)
    kinds = [(str(kind), OCCUPATIONS.index(name)) for kind, name in _BY_KIND.items()]
    _table(con, "l_kind", {"kind": pa.string(), "work": pa.int32()}, kinds)
    places = [*((str(one), SEGMENTS.index(one)) for one in SEGMENTS)]
    _table(con, "l_segment", {"segment": pa.string(), "place": pa.int32()}, places)
    _table(con, "l_payer", {"payer": pa.string(), "place": pa.int32()}, [(one, PAYERS.index(one)) for one in PAYERS])
    _table(
        con, "l_disability", {"kind": pa.string(), "place": pa.int32()}, [(one, DISABILITIES.index(one)) for one in DISABILITIES]
    )
    columns = {"scale": pa.string(), "segment": pa.string(), "since": pa.int32(), "upto": pa.int32(), "programmes": pa.int32()}
    _table(con, "l_law", columns, _programmes_by_months(month))


def _table(con: duckdb.DuckDBPyConnection, name: str, columns: dict[str, pa.DataType], rows: Iterable[Sequence[object]]) -> None:
    listed = [dict(zip(columns, row, strict=True)) for row in rows]
    con.register("part", pa.Table.from_pylist(listed, pa.schema(list(columns.items()))))
    con.execute(f"CREATE TABLE {name} AS FROM part").fetchall()
    con.unregister("part")


def _work(text: str | None) -> int:
    key = occupations.kind_of(text or "")
    return OCCUPATIONS.index(key if key not in ("", occupations.NONE) else occupations.OTHER.key)


def _programmes_by_months(month: int) -> list[tuple[str, str, int, int, int]]:
    """What an employer of each scale must give each segment, and in which months: from ever till further notice."""
    found = []
    for scale in SCALES:
        for segment in Segment:
            runs: list[list[int]] = []
            for one in span(FIRST_LAW, max(month, FIRST_LAW)):
                given = mask(programmes_of_worker(one, scale, segment))
                if not runs or runs[-1][1] != given:
                    runs.append([at(one), given])
            runs[0][0] = 0
            ends = [since - 1 for since, _given in runs[1:]] + [OPEN]
            found += [(scale, str(segment), since, end, given) for (since, given), end in zip(runs, ends, strict=True)]
    return found


def _month(column: str) -> str:
    """A column YYYYMM as the files count, `OPEN` where it is null."""
    return f"coalesce(({column} // 100 - 2009) * 12 + {column} % 100 - 1, {OPEN})"


def _day(column: str) -> str:
    return f"(year({column}) - 2009) * 12 + month({column}) - 1"


_SAME = """
    CREATE TABLE l_person AS
    SELECT p.id, dense_rank() OVER (ORDER BY coalesce(m.into_id, p.id)) AS person, m.source IS NULL AS goes_on
    FROM r_people AS p LEFT JOIN r_merged AS m ON m.source = p.id
"""
_PEOPLE = f"""
    INSERT INTO people
    WITH first AS (
        SELECT person, min(since) AS since FROM (
            SELECT w.person, greatest({_day("registered_on")}, 0) AS since FROM r_people JOIN l_person AS w USING (id)
            UNION ALL SELECT w.person, {_month("from_month")} FROM r_jobs AS j JOIN l_person AS w ON w.id = j.participant
            UNION ALL SELECT w.person, {_month("from_month")} FROM r_judged AS j JOIN l_person AS w ON w.id = j.participant
        ) GROUP BY person
    )
    SELECT w.person, first.since, coalesce({_day("p.died_on")}, {OPEN}), p.died_on IS NOT NULL,
        CASE p.sex WHEN '{SEXES[0]}' THEN 0 ELSE 1 END, (year(p.birth_date) - 1900) * 12 + month(p.birth_date) - 1,
        coalesce(d.place, 0), coalesce(f.code, p.regency), coalesce(p.village % 1000000, 0)
    FROM r_people AS p JOIN l_person AS w ON w.id = p.id AND w.goes_on JOIN first USING (person)
    LEFT JOIN l_former AS f ON f.former = p.regency LEFT JOIN l_disability AS d ON d.kind = p.disability
"""
_FORMER = """
    INSERT INTO former
    SELECT w.person, h.from_month, h.to_month, coalesce(f.code, h.regency), coalesce(h.village % 1000000, 0)
    FROM r_former AS h JOIN l_person AS w ON w.id = h.participant AND w.goes_on LEFT JOIN l_former AS f ON f.former = h.regency
"""
_JOBS = f"""
    INSERT INTO spells
    SELECT w.person, greatest({_month("j.from_month")}, l.since), least({_month("j.to_month")}, l.upto), true, s.place,
        l.programmes, {PAYERS.index("employer")}, coalesce(k.work, e.work), coalesce(f.code, j.office)
    FROM r_jobs AS j JOIN l_person AS w ON w.id = j.participant
    JOIN l_law AS l ON l.scale = j.scale AND l.segment = j.segment
        AND l.since <= {_month("j.to_month")} AND l.upto >= {_month("j.from_month")}
    JOIN l_segment AS s ON s.segment = j.segment JOIN l_kind AS e ON e.kind = j.kind
    LEFT JOIN l_section AS k ON k.division = j.kbli[:2] LEFT JOIN l_former AS f ON f.former = j.office
"""
_OTHERS = f"""
    INSERT INTO spells
    SELECT w.person, {_month("j.from_month")}, {_month("j.to_month")}, j.covers, s.place, j.programmes, y.place,
        CASE WHEN j.placement IS NOT NULL THEN {OCCUPATIONS.index("abroad")} ELSE o.work END,
        coalesce(f.code, CASE WHEN j.placement IS NOT NULL THEN coalesce(a.office, 0)
            WHEN c.region IS NULL OR c.region < 11 THEN 0
            WHEN c.region < 100 THEN c.region * 100
            WHEN c.region < 10000 THEN c.region WHEN c.region < 1000000 THEN c.region // 100 ELSE c.region // 1000000 END)
    FROM r_judged AS j JOIN l_person AS w ON w.id = j.participant
    LEFT JOIN r_covers AS c ON c.id = j.cover LEFT JOIN r_placements AS a ON a.id = j.placement
    LEFT JOIN l_work AS o ON o.text = c.occupation
    LEFT JOIN l_former AS f
        ON f.former = coalesce(a.office, CASE WHEN c.region > 1000000 THEN c.region // 1000000 ELSE c.region END)
    JOIN l_segment AS s ON s.segment = CASE WHEN j.placement IS NOT NULL THEN 'migrant'
        WHEN c.payer = 'self' THEN 'bpu_self' ELSE 'bpu_sponsored' END
    JOIN l_payer AS y ON y.payer = CASE WHEN j.placement IS NOT NULL THEN 'placement' ELSE c.payer END
"""

_WRITTEN = "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
"""As PostgreSQL writes CSV; nothing is guessed, so that a file without a line is read too."""
_CSV = {
    "people": {
        "id": "BIGINT", "sex": "VARCHAR", "birth_date": "DATE", "regency": "INTEGER", "village": "BIGINT",
        "disability": "VARCHAR", "registered_on": "DATE", "died_on": "DATE",
    },
    "homes": {"id": "BIGINT", "change": "BIGINT", "regency": "INTEGER", "village": "BIGINT", "since": "DATE"},
    "merged": {"source": "BIGINT", "into_id": "BIGINT"},
    "jobs": {
        "participant": "BIGINT", "segment": "VARCHAR", "from_month": "INTEGER", "to_month": "INTEGER", "scale": "VARCHAR",
        "kbli": "VARCHAR", "kind": "VARCHAR", "office": "INTEGER",
    },
    "covers": {"id": "BIGINT", "payer": "VARCHAR", "region": "BIGINT", "occupation": "VARCHAR"},
    "placements": {"id": "BIGINT", "office": "INTEGER"},
}  # fmt: skip
