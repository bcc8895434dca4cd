"""Makes the sample lists of `jamsostek/messages/roster/samples/`: an employer's and a sponsor's, tidy and as people really send.

    python tools/sample_rosters.py

Everybody in them is invented: each NIK ends in the serial 0000, which is never issued. The bytes are always the same.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import xlsxwriter
from sample_workbooks import CREATED, MONTHS, WOMEN, Person, people, rupiah
from xlsxwriter.worksheet import Worksheet

SAMPLES = Path(__file__).parents[1] / "jamsostek" / "messages" / "roster" / "samples"
REGENCIES = (3515, 3525, 3174, 3273, 3374, 5103, 7371, 1271)
"""Where the people of `sample_workbooks.REGIONS` live, in the same order."""
TITLES = (
    "Kegiatan", "NIK", "KPJ", "Nama", "Tempat lahir", "Tanggal lahir", "Jenis kelamin", "Nama ibu kandung", "Alamat",
    "Kode wilayah", "Nomor HP", "Bank", "Nomor rekening", "Tanggal masuk", "Tanggal keluar", "Sebab keluar", "Upah", "Unit",
    "Jabatan", "Jenis pekerja", "Jenis disabilitas", "Derajat disabilitas", "Timpa",
)  # fmt: skip
VILLAGE_TITLES = (
    "No", "NIK", "Nama Lengkap", "Tempat/Tgl Lahir", "L/P", "Alamat", "Desa", "Kecamatan", "Kab/Kota", "Pekerjaan",
    "Penghasilan", "No HP",
)  # fmt: skip
TRADES = (
    "Petani",
    "Buruh tani",
    "Nelayan",
    "Pedagang sayur",
    "Penjahit",
    "Tukang becak",
    "Pemulung",
    "Guru mengaji",
    "Pengrajin",
)


def mother(person: Person) -> str:
    """An invented mother's name."""
    return WOMEN[(7 * person.number + 3) % len(WOMEN)]


def joining(person: Person) -> list[Any]:
    """A tidy row of the employer's list; every ninth leaves, every seventh only has a new wage."""
    number = person.number
    leaves, changes = number % 9 == 0, number % 7 == 0 and number % 9
    activity = "KELUAR" if leaves else "UBAH UPAH" if changes else "MASUK"
    started = dt.date(2026, 6, 1 + number % 28)
    return [
        activity, person.nik, person.kpj if leaves or changes else "", person.name, "Surabaya", person.born, person.sex,
        mother(person), f"Jl. Melati {number}", str(REGENCIES[number % len(REGENCIES)]), f"0812{number:08d}", "BRI",
        f"{number:012d}", "" if leaves or changes else started, dt.date(2026, 6, 30) if leaves else "",
        "Mengundurkan diri" if leaves else "", "" if leaves else person.basic + person.fixed, "Pabrik", person.job,
        "Magang" if number % 11 == 0 else "", "Sensorik" if number == 5 else "", "Ringan" if number == 5 else "", "",
    ]  # fmt: skip


class Sheet:
    """A sheet of rows; a tuple is a formula and its value, '' an empty cell."""

    def __init__(self, path: Path, name: str) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        self.book.set_properties({"title": "Daftar contoh", "company": "PT Contoh Sejahtera (rekaan)", "created": CREATED})
        self.head = self.book.add_format({"bold": True, "border": 1, "text_wrap": True})
        self.date = self.book.add_format({"num_format": "dd/mm/yyyy"})
        self.sheet = self.book.add_worksheet(name)

    def row(self, at: int, cells: list[Any], first: int = 0, sheet: Worksheet | None = None) -> None:
        """A row of cells from a column on."""
        target = sheet or self.sheet
        for column, cell in enumerate(cells, first):
            if isinstance(cell, dt.date):
                target.write_datetime(at, column, dt.datetime.combine(cell, dt.time()), self.date)
            elif isinstance(cell, tuple):
                target.write_formula(at, column, cell[0], None, cell[1])
            elif isinstance(cell, str):
                target.write_string(at, column, cell) if cell else None
            else:
                target.write_number(at, column, cell)


def tidy(path: Path) -> None:
    """Sixty workers as our form asks for them: nothing to mend."""
    made = Sheet(path, "Formulir")
    made.sheet.write_row(0, 0, TITLES, made.head)
    for at, person in enumerate(people(60, seed=2027), 1):
        made.row(at, joining(person))
    made.book.close()


