"""One batch of workers to one batch of lines: bill and allocation of a month, segment by segment, by the law's own kernels.

This is all that the engines share and all they compute with. Input columns and their meaning are INPUT, output OUTPUT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.core.errors import InputError, nearest
from jamsostek.core.months import parse_month
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import _
from jamsostek.law import Law
from jamsostek.law.engine import NO_DATE, RISK_CLASSES, SCALES
from jamsostek.law.programmes import Worker
from jamsostek.law.segments import contribution as segments

Int64: TypeAlias = npt.NDArray[np.int64]
SEGMENTS = ("pu", "non_asn", "bpu", "construction", "migrant")
BLOCK = 8_192
"""Rows computed at once: more and the temporaries leave the cache, fewer and Python shows."""

CHOICES: dict[str, tuple[str, ...]] = {
    "segment": SEGMENTS,
    "risk_class": RISK_CLASSES,
    "scale": SCALES,
    "sector": segments.SECTORS,
    "payer": segments.PAYERS,
    "route": segments.ROUTES,
}
INPUT: dict[str, str] = {
    "participant": "int64",
    "segment": "choice",
    "wage_rupiah": "int64",
    "birth_date": "date",
    "risk_class": "choice",
    "scale": "choice",
    "labour_intensive": "flag",
    "jkp_member": "flag",
    "sector": "choice",
    "payer": "choice",
    "jht_member": "flag",
    "route": "choice",
    "contract_months": "int64",
    "contract_start": "int64",
}
"""Columns a population needs. `wage_rupiah` is the monthly wage, for BPU the income; the rest by the law's own names."""

_SMALL, _WIDE = pa.int32(), pa.int64()
OUTPUT: dict[str, pa.DataType] = {
    "jkk_rupiah": _SMALL,
    "jkm_rupiah": _SMALL,
    "jht_employer_rupiah": _WIDE,
    "jht_worker_rupiah": _SMALL,
    "jp_employer_rupiah": _SMALL,
    "jp_worker_rupiah": _SMALL,
    "jp_deferred_rupiah": _SMALL,
    "package_rupiah": _SMALL,
    "total_rupiah": _WIDE,
    "jkk_fund_rupiah": _SMALL,
    "jkm_fund_rupiah": _SMALL,
    "jkp_from_jkk_rupiah": _SMALL,
    "jkp_from_jkm_rupiah": _SMALL,
    "jkp_government_rupiah": _SMALL,
}
"""Lines of a month, whole rupiah: the bill to `total`, then the allocation. 32 bits where the law's maximum fits (a test holds it).

BPU pay JHT in `jht_worker`; a migrant's package covers JKK and JKM in one sum, in the month the contract starts.
"""
SEGMENT_INPUTS: dict[str, tuple[str, ...]] = {
    "pu": ("wage_rupiah", "birth_date", "risk_class", "scale", "labour_intensive", "jkp_member"),
    "non_asn": ("wage_rupiah",),
    "bpu": ("wage_rupiah", "sector", "payer", "jht_member"),
    "construction": ("wage_rupiah",),
    "migrant": ("route", "contract_months", "contract_start"),
}


def check_schema(schema: pa.Schema, where: str) -> None:
    """Refuses a population that lacks a column, naming the nearest it has, or has one of another kind."""
    for name, kind in INPUT.items():
        if name not in schema.names:
            close = nearest(name, schema.names)
            remedy = _("Yang paling mirip: {name}.").format(name=close) if close else None
            raise InputError(_("{where}: kolom {name} tidak ada.").format(where=where, name=name), field=name, remedy=remedy)
        found = schema.field(name).type
        if not _KINDS[kind](found):
            raise InputError(
                _("{where}: kolom {name} berjenis {found}.").format(where=where, name=name, found=found),
                field=name,
                remedy=_("Jenis yang diminta: {kind}.").format(kind=_WANTED[kind]),
            )


def _is_choice(found: pa.DataType) -> bool:
    kind = found.value_type if pa.types.is_dictionary(found) else found
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


_KINDS: dict[str, Any] = {
    "int64": pa.types.is_integer,
    "flag": pa.types.is_boolean,
    "date": pa.types.is_date,
    "choice": _is_choice,
}
_WANTED = {"int64": "int", "flag": "bool", "date": "date32", "choice": "string"}


