"""The month of a nation on one machine: a process a core, one Parquet file at a time, flat memory, restartable by partition."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.batch.lines import (
    CHOICES,
    INPUT,
    OUTPUT,
    SEGMENTS,
    Rejected,
    check_schema,
    checked,
    columns_of,
    compute_lines,
    province_of,
)
from jamsostek.batch.summary import Summary, summary_from, whole, write_summary
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _
from jamsostek.law import Law, load

READ_ROWS = 1 << 16
GROUP_ROWS = 1 << 19
MAX_REJECTED_TOLD = 10_000
Progress = Callable[[str, int], None]
"""Called with (file, rows of it done since the last call)."""


@dataclass(frozen=True)
class MonthReport:
    """What a run did: the sums, rows left out (file, row from 1, column, value, remedy), files computed and kept."""

    summary: Summary
    rejected: list[tuple[str, int, str, str, str]]
    rejected_count: int
    computed: int
    kept: int
    paths: list[Path]


@dataclass
class _Part:
    """One input file and where its lines go."""

    source: Path
    name: str
    province: int
    rows: int
    size: int
    folder: Path
    summary: Summary = field(default_factory=Summary)
    rejected: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    rejected_count: int = 0
    done: bool = False


@dataclass(frozen=True)
class _Run:
    """What every process needs to know; the law is found again from what defines it."""

    month: int
    about: Mapping[str, Any]
    summary_only: bool
    day: dt.date
    known_on: dt.date | None
    readings: Mapping[str, str]
    reforms: tuple[Path, ...]

    def law(self) -> Law:
        """The law of the run."""
        return load(*self.reforms).law_on(self.day, self.known_on, self.readings)


def run_month(
    source: Path,
    out: Path,
    month: int,
    law: Law,
    *,
    summary_only: bool = False,
    processes: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> MonthReport:
    """Bill and allocation of every worker of `source` (folders province=NN of Parquet) for a month.

    Writes `out/province=NN/…` (unless `summary_only`) and the summary. Files finished by an earlier run of the same month and law
    are kept; a file is written whole or not at all. Rows no kernel may see are left out and told.
    Raises InputError for a population that cannot be read.
    """
    parts = _parts(source, out)
    about = {"month": format_month(month), "law_digest": law.digest, "summary_only": summary_only}
    _prepare(out, about, force)
    for part in parts:
        _recall(part, about)
    waiting = [p for p in parts if not p.done]
    kept = len(parts) - len(waiting)
    for part in parts:
        _tell(progress, part, part.rows if part.done else 0)
    run = _Run(month, about, summary_only, law.day, law.known_on, dict(law.readings), law.parameters.reforms)
    _run_all(waiting, run, processes or os.cpu_count() or 1, progress)
    parts = [p for p in parts if p.done] + waiting
    summary = Summary()
    for part in parts:
        summary.merge(part.summary)
    paths = write_summary(summary, out, about)
    rejected = [r for p in parts for r in p.rejected][:MAX_REJECTED_TOLD]
    return MonthReport(summary, rejected, sum(p.rejected_count for p in parts), len(waiting), kept, paths)


def _parts(source: Path, out: Path) -> list[_Part]:
    """The input files, largest first; every one opened and its columns checked before any work begins."""
    if not source.is_dir():
        raise InputError(_("{path} bukan folder penduduk.").format(path=source), remedy=_("Buat dengan `jamsostek synth`."))
    files = sorted(p for p in source.rglob("*.parquet") if not p.name.startswith("."))
    if not files:
        raise InputError(_("Tidak ada berkas Parquet di {path}.").format(path=source), remedy=_("Buat dengan `jamsostek synth`."))
    parts = [_part(path, source, out) for path in files]
    return sorted(parts, key=lambda p: -p.rows)


def _part(path: Path, source: Path, out: Path) -> _Part:
    name = path.relative_to(source).as_posix()
    province = province_of(name)
    with _opened(path, name) as file:
        check_schema(file.schema_arrow, name)
        rows = file.metadata.num_rows
    return _Part(path, name, province, rows, path.stat().st_size, (out / name).parent)


def _opened(path: Path, name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, memory_map=True, read_dictionary=list(CHOICES))
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            _("{name} tidak dapat dibaca sebagai Parquet: {reason}").format(name=name, reason=str(error).splitlines()[0]),
            remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
        ) from None


def _prepare(out: Path, about: Mapping[str, Any], force: bool) -> None:
    """The folder for this month and law; another month's result is never mixed in or overwritten unasked."""
    out.mkdir(parents=True, exist_ok=True)
    for left in out.rglob(".*.part"):
        left.unlink()  # a killed run's half file
    mark = out / "_month.json"
    if mark.exists() and not force and json.loads(mark.read_text(encoding="utf-8")) != about:
        raise InputError(
            _("{path} berisi hasil bulan atau hukum lain.").format(path=out),
            remedy=_("Pilih folder lain, atau tulis ulang dengan --force."),
        )
    whole(mark, lambda p: p.write_text(json.dumps(about), encoding="utf-8"))


