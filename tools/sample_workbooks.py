"""Makes the two sample payroll workbooks of `jamsostek/messages/payroll/samples/`: one tidy, one as people really send.

    python tools/sample_workbooks.py

Everybody in them is invented: each NIK ends in the serial 0000, which is never issued. The bytes are always the same.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jamsostek.messages.tables.cells import amount

SAMPLES = Path(__file__).parents[1] / "jamsostek" / "messages" / "payroll" / "samples"
CREATED = dt.datetime(2026, 7, 1, 8, 0)  # noqa: DTZ001  (a fixed property, not a moment)
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MEN = (
    "Agus Santoso", "Budi Hartono", "Slamet Riyadi", "Joko Prasetyo", "Ahmad Fauzi", "Dedi Kurniawan", "Eko Wahyudi",
    "Hendra Gunawan", "Made Suardana", "Ketut Wirawan", "Yohanes Lado", "Markus Wanimbo", "Rahmat Hidayat",
    "Asep Sunandar", "Ujang Komarudin", "Bambang Sutrisno", "Sutrisno", "Wahyu Nugroho", "Rizal Siregar",
    "Togar Simanjuntak", "La Ode Ramli", "Andi Baso", "Daeng Naba", "Teuku Iskandar", "Fajar Setiawan",
    "Imam Syafi'i", "Nur Cahyo",
    "Paulus Tandi", "Samsul Bahri", "Yusuf Maulana", "Zainal Arifin", "Gede Artana",
)  # fmt: skip
WOMEN = (
    "Siti Aminah", "Dewi Lestari", "Sri Wahyuni", "Nurhayati", "Ratna Sari", "Endang Susilowati", "Fitri Handayani",
    "Kadek Ayu", "Luh Sekar", "Maria Goreti", "Yuliana Bano", "Rosmawati", "Lilis Suryani", "Tini Kartini",
    "Wulandari", "Indah Permata", "Mega Silalahi", "Boru Sitorus", "Wa Ode Nina", "Besse Tenri", "Cut Meutia", "Aisyah",
    "Novita Anggraini", "Puji Astuti", "Rina Marlina", "Sulastri", "Theresia Bara", "Umi Kalsum",
    "Yanti Kusuma", "Zubaidah",
)  # fmt: skip
REGIONS = (351514, 352510, 317404, 327306, 337408, 510305, 737111, 127121)
JOBS = (
    "Operator",
    "Operator",
    "Operator",
    "Helper",
    "Teknisi",
    "Staf Gudang",
    "Pengemudi",
    "Admin",
    "Kepala Regu",
    "Supervisor",
)


class Person:
    """An invented worker; the NIK is the number of no one."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.woman = chance.random() < 0.45
        names = WOMEN if self.woman else MEN
        self.name = f"{names[number % len(names)]}" if number < 2 * len(names) else f"{names[number % len(names)]} {number}"
        # One day apart each, so that no two invented numbers are the same.
        self.born = dt.date(1972, 3, 1) + dt.timedelta(days=173 * number + chance.randrange(120))
        region = REGIONS[number % len(REGIONS)]
        day = self.born.day + 40 * self.woman
        self.nik = f"{region}{day:02d}{self.born:%m%y}0000"
        self.kpj = f"26{number:09d}"
        self.job = chance.choice(JOBS)
        self.basic = 3_900_000 + 50_000 * chance.randrange(70) + (4_000_000 if self.job == "Supervisor" else 0)
        self.fixed = 100_000 * chance.randrange(6)
        self.meal = 25_000 * chance.randrange(18, 26)

    @property
    def sex(self) -> str:
        """As Indonesian forms write it."""
        return "P" if self.woman else "L"


