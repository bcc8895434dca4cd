"""What a workbook says beside its cells: formulas in error, hidden rows, macros, whoever wrote the file."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from jamsostek.messages.tables.marks import Marks, read_marks

ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]


def workbook(path: Path, rows: int) -> dict[tuple[int, int], str]:
    """A sheet with an error now and then and every hundredth row hidden; returns the errors by position."""
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Lain").write_formula(0, 0, "=1/0", None, "#DIV/0!")
    sheet = book.add_worksheet("Daftar & <isi>")
    put: dict[tuple[int, int], str] = {}
    for row in range(rows):
        if row % 100 == 7:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in range(8):
            if (row * 8 + column) % 997 == 3:
                put[row, column] = ERRORS[len(put) % len(ERRORS)]
                sheet.write_formula(row, column, "=A1/0", None, put[row, column])
            else:
                sheet.write_string(row, column, f"isi {row} t=\"e\" <c r='A1'> {column}")
    book.close()
    return put


def test_every_error_and_hidden_row_of_a_large_sheet_is_found(tmp_path: Path) -> None:
    put = workbook(tmp_path / "besar.xlsx", 30_000)
    marks = read_marks((tmp_path / "besar.xlsx").read_bytes(), "Daftar & <isi>")
    assert marks.errors == put and len(put) > 200
    assert list(marks.hidden_rows) == list(range(7, 30_000, 100))
    assert not marks.macros


def test_other_sheets_are_not_looked_at(tmp_path: Path) -> None:
    workbook(tmp_path / "kecil.xlsx", 2)
    content = (tmp_path / "kecil.xlsx").read_bytes()
    assert read_marks(content, "Lain").errors == {(0, 0): "#DIV/0!"}
    assert read_marks(content, "tidak ada") == Marks({}, (), False)


def test_files_of_openpyxl_and_libreoffice_are_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Daftar"
    sheet["B2"], sheet["A1"] = "=1/0", "isi"
    sheet.row_dimensions[3].hidden = True
    sheet["A3"] = "tersembunyi"
    book.save(tmp_path / "daftar.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx", "--outdir",
               str(tmp_path / "out"), str(tmp_path / "daftar.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    marks = read_marks((tmp_path / "out" / "daftar.xlsx").read_bytes(), "Daftar")
    assert marks.errors == {(1, 1): "#DIV/0!"}, "LibreOffice computes the formula and writes hidden on every row"
    assert marks.hidden_rows == (2,)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_prefixed_elements_and_single_quotes_are_understood(quote: str) -> None:
    sheet = f"""<x:worksheet><x:sheetData><x:row r={quote}5{quote} hidden={quote}true{quote}>
        <x:c s={quote}1{quote} t={quote}e{quote} r={quote}AB5{quote}><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c>
        <x:c r={quote}AC5{quote} t={quote}e{quote}/></x:row></x:sheetData></x:worksheet>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<x:workbook><x:sheet name='Daftar' sheetId='1' r:id='rId7'/></x:workbook>")
        package.writestr("xl/_rels/workbook.xml.rels", "<Relationship Id='rId7' Type='t' Target='/xl/worksheets/lembar.xml'/>")
        package.writestr("xl/worksheets/lembar.xml", sheet)
        package.writestr("xl/vbaProject.bin", b"")
    assert read_marks(out.getvalue(), "Daftar") == Marks({(4, 27): "#DIV/0!"}, (4,), True)