def _sidecar(part: _Part) -> Path:
    return part.folder / f"_{part.source.stem}.json"


def _recall(part: _Part, about: Mapping[str, Any]) -> None:
    """Marks a part done when an earlier run finished the same file for the same month and law."""
    path = _sidecar(part)
    if not path.exists():
        return
    told = json.loads(path.read_text(encoding="utf-8"))
    same = told["about"] == about and told["size"] == part.size and told["rows"] == part.rows
    if same and (about["summary_only"] or (part.folder / part.source.name).exists()):
        part.summary, part.done = summary_from(told["summary"]), True
        part.rejected, part.rejected_count = [tuple(r) for r in told["rejected"]], told["rejected_count"]


def _run_all(
    parts: list[_Part], run: _Run, processes: int, progress: Progress | None
) -> None:
    """Every part, a process a core: blocks small enough for the cache are too short for threads to share Python's lock.

    A stop or an error leaves no half file: each process removes what it was writing.
    """
    if processes == 1 or len(parts) < 2:
        for place, part in enumerate(parts):
            _share(run, [0] * len(parts), threading.Event())
            parts[place] = _run_part(place, part)
            _tell(progress, part, part.rows)
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    done, stop = context.Array("q", len(parts), lock=False), context.Event()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_share, initargs=(run, done, stop)) as pool:
        futures = {pool.submit(_run_part, place, part): place for place, part in enumerate(parts)}
        try:
            told = [0] * len(parts)
            waiting = set(futures)
            while waiting:
                finished, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    parts[futures[future]] = future.result()
                for place, rows in enumerate(done):
                    _tell(progress, parts[place], rows - told[place])
                    told[place] = rows
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _tell(progress: Progress | None, part: _Part, rows: int) -> None:
    if progress and rows:
        progress(part.name, rows)


class _Stopped(Exception):
    """Another part failed or the run was interrupted."""


_shared: dict[str, Any] = {}


def _share(run: _Run, done: Any, stop: Any) -> None:
    """Tells a process what it runs, where it counts rows done, and what stops it."""
    pa.set_cpu_count(1)
    _shared.update(run=run, done=done, stop=stop)


def _run_part(place: int, part: _Part) -> _Part:
    run: _Run = _shared["run"]
    law = run.law()
    part.folder.mkdir(parents=True, exist_ok=True)

    def read() -> Iterator[tuple[Mapping[str, Any], int]]:
        for rows, columns, kept in _batches(part, run.summary_only):
            if _shared["stop"].is_set():
                raise _Stopped
            yield columns, kept
            _shared["done"][place] += rows

    if run.summary_only:
        for columns, kept in read():
            _count(part, compute_lines(law, run.month, columns, kept, {}))
    else:
        whole(part.folder / part.source.name, lambda path: _write(part, law, run.month, read(), path))
    told = {
        "about": run.about, "size": part.size, "rows": part.rows, "summary": part.summary.rows(),
        "rejected": part.rejected, "rejected_count": part.rejected_count,
    }  # fmt: skip
    whole(_sidecar(part), lambda path: path.write_text(json.dumps(told), encoding="utf-8"))
    return part


