"""Accounts: all of them, and the statement of one between two days, on pages, on paper, as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.ledger import queries
from jamsostek.ledger.chart import KINDS
from jamsostek.ledger.kinds import kind_words
from jamsostek.ledger.models import Account
from jamsostek.ledger.queries import Statement
from jamsostek.portal.books.frame import READERS, account_link, fund_title, group_link, screen, title_of
from jamsostek.portal.screens import (
    Column,
    DateField,
    Empty,
    Fact,
    Form,
    Link,
    export,
    paged,
    printing,
    table,
    today,
    with_query,
)
from jamsostek.portal.screens.words import date, moment

PRINTED = 2_000
"""So many rows are printed at most; whoever needs more takes the file."""
FIRST_DAY = dt.date(2009, 1, 1)


class DaysForm(Form):
    """From one day to another."""

    first = DateField(label=N_("Dari tanggal"), earliest=FIRST_DAY)
    last = DateField(label=N_("Sampai tanggal"), earliest=FIRST_DAY)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", _("Tanggal ini sebelum tanggal pertama."))
        return told


def _form(request: HttpRequest) -> DaysForm:
    asked = any(name.startswith(("first-", "last-")) for name in request.GET)
    return DaysForm(request.GET if asked else None, initial={"first": _quarter(), "last": today()})


def _quarter() -> dt.date:
    """The first day of the month two months ago."""
    return ((today().replace(day=1) - dt.timedelta(days=1)).replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _statement(code: str, form: DaysForm) -> Statement:
    days = form.cleaned_data if form.is_bound and form.is_valid() else {"first": _quarter(), "last": today()}
    try:
        return queries.statement(code, days["first"], days["last"])
    except InputError as error:
        raise Http404(str(error)) from error


@door(*READERS)
@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """All accounts, by fund."""
    rows = queries.accounts()
    columns = [
        Column(_("Akun"), account_link),
        Column(_("Kode"), lambda one: one.code),
        Column(_("Jenis"), lambda one: _(KINDS[one.kind])),
        Column(_("Boleh minus"), lambda one: _("Ya") if one.overdraft else _("Tidak")),
    ]
    tables = [
        table(fund_title(fund), columns, [one for one in rows if one.fund == fund])
        for fund in dict.fromkeys(one.fund for one in rows)
    ]
    return screen(request, "chart.html", {"tables": tables}, title=_("Bagan akun"), here="chart")


@door(*READERS)
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The statement, page by page; for printing all rows at once."""
    form = _form(request)
    told = _statement(code, form)
    found = paged(request, told)
    rows = told[0:PRINTED] if printing(request) else found.rows
    context = {
        "form": form,
        "account": told.account,
        "of": _("{first} sampai {last}").format(first=date(told.first), last=date(told.last)),
        "facts": [
            Fact(_("Kode"), told.account.code),
            Fact(_("Dana"), fund_title(told.account.fund)),
            Fact(_("Jenis"), _(KINDS[told.account.kind])),
            Fact(_("Saldo awal"), format_rupiah(told.opening_rupiah)),
            Fact(_("Saldo akhir"), format_rupiah(told.closing_rupiah)),
        ],
        "table": table(_("Mutasi"), _columns(rows), rows),
        "paged": found,
        "empty": Empty(_("Tidak ada mutasi"), _("Pilih tanggal lain.")),
        "print_url": with_query(request, cetak=1, hal=None),
        "export_url": f"{reverse('books:account_file', args=[code])}{with_query(request, hal=None, cetak=None)}",
        "printed": PRINTED if printing(request) and len(rows) == PRINTED else 0,
    }
    above = [Link(_("Bagan akun"), reverse("books:chart"))]
    return screen(request, "account.html", context, title=title_of(told.account), above=above)


def _columns(rows: Iterable[queries.Movement]) -> list[Column]:
    others = {one.code: one for one in Account.objects.filter(code__in={row.other for row in rows})}
    return [
        Column(_("Tanggal"), lambda one: date(one.effective_on)),
        Column(_("Kelompok"), lambda one: group_link(one.group_id, kind_words(one.kind))),
        Column(_("Akun lawan"), lambda one: account_link(others[one.other])),
        Column(_("Rupiah"), lambda one: format_number(one.rupiah), number=True),
        Column(_("Saldo"), lambda one: format_number(one.balance_rupiah), number=True),
    ]


@door(*READERS)
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponseBase:
    """All movements as a file."""
    told = _statement(code, _form(request))
    audit.record("ledger.exported", "period", None, fields=("file",))
    headings = [
        _("Tanggal"), _("Dicatat"), _("Kelompok"), _("Jenis"), _("Rujukan"), _("Akun lawan"), _("Rupiah"), _("Saldo"),
    ]  # fmt: skip
    rows = (
        [
            one.effective_on.isoformat(), moment(one.recorded_at), queries.number_words(one.group_id), kind_words(one.kind),
            queries.reference_words(one.reference), one.other, one.rupiah, one.balance_rupiah,
        ]
        for one in told
    )  # fmt: skip
    return export(request, f"{_('mutasi')}-{code.replace(':', '-')}", headings, rows)