def people(count: int, seed: int) -> list[Person]:
    """Invented workers, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (invented people need no secrecy)
    return [Person(number, chance) for number in range(1, count + 1)]


def rupiah(amount: int) -> str:
    """4500000 -> 4.500.000."""
    return f"{amount:,}".replace(",", ".")


def new_workbook(path: Path) -> xlsxwriter.Workbook:
    """A workbook whose bytes depend on nothing but its content."""
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"title": "Daftar upah contoh", "company": "PT Contoh Sejahtera (rekaan)", "created": CREATED})
    return workbook


def tidy(path: Path) -> None:
    """Forty workers, one sheet, nothing to mend."""
    workbook = new_workbook(path)
    sheet = workbook.add_worksheet("Upah Juni 2026")
    title, head = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"bold": True, "border": 1})
    money, date = workbook.add_format({"num_format": "#,##0"}), workbook.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write("A1", "PT CONTOH SEJAHTERA", title)
    sheet.write("A2", "Daftar upah bulan Juni 2026")
    titles = (
        "No",
        "Nama",
        "NIK",
        "KPJ",
        "L/P",
        "Tanggal Lahir",
        "Jabatan",
        "Gaji Pokok",
        "Tunjangan Tetap",
        "Uang Makan",
    )
    sheet.write_row("A4", titles, head)
    crew = people(40, seed=2026)
    for row, person in enumerate(crew, 4):
        sheet.write_row(row, 0, (row - 3, person.name))
        sheet.write_string(row, 2, person.nik)
        sheet.write_string(row, 3, person.kpj)
        sheet.write_string(row, 4, person.sex)
        sheet.write_datetime(row, 5, dt.datetime.combine(person.born, dt.time()), date)
        sheet.write_string(row, 6, person.job)
        for column, rupiahs in enumerate((person.basic, person.fixed, person.meal), 7):
            sheet.write_number(row, column, rupiahs, money)
    end = 4 + len(crew)
    sheet.write(end, 1, "Jumlah", head)
    for column, name in ((7, "basic"), (8, "fixed"), (9, "meal")):
        letter = "ABCDEFGHIJ"[column]
        sheet.write_formula(end, column, f"=SUM({letter}5:{letter}{end})", money, sum(getattr(p, name) for p in crew))
    for columns, width in (("A:A", 5), ("B:B", 24), ("C:D", 19), ("E:E", 5), ("F:F", 13), ("G:G", 15), ("H:J", 15)):
        sheet.set_column(columns, width)
    workbook.close()


class Messy:
    """The other workbook: everything that people do to a payroll table, each at least once."""

    def __init__(self, path: Path) -> None:
        self.workbook = new_workbook(path)
        bold = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        self.head = self.workbook.add_format(bold)
        self.date = self.workbook.add_format({"num_format": "dd/mm/yyyy"})
        self.row = 0

    def write(self) -> None:
        """All sheets."""
        guide = self.workbook.add_worksheet("PETUNJUK")
        guide.write("B2", "Isi nama, NIK dan upah pekerja di lembar GAJI. Jangan ubah judul kolom!")
        recap = self.workbook.add_worksheet("REKAP")
        recap.write_row("A1", ("Bagian", "Jumlah orang", "Jumlah upah"))
        recap.write_row("A2", ("Produksi", 31, 150_000_000))
        sheet = self.workbook.add_worksheet("GAJI JUNI")
        sheet.activate()
        self._titles(sheet)
        crew = people(60, seed=77)
        self._section(sheet, "BAGIAN PRODUKSI", crew[:30])
        self._subtotal(sheet, "Sub Jumlah Produksi", crew[:30])
        self._separator(sheet)
        self._section(sheet, "BAGIAN KANTOR DAN GUDANG", crew[30:])
        self._total(sheet, crew)
        self._signatures(sheet)
        self.workbook.add_worksheet("Sheet3")
        self.workbook.close()

    def _titles(self, sheet: Worksheet) -> None:
        sheet.merge_range("B2:J2", "PT CONTOH SEJAHTERA", self.head)
        sheet.merge_range("B3:J3", "DAFTAR PEMBAYARAN UPAH — PERIODE JUNI 2026", self.head)
        sheet.write("B5", "NPP : rekaan")
        for column, name in (
            (1, "No."),
            (2, "NAMA\nKARYAWAN"),
            (3, "No. KTP"),
            (4, "No. KPJ"),
            (9, "Tj. Makan & Transport"),
        ):
            sheet.merge_range(6, column, 7, column, name, self.head)
        sheet.merge_range(6, 5, 6, 6, "DATA DIRI", self.head)
        sheet.write(7, 5, "Tgl. Lahir", self.head)
        sheet.write(7, 6, "L/P", self.head)
        sheet.merge_range(6, 7, 6, 8, "UPAH", self.head)
        sheet.write(7, 7, "Pokok", self.head)
        sheet.write(7, 8, "Tunj. Tetap", self.head)
        sheet.merge_range(6, 10, 7, 10, "Upah Harian", self.head)
        sheet.merge_range(6, 11, 7, 11, "Kls Risiko", self.head)
        sheet.write_row(8, 1, [f"({n})" for n in range(1, 12)])
        self.row = 9

    def _section(self, sheet: Worksheet, name: str, crew: list[Person]) -> None:
        sheet.write(self.row, 2, name, self.head)
        self.row += 1
        for person in crew:
            self._person(sheet, person)
            self.row += 1 + (person.number % 17 == 0)  # a blank row now and then

    def _person(self, sheet: Worksheet, person: Person) -> None:
        oddity = ODDITIES.get(person.number, {})
        cells: dict[int, Any] = {
            1: person.number,
            2: person.name,
            3: person.nik,
            4: person.kpj if person.number % 5 else "",
            5: self._birth_text(person),
            6: (person.sex, "Laki-laki" if not person.woman else "Perempuan")[person.number % 2],
            7: wage_text(person),
            8: person.fixed or "-",
            9: person.meal,
        }
        for column, value in {**cells, **oddity}.items():
            self._cell(sheet, column, value)

    def _cell(self, sheet: Worksheet, column: int, value: Any) -> None:
        if isinstance(value, dt.date):
            sheet.write_datetime(self.row, column, dt.datetime.combine(value, dt.time()), self.date)
        elif isinstance(value, str):
            sheet.write_string(self.row, column, value)
        elif isinstance(value, tuple):
            sheet.write_formula(self.row, column, value[0], None, value[1])
        else:
            sheet.write_number(self.row, column, value)

    def _birth_text(self, person: Person) -> Any:
        day, month, year = person.born.day, person.born.month, person.born.year
        return (
            person.born,
            f"{day:02d}-{month:02d}-{year}",
            f"{day} {MONTHS[month - 1]} {year}",
            f"{day}/{month}/{year % 100:02d}",
            f"Surabaya, {day:02d} {MONTHS[month - 1][:3]} {year}",
        )[person.number % 5]

    def _sums(self, sheet: Worksheet, label: str, amounts: tuple[int, int]) -> None:
        sheet.write(self.row, 2, label, self.head)
        sheet.write_number(self.row, 7, amounts[0])
        sheet.write_number(self.row, 8, amounts[1])
        self.row += 1

    def _subtotal(self, sheet: Worksheet, label: str, crew: list[Person]) -> None:
        self._sums(sheet, label, (sum(written(p, 7, p.basic) for p in crew), sum(written(p, 8, p.fixed) for p in crew)))

    def _separator(self, sheet: Worksheet) -> None:
        for column in range(1, 11):
            sheet.write_string(self.row, column, "-----")
        self.row += 1

    def _total(self, sheet: Worksheet, crew: list[Person]) -> None:
        # The formula somebody dragged too short: the last worker is not in it.
        basic = sum(written(p, 7, p.basic) for p in crew[:-1])
        self._sums(sheet, "TOTAL", (basic, sum(written(p, 8, p.fixed) for p in crew)))

    def _signatures(self, sheet: Worksheet) -> None:
        sheet.write(self.row + 1, 7, "Sidoarjo, 30 Juni 2026")
        sheet.write_row(self.row + 2, 2, ("Mengetahui,", "", "", "", "", "Dibuat oleh,"))
        sheet.write_row(self.row + 6, 2, ("Direktur", "", "", "", "", "HRD"))


def wage_text(person: Person) -> Any:
    """A basic wage as one person or another would type it."""
    basic = person.basic
    return (
        basic,
        f"Rp {rupiah(basic)},-",
        rupiah(basic),
        f"{basic:,}.00",
        f"Rp{basic}",
        (f"={basic // 2}*2", basic),
        f"{basic // 1_000_000},{basic % 1_000_000 // 10_000:02d} jt",
    )[person.number % 7]


def written(person: Person, column: int, ordinary: int) -> int:
    """The rupiah that stand in a worker's cell, 0 where they make no sense."""
    return amount(ODDITIES.get(person.number, {}).get(column, ordinary)).value or 0


