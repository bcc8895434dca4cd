"""Counts the people in a nation's files, knowing nothing of how they were planned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.core.regions import PROVINCES, regencies_of
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as assumed
from jamsostek.synth.plan import BAND_FIRST_DAY, BAND_LAST_DAY
from jamsostek.synth.rows import CHOICES

WAGE_CLASSES = (100, 125, 150, 200, 300, 500, 1_000)
"""Upper bounds of the classes of wages, in percent of the minimum wage; below and exactly 100 % stand alone."""

_COLUMNS = [
    "segment", "sex", "regency", "birth_date", "wage_rupiah", "risk_class", "scale", "labour_intensive", "jkp_member",
    "sector", "payer", "jht_member", "route", "contract_months",
]  # fmt: skip


_BATCH_ROWS = 65_536


@dataclass
class Counts:
    """People of one province, counted."""

    segment_sex: Int64Array
    regency: Int64Array
    """In the order of their codes; the last place counts codes of other provinces."""
    age: Int64Array
    """(segment, age band); the last band counts ages outside all bands."""
    scale_jkp: Int64Array
    scale_intensive: Int64Array
    risk: Int64Array
    """pu only"""
    wage: Int64Array
    """(class,) pu only"""
    payer: Int64Array
    sector: Int64Array
    jht: Int64Array
    route: Int64Array
    months: Int64Array
    """In the order of the assumed lengths; the last place counts others."""

    def add(self, other: Counts) -> None:
        """Adds other people of the same province."""
        for field in fields(self):
            getattr(self, field.name)[...] += getattr(other, field.name)


def count_nation(out: Path, minimum_wages: dict[int, int], threads: int = 1) -> dict[int, Counts]:
    """People in `out/province=*/`, by province code; a province without a folder counts nobody."""
    with ThreadPoolExecutor(threads) as pool:
        counts = pool.map(lambda code: count_province(out / f"province={code}", code, minimum_wages[code]), PROVINCES)
        return dict(zip(PROVINCES, counts, strict=True))


def count_province(folder: Path, code: int, minimum_rupiah: int) -> Counts:
    """People in the Parquet files of one province's folder."""
    total = _nobody(code)
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(_BATCH_ROWS, columns=_COLUMNS, use_threads=False):
                total.add(_count(batch, code, minimum_rupiah))
    return total


def _nobody(code: int) -> Counts:
    segments = len(assumed.SEGMENTS)
    shapes = (
        (segments, 2), len(regencies_of(code)) + 1, (segments, len(assumed.AGE_BANDS) + 1), (4, 2), (4, 2), 5,
        len(WAGE_CLASSES) + 2, 5, 2, 2, 2, len(assumed.CONTRACT_MONTHS) + 1,
    )  # fmt: skip
    return Counts(*(np.zeros(shape, dtype=np.int64) for shape in shapes))


def _count(batch: pa.RecordBatch, code: int, minimum_rupiah: int) -> Counts:
    column = {name: _numbers(batch, name) for name in _COLUMNS}
    segment = column["segment"]
    regencies = np.array([r.code for r in regencies_of(code)])
    pu, bpu, migrant = (segment == number for number in (assumed.PU, assumed.BPU, assumed.MIGRANT))
    scale = column["scale"][pu]
    return Counts(
        segment_sex=_cross(segment, column["sex"], 5, 2),
        regency=np.bincount(_place(column["regency"], regencies), minlength=len(regencies) + 1),
        age=_cross(segment, _age_band(column["birth_date"]), 5, len(assumed.AGE_BANDS) + 1),
        scale_jkp=_cross(scale, column["jkp_member"][pu], 4, 2),
        scale_intensive=_cross(scale, column["labour_intensive"][pu], 4, 2),
        risk=np.bincount(column["risk_class"][pu], minlength=5),
        wage=_wage_classes(column["wage_rupiah"][pu], minimum_rupiah),
        payer=np.bincount(column["payer"][bpu], minlength=5),
        sector=np.bincount(column["sector"][bpu], minlength=2),
        jht=np.bincount(column["jht_member"][bpu], minlength=2),
        route=np.bincount(column["route"][migrant], minlength=2),
        months=np.bincount(
            _place(column["contract_months"][migrant], np.array(assumed.CONTRACT_MONTHS)),
            minlength=len(assumed.CONTRACT_MONTHS) + 1,
        ),
    )


def _numbers(batch: pa.RecordBatch, name: str) -> np.ndarray:
    """A column as whole numbers; a choice as its place in the vocabulary, whatever order the file keeps it in."""
    column = batch.column(name)
    if pa.types.is_dictionary(column.type):
        places = np.array([CHOICES[name].index(value) for value in column.dictionary.to_pylist()], dtype=np.int8)
        return np.asarray(places[_under(column.indices)])
    return _under(column)


def _under(column: pa.Array) -> np.ndarray:
    """The memory under a column without nulls, as `to_numpy` gives it, but that first imports pandas where it can."""
    assert column.null_count == 0
    first, end = column.offset, column.offset + len(column)
    if len(column) == 0:
        return np.empty(0, dtype=np.int8)
    memory = column.buffers()[1]
    if pa.types.is_boolean(column.type):
        return np.unpackbits(np.frombuffer(memory, dtype=np.uint8), bitorder="little")[first:end].view(np.int8)
    kind = np.int32 if pa.types.is_date32(column.type) else column.type.to_pandas_dtype()
    return np.frombuffer(memory, dtype=kind, count=end)[first:]


def _cross(first: np.ndarray, second: np.ndarray, rows: int, columns: int) -> Int64Array:
    # Small numbers until bincount widens them: int8 holds 5 x 11 places.
    return np.bincount(first * np.int8(columns) + second, minlength=rows * columns).reshape(rows, columns)


def _place(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Where each value stands in `known`; one past the end where it does not."""
    beyond = int(known.max()) + 1
    place = np.full(beyond + 1, len(known), dtype=np.int8)
    place[known] = np.arange(len(known))
    return np.asarray(place[np.where((values >= 0) & (values < beyond), values, beyond)])


def _age_band(birth_day: np.ndarray) -> np.ndarray:
    """The age band of each birth day, one past the last for a day in none: by table, as each day has one answer."""
    first, last = int(BAND_FIRST_DAY.min()), int(BAND_LAST_DAY.max())
    band = np.full(last - first + 3, len(assumed.AGE_BANDS), dtype=np.int8)
    for number, (start, stop) in enumerate(zip(BAND_FIRST_DAY, BAND_LAST_DAY, strict=True)):
        band[start - first + 1 : stop - first + 2] = number
    return np.asarray(band[np.clip(birth_day, first - 1, last + 1) - (first - 1)])


def _wage_classes(wages: np.ndarray, minimum_rupiah: int) -> Int64Array:
    bounds = [minimum_rupiah, *(minimum_rupiah * percent // 100 + 1 for percent in WAGE_CLASSES)]
    at_least = [int(np.count_nonzero(wages >= bound)) for bound in bounds]
    return -np.diff([len(wages), *at_least, 0])
