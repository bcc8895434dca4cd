"""A payer's own payments, one's receipt, and the page that proves a receipt to anybody who holds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.scope import current
from jamsostek.collection.actions.payments import State
from jamsostek.collection.codes import code_of
from jamsostek.collection.queries import payments
from jamsostek.collection.queries.payments import Paid
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.bills.who import PAYMENT_READERS, of_bill
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import OFFICERS, PAYERS
from jamsostek.portal.payments.incoming import payment_url, uses_table
from jamsostek.portal.screens import Column, Empty, Fact, Link, page, paged, table
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill, Payment


def payments_table(rows: Sequence[Payment]) -> Table:
    """Payments as their payer sees them, for any page that lists them."""
    columns = [
        Column(_("Dibayar"), _paid_on),
        Column(_("Jumlah"), lambda one: format_rupiah(one.payment.amount_rupiah), number=True),
        Column(_("Dipakai untuk tagihan"), lambda one: format_rupiah(one.used_rupiah), number=True),
        Column(_("Keadaan"), words.state_tag),
    ]
    return table(_("Pembayaran, yang terbaru di atas"), columns, payments.standings(rows))


def _paid_on(one: Paid) -> Link | str:
    """The day, as the way to the page that this reader has: the office's, or the payer's receipt."""
    day, roles = date(one.payment.paid_on), current().roles
    if roles & frozenset(OFFICERS):
        return Link(day, payment_url(one.name))
    return Link(day, reverse("payments:receipt", args=[one.name])) if roles & frozenset(PAYERS) else day


@door(*PAYERS)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that this reader paid, whatever they pay as."""
    found = paged(request, payments.listed())
    _looked(found.rows)
    context = {
        "base": "agent/base.html",
        "table": payments_table(found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada pembayaran"), _("Begitu bank memberitahukan pembayaran Anda, ia tampak di sini.")),
    }
    return page(request, "payments/own.html", context, title=_("Pembayaran saya"))


@of_bill(*PAYMENT_READERS)
@require_safe
def paid_for(request: HttpRequest, bill: Bill) -> HttpResponse:
    """What was paid of a bill, and by which payments."""
    found = list({one.payment_id: one.payment for one in payments.of_bill(bill.pk)}.values())
    _looked(found)
    context = {
        "base": "agent/base.html",
        "table": payments_table(found),
        "empty": Empty(_("Belum ada pembayaran untuk tagihan ini"), _("Pembayaran tampak begitu bank memberitahukannya.")),
    }
    code = words.code(code_of(bill.number))
    crumbs = [Link(_("Tagihan {code}").format(code=code), reverse("bills:bill", args=[code_of(bill.number)]))]
    return page(request, "payments/own.html", context, title=_("Pembayaran tagihan ini"), crumbs=crumbs)


def _looked(rows: Sequence[Payment]) -> None:
    audit.looked({one.participant_id for one in rows if one.participant_id}, ("name", "payment"), "pembayaran peserta")


@door(*PAYERS, *OFFICERS)
@require_safe
def receipt(request: HttpRequest, name: str) -> HttpResponse:
    """The receipt of a payment: what it paid, a short text, and the address that proves it."""
    paid = payments.by_name(name)
    _looked([paid.payment])
    uses = payments.uses(paid.payment.pk)
    months = sorted({one.bill.from_month for one in uses if one.total_rupiah > 0})
    proof = reverse("payments:verify", args=[paid.name, payments.seal_of(paid.payment.pk)])
    context = {
        "tag": words.state_tag(paid),
        "facts": _facts(paid),
        "uses": uses_table(uses) if uses else None,
        "about": _about(paid),
        "text": words.receipt(paid, months),
        "proof": request.build_absolute_uri(proof),
        "proof_url": proof,
    }
    own = current().roles & frozenset(PAYERS)
    crumbs = [Link(_("Pembayaran saya"), reverse("payments:mine"))] if own else []
    title = _("Kwitansi {rupiah}").format(rupiah=format_rupiah(paid.payment.amount_rupiah))
    return page(request, "payments/receipt.html", context, title=title, crumbs=crumbs)


def _facts(paid: Paid) -> list[Fact]:
    payment = paid.payment
    found = [
        Fact(_("Nomor kwitansi"), paid.name),
        Fact(_("Jumlah"), format_rupiah(payment.amount_rupiah)),
        Fact(_("Dibayar"), date(payment.paid_on)),
        Fact(_("Masuk ke rekening"), words.account(payment)),
        Fact(_("Dipakai untuk tagihan"), format_rupiah(paid.used_rupiah)),
    ]
    if paid.free_rupiah:
        found.append(Fact(_("Menunggu tagihan berikutnya"), format_rupiah(paid.free_rupiah)))
    if paid.refunded_rupiah:
        found.append(Fact(_("Dikembalikan"), format_rupiah(paid.refunded_rupiah)))
    return found


def _about(paid: Paid) -> str:
    if paid.state == State.RETURNED:
        return _("Bank menarik kembali pembayaran ini, jadi tagihannya terutang lagi. Hubungi bank Anda, lalu bayar sekali lagi.")
    if not paid.free_rupiah:
        return ""
    return _(
        "Uang yang menunggu dipakai sendiri untuk tagihan Anda berikutnya. Iuran mandiri dibayar utuh: uangnya menunggu sampai"
        " cukup. Bila ingin dikembalikan, hubungi kantor cabang."
    )


@door(PUBLIC)
@require_safe
def verify(request: HttpRequest, name: str, seal: str) -> HttpResponse:
    """Whether a receipt is ours, and what it says; without a name, for anybody who holds it."""
    found = payments.proof(name, seal)
    facts = []
    if found is not None:
        facts = [
            Fact(_("Jumlah"), format_rupiah(found.amount_rupiah)),
            Fact(_("Dibayar"), date(found.paid_on)),
            Fact(_("Dipakai untuk tagihan"), format_rupiah(found.used_rupiah)),
            Fact(_("Untuk bulan"), ", ".join(month_words(one) for one in found.months) or "–"),
        ]
    context = {"found": found, "facts": facts, "name": name}
    return page(request, "payments/verify.html", context, title=_("Periksa kwitansi"), status=200 if found else 404)