ODDITIES: dict[int, dict[int, Any]] = {
    3: {3: 3515140508680000},  # a NIK as a number: the last digit is gone
    4: {3: "'" + people(60, seed=77)[3].nik},
    5: {3: "3172 0441 0579 0000"},  # blanks, and a birth date that does not fit
    6: {2: "=CMD|' /C calc'!A0"},  # a name that a careless writer would run
    8: {7: "belum ada"},
    9: {7: -4_200_000},
    11: {7: 10**15},
    12: {3: "35151405086800"},  # two digits short
    13: {7: "", 8: "", 10: 185_000},
    14: {7: "", 8: "", 10: "Rp 190.000/hari"},
    15: {2: ""},
    18: {3: people(60, seed=77)[1].nik},  # the NIK of worker 2 again
    20: {5: "31-02-1990"},
    21: {11: "tinggi"},
    22: {11: "IV"},
    23: {11: "bahaya"},
    24: {7: "4.5"},
    25: {6: "X"},
    26: {7: 4_512_000.5},
    27: {5: "08/25/1988"},
    28: {3: "3515I40508680OOO"},
    31: {7: "", 8: ""},
    33: {7: dt.date(2026, 5, 4)},  # 4.5 typed, and Excel knew better
    35: {3: "3.5151405086800e15"},
    37: {7: 4500},  # thousands
    40: {6: "P" if not people(60, seed=77)[39].woman else "L"},
    44: {3: "3515149913990000"},
    47: {3: ""},
    52: {7: "4,75 juta"},
    58: {5: dt.date(2015, 5, 5)},
}


def main(folder: Path = SAMPLES) -> None:
    """Writes both."""
    folder.mkdir(parents=True, exist_ok=True)
    tidy(folder / "gaji_rapi.xlsx")
    Messy(folder / "gaji_berantakan.xlsx").write()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
