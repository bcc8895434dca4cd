"""The card's QR code: a link that any phone's camera opens, whose fragment is the token.

The fragment of a link never leaves the phone, so that a card can be checked without telling a server who was checked.
The link is coded as bytes and the token in the denser alphanumeric mode; the code comes out a third smaller.
"""

from __future__ import annotations

import segno
from segno import consts

ERROR_CORRECTION = "m"
"""15 % of the code may be dirty or worn: readable, and modules still large enough for a card."""
QUIET_MODULES = 4
"""The white border that ISO/IEC 18004 asks for."""


def link(token: str, verify_url: str) -> str:
    """What the code holds: `https://…/kartu/periksa/#JK1:…`."""
    return f"{verify_url}#{token}"


def make_code(text: str, mask: int | None = None) -> segno.QRCode:
    """The code of a link or of a bare token; `mask` spares the search for the best of the standard's eight."""
    head, mark, tail = text.rpartition("#")
    link_part = [(head + mark, consts.MODE_BYTE, "utf-8")] if mark else []
    parts = [*link_part, (tail, consts.MODE_ALPHANUMERIC, None)]
    # segno takes parts of different modes; its annotations only know one text.
    return segno.make_qr(parts, error=ERROR_CORRECTION, boost_error=False, mask=mask)  # type: ignore[arg-type]


def qr_svg(text: str, title: str | None = None) -> str:
    """The code as an SVG element to put into a page: no style, no size, so that the page decides."""
    return make_code(text).svg_inline(
        border=QUIET_MODULES, light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=title
    )


def link_svg(url: str, title: str | None = None) -> str:
    """The code of an ordinary link, drawn the same way."""
    return segno.make_qr(url, error=ERROR_CORRECTION, boost_error=False).svg_inline(
        border=QUIET_MODULES, light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=title
    )
