"""Money that goes back: asked, decided by another, gone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions.payments import refunds as actions
from jamsostek.collection.models import Refund
from jamsostek.collection.queries import payments
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import OFFICERS, above, by, screen, tabs
from jamsostek.portal.payments.incoming import decision_words, facts_of, payment_url
from jamsostek.portal.payments.waiting import why_not_decide
from jamsostek.portal.screens import (
    Column,
    DateField,
    DecideForm,
    Empty,
    Fact,
    Form,
    Link,
    MoneyField,
    Tag,
    done,
    paged,
    table,
    today,
)
from jamsostek.portal.screens.words import date


class AskForm(Form):
    """How much, to whom, and why."""

    amount = MoneyField(label=N_("Jumlah yang dikembalikan"), least=1)
    account_bank = forms.CharField(label=N_("Bank penerima"), max_length=60)
    account_name = forms.CharField(label=N_("Nama pemilik rekening"), max_length=120, help_text=N_("Seperti di buku rekening."))
    account_number = forms.CharField(
        label=N_("Nomor rekening"), max_length=34, help_text=N_("Disimpan tersandi; hanya dibuka saat membayar.")
    )
    reason = forms.CharField(label=N_("Alasan"), max_length=200, help_text=N_("Misalnya surat permohonan pembayar."))


@door(*OFFICERS)
def ask(request: HttpRequest, name: str) -> HttpResponseBase:
    """Asks for free money to go back."""
    paid = payments.by_name(name)
    form = AskForm(request.POST or None, initial={"amount": paid.free_rupiah})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask(
                payment_id=paid.payment.pk, amount_rupiah=given["amount"], why=given["reason"],
                account_name=given["account_name"], account_bank=given["account_bank"], account_number=given["account_number"],
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("payments:refund", args=[made.pk]), _("Diminta. Orang lain yang memutuskannya."))
    context = {"form": form, "facts": facts_of(paid)[:-1], "back": payment_url(name), "yes": _("Minta pengembalian")}
    title = _("Minta pengembalian")
    return screen(request, "payments/ask.html", context, title=title, crumbs=above(Link(paid.name, payment_url(name))))


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = paged(request, payments.refunds())
    columns = [
        Column(_("Diminta"), lambda one: Link(by(one.asked_by, one.asked_at), reverse("payments:refund", args=[one.pk]))),
        Column(_("Penerima"), lambda one: f"{one.account_name}, {one.account_bank}"),
        Column(_("Jumlah"), lambda one: format_rupiah(one.amount_rupiah), number=True),
        Column(_("Keadaan"), state_tag),
    ]
    context = {
        "tabs": tabs(request, "refunds"),
        "table": table(_("Pengembalian, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada pengembalian"), _("Diminta dari halaman pembayaran yang uangnya masih bebas.")),
    }
    return screen(request, "officer/list.html", context, title=_("Pengembalian"), crumbs=above())


def state_tag(row: Refund) -> Tag:
    """Where it stands, in a word."""
    if row.paid_on is not None:
        return Tag(_("Sudah keluar {day}").format(day=date(row.paid_on)), "good")
    if row.decided_at is None:
        return Tag(_("Menunggu penyetuju"), "warn")
    return Tag(_("Disetujui, belum keluar"), "warn") if row.approved else Tag(_("Ditolak"), "plain")


class PaidForm(Form):
    """The day it left the account, and the bank's reference."""

    paid_on = DateField(label=N_("Hari uangnya keluar"))
    reference = forms.CharField(label=N_("Nomor referensi bank"), max_length=64)


class ShowForm(Form):
    """Why the account number is needed."""

    why = forms.CharField(label=N_("Untuk apa nomor rekeningnya dibuka?"), max_length=200)


@door(*OFFICERS)
def show(request: HttpRequest, refund_id: int) -> HttpResponseBase:
    """One refund: decided by another, then said to have left the account."""
    row = payments.refund(refund_id)
    undecided = row.decided_at is None
    form: Form = (DecideForm if undecided else PaidForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _act(row, form)
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, request.path, _("Keputusan disimpan.") if undecided else _("Dicatat sudah keluar."))
    place = Place(regency=row.payment.regency_code)
    why_not = why_not_decide(row, row.asked_by, place) if undecided else ""
    to_be_paid = bool(row.approved) and row.paid_on is None and current().may(Can.TAKE_PAYMENT, place)
    context: dict[str, Any] = {
        "tag": state_tag(row),
        "facts": _facts(row),
        "form": form if (undecided and not why_not) or to_be_paid else None,
        "why_not": why_not,
        "ways": [Link(_("Buka nomor rekening"), reverse("payments:refund_account", args=[row.pk]))] if to_be_paid else [],
        "about": _("Tulis {mark} di berita transfernya: rekening koran lalu mengenalinya sendiri.").format(
            mark=actions.mark_of(row.pk)
        )
        if to_be_paid
        else "",
        "back": reverse("payments:refunds"),
        "yes": _("Simpan keputusan") if undecided else _("Catat sudah keluar"),
    }
    crumbs = above(Link(_("Pengembalian"), reverse("payments:refunds")))
    title = _("Pengembalian {rupiah}").format(rupiah=format_rupiah(row.amount_rupiah))
    return screen(request, "payments/ask.html", context, title=title, crumbs=crumbs)


def _act(row: Refund, form: Form) -> None:
    given = form.cleaned_data
    if isinstance(form, DecideForm):
        actions.decide(refund_id=row.pk, approved=form.approved, decision=given["decision"], today=today(), now=timezone.now())
    else:
        actions.paid(refund_id=row.pk, paid_on=given["paid_on"], reference=given["reference"], today=today())


def _facts(row: Refund) -> list[Fact]:
    name = payments.name_of(row.payment_id)
    found = [
        Fact(_("Dari pembayaran"), Link(name, payment_url(name))),
        Fact(_("Penerima"), f"{row.account_name}, {row.account_bank}"),
        Fact(_("Alasan"), row.reason),
        Fact(_("Diminta"), by(row.asked_by, row.asked_at)),
    ]
    if row.decided_at is not None:
        found.append(Fact(decision_words(row), f"{by(row.decided_by, row.decided_at)} {row.decision}"))
    if row.paid_on is not None:
        found.append(Fact(_("Keluar"), f"{date(row.paid_on)} {words.reference(row.paid_reference.rpartition(':')[2])}"))
    return found


@door(*OFFICERS)
def account(request: HttpRequest, refund_id: int) -> HttpResponseBase:
    """The account number, once, for whoever makes the order; kept in the trail."""
    row = payments.refund(refund_id)
    form = ShowForm(request.POST or None)
    back = reverse("payments:refund", args=[row.pk])
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.show_account(refund_id=row.pk, why=form.cleaned_data["why"])
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            shown = {
                "label": _("Nomor rekening"),
                "value": words.reference(number),
                "reason": form.cleaned_data["why"],
                "back": back,
            }
            return screen(request, "officer/shown.html", shown, title=_("Nomor rekening"), crumbs=above())
    context = {"form": form, "facts": _facts(row), "back": back, "yes": _("Buka nomor rekening")}
    crumbs = above(Link(_("Pengembalian"), reverse("payments:refunds")))
    return screen(request, "payments/ask.html", context, title=_("Buka nomor rekening"), crumbs=crumbs)
