"""Lists of what is owed: everything still open, what the bank refused, what is past its day and what that costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.claims.choices import PAYOUTS, PayoutState
from jamsostek.claims.queries import payouts
from jamsostek.claims.queries.payouts import Line
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger.chart import FUND_TITLES
from jamsostek.messages.payout.reasons import reason
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import PAYERS, READERS, FilterForm, choices, claim_link, screen, tabs
from jamsostek.portal.payouts.home import reasons_table
from jamsostek.portal.screens import Column, Empty, Link, export, paged, table, today, with_query
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words

EXPORTED = 20_000
"""Rows of one download."""
FUND_CHOICES = {name: FUND_TITLES[name] for name in payouts.FUNDS}


class OwedForm(FilterForm):
    """What is shown."""

    keadaan = forms.ChoiceField(
        label=N_("Keadaan"), choices=choices({int(state): PAYOUTS[state] for state in payouts.OPEN}), required=False
    )
    dana = forms.ChoiceField(label=N_("Dana"), choices=choices(FUND_CHOICES), required=False)
    lewat = forms.BooleanField(label=N_("Hanya yang lewat hari bayarnya"), required=False)

    def rows(self, day: dt.date) -> Any:
        """What is asked for."""
        told = self.asked()
        state = PayoutState(int(told["keadaan"])) if told["keadaan"] else None
        return payouts.owed(state=state, fund=told["dana"], late_on=day if told["lewat"] else None)


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything that is still open, the oldest due day first."""
    day, form = today(), OwedForm(request.GET)
    rows = form.rows(day)
    found = paged(request, rows)
    narrowed = any(form.asked().values())
    context = {
        "tabs": tabs("owed"),
        "filter": form,
        "narrowed": narrowed,
        "everything": reverse("payouts:owed"),
        "table": table(_("Yang harus dibayar, yang paling lama di atas"), _columns(), payouts.lines(found.rows, day)),
        "paged": found,
        "export_url": _export(request, "payouts:owed_file"),
        "empty": Empty(_("Tidak ada yang seperti itu"), _("Ubah saringannya."))
        if narrowed
        else Empty(_("Tidak ada yang harus dibayar"), _("Yang diputuskan disetujui tampak di sini pada hari itu juga.")),
    }
    return screen(request, "payouts/list.html", context, title=_("Yang harus dibayar"))


