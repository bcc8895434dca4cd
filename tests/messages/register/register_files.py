"""Registers for tests: real files, invented people (serial 0000, nobody's number)."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from jamsostek.messages.guards import Upload
from jamsostek.messages.register.chunks import Chunk, Counts
from jamsostek.messages.register.interpret import read_chunks
from jamsostek.messages.register.looked import Looked, look
from jamsostek.messages.register.mapping import MappedColumn, Mapping

MONTH = 202606
TODAY = dt.date(2026, 6, 30)
AGUS = "3515141708900000"  # a man born 1990-08-17
SITI = "3515146204930000"  # a woman born 1993-04-22
VILLAGES = {
    3515142001: "Suruh", 3515142002: "Sukodono", 3515142003: "Pekarungan", 3515082001: "Sukodono", 3515082002: "Kepuh",
    3404012001: "Balecatur",
}  # fmt: skip
DISTRICTS = {351514: "Sukodono", 351508: "Krembung", 340401: "Gamping"}
FORMER = {3515142099: 3515142001}
TITLES = {
    "nik": "NIK", "name": "Nama", "birth_place": "Tempat Lahir", "birth_date": "Tgl Lahir", "sex": "JK", "kk": "No KK",
    "mother_name": "Ibu Kandung", "phone": "No HP", "village_code": "Kode Desa", "village": "Desa", "district": "Kec",
    "regency": "Kab", "address": "Alamat", "hamlet": "RT", "relation": "SHDK", "decile": "Desil", "occupation": "Pekerjaan",
    "income": "Penghasilan", "disability": "Disabilitas", "marital": "Status Kawin", "civil_status": "Status Penduduk",
    "asn": "ASN", "woman_head": "PEKKA", "children_school": "Anak Sekolah", "note": "Ket", "source_id": "IDBDT",
}  # fmt: skip
FIELDS = list(TITLES)
WHOLE: dict[str, Any] = {
    "nik": AGUS, "name": "Agus Santoso", "birth_place": "Sidoarjo", "birth_date": "17-08-1990", "sex": "L",
    "kk": "3515140101150000", "mother_name": "Sumiati", "phone": "081200000001", "village": "Suruh", "district": "Sukodono",
    "regency": "Sidoarjo", "address": "Jl. Melati 12", "hamlet": "003", "relation": "Kepala Keluarga", "decile": "2",
    "occupation": "Petani", "income": "900000", "disability": "Tidak", "marital": "Kawin", "civil_status": "Hidup",
    "asn": "Tidak",
    "source_id": "A-17",
}  # fmt: skip
MAPPING = Mapping(tuple(MappedColumn(at, title, (field,)) for at, (field, title) in enumerate(TITLES.items())), 1, None)


def row(**changed: Any) -> list[Any]:
    """A good row with some cells changed."""
    return [{**WHOLE, **changed}.get(field) for field in FIELDS]


def people(count: int) -> Iterator[dict[str, Any]]:
    """So many different people."""
    for number in range(count):
        born = dt.date(1960, 1, 1) + dt.timedelta(days=number % 18_000)
        nik = f"{3515 * 100 + 10 + number // 18_000:06d}{born:%d%m%y}0000"
        name = "Orang " + "".join(chr(97 + int(digit)) for digit in str(number))
        yield {**WHOLE, "nik": nik, "name": name, "birth_date": f"{born:%d-%m-%Y}", "kk": f"351514010115{number % 9000:04d}"}


def save_xlsx(path: Path, rows: Sequence[Sequence[Any]], *, merges: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A workbook with one sheet; None is empty, a tuple (formula, value)."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet("Data")
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for at, line in enumerate(rows):
        for column, value in enumerate(line):
            if isinstance(value, dt.date):
                sheet.write_datetime(at, column, dt.datetime.combine(value, dt.time()), date)
            elif isinstance(value, str):
                sheet.write_string(at, column, value)
            elif isinstance(value, tuple):
                sheet.write_formula(at, column, value[0], None, value[1])
            elif value is not None:
                sheet.write_number(at, column, value)
    book.close()
    return path


def save_csv(path: Path, rows: Sequence[Sequence[Any]], delimiter: str = ",") -> Path:
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([["" if cell is None else cell for cell in line] for line in rows])
    return path


def save_parquet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A Parquet file; the first row is the names."""
    columns = list(zip(*rows[1:], strict=True))
    pq.write_table(pa.table({title: pa.array(cells) for title, cells in zip(rows[0], columns, strict=True)}), path)
    return path


def looked(path: Path) -> Looked:
    """What `look` says."""
    return look(path)


def read(path: Path | Upload, mapping: Mapping = MAPPING, **options: Any) -> list[Chunk]:
    """Reads as `read_register` does, without the child process: quicker, the same code otherwise."""
    from jamsostek.messages.register.files import opened

    given: dict[str, Any] = {
        "mapping": mapping.to_json(), "month": MONTH, "today": TODAY.isoformat(), "chunk_rows": 1000, "start_row": 0,
        "villages": list(VILLAGES.items()), "districts": list(DISTRICTS.items()), "regencies": [], "former": list(FORMER.items()),
        "regency": 3515, **options,
    }  # fmt: skip
    import json

    with opened(path) as (file, kind, _name):
        found = []
        for rows, problems in read_chunks(file, kind=kind, **given):
            told = json.loads(rows.schema.metadata[b"chunk"])
            counts = Counts(*told["counts"])
            plain = rows.replace_schema_metadata(None)
            found.append(
                Chunk(told["first_row"], told["next_row"], plain, problems, counts, told["sheet"], tuple(told["titles"]))
            )
        return found
