"""Money that no bill has taken: the work lists, and whose it is, said by one and confirmed by another."""

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
from jamsostek.collection.actions.payments import matching
from jamsostek.collection.models import Match
from jamsostek.collection.queries import payments
from jamsostek.collection.queries.payments import Waiting
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import HEAD_OFFICE, OFFICERS, above, by, screen, tabs
from jamsostek.portal.payments.incoming import decision_words, facts_of, payment_url
from jamsostek.portal.screens import Column, DecideForm, Empty, Fact, Form, Link, MoneyField, Tag, done, paged, table, today
from jamsostek.portal.screens.words import date


def _columns(*, known: bool) -> list[Column]:
    def payer(one: Waiting) -> str:
        return payments.payer_words(one.payer_kind, one.payer_id)

    return [
        Column(_("Dibayar"), lambda one: Link(date(one.payment.paid_on), payment_url(payments.name_of(one.payment.pk)))),
        *([Column(_("Dari"), payer)] if known else []),
        Column(_("Kode bayar"), lambda one: words.code(one.payment.code)),
        Column(_("Masih bebas"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Dari pembayaran"), lambda one: format_rupiah(one.payment.amount_rupiah), number=True),
        Column(_("Tindakan"), lambda one: Tag(_("Menunggu penyetuju"), "info") if one.asked else ""),
    ]


@door(*HEAD_OFFICE)
@require_safe
def unknown(request: HttpRequest) -> HttpResponse:
    """Money without a code that we know, the oldest first."""
    return _listing(
        request, "unknown", known=False, title=_("Uang yang belum dikenal"),
        about=_("Uang ini masuk tanpa kode bayar yang dikenal. Cari pembayarnya, lalu usulkan; orang lain yang memutuskannya."),
        empty=Empty(_("Tidak ada uang yang belum dikenal"), _("Semua uang yang masuk diketahui pembayarnya.")),
    )  # fmt: skip


@door(*OFFICERS)
@require_safe
def overpaid(request: HttpRequest) -> HttpResponse:
    """Money of payers that no bill has taken, the oldest first."""
    return _listing(
        request, "overpaid", known=True, title=_("Lebih bayar"),
        about=_("Dipakai sendiri untuk tagihan pembayar itu berikutnya (PP 44/2015 Pasal 23), atau dikembalikan bila diminta."),
        empty=Empty(_("Tidak ada kelebihan bayar"), _("Semua uang dari pembayar yang dikenal terpakai untuk tagihannya.")),
    )  # fmt: skip


def _listing(request: HttpRequest, here: str, *, known: bool, title: str, about: str, empty: Empty) -> HttpResponse:
    found = paged(request, payments.waiting(known=known))
    context = {
        "tabs": tabs(request, here),
        "about": about,
        "table": table(title, _columns(known=known), payments.told_of(found.rows)),
        "paged": found,
        "empty": empty,
    }
    return screen(request, "officer/list.html", context, title=title, crumbs=above())


# --- whose it is ------------------------------------------------------------------------------------------------------


class ProposeForm(Form):
    """The code of a bill of whoever paid, and what shows it."""

    code = forms.CharField(
        label=N_("Kode bayar salah satu tagihan pembayarnya"), max_length=24, help_text=N_("15 angka, dari halaman tagihan.")
    )
    amount = MoneyField(
        label=N_("Bagian uang ini"), least=1, required=False,
        help_text=N_("Kosongkan bila seluruhnya. Sebuah bagian harus habis untuk tagihan pembayar itu."),
    )  # fmt: skip
    reason = forms.CharField(label=N_("Bukti yang dilihat"), max_length=200, help_text=N_("Misalnya bukti transfer di loket."))


@door(*HEAD_OFFICE)
def propose(request: HttpRequest, name: str) -> HttpResponseBase:
    """Says whose money that is."""
    paid = payments.by_name(name)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            matching.propose(
                payment_id=paid.payment.pk,
                code="".join(given["code"].split()),
                amount_rupiah=given["amount"],
                why=given["reason"],
            )
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, payment_url(name), _("Diusulkan. Orang lain yang memutuskannya."))
    context = {"form": form, "facts": facts_of(paid)[:-1], "back": payment_url(name), "yes": _("Usulkan")}
    title = _("Uang siapa ini?")
    return screen(request, "payments/ask.html", context, title=title, crumbs=above(Link(paid.name, payment_url(name))))


@door(*HEAD_OFFICE)
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Proposals that wait for somebody else."""
    found = paged(request, payments.matches(undecided=True))
    columns = [
        Column(_("Diusulkan"), lambda one: Link(by(one.asked_by, one.asked_at), reverse("payments:match", args=[one.pk]))),
        Column(_("Untuk"), lambda one: payments.payer_words(one.payer_kind, one.payer_id)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.amount_rupiah), number=True),
        Column(_("Bukti"), lambda one: one.reason),
    ]
    context = {
        "tabs": tabs(request, "matches"),
        "table": table(_("Usulan yang menunggu"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada usulan yang menunggu"), _("Usulan dibuat dari daftar uang yang belum dikenal.")),
    }
    return screen(request, "officer/list.html", context, title=_("Usulan pemilik uang"), crumbs=above())


@door(*HEAD_OFFICE)
def match(request: HttpRequest, match_id: int) -> HttpResponseBase:
    """One proposal, and the decision of another person."""
    row = payments.match(match_id)
    form = DecideForm(request.POST or None)

    def decide() -> object:
        told = form.cleaned_data["decision"]
        return matching.decide(match_id=row.pk, approved=form.approved, decision=told, today=today(), now=timezone.now())

    if form.did(decide):
        return done(request, "payments:matches", _("Keputusan disimpan."))
    why_not = why_not_decide(row, row.asked_by, Place(regency=row.regency_code))
    context: dict[str, Any] = {
        "facts": _facts(row),
        "form": None if why_not else form,
        "why_not": why_not,
        "back": reverse("payments:matches"),
        "yes": _("Simpan keputusan"),
    }
    crumbs = above(Link(_("Usulan"), reverse("payments:matches")))
    return screen(request, "payments/ask.html", context, title=_("Usulan pemilik uang"), crumbs=crumbs)


def _facts(row: Match) -> list[Fact]:
    payment = row.payment
    found = [
        Fact(_("Pembayaran"), Link(payments.name_of(payment.pk), payment_url(payments.name_of(payment.pk)))),
        Fact(_("Jumlah yang diusulkan"), format_rupiah(row.amount_rupiah)),
        Fact(_("Untuk"), payments.payer_words(row.payer_kind, row.payer_id)),
        Fact(_("Kode yang tertulis"), words.code(payment.code)),
        Fact(_("Dibayar"), date(payment.paid_on)),
        Fact(_("Bukti yang dilihat"), row.reason),
        Fact(_("Diusulkan"), by(row.asked_by, row.asked_at)),
    ]
    if row.decided_at is not None:
        found.append(Fact(decision_words(row), f"{by(row.decided_by, row.decided_at)} {row.decision}"))
    return found


def why_not_decide(row: Any, asked_by: int, place: Place) -> str:
    """Why this reader does not decide; nothing where they do."""
    if row.decided_at is not None:
        return _("Ini sudah diputuskan.")
    if not current().may(Can.APPROVE_PAYMENT, place):
        return _("Menunggu penyelia: petugas tidak memutuskannya.")
    if asked_by == current().user_id:
        return _("Menunggu penyetuju lain: yang meminta tidak memutuskannya sendiri.")
    return ""
