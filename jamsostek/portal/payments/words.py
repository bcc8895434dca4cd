"""Payments in words: how far they are used, who told of them, references that may be long numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamsostek.collection import banks
from jamsostek.collection.actions.payments import State
from jamsostek.collection.choices import CHANNELS, STATEMENT_STATES, Channel, StatementState
from jamsostek.collection.queries import payments
from jamsostek.collection.queries.payments import Paid
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger.queries import reference_words
from jamsostek.portal.screens import Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Payment, Statement

STATES: dict[State, tuple[str, Tone]] = {
    State.ALLOCATED: (N_("Terpakai seluruhnya"), "good"),
    State.PARTLY: (N_("Sebagian menunggu"), "warn"),
    State.WAITING: (N_("Menunggu tagihan"), "warn"),
    State.UNKNOWN: (N_("Pemiliknya belum diketahui"), "bad"),
    State.RETURNED: (N_("Ditarik kembali oleh bank"), "bad"),
}
PARTS = {
    "jkk": N_("JKK"), "jkm": N_("JKM"), "jht": N_("JHT"), "jp": N_("JP"), "jkp": N_("JKP"), "fine_jkk": N_("denda JKK"),
    "fine_jkm": N_("denda JKM"), "fine_jht": N_("denda JHT"), "fine_jp": N_("denda JP"),
}  # fmt: skip
_STATEMENT_TONES: dict[str, Tone] = {"ready": "warn", "done": "good", "failed": "bad", "cancelled": "plain"}


def state_tag(paid: Paid) -> Tag:
    """How far a payment is used, in a word."""
    if paid.refunded_rupiah and not paid.used_rupiah and not paid.free_rupiah:
        return Tag(_("Dikembalikan"), "plain")
    text, tone = STATES[paid.state]
    return Tag(_(text), tone)


def statement_tag(row: Statement) -> Tag:
    """Where a statement stands, in a word."""
    return Tag(_(STATEMENT_STATES[StatementState(row.state)]), _STATEMENT_TONES.get(row.state, "info"))


def channel(payment: Payment) -> str:
    """Who told of it."""
    return _(CHANNELS[Channel(payment.channel)])


def code(text: str) -> str:
    """A payment code in groups; one that is none of ours with its long numbers broken."""
    try:
        return numbers.format_number("bill", numbers.check("bill", text))
    except InputError:
        return reference(text) or NOTHING


def reference(text: str) -> str:
    """A bank's reference; long numbers in it in groups of three, so that none of them reads as a NIK."""
    return reference_words(text)


def account(payment: Payment) -> str:
    """The account it came into."""
    return banks.title_of(payment.bank)


def parts(told: dict[str, int]) -> str:
    """`JKK Rp12.000, JKM Rp6.800`."""
    return ", ".join(f"{_(PARTS[name])} {format_rupiah(rupiah)}" for name, rupiah in told.items() if rupiah)


def receipt(paid: Paid, months: Sequence[int]) -> str:
    """A short text to keep or send: no name, nobody's number."""
    words = _("Jamsostek menerima {rupiah} pada {day} untuk iuran {months}. Kwitansi {name}, periksa: {seal}")
    told = ", ".join(month_words(one) for one in months) or _("yang belum ditagih")
    payment = paid.payment
    return words.format(
        rupiah=format_rupiah(payment.amount_rupiah), day=date(payment.paid_on), months=told, name=paid.name,
        seal=payments.seal_of(payment.pk),
    )  # fmt: skip
