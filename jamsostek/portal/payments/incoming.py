"""Money that came: the list, and one payment with what it paid, where it stands in the books, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions.payments import State, bounce
from jamsostek.collection.queries import payments
from jamsostek.collection.queries.payments import Paid, Used
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger.queries import number_words
from jamsostek.messages.bank.problems import short
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import DECIDERS, OFFICERS, above, by, screen, tabs
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, SearchBox, done, paged, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date, moment


def payment_url(name: str) -> str:
    """A payment's page at an office."""
    return reverse("payments:payment", args=[name])


def columns() -> list[Column]:
    """Payments as offices list them."""
    return [
        Column(_("Dibayar"), lambda one: Link(date(one.payment.paid_on), payment_url(one.name))),
        Column(_("Kode bayar"), lambda one: words.code(one.payment.code)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.payment.amount_rupiah), number=True),
        Column(_("Masih bebas"), lambda one: format_rupiah(one.free_rupiah) if one.free_rupiah else NOTHING, number=True),
        Column(_("Diberitahukan lewat"), lambda one: words.channel(one.payment)),
        Column(_("Keadaan"), words.state_tag),
    ]


@door(*OFFICERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest first; by payment code, bank's reference or payment's number."""
    asked = request.GET.get("cari", "")[:64]
    found = paged(request, payments.listed(asked=asked, state=request.GET.get("keadaan", "")))
    context = {
        "tabs": tabs(request, "home"),
        "search": SearchBox(
            _("Cari pembayaran"), asked, _("Kode bayar, nomor referensi bank, atau nomor kwitansi."), url=request.path
        ),
        "table": table(_("Pembayaran, yang terbaru di atas"), columns(), payments.standings(found.rows)),
        "paged": found,
        "empty": Empty(
            _("Tidak ada yang cocok") if asked else _("Belum ada pembayaran"),
            _("Pembayaran tampak begitu bank memberitahukannya, atau rekening korannya dibukukan."),
        ),
    }
    return screen(request, "officer/list.html", context, title=_("Uang masuk"), crumbs=[])


@door(*OFFICERS)
@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One payment."""
    return _page(request, payments.by_name(name))


def _page(request: HttpRequest, paid: Paid, **more: Any) -> HttpResponse:
    payment = paid.payment
    if payment.participant_id is not None:
        audit.looked([payment.participant_id], ("name", "payment"), "pembayaran peserta")
    uses = payments.uses(payment.pk)
    context = {
        "tag": words.state_tag(paid),
        "facts": facts_of(paid),
        "uses": uses_table(uses) if uses else None,
        "asked": _asked(paid),
        "ways": _ways(paid),
        **more,
    }
    title = _("Pembayaran {rupiah}").format(rupiah=format_rupiah(payment.amount_rupiah))
    return screen(request, "payments/payment.html", context, title=title, crumbs=above())


def facts_of(paid: Paid) -> list[Fact]:
    """What is known of a payment."""
    payment = paid.payment
    payer = payments.payer_words(*payments.payer_of(payment))
    text = payments.text_of_payment(payment.pk) if payer == "" else ""
    bounced = payments.bounce_of(payment.pk)
    found = [
        Fact(_("Nomor"), paid.name),
        Fact(_("Dari"), payer or _("Belum diketahui")),
        Fact(_("Kode bayar"), words.code(payment.code)),
        Fact(_("Dibayar"), moment(payment.paid_at)),
        Fact(_("Masuk ke rekening"), words.account(payment)),
        Fact(_("Referensi bank"), words.reference(payment.reference)),
        Fact(_("Diberitahukan lewat"), f"{words.channel(payment)}, {moment(payment.recorded_at)}"),
        Fact(_("Dipakai untuk tagihan"), format_rupiah(paid.used_rupiah)),
        Fact(_("Masih bebas"), format_rupiah(paid.free_rupiah)),
    ]
    if paid.refunded_rupiah:
        found.append(Fact(_("Dikembalikan"), format_rupiah(paid.refunded_rupiah)))
    if text:
        found.append(Fact(_("Yang tertulis di rekening koran"), short(text)))
    if bounced is not None:
        found.append(Fact(_("Ditarik kembali"), f"{date(bounced.effective_on)}: {bounced.reason}"))
    found.append(Fact(_("Pembukuan"), _groups(paid)))
    return found


def _groups(paid: Paid) -> str:
    """The groups of the books; whoever reads the books finds them there by these numbers."""
    return ", ".join(number_words(one) for one in payments.groups(paid.payment))


def uses_table(uses: list[Used]) -> Table:
    """What bills took of it."""
    columns = [
        Column(_("Tagihan"), lambda one: Link(words.code(one.code), reverse("bills:bill", args=[one.code]))),
        Column(_("Untuk"), lambda one: words.parts(one.parts)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.total_rupiah), number=True),
        Column(_("Dibukukan"), lambda one: date(one.effective_on)),
    ]  # fmt: skip
    return table(
        _("Dipakai untuk"), columns, uses, total=[_("Jumlah"), "", format_rupiah(sum(one.total_rupiah for one in uses)), ""]
    )


