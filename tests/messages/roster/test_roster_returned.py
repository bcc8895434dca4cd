"""The list that goes back: the sender's own cells, remedies beside them, and mended rows that are read again."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet
from roster_books import AGUS, JOINS, LEAVES, MADE, SPONSOR_TITLES, SPONSORED, kinds, person, read, save, table

from jamsostek.core.text import speaking
from jamsostek.messages.guards import check_upload, read_upload
from jamsostek.messages.roster.layouts import EMPLOYER, SPONSOR, Layout
from jamsostek.messages.roster.records import Roster
from jamsostek.messages.roster.returned import ALL, Result, RowVerdict, write_returned

WRONG_NIK, LOST = "35I5141708900000", 3515141708900000


def returned(path: Path, layout: Layout = EMPLOYER, **options: Any) -> tuple[Worksheet, Roster, bytes]:
    """The first sheet of what goes back, the list read, the bytes."""
    upload = read_upload(path)
    roster = read(upload, layout)
    out = io.BytesIO()
    write_returned(roster, upload, out, **options)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())).worksheets[0], roster, out.getvalue()


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """Rows as title -> value."""
    titles = [cell.value for cell in sheet[1]]
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a test's workbook goes."""
    return tmp_path / "daftar.xlsx"


def test_only_wrong_rows_go_back_with_what_to_do(book: Path) -> None:
    sheet, _roster, _bytes = returned(save(book, table([person(1), {**JOINS, "nik": WRONG_NIK, "wage": "UMK"}, LEAVES])))
    (row,) = rows_of(sheet)
    assert (row["NIK"], row["Nama"], row["Upah"]) == (WRONG_NIK, "Agus Santoso", "UMK"), "whole: it is the sender's own file"
    assert (row["Hasil"], row["Baris asal"]) == ("Ditolak, perbaiki", 3)
    assert row["Yang perlu diperbaiki"].split("\n") == [
        "NIK: NIK berisi selain angka (tepat 16 angka)",
        "Upah: Upah berupa tulisan (angka rupiah, misalnya 4500000)",
    ]
    assert "huruf O dan I" in row["Cara memperbaiki"] and "Ganti tulisan dengan angka." in row["Cara memperbaiki"]


def test_all_rows_go_back_when_asked(book: Path) -> None:
    sheet, _roster, _bytes = returned(save(book, table([person(1), person(2, phone="0812"), person(3, wage=None)])), rows=ALL)
    assert [row["Hasil"] for row in rows_of(sheet)] == ["Diterima", "Diterima, periksa", "Ditolak, perbaiki"]


def test_cells_keep_their_kind_and_wrong_ones_are_coloured(book: Path) -> None:
    people = [person(1), {**JOINS, "nik": LOST, "birth_date": dt.date(1990, 8, 17), "start_date": dt.date(2026, 6, 2)}]
    sheet, _roster, _bytes = returned(save(book, table(people)))
    (row,) = rows_of(sheet)
    assert row["NIK"] == LOST and isinstance(row["NIK"], int), "as text it would pass for a NIK though a digit is lost"
    assert (row["Tanggal lahir"].date(), row["Upah"]) == (dt.date(1990, 8, 17), 4_750_000)
    nik = next(cell for cell in sheet[2] if cell.value == LOST)
    assert (nik.number_format, nik.fill.fgColor.rgb) == ("@", "FFF8C9C4"), "typed again, it stays text"
    assert sheet[2][3].fill.fgColor.rgb in ("00000000", None)


def test_mended_rows_alone_are_read_again(book: Path) -> None:
    people = [person(1), {**JOINS, "nik": WRONG_NIK}, {**LEAVES, "leave_reason": None}]
    sheet, _roster, _bytes = returned(save(book, table(people)))
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("NIK") + 1).value = AGUS
    sheet.cell(3, titles.index("Sebab keluar") + 1).value = "Pensiun"
    mended = book.with_name("diperbaiki.xlsx")
    sheet.parent.save(mended)
    again = read(mended)
    assert (kinds(again), again.counts.good) == ([], 2)
    assert again.rows["nik"].to_pylist() == [AGUS, MADE]
    assert {column.title for column in again.columns if column.field in ("", "returned")} == {
        "Hasil", "Yang perlu diperbaiki", "Cara memperbaiki", "Baris asal",
    }  # fmt: skip


def test_what_is_not_mended_comes_back_again(book: Path) -> None:
    people = [{**JOINS, "nik": LOST}, person(2, sex="P"), {**LEAVES, "end_date": "kemarin"}]
    _sheet, first, content = returned(save(book, table(people)))
    again = read(check_upload(content, "daftar.xlsx"))
    assert kinds(again) == kinds(first) == ["nik_lost_digits", "nik_sex_differs", "date_unreadable"]


def test_a_sender_may_say_in_what_goes_back_that_it_matches_the_id_card(book: Path) -> None:
    sheet, _roster, _bytes = returned(save(book, table([{**JOINS, "sex": "P"}])))
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("Sudah cocok dengan KTP") + 1).value = "Ya"
    sheet.parent.save(book)
    assert kinds(read(book)) == ["stated_correct"]


