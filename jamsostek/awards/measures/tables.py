"""Subjects with their measures, one table for each kind."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from django.db import connection

from jamsostek.access.scope import code_of_today
from jamsostek.awards.measures import firms, regions, villages
from jamsostek.awards.measures.frame import Frame, Pairs, asked
from jamsostek.awards.snapshot.schema import DEN, NUM, arrow_schema, columns_of, criteria_of, measures, subjects_of
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.registry.kbli import section_of

Tell = Callable[[str, int, int], None]
"""Hears what is measured, how much is done, of how much."""
MILLION = 1_000_000


def tables(frame: Frame, tell: Tell | None = None) -> dict[str, pa.Table]:
    """One table for each kind of subject that competes."""
    found, kinds = {}, subjects_of(frame.edition)
    regional = regions.measured(frame) if set(kinds) & {"province", "regency"} else {}
    for place, kind in enumerate(kinds):
        if tell:
            tell(kind, place, len(kinds))
        if kind == "employer":
            found[measures(kind)] = _firms(frame)
        elif kind == "village":
            found[measures(kind)] = _pairs(frame, kind, _villages(frame), villages.measured(frame), "no_members")
        else:
            found[measures(kind)] = _pairs(frame, kind, _regions(frame, kind), regional, "no_workers")
    if tell:
        tell("", len(kinds), len(kinds))
    return found


def _zone(frame: Frame, province: int) -> int:
    return list(frame.edition.zones).index(frame.edition.zone_of(province)) + 1


def _row(frame: Frame, key: int, name: str, province: int, **more: Any) -> dict[str, Any]:
    return {
        "key": key, "code": str(key), "name": name, "province": province, "regency": None, "zone": _zone(frame, province),
        "kind": "", "scale": "", "section": "", "population": None, "invented": frame.edition.invented, "absent": "",
    } | more  # fmt: skip


def _regions(frame: Frame, kind: str) -> Iterable[dict[str, Any]]:
    if kind == "province":
        for one in PROVINCES.values():
            yield _row(frame, one.code, one.name, one.code, population=one.population_2024h2)
    else:
        for each in REGENCIES.values():
            yield _row(
                frame, each.code, each.name, each.province_code, regency=each.code, kind=each.kind.split()[0],
                population=each.population_2024h2,
            )  # fmt: skip


def _villages(frame: Frame) -> Iterable[dict[str, Any]]:
    """Villages on the list of regions, under their codes of today; those whose code ended are not among them."""
    seen = set()
    told = asked(
        "SELECT code, name FROM registry_region WHERE level = 4 AND valid_to IS NULL AND successor_code IS NULL ORDER BY code"
    )
    for code, name in told:
        key = villages.of_today(int(code))
        regency = key // MILLION
        if key not in seen and regency in REGENCIES:
            seen.add(key)
            yield _row(frame, key, name, REGENCIES[regency].province_code, regency=regency)


def _pairs(frame: Frame, kind: str, rows: Iterable[dict[str, Any]], told: Mapping[str, Pairs], nothing: str) -> pa.Table:
    """Rows with their measures, by criterion; what is not told of somebody says why."""
    criteria = [(key, told.get(frame.edition.criteria[key].measure, {})) for key in criteria_of(frame.edition, kind)]
    whole = []
    for row in rows:
        why = []
        for key, pairs in criteria:
            found = pairs.get(row["key"], nothing)
            if isinstance(found, str):
                why.append(f"{key}={found}")
                row[f"{NUM}{key}"] = row[f"{DEN}{key}"] = None
            else:
                row[f"{NUM}{key}"], row[f"{DEN}{key}"] = found
        row["absent"] = " ".join(why)
        whole.append(row)
    table = pa.Table.from_pylist(whole, arrow_schema(columns_of(frame.edition, measures(kind))))
    return table.sort_by("key")


_FIRMS = """
    COPY (
        SELECT e.id, e.npp, e.name, e.kind, e.scale, e.kbli, e.regency_code FROM registry_employer e WHERE {where} ORDER BY e.id)
    TO STDOUT (FORMAT csv, HEADER)
"""


def _firms(frame: Frame) -> pa.Table:
    about = _listed(frame)
    codes = about["regency_code"].to_numpy()
    today = {code: code_of_today(int(code)) for code in np.unique(codes).tolist()}
    regency = np.array([today[code] for code in codes.tolist()], np.int64)
    province = np.array([REGENCIES[one].province_code if one in REGENCIES else one // 100 for one in regency.tolist()], np.int64)
    zones = {one: _zone(frame, one) if one in PROVINCES else 0 for one in np.unique(province).tolist()}
    kbli = {one: section_of(one) for one in about["kbli"].unique().to_pylist()}
    section = [kbli[one] for one in about["kbli"].to_pylist()]
    names = sorted({one for one in section if one})
    places = {name: place for place, name in enumerate(["", *names])}
    told = firms.measured(frame, firms.Firms(
        np.asarray(about["id"].to_numpy(), np.int64), np.array([places[one] for one in section], np.int64)
    ))  # fmt: skip
    count = len(section)
    columns: dict[str, Any] = {
        "key": about["id"], "code": about["npp"], "name": about["name"], "province": province, "regency": regency,
        "zone": [zones[one] for one in province.tolist()], "kind": about["kind"], "scale": about["scale"], "section": section,
        "population": pa.nulls(count, pa.int64()), "invented": [frame.edition.invented] * count,
        "absent": _absent(frame, told, count),
    }  # fmt: skip
    for key in criteria_of(frame.edition, "employer"):
        above, below = told.columns[frame.edition.criteria[key].measure]
        mask = below <= 0
        columns[f"{NUM}{key}"], columns[f"{DEN}{key}"] = pa.array(above, mask=mask), pa.array(below, mask=mask)
    schema = arrow_schema(columns_of(frame.edition, measures("employer")))
    return pa.table({name: columns[name] for name in schema.names}).cast(schema)


def _listed(frame: Frame) -> pa.Table:
    """Firms as columns; text is copied out as CSV, which costs a tenth of rows one by one."""
    where = firms.firms_sql(frame)
    found = io.BytesIO()
    with connection.cursor() as wrapped, connection.wrap_database_errors, wrapped.cursor.copy(_FIRMS.format(where=where)) as rows:
        for part in rows:
            found.write(part)
    kinds = {"id": pa.int64(), "regency_code": pa.int64(), **dict.fromkeys(("npp", "name", "kind", "scale", "kbli"), pa.string())}
    found.seek(0)
    if found.getbuffer().nbytes == 0:
        return pa.table({name: pa.array([], kind) for name, kind in kinds.items()})
    options = arrow_csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, quoted_strings_can_be_null=False)
    return arrow_csv.read_csv(found, parse_options=arrow_csv.ParseOptions(newlines_in_values=True), convert_options=options)


def _absent(frame: Frame, told: firms.Firms, count: int) -> list[str]:
    """Why measures are missing: of firms alike the same text."""
    reasons = [
        (f"{key}={why}", mask)
        for key in criteria_of(frame.edition, "employer")
        for why, mask in told.absent[frame.edition.criteria[key].measure].items()
    ]
    bits = np.zeros(count, np.int64)
    for place, (_text, mask) in enumerate(reasons):
        bits |= mask.astype(np.int64) << place
    words = {
        one: " ".join(text for place, (text, _mask) in enumerate(reasons) if one >> place & 1) for one in np.unique(bits).tolist()
    }
    return [words[one] for one in bits.tolist()]
