"""The trial balance: of now, of what took effect up to a day, of what was known at a moment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.ledger import queries
from jamsostek.ledger.chart import KINDS
from jamsostek.ledger.queries import Balance
from jamsostek.portal.books.frame import READERS, fund_title, screen
from jamsostek.portal.screens import Column, DateField, Empty, Form, Link, Table, export, table, today
from jamsostek.portal.screens.words import date, moment

JAKARTA = dt.timezone(dt.timedelta(hours=7))
FIRST_DAY = dt.date(2009, 1, 1)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


class TrialForm(Form):
    """Two times: what took effect, and what was recorded."""

    on = DateField(
        label=N_("Yang berlaku sampai tanggal"), help_text=N_("Kosong: semua yang sudah dibukukan."), earliest=FIRST_DAY,
        required=False,
    )  # fmt: skip
    known = DateField(
        label=N_("Seperti tercatat pada tanggal"), help_text=N_("Kosong: seperti tercatat sekarang."), earliest=FIRST_DAY,
        required=False,
    )  # fmt: skip
    clock = forms.CharField(
        label=N_("Jam pencatatan"), help_text=N_("Waktu Jakarta, misalnya 17.00. Kosong: akhir hari itu."), max_length=5,
        required=False, widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_clock(self) -> dt.time:
        """Hour and minute; the end of the day where nothing is told."""
        typed = self.cleaned_data["clock"].strip()
        found = _CLOCK.fullmatch(typed)
        if typed and not found:
            raise forms.ValidationError(_("Tulis jam dan menit, misalnya 17.00."))
        return dt.time(int(found[1]), int(found[2])) if found else dt.time.max

    @property
    def when(self) -> dict[str, Any]:
        """What the balances are asked for."""
        if not (self.is_bound and self.is_valid()):
            return {"effective": None, "known_at": None}
        told = self.cleaned_data
        known = dt.datetime.combine(told["known"], told["clock"], JAKARTA) if told["known"] else None
        return {"effective": told["on"], "known_at": known}


def _form(request: HttpRequest) -> TrialForm:
    form = TrialForm(request.GET if any(name.startswith(("on-", "known-")) for name in request.GET) else None)
    form.fields["known"].latest = today()  # type: ignore[attr-defined]
    return form


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A table for each fund, its debits and credits summed."""
    form = _form(request)
    rows = queries.trial_balance(**form.when)
    context = {
        "form": form,
        "of": when_words(form.when),
        "tables": [_table(fund, [one for one in rows if one.fund == fund]) for fund in dict.fromkeys(one.fund for one in rows)],
        "empty": Empty(_("Belum ada yang dibukukan"), _("Pilih tanggal sesudahnya, atau kosongkan.")),
        "export_url": f"{reverse('books:trial_file')}?{request.GET.urlencode()}",
    }
    return screen(request, "trial.html", context, title=_("Neraca saldo"), here="trial")


def when_words(when: dict[str, Any]) -> str:
    """Of which moment the balances are."""
    told = [_("berlaku sampai {day}").format(day=date(when["effective"]))] if when["effective"] else []
    told += [_("seperti tercatat {moment}").format(moment=moment(when["known_at"]))] if when["known_at"] else []
    said = ", ".join(told) or _("Saat ini")
    return said[:1].upper() + said[1:]


def _table(fund: str, rows: Sequence[Balance]) -> Table:
    columns = [
        Column(_("Akun"), lambda one: Link(one.title, reverse("books:account", args=[one.code]))),
        Column(_("Jenis"), lambda one: _(KINDS[one.kind])),
        Column(_("Debit"), lambda one: format_number(one.debit_rupiah), number=True),
        Column(_("Kredit"), lambda one: format_number(one.credit_rupiah), number=True),
        Column(_("Saldo"), lambda one: format_number(one.balance_rupiah), number=True),
    ]
    debit, credit = sum(one.debit_rupiah for one in rows), sum(one.credit_rupiah for one in rows)
    return table(fund_title(fund), columns, rows, total=[_("Jumlah"), "", format_number(debit), format_number(credit), ""])


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same balances as a file."""
    when = _form(request).when
    rows = queries.trial_balance(**when)
    audit.record("ledger.exported", "period", None, fields=("file",))
    headings = [_("Dana"), _("Akun"), _("Nama"), _("Jenis"), _("Debit"), _("Kredit"), _("Saldo")]
    lines = (
        [one.fund.upper(), one.code, one.title, _(KINDS[one.kind]), one.debit_rupiah, one.credit_rupiah, one.balance_rupiah]
        for one in rows
    )
    return export(request, _("neraca-saldo"), headings, lines)
