"""A receipt as a PDF, in the reader's language: tagged, meets PDF/UA-1, with the fonts of the card and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import segno

from jamsostek.core.text import _
from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "receipt.typ"


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. Texts are in the reader's language already; `where` is the whole address of tracking."""

    language: str
    title: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    how: str
    where: str
    made_on: dt.date
    sample: bool = False
    alt: str = ""
    """What the code leads to, where that is not the tracking of a claim."""


def draw_receipt_pdf(receipt: Receipt) -> bytes:
    """The receipt on A5; the same receipt makes the same bytes."""
    code = segno.make_qr(receipt.where, error="m", boost_error=False)
    told = asdict(receipt) | {
        "made_on": receipt.made_on.isoformat(),
        "qr": code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None),
        "house": _("Jaminan Sosial Ketenagakerjaan"),
        "alt": receipt.alt or _("Kode QR ke halaman lacak klaim"),
        "next": _("Yang terjadi berikutnya"),
        "marked": _("CONTOH"),
    }
    return pdf(_TEMPLATE, told, receipt.made_on)