@dataclass(frozen=True)
class Rejected:
    """A row left out: its number in the batch (from 0), the column, the value seen, the remedy."""

    row: int
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Batch:
    """Workers as arrays by column, checked; `rejected` rows are already left out of the arrays."""

    rows: int
    columns: Mapping[str, Int64]
    rejected: tuple[Rejected, ...]
    kept: Int64 | None


def columns_of(batch: pa.RecordBatch, names: Sequence[str]) -> dict[str, Any]:
    """The named columns as arrays: choices as positions in the vocabulary (-1: unknown), missing numbers as -1, dates as days."""
    return {name: _column(batch.column(name), INPUT[name], name) for name in names if name in INPUT}


def _column(array: pa.Array, kind: str, name: str) -> Any:
    if kind == "choice":
        return _positions(array, CHOICES[name])
    if kind == "date":
        days = array.view(pa.int32()) if pa.types.is_date32(array.type) else array.cast(pa.date32()).view(pa.int32())
        if array.null_count:
            return np.where(array.is_null().to_numpy(zero_copy_only=False), NO_DATE, days.fill_null(0).to_numpy().astype(np.int64))
        return days.to_numpy()
    if array.null_count:
        array = array.fill_null(False if kind == "flag" else -1)
    return array.to_numpy(zero_copy_only=False)


def _positions(array: pa.Array, options: tuple[str, ...]) -> Any:
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    known = [options.index(v) if v in options else -1 for v in array.dictionary.to_pylist()]
    table = np.array([*known, -1], dtype=np.int64)
    indices = array.indices
    if indices.null_count:
        indices = indices.fill_null(len(known))
    return table.take(indices.to_numpy(zero_copy_only=False))


def checked(columns: Mapping[str, Any], batch: pa.RecordBatch) -> Batch:
    """Refuses what no kernel may see; the good rows go on."""
    rows = batch.num_rows
    wage = columns["wage_rupiah"]
    wrong: list[tuple[Any, str, str]] = []
    if rows and (int(wage.min()) < 0 or int(wage.max()) > MAX_MONTHLY_RUPIAH):
        remedy = _("Isi 0 sampai {most}.").format(most=format_rupiah(MAX_MONTHLY_RUPIAH))
        wrong.append(((wage < 0) | (wage > MAX_MONTHLY_RUPIAH), "wage_rupiah", remedy))
    for name, options in CHOICES.items():
        if name in columns and rows and int(columns[name].min()) < 0:
            wrong.append((columns[name] < 0, name, _("Pilihan: {names}.").format(names=", ".join(options))))
    if rows:
        wrong += _wrong_contracts(columns)
    if not wrong:
        return Batch(rows, columns, (), None)
    rejected = tuple(
        Rejected(row, name, str(batch.column(name)[row].as_py()), remedy)
        for mask, name, remedy in wrong
        for row in np.flatnonzero(mask).tolist()
    )
    kept = np.flatnonzero(~np.logical_or.reduce([mask for mask, _name, _remedy in wrong])).astype(np.int64)
    return Batch(len(kept), {n: c[kept] for n, c in columns.items()}, rejected, kept)


