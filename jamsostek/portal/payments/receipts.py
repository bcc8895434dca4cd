"""Receipts by hand: entered with a proof, approved by another."""

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
from jamsostek.access.scope import Place
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import receipts as actions
from jamsostek.collection.models import Receipt
from jamsostek.collection.queries import payments
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.portal.officer.places import my_regency_choices, usual_regency
from jamsostek.portal.payments import words
from jamsostek.portal.payments.frame import OFFICERS, above, by, screen, tabs
from jamsostek.portal.payments.incoming import decision_words, payment_url
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


@door(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = paged(request, payments.receipts())
    columns = [
        Column(_("Dibayar"), lambda one: Link(date(one.paid_on), reverse("payments:receipt_entry", args=[one.pk]))),
        Column(_("Kode bayar"), lambda one: words.code(one.code)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.amount_rupiah), number=True),
        Column(_("Dicatat"), lambda one: by(one.entered_by, one.entered_at)),
        Column(_("Keadaan"), state_tag),
    ]
    enter = Link(_("Catat pembayaran"), reverse("payments:enter_receipt"))
    context = {
        "tabs": tabs(request, "receipts"),
        "about": _("Hanya untuk uang yang tidak diberitahukan bank. Petugas mencatat dengan buktinya, penyelia menyetujui."),
        "table": table(_("Catatan tangan, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "ways": [enter],
        "empty": Empty(_("Belum ada catatan"), _("Biasanya bank sendiri yang memberitahukan setiap pembayaran.")),
    }
    return screen(request, "officer/list.html", context, title=_("Catatan tangan"), crumbs=above())


def state_tag(row: Receipt) -> Tag:
    """Where it stands, in a word."""
    if row.decided_at is None:
        return Tag(_("Menunggu penyetuju"), "warn")
    return Tag(_("Disetujui"), "good") if row.approved else Tag(_("Ditolak"), "plain")


class EnterForm(Form):
    """What the proof says."""

    regency_code = forms.TypedChoiceField(label=N_("Kabupaten atau kota"), choices=my_regency_choices, coerce=int)
    bank = forms.ChoiceField(label=N_("Rekening yang menerima"))
    reference = forms.CharField(
        label=N_("Nomor referensi bank"), max_length=64, help_text=N_("Persis seperti di bukti transfer.")
    )
    code = forms.CharField(label=N_("Kode bayar"), max_length=24, help_text=N_("15 angka, dari halaman tagihan."))
    amount_rupiah = MoneyField(label=N_("Jumlah"), least=1, most=actions.LARGEST_RUPIAH)
    paid_on = DateField(label=N_("Hari dibayar"))
    proof = forms.FileField(label=N_("Bukti"), help_text=N_("PDF, PNG, atau JPEG; paling besar 5 MB."))
    note = forms.CharField(label=N_("Keterangan"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].choices = [(one.number, one.title) for one in banks.accounts().values()]  # type: ignore[attr-defined]


@door(*OFFICERS)
def enter(request: HttpRequest) -> HttpResponseBase:
    """Keeps what an officer says came."""
    sent = request.method == "POST"
    form = EnterForm(request.POST, request.FILES) if sent else EnterForm(initial={"regency_code": usual_regency()})
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.enter(
                bank=given["bank"], reference=given["reference"], code=given["code"], amount_rupiah=given["amount_rupiah"],
                paid_on=given["paid_on"], proof=given["proof"].read(actions.LARGEST_BYTES + 1), file_name=given["proof"].name,
                note=given["note"], regency_code=given["regency_code"], today=today(),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            form.refuse(error)
        else:
            return done(request, reverse("payments:receipt_entry", args=[made.pk]), _("Dicatat. Penyelia yang menyetujuinya."))
    list_url = reverse("payments:receipts")
    context: dict[str, Any] = {
        "form": form if banks.accounts() else None,
        "facts": [],
        "why_not": "" if banks.accounts() else _("Belum ada rekening penerimaan; pengelola sistem yang membukanya."),
        "about": _("Periksa dahulu daftar uang masuk: yang sudah diberitahukan bank tidak dicatat lagi."),
        "back": list_url,
        "yes": _("Catat, minta persetujuan"),
    }
    crumbs = above(Link(_("Catatan tangan"), list_url))
    return screen(request, "payments/ask.html", context, title=_("Catat pembayaran"), crumbs=crumbs)


@door(*OFFICERS)
def show(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """One, and the decision of another person."""
    row = payments.receipt(receipt_id)
    form = DecideForm(request.POST or None)

    def decide() -> object:
        told = form.cleaned_data["decision"]
        return actions.decide(receipt_id=row.pk, approved=form.approved, decision=told, today=today(), now=timezone.now())

    if form.did(decide):
        return done(request, request.path, _("Keputusan disimpan."))
    why_not = why_not_decide(row, row.entered_by, Place(regency=row.regency_code))
    context: dict[str, Any] = {
        "tag": state_tag(row),
        "facts": _facts(row),
        "ways": [Link(_("Lihat buktinya"), reverse("payments:proof", args=[row.pk]))],
        "form": None if why_not else form,
        "why_not": why_not,
        "back": reverse("payments:receipts"),
        "yes": _("Simpan keputusan"),
    }
    crumbs = above(Link(_("Catatan tangan"), reverse("payments:receipts")))
    title = _("Catatan {rupiah}").format(rupiah=format_rupiah(row.amount_rupiah))
    return screen(request, "payments/ask.html", context, title=title, crumbs=crumbs)


def _facts(row: Receipt) -> list[Fact]:
    found = [
        Fact(_("Kode bayar"), words.code(row.code)),
        Fact(_("Jumlah"), format_rupiah(row.amount_rupiah)),
        Fact(_("Dibayar"), date(row.paid_on)),
        Fact(_("Masuk ke rekening"), banks.title_of(row.bank)),
        Fact(_("Referensi bank"), words.reference(row.reference)),
        Fact(_("Dicatat"), by(row.entered_by, row.entered_at)),
    ]
    if row.note:
        found.append(Fact(_("Keterangan"), row.note))
    if row.decided_at is not None:
        found.append(Fact(decision_words(row), f"{by(row.decided_by, row.decided_at)} {row.decision}"))
    if row.payment_id is not None:
        name = payments.name_of(row.payment_id)
        found.append(Fact(_("Pembayaran"), Link(name, payment_url(name))))
    return found


@door(*OFFICERS)
@require_safe
def proof(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """The proof as a download; the look is kept in the trail."""
    content, ending, media = actions.proof_of(payments.receipt(receipt_id))
    headers = {"Content-Disposition": f'attachment; filename="bukti-{receipt_id}.{ending}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media, headers=headers)
