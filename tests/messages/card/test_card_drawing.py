"""The drawn card: others read its code back from every form of it, and the paper has the right size."""

from __future__ import annotations

import io
import re
import time
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from cards import KEY, KEYS, NAMES, TODAY, URL, card, face, faces
from PIL import Image, ImageFilter

from jamsostek.core.numbers import format_number
from jamsostek.messages.card.claims import PROGRAMMES
from jamsostek.messages.card.draw import CardFace, draw_card_pdf, draw_card_png, draw_sheet_pdf
from jamsostek.messages.card.qr import QUIET_MODULES, link, make_code, qr_svg
from jamsostek.messages.card.token import State, issue, verify

CODE_MM = 27
"""The width of the code in card.typ."""
SMALLEST_MODULE_MM = 0.33
POINTS = 72 / 25.4


def codes(picture: Image.Image) -> list[str]:
    """What zxing-cpp, written by others, reads in a picture."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.text for code in found]


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """A PDF drawn by pdfium, written by others."""
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def texts(pdf: bytes) -> str:
    """The text of a PDF's first page, as copied out of it."""
    return " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().split())


@cache
def sheet_of_ten() -> tuple[list[CardFace], bytes]:
    drawn = faces(10)
    return drawn, draw_sheet_pdf(drawn)


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("name", NAMES)
def test_the_code_is_read_from_pdf_and_picture(name: str, dpi: int) -> None:
    one = face(card(name, programmes=PROGRAMMES))
    expected = [link(one.token, URL)]
    assert codes(pages(draw_card_pdf(one), dpi)[0]) == expected
    picture = Image.open(io.BytesIO(draw_card_png(one, dpi)))
    assert codes(picture) == expected
    assert codes(picture.convert("L").point(lambda grey: 255 * (grey > 127)).convert("1")) == expected
    assert verify(expected[0], KEYS, today=TODAY).claims == one.claims


@pytest.mark.parametrize("dpi", [200, 300])
def test_all_ten_codes_are_read_from_a_sheet(dpi: int) -> None:
    drawn, pdf = sheet_of_ten()
    (page,) = pages(pdf, dpi)
    found = codes(page)
    assert sorted(found) == sorted(link(one.token, URL) for one in drawn)
    assert {verify(text, KEYS, today=TODAY).state for text in found} == {State.VALID}


def test_a_poor_photocopy_is_still_read() -> None:
    drawn, pdf = sheet_of_ten()
    (page,) = pages(pdf, 300)
    copied = page.convert("L").filter(ImageFilter.GaussianBlur(1.5)).point(lambda grey: 90 + grey // 3).rotate(3, fillcolor=175)
    assert sorted(codes(copied)) == sorted(link(one.token, URL) for one in drawn)


def test_a_card_has_the_size_of_iso_7810_and_a_sheet_that_of_a4() -> None:
    width, height = pypdfium2.PdfDocument(draw_card_pdf(face(card())))[0].get_size()
    assert (width / POINTS, height / POINTS) == pytest.approx((85.6, 53.98), abs=0.05)
    width, height = pypdfium2.PdfDocument(sheet_of_ten()[1])[0].get_size()
    assert (width / POINTS, height / POINTS) == pytest.approx((210, 297), abs=0.1)
    picture = Image.open(io.BytesIO(draw_card_png(face(card()), 300)))
    assert picture.size == pytest.approx((85.6 / 25.4 * 300, 53.98 / 25.4 * 300), abs=1)


def test_modules_are_never_smaller_than_a_cheap_phone_can_see() -> None:
    for name in (*NAMES, "W" * 100):
        modules = make_code(link(issue(card(name, programmes=PROGRAMMES), KEY), URL)).symbol_size(border=0)[0]
        assert CODE_MM / modules >= SMALLEST_MODULE_MM, (name, modules)


def test_everything_a_person_reads_stands_on_the_card() -> None:
    one = face(card(programmes=PROGRAMMES))
    told = texts(draw_card_pdf(one))
    for expected in (
        one.claims.name,
        *PROGRAMMES[0].upper().split(),
        "April 2027",
        "jamsostek.example.id/kartu/periksa",
        "Pindai untuk memeriksa",
        "Scan to verify",
        "Berlaku sampai akhir",
        "Valid to the end of",
        "kehilangan pekerjaan",
        "job loss",
    ):
        assert expected in told, expected
    assert one.claims.kpj in told.replace(" ", "")
    assert one.claims.serial in told.replace(" ", "")
    assert format_number("kpj", one.claims.kpj).count(" ") == 2
    assert "CONTOH" not in told


def test_a_month_with_another_english_name_is_told_in_both() -> None:
    told = texts(draw_card_pdf(face(card(until_month=202705))))
    assert "Mei 2027" in told
    assert "May 2027" in told


def test_a_sample_says_so_in_both_languages() -> None:
    told = texts(draw_card_pdf(face(card(), sample=True)))
    assert "CONTOH / SAMPLE" in told


@pytest.mark.parametrize("name", [*NAMES, "W" * 100, "Kusumawardhani " * 6 + "Atmo"])
def test_no_name_leaves_its_place_or_reaches_the_code(name: str) -> None:
    """Everything of a card but the name is the same: what a long name changes stays in the name's place."""
    one = card(name.strip())
    long, short = (
        Image.open(io.BytesIO(draw_card_png(CardFace(claims, issue(card("A"), KEY), URL), 200))).convert("L")
        for claims in (one, card("A"))
    )
    changed = Image.eval(_difference(long, short), lambda grey: 255 * (grey > 40)).getbbox()
    if changed is not None:
        left, top, right, bottom = (pixels / 200 * 25.4 for pixels in changed)
        assert left >= 3
        assert right <= 54.5
        assert top >= 13
        assert bottom <= 25.5


def _difference(left: Image.Image, right: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.difference(left, right)


def test_a_document_is_tagged_for_screen_readers_and_the_same_twice() -> None:
    one = face(card())
    pdf = draw_card_pdf(one)
    assert pdf == draw_card_pdf(one)
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert mark in pdf, mark


def test_a_sheet_goes_on_over_pages_and_an_empty_one_is_refused() -> None:
    assert len(pypdfium2.PdfDocument(draw_sheet_pdf(faces(23)))) == 3
    with pytest.raises(ValueError, match="no cards"):
        draw_sheet_pdf([])


def test_a_hundred_cards_are_drawn_in_seconds() -> None:
    """A thousand took 8 seconds on a shared core, most of them for the codes."""
    drawn = faces(100)
    begun = time.perf_counter()
    pdf = draw_sheet_pdf(drawn)
    assert time.perf_counter() - begun < 6
    assert len(pypdfium2.PdfDocument(pdf)) == 10


def test_the_code_for_a_page_is_one_clean_svg() -> None:
    token = issue(card(), KEY)
    svg = qr_svg(link(token, URL), "Kode kartu <Siti>")
    assert svg.startswith("<svg")
    assert "style" not in svg
    assert "<title>Kode kartu &lt;Siti&gt;</title>" in svg
    size = make_code(link(token, URL)).symbol_size(border=QUIET_MODULES)[0]
    assert f'viewBox="0 0 {size} {size}"' in svg
    assert not re.search(r'\s(width|height)="', svg)


def test_a_bare_token_makes_a_code_too() -> None:
    token = issue(card(), KEY)
    picture = io.BytesIO()
    make_code(token).save(picture, kind="png", scale=4)
    assert codes(Image.open(picture)) == [token]
