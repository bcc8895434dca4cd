"""One batch of workers to one batch of lines: bill and allocation of a month, segment by segment, by the law's own kernels.

This is all that the engines share and all they compute with. Input columns and their meaning are INPUT, output OUTPUT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.batch.arrow import to_flags, to_numbers
from jamsostek.core.errors import InputError, nearest
from jamsostek.core.months import FIRST_MONTH, LAST_MONTH
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import _
from jamsostek.law import Law
from jamsostek.law.engine import NO_DATE, RISK_CLASSES, SCALES
from jamsostek.law.programmes import Worker, programmes
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
_MOST_SMALL = 2**31 - 1
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
OUTPUT |= {
    output.name: _WIDE
    for programme in programmes()
    for output in programme.outputs
    if output.kind == "rupiah" and output.name not in {*OUTPUT, "jkk_employer_rupiah", "jkm_employer_rupiah", "jp_ceiling_rupiah"}
}  # a new programme is one folder: what it adds to the bill or the allocation is a column here without an entry
"""Lines of a month, whole rupiah: the bill to `total`, then the allocation. 32 bits where the law's maximum fits.

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
    """Workers as arrays by column, checked; rows refused are already left out of the arrays.

    `rejected_count` counts rows; `rejected` tells of the first of them (a row once for each wrong column).
    """

    rows: int
    columns: Mapping[str, Any]
    rejected: tuple[Rejected, ...] = ()
    rejected_count: int = 0


def columns_of(batch: pa.RecordBatch, names: Sequence[str]) -> dict[str, Any]:
    """The named columns as arrays: choices as positions in the vocabulary (-1: unknown), missing numbers as -1, dates as days."""
    return {name: _column(batch.column(name), INPUT[name], name) for name in names if name in INPUT}


def _column(array: pa.Array, kind: str, name: str) -> Any:
    if kind == "choice":
        return _positions(array, CHOICES[name])
    if kind == "flag":
        return to_flags(array.fill_null(False) if array.null_count else array)
    if kind == "date":
        days = array.cast(pa.date32()).view(pa.int32())
        if array.null_count:
            given = to_flags(array.is_valid())
            return np.where(given, to_numbers(days.fill_null(0)), np.int64(NO_DATE))
        return to_numbers(days)
    # Narrow integers would wrap in the kernels, and unsigned ones would turn into floats beside int64.
    return to_numbers(array.fill_null(-1) if array.null_count else array).astype(np.int64, copy=False)


def _positions(array: pa.Array, options: tuple[str, ...]) -> Any:
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    known = [options.index(v) if v in options else -1 for v in array.dictionary.to_pylist()]
    table = np.array([*known, -1], dtype=np.int64)
    indices = array.indices
    if indices.null_count:
        indices = indices.cast(pa.int64()).fill_null(len(known))
    return table.take(to_numbers(indices))


def checked(columns: Mapping[str, Any], batch: pa.RecordBatch, tell: int = 1_000) -> Batch:
    """Refuses what no kernel may see, and describes at most `tell` of it; the good rows go on.

    A column is looked at only where the row's segment uses it: a BPU worker needs no risk class.
    """
    rows = batch.num_rows
    wrong = [*_wrong(columns, batch)] if rows else []
    if not wrong:
        return Batch(rows, columns)
    bad = np.logical_or.reduce([mask for mask, _name, _remedy in wrong])
    kept = np.flatnonzero(~bad)
    rejected = tuple(
        Rejected(row, name, _shown(batch.column(name)[row]), remedy)
        for mask, name, remedy in wrong
        for row in np.flatnonzero(mask)[:tell].tolist()
    )
    told = tuple(sorted(rejected, key=lambda r: r.row)[:tell])
    return Batch(len(kept), {n: c[kept] for n, c in columns.items()}, told, rows - len(kept))


def _wrong(columns: Mapping[str, Any], batch: pa.RecordBatch) -> Iterator[tuple[Any, str, str]]:
    """(rows that are wrong, column, remedy) of each fault there is."""
    wage = columns["wage_rupiah"]
    if int(wage.min()) < 0 or int(wage.max()) > MAX_MONTHLY_RUPIAH:
        mask = ((wage < 0) | (wage > MAX_MONTHLY_RUPIAH)) & _users_of("wage_rupiah", columns)
        if mask.any():
            yield mask, "wage_rupiah", _("Isi 0 sampai {most}.").format(most=format_rupiah(MAX_MONTHLY_RUPIAH))
    for name, options in CHOICES.items():
        if int(columns[name].min()) < 0:
            mask = (columns[name] < 0) & _users_of(name, columns)
            if mask.any():
                yield mask, name, _("Pilihan: {names}.").format(names=", ".join(options))
    if "participant" in columns and batch.column("participant").null_count:
        yield to_flags(batch.column("participant").is_null()), "participant", _("Isi nomor peserta.")
    yield from _wrong_contracts(columns)


