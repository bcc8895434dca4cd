"""The synthetic nation on disk: one folder of Parquet for each province, the same bytes for the same seed and number.

    OUT/province=11/part-0.parquet ... OUT/province=96/part-0.parquet, OUT/_synth.json, OUT/_report.json, OUT/_report.md

Files that are not data begin with _ so that Arrow and Spark read OUT as one table. A partition appears under its name
only when it is whole. `_synth.json` holds what was asked for and which partitions are whole, so that a run broken off
(Ctrl-C, full disk, lost power) is taken up where it stopped and ends in the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.synth import published
from jamsostek.synth.plan import Plan, ProvincePlan, make_plan
from jamsostek.synth.report import SynthReport, make_report
from jamsostek.synth.rows import CHUNK_ROWS, SCHEMA, chunks
from jamsostek.synth.wages import tables

MAX_WORKERS = 154_000_000
"""Indonesia's labour force in August 2025: no nation has more workers."""
MAX_SEED = 2**63 - 1
FORMAT = 3
"""Raised whenever the same seed would give other bytes."""

STATE_FILE = "_synth.json"
PART_FILE = "part-0.parquet"
_UNFINISHED = ".part-0.parquet.partial"

_MOST_THREADS = 4
"""Beyond it memory grows faster than speed."""

Progress = Callable[[int, int, int], None]
"""Called with province, rows written so far and rows of the province; from several threads."""

_ENCODINGS = {
    "participant": "DELTA_BINARY_PACKED",
    "nik": "BYTE_STREAM_SPLIT",
    "birth_date": "BYTE_STREAM_SPLIT",
    "wage_rupiah": "BYTE_STREAM_SPLIT",
}


def synth(
    out: Path,
    workers: int,
    seed: int,
    progress: Progress | None = None,
    *,
    force: bool = False,
    threads: int | None = None,
) -> SynthReport:
    """Writes a nation of `workers` people to the folder `out`, and tells how it compares with the published figures.

    Partitions that an earlier run with the same number and seed finished are kept. Raises `InputError` for a number or
    seed out of range and a folder that holds something else (unless `force`, which deletes `province=*` and nothing
    else), `OSError` for a disk that is full or cannot be written: what was finished by then is kept, what was not leaves
    no trace. Memory is about 150 MB and 100 MB a thread.
    """
    _check(workers, seed)
    plan = make_plan(workers)
    threads = threads or min(os.cpu_count() or 1, _MOST_THREADS)
    store = _Store.open(Path(out), workers, seed, force)
    _write_missing(store, plan, seed, progress or (lambda *_args: None), threads)
    report = make_report(store.out, plan, seed, threads=threads)
    report.write(store.out)
    return report


def _check(workers: int, seed: int) -> None:
    if not 1 <= workers <= MAX_WORKERS:
        raise InputError(
            _("Jumlah pekerja {value} di luar 1 sampai {largest}.").format(
                value=format_number(workers), largest=format_number(MAX_WORKERS)
            ),
            field="workers",
            value=workers,
        )
    if not 0 <= seed <= MAX_SEED:
        raise InputError(
            _("Benih {value} di luar 0 sampai {largest}.").format(value=seed, largest=MAX_SEED),
            field="seed",
            value=seed,
        )


