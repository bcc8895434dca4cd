"""The end of a fund's month: what it would book, a yes, and what was booked, lot by lot."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, last_day, month_of
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.fund.actions import month_end
from jamsostek.fund.actions.month_end import Change, change_of, valued
from jamsostek.fund.models import MonthEnd, Valuation
from jamsostek.fund.queries.due import next_month_end
from jamsostek.fund.queries.securities_held import Security, securities
from jamsostek.ledger.queries import entry
from jamsostek.portal.books.behind import shown_by
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import group_link, lots_link, may_any, rupiah, units
from jamsostek.portal.screens import Column, Empty, Fact, Link, Tag, done, export, paged, table, today
from jamsostek.portal.screens.words import month as month_words


def _link(fund: str, month: int) -> Link:
    return Link(month_words(month), reverse("trading:month", args=[fund, month]))


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Which month of every fund is next, and all that ended."""
    over = add_months(month_of(today()), -1)
    awaited = [(fund, month) for fund in FUNDS if (month := next_month_end(fund)) is not None]
    columns = [
        Column(_("Dana"), lambda one: fund_title(one[0])),
        Column(_("Bulan berikutnya"), lambda one: _link(*one) if one[1] <= over else month_words(one[1])),
        Column(
            _("Keadaan"), lambda one: Tag(_("Dapat dibuat"), "warn") if one[1] <= over else Tag(_("Bulan ini berjalan"), "good")
        ),
    ]
    found = paged(request, MonthEnd.objects.order_by("-month", "fund"))
    context = {
        "about": _("Bunga yang berjalan, amortisasi, dan nilai pasar dibukukan sekali untuk setiap bulan, satu demi satu."),
        "tables": [table(_("Berikutnya"), columns, awaited)] if awaited else [],
        "table": table(_("Yang sudah berakhir"), _ended_columns(), found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada bulan yang diakhiri"), _("Bulan pertama sebuah dana adalah bulan pembelian pertamanya.")),
    }
    return screen(request, "list.html", context, title=_("Akhir bulan investasi"), here="trading:months")


def _ended_columns() -> list[Column]:
    return [
        Column(_("Bulan"), lambda one: _link(one.fund, one.month)),
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Kelompok"), lambda one: group_link(one.group_id) if one.group_id else _("Tidak ada perubahan")),
    ]


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, fund: str, month: int) -> HttpResponseBase:
    """A month that ended, lot by lot; or what ending it would book, for whoever may say yes."""
    made = MonthEnd.objects.filter(fund=fund, month=month).first()
    context: dict[str, Any] = {}
    may = may_any(Can.SETTLE_TRADE, Can.RUN_MONTH)
    if request.method == "POST":
        if not may:
            current().need(Can.SETTLE_TRADE)
        try:
            month_end.end_month(fund=fund, month=month, today=today())
        except Refused:
            raise
        except InputError as error:
            context["problem"] = str(error)
        else:
            return done(request, request.path, _("Akhir bulan dibukukan."))
    if made is not None:
        context |= _made(made)
    else:
        context |= _coming(fund, month, may)
    title = _("Akhir {month}, {fund}").format(month=month_words(month), fund=fund_title(fund))
    above = [Link(_("Akhir bulan investasi"), reverse("trading:months"))]
    return screen(request, "month_end.html", context, title=title, here="trading:months", above=above)


def _made(made: MonthEnd) -> dict[str, Any]:
    rows = _valuations(made.fund, made.month)
    known = securities({one.lot.instrument_id for one in rows})
    group = entry(made.group_id) if made.group_id else None
    facts = [Fact(_("Kelompok"), group_link(made.group_id))] if made.group_id else []
    if group is not None and group.made_by:
        facts.append(Fact(_("Oleh"), group.made_by))
    return {
        "facts": facts,
        "table": table(_("Lot pada akhir bulan"), _columns(known), rows, total=_total(rows)) if rows else None,
        "empty": Empty(_("Tidak ada yang dimiliki pada akhir bulan ini")),
        "export_url": f"{reverse('trading:month_file', args=[made.fund, made.month])}?" if rows else "",
    }


def _valuations(fund: str, month: int) -> list[Any]:
    found = Valuation.objects.filter(fund=fund, month=month).select_related("lot")
    return sorted(found, key=lambda row: (row.lot.instrument_id, row.lot_id))


def _columns(known: dict[int, Security]) -> list[Column]:
    return [
        Column(_("Efek"), lambda row: lots_link(row.fund, known[row.lot.instrument_id])),
        Column(_("Unit"), lambda row: units(row.quantity), number=True),
        Column(_("Nilai buku"), lambda row: format_rupiah(row.book_rupiah), number=True),
        Column(_("Bunga berjalan"), lambda row: format_rupiah(row.accrued_rupiah), number=True),
        Column(_("Nilai pasar"), lambda row: rupiah(row.market_rupiah), number=True),
        Column(_("Nilai tercatat"), lambda row: format_rupiah(row.carrying_rupiah), number=True),
    ]


def _total(rows: list[Any]) -> list[str]:
    book, run = sum(row.book_rupiah for row in rows), sum(row.accrued_rupiah for row in rows)
    return [_("Jumlah"), "", format_rupiah(book), format_rupiah(run), "", format_rupiah(sum(row.carrying_rupiah for row in rows))]


def _coming(fund: str, month: int, may: bool) -> dict[str, Any]:
    awaited = next_month_end(fund)
    if awaited != month or today() <= last_day(month):
        return {"empty": Empty(_("Bulan ini belum gilirannya"), "", Link(_("Akhir bulan investasi"), reverse("trading:months")))}
    try:
        change = change_of(valued(fund=fund, month=month))
    except InputError as error:
        return {"problem": str(error)}
    return {"facts": _change_facts(change), "may": may, "coming": True}


def _change_facts(change: Change) -> list[Fact]:
    return [
        Fact(_("Bunga yang berjalan"), format_rupiah(change.interest_rupiah)),
        Fact(_("Amortisasi"), format_rupiah(change.amortised_rupiah)),
        Fact(_("Perubahan nilai pasar"), format_rupiah(change.revalued_rupiah)),
    ]


@door(*READERS)
@require_safe
def download(request: HttpRequest, fund: str, month: int) -> HttpResponseBase:
    """A month's lots as a file."""
    audit.record("fund.exported", "month_end", month, fields=("file",))
    rows = _valuations(fund, month)
    known = securities({row.lot.instrument_id for row in rows})
    headings = [_("Dana"), _("Efek"), _("Unit"), _("Nilai buku"), _("Bunga berjalan"), _("Nilai pasar"), _("Nilai tercatat")]
    lines = (
        [
            fund_title(fund), known[row.lot.instrument_id].code, row.quantity, row.book_rupiah, row.accrued_rupiah,
            row.market_rupiah, row.carrying_rupiah,
        ]
        for row in rows
    )  # fmt: skip
    return export(request, f"{_('akhir-bulan')}-{fund}-{format_month(month)}", headings, lines)


def _behind(reference: str) -> Link | None:
    _word, fund, month = reference.split("/")
    number = int(month.replace("-", ""))
    return _link(fund, number) if MonthEnd.objects.filter(fund=fund, month=number).exists() else None


shown_by("investment_month_end", _behind)
