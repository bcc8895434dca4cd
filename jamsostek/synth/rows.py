"""People of one province, row by row, as Arrow tables of at most 1,048,576 rows.

Groups of people have planned sizes (see `plan`). Row i takes seat (i x m + b) mod n, with m without a common divisor
with n, and rows of a block are shuffled: every seat is taken exactly once, so every group comes out at its planned
number, mixed through the file, without sorting or keeping the province in memory. The seat's rank in its group gives
birth date and sub-district: each day of a five-year band is used once before any is used twice.

The NIK ends in the serial 0000, which is never issued: it is the number of no one. What keeps numbers apart within a
regency, birth date and sex is the sub-district: codes to the province's usual count, more (to 99) only where
needed. Columns that the law does not ask of a segment hold the first choice, false or 0; nothing is null.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from jamsostek.core.months import month_index
from jamsostek.core.nik import WOMAN, compose
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as assumed
from jamsostek.synth.names import SLOTS, names_of
from jamsostek.synth.plan import BAND_DAYS, BAND_FIRST_DAY, DISTRICTS, ProvincePlan, Work
from jamsostek.synth.wages import wages

CHUNK_ROWS = 1_048_576
"""Rows of a row group."""
_BLOCK_ROWS = 32_768
"""Rows computed at once: few enough to stay in the processor's cache."""

PARTICIPANTS_OF_PROVINCE = 10**9
"""A participant's number is the province code and then the row's place in the province, from 1: eleven digits."""

CHOICES = {
    "sex": assumed.SEXES,
    "segment": assumed.SEGMENTS,
    "risk_class": assumed.RISK_CLASSES,
    "scale": assumed.SCALES,
    "sector": assumed.SECTORS,
    "payer": assumed.PAYERS,
    "route": assumed.ROUTES,
}
_CHOICE = pa.dictionary(pa.int8(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field(name, kind, nullable=False)
        for name, kind in (
            ("participant", pa.int64()),
            ("nik", pa.int64()),
            ("name", pa.dictionary(pa.int16(), pa.string())),
            ("sex", _CHOICE),
            ("birth_date", pa.date32()),
            ("regency", pa.int32()),
            ("segment", _CHOICE),
            ("wage_rupiah", pa.int64()),
            ("risk_class", _CHOICE),
            ("scale", _CHOICE),
            ("labour_intensive", pa.bool_()),
            ("jkp_member", pa.bool_()),
            ("sector", _CHOICE),
            ("payer", _CHOICE),
            ("jht_member", pa.bool_()),
            ("route", _CHOICE),
            ("contract_months", pa.int16()),
            ("contract_start", pa.int32()),
        )
    ]
)

_FIRST_STEP, _SECOND_STEP = 0.7548776662466927, 0.5698402909980532
"""Steps of the two permutations: 1/g and 1/g^2 with g^3 = g + 1, which fill the square evenly (the R2 sequence)."""

Columns = dict[str, np.ndarray]


class Seats:
    """A permutation of 0 to n-1: row i sits at (i x step + first) mod n, rows of a block in random order."""

    def __init__(self, count: int, step: float, rng: np.random.Generator) -> None:
        self.count = count
        self._step = _coprime(count, step)
        self._first = int(rng.integers(count)) if count else 0
        self._ahead = np.arange(min(count, _BLOCK_ROWS), dtype=np.int64) * self._step % max(count, 1)

    def take(self, start: int, stop: int, rng: np.random.Generator) -> Int64Array:
        """The seats of rows `start` to `stop`, at most a block of them."""
        # Unshuffled, the steps are so regular that the file compresses to nothing and no machine would meet a surprise.
        seats = self._ahead[rng.permutation(stop - start)] + (start * self._step + self._first) % self.count
        seats -= self.count * (seats >= self.count)
        return seats


def _coprime(count: int, step: float) -> int:
    """The whole number nearest above `count` x `step` that shares no divisor with `count`."""
    candidate = max(1, int(count * step))
    while math.gcd(candidate, count) > 1:
        candidate += 1
    return candidate


