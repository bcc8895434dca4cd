"""Lists of people for tests: real files, invented people (serial 0000, nobody's number)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from jamsostek.messages.guards import Upload, read_upload
from jamsostek.messages.roster import layouts
from jamsostek.messages.roster.interpret import interpret
from jamsostek.messages.roster.layouts import EMPLOYER, Layout
from jamsostek.messages.roster.reader import limits_of, roster_of
from jamsostek.messages.roster.records import Roster

MONTH = 202606
SAMPLES = Path(layouts.__file__).parent / "samples"
AGUS = "3515141708900000"  # a man born 1990-08-17
SITI = "3515146204930000"  # a woman born 1993-04-22
MADE = "5103050103850000"  # a man born 1985-03-01
EMPLOYER_TITLES = {
    "activity": "Kegiatan", "nik": "NIK", "kpj": "KPJ", "name": "Nama", "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir", "sex": "Jenis kelamin", "mother_name": "Nama ibu kandung", "address": "Alamat",
    "region_code": "Kode wilayah", "phone": "Nomor HP", "bank": "Bank", "account": "Nomor rekening",
    "start_date": "Tanggal masuk", "end_date": "Tanggal keluar", "leave_reason": "Sebab keluar", "wage": "Upah", "unit": "Unit",
    "occupation": "Jabatan", "segment": "Jenis pekerja", "disability_type": "Jenis disabilitas",
    "disability_degree": "Derajat disabilitas", "overwrite": "Timpa", "confirmed": "Sudah cocok dengan KTP",
    "regency": "Kabupaten/Kota", "village": "Desa/Kelurahan", "employee_number": "NIP", "identity_type": "Jenis identitas",
}  # fmt: skip
SPONSOR_TITLES = {
    "activity": "Kegiatan", "nik": "NIK", "name": "Nama", "birth_date": "Tanggal lahir", "sex": "Jenis kelamin",
    "address": "Alamat", "region_code": "Kode wilayah", "regency": "Kabupaten/Kota", "district": "Kecamatan",
    "village": "Desa/Kelurahan", "occupation": "Pekerjaan", "income": "Penghasilan", "phone": "Nomor HP",
    "mother_name": "Nama ibu kandung", "bank": "Bank", "account": "Nomor rekening", "start_date": "Tanggal mulai",
    "end_date": "Tanggal keluar", "leave_reason": "Sebab keluar", "overwrite": "Timpa", "confirmed": "Sudah cocok dengan KTP",
}  # fmt: skip
JOINS: dict[str, Any] = {
    "activity": "MASUK", "nik": AGUS, "name": "Agus Santoso", "birth_place": "Sidoarjo", "birth_date": "17-08-1990", "sex": "L",
    "mother_name": "Sumiati", "address": "Jl. Melati 12", "region_code": "35.15", "phone": "081200000001", "bank": "BRI",
    "account": "000000000012", "start_date": "02-06-2026", "wage": 4_750_000, "unit": "Pabrik", "occupation": "Operator",
}  # fmt: skip
LEAVES: dict[str, Any] = {
    "activity": "KELUAR", "nik": MADE, "name": "Made Suardana", "end_date": "19-06-2026", "leave_reason": "Mengundurkan diri",
}  # fmt: skip
SPONSORED: dict[str, Any] = {
    "activity": "MASUK", "nik": SITI, "name": "Siti Aminah", "birth_date": "22-04-1993", "sex": "P", "address": "Jl. Kenanga 4",
    "region_code": "3515", "district": "Sukodono", "village": "Suruh", "occupation": "Pedagang sayur", "income": 1_200_000,
    "phone": "081200000002",
}  # fmt: skip


def person(number: int, **changed: Any) -> dict[str, Any]:
    """A row that joins; each person's number differs."""
    born = dt.date(1980, 1, 1) + dt.timedelta(days=number)
    nik = f"351514{born:%d%m%y}0000"
    name = f"Pekerja {chr(65 + number % 26)}{chr(97 + number // 26 % 26)}"
    own = {"nik": nik, "name": name, "birth_date": f"{born:%d-%m-%Y}", "account": f"{number:012d}", "phone": f"0812{number:08d}"}
    return {**JOINS, **own, **changed}


def save(path: Path, rows: list[list[Any]], name: str = "Formulir", more: dict[str, list[list[Any]]] | None = None) -> Path:
    """A workbook with one sheet of rows (and `more` sheets); None is an empty cell, a tuple (formula, value)."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for title, lines in {name: rows, **(more or {})}.items():
        sheet = workbook.add_worksheet(title)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), date)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, tuple):
                    sheet.write_formula(row, column, value[0], None, value[1])
                elif value is not None:
                    sheet.write_number(row, column, value)
    workbook.close()
    return path


def table(people: list[dict[str, Any]], titles: dict[str, str] | None = None) -> list[list[Any]]:
    """Titles and rows: the columns that anybody fills in, in the order of the layout."""
    known = titles or EMPLOYER_TITLES
    used = [field for field in known if any(field in one for one in people)]
    return [[known[field] for field in used], *([one.get(field) for field in used] for one in people)]


def read(upload: Upload | Path, layout: Layout = EMPLOYER, month: int = MONTH, **options: Any) -> Roster:
    """Reads a list as `read_roster` does, without the child process: quicker, the same code otherwise."""
    sent = read_upload(upload) if isinstance(upload, Path) else upload
    law = limits_of(month)
    villages = [(code, name) for code, name in options.get("villages", {}).items()]
    rows, problems = interpret(
        sent.content, kind=sent.kind, layout=layout.name, month=month, sheet=options.get("sheet"), villages=villages,
        limits=(law.bpu_ages.at_least, law.bpu_ages.below, law.register_days),
    )  # fmt: skip
    return roster_of(rows, problems, name=sent.name, layout=layout.name, month=month)


def kinds(roster: Roster) -> list[str]:
    """The kinds of the problems, in the order of the sheet."""
    return [problem.kind for problem in roster.problems()]


def notes(roster: Roster) -> list[str]:
    """The kinds of the notes."""
    return [note.kind for note in roster.notes]
