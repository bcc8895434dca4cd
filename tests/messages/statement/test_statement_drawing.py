"""The yearly statement on paper: others read its text back, in both languages, tagged, and the same every time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest

from jamsostek.core.text import speaking
from jamsostek.messages.statement.draw import MonthLine, PaidLine, RateNote, StatementFace, draw_statement_pdf

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
LINES = tuple(
    MonthLine(f"{name} 2020", 342_000, "5,63 %" if at < 10 else "", 45_000 + at if at < 10 else 0, 0, 0, 10_000_000 + at)
    for at, name in enumerate(MONTHS)
)
PAID = tuple(PaidLine(f"10 {name} 2020", f"{name} 2020", "PT Contoh Makmur", 342_000) for name in MONTHS)
FACE = StatementFace(
    name="Siti Rahmawati", kpj="12345678901", other_numbers=(), year=2020, until="Hasil dibukukan sampai Oktober 2020.",
    made_on=dt.date(2026, 11, 21), made="21 November 2026", opening_rupiah=9_999_999, closing_rupiah=14_553_954, months=LINES,
    paid=PAID, pension=PAID[:2], rates=(RateNote("Januari – Oktober 2020: 5,63 % setahun", "PP 46/2015 Pasal 27", "sumber kedua",
    ("https://contoh.example/jht",)),), where="contoh.example/peserta/saldo/2020/",
)  # fmt: skip


def pages(face: StatementFace, language: str = "id") -> list[str]:
    """The text of each page, as pdfium, written by others, reads it."""
    with speaking(language):
        document = pypdfium2.PdfDocument(draw_statement_pdf(face))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_every_figure_stands_on_the_paper() -> None:
    text = " ".join(pages(FACE))
    for told in (
        "Rincian saldo JHT dan iuran JP 2020", "Siti Rahmawati", "1234 5678 901", "Saldo awal tahun Rp9.999.999",
        "Iuran masuk Rp4.104.000", "Hasil pengembangan Rp450.045", "Saldo JHT Rp14.553.954", "Januari 2020 342.000 5,63 % 45.000",
        "November 2020 342.000 belum", "10 Maret 2020 Maret 2020 PT Contoh Makmur 342.000", "5,63 % setahun", "sumber kedua",
        "https://contoh.example/jht", "mulai berkembang pada 1 Januari", "contoh.example/peserta/saldo/2020/", "Halaman 1 dari 2",
    ):  # fmt: skip
        assert told in text, told
    assert "Dicairkan" not in text and "Koreksi" not in text, "what did not happen has no column"


def test_it_speaks_english() -> None:
    text = " ".join(pages(FACE, "en"))
    for told in ("JHT balance and JP contributions 2020", "Balance when the year began Rp9,999,999", "not yet", "Page 1 of 2"):
        assert told in text, told
    assert "Saldo" not in text.replace("saldo/2020", "")


def test_what_was_paid_out_and_corrected_has_its_column() -> None:
    lines = (replace(LINES[0], out_rupiah=250_000, corrected_rupiah=-7_000), *LINES[1:])
    text = " ".join(pages(replace(FACE, months=lines)))
    assert "Dicairkan -Rp250.000" in text and "Koreksi -Rp7.000" in text
    assert "Januari 2020 342.000 5,63 % 45.000 -250.000 -7.000 10.000.000" in text


def test_an_empty_year_is_one_page_that_says_so() -> None:
    empty = replace(FACE, months=(), paid=(), pension=(), rates=(), opening_rupiah=0, closing_rupiah=0, until="", where="")
    (text,) = pages(empty)
    assert "Tidak ada uang JHT atau JP yang masuk atau keluar tahun ini" in text and "Saldo JHT Rp0" in text


def test_the_same_face_makes_the_same_bytes() -> None:
    assert draw_statement_pdf(FACE) == draw_statement_pdf(FACE)


def test_it_is_tagged_for_screen_readers_with_titles_of_tables() -> None:
    pdf = draw_statement_pdf(FACE)
    assert b"/StructTreeRoot" in pdf and b"pdfuaid" in pdf and b"/Lang" in pdf


@pytest.mark.parametrize(
    "name", ["I Gusti Ngurah Agung Bagus Made Wirawan Kusuma Atmaja Putra " * 2, "#let x = 5 *tebal* $ \\ @", "Ü"]
)
def test_any_name_is_text_and_nothing_else(name: str) -> None:
    face = replace(FACE, name=name.strip(), paid=(replace(PAID[0], payer=name.strip()),))
    assert "".join(name.split()) in "".join(" ".join(pages(face)).split())


def test_a_long_year_runs_over_pages_with_its_headings() -> None:
    told = pages(replace(FACE, paid=PAID * 12))
    assert len(told) > 3
    assert all("Diterima Untuk bulan Dari Rupiah" in one for one in told[1:3])
    assert f"Halaman {len(told)} dari {len(told)}" in told[-1]


def test_a_sample_is_marked() -> None:
    assert "CONTOH" in pages(replace(FACE, sample=True))[0]
    assert "CONTOH" not in pages(FACE)[0]
