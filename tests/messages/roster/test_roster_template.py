"""The form that people download: what it checks, what it says, and that it comes back as it was filled in."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from roster_books import MONTH, kinds, read

from jamsostek.core.errors import InputError
from jamsostek.core.text import translate
from jamsostek.messages.guards import FileUnreadable, check_upload
from jamsostek.messages.roster.choices import ANSWERS, TITLES, answer, bank, bank_names, choice
from jamsostek.messages.roster.layouts import ALWAYS, EMPLOYER, JOINING, SPONSOR, Layout
from jamsostek.messages.roster.template import write_template
from jamsostek.messages.roster.titles import VOCABULARY
from jamsostek.messages.tables import cells

BOTH = pytest.mark.parametrize("layout", [EMPLOYER, SPONSOR], ids=lambda layout: layout.name)
LANGUAGES = pytest.mark.parametrize("speak", ["id", "en"])
EXAMPLES = {"id": "Contoh", "en": "Example"}


def template(layout: Layout, speak: str = "id", **options: Any) -> io.BytesIO:
    """A form in memory."""
    out = io.BytesIO()
    write_template(out, layout, month=MONTH, speak=speak, **options)
    out.seek(0)
    return out


def checks(layout: Layout) -> dict[str, DataValidation]:
    """The check of each column of the form, by field."""
    sheet = openpyxl.load_workbook(template(layout)).worksheets[0]
    by_column = {str(one.sqref).split(":")[0].rstrip("0123456789"): one for one in sheet.data_validations.dataValidation}
    return {field.name: by_column[openpyxl.utils.get_column_letter(at)] for at, field in enumerate(layout.fields, 1)}


@BOTH
@LANGUAGES
def test_every_title_of_the_form_is_understood_when_it_comes_back(layout: Layout, speak: str) -> None:
    sheet = openpyxl.load_workbook(template(layout, speak)).worksheets[0]
    fields = [VOCABULARY.field_of(str(cell.value)) for cell in sheet[1]]
    assert fields == [field.name for field in layout.fields]


@BOTH
@LANGUAGES
def test_the_examples_are_good_rows(layout: Layout, speak: str) -> None:
    upload = check_upload(template(layout, speak).getvalue(), "formulir.xlsx")
    roster = read(upload, layout, sheet=EXAMPLES[speak])
    assert (roster.counts.read, roster.counts.good, kinds(roster)) == (4, 4, [])


@BOTH
@LANGUAGES
def test_an_empty_form_is_not_taken_for_its_examples(layout: Layout, speak: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(check_upload(template(layout, speak).getvalue(), "formulir.xlsx"), layout)
    assert refused.value.kind == "no_rows"


@LANGUAGES
@pytest.mark.parametrize("field", sorted(set(TITLES) - {"sex"}))
def test_every_word_offered_is_understood_when_it_comes_back(field: str, speak: str) -> None:
    for value, title in TITLES[field].items():
        assert choice(field, translate(title, speak)).value == value


@LANGUAGES
def test_sexes_answers_and_banks_offered_are_understood_when_they_come_back(speak: str) -> None:
    assert [cells.sex(translate(title, speak)).value for title in TITLES["sex"].values()] == list(TITLES["sex"])
    assert [answer(translate(title, speak)).value for title in ANSWERS.values()] == list(ANSWERS)
    assert all(bank(name).value == name and not bank(name).problem for name in bank_names())


def test_the_form_checks_while_people_type() -> None:
    found = checks(EMPLOYER)
    assert (found["nik"].type, found["nik"].formula1) == ("custom", "AND(LEN(B2)=16,ISNUMBER(VALUE(B2)))")
    assert (found["activity"].type, found["activity"].formula1) == ("list", '"MASUK,KELUAR,UBAH UPAH,UBAH DATA"')
    assert (found["sex"].formula1, found["leave_reason"].type) == ('"L,P"', "list")
    assert (found["birth_date"].type, found["birth_date"].operator) == ("date", None)  # between, the default
    assert (found["wage"].type, found["wage"].formula1) == ("whole", "0")
    assert found["region_code"].formula1 == "'Pilihan'!$A$2:$A$515"
    assert found["region_code"].errorStyle == "information", "a region may also be typed by its code"
    assert str(found["nik"].sqref) == "B2:B100001"
    assert all(check.prompt for check in found.values()), "every cell says what belongs into it"


def test_numbers_of_identity_are_formatted_as_text() -> None:
    sheet = openpyxl.load_workbook(template(EMPLOYER)).worksheets[0]
    for field in ("nik", "kpj", "phone", "account"):
        place = [one.name for one in EMPLOYER.fields].index(field) + 1
        assert sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].number_format == "@"


def test_columns_that_are_needed_look_so() -> None:
    sheet = openpyxl.load_workbook(template(EMPLOYER)).worksheets[0]
    dark = [field.name for field, cell in zip(EMPLOYER.fields, sheet[1], strict=True) if cell.fill.fgColor.rgb == "FF1F6B45"]
    needed = [field.name for field in EMPLOYER.fields if field.need in (ALWAYS, JOINING)]
    assert set(needed) <= set(dark) and {"phone", "mother_name"} & set(dark) == set()


@BOTH
@LANGUAGES
def test_the_instructions_tell_every_column(layout: Layout, speak: str) -> None:
    guide = openpyxl.load_workbook(template(layout, speak)).worksheets[1]
    told = [[str(cell.value or "") for cell in row] for row in guide.iter_rows()]
    for field in layout.fields:
        row = next(row for row in told if row[0] == translate(field.title, speak))
        assert row[2] == translate(field.help, speak)


def test_the_instructions_agree_with_what_is_read() -> None:
    guide = openpyxl.load_workbook(template(EMPLOYER)).worksheets[1]
    told = {row[0]: [str(cell or "") for cell in row] for row in guide.iter_rows(values_only=True)}
    assert told["NIK"][1] == "wajib, atau isi KPJ"
    assert "Kosong: menurut centang Ganti data lama" in told["Timpa"][2]
    assert not [line for line in told if line and "langsung diterima" in line], "nothing is recorded before somebody confirms"


def test_villages_of_a_sponsor_are_offered_in_place_of_all_regencies() -> None:
    regions = {3515142003: "Suruh", 3515142004: "Jumputrejo"}
    book = openpyxl.load_workbook(template(SPONSOR, regions=regions))
    offered = [cell.value for cell in book.worksheets[3]["A"] if cell.value]
    assert offered == ["Kode wilayah", "3515142003 Suruh", "3515142004 Jumputrejo"]


def test_the_same_form_is_the_same_bytes_and_small() -> None:
    first = template(EMPLOYER).getvalue()
    assert first == template(EMPLOYER).getvalue()
    assert len(first) < 60_000


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tidak dapat ditulis"):
        write_template(tmp_path / "tidak" / "ada.xlsx", EMPLOYER, month=MONTH)


def test_libreoffice_opens_the_form_with_its_checks(tmp_path: Path) -> None:
    path = tmp_path / "formulir.xlsx"
    write_template(path, EMPLOYER, month=MONTH)
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    for kind, folder, source in (("ods", tmp_path, path), ("xlsx", tmp_path / "lagi", tmp_path / "formulir.ods")):
        subprocess.run([*office, kind, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(tmp_path / "lagi" / "formulir.xlsx").worksheets[0]
    kept = {one.type for one in sheet.data_validations.dataValidation}
    assert {"custom", "list", "date", "whole"} <= kept
    assert sheet.column_dimensions["B"].number_format == "@"
