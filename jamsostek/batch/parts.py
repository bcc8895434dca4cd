"""What both engines do alike: find the input files, take up an earlier run, compute and write one file, tell what was done.

One input file gives one file of lines of the same name and one sidecar `_NAME.json` with its sums, each whole or not there.
So a run broken off is taken up where it stopped, by either engine, and ends in the same bytes.

    OUT/_month.json                      month, digest of the law, shape: what the folder holds
    OUT/province=NN/part-0.parquet       lines (LINES_SCHEMA), in the order of the input rows
    OUT/province=NN/_part-0.json         the input file they stand for, their sums, rows left out
    OUT/summary.parquet, .csv, .json     there only when every file is done
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek import __version__
from jamsostek.batch.arrow import from_numbers, from_texts
from jamsostek.batch.heap import keep_heap
from jamsostek.batch.lines import (
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
from jamsostek.batch.reading import open_parquet
from jamsostek.batch.summary import UNFINISHED, Summary, summary_from, whole, write_summary
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _, language
from jamsostek.law import Law, load

GROUP_ROWS = 1 << 18
MAX_REJECTED_TOLD = 10_000
Told = tuple[str, int, str, str, str]
"""A row left out: file, row (1 = first), column, value, remedy."""


@dataclass(frozen=True)
class MonthReport:
    """What a run did: the sums, rows left out (file, row from 1, column, value, remedy), files computed and kept."""

    summary: Summary
    rejected: list[Told]
    rejected_count: int
    computed: int
    kept: int
    paths: list[Path]


@dataclass
class Part:
    """One input file, where its lines go, and, when it is done, its sums."""

    source: Path
    name: str
    province: int
    rows: int
    stamp: Mapping[str, int]
    """Size, time of change and rows: another stamp, another file."""
    all_named: bool
    """Whether the file says that every row has a participant."""
    folder: Path
    summary: Summary = field(default_factory=Summary)
    rejected: list[Told] = field(default_factory=list)
    rejected_count: int = 0
    done: bool = False

    @property
    def lines(self) -> Path:
        """Where the lines go."""
        return self.folder / self.source.name

    @property
    def sidecar(self) -> Path:
        """Where the sums go."""
        return self.folder / f"_{self.source.stem}.json"

    def columns(self, summary_only: bool) -> list[str]:
        """The columns to read: who it is only where a line needs it, or may lack it."""
        return [n for n in INPUT if n != "participant" or not summary_only or not self.all_named]


@dataclass(frozen=True)
class Run:
    """What every process needs to know; the law is found again from what defines it."""

    month: int
    about: Mapping[str, Any]
    day: dt.date
    known_on: dt.date | None
    readings: Mapping[str, str]
    reforms: tuple[Path, ...]
    language: str

    @property
    def summary_only(self) -> bool:
        """Whether lines are left out."""
        return bool(self.about["summary_only"])

    def law(self) -> Law:
        """The law of the run; refuses to compute with another (a machine with another version of the data)."""
        law = load(*self.reforms).law_on(self.day, self.known_on, self.readings)
        if law.digest != self.about["law_digest"]:
            raise InputError(
                _("Hukum di mesin penghitung berbeda dengan hukum di mesin ini."),
                remedy=_("Samakan versi jamsostek di semua mesin."),
            )
        return law


@dataclass(frozen=True)
class Job:
    """A month over a population: its files, those still to do, and how to end it."""

    out: Path
    run: Run
    parts: Sequence[Part]
    waiting: list[Part]

    def report(self) -> MonthReport:
        """Writes the summary of all files and tells what was done."""
        summary = Summary()
        for part in self.parts:
            summary.merge(part.summary)
        told = [row for part in sorted(self.parts, key=lambda p: p.name) for row in part.rejected][:MAX_REJECTED_TOLD]
        paths = write_summary(summary, self.out, self.run.about)
        computed = len(self.waiting)
        return MonthReport(summary, told, sum(p.rejected_count for p in self.parts), computed, len(self.parts) - computed, paths)


@contextmanager
def opened(source: Path, out: Path, month: int, law: Law, *, summary_only: bool, force: bool) -> Iterator[Job]:
    """The job of a month, with its folder of results held against a second run.

    Raises InputError for a population that cannot be read and a folder that holds something else; nothing is written then.
    However the block ends, no half-written file stays in the folder.
    """
    about = {"month": format_month(month), "law_digest": law.digest, "summary_only": summary_only, "version": __version__}
    parts = find_parts(source, out)
    _refuse_inside(source, out)
    out.mkdir(parents=True, exist_ok=True)
    with _held(out):
        _prepare(out, about, parts, force)
        for part in parts:
            recall(part, about)
        waiting = [p for p in parts if not p.done]
        if waiting:
            _forget_summary(out)
        reforms = tuple(path.resolve() for path in law.parameters.reforms)
        run = Run(month, about, law.day, law.known_on, dict(law.readings), reforms, language())
        try:
            yield Job(out, run, parts, waiting)
        finally:
            _sweep(out)


# ---- the input files


def find_parts(source: Path, out: Path) -> list[Part]:
    """The input files, largest first; every one opened and its columns checked before any work begins.

    Names that begin with a dot or an underscore are not data, as Spark and Arrow hold it too.
    """
    if not source.is_dir():
        raise InputError(_("{path} bukan folder penduduk.").format(path=source), remedy=_("Buat dengan `jamsostek synth`."))
    root = source.resolve()
    names = sorted(p.relative_to(root) for p in root.rglob("*.parquet"))
    files = [n for n in names if not any(piece.startswith((".", "_")) for piece in n.parts)]
    if not files:
        raise InputError(_("Tidak ada berkas Parquet di {path}.").format(path=source), remedy=_("Buat dengan `jamsostek synth`."))
    parts = [_part(root / name, name.as_posix(), out.resolve()) for name in files]
    return sorted(parts, key=lambda p: (-p.rows, p.name))


def _part(path: Path, name: str, out: Path) -> Part:
    province = province_of(name)
    with open_parquet(path, name) as file:
        check_schema(file.schema_arrow, name)
        about = path.stat()
        stamp = {"size": about.st_size, "changed": about.st_mtime_ns, "rows": file.metadata.num_rows}
        return Part(path, name, province, file.metadata.num_rows, stamp, _all_named(file), (out / name).parent)


def _all_named(file: pq.ParquetFile) -> bool:
    place = file.schema_arrow.get_field_index("participant")
    for group in range(file.num_row_groups):
        statistics = file.metadata.row_group(group).column(place).statistics
        if statistics is None or not statistics.has_null_count or statistics.null_count:
            return False
    return True


# ---- the folder of results


def _refuse_inside(source: Path, out: Path) -> None:
    """Results among the population would be read as people, or written over them."""
    inner, outer = out.resolve(), source.resolve()
    if inner == outer or outer in inner.parents:
        raise InputError(
            _("Folder hasil {out} ada di dalam folder penduduk {source}.").format(out=out, source=source),
            field="out",
            value=str(out),
            remedy=_("Pilih folder hasil di tempat lain."),
        )


@contextmanager
def _held(out: Path) -> Iterator[None]:
    """Refuses a second run of the same folder at the same time; free again when the process ends, however it ends."""
    try:
        import fcntl
        import os
    except ImportError:  # Windows: no such lock, and no fork to leave behind
        yield
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        for wait in (0.0, 0.5, 1.5, 3.0):  # a killed run's processes take a moment to end
            time.sleep(wait)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                continue
            except OSError:
                break  # a file system without locks
        else:
            raise InputError(
                _("{path} sedang dipakai hitungan lain.").format(path=out),
                remedy=_("Tunggu sampai selesai, atau pilih folder lain."),
            )
        yield
    finally:
        os.close(folder)


def _prepare(out: Path, about: Mapping[str, Any], parts: Iterable[Part], force: bool) -> None:
    """The folder for this month and law; another result is never mixed in or overwritten unasked."""
    mark = out / "_month.json"
    present = _results(out)
    held = _read_json(mark)
    if not mark.exists() and any(p.suffix == ".parquet" for p in present):
        raise InputError(
            _("{path} berisi data lain, bukan hasil hitungan bulan.").format(path=out),
            field="out",
            value=str(out),
            remedy=_("Pilih folder kosong; data itu tidak dihapus."),
        )
    same = held == about
    if not same and mark.exists() and not force:
        raise InputError(
            _("{path} berisi hasil bulan, hukum, atau bentuk lain.").format(path=out),
            remedy=_("Pilih folder lain, atau tulis ulang dengan --force."),
        )
    expected = {p.sidecar for p in parts} | (set() if about["summary_only"] else {p.lines for p in parts})
    strangers = [p for p in present if p not in expected] if same else present
    if strangers and same and not force:
        raise InputError(
            _("{path} berisi hasil {name}, yang tidak ada di penduduk ini.").format(
                path=out, name=strangers[0].relative_to(out.resolve())
            ),
            remedy=_("Pilih folder lain, atau tulis ulang dengan --force."),
        )
    _sweep(out)
    if strangers or not same:
        _forget_summary(out)
    for path in strangers:
        path.unlink()
    if not same:
        whole(mark, lambda p: p.write_text(json.dumps(about), encoding="utf-8"))


def _results(out: Path) -> list[Path]:
    """Lines and sidecars in the folders of provinces."""
    root = out.resolve()
    return sorted([*root.glob("province=*/**/[!.]*.parquet"), *root.glob("province=*/**/_*.json")])


def _forget_summary(out: Path) -> None:
    for path in out.glob("summary.*"):
        path.unlink()


def _sweep(out: Path) -> None:
    """Removes what a run that was killed or stopped had half written."""
    for place in (f".*{UNFINISHED}", f"province=*/**/.*{UNFINISHED}"):
        for left in out.glob(place):
            left.unlink(missing_ok=True)


def _read_json(path: Path) -> Any:
    """The content; None where there is none or it is broken (lost power)."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError, UnicodeDecodeError):
        return None