@cache
def _calendar() -> tuple[Int64Array, Int64Array, Int64Array]:
    """Birth days by band in the order they are given out, the same as digits of a NIK, and where each band begins.

    The order jumps about the band, so that a handful of people are not all born in the same month.
    """
    days = np.concatenate(
        [
            first + np.arange(count) * _coprime(int(count), _FIRST_STEP) % count
            for first, count in zip(BAND_FIRST_DAY, BAND_DAYS, strict=True)
        ]
    )
    return days, compose(0, days, False, 0), np.cumsum(BAND_DAYS) - BAND_DAYS


@dataclass(frozen=True)
class _Who:
    """The groups (sex, regency, age band) of one segment, flat, with what a person of each needs."""

    ends: Int64Array
    before_first: Int64Array
    """A seat less this is the person's rank among all of that sex, regency and band in the province."""
    days: Int64Array
    calendar_start: Int64Array
    districts: Int64Array
    nik_base: Int64Array
    """Regency, sub-district 01 and the 40 of a woman, at their places."""
    regency: np.ndarray
    sex: np.ndarray
    name_start: Int64Array


@dataclass(frozen=True)
class _Segment:
    number: int
    start: int
    """The segment's first row in the province."""
    who: _Who
    work: Work
    work_ends: Int64Array
    who_seats: Seats
    work_seats: Seats


def segments_of(plan: ProvincePlan, seed: int) -> list[_Segment]:
    """The segments of a province, ready to be written, by its plan and the nation's seed."""
    rng = _random(seed, plan.code)
    shift = rng.integers(BAND_DAYS, size=plan.who.shape[1:])
    starts = np.cumsum(plan.segments) - plan.segments
    segments = []
    for number, (count, work) in enumerate(zip(plan.segments.tolist(), plan.work, strict=True)):
        segments.append(
            _Segment(
                number=number,
                start=int(starts[number]),
                who=_who(plan, number, shift),
                work=work,
                work_ends=np.cumsum(work.people),
                who_seats=Seats(count, _FIRST_STEP, rng),
                work_seats=Seats(count, _SECOND_STEP, rng),
            )
        )
    return segments


def _random(seed: int, *key: int) -> np.random.Generator:
    """Random numbers of their own for each province and chunk, whatever the order in which they are made."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def _who(plan: ProvincePlan, number: int, shift: Int64Array) -> _Who:
    shape = plan.who.shape[1:]
    people = plan.who[number].ravel()
    everyone = plan.who.sum(axis=0)
    rank = (plan.who[:number].sum(axis=0) + shift).ravel()
    needed = (-(-everyone // BAND_DAYS)).max(axis=(0, 2))
    districts = np.clip(needed, plan.usual_districts, DISTRICTS)
    sex, regency, band = (axis.ravel() for axis in np.indices(shape))
    codes = np.array(plan.regencies, dtype=np.int64)[regency]
    ends = np.cumsum(people)
    return _Who(
        ends=ends,
        before_first=ends - people - rank,
        days=BAND_DAYS[band],
        calendar_start=_calendar()[2][band],
        districts=districts[regency],
        nik_base=(codes * 100 + 1) * 10**10 + sex * WOMAN * 10**8,
        regency=codes.astype(np.int32),
        sex=sex.astype(np.int8),
        name_start=sex * SLOTS,
    )


def chunks(plan: ProvincePlan, seed: int) -> Iterator[pa.Table]:
    """The rows of a province, by segment, in tables of `CHUNK_ROWS` (the last one shorter).

    A table's memory is used again for the next: write it before asking for more.
    """
    segments = segments_of(plan, seed)
    columns = _room(min(plan.people, CHUNK_ROWS))
    for number, start in enumerate(range(0, plan.people, CHUNK_ROWS)):
        stop = min(start + CHUNK_ROWS, plan.people)
        rng = _random(seed, plan.code, number)
        columns["participant"][: stop - start] = np.arange(start + 1, stop + 1) + plan.code * PARTICIPANTS_OF_PROVINCE
        for segment in segments:
            first, last = max(start, segment.start), min(stop, segment.start + segment.who_seats.count)
            for at in range(first, last, _BLOCK_ROWS):
                end = min(at + _BLOCK_ROWS, last)
                block = {name: column[at - start : end - start] for name, column in columns.items()}
                _fill(block, plan, segment, at - segment.start, end - segment.start, rng)
        yield _table({name: column[: stop - start] for name, column in columns.items()}, plan.code)


def _room(rows: int) -> Columns:
    """Memory for the columns; a choice is its place in the vocabulary until it becomes Arrow."""
    kinds = {"name": np.int16, "birth_date": np.int32}
    return {
        field.name: np.empty(
            rows,
            dtype=kinds.get(field.name)
            or (np.int8 if field.name in CHOICES or field.type == pa.bool_() else field.type.to_pandas_dtype()),
        )
        for field in SCHEMA
    }


def _fill(block: Columns, plan: ProvincePlan, segment: _Segment, start: int, stop: int, rng: np.random.Generator) -> None:
    """Writes rows `start` to `stop` of a segment into the block's columns."""
    bits = rng.integers(0, 2**64, size=stop - start, dtype=np.uint64).view(np.int64)
    _fill_who(block, plan, segment.who, segment.who_seats.take(start, stop, rng), bits >> 32 & 0xFFFF)
    block["segment"][:] = segment.number
    group = np.searchsorted(segment.work_ends, segment.work_seats.take(start, stop, rng), side="right")
    for name in ("risk_class", "scale", "labour_intensive", "jkp_member", "sector", "payer", "jht_member", "route"):
        _choose(block[name], segment.work, name, group)
    _choose(block["contract_months"], segment.work, "contract_months", group)
    block["contract_start"][:] = 0
    block["wage_rupiah"][:] = 0
    spare = bits >> 48 & 0xFFFF
    if segment.number == assumed.MIGRANT:
        _fill_contract(block, spare)
    else:
        model = segment.work.columns["wage_model"][group]
        block["wage_rupiah"][:] = wages(model, bits & 0xFFFFFFFF, plan.minimum_rupiah)
    if segment.number == assumed.BPU:
        lowest = (block["payer"] > 0) | (spare * 1_000 >> 16 < assumed.DECLARED_LOWEST_OF_SELF)
        block["wage_rupiah"][lowest] = assumed.LOWEST_INCOME_RUPIAH