def _columns() -> list[Column]:
    return [
        Column(_("Klaim"), lambda one: claim_link(one.claim, whole=False)),
        Column(_("Penerima"), lambda one: one.party.name if one.party else ""),
        Column(_("Untuk"), lambda one: f"{one.title}, {month_words(one.payout.month)}"),
        Column(_("Dana"), lambda one: words.fund(one.payout.fund)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Hari terakhir"), lambda one: date(one.payout.due_on)),
        Column(_("Keadaan"), lambda one: words.money_tag(one.state)),
        Column(_("Yang menahan"), words.held),
    ]


def _export(request: HttpRequest, name: str) -> str:
    """Where the same list is taken away, for who may take lists of people."""
    return f"{reverse(name)}{with_query(request, hal=None)}" if current().may(Can.EXPORT_PEOPLE) else ""


HEADINGS = (
    N_("Nomor klaim"), N_("Penerima"), N_("Untuk"), N_("Bulan"), N_("Dana"), N_("Bruto"), N_("Pajak"), N_("Jumlah"),
    N_("Hari terakhir"), N_("Keadaan"), N_("Yang menahan"), N_("Kode alasan"), N_("Alasan bank"),
    N_("Ganti rugi sampai hari ini"),
)  # fmt: skip


def _cells(lines: Iterable[Line]) -> Iterable[Sequence[Any]]:
    for one in lines:
        row = one.payout
        barred = words.held(one)
        yield (
            format_public("claim", one.claim.number) if one.claim else "", one.party.name if one.party else "", one.title,
            month_words(row.month), words.fund(row.fund), row.gross_rupiah, row.tax_rupiah, one.net_rupiah, row.due_on,
            words.money_tag(one.state).text, getattr(barred, "text", ""), one.reason,
            reason(one.reason).message if one.state == PayoutState.FAILED else "", one.late_rupiah,
        )  # fmt: skip


@door(*PAYERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    current().need(Can.EXPORT_PEOPLE)
    day = today()
    found = payouts.lines(OwedForm(request.GET).rows(day)[:EXPORTED], day)
    return export(request, _("yang-harus-dibayar"), [_(one) for one in HEADINGS], _cells(found))


# --- refused ------------------------------------------------------------------------------------------------------------


def _reason(request: HttpRequest) -> str | None:
    """The code asked for; `-` is no code at all."""
    asked = request.GET.get("alasan", "")
    return "" if asked == "-" else asked[:10] or None


@door(*READERS)
@require_safe
def failed(request: HttpRequest) -> HttpResponseBase:
    """What the bank refused or sent back: who must do what, and the claims."""
    day, code = today(), _reason(request)
    found = paged(request, payouts.failed(code))
    told = None if code is None else reason(code)
    columns = [
        Column(_("Klaim"), lambda one: claim_link(one.claim, whole=False)),
        Column(_("Penerima"), lambda one: one.party.name if one.party else ""),
        Column(_("Untuk"), lambda one: f"{one.title}, {month_words(one.payout.month)}"),
        Column(_("Jumlah"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Sebabnya"), lambda one: f"{reason(one.reason).message} {one.reason}"),
        Column(_("Yang dilakukan"), lambda one: reason(one.reason).remedy),
        Column(_("Sekarang"), lambda one: words.why_not(one) or words.ready()),
    ]
    context = {
        "tabs": tabs("failed"),
        "about": told.message if told else "",
        "notice": told.remedy if told else "",
        "reasons": reasons_table(payouts.failed_by_reason()) if code is None else None,
        "table": table(_("Ditolak bank, yang paling lama di atas"), columns, payouts.lines(found.rows, day)),
        "paged": found,
        "ways": [Link(_("Semua sebab"), reverse("payouts:failed"))] if code is not None else [],
        "export_url": _export(request, "payouts:failed_file"),
        "empty": Empty(
            _("Tidak ada yang ditolak bank"), _("Yang ditolak atau dikembalikan bank tampak di sini dengan sebabnya.")
        ),
    }
    return screen(request, "payouts/list.html", context, title=_("Ditolak bank"))


@door(*PAYERS)
@require_safe
def failed_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    current().need(Can.EXPORT_PEOPLE)
    found = payouts.lines(payouts.failed(_reason(request))[:EXPORTED], today())
    return export(request, _("ditolak-bank"), [_(one) for one in HEADINGS], _cells(found))


# --- late ---------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def late(request: HttpRequest) -> HttpResponseBase:
    """What is past its day, what that costs if it is paid today, and whose money that is."""
    day = today()
    found = paged(request, payouts.owed(late_on=day))
    sums = payouts.late(day)
    columns = [
        Column(_("Klaim"), lambda one: claim_link(one.claim, whole=False)),
        Column(_("Penerima"), lambda one: one.party.name if one.party else ""),
        Column(_("Untuk"), lambda one: one.title),
        Column(_("Jumlah"), lambda one: format_rupiah(one.net_rupiah), number=True),
        Column(_("Hari terakhir"), lambda one: date(one.payout.due_on)),
        Column(
            _("Lewat"), lambda one: _("{count} hari").format(count=format_number((day - one.payout.due_on).days)), number=True
        ),
        Column(_("Ganti rugi sampai hari ini"), lambda one: words.late_cost(one.late_rupiah), number=True),
        Column(_("Yang menahan"), words.why_not),
    ]
    by_fund = [
        Column(_("Dana"), lambda one: words.fund(one.fund)),
        Column(_("Pembayaran"), lambda one: format_number(one.owed.count), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one.owed.rupiah), number=True),
        Column(_("Ganti rugi sampai hari ini"), lambda one: format_rupiah(one.cost_rupiah), number=True),
    ]
    uncounted = sum(one.uncounted for one in sums)
    context = {
        "tabs": tabs("owed"),
        "about": _(
            "Ganti rugi keterlambatan ditanggung penyelenggara, bukan dana. Undang-undang memintanya untuk JKK, JKM, dan JP."
        ),
        "notice": _("{count} pembayaran lebih lama dari yang dihitung aturan; hitung tersendiri.").format(count=uncounted)
        if uncounted
        else "",
        "reasons": table(_("Menurut dana"), by_fund, sums) if sums else None,
        "table": table(_("Lewat hari bayarnya, yang paling lama di atas"), columns, payouts.lines(found.rows, day)),
        "paged": found,
        "empty": Empty(_("Tidak ada yang terlambat"), _("Semua yang harus dibayar masih dalam waktunya.")),
    }
    return screen(request, "payouts/list.html", context, title=_("Lewat hari bayarnya"))