def _count(part: _Part, pieces: Iterator[tuple[int, int, dict[str, int]]]) -> None:
    for code, workers, sums in pieces:
        part.summary.add(part.province, SEGMENTS[code], workers, sums)


def _batches(part: _Part, summary_only: bool) -> Iterator[tuple[int, Mapping[str, Any], int]]:
    """(rows read, the good ones as arrays, their number) in order; wrong rows noted."""
    names = [n for n in INPUT if n != "participant" or not summary_only]
    first = 1
    with _opened(part.source, part.name) as file:
        try:
            for batch in file.iter_batches(batch_size=READ_ROWS, columns=names, use_threads=False):
                good = checked(columns_of(batch, names), batch)
                _note(part, good.rejected, first)
                first += batch.num_rows
                yield batch.num_rows, good.columns, good.rows
        except (pa.ArrowInvalid, OSError) as error:
            if getattr(error, "errno", None):
                raise  # the disk, not the file
            raise InputError(
                _("{name} rusak setelah baris {row}: {reason}").format(name=part.name, row=first - 1, reason=str(error).splitlines()[0]),
                remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
            ) from None


def _note(part: _Part, rejected: tuple[Rejected, ...], first: int) -> None:
    part.rejected_count += len({r.row for r in rejected})
    room = MAX_REJECTED_TOLD - len(part.rejected)
    part.rejected += [(part.name, first + r.row, r.column, r.value, r.remedy) for r in rejected[:room]]


# ---- writing

LINES_SCHEMA = pa.schema([("participant", pa.int64()), ("segment", pa.dictionary(pa.int8(), pa.string())), *OUTPUT.items()])
_SPARSE = ("segment", "jp_deferred_rupiah", "package_rupiah", "jkp_from_jkm_rupiah", "jkp_from_jkk_rupiah", "jkp_government_rupiah")
_ENCODINGS = {"participant": "DELTA_BINARY_PACKED"} | {
    name: "BYTE_STREAM_SPLIT" for name in OUTPUT if name not in _SPARSE
}
"""Splitting bytes makes zstd quick on numbers that differ; columns that are mostly one value are better as a dictionary."""


def _write(part: _Part, law: Law, month: int, read: Iterator[tuple[Mapping[str, Any], int]], path: Path) -> None:
    writer = pq.ParquetWriter(
        path, LINES_SCHEMA, compression="zstd", compression_level=1, use_dictionary=list(_SPARSE),
        column_encoding=_ENCODINGS, write_statistics=False, store_schema=True,
    )  # fmt: skip
    with writer:
        room = min(GROUP_ROWS, max(part.rows, 1))
        buffers = _Buffers(room)
        for columns, kept in read:
            if buffers.used + kept > room:
                writer.write_table(buffers.table())
                buffers.used = 0
            _count(part, compute_lines(law, month, columns, kept, buffers.take(columns, kept)))
        if buffers.used:
            writer.write_table(buffers.table())


class _Buffers:
    """A row group in the making: one array a column, used again and again."""

    def __init__(self, room: int) -> None:
        self.used = 0
        self.participant = np.empty(room, dtype=np.int64)
        self.segment = np.empty(room, dtype=np.int8)
        self.lines = {name: np.empty(room, dtype=kind.to_pandas_dtype()) for name, kind in OUTPUT.items()}

    def take(self, columns: Mapping[str, Any], rows: int) -> dict[str, Any]:
        """Views of the next `rows` lines, zeroed, with who they belong to already written."""
        at = slice(self.used, self.used + rows)
        self.used += rows
        self.participant[at] = columns["participant"]
        self.segment[at] = columns["segment"]
        views = {name: values[at] for name, values in self.lines.items()}
        for view in views.values():
            view[:] = 0
        return views

    def table(self) -> pa.Table:
        """The lines so far; the table borrows the arrays."""
        segment = pa.DictionaryArray.from_arrays(pa.array(self.segment[: self.used]), pa.array(SEGMENTS))
        arrays = [pa.array(values[: self.used]) for values in self.lines.values()]
        return pa.Table.from_arrays([pa.array(self.participant[: self.used]), segment, *arrays], schema=LINES_SCHEMA)