def _choose(column: np.ndarray, work: Work, name: str, group: Int64Array) -> None:
    if name in work.columns:
        column[:] = work.columns[name].astype(column.dtype)[group]
    else:
        column[:] = 0


def _fill_who(block: Columns, plan: ProvincePlan, who: _Who, seats: Int64Array, draw: Int64Array) -> None:
    days, digits, _ = _calendar()
    cell = np.searchsorted(who.ends, seats, side="right")
    rank = seats - who.before_first[cell]
    turn, place = np.divmod(rank, who.days[cell])
    district = (turn + 7 * place) % who.districts[cell]
    place += who.calendar_start[cell]
    block["nik"][:] = who.nik_base[cell] + digits[place] + district * 10**10
    block["birth_date"][:] = days[place]
    block["regency"][:] = who.regency[cell]
    block["sex"][:] = who.sex[cell]
    block["name"][:] = names_of(plan.code).draw[who.name_start[cell] + draw]


def _fill_contract(block: Columns, spare: Int64Array) -> None:
    """Contracts that run in the month the nation is seen, begun in any of their months."""
    begun = month_index(assumed.CONTRACTS_RUN_IN) - (spare * block["contract_months"] >> 16)
    block["contract_start"][:] = begun // 12 * 100 + begun % 12 + 1


@cache
def _choices(column: str) -> pa.Array:
    return _texts(CHOICES[column])


@cache
def _names(province: int) -> pa.Array:
    return _texts(names_of(province).values)


def _table(columns: Columns, province: int) -> pa.Table:
    return pa.Table.from_arrays([_array(columns[field.name], field, province) for field in SCHEMA], schema=SCHEMA)


def _array(column: np.ndarray, field: pa.Field, province: int) -> pa.Array:
    """A column as Arrow over the same memory, which `pa.array` does too, but it first imports pandas where it can."""
    if pa.types.is_dictionary(field.type):
        values = _names(province) if field.name == "name" else _choices(field.name)
        return pa.DictionaryArray.from_arrays(_over(column, field.type.index_type), values, safe=False)
    if field.type == pa.bool_():
        return _over(np.packbits(column, bitorder="little"), field.type, len(column))
    return _over(column, field.type)


def _over(column: np.ndarray, kind: pa.DataType, rows: int | None = None) -> pa.Array:
    return pa.Array.from_buffers(kind, len(column) if rows is None else rows, [None, pa.py_buffer(column)])


def _texts(values: tuple[str, ...]) -> pa.Array:
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)
