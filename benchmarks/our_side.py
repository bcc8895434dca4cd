"""Our side, and what limits it: the month, its totals, the bare scan, the bare rewriting, the kernels alone, one person.

    python -m benchmarks.our_side lines|totals POPULATION OUT
    python -m benchmarks.our_side scan POPULATION            what totals read, and nothing done with it
    python -m benchmarks.our_side rewrite LINES OUT          a result read and written again, no arithmetic
    python -m benchmarks.our_side memory POPULATION          the kernels, arrays in memory, one process
    python -m benchmarks.our_side person                     one person, thousands of calls
    python -m benchmarks.our_side workbook                   a payroll workbook of 100,000 rows
    python -m benchmarks.our_side same LINES LINES           raises when any worker's line differs

What a task finds it prints as one line of JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.figures import MONTH
from jamsostek import law
from jamsostek.batch import embedded, parts
from jamsostek.batch.heap import keep_heap
from jamsostek.batch.lines import INPUT, OUTPUT, columns_of, compute_lines
from jamsostek.batch.reading import READ_ROWS, open_parquet

PROCESSES = 2


def lines(source: Path, out: Path) -> None:
    """The month: every line, and the summary."""
    _month(source, out, summary_only=False)


def totals(source: Path, out: Path) -> None:
    """The month's summary alone."""
    _month(source, out, summary_only=True)


def _month(source: Path, out: Path, summary_only: bool) -> None:
    report = embedded.run_month(source, out, MONTH, law.law_at(MONTH), summary_only=summary_only, processes=PROCESSES)
    assert not report.rejected_count
    found = report.summary.total()
    print(json.dumps({name: found[name] for name in ("workers", "total_rupiah")}))


def scan(source: Path) -> None:
    """Reads what the totals read, with the same reader, in as many processes."""
    print(json.dumps({"workers": _each_file(_scan, source)}))


def _scan(path: Path) -> int:
    _settle()
    names = [name for name in INPUT if name != "participant"]
    with open_parquet(path, path.name) as file:
        batches = file.iter_batches(batch_size=READ_ROWS, columns=names, use_threads=False)
        return sum(batch.num_rows for batch in batches)


def rewrite(source: Path, out: Path) -> None:
    """Reads a result and writes it again with the same writer, in as many processes."""
    print(json.dumps({"workers": _each_file(partial(_rewrite, source, out), source)}))


def _rewrite(source: Path, out: Path, path: Path) -> int:
    _settle()
    target = out / path.relative_to(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetFile(path, memory_map=True, read_dictionary=["segment"]) as file, parts.lines_writer(target) as writer:
        for group in range(file.num_row_groups):
            writer.write_table(file.read_row_group(group, use_threads=False).cast(schema()))
        return int(file.metadata.num_rows)


def _settle() -> None:
    """One thread a process, and the allocator that is quickest for a floor."""
    pa.set_cpu_count(1)
    pa.set_memory_pool(pa.system_memory_pool())


def _each_file(work: Callable[[Path], int], source: Path) -> int:
    files = sorted(source.glob("province=*/*.parquet"), key=lambda path: -path.stat().st_size)
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        return sum(pool.map(work, files))


def schema() -> pa.Schema:
    """Columns of the lines."""
    return parts.LINES_SCHEMA


def memory(source: Path) -> None:
    """The kernels over a population in memory, block by block, in this process alone."""
    keep_heap()  # as every process of the batch does
    columns = load(source)
    rows, figures = len(columns["wage_rupiah"]), law.law_at(MONTH)
    cpu, wall = time.process_time(), time.perf_counter()
    found = compute(figures, columns, rows)
    told = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}
    print(json.dumps(told | {"total_rupiah": int(found["total_rupiah"].sum())}))


def load(source: Path) -> dict[str, Any]:
    """A population as the arrays the kernels take."""
    found = []
    for path in sorted(source.glob("province=*/*.parquet")):
        with open_parquet(path, path.name) as file:
            found += [columns_of(batch, list(INPUT)) for batch in file.iter_batches(READ_ROWS, columns=list(INPUT))]
    return {name: np.concatenate([one[name] for one in found]) for name in INPUT}


def compute(figures: law.Law, columns: dict[str, Any], rows: int) -> dict[str, Any]:
    """Every line of every worker."""
    found = {name: np.zeros(rows, dtype=kind.to_pandas_dtype()) for name, kind in OUTPUT.items()}
    for first in range(0, rows, READ_ROWS):
        at = slice(first, min(first + READ_ROWS, rows))
        batch = {name: values[at] for name, values in columns.items()}
        for _piece in compute_lines(figures, MONTH, batch, at.stop - at.start, {n: v[at] for n, v in found.items()}):
            pass
    return found


def person(calls: int = 3_000) -> None:
    """Median milliseconds of one person's contribution through the Python API: the figure, and its whole explanation."""
    given: dict[str, Any] = {"wage_rupiah": 6_000_000, "risk_class": "medium", "scale": "large", "birth_date": "1990-05-17"}

    def figure() -> None:
        law.calculate("contribution.pu", month="2026-06", **given)

    def explanation() -> None:
        law.explain("contribution.pu", month="2026-06", **given).as_dict()

    print(json.dumps({"figure_ms": _median_ms(figure, calls), "explanation_ms": _median_ms(explanation, calls)}))


def _median_ms(call: Callable[[], None], calls: int) -> float:
    for _ in range(100):
        call()
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def same(ours: Path, other: Path) -> None:
    """Compares two results worker by worker, column by column; raises ValueError naming the first column that differs."""
    mine, theirs = _files(ours), _files(other)
    my_order, their_order = (np.argsort(_column(files, "participant")) for files in (mine, theirs))
    for name in ("participant", *OUTPUT):
        left, right = _column(mine, name)[my_order], _column(theirs, name)[their_order]
        if not np.array_equal(left, right):
            raise ValueError(f"{name} differs between {ours.name} and {other.name}")
    print(json.dumps({"rows": len(my_order)}))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.parquet") if not path.name.startswith("summary"))


def _column(files: list[Path], name: str) -> Any:
    return np.concatenate([pq.ParquetFile(path).read([name])[name].to_numpy() for path in files])


def workbook() -> None:
    """A payroll workbook of 100,000 rows: read, billed, written."""
    from benchmarks.workbook import run

    print(json.dumps(run()))


if __name__ == "__main__":
    globals()[sys.argv[1]](*map(Path, sys.argv[2:]))
