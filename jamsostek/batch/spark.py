"""The month of a nation on Spark: the same kernels, fed by Spark's Parquet reader through mapInArrow, a task a file.

Each task writes the lines and the sidecar of its file as the embedded engine does, so both give the same lines, know the row
numbers of wrong rows, and take up each other's runs. Only what was done comes back to the driver: nothing is shuffled, and the
sums are those of the sidecars, once for each file however often a task is tried.

The population and the folder of results must be seen under the same path by every machine (a shared file system).
A file is the unit of work: on many machines, keep the provinces in files of a few million rows.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np
import pyarrow as pa

from jamsostek.batch.arrow import to_flags
from jamsostek.batch.lines import INPUT
from jamsostek.batch.parts import Job, MonthReport, Part, Run, compute_part, opened, recall
from jamsostek.batch.reading import first_line
from jamsostek.batch.session import reform_name, session, ship
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, set_language
from jamsostek.law import Law

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_BEGINS = "_begins"
"""The column that holds the file's path in its first row, and nothing elsewhere."""
_TOLD = "file string, problem string"
_TYPES = {"int64": "long", "choice": "string", "date": "date", "flag": "boolean"}
Work = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def run_month_spark(
    source: Path,
    out: Path,
    month: int,
    law: Law,
    *,
    master: str | None = None,
    summary_only: bool = False,
    force: bool = False,
) -> MonthReport:
    """Bill and allocation of every worker of `source` for a month, as `embedded.run_month` gives them.

    `master` as in `session.session`. Raises InputError for a population that cannot be read, a folder that holds something else,
    and a Spark that is not there; OSError for a full disk. What was finished by then is kept.
    """
    with opened(source, out, month, law, summary_only=summary_only, force=force) as job:
        for part in job.waiting:
            if not part.rows:  # no row, no task
                compute_part(part, job.run, (), _quiet)
        if any(not part.done for part in job.waiting):
            with session(master) as spark:
                _compute(spark, job)
        return job.report()


def _quiet(_rows: int) -> None:
    """Nobody watches."""


def _compute(spark: SparkSession, job: Job) -> None:
    parts = [part for part in job.waiting if not part.done]
    work = _work(job.run, parts, ship(spark, job.run.reforms))
    for told in _collected(_frame(spark, parts, job.run).mapInArrow(work, _TOLD), parts):
        if told.problem:
            raise _error(json.loads(told.problem))
    for part in parts:
        recall(part, job.run.about)
        if not part.done:
            raise InputError(
                _("Hasil {name} tidak terlihat di mesin ini.").format(name=part.name),
                remedy=_("Folder hasil harus folder bersama yang terlihat oleh semua mesin Spark dengan nama yang sama."),
            )


def _frame(spark: SparkSession, parts: Sequence[Part], run: Run) -> DataFrame:
    """The rows of the files, and where each file begins."""
    from pyspark.sql import functions as F

    wanted = {name for part in parts for name in part.columns(run.summary_only)}
    names = [name for name in INPUT if name in wanted]
    schema = ", ".join(f"{name} {_TYPES[INPUT[name]]}" for name in names)
    rows = spark.read.schema(schema).parquet(*(_no_pattern(part.source) for part in parts))
    begins = F.when(F.col("_metadata.row_index") == 0, F.col("_metadata.file_path"))
    return rows.select(*names, begins.alias(_BEGINS))


def _no_pattern(path: Path) -> str:
    """The path with the signs escaped that Spark would read as a pattern."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in str(path))


def _collected(told: DataFrame, parts: Sequence[Part]) -> list[Any]:
    """Runs the job; a file Spark cannot read is named in our words."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        return _interruptible(told)
    except (PySparkException, Py4JJavaError) as error:
        text = str(error)
        broken = next((part for part in parts if str(part.source) in unquote(text)), None)
        if "FAILED_READ_FILE" not in text or broken is None:
            raise
        causes = [line.removeprefix("Caused by: ") for line in text.splitlines() if line.startswith("Caused by: ")]
        reason = causes[0] if causes else first_line(error)
        raise InputError(
            _("{name} tidak dapat dibaca sebagai Parquet: {reason}").format(name=broken.name, reason=reason),
            remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
        ) from None


def _interruptible(told: DataFrame) -> list[Any]:
    """The rows; Ctrl-C cancels the job. Java is asked in a thread: a question broken off in its middle breaks the connection."""
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(told.collect)
        try:
            return future.result()
        except KeyboardInterrupt:
            told.sparkSession.sparkContext.cancelAllJobs()
            raise


def _error(told: Mapping[str, Any]) -> Exception:
    if "errno" in told:
        return OSError(told["errno"], told["message"], told["file"])
    return InputError(told["message"], field=told["field"], remedy=told["remedy"])


# ---- in each task


def _work(run: Run, parts: Sequence[Part], archive: str | None) -> Work:
    """The function Spark carries to its machines.

    It is defined in here and holds plain bytes, so that it travels by value: it must run before the package can be imported.
    """
    task = pickle.dumps((run, {str(part.source): part for part in parts}))

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import sys

        from pyspark import SparkFiles

        folder = SparkFiles.get(archive) if archive else None
        if folder and folder not in sys.path:
            sys.path.insert(0, folder)
        from jamsostek.batch.spark import compute_files

        yield from compute_files(task, folder, batches)

    return work


def compute_files(task: bytes, folder: str | None, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Computes the files of one task and tells of each whether it went well; a person's error is told, not raised."""
    run, parts = pickle.loads(task)  # noqa: S301  (our own, from the driver)
    if folder:
        reforms = tuple(Path(folder) / reform_name(place, path) for place, path in enumerate(run.reforms))
        run = replace(run, reforms=reforms)
    pa.set_cpu_count(1)
    set_language(run.language)
    for path, group in groupby(_by_file(batches), key=lambda pair: pair[0]):
        problem = _computed(parts[path], run, (batch for _path, batch in group))
        yield pa.RecordBatch.from_pydict({"file": [path], "problem": [problem]})


def _computed(part: Part, run: Run, batches: Iterable[pa.RecordBatch]) -> str | None:
    try:
        compute_part(part, run, batches, _quiet)
    except InputError as error:
        return json.dumps({"message": error.message, "field": error.field, "remedy": error.remedy})
    except OSError as error:
        return json.dumps(
            {"errno": error.errno, "message": error.strerror or str(error), "file": str(error.filename or part.lines)}
        )
    return None


def _by_file(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """(path, rows) in order, cut where a file begins."""
    path = ""
    for batch in batches:
        begins = batch.column(_BEGINS)
        starts = np.flatnonzero(to_flags(begins.is_valid())).tolist()
        first = 0
        for start in starts:
            if start > first:
                yield path, batch.slice(first, start - first)
            path, first = unquote(urlsplit(begins[start].as_py()).path), start
        if batch.num_rows > first:
            yield path, batch.slice(first)
