"""Card codes in a picture or a PDF: a photo, a scan, or a sheet before the ceremony.

The file comes from outside, so it is opened in a limited child process. The libraries that read pictures come with
`jamsostek[scan]`; who only reads tokens does without them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable, run_limited

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 50 << 20
LARGEST_PICTURE = 80_000_000
"""Pixels; a phone's best photo has 50 million."""
PDF_DPI = 300
SECONDS = 600.0
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"II*\0", b"MM\0*", b"BM")


@dataclass(frozen=True)
class Found:
    """A code that was read: on which page (1 = first), and its text."""

    page: int
    text: str


def is_scannable(content: bytes) -> bool:
    """Whether these bytes are a picture or a PDF rather than text."""
    return content.startswith((b"%PDF", *_PICTURES))


def read_codes(content: bytes) -> list[Found]:
    """All QR codes of a picture or PDF, page by page, from top to bottom. Raises `InputError` for what cannot be read."""
    if len(content) > LARGEST_FILE:
        raise _unreadable(_("Berkas lebih besar dari {size} MB.").format(size=LARGEST_FILE >> 20))
    try:
        found = run_limited(find_codes, content, seconds=SECONDS)
    except FileUnreadable as error:
        raise _unreadable(_("Gambar atau PDF ini tidak terbaca.")) from error
    return [Found(page, text) for page, text in found]


def _unreadable(message: str) -> InputError:
    return InputError(message, field="file", remedy=_("Foto lagi kartunya dari dekat, terang, dan tegak lurus."))


def find_codes(content: bytes) -> list[tuple[int, str]]:
    """Page and text of each code; what the child process runs."""
    try:
        import zxingcpp

        pages = _pdf_pages(content) if content.startswith(b"%PDF") else _picture(content)
    except ImportError as error:
        raise InputError(
            _("Pembaca gambar belum terpasang."),
            remedy=_("Pasang dengan: pip install 'jamsostek[scan]'. Teks kode (JK1:…) dapat diperiksa tanpa itu."),
        ) from error
    found = []
    for number, page in enumerate(pages, 1):
        codes = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
        codes.sort(key=lambda code: (code.position.top_left.y // 100, code.position.top_left.x))
        found += [(number, code.text) for code in codes]
    return found


def _picture(content: bytes) -> Iterator[Image]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE
    try:
        yield ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise _unreadable(_("Gambar atau PDF ini tidak terbaca.")) from error


def _pdf_pages(content: bytes) -> Iterator[Image]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(_("Gambar atau PDF ini tidak terbaca.")) from error
    for page in document:
        width, height = page.get_size()
        scale = min(PDF_DPI / 72, (LARGEST_PICTURE / max(width * height, 1)) ** 0.5)
        yield page.render(scale=scale, grayscale=True).to_pil()
        page.close()
