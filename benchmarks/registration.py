"""An employer's file from upload to the last person registered, in seconds; beside it the least such a file can cost here.

    python -m benchmarks.registration [ROWS …]

A workbook of people put together word by word is made first, in a process of its own (not counted), with a database of its
own. Ours: received, checked, read in the limited child, kept sealed, foretold, confirmed, written in batches with all
indexes, row rules, keys, sealed values and the audit trail. The floor, in the same run: calamine reads the same sheet and
COPY writes the same columns into a table without index, key or rule. Every row must come out registered and employed.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (1_000, 10_000, 100_000)
MONTH, TODAY = 202606, dt.date(2026, 6, 15)
COLUMNS = (
    "activity", "nik", "name", "birth_place", "birth_date", "sex", "mother_name", "address", "region_code", "phone", "bank",
    "account", "start_date", "wage", "occupation", "segment",
)  # fmt: skip
POPULATION = 250_000
WARM_UP = 50
_TICKS = os.sysconf("SC_CLK_TCK")


def generate(path: Path, rows: int, skipped: int) -> None:
    """Writes a list as an employer would: texts and dates as typed, wages as numbers. NIK end in 0000, nobody's number.

    `skipped` people of the same population are in other lists.
    """
    import xlsxwriter

    from jamsostek.messages.roster.layouts import EMPLOYER
    from jamsostek.synth.regency import make_people

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Daftar")
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, next(field.title for field in EMPLOYER.fields if field.name == name))
    done = -skipped
    for batch in make_people(1, POPULATION):
        for person in batch.to_pylist():
            if not 1965 <= person["birth_date"].year <= 2006 or done == rows:
                continue
            done += 1
            if done <= 0:
                continue
            for column, value in enumerate(_row(person, done)):
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(done, column, value)
    book.close()
    assert done == rows, f"{done} people of working age"


def _row(person: dict[str, Any], number: int) -> list[str | int]:
    return [
        "MASUK", f"{person['nik']:016d}", person["name"], "Sidoarjo", f"{person['birth_date']:%d-%m-%Y}",
        "P" if person["sex"] == "female" else "L", person["mother_name"], f"Jl. Contoh {number % 900} RT 03 RW 05",
        str(person["regency_code"]), f"0812{number:08d}", "BRI", f"99{number:010d}", "02-06-2026",
        2_500_000 + number % 9_000 * 1_000, "Operator", "PU",
    ]  # fmt: skip


class Clock:
    """Wall and processor seconds of this process, its children and the database, by part."""

    def __init__(self) -> None:
        self.parts: dict[str, tuple[float, float]] = {}

    def time(self, name: str, do: Callable[[], Any]) -> Any:
        """Runs a part."""
        wall, processor = time.perf_counter(), processor_seconds()
        answer = do()
        self.parts[name] = time.perf_counter() - wall, processor_seconds() - processor
        return answer

    def wall(self, *names: str) -> float:
        """Seconds of parts by the clock on the wall."""
        return sum(self.parts[name][0] for name in names)

    def processor(self, *names: str) -> float:
        """Seconds of parts by the processor's."""
        return sum(self.parts[name][1] for name in names)


def processor_seconds() -> float:
    """Of this process, its children that ended, and the database server with all its processes."""
    from jamsostek.config.embedded import server

    used = os.times()
    postmaster = server().running()
    return used.user + used.system + used.children_user + used.children_system + _of_server(postmaster)


def _of_server(postmaster: int | None) -> float:
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if postmaster in (int(path.parent.name), int(fields[1])):
            # Of the postmaster its ended children too: a connection that was closed is not forgotten.
            ticks += int(fields[11]) + int(fields[12])
            ticks += int(fields[13]) + int(fields[14]) if int(path.parent.name) == postmaster else 0
    return ticks / _TICKS


