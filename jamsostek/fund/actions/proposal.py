"""What a trade comes to before anybody says yes: its amounts, and what of it could not be."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jamsostek.accounts.actions.rates import takes_examples
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.fund.amortised import effective_yield
from jamsostek.fund.choices import Measured, Side
from jamsostek.fund.queries.lots import held_lots
from jamsostek.fund.queries.securities_held import Security, securities, terms_of
from jamsostek.fund.terms import accrued, half_up
from jamsostek.ledger.chart import PROGRAMMES

REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9/._-]{0,39}")
MOST_UNITS = 10**15
MOST_PRICE = Decimal(10**12)
MOST_RUPIAH = 10**15
"""A thousand trillion: more than all the funds together."""
PLACES = 6


@dataclass(frozen=True)
class NewTrade:
    """What a dealer asks for."""

    reference: str
    fund: str
    side: str
    instrument_id: int
    quantity: int
    price: Decimal
    trade_on: dt.date
    settle_on: dt.date
    reason: str
    fee_rupiah: int = 0
    invented: bool = False


@dataclass(frozen=True)
class Priced:
    """What it comes to; whole rupiah. `yearly_yield` only where it would be carried at amortised cost."""

    security: Security
    amount_rupiah: int
    accrued_rupiah: int
    fee_rupiah: int
    cash_rupiah: int
    yearly_yield: Decimal | None


def priced(new: NewTrade) -> Priced:
    """The amounts of a trade. Raises `InputError` for what could never be settled."""
    _check_words(new)
    one = securities([new.instrument_id]).get(new.instrument_id)
    if one is None:
        raise InputError(_("Efek ini tidak ada."), field="instrument", remedy=_("Pilih dari daftar efek."))
    _check_numbers(new)
    _check_days(new, one)
    terms = terms_of(one)
    amount, run = half_up(Fraction(new.price) * new.quantity), accrued(terms, new.quantity, new.settle_on)
    if not 0 < amount <= MOST_RUPIAH:
        raise InputError(
            _("Nilai transaksinya di luar batas."), field="quantity", value=amount, remedy=_("Periksa jumlah dan harganya.")
        )
    yearly = None
    if new.side == Side.BUY and one.measured == Measured.AMORTISED:
        yearly = effective_yield(terms, new.quantity, amount, new.settle_on)
        if yearly is None:
            raise InputError(
                _("Harga ini tidak sesuai dengan yang akan dibayar efeknya."), field="price", value=new.price,
                remedy=_("Harga ditulis dalam rupiah untuk satu unit, bukan dalam persen."),
            )  # fmt: skip
    if new.side == Side.SELL:
        held = sum(lot.held for lot in held_lots(on=new.settle_on, fund=new.fund, instrument_id=one.id))
        if held < new.quantity:
            raise InputError(
                _("Yang dijual lebih banyak daripada yang dimiliki."), field="quantity", value=new.quantity,
                remedy=_("Periksa jumlah yang masih ada."),
            )  # fmt: skip
    whole = amount + run
    cash = whole - new.fee_rupiah if new.side == Side.SELL else -whole - new.fee_rupiah
    return Priced(one, amount, run, new.fee_rupiah, cash, yearly)


def _check_words(new: NewTrade) -> None:
    if not REFERENCE.fullmatch(new.reference):
        raise InputError(
            _("Nomor rujukan tidak sah."), field="reference", value=new.reference,
            remedy=_("Tulis sampai 40 huruf besar, angka, dan tanda / . _ -, diawali huruf atau angka."),
        )  # fmt: skip
    if new.fund not in PROGRAMMES:
        raise InputError(_("Dana ini tidak ada."), field="fund", value=new.fund, remedy=_("Pilih salah satu dana program."))
    if new.side not in set(Side):
        raise InputError(_("Pilih beli atau jual."), field="side", value=new.side)
    if not new.reason:
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa transaksi ini dibuat."))
    if new.invented and not takes_examples():
        raise InputError(
            _("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Catat transaksi yang sungguh terjadi.")
        )


def _check_numbers(new: NewTrade) -> None:
    if not 0 < new.quantity <= MOST_UNITS:
        raise InputError(
            _("Jumlahnya harus lebih dari nol dan masuk akal."), field="quantity", value=new.quantity,
            remedy=_("Tulis banyaknya unit."),
        )  # fmt: skip
    if not new.price.is_finite() or not 0 < new.price <= MOST_PRICE or round(new.price, PLACES) != new.price:
        raise InputError(
            _("Harganya harus lebih dari nol, sampai enam angka di belakang koma."), field="price", value=new.price,
            remedy=_("Tulis rupiah untuk satu unit, tanpa bunga berjalan."),
        )  # fmt: skip
    if not 0 <= new.fee_rupiah <= MOST_RUPIAH:
        raise InputError(_("Biayanya tidak boleh kurang dari nol."), field="fee", value=new.fee_rupiah)


def _check_days(new: NewTrade, one: Security) -> None:
    if new.settle_on < new.trade_on:
        raise InputError(
            _("Tanggal penyelesaian mendahului tanggal transaksi."), field="settle_on", value=new.settle_on,
            remedy=_("Pilih tanggal yang sama atau sesudahnya."),
        )  # fmt: skip
    if one.issued_on is not None and new.settle_on < one.issued_on:
        raise InputError(
            _("Efek ini belum terbit pada tanggal itu."), field="settle_on", value=new.settle_on,
            remedy=_("Pilih tanggal sejak penerbitannya."),
        )  # fmt: skip
    if one.matures_on is not None and new.settle_on >= one.matures_on:
        raise InputError(
            _("Efek ini sudah jatuh tempo pada tanggal itu."), field="settle_on", value=new.settle_on,
            remedy=_("Pilih tanggal sebelum jatuh temponya."),
        )  # fmt: skip
    if one.coupon_ppm and one.coupons_a_year == 0 and one.issued_on is None:
        raise InputError(
            _("Tanggal terbit efek ini belum dicatat."), field="instrument", value=one.code,
            remedy=_("Bunganya berjalan sejak terbit; lengkapi datanya."),
        )  # fmt: skip
