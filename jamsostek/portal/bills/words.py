"""Bills in words: what they are for, how far they are paid, what happens after the due day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamsostek.collection.choices import BILL_KINDS, BillKind, PayerKind
from jamsostek.collection.queries.bills import Payer, Shown, Standing
from jamsostek.core.months import add_months
from jamsostek.core.numbers import format_number
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.parameters import law_at
from jamsostek.portal.screens import Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

PROGRAMMES = {
    "jkk": N_("Jaminan Kecelakaan Kerja (JKK)"), "jkm": N_("Jaminan Kematian (JKM)"), "jht": N_("Jaminan Hari Tua (JHT)"),
    "jp": N_("Jaminan Pensiun (JP)"), "jkp": N_("Jaminan Kehilangan Pekerjaan (JKP)"),
}  # fmt: skip
STATES: dict[str, tuple[str, Tone]] = {
    "open": (N_("Belum dibayar"), "warn"),
    "partly": (N_("Dibayar sebagian"), "warn"),
    "overdue": (N_("Lewat jatuh tempo"), "bad"),
    "paid": (N_("Lunas"), "good"),
    "nothing": (N_("Tidak ada yang dibayar"), "plain"),
    "credit": (N_("Mengurangi tagihan"), "info"),
    "void": (N_("Dibatalkan"), "plain"),
}
NUMBERS = {
    PayerKind.EMPLOYER: N_("NPP {number}"), PayerKind.PROJECT: N_("NPP {number}"), PayerKind.SPONSOR: N_("Nomor {number}"),
    PayerKind.PERSON: N_("KPJ {number}"), PayerKind.PLACEMENT: N_("KPJ {number}"),
}  # fmt: skip


def state_tag(standing: Standing) -> Tag:
    """The state in a word."""
    text, tone = STATES[standing.state]
    return Tag(_(text), tone)


def months(bill: Bill) -> str:
    """The contribution months a bill asks for."""
    first = month_words(bill.from_month)
    if bill.months == 1:
        return first
    return _("{first} sampai {last}").format(first=first, last=month_words(add_months(bill.from_month, bill.months - 1)))


def title(bill: Bill, payer: Payer | None = None) -> str:
    """What a bill is: `Iuran November 2026`."""
    if bill.payer_kind == PayerKind.PROJECT:
        name = payer.about if payer else ""
        return _("Iuran proyek {name}").format(name=name) if name else _("Iuran proyek konstruksi")
    if bill.payer_kind == PayerKind.PLACEMENT:
        return _("Iuran kerja di luar negeri, {months}").format(months=months(bill))
    if bill.payer_kind == PayerKind.STATE:
        return _("Bagian pemerintah dari JKP, {months}").format(months=months(bill))
    if bill.kind == BillKind.REGULAR:
        return _("Iuran {months}").format(months=months(bill))
    return _("{kind} {months}").format(kind=_(BILL_KINDS[BillKind(bill.kind)]), months=months(bill))


def number_words(payer: Payer) -> str:
    """The payer's public number, to be read aloud."""
    return _(NUMBERS[payer.kind]).format(number=_number(payer)) if payer.number else ""


def bare_number(payer: Payer) -> str:
    """The same beside the word "number": a sponsor's has no name of its own."""
    return _number(payer) if payer.number and payer.kind == PayerKind.SPONSOR else number_words(payer)


def _number(payer: Payer) -> str:
    kind = "kpj" if payer.kind in (PayerKind.PERSON, PayerKind.PLACEMENT) else "npp"
    return format_number(kind, payer.number)


def after_due(bill: Bill) -> str:
    """What happens once the due day has passed, by the law of the bill's first month."""
    law = law_at(bill.from_month)
    if bill.payer_kind == PayerKind.STATE:
        return _(
            "Ini bagian pemerintah dari iuran JKP. Perlindungan pekerja tidak menunggunya, dan tidak ada pasal tentang dendanya."
        )
    if bill.payer_kind in (PayerKind.EMPLOYER, PayerKind.PROJECT):
        rate = format_percent(int(law.ppm("fine.late.rate_per_month")))
        return _(
            "Denda {rate} untuk setiap bulan keterlambatan, dihitung dari iuran yang belum dibayar dan ditanggung pemberi kerja."
            " Pekerja tetap terlindungi."
        ).format(rate=rate)
    if bill.payer_kind == PayerKind.PLACEMENT:
        return _("Tidak ada denda. Perlindungan berlaku sesudah dibayar, dan harus dibayar sebelum kontrak mulai.")
    grace = int(law.numbers("grace.months")[1])
    if bill.payer_kind == PayerKind.PERSON:
        return _(
            "Tidak ada denda. Perlindungan bulan yang belum dibayar belum berlaku; bila tunggakan lebih dari {months} bulan"
            " berturut-turut, hak atas santunan hilang sampai iuran dibayar lagi."
        ).format(months=grace)
    return _(
        "Tidak ada denda. Bila tunggakan lebih dari {months} bulan berturut-turut, orang dalam daftar ini kehilangan perlindungan"
        " dan keluarganya tidak menerima santunan."
    ).format(months=grace)


def receipt(one: Shown) -> str:
    """A short text to send or read aloud: no name, no member number."""
    bill = one.bill
    words = _("Jamsostek: {title}, {rupiah}. Kode bayar {code}. Bayar paling lambat {day}.")
    if one.standing.state == "overdue":
        words = _("Jamsostek: {title}, {rupiah}. Kode bayar {code}. Lewat jatuh tempo {day}: bayar sekarang.")
    left = format_rupiah(one.standing.left_rupiah)
    return words.format(title=title(bill), rupiah=left, code=format_number("bill", one.code), day=date(bill.due_on))


def names_of(programmes: Sequence[str]) -> str:
    """`JKK, JKM`."""
    return ", ".join(one.upper() for one in programmes)
