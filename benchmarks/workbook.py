"""A payroll workbook of 100,000 rows: read, bill and write, in seconds and megabytes.

    python -m benchmarks.workbook [ROWS]

The workbook is generated first (not counted): half its wages are text as people type them, dates in three ways.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import xlsxwriter

from jamsostek.core.nik import compose
from jamsostek.messages.payroll.bill import make_bill
from jamsostek.messages.payroll.reader import read_payroll
from jamsostek.messages.payroll.write import write_bill

MAXIMUM_SECONDS = 20.0
_EPOCH = dt.date(1970, 1, 1)


def generate(path: Path, rows: int, seed: int = 100_000) -> None:
    """Writes an invented payroll: serial 0000, nobody's number."""
    chance = np.random.default_rng(seed)
    # Region and day count up together so that no two numbers are the same although the serial never moves.
    number = np.arange(rows)
    born = 1_000 + number % 12_000
    woman = chance.random(rows) < 0.4
    niks = compose(110_101 + number // 12_000, born, woman, 0)
    wages = 2_500_000 + 1_000 * chance.integers(0, 20_000, rows)
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet = workbook.add_worksheet("GAJI")
    sheet.write_string(0, 0, "PT CONTOH SEJAHTERA")
    for column, title in enumerate(
        ("No", "Nama", "NIK", "L/P", "Tgl Lahir", "Jabatan", "Gaji Pokok", "Tunj. Tetap", "Uang Makan")
    ):
        sheet.write_string(2, column, title)
    for row, (nik, day, female, wage) in enumerate(
        zip(niks.tolist(), born.tolist(), woman.tolist(), wages.tolist(), strict=True), 3
    ):
        birth = _EPOCH + dt.timedelta(days=day)
        sheet.write_number(row, 0, row - 2)
        sheet.write_string(row, 1, f"Pekerja Contoh {row - 2}")
        sheet.write_string(row, 2, str(nik))
        sheet.write_string(row, 3, "P" if female else "L")
        if row % 3:
            sheet.write_string(row, 4, f"{birth:%d-%m-%Y}")
        else:
            sheet.write_datetime(row, 4, dt.datetime.combine(birth, dt.time()), date)
        sheet.write_string(row, 5, "Operator")
        if row % 2:
            sheet.write_number(row, 6, wage)
        else:
            sheet.write_string(row, 6, f"Rp {wage:,}".replace(",", ".") + ",-")
        sheet.write_number(row, 7, 250_000)
        sheet.write_number(row, 8, 500_000)
    workbook.close()


def memory_mb() -> tuple[float, float]:
    """Highest memory of this process and of its children so far, in MB."""
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own / 1024, children / 1024


def processor_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def run(rows: int = 100_000) -> dict[str, float]:
    """Generates, reads, bills, writes; returns seconds by part, and memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "gaji.xlsx", Path(folder) / "tagihan.xlsx"
        generate(source, rows)
        begun = processor_seconds()
        marks = [time.perf_counter()]
        payroll = read_payroll(source, month=202606)
        marks.append(time.perf_counter())
        bill = make_bill(payroll, risk_class="medium", scale="large")
        marks.append(time.perf_counter())
        write_bill(bill, target)
        marks.append(time.perf_counter())
        processor = processor_seconds() - begun
        assert len(payroll.rows) == rows and not payroll.rows_refused, "every generated row must be billed"
        sizes = source.stat().st_size / 1e6, target.stat().st_size / 1e6
    read, billed, written = (after - before for before, after in pairwise(marks))
    own, child = memory_mb()
    return {
        "rows": rows, "read_s": read, "bill_s": billed, "write_s": written, "total_s": read + billed + written,
        "cpu_s": processor,
        "parent_mb": own, "child_mb": child, "in_mb": sizes[0], "out_mb": sizes[1],
    }  # fmt: skip


def main() -> int:
    """Prints the measurement; status 1 when it takes more of one core than promised (waiting for other work apart)."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    found = run(rows)
    print(" ".join(f"{name}={value:,.1f}" for name, value in found.items()))
    return int(found["cpu_s"] > MAXIMUM_SECONDS * rows / 100_000)


if __name__ == "__main__":
    raise SystemExit(main())
