"""A decree's list on paper and as a workbook."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pypdfium2
import pytest

from jamsostek.access.errors import Refused
from jamsostek.access.models import AuditEntry
from jamsostek.core.text import day_words, speaking
from jamsostek.outreach.models import Decree, Programme
from jamsostek.outreach.queries import papers
from jamsostek.outreach.queries.overview import overview_of
from jamsostek.outreach.queries.programmes import decree as decree_by_code
from tests import cast
from tests.outreach.movement import (
    TODAY,
    VILLAGES,
    Poor,
    as_user,
    enrolled,
    funded,
    head,
    linked,
    officer,
    poor,
    programme,
    registered,
    taken,
)


@pytest.fixture
def decree(committed_db: Any) -> Decree:
    with cast.everyone():
        for one in poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    people = [*poor(6), Poor("=HYPERLINK Jahat", village=VILLAGES[1])]
    register = registered(*people)
    linked(register)
    made = programme()
    taken(made, register)
    funded(made)
    return enrolled(made)  # type: ignore[no-any-return]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_the_annex_hides_numbers_and_tells_its_digest(decree: Decree) -> None:
    with as_user(officer()), speaking("id"):
        text = text_of(papers.annex_pdf(decree, TODAY))
        village = text_of(papers.annex_pdf(decree, TODAY, village=VILLAGES[0]))
    assert "188/1/2026" in text and decree.digest[:8] in text and decree.signature["key"] in text
    assert "7 orang, iuran seluruhnya Rp1.411.200." in text.replace("\r\n", " ")
    assert TODAY.isoformat() not in text and day_words(TODAY) in text
    assert "Rentana" in text and "Rentanb" in text and "Rentana" in village and "Rentanb" not in village
    assert all(one.number not in text for one in poor(6)) and poor(1)[0].number[-2:] in text


def test_the_workbook_has_a_sheet_for_each_village_and_runs_nothing(decree: Decree) -> None:
    with as_user(officer()):
        book = openpyxl.load_workbook(io.BytesIO(papers.annex_xlsx(decree)))
    assert len(book.sheetnames) == 3
    rows = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=2)]
    assert sorted(str(row[2].value) for row in rows)[:2] == sorted(one.number for one in [*poor(6), Poor("x")])[:2]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    with cast.everyone():
        assert AuditEntry.objects.filter(action="decree.exported", subject_id=decree.pk).count() == 1


def test_another_region_sees_no_list(decree: Decree) -> None:
    with as_user(officer(3516)), pytest.raises(Refused):
        decree_by_code(decree.code)
    with as_user(head()):
        assert decree_by_code(decree.code).pk == decree.pk
        told = overview_of(Programme.objects.get())
        assert (told.count("enrolled"), told.left_rupiah) == (7, 10**9 - 7 * 201_600)