def _asked(paid: Paid) -> Table | None:
    """What somebody asked to be done with it."""
    rows: list[tuple[Link, int, str, Any]] = [
        (
            Link(_("Usulan pemilik"), reverse("payments:match", args=[one.pk])),
            one.amount_rupiah,
            by(one.asked_by, one.asked_at),
            one,
        )
        for one in payments.matches(paid.payment.pk)
    ]
    rows += [
        (
            Link(_("Pengembalian"), reverse("payments:refund", args=[one.pk])),
            one.amount_rupiah,
            by(one.asked_by, one.asked_at),
            one,
        )
        for one in payments.refunds(paid.payment.pk)
    ]
    columns = [
        Column(_("Permintaan"), lambda row: row[0]),
        Column(_("Jumlah"), lambda row: format_rupiah(row[1]), number=True),
        Column(_("Diminta"), lambda row: row[2]),
        Column(_("Keputusan"), lambda row: decision_words(row[3])),
    ]
    return table(_("Yang diminta"), columns, rows) if rows else None


def decision_words(row: Any) -> str:
    """What was decided, in a word."""
    if row.decided_at is None:
        return _("Menunggu penyetuju")
    return _("Disetujui") if row.approved else _("Ditolak")


def _ways(paid: Paid) -> list[Link]:
    place = Place(regency=paid.payment.regency_code)
    found = []
    if paid.free_rupiah and current().may(Can.TAKE_PAYMENT, place):
        if paid.state == State.UNKNOWN:
            found.append(Link(_("Usulkan pemiliknya"), reverse("payments:propose", args=[paid.name])))
        found.append(Link(_("Minta pengembalian"), reverse("payments:ask_refund", args=[paid.name])))
    if paid.state != State.RETURNED and current().may(Can.APPROVE_PAYMENT, place):
        found.append(Link(_("Ditarik kembali oleh bank"), reverse("payments:bounce", args=[paid.name])))
    return [*found, Link(_("Kwitansi"), reverse("payments:receipt", args=[paid.name]))]


class BounceForm(Form):
    """Why."""

    reason = forms.CharField(
        label=N_("Alasan bank"), max_length=200, help_text=N_("Seperti tertulis di rekening koran atau surat bank.")
    )


@door(*DECIDERS)
def take_back(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bank took it back: what it paid is owed again."""
    paid = payments.by_name(name)
    form = BounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bounce(payment_id=paid.payment.pk, why=form.cleaned_data["reason"], today=today())
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, payment_url(name), _("Pembayaran ditarik kembali; tagihannya terutang lagi."))
    context = {
        "form": form,
        "about": _("Tagihan yang dibayar dengan uang ini terutang lagi, dan saldo JHT pesertanya berkurang."),
        "facts": facts_of(paid)[:6],
        "back": payment_url(name),
        "yes": _("Tarik kembali"),
        "danger": True,
    }
    title = _("Ditarik kembali oleh bank")
    return screen(request, "payments/ask.html", context, title=title, crumbs=above(Link(paid.name, payment_url(name))))