@dataclass
class _Store:
    """The output folder and its state: what was asked for, and which partitions are whole."""

    out: Path
    asked: dict[str, object]
    partitions: dict[str, dict[str, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, out: Path, workers: int, seed: int, force: bool) -> _Store:
        """The folder, made or taken up; refuses one that holds something else."""
        asked: dict[str, object] = {
            "format": FORMAT,
            "workers": workers,
            "seed": seed,
            "figures": published.digest(),
        }
        store = cls(out, asked)
        out.mkdir(parents=True, exist_ok=True)
        state = _read_state(out)
        if state is None and not force and any(out.iterdir()):
            raise InputError(
                _("Folder {path} sudah berisi hal lain.").format(path=out),
                field="out",
                value=str(out),
                remedy=_("Pilih folder kosong, atau pakai --force: hanya bagian province=… yang dihapus."),
            )
        if state is not None and state.get("asked") == asked and not force:
            store.partitions = dict(state.get("partitions", {}))
        elif state is not None and not force:
            raise InputError(
                _("Folder {path} berisi penduduk tiruan lain ({workers} pekerja, benih {seed}).").format(
                    path=out,
                    workers=state.get("asked", {}).get("workers", "?"),
                    seed=state.get("asked", {}).get("seed", "?"),
                ),
                field="out",
                value=str(out),
                remedy=_("Pilih folder lain, atau pakai --force untuk menggantinya."),
            )
        else:
            store._clear()
        store.save()
        return store

    def _clear(self) -> None:
        for name in (STATE_FILE, "_report.json", "_report.md"):
            (self.out / name).unlink(missing_ok=True)
        for folder in self.out.glob("province=*"):
            shutil.rmtree(folder)

    def path(self, province: int) -> Path:
        """Where a province's rows are."""
        return self.out / f"province={province}" / PART_FILE

    def is_whole(self, province: ProvincePlan) -> bool:
        """Whether an earlier run finished the partition and it is still what that run left."""
        path, left = self.path(province.code), self.partitions.get(str(province.code))
        if left is None or not path.is_file() or path.stat().st_size != left["bytes"]:
            return False
        try:
            return bool(pq.read_metadata(path).num_rows == province.people)
        except pa.ArrowInvalid:
            return False

    def finished(self, province: ProvincePlan) -> None:
        """Notes a partition that is whole."""
        with self._lock:
            size = self.path(province.code).stat().st_size
            self.partitions[str(province.code)] = {"rows": province.people, "bytes": size}
            self.save()

    def save(self) -> None:
        """Writes the state in one step: the old one or the new one is there, never half of one."""
        ordered = dict(sorted(self.partitions.items()))
        text = json.dumps({"asked": self.asked, "partitions": ordered}, indent=1) + "\n"
        unfinished = self.out / f"{STATE_FILE}.partial"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(self.out / STATE_FILE)


def _read_state(out: Path) -> dict[str, Any] | None:
    """The state an earlier run left; None when there is none or it cannot be read."""
    try:
        state = json.loads((out / STATE_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return None
    return state if isinstance(state, dict) else None


class _StoppedError(Exception):
    """Another thread failed or the user pressed Ctrl-C."""


def _write_missing(store: _Store, plan: Plan, seed: int, progress: Progress, threads: int) -> None:
    stop = threading.Event()
    tables()  # once, before the threads would each make them
    largest_first = sorted(plan.provinces.values(), key=lambda p: (-p.people, p.code))
    with ThreadPoolExecutor(threads) as pool:
        try:
            tasks = [pool.submit(_write_province, store, p, seed, progress, stop) for p in largest_first]
            wait(tasks, return_when=FIRST_EXCEPTION)
        finally:
            # Reached by Ctrl-C too: the threads finish a chunk at most, clean up after themselves and end.
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
    errors = [task.exception() for task in tasks if not task.cancelled()]
    for error in sorted((e for e in errors if e is not None), key=lambda e: isinstance(e, _StoppedError)):
        raise error  # the cause, not what it stopped


def _write_province(store: _Store, province: ProvincePlan, seed: int, progress: Progress, stop: threading.Event) -> None:
    try:
        if not store.is_whole(province):
            _write_partition(store.path(province.code), province, seed, progress, stop)
            store.finished(province)
        progress(province.code, province.people, province.people)
    except BaseException:
        stop.set()  # at once, before a thread takes up the next province
        raise


def _write_partition(path: Path, province: ProvincePlan, seed: int, progress: Progress, stop: threading.Event) -> None:
    """Writes under another name first; nothing is left of a partition that could not be finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(_UNFINISHED)
    try:
        _write_rows(unfinished, province, seed, progress, stop)
        # No fsync: after a lost power cut the size and the footer tell a file that never reached the disk.
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()
        raise


def _write_rows(path: Path, province: ProvincePlan, seed: int, progress: Progress, stop: threading.Event) -> None:
    dictionary = [f.name for f in SCHEMA if f.name not in _ENCODINGS and f.type != pa.bool_()]
    written = 0
    with pq.ParquetWriter(
        path,
        SCHEMA,
        compression="zstd",
        compression_level=1,
        max_rows_per_page=1 << 17,
        use_dictionary=dictionary,
        column_encoding=_ENCODINGS,
    ) as writer:
        for table in chunks(province, seed):
            if stop.is_set():
                raise _StoppedError
            writer.write_table(table, row_group_size=CHUNK_ROWS)
            written += table.num_rows
            if written < province.people:  # the last word is said when the partition has its name
                progress(province.code, written, province.people)