def recall(part: Part, about: Mapping[str, Any]) -> None:
    """Marks a part done when a run of the same month and law finished the same file, and what it wrote is still there."""
    told = _read_json(part.sidecar)
    if not told or told.get("about") != about or told.get("stamp") != part.stamp:
        return
    if told["lines_size"] is not None:
        with suppress(FileNotFoundError):
            part.done = part.lines.stat().st_size == told["lines_size"]
    else:
        part.done = bool(about["summary_only"])
    if part.done:
        part.summary = summary_from(told["summary"])
        part.rejected = [tuple(row) for row in told["rejected"]]
        part.rejected_count = told["rejected_count"]


# ---- one file


def compute_part(part: Part, run: Run, batches: Iterable[pa.RecordBatch], tick: Callable[[int], None]) -> None:
    """Computes the batches of one file, in order, and writes its lines and sidecar; `tick` hears of rows done and may raise.

    Raises InputError where the batches are not the whole file.
    """
    keep_heap()
    law = run.law()
    part.folder.mkdir(parents=True, exist_ok=True)
    read = _good(part, run, batches, tick)
    if run.summary_only:
        for columns, kept in read:
            _count(part, compute_lines(law, run.month, columns, kept, {}))
    else:
        whole(part.lines, lambda path: _write(part, law, run.month, read, path))
    told = {
        "about": run.about,
        "stamp": part.stamp,
        "lines_size": None if run.summary_only else part.lines.stat().st_size,
        "summary": part.summary.rows(),
        "rejected": part.rejected,
        "rejected_count": part.rejected_count,
    }
    whole(part.sidecar, lambda path: path.write_text(json.dumps(told), encoding="utf-8"))
    part.done = True


