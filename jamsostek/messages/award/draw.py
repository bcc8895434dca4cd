"""A certificate of the award on a sheet of A4, landscape, in both languages, with a code that leads to where it is checked.

Typst sets the page (`certificate.typ`) with the fonts of the card and no others. PDFs are tagged and meet PDF/UA-1; the same
certificate makes the same bytes. Texts come in words already; bytes out, nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import segno

from jamsostek.messages.card.qr import ERROR_CORRECTION
from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True)
class Line:
    """The certificate's words in one language."""

    language: str
    title: str
    given: str
    """The words above the name."""
    for_what: str
    rank: str
    level: str
    check: str
    """How to find out whether it is genuine."""
    number: str
    made: str
    result: str
    sample: str = ""
    """Of an invented edition: that it is."""


@dataclass(frozen=True)
class Award:
    """A certificate. `url` is in its code; `made_on` is its own day."""

    name: str
    number: str
    code: str
    digest: str
    edition: str
    url: str
    made_on: dt.date
    lines: Sequence[Line]
    sample: bool = False


def draw_certificate_pdf(award: Award) -> bytes:
    """The sheet."""
    code = segno.make_qr(award.url, error=ERROR_CORRECTION, boost_error=False)
    told = asdict(award) | {
        "made_on": award.made_on.isoformat(), "alt": " / ".join(line.check for line in award.lines),
        "qr": code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None),
    }  # fmt: skip
    return pdf(_TEMPLATE, told, award.made_on)
