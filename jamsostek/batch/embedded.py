"""The month of a nation on one machine: a process a core, one Parquet file at a time, flat memory, restartable by file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import connection
from pathlib import Path
from typing import Any

import pyarrow as pa

from jamsostek.batch.lines import CHOICES
from jamsostek.batch.parts import MonthReport, Part, Run, compute_part, first_line, open_parquet, opened
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, set_language
from jamsostek.law import Law

READ_ROWS = 1 << 16
Progress = Callable[[str, int], None]
"""Called with (file, rows of it done since the last call)."""


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
    Raises InputError for a population that cannot be read and a folder that holds something else, OSError for a full disk.
    """
    with opened(source, out, month, law, summary_only=summary_only, force=force) as job:
        for part in job.parts:
            _tell(progress, part, part.rows if part.done else 0)
        _run_all(job.waiting, job.run, processes or os.cpu_count() or 1, progress)
        return job.report()


def _run_all(parts: list[Part], run: Run, processes: int, progress: Progress | None) -> None:
    """Every part, a process a core: blocks small enough for the cache are too short for threads to share Python's lock.

    A stop or an error leaves no half file: each process removes what it was writing.
    """
    if processes == 1 or len(parts) < 2:
        for part in parts:
            compute_part(part, run, batches(part, run), partial(_tell, progress, part))
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    done, stop = context.Array("q", len(parts), lock=False), context.Event()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(run, done, stop)) as pool:
        try:
            futures = {pool.submit(_run_part, place, part): place for place, part in enumerate(parts)}
            told = [0] * len(parts)
            waiting = set(futures)
            while waiting:
                finished, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                for place, rows in enumerate(done):
                    _tell(progress, parts[place], rows - told[place])
                    told[place] = rows
                for future in finished:
                    vars(parts[futures[future]]).update(vars(future.result()))
        except BrokenProcessPool:
            raise _lost_process() from None
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _lost_process() -> InputError:
    return InputError(
        _("Satu proses penghitung dihentikan sistem, biasanya karena memori habis."),
        remedy=_("Jalankan lagi dengan --processes 1; yang sudah selesai tidak diulang."),
    )


def _tell(progress: Progress | None, part: Part, rows: int) -> None:
    if progress and rows:
        progress(part.name, rows)


# ---- in each process


class _StoppedError(Exception):
    """Another part failed or the run was interrupted."""


_shared: dict[str, Any] = {}


def _begin(run: Run, done: Any, stop: Any) -> None:
    """Tells a process what it runs, where it counts rows done, and what stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process alone answers, by `stop`
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pa.set_cpu_count(1)
    pa.set_memory_pool(pa.system_memory_pool())
    set_language(run.language)
    _shared.update(run=run, done=done, stop=stop)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever, or write beside the next run."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _run_part(place: int, part: Part) -> Part:
    def tick(rows: int) -> None:
        if _shared["stop"].is_set():
            raise _StoppedError
        _shared["done"][place] += rows

    compute_part(part, _shared["run"], batches(part, _shared["run"]), tick)
    return part


def batches(part: Part, run: Run) -> Iterator[pa.RecordBatch]:
    """The columns needed of a file, batch by batch, in order; InputError where the file is broken."""
    seen = 0
    with open_parquet(part.source, part.name, tuple(CHOICES)) as file:
        try:
            for batch in file.iter_batches(batch_size=READ_ROWS, columns=part.columns(run.summary_only), use_threads=False):
                yield batch
                seen += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            if getattr(error, "errno", None):
                raise  # the disk, not the file
            raise InputError(
                _("{name} rusak setelah baris {row}: {reason}").format(name=part.name, row=seen, reason=first_line(error)),
                remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
            ) from None