def _good(
    part: Part, run: Run, batches: Iterable[pa.RecordBatch], tick: Callable[[int], None]
) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The good rows of each batch as arrays, and their number; wrong rows noted."""
    names = part.columns(run.summary_only)
    seen = 0
    for batch in batches:
        good = checked(columns_of(batch, names), batch, MAX_REJECTED_TOLD - len(part.rejected))
        part.rejected += [_told(part.name, seen + 1, row) for row in good.rejected]
        part.rejected_count += good.rejected_count
        seen += batch.num_rows
        yield good.columns, good.rows
        tick(batch.num_rows)
    if seen != part.rows:
        raise InputError(
            _("{name} berubah selama dihitung: {seen} baris, seharusnya {rows}.").format(
                name=part.name, seen=seen, rows=part.rows
            ),
            remedy=_("Jalankan lagi setelah berkas selesai ditulis."),
        )


def _told(name: str, first: int, row: Rejected) -> Told:
    return (name, first + row.row, row.column, row.value, row.remedy)


def _count(part: Part, pieces: Iterator[tuple[int, int, dict[str, int]]]) -> None:
    for code, workers, sums in pieces:
        part.summary.add(part.province, SEGMENTS[code], workers, sums)


# ---- writing

_COLUMNS = {"participant": pa.int64(), "segment": pa.dictionary(pa.int8(), pa.string()), **OUTPUT}
LINES_SCHEMA = pa.schema([pa.field(name, kind, nullable=False) for name, kind in _COLUMNS.items()])
_SPARSE = (
    "segment",
    "jp_deferred_rupiah",
    "package_rupiah",
    "jkp_from_jkm_rupiah",
)
_ENCODINGS = {"participant": "DELTA_BINARY_PACKED"} | {name: "BYTE_STREAM_SPLIT" for name in OUTPUT if name not in _SPARSE}
"""Splitting bytes makes zstd quick on numbers that differ; columns that are mostly one value are better as a dictionary."""


def lines_writer(path: Path) -> pq.ParquetWriter:
    """A writer of lines: small files that are quick to write."""
    return pq.ParquetWriter(
        path,
        LINES_SCHEMA,
        compression="zstd",
        compression_level=1,
        use_dictionary=list(_SPARSE),
        column_encoding=_ENCODINGS,
        write_statistics=False,
        max_rows_per_page=GROUP_ROWS,
        store_schema=True,
    )


def _write(part: Part, law: Law, month: int, read: Iterator[tuple[Mapping[str, Any], int]], path: Path) -> None:
    with lines_writer(path) as writer:
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
        segment = pa.DictionaryArray.from_arrays(from_numbers(self.segment[: self.used], pa.int8()), from_texts(SEGMENTS))
        lines = [from_numbers(self.lines[name][: self.used], kind) for name, kind in OUTPUT.items()]
        participant = from_numbers(self.participant[: self.used], pa.int64())
        return pa.Table.from_arrays([participant, segment, *lines], schema=LINES_SCHEMA)
