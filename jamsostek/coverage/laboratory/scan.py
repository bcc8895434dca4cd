"""A population read twice: incomes counted for their tenths, then everything added up under all laws at once.

A process a core, a file at a time, batches of bounded size: memory does not grow with the nation. Sums are whole numbers, so the
order in which files end changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.batch.heap import keep_heap
from jamsostek.batch.lines import SEGMENTS, columns_of
from jamsostek.batch.parts import find_parts
from jamsostek.batch.processes import lost_process, pool
from jamsostek.batch.reading import read_batches
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, Int64Array
from jamsostek.core.text import _
from jamsostek.coverage.laboratory.cells import PLACES, SHAPE
from jamsostek.coverage.laboratory.rows import (
    COLUMNS,
    DICTIONARIES,
    MAX_INCOME,
    UNIT_RUPIAH,
    Adder,
    Setup,
    incomes,
    mixed_bits,
    pieces,
)
from jamsostek.synth.published import minimum_wages

SMALL = 50_000
"""Rows for which starting processes costs more than they save."""
MANY_BLOCKS = 64
"""Blocks whose incomes are counted at once: a count looks at every thousand there is."""
_FOR_INCOME = ("participant", "segment", "wage_rupiah")
Progress = Callable[[int], None]
"""Told of rows read since the last call; a nation's rows are read twice."""


@dataclass(frozen=True)
class File:
    """A file of people."""

    path: Path
    name: str
    province: int
    rows: int


@dataclass(frozen=True)
class Scan:
    """Exact sums of SHAPE: facts of the people, and what each law makes of them. `bounds`: where each tenth begins, in rupiah."""

    rows: int
    refused: int
    bounds: tuple[int, ...]
    facts: dict[str, Int64Array]
    of_law: tuple[dict[str, Int64Array], ...]


def scan(people: Path, setup: Setup, *, processes: int | None = None, progress: Progress | None = None) -> Scan:
    """Reads a population. Raises InputError for one that cannot be read."""
    files = [File(p.source, p.name, p.province, p.rows) for p in find_parts(people, people)]
    rows = sum(one.rows for one in files)
    many = min(processes or os.cpu_count() or 1, len(files))
    with _mapper(many if rows > SMALL else 1) as run:
        counted = np.zeros(MAX_INCOME + 1, dtype=np.int64)
        for file, found in run(_count_incomes, [(file, setup) for file in files]):
            counted += found
            _tell(progress, file)
        table, bounds = tenths(counted)
        known = replace(setup, tenths=table)
        facts: dict[str, Int64Array] = {}
        of_law: list[dict[str, Int64Array]] = [{} for _law in setup.laws]
        refused = 0
        for file, (own_facts, own_laws, left_out) in run(_add_up, [(file, known) for file in files]):
            _merge(facts, own_facts, file.province)
            for total, own in zip(of_law, own_laws, strict=True):
                _merge(total, own, file.province)
            refused += left_out
            _tell(progress, file)
    return Scan(rows, refused, bounds, facts, tuple(of_law))


def tenths(counted: Int64Array) -> tuple[npt.NDArray[np.int8], tuple[int, ...]]:
    """The tenth of each thousand of income, and where tenths begin in rupiah: people of one thousand are never parted, so tenths
    are not quite equal.
    """
    before = np.cumsum(counted) - counted
    table = np.minimum(before * 10 // max(int(counted.sum()), 1), 9).astype(np.int8) + np.int8(1)
    bounds = tuple(int(np.searchsorted(table, tenth)) * UNIT_RUPIAH for tenth in range(1, 11))
    return table, bounds


def _merge(total: dict[str, Int64Array], own: dict[str, Int64Array], province: int) -> None:
    for name, sums in own.items():
        total.setdefault(name, np.zeros(SHAPE, dtype=np.int64))[PLACES[province]] += sums.reshape(SHAPE[1:])


def _tell(progress: Progress | None, file: File) -> None:
    if progress:
        progress(file.rows)


@contextmanager
def _mapper(processes: int) -> Iterator[Any]:
    """Runs a function over jobs, in this process or several; gives (file, result) as they end."""
    if processes == 1:
        keep_heap()
        yield lambda work, jobs: ((job[0], work(*job)) for job in jobs)
        return
    working = pool(processes)
    try:
        yield lambda work, jobs: zip([job[0] for job in jobs], working.map(work, *zip(*jobs, strict=True)), strict=True)
    except BrokenProcessPool:
        raise lost_process(_("Jalankan lagi dengan --processes 1.")) from None
    finally:
        working.shutdown(wait=True, cancel_futures=True)


def _batches(file: File, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    try:
        yield from read_batches(file.path, file.name, columns, DICTIONARIES)
    except KeyError:  # find_parts has seen all other columns
        raise InputError(
            _("{where}: kolom {name} tidak ada.").format(where=file.name, name="sex"),
            field="sex",
            remedy=_("Buat dengan `jamsostek synth`."),
        ) from None


def _count_incomes(file: File, setup: Setup) -> Int64Array:
    """People by thousands of income; whose segment or wage cannot be read has no tenth."""
    counted = np.zeros(MAX_INCOME + 1, dtype=np.int64)
    minimum, thousands = minimum_wages()[file.province].value, []
    for batch in _batches(file, _FOR_INCOME):
        columns = columns_of(batch, _FOR_INCOME)
        segment, wage = columns["segment"], columns["wage_rupiah"]
        known = (segment >= 0) & (wage >= 0) & (wage <= MAX_MONTHLY_RUPIAH)
        if not known.all():
            columns = {name: column[known] for name, column in columns.items()}
        for code, blocks in pieces(columns["segment"]):
            for block in blocks if SEGMENTS[code] != "migrant" else ():
                income = incomes(code, columns["wage_rupiah"][block], mixed_bits(columns["participant"][block]), minimum)
                thousands.append(np.minimum(income // UNIT_RUPIAH, MAX_INCOME))
        if len(thousands) > MANY_BLOCKS:
            counted += np.bincount(np.concatenate(thousands), minlength=MAX_INCOME + 1)
            thousands = []
    if thousands:
        counted += np.bincount(np.concatenate(thousands), minlength=MAX_INCOME + 1)
    return counted


def _add_up(file: File, setup: Setup) -> tuple[dict[str, Int64Array], list[dict[str, Int64Array]], int]:
    adder = Adder(setup, file.province)
    refused = sum(adder.add(batch) for batch in _batches(file, COLUMNS))
    return adder.facts, adder.of_law, refused