def ours(content: bytes, rows: int, clock: Clock) -> None:
    """The upload, as the portal and its jobs do it."""
    from django.utils import timezone

    from jamsostek.access.models import Grant, User
    from jamsostek.access.scope import acting, scope_of, system_scope
    from jamsostek.registry.actions import uploads
    from jamsostek.registry.actions.employers import Firm, register_employer
    from jamsostek.registry.models import Employment, Upload

    with acting(system_scope("bench")):
        firm = Firm(name=f"PT Ukur {rows}", kind="company", regency_code=3515, industry="1.1", scale="large")
        employer = register_employer(firm, via="counter", today=TODAY)
        clerk = User.objects.create_user(f"staf{rows}", None, name="Staf")
        Grant.objects.create(user=clerk, role="employer_clerk", kind="employer", target=employer.pk, from_month=MONTH)

    def receive() -> Upload:
        with acting(scope_of(clerk, MONTH)):
            return uploads.receive(
                content=content, file_name="daftar.xlsx", layout="employer", month=MONTH, employer_id=employer.pk
            )

    def confirm() -> None:
        with acting(scope_of(clerk, MONTH)):
            uploads.confirm(upload_id=upload.pk, now=timezone.now())

    upload = clock.time("receive", receive)
    clock.time("read", lambda: uploads.read(upload.pk, now=timezone.now()))
    clock.time("confirm", confirm)
    clock.time("write", lambda: uploads.write(upload.pk, today=TODAY, now=timezone.now()))
    with acting(system_scope("bench")):
        upload.refresh_from_db()
        assert (upload.state, upload.rows_done) == ("done", rows), (upload.state, upload.error, upload.counts)
        assert Employment.objects.filter(employer=employer).count() == rows


def floor(content: bytes, rows: int, clock: Clock) -> None:
    """The same sheet read and the same columns written, and nothing else."""
    import io

    import python_calamine
    from django.db import connections

    def read() -> list[list[Any]]:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]

    def write(cells: list[list[Any]]) -> None:
        with connections["owner"].cursor() as cursor:
            columns = ", ".join(f"{name} text" for name in COLUMNS)
            cursor.execute(f"CREATE TABLE floor_{rows} ({columns})")
            with cursor.copy(f"COPY floor_{rows} FROM STDIN") as copy:
                for row in cells:
                    copy.write_row(row)

    cells = clock.time("floor read", read)
    assert len(cells) == rows
    clock.time("floor write", lambda: write(cells))


def measured(folder: Path, rows: int, skipped: int) -> dict[str, Any]:
    """One size: what ours and the floor took."""
    path = folder / f"daftar-{rows}.xlsx"
    subprocess.run([sys.executable, "-m", "benchmarks.registration", "--make", str(path), str(rows), str(skipped)], check=True)
    content, clock = path.read_bytes(), Clock()
    ours(content, rows, clock)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    floor(content, rows, clock)
    parts, bare = ("receive", "read", "confirm", "write"), ("floor read", "floor write")
    return {
        "rows": rows,
        "seconds": round(clock.wall(*parts), 2), "cpu_seconds": round(clock.processor(*parts), 2),
        "parts": {name: [round(value, 2) for value in clock.parts[name]] for name in (*parts, *bare)},
        "floor_seconds": round(clock.wall(*bare), 2), "floor_cpu_seconds": round(clock.processor(*bare), 2),
        "ratio": round(clock.wall(*parts) / clock.wall(*bare), 2),
        "cpu_ratio": round(clock.processor(*parts) / max(clock.processor(*bare), 1 / _TICKS), 2),
        "job_mb": round(memory / 1024),
        "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def run(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """Makes a database and measures every size in it, the smallest first."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so run last: after the server has stopped
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    # A worker of the portal has long read its law and imported its modules: a small list first, not counted.
    lists = (WARM_UP, *sizes)
    return [measured(Path(folder), rows, sum(lists[:at])) for at, rows in enumerate(lists)][1:]


def main() -> int:
    """Prints the measurement of each size in one line of JSON."""
    if sys.argv[1:2] == ["--make"]:
        generate(Path(sys.argv[2]), *map(int, sys.argv[3:]))
        return 0
    print(json.dumps({"sizes": run(tuple(map(int, sys.argv[1:])) or SIZES)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
