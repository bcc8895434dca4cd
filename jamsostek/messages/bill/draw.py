"""Bills as a PDF, a page each, any number in one document; in the reader's language.

Typst sets the page (`bill.typ`) with the fonts of the card beside it and no others. PDFs are tagged and meet PDF/UA-1: a screen
reader hears what is asked, the code digit by digit, and each table with its headings. Bytes out; nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno

from jamsostek.core.numbers import format_number
from jamsostek.core.rupiah import format_number as figure
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, language
from jamsostek.messages.bill.words import spelled
from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "bill.typ"


@dataclass(frozen=True)
class ProgrammeLine:
    """What is asked for one programme; whole rupiah. `due` is the day in words."""

    title: str
    rupiah: int
    due: str


@dataclass(frozen=True)
class BillFace:
    """One bill to draw. Texts are in the reader's language already; `stamp` marks one that is paid or taken back."""

    title: str
    code: str
    payer: str
    payer_number: str
    payer_lines: tuple[str, ...]
    months: str
    made: str
    total_rupiah: int
    worker_rupiah: int
    programmes: tuple[ProgrammeLine, ...]
    facts: tuple[tuple[str, str], ...]
    """What it was made of: people, wages, groups of equal amounts."""
    after_due: str
    articles: tuple[str, ...]
    digest: str
    where: str
    """The address of its page, where the explanation is."""
    stamp: str = ""
    sample: bool = False


def draw_bills_pdf(bills: Sequence[BillFace], made_on: dt.date) -> bytes:
    """One document, in the order given; the same bills make the same bytes."""
    if not bills:
        raise ValueError("no bills to draw")
    data = {"lang": language(), "words": _words(), "bills": [_data(one) for one in bills]}
    return pdf(_TEMPLATE, data, made_on)


def _data(bill: BillFace) -> dict[str, Any]:
    code = segno.make_qr(bill.code, error="m", boost_error=False)
    return {
        "title": bill.title,
        "code": format_number("bill", bill.code),
        "qr": code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None),
        "payer": bill.payer,
        "number": bill.payer_number,
        "lines": bill.payer_lines,
        "months": bill.months,
        "made": bill.made,
        "total": format_rupiah(bill.total_rupiah),
        "spelled": spelled(bill.total_rupiah),
        "worker": format_rupiah(bill.worker_rupiah) if bill.worker_rupiah else "",
        "programmes": [{"title": one.title, "rupiah": figure(one.rupiah), "due": one.due} for one in bill.programmes],
        "sum": figure(bill.total_rupiah),
        "facts": bill.facts,
        "after": bill.after_due,
        "articles": bill.articles,
        "digest": bill.digest,
        "where": bill.where,
        "stamp": bill.stamp,
        "sample": bill.sample,
    }


def _words() -> dict[str, str]:
    """What stands on every bill."""
    return {
        "house": _("Jaminan Sosial Ketenagakerjaan"),
        "sample": _("CONTOH"),
        "payer": _("Yang ditagih"),
        "code": _("Kode bayar"),
        "alt": _("Kode QR yang memuat kode bayar"),
        "months": _("Untuk bulan"),
        "made": _("Dibuat"),
        "total": _("Jumlah yang harus dibayar"),
        "spelled": _("Terbilang"),
        "programme": _("Program"),
        "rupiah": _("Rupiah"),
        "due": _("Jatuh tempo"),
        "sum": _("Jumlah"),
        "worker": _("Termasuk bagian pekerja, dipotong dari upah"),
        "facts": _("Dasar tagihan"),
        "how": _("Cara membayar"),
        "pay": _(
            "Bayar lewat transfer ke virtual account atau layanan pembayaran tagihan di bank Anda, dengan kode bayar di atas"
            " sebagai nomornya. Bayar tepat sejumlah tagihan. Kode ini hanya untuk tagihan ini."
        ),
        "late": _("Bila lewat jatuh tempo"),
        "law": _("Dasar hukum"),
        "digest": _("Sidik hukum"),
        "where": _("Rincian setiap orang dan penjelasan sampai ke pasalnya:"),
    }
