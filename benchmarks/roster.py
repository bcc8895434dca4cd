"""Reading a list of people beside the bare reading of its cells: 1,000, 10,000 and 100,000 rows of 14 columns.

    python -m benchmarks.roster [--quick]

Each figure is a whole process pinned to one core, medians of three, sides in turns. The floor is calamine alone, which
only turns the workbook's bytes into Python values; ours also guards the file, starts the limited child, understands and
checks every cell, and gives back a table. Ends with status 1 when a promise is not kept.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import xlsxwriter

from benchmarks.measure import Figure, Side, medians

SIZES = (1_000, 10_000, 100_000)
MOST_SECONDS = 7.0
"""Of one core for reading 100,000 rows, the processes' start included; waiting for other work apart."""
MOST_CHILD_MB = 600.0
MONTH = 202606
TITLES = (
    "Kegiatan", "NIK", "Nama", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "Nama ibu kandung", "Alamat", "Kode wilayah",
    "Nomor HP", "Bank", "Nomor rekening", "Tanggal masuk", "Upah",
)  # fmt: skip
HEAD = "| Rows | Side | Wall s | CPU s | Memory MB | Wall ÷ bare | CPU ÷ bare |\n|---:|---|---:|---:|---:|---:|---:|"
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (a cell's date has no zone)


def generate(path: Path, rows: int, wrong_every: int = 20) -> None:
    """An invented list: half the wages and a third of the dates are text, one row in `wrong_every` has something to mend."""
    from jamsostek.core.nik import compose
    from jamsostek.core.regions import REGENCIES
    from jamsostek.synth.names import names_of

    chance = np.random.default_rng(rows)
    number = np.arange(rows)
    born, woman = 1_000 + number % 12_000, chance.random(rows) < 0.4
    niks = compose(110_101 + number // 12_000, born, woman, 0).tolist()
    names = names_of(35).values
    drawn = chance.integers(0, len(names), (rows, 2)).tolist()
    wages, regions = (2_500_000 + 1_000 * chance.integers(0, 9_000, rows)).tolist(), list(REGENCIES)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Formulir")
    sheet.write_row(0, 0, TITLES)
    for at in range(rows):
        birth, wage, odd = _EPOCH + dt.timedelta(days=int(born[at])), wages[at], at % wrong_every == 1
        first, second = drawn[at]
        sheet.write_row(at + 1, 0, ("MASUK", f"{niks[at]}"[: 15 if odd else 16], f"{names[first]} {names[second]}", "Surabaya"))
        if at % 3:
            sheet.write_datetime(at + 1, 4, birth, day)
        else:
            sheet.write_string(at + 1, 4, f"{birth:%d-%m-%Y}")
        sheet.write_row(
            at + 1, 5,
            ("P" if woman[at] else "L", names[second], f"Jl. Melati {at}", str(regions[at % len(regions)]), f"0812{at:08d}",
             "BRI", f"{at:012d}"),
        )  # fmt: skip
        sheet.write_datetime(at + 1, 12, _EPOCH + dt.timedelta(days=20_606 + at % 28), day)
        if at % 2:
            sheet.write_number(at + 1, 13, wage)
        else:
            sheet.write_string(at + 1, 13, f"Rp {wage:,}".replace(",", ".") + ",-")
    book.close()


# --- what one process does ----------------------------------------------------------------------------------------------


def bare(path: Path) -> dict[str, float]:
    """Calamine alone: bytes to Python values."""
    import python_calamine

    with python_calamine.load_workbook(io.BytesIO(path.read_bytes())) as book:
        return {"rows": len(book.get_sheet_by_index(0).to_python())}


def read(path: Path) -> dict[str, float]:
    """Guarded, read in the limited child, checked."""
    from jamsostek.messages.guards import read_upload
    from jamsostek.messages.roster.layouts import EMPLOYER
    from jamsostek.messages.roster.reader import read_roster

    roster = read_roster(read_upload(path), layout=EMPLOYER, month=MONTH)
    assert roster.counts.refused == roster.counts.read // 20, "one row in twenty has something to mend"
    return {"rows": roster.counts.read, "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def returned(path: Path) -> dict[str, float]:
    """Read, and the wrong rows given back in a workbook: one in twenty."""
    return _returned(path, "wrong")


def returned_all(path: Path) -> dict[str, float]:
    """Read, and every row given back in a workbook."""
    return _returned(path, "all")


def _returned(path: Path, rows: str) -> dict[str, float]:
    from jamsostek.messages.guards import read_upload
    from jamsostek.messages.roster.layouts import EMPLOYER
    from jamsostek.messages.roster.reader import read_roster
    from jamsostek.messages.roster.returned import write_returned

    upload = read_upload(path)
    roster = read_roster(upload, layout=EMPLOYER, month=MONTH)
    begun = time.perf_counter()
    written = write_returned(roster, upload, path.with_suffix(".kembali.xlsx"), rows=rows)
    return {"rows": written, "write_s": time.perf_counter() - begun}


TASKS: dict[str, Callable[[Path], dict[str, float]]] = {
    "bare": bare,
    "read": read,
    "returned": returned,
    "returned_all": returned_all,
}


# --- the run ------------------------------------------------------------------------------------------------------------


def lines(folder: Path, sizes: tuple[int, ...], repetitions: int) -> Iterator[tuple[str, bool]]:
    """A line of the table and whether its promises are kept."""
    for rows in sizes:
        path = folder / f"daftar-{rows}.xlsx"
        generate(path, rows)
        found = medians({name: Side("roster", (name, path)) for name in TASKS}, repetitions)
        for name, figure in found.items():
            yield _line(rows, name, figure, found["bare"]), _kept(rows, name, figure)


def _line(rows: int, name: str, figure: Figure, floor: Figure) -> str:
    ratios = f"{figure.wall_s / floor.wall_s:.2f} | {figure.cpu_s / floor.cpu_s:.2f}"
    return f"| {rows:,} | {name} | {figure.wall_s:.2f} | {figure.cpu_s:.2f} | {figure.peak_mb:.0f} | {ratios} |"


def _kept(rows: int, name: str, figure: Figure) -> bool:
    if name != "read" or rows < SIZES[-1]:
        return True
    return figure.cpu_s <= MOST_SECONDS and figure.told["child_mb"] < MOST_CHILD_MB


def main() -> int:
    """One task for the measurer, or the whole table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.roster", description=__doc__.split("\n")[0])
    parser.add_argument("task", nargs="?", choices=list(TASKS))
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--quick", action="store_true", help="each size once: while developing")
    options = parser.parse_args()
    if options.task:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        print(json.dumps(TASKS[options.task](options.path)))
        return 0
    print(f"load before {os.getloadavg()[0]:.2f}", file=sys.stderr)
    kept = True
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for line, is_kept in lines(Path(folder), SIZES, 1 if options.quick else 3):
            print(line, flush=True)
            kept &= is_kept
    promise = f"100,000 rows read in {MOST_SECONDS:g} s of one core, child below {MOST_CHILD_MB:g} MB"
    print(f"promise: {promise}: {'kept' if kept else 'NOT kept'}")
    return int(not kept)


if __name__ == "__main__":
    raise SystemExit(main())
