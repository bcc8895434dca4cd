"""Which column is which, whatever people write above it."""

from __future__ import annotations

import pytest

from jamsostek.messages.payroll.titles import VOCABULARY
from jamsostek.messages.tables.titles import letter

field_of, find_header = VOCABULARY.field_of, VOCABULARY.find_header
near_field, nearest_title = VOCABULARY.near_field, VOCABULARY.nearest_title


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Nama", "name"), ("NAMA TK", "name"), ("Employee Name", "name"), ("Nama Ibu Kandung", ""), ("Nama Bank", ""),
        ("NIK", "nik"), ("No. KTP", "nik"), ("NIK (No. KTP)", "nik"), ("Nomor Induk Kependudukan", "nik"),
        ("NIP", "employee_number"),
        ("KPJ", "kpj"), ("No. BPJS TK", "kpj"), ("No. BPJS Kesehatan", ""), ("Nomor KPJ / BPJS Ketenagakerjaan", "kpj"),
        ("Tgl. Lahir (dd/mm/yyyy)", "birth_date"), ("Tempat, Tgl Lahir", "birth_date"), ("DOB", "birth_date"),
        ("L/P", "sex"), ("Jns Kelamin", "sex"), ("Gender", "sex"),
        ("Gaji Pokok", "basic"), ("GAPOK", "basic"), ("Basic Salary (IDR)", "basic"),
        ("Upah", "wage"), ("Upah (Rp)", "wage"), ("Gaji Juni 2026", "wage"), ("Salary", "wage"),
        ("Upah dilaporkan ke BPJS", "reported"),
        ("Upah Pokok + Tunjangan Tetap", "reported"), ("Upah Harian", "daily"), ("Daily Rate", "daily"), ("Total Gaji", "gross"),
        ("Tunj. Jabatan", "fixed"), ("Tunjangan Tetap", "fixed"), ("Tunjangan Transport Tetap", "fixed"),
        ("Tj. Istri/Anak", "fixed"),
        ("Tunjangan Tidak Tetap", "variable"), ("Uang Makan", "variable"), ("Lembur (jam)", "variable"),
        ("Meal Allowance", "variable"),
        ("Tunj. Komunikasi", "unclear"), ("Take Home Pay", "net"), ("Iuran JHT", ""), ("Pot. Koperasi", ""),
        ("Kelas Resiko JKK", "risk_class"), ("Jabatan", "position"), ("No. Rekening", "account"), ("No", "number"),
    ],
)  # fmt: skip
def test_a_title_names_its_field(title: str, field: str) -> None:
    assert field_of(title) == field


def test_a_slip_of_the_pen_is_forgiven() -> None:
    assert near_field("Tangal Lahir") == "birth_date"
    header = find_header([["No", "Nama", "NIK", "Tangal Lahir", "Gaji Pokk"]])
    assert header is not None
    assert header.fields == ("number", "name", "nik", "birth_date", "basic")


def test_the_nearest_title_is_named_when_one_is_missing() -> None:
    assert nearest_title(("wage", "basic"), ["Alamat", "Uph Bulan", "Agama"]) == "Uph Bulan"
    assert nearest_title(("wage", "basic"), ["Alamat", "Agama"]) is None


def test_the_header_with_the_most_known_titles_wins() -> None:
    rows = [
        ["Daftar Nama dan NIK"],
        ["Nama", "NIK"],
        ["Nama", "NIK", "Upah", "Tgl Lahir"],
        ["Budi", "3515140110720000", 1.0, "x"],
    ]
    header = find_header(rows)
    assert header is not None
    assert (header.row, header.height, header.complete) == (2, 1, True)


def test_a_data_row_under_the_header_is_never_taken_for_titles() -> None:
    rows = [["Nama", "NIK", "Upah", "Tgl Lahir"], ["Upah Rendah", "NIK 3515140110720000", "Rp 4.500.000", "17-08-1990"]]
    header = find_header(rows)
    assert header is not None
    assert (header.row, header.height) == (0, 1)


def test_columns_are_lettered_as_excel_letters_them() -> None:
    assert [letter(position) for position in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
