"""Bills on paper: amounts in words in both languages, one page each, a thousand in one document within seconds."""

from __future__ import annotations

import datetime as dt
import re
import time

import pypdfium2
import pytest

from jamsostek.core.text import speaking
from jamsostek.messages.bill.draw import BillFace, ProgrammeLine, draw_bills_pdf
from jamsostek.messages.bill.words import LARGEST, spelled
from jamsostek.messages.card.scan import read_codes

MADE = dt.date(2026, 4, 1)
CPU_SECONDS = 25
"""For a thousand pages; about five on a quiet machine."""


def face(number: int = 0, **changed: object) -> BillFace:
    facts: dict[str, object] = {
        "title": "Iuran Maret 2026", "code": f"1234567890{number:05d}", "payer": f"PT Contoh {number}",
        "payer_number": "NPP 1234 5678", "payer_lines": ("Jalan Contoh 1", "Kabupaten Sidoarjo"),
        "months": "Maret 2026", "made": "1 April 2026",
        "total_rupiah": 659_265_600 + number, "worker_rupiah": 2_000,
        "programmes": (ProgrammeLine("Jaminan Kecelakaan Kerja (JKK)", 1_000, "15 April 2026"),), "facts": (("Orang", "5.606"),),
        "after_due": "Denda 2 % untuk setiap bulan keterlambatan.", "articles": ("PP 44/2015 Pasal 16",),
        "digest": "29df68b7e6d0e193", "where": "contoh.test/tagihan/123456789000000/",
    }  # fmt: skip
    return BillFace(**(facts | changed))  # type: ignore[arg-type]


def pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]


@pytest.mark.parametrize(("rupiah", "indonesian", "english"), [
    (0, "nol", "zero"), (1, "satu", "one"), (10, "sepuluh", "ten"), (11, "sebelas", "eleven"), (12, "dua belas", "twelve"),
    (20, "dua puluh", "twenty"), (21, "dua puluh satu", "twenty-one"), (100, "seratus", "one hundred"),
    (110, "seratus sepuluh", "one hundred and ten"), (1_000, "seribu", "one thousand"),
    (1_001, "seribu satu", "one thousand and one"),
    (2_000, "dua ribu", "two thousand"), (11_000, "sebelas ribu", "eleven thousand"),
    (16_800, "enam belas ribu delapan ratus", "sixteen thousand eight hundred"),
    (100_000, "seratus ribu", "one hundred thousand"),
    (1_000_000, "satu juta", "one million"), (1_001_000, "satu juta seribu", "one million one thousand"),
    (659_265_600, "enam ratus lima puluh sembilan juta dua ratus enam puluh lima ribu enam ratus",
     "six hundred and fifty-nine million two hundred and sixty-five thousand six hundred"),
    (2_000_000_011, "dua miliar sebelas", "two billion and eleven"), (10**12, "satu triliun", "one trillion"),
    (-5, "minus lima", "minus five"),
])  # fmt: skip
def test_amounts_in_words(rupiah: int, indonesian: str, english: str) -> None:
    assert spelled(rupiah) == f"{indonesian} rupiah"
    with speaking("en"):
        assert spelled(rupiah) == f"{english} rupiah"


def test_no_two_amounts_have_the_same_words_and_too_much_is_refused() -> None:
    amounts = [*range(3_000), *(10**power + one for power in range(4, 18) for one in range(-3, 4))]
    for language in ("id", "en"):
        with speaking(language):
            told = [spelled(one) for one in dict.fromkeys(amounts)]
            assert len(set(told)) == len(told) and not any("  " in one for one in told)
    with pytest.raises(ValueError, match="not spelled"):
        spelled(LARGEST + 1)


def test_a_page_says_who_how_much_by_which_code_until_when_and_by_which_law() -> None:
    (page,) = pages(draw_bills_pdf([face(7)], MADE))
    for text in (
        "Iuran Maret 2026", "PT Contoh 7", "NPP 1234 5678", "12345", "67890", "00007", "Rp659.265.607", "tujuh rupiah",
        "15 April 2026", "Denda 2 %", "PP 44/2015 Pasal 16", "29df68b7e6d0e193", "contoh.test/tagihan/", "Rp2.000",
        "virtual account",
    ):  # fmt: skip
        assert text in page, text
    with speaking("en"):
        (english,) = pages(draw_bills_pdf([face(7)], MADE))
    assert (
        "Amount to pay" in english and "Rp659,265,607" in english and "seven rupiah" in english and "Jumlah yang" not in english
    )


def test_what_is_paid_or_taken_back_or_invented_says_so_and_strange_names_are_only_names() -> None:
    (page,) = pages(draw_bills_pdf([face(stamp="LUNAS", sample=True, payer='PT #let x = "1" *Contoh* & $a$')], MADE))
    assert "LUNAS" in page and "CONTOH" in page and 'PT #let x = "1" *Contoh* & $a$' in page
    with pytest.raises(ValueError, match="no bills"):
        draw_bills_pdf([], MADE)


def test_the_code_is_read_back_from_its_picture() -> None:
    assert [one.text for one in read_codes(draw_bills_pdf([face(42), face(43)], MADE))] == ["123456789000042", "123456789000043"]


def test_a_thousand_bills_are_one_document_within_seconds_and_always_the_same_bytes() -> None:
    faces = [face(number) for number in range(1_000)]
    begun = time.process_time()
    content = draw_bills_pdf(faces, MADE)
    assert time.process_time() - begun < CPU_SECONDS
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1_000
    assert draw_bills_pdf(faces[:3], MADE) == draw_bills_pdf(faces[:3], MADE)
