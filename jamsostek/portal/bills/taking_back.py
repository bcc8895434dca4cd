"""Taking back a bill on which nothing was paid: a reason, a look, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Role
from jamsostek.collection.actions.bills import void
from jamsostek.collection.queries import bills
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.bills import words
from jamsostek.portal.bills.bill import may_void
from jamsostek.portal.bills.who import BASE, OFFICES, crumbs, of_bill, url
from jamsostek.portal.officer.asking import Ask, ask
from jamsostek.portal.screens import Fact, Form, Link, done, today

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

TAKERS = (Role.WORKER, Role.EMPLOYER_APPROVER, Role.AGENT, *OFFICES)


class VoidForm(Form):
    """Why."""

    reason = forms.CharField(
        label=N_("Alasan pembatalan"),
        max_length=200,
        help_text=N_("Yang ditagih dapat membaca alasan ini. Jangan menulis NIK."),
    )


@of_bill(*TAKERS)
def show(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """A form, a look, done."""
    (one,) = bills.shown([bill], today())
    if not may_void(bill, one):
        raise not_yours(_("Tagihan ini tidak dapat Anda batalkan."))
    payer = bills.payer_of(bill)
    title = words.title(bill, payer)
    it = Ask(
        title=_("Batalkan tagihan"),
        crumbs=crumbs(bill, payer, Link(title, url(bill))),
        yes=_("Batalkan tagihan ini"),
        act=lambda told: void(bill_id=bill.pk, reason=told["reason"], today=today()),
        facts=lambda told: [
            Fact(_("Tagihan"), title),
            Fact(_("Kode bayar"), format_public("bill", one.code)),
            Fact(_("Jumlah"), format_rupiah(bill.total_rupiah)),
            Fact(_("Alasan"), told["reason"]),
        ],
        done=lambda _nothing, _told: done(request, url(bill), _("Tagihan dibatalkan.")),
        about=title,
        text=_("Kodenya tidak berlaku lagi. Untuk bulan yang sama dapat dibuat tagihan baru."),
        danger=True,
        base=BASE,
    )
    return ask(request, VoidForm(request.POST or None), it)
