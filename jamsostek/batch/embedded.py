"""The month of a nation on one machine: a process a core, one Parquet file at a time, flat memory, restartable by file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from jamsostek.batch.lines import CHOICES
from jamsostek.batch.parts import MonthReport, Part, Run, compute_part, opened
from jamsostek.batch.processes import context, lost_process, pool
from jamsostek.batch.reading import read_batches
from jamsostek.core.text import _
from jamsostek.law import Law

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
    done, stop = context().Array("q", len(parts), lock=False), context().Event()
    with pool(processes, _begin, run, done, stop) as working:
        try:
            futures = {working.submit(_run_part, place, part): place for place, part in enumerate(parts)}
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
            raise lost_process(_("Jalankan lagi dengan --processes 1; yang sudah selesai tidak diulang.")) from None
        finally:
            stop.set()
            working.shutdown(wait=True, cancel_futures=True)


def _tell(progress: Progress | None, part: Part, rows: int) -> None:
    if progress and rows:
        progress(part.name, rows)


# ---- in each process


class _StoppedError(Exception):
    """Another part failed or the run was interrupted."""


_shared: dict[str, Any] = {}


def _begin(run: Run, done: Any, stop: Any) -> None:
    """Tells a process what it runs, where it counts rows done, and what stops it."""
    _shared.update(run=run, done=done, stop=stop)


def _run_part(place: int, part: Part) -> Part:
    def tick(rows: int) -> None:
        if _shared["stop"].is_set():
            raise _StoppedError
        _shared["done"][place] += rows

    compute_part(part, _shared["run"], batches(part, _shared["run"]), tick)
    return part


def batches(part: Part, run: Run) -> Iterator[pa.RecordBatch]:
    """The columns needed of a file, batch by batch, in order; InputError where the file is broken."""
    return read_batches(part.source, part.name, part.columns(run.summary_only), tuple(CHOICES))
