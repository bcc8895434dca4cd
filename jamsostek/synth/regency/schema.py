"""The columns of every table, and how arrays become them. What each column means stands in the package's docstring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.core.dates import NO_DATE
from jamsostek.core.rupiah import Int64Array

_KINDS = {"int": pa.int64(), "month": pa.int32(), "text": pa.string(), "date": pa.date32(), "bool": pa.bool_()}

_COLUMNS = {
    "districts": "district_code:int name:text office:int",
    "villages": "village_code:int district_code:int name:text kind:text setting:text invented:bool",
    "offices": "office:int name:text kind:text regency_code:int",
    "people": (
        "person:int origin:text segment:text nik:int name:text sex:text birth_date:date mother_name:text regency_code:int "
        "village_code:int? address:text phone:text? bank_name:text? bank_account:text? disability_type:text? "
        "disability_degree:text? died_on:date? member_since:month"
    ),
    "relatives": (
        "relative:int person:int kind:text name:text sex:text birth_date:date nik:int relative_person:int? from_date:date "
        "to_date:date?"
    ),
    "moves": "person:int moved_on:date from_regency:int from_village:int? to_regency:int to_village:int?",
    "spellings": "person:int name:text seen_on:text",
    "duplicates": "person:int twin:int same_person:bool difference:text",
    "employers": (
        "employer:int name:text kind:text kbli:text industry:text risk_class:text scale:text labour_intensive:bool npwp:text "
        "regency_code:int village_code:int office:int registered_month:month workers:int"
    ),
    "units": "unit:int employer:int name:text is_head_office:bool regency_code:int village_code:int",
    "projects": (
        "project:int employer:int name:text owner:text regency_code:int village_code:int basis:text contract_rupiah:int "
        "from_month:month to_month:month"
    ),
    "employments": (
        "employment:int person:int employer:int segment:text unit:int? project:int? position:text from_month:month "
        "to_month:month? recorded_on:date superseded_on:date? version_of:int?"
    ),
    "wages": "employment:int from_month:month wage_rupiah:int",
    "sponsors": "sponsor:int kind:text name:text regency_code:int village_code:int? employer:int? gap_month:month?",
    "covers": (
        "cover:int person:int payer:text sponsor:int? sector:text occupation:text income_rupiah:int jht_member:bool agent:int? "
        "from_month:month to_month:month? recorded_on:date superseded_on:date? version_of:int?"
    ),
    "placements": (
        "placement:int person:int route:text agency:text? country:text contract_start:month contract_months:int recorded_on:date"
    ),
    "agents": "agent:int code:text person:int office:int from_month:month",
    "unregistered": (
        "candidate:int nik:int name:text sex:text birth_date:date mother_name:text regency_code:int village_code:int "
        "sector:text occupation:text"
    ),
    "users": "username:text name:text role:text kind:text target:int person:int? relative:int?",
}


def _schema(columns: str) -> pa.Schema:
    fields = (column.split(":") for column in columns.split())
    return pa.schema([pa.field(name, _KINDS[kind.rstrip("?")], nullable=kind.endswith("?")) for name, kind in fields])


SCHEMAS: Mapping[str, pa.Schema] = {name: _schema(columns) for name, columns in _COLUMNS.items()}
"""Every table's columns in order; those that may be null say so."""


def table(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """The table from one array, list or Arrow array a column; days equal to `NO_DATE` become null dates."""
    schema = SCHEMAS[name]
    if set(columns) != set(schema.names):
        raise ValueError(f"{name}: columns differ: {sorted(set(columns) ^ set(schema.names))}")
    return pa.Table.from_arrays([_column(columns[field.name], field.type) for field in schema], schema=schema)


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        return values.cast(kind)
    if kind == pa.date32():
        days = np.asarray(values, dtype=np.int64)
        none = days == NO_DATE
        return pa.array(np.where(none, 0, days).astype(np.int32), mask=none).cast(kind)
    return pa.array(values, type=kind)


def said(codes: npt.NDArray[Any], options: Sequence[str]) -> pa.Array:
    """Places in a vocabulary as its words."""
    return pa.array(options).take(pa.array(codes))


def unless(missing: npt.NDArray[np.bool_], values: Int64Array) -> pa.Array:
    """Numbers, null where `missing`."""
    return pa.array(values, mask=missing)
