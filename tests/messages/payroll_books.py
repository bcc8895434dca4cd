"""Small payroll workbooks for tests: real files, invented people (serial 0000, nobody's number)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from jamsostek.messages.guards import read_upload
from jamsostek.messages.payroll import reader
from jamsostek.messages.payroll.records import Payroll

MONTH = 202606
FILES = Path(__file__).parent / "files"
SAMPLES = Path(reader.__file__).parent / "samples"
TITLES = ("No", "Nama", "NIK", "Tgl Lahir", "Upah")
BUDI = "3515140110720000"  # a man born 1972-10-01
SRI = "3174046204730000"  # a woman born 1973-04-22
AGUS = "3374041708900000"  # a man born 1990-08-17


def person(number: int, **changed: Any) -> list[Any]:
    """One worker's cells under `TITLES`; each person's number differs."""
    born = dt.date(1980, 1, 1) + dt.timedelta(days=number)
    cells = {
        "no": number,
        "name": f"Pekerja Contoh {number}",
        "nik": f"351514{born:%d%m%y}0000",
        "born": f"{born:%d-%m-%Y}",
        "wage": 4_500_000,
    }
    return list((cells | changed).values())


def save(path: Path, rows: list[list[Any]], name: str = "Upah", more: dict[str, list[list[Any]]] | None = None) -> Path:
    """A workbook with one sheet of rows (and `more` sheets); None is an empty cell, a tuple (formula, value)."""
    workbook = xlsxwriter.Workbook(str(path))
    date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for title, lines in {name: rows, **(more or {})}.items():
        sheet = workbook.add_worksheet(title)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), date)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, tuple):
                    sheet.write_formula(row, column, value[0], None, value[1])
                elif value is not None:
                    sheet.write_number(row, column, value)
    workbook.close()
    return path


def read(path: Path, sheet: str | None = None, month: int = MONTH) -> Payroll:
    """Reads a file as `read_payroll` does, without the child process: quicker, the same code otherwise."""
    upload = read_upload(path)
    return reader._payroll(reader.interpret(upload.content, kind=upload.kind, month=month, sheet=sheet), upload.name, month)


def kinds(payroll: Payroll) -> list[str]:
    """The kinds of the problems, in the order of the sheet."""
    return [problem.kind for problem in payroll.problems]