def test_verdicts_of_the_registry_stand_beside_what_the_reader_found(book: Path) -> None:
    verdicts = {
        2: RowVerdict(Result.QUESTION, "Mungkin orang yang sama dengan KPJ 26…01", "Jawab di halaman Pertanyaan."),
        3: RowVerdict(Result.ALREADY),
        4: RowVerdict(Result.KEPT, "Upah lama tidak ditimpa", "Tulis Ya di kolom Timpa."),
        5: RowVerdict(Result.QUESTION, "Mungkin orang yang sama", "Jawab."),
    }
    path = save(book, table([person(1), person(2), person(3), person(4, wage=None), person(5)]))
    sheet, _roster, _bytes = returned(path, verdicts=verdicts)
    assert [(row["Baris asal"], row["Hasil"]) for row in rows_of(sheet)] == [
        (2, "Ditahan, jawab pertanyaannya"), (5, "Ditolak, perbaiki"),
    ]  # fmt: skip
    everything = rows_of(returned(path, verdicts=verdicts, rows=ALL)[0])
    assert [row["Hasil"] for row in everything] == [
        "Ditahan, jawab pertanyaannya", "Sudah terdaftar", "Data lama tidak ditimpa", "Ditolak, perbaiki", "Diterima",
    ]  # fmt: skip
    assert everything[2]["Cara memperbaiki"] == "Tulis Ya di kolom Timpa."


def test_formulas_of_a_sender_are_text_in_what_goes_back(book: Path) -> None:
    sheet, _roster, content = returned(save(book, table([{**JOINS, "name": "=CMD|' /C calc'!A0", "unit": "@SUM(A1)"}])))
    cells = {cell.value: cell for cell in sheet[2]}
    for text in ("=CMD|' /C calc'!A0", "@SUM(A1)"):
        assert (cells[text].data_type, cells[text].quotePrefix) == ("s", True)
    assert b"<f>" not in content


def test_a_sheet_with_a_two_row_header_and_merged_cells_goes_back_flat(book: Path) -> None:
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet("Juni")
    sheet.write(0, 0, "PT CONTOH")
    for column, title in ((1, "NIK"), (2, "Nama"), (5, "Upah"), (6, "Unit"), (7, "Tanggal masuk")):
        sheet.merge_range(2, column, 3, column, title)
    sheet.merge_range(2, 3, 2, 4, "DATA DIRI")
    sheet.write_row(3, 3, ("Tgl. Lahir", "L/P"))
    sheet.write_row(4, 1, (AGUS, "Agus Santoso", "17-08-1990", "P", 4_750_000, "Gudang", "02-06-2026"))
    sheet.write_row(5, 1, (MADE, "Made Suardana", "01-03-1985", "L", "UMK", None, "02-06-2026"))
    sheet.merge_range(4, 6, 5, 6, "Gudang")
    workbook.close()
    back, roster, content = returned(book)
    rows = rows_of(back)
    assert [(row["Baris asal"], row["Unit"]) for row in rows] == [(5, "Gudang"), (6, "Gudang")]
    again = read(check_upload(content, "lagi.xlsx"))
    assert again.refused_rows() == [2, 3] and roster.refused_rows() == [5, 6]
    assert [column.field for column in again.columns][:5] == ["nik", "name", "birth_date", "sex", "wage"]


def test_csv_goes_back_as_a_workbook(tmp_path: Path) -> None:
    rows = table([{**SPONSORED, "nik": WRONG_NIK}, SPONSORED], SPONSOR_TITLES)
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    path = tmp_path / "daftar.csv"
    path.write_text(text, encoding="cp1252")
    sheet, _roster, _bytes = returned(path, SPONSOR)
    (row,) = rows_of(sheet)
    assert (row["NIK"], row["Nomor HP"], row["Baris asal"]) == (WRONG_NIK, "081200000002", 2)


def test_english_goes_back_in_english_and_is_read_again(book: Path) -> None:
    sheet, _roster, content = returned(save(book, table([{**JOINS, "nik": WRONG_NIK}])), speak="en")
    (row,) = rows_of(sheet)
    assert (row["Result"], row["How to mend it"].split(";")[0]) == ("Refused, to mend", "Type it again from the identity card")
    assert kinds(read(check_upload(content, "again.xlsx"))) == ["nik_letters"]


def test_the_second_sheet_counts_the_repairs(book: Path) -> None:
    _sheet, _roster, content = returned(save(book, table([person(n, wage="UMK", phone="0812") for n in range(5)])))
    summary = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    told = [[cell.value for cell in row] for row in summary.iter_rows(min_row=5)]
    assert [row[:3] for row in told] == [
        ["harus diperbaiki", "Upah berupa tulisan", 5],
        ["periksa", "Panjang nomor HP tidak wajar, jadi tidak dicatat", 5],
    ]
    assert summary["A2"].value == "5 baris dibaca: 0 diterima, 5 harus diperbaiki, 0 diterima dengan catatan."


def test_nothing_wrong_gives_titles_alone(book: Path) -> None:
    upload = read_upload(save(book, table([JOINS])))
    out = io.BytesIO()
    assert write_returned(read(upload), upload, out) == 0
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 1


def test_the_file_appears_whole_under_its_name(book: Path, tmp_path: Path) -> None:
    upload = read_upload(save(book, table([person(n, nik=WRONG_NIK, name=f"Orang {chr(65 + n)}") for n in range(20)])))
    target = tmp_path / "kembali.xlsx"
    with speaking("en"):
        assert write_returned(read(upload), upload, target) == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["daftar.xlsx", "kembali.xlsx"]