def _wrong_contracts(columns: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    migrants = columns["segment"] == SEGMENTS.index("migrant")
    if not migrants.any():
        return []
    months = columns["contract_months"]
    wrong = migrants & ((months < 1) | (months > 600))
    return [(wrong, "contract_months", _("Isi lama kontrak 1 sampai 600 bulan."))] if wrong.any() else []


def compute_lines(law: Law, month: int, columns: Mapping[str, Any], rows: int, out: Mapping[str, Any]) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Fills `out` (arrays of `rows`, zeroed where nothing is due) and yields (segment, workers, sums) of each piece.

    Rows that lie together by segment are computed in place; mixed ones are gathered, computed and put back.
    """
    segment = columns["segment"]
    edges = np.flatnonzero(np.diff(segment)) + 1
    if len(edges) < 64:
        bounds = [0, *edges.tolist(), rows]
        for first, last in zip(bounds, bounds[1:], strict=False):
            if last > first:
                yield from _run(law, month, int(segment[first]), columns, slice(first, last), last - first, out)
        return
    for code in range(len(SEGMENTS)):
        where = np.flatnonzero(segment == code)
        if len(where):
            piece = {n: np.zeros(len(where), dtype=np.int64) for n in OUTPUT} if out else {}
            gathered = {n: columns[n][where] for n in SEGMENT_INPUTS[SEGMENTS[code]]}
            yield from _run(law, month, code, gathered, slice(0, len(where)), len(where), piece)
            for name, values in piece.items():
                out[name][where] = values


def _run(
    law: Law, month: int, code: int, columns: Mapping[str, Any], at: slice, rows: int, out: Mapping[str, Any]
) -> Iterator[tuple[int, int, dict[str, int]]]:
    kernel = KERNELS[SEGMENTS[code]]
    used = [columns[n] for n in SEGMENT_INPUTS[SEGMENTS[code]]]
    sums: dict[str, int] = dict.fromkeys((*OUTPUT, "wage_rupiah"), 0)
    for first in range(at.start, at.stop, BLOCK):
        block = slice(first, min(first + BLOCK, at.stop))
        inputs = [c[block] for c in used]
        found = kernel(law, month, *inputs)
        for name, values in found.items():
            sums[name] += int(values.sum())
            if out:
                out[name][block] = values
        if code != SEGMENTS.index("migrant"):
            sums["wage_rupiah"] += int(inputs[0].sum())
    yield code, rows, sums


# ---- one kernel call a segment, all of them the law's own


def _pu(law: Law, month: int, wage: Int64, birth: Any, risk: Any, scale: Any, labour: Any, jkp: Any) -> dict[str, Int64]:
    worker = Worker(np.array([month]), wage, risk, scale, labour, birth, jkp)
    return _renamed(segments.wage_earner(law, worker))


def _non_asn(law: Law, month: int, wage: Int64) -> dict[str, Int64]:
    return _renamed(segments.non_asn(law, when=np.array([month]), wage_rupiah=wage))


def _renamed(found: dict[str, Any]) -> dict[str, Int64]:
    """The rule's outputs under the names of the lines."""
    found["jkk_rupiah"], found["jkm_rupiah"] = found["jkk_employer_rupiah"], found["jkm_employer_rupiah"]
    return {n: found[n] for n in OUTPUT if n in found}


def _bpu(law: Law, month: int, income: Int64, sector: Int64, payer: Int64, jht: Any) -> dict[str, Int64]:
    found = segments.bpu(law, income_rupiah=income, programmes=3 + 4 * jht.astype(np.int64), sector=sector, payer=payer)
    jkk, jkm = found["jkk_rupiah"], found["jkm_rupiah"]
    return {
        "jkk_rupiah": jkk, "jkm_rupiah": jkm, "jht_worker_rupiah": found["jht_rupiah"], "total_rupiah": found["total_rupiah"],
        "jkk_fund_rupiah": jkk, "jkm_fund_rupiah": jkm,
    }  # fmt: skip


def _construction(law: Law, month: int, wage: Int64) -> dict[str, Int64]:
    found = segments.construction_wage(law, wage_rupiah=wage)
    jkk, jkm = found["jkk_rupiah"], found["jkm_rupiah"]
    return {"jkk_rupiah": jkk, "jkm_rupiah": jkm, "total_rupiah": found["total_rupiah"], "jkk_fund_rupiah": jkk, "jkm_fund_rupiah": jkm}


def _migrant(law: Law, month: int, route: Int64, months: Any, start: Any) -> dict[str, Int64]:
    total = segments.migrant(law, route=route, months=months.astype(np.int64))["total_rupiah"]
    due = total * (start == month)
    return {"package_rupiah": due, "total_rupiah": due}


KERNELS: dict[str, Any] = {"pu": _pu, "non_asn": _non_asn, "bpu": _bpu, "construction": _construction, "migrant": _migrant}


def province_of(path: str) -> int:
    """The province of a file, read off `province=NN` in its path; refuses one that does not exist."""
    for part in path.split("/"):
        if part.startswith("province="):
            code = part.removeprefix("province=")
            if code.isdigit() and int(code) in PROVINCES:
                return int(code)
            close = nearest(code, [str(c) for c in PROVINCES])
            raise InputError(
                _("Provinsi {code!r} tidak dikenal.").format(code=code),
                field="province",
                value=code,
                remedy=_("Maksud Anda {name}?").format(name=close) if close else None,
            )
    raise InputError(
        _("{path} tidak menyebut provinsinya.").format(path=path),
        field="province",
        remedy=_("Letakkan berkas di dalam folder province=KODE, misalnya province=32/part-0.parquet."),
    )


__all__ = ["BLOCK", "INPUT", "OUTPUT", "SEGMENTS", "Batch", "Rejected", "check_schema", "checked", "columns_of", "compute_lines", "parse_month"]