ODD: dict[int, dict[str, Any]] = {
    2: {"NIK": 3515140508680000}, 3: {"NIK": "35151405O8680000"}, 4: {"Upah": "Rp 4.500.000,-"}, 5: {"Upah": "4,5jt"},
    6: {"Upah": "sesuai UMK"}, 8: {"Tanggal lahir": "31-02-1990"}, 10: {"Jenis kelamin": "X"}, 11: {"Kode wilayah": "Bandung"},
    12: {"Kode wilayah": "Sidoardjo"}, 13: {"Kode wilayah": "35.99"}, 15: {"Nomor HP": "+62 812-3456-7890"},
    16: {"Nomor HP": 81234567890}, 17: {"Nomor HP": "tidak ada"}, 19: {"Bank": ""}, 20: {"Nama": "Alm. Slamet"},
    22: {"Nama": "Budi 2"}, 23: {"Tanggal masuk": "20 Juni 2026"}, 24: {"Tanggal masuk": "kapan saja"},
    25: {"Tanggal keluar": dt.date(2026, 6, 10)}, 26: {"Upah": ("=1/0", "#DIV/0!")}, 29: {"Jabatan": "Anggota TNI"},
    30: {"Upah": ("=2000000*2", 4_000_000)}, 31: {"Nama": "=CMD|' /C calc'!A0"}, 32: {"NIK": "198503012010011001"},
    33: {"Upah": 4.5}, 34: {"Kegiatan": "MASIH"}, 36: {"Sebab keluar": ""}, 37: {"Jenis kelamin": "?"},
}  # fmt: skip


def messy(path: Path) -> None:
    """An employer's own table: a logo, two lines of titles, merged cells, a hidden sheet, and much to mend."""
    made = Sheet(path, "Mutasi Juni")
    old = made.book.add_worksheet("Mei (lama)")
    made.row(0, list(TITLES), sheet=old)
    made.row(1, joining(people(1, seed=5)[0]), sheet=old)
    old.hide()
    sheet = made.sheet
    sheet.merge_range(0, 1, 0, 10, "PT CONTOH SEJAHTERA", made.head)
    sheet.merge_range(1, 1, 1, 10, "Mutasi tenaga kerja bulan Juni 2026", made.head)
    first, head = 1, 3
    groups = {(4, 7): "DATA DIRI", (8, 12): "TEMPAT TINGGAL DAN REKENING"}
    grouped = {column for low, high in groups for column in range(low, high + 1)}
    for (low, high), title in groups.items():
        sheet.merge_range(head, first + low, head, first + high, title, made.head)
    for column, title in enumerate(TITLES, first):
        if column - first in grouped:
            sheet.write(head + 1, column, title, made.head)
        else:
            sheet.merge_range(head, column, head + 1, column, title, made.head)
    crew = people(45, seed=78)
    at = head + 2
    for person in crew:
        cells = dict(zip(TITLES, joining(person), strict=True)) | ODD.get(person.number, {})
        if person.number % 3 == 0 and isinstance(cells["Tanggal lahir"], dt.date):
            cells["Tanggal lahir"] = f"{person.born.day} {MONTHS[person.born.month - 1]} {person.born.year}"
        made.row(at, list(cells.values()), first)
        at += 1 + (person.number == 20)
    made.row(at, joining(crew[0]), first)
    unit = first + TITLES.index("Unit")
    sheet.merge_range(head + 2, unit, head + 6, unit, "Gudang")
    sheet.set_row(head + 9, None, None, {"hidden": True})
    sheet.write(at + 2, first, f"Jumlah: {len(crew) + 1} orang")
    sheet.write(at + 4, first + 6, "Sidoarjo, 30 Juni 2026")
    sheet.write(at + 8, first + 6, "HRD")
    made.book.close()


def village(path: Path) -> None:
    """A village's list of vulnerable workers as a spreadsheet saves it: semicolons, cp1252, things to mend."""
    lines = [VILLAGE_TITLES]
    for person in people(40, seed=91):
        number = person.number
        born = f"Sidoarjo, {person.born.day:02d}-{person.born.month:02d}-{person.born.year}"
        nik = {4: "'" + person.nik, 9: person.nik[:15], 12: "", 17: "3.51514E+15"}.get(number, person.nik)
        trade = {6: "Guru PNS", 14: "", 20: "Pensiunan PNS"}.get(number, TRADES[number % len(TRADES)])
        name = {8: "José Kaunang", 21: "Sulastri", 22: "xxx"}.get(number, person.name)
        income = {3: "1,2 jt", 5: "pas-pasan", 7: "Rp 900.000,-"}.get(number, rupiah(600_000 + 50_000 * (number % 20)))
        region = {10: "Kab. Sidoarjo", 11: "Jawa Timur"}.get(number, "Sidoarjo")
        lines.append(
            (str(number), nik, name, born, person.sex, f"Dusun Krajan RT {number % 9 + 1:02d}", "Suruh", "Sukodono", region,
             trade, income, f"0813{number:08d}" if number % 4 else "")
        )  # fmt: skip
    path.write_bytes("".join(";".join(line) + "\r\n" for line in lines).encode("cp1252"))


def main(folder: Path = SAMPLES) -> None:
    """Writes all three."""
    folder.mkdir(parents=True, exist_ok=True)
    tidy(folder / "pekerja_rapi.xlsx")
    messy(folder / "pekerja_berantakan.xlsx")
    village(folder / "rentan_desa.csv")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