def _users_of(name: str, columns: Mapping[str, Any]) -> Any:
    """The rows whose segment asks for the column."""
    if name == "segment":
        return True
    uses = np.array([name in SEGMENT_INPUTS[segment] for segment in SEGMENTS] + [False])
    return uses[columns["segment"]]  # an unknown segment, -1, takes the last: it is told of by itself


def _shown(value: pa.Scalar) -> str:
    return str(value.as_py()) if value.is_valid else _("kosong")


def _wrong_contracts(columns: Mapping[str, Any]) -> Iterator[tuple[Any, str, str]]:
    migrants = columns["segment"] == SEGMENTS.index("migrant")
    if not migrants.any():
        return
    months, start = columns["contract_months"], columns["contract_start"]
    wrong = migrants & ((months < 1) | (months > 600))
    if wrong.any():
        yield wrong, "contract_months", _("Isi lama kontrak 1 sampai 600 bulan.")
    wrong = migrants & ((start < FIRST_MONTH) | (start > LAST_MONTH) | (start % 100 < 1) | (start % 100 > 12))
    if wrong.any():
        yield wrong, "contract_start", _("Isi bulan mulai kontrak sebagai angka, misalnya 202603.")


_MIXED = 64
"""Runs of one segment in a batch; with more of them rows are gathered by segment."""


def compute_lines(
    law: Law, month: int, columns: Mapping[str, Any], rows: int, out: Mapping[str, Any]
) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Fills `out` (arrays of `rows`, zeroed where nothing is due) and yields (segment, workers, sums) of each piece.

    Rows that lie together by segment are computed in place; mixed ones are gathered, computed and put back, block by block.
    """
    segment = columns["segment"]
    edges = np.flatnonzero(np.diff(segment)) + 1
    if len(edges) < _MIXED:
        for first, last in pairwise([0, *edges.tolist(), rows]):
            if last > first:
                blocks = [slice(at, min(at + BLOCK, last)) for at in range(first, last, BLOCK)]
                yield _piece(law, month, int(segment[first]), columns, blocks, last - first, out)
        return
    for code in range(len(SEGMENTS)):
        where = np.flatnonzero(segment == code)
        if len(where):
            gathered = [where[at : at + BLOCK] for at in range(0, len(where), BLOCK)]
            yield _piece(law, month, code, columns, gathered, len(where), out)


def _piece(
    law: Law, month: int, code: int, columns: Mapping[str, Any], blocks: Sequence[Any], rows: int, out: Mapping[str, Any]
) -> tuple[int, int, dict[str, int]]:
    """One segment's rows, given as blocks of them: slices, or places in the batch."""
    kernel = KERNELS[SEGMENTS[code]]
    used = [columns[name] for name in SEGMENT_INPUTS[SEGMENTS[code]]]
    sums: dict[str, int] = dict.fromkeys((*OUTPUT, "wage_rupiah"), 0)
    for block in blocks:
        inputs = [column[block] for column in used]
        for name, values in kernel(law, month, *inputs).items():
            sums[name] += int(values.sum())
            if out:
                _refuse_wide(name, values)
                out[name][block] = values
        if code != SEGMENTS.index("migrant"):
            sums["wage_rupiah"] += int(inputs[0].sum())
    return code, rows, sums


def _refuse_wide(name: str, values: Int64) -> None:
    """NumPy would wrap silently; today's law fits (a test holds it), a reform need not."""
    if OUTPUT[name] == _SMALL and int(values.max()) > _MOST_SMALL:
        raise InputError(
            _("{name} {value} terlalu besar untuk baris hasil.").format(name=name, value=format_rupiah(int(values.max()))),
            field=name,
            remedy=_("Periksa upah dan tarif di berkas --law, atau hitung dengan --summary-only."),
        )


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
    return {
        "jkk_rupiah": jkk,
        "jkm_rupiah": jkm,
        "total_rupiah": found["total_rupiah"],
        "jkk_fund_rupiah": jkk,
        "jkm_fund_rupiah": jkm,
    }


def _migrant(law: Law, month: int, route: Int64, months: Int64, start: Int64) -> dict[str, Int64]:
    starting = start == month
    if not starting.any():
        return {}  # nothing is due, so no tariff need be in force
    due = segments.migrant(law, route=route, months=months)["total_rupiah"] * starting
    return {"package_rupiah": due, "total_rupiah": due}


KERNELS: dict[str, Any] = {"pu": _pu, "non_asn": _non_asn, "bpu": _bpu, "construction": _construction, "migrant": _migrant}


def province_of(path: str) -> int:
    """The province of a file, read off `province=NN` in its path; refuses one that does not exist."""
    for part in path.split("/"):
        if part.startswith("province="):
            code = part.removeprefix("province=")
            if code.isascii() and code.isdigit() and int(code) in PROVINCES:
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
