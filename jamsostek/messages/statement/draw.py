"""A member's year as a PDF: what was there, what came in and why, what is there; in the reader's language.

Typst sets the pages (`statement.typ`) with the fonts of the card and no others. PDFs are tagged and meet PDF/UA-1: a screen
reader hears each table with its headings. The number is the member's own, whole, as on the card; there is no NIK. Bytes out;
nothing is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jamsostek.core.numbers import format_number
from jamsostek.core.rupiah import format_number as figure
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, language
from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "statement.typ"


@dataclass(frozen=True)
class MonthLine:
    """A month of JHT; whole rupiah. `rate` is the yearly rate it was credited at, in words, "" before it was."""

    month: str
    in_rupiah: int
    rate: str
    return_rupiah: int
    out_rupiah: int
    corrected_rupiah: int
    closing_rupiah: int


@dataclass(frozen=True)
class PaidLine:
    """A contribution that came in: the day, the month it is for and the payer, in words; whole rupiah."""

    paid_on: str
    for_month: str
    payer: str
    rupiah: int


@dataclass(frozen=True)
class RateNote:
    """A rate that was used: its months and figure, the regulation and how well it is known, in words; addresses of sources."""

    text: str
    cited: str
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class StatementFace:
    """One member's year. Texts are in the reader's language already; `until` says how far returns are credited."""

    name: str
    kpj: str
    other_numbers: tuple[str, ...]
    year: int
    until: str
    made_on: dt.date
    made: str
    opening_rupiah: int
    closing_rupiah: int
    months: tuple[MonthLine, ...]
    paid: tuple[PaidLine, ...]
    pension: tuple[PaidLine, ...]
    rates: tuple[RateNote, ...]
    where: str
    """The address of the page with every derivation, "" where there is none to name."""
    sample: bool = False


def draw_statement_pdf(face: StatementFace) -> bytes:
    """The statement on A4; the same face makes the same bytes."""
    return pdf(_TEMPLATE, _data(face), face.made_on)


def _data(face: StatementFace) -> dict[str, Any]:
    return {
        "lang": language(),
        "title": _("Rincian saldo JHT dan iuran JP {year}").format(year=face.year),
        "name": face.name,
        "kpj": format_number("kpj", face.kpj),
        "others": ", ".join(format_number("kpj", one) for one in face.other_numbers),
        "made": face.made,
        "until": face.until,
        "sums": _sums(face),
        "closing": format_rupiah(face.closing_rupiah),
        "tables": [one for one in (_months(face), _paid(face), _pension(face)) if one["rows"]],
        "rates": [{"text": one.text, "cited": one.cited, "grade": one.grade, "sources": one.sources} for one in face.rates],
        "where": face.where,
        "sample": face.sample,
        "words": _words(face),
    }


def _sums(face: StatementFace) -> list[list[str]]:
    """From the opening to the closing; what did not happen is left out, but for what every year has."""
    lines = [
        (_("Saldo awal tahun"), face.opening_rupiah, True),
        (_("Iuran masuk"), sum(one.in_rupiah for one in face.months), True),
        (_("Hasil pengembangan"), sum(one.return_rupiah for one in face.months), True),
        (_("Dicairkan"), -sum(one.out_rupiah for one in face.months), False),
        (_("Koreksi"), sum(one.corrected_rupiah for one in face.months), False),
    ]
    return [[label, format_rupiah(rupiah)] for label, rupiah, always in lines if always or rupiah]


def _months(face: StatementFace) -> dict[str, Any]:
    optional = [
        (_("Dicairkan"), [-one.out_rupiah for one in face.months]),
        (_("Koreksi"), [one.corrected_rupiah for one in face.months]),
    ]
    shown = [(title, cells) for title, cells in optional if any(cells)]
    heads = [_("Bulan"), _("Iuran masuk"), _("Tingkat setahun"), _("Hasil pengembangan"), *(title for title, _cells in shown)]
    rows = [
        [
            one.month, figure(one.in_rupiah), one.rate or _("belum"), figure(one.return_rupiah) if one.rate else "",
            *(figure(cells[at]) if cells[at] else "" for _title, cells in shown), figure(one.closing_rupiah),
        ]
        for at, one in enumerate(face.months)
    ]  # fmt: skip
    total = [
        _("Jumlah"), figure(sum(one.in_rupiah for one in face.months)), "", figure(sum(one.return_rupiah for one in face.months)),
        *(figure(sum(cells)) for _title, cells in shown), "",
    ]  # fmt: skip
    return {"title": _("JHT bulan demi bulan"), "heads": [*heads, _("Saldo")], "texts": 1, "rows": rows, "total": total}


def _paid(face: StatementFace) -> dict[str, Any]:
    return _of_payments(_("Iuran JHT yang masuk"), face.paid)


def _pension(face: StatementFace) -> dict[str, Any]:
    return _of_payments(_("Iuran JP yang masuk"), face.pension)


def _of_payments(title: str, lines: tuple[PaidLine, ...]) -> dict[str, Any]:
    return {
        "title": title,
        "heads": [_("Diterima"), _("Untuk bulan"), _("Dari"), _("Rupiah")],
        "texts": 3,
        "rows": [[one.paid_on, one.for_month, one.payer, figure(one.rupiah)] for one in lines],
        "total": [_("Jumlah"), "", "", figure(sum(one.rupiah for one in lines))],
    }


def _words(face: StatementFace) -> dict[str, str]:
    """What stands on every statement."""
    return {
        "house": _("Jaminan Sosial Ketenagakerjaan"),
        "sample": _("CONTOH"),
        "name": _("Nama"),
        "kpj": _("Nomor peserta (KPJ)"),
        "others": _("Nomor lain yang digabungkan"),
        "made": _("Dibuat"),
        "closing": _("Saldo JHT"),
        "nothing": _("Tidak ada uang JHT atau JP yang masuk atau keluar tahun ini."),
        "rates": _("Tingkat pengembangan yang dipakai"),
        "source": _("Sumber"),
        "how": _(
            "Hasil pengembangan dihitung menurut hari: setiap iuran berkembang sejak sehari sesudah diterima sampai akhir bulan."
            " Hasil yang dibukukan tahun ini mulai berkembang pada 1 Januari berikutnya."
        ),
        "pension": _("Iuran JP adalah catatan bulan dan jumlah yang diterima; dari catatan itu pensiun kelak dihitung."),
        "where": _("Asal setiap angka, pembayaran demi pembayaran:"),
        "page": _("Halaman {page} dari {pages}"),
    }
