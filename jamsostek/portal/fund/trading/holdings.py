"""What every fund holds, and one holding lot by lot, down to its groups in the books."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.fund.choices import CLASSES, EVENTS, MEASURES
from jamsostek.fund.models import Event, LotUse
from jamsostek.fund.queries.lots import HeldLot, held_lots
from jamsostek.fund.queries.positions import Position, positions
from jamsostek.fund.queries.securities_held import Security, securities
from jamsostek.fund.queries.trades import trades
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import group_link, lots_link, rupiah, trade_columns, trade_link, units
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, Tag, export, table, today, with_query
from jamsostek.portal.screens.words import NOTHING, date

FIRST_DAY, LAST_DAY = dt.date(2009, 1, 1), dt.date(2100, 12, 31)
INVENTED = N_("Rekaan untuk peragaan")


class DayForm(Form):
    """At the end of which day."""

    on = DateField(label=N_("Pada akhir tanggal"), earliest=FIRST_DAY)


def _on(request: HttpRequest) -> tuple[DayForm, dt.date]:
    asked = any(name.startswith("on-") for name in request.GET)
    form = DayForm(request.GET if asked else None, initial={"on": today()})
    day = form.cleaned_data["on"] if asked and form.is_valid() else today()
    return form, min(day, LAST_DAY)


@door(*READERS)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Fund by fund, every paper with what the books carry."""
    form, day = _on(request)
    rows = positions(on=day)
    tables = [
        table(fund_title(fund), _columns(), mine, total=_total(mine))
        for fund in FUNDS
        if (mine := [one for one in rows if one.fund == fund])
    ]
    context = {
        "about": _(
            "Pada akhir {day}. Nilai buku dan nilai tercatat adalah yang ada di pembukuan; nilai pasar dari harga terbaru."
        ).format(day=date(day)),
        "form": form,
        "invented": any(one.security.invented for one in rows),
        "tables": tables,
        "empty": Empty(_("Belum ada yang dimiliki"), _("Yang dibeli tampak di sini setelah diselesaikan.")),
        "export_url": f"{reverse('trading:holdings_file')}{with_query(request)}" if rows else "",
    }
    return screen(request, "holdings.html", context, title=_("Yang dimiliki"), here="trading:holdings")


def _columns() -> list[Column]:
    return [
        Column(_("Efek"), lambda one: lots_link(one.fund, one.security)),
        Column(_("Golongan"), lambda one: _(CLASSES[one.security.asset_class])),
        Column(_("Unit"), lambda one: units(one.quantity), number=True),
        Column(_("Nilai buku"), lambda one: format_rupiah(one.book_rupiah), number=True),
        Column(_("Nilai pasar"), lambda one: rupiah(one.market_rupiah), number=True),
        Column(_("Bunga berjalan"), lambda one: format_rupiah(one.accrued_rupiah), number=True),
        Column(_("Nilai tercatat"), lambda one: format_rupiah(one.carrying_rupiah), number=True),
    ]


def _total(rows: list[Position]) -> list[str]:
    sums = [
        sum(one.book_rupiah for one in rows),
        sum(one.accrued_rupiah for one in rows),
        sum(one.carrying_rupiah for one in rows),
    ]
    book, run, carrying = map(format_rupiah, sums)
    return [_("Jumlah"), "", "", book, "", run, carrying]


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """All holdings as a file."""
    _form, day = _on(request)
    audit.record("fund.exported", "position", None, fields=("file",))
    headings = [
        _("Dana"), _("Efek"), _("Nama"), _("Golongan"), _("Penerbit"), _("Unit"), _("Harga perolehan"), _("Nilai buku"),
        _("Nilai pasar"), _("Tanggal harga"), _("Bunga berjalan"), _("Nilai tercatat"), _("Rekaan"),
    ]  # fmt: skip
    rows = (
        [
            fund_title(one.fund), one.security.code, one.security.name, _(CLASSES[one.security.asset_class]),
            one.security.issuer_name, one.quantity, one.cost_rupiah, one.book_rupiah, one.market_rupiah, one.priced_on,
            one.accrued_rupiah, one.carrying_rupiah, _("Ya") if one.security.invented else _("Tidak"),
        ]
        for one in positions(on=day)
    )  # fmt: skip
    return export(request, _("yang-dimiliki"), headings, rows)


@door(*READERS)
@require_safe
def lots(request: HttpRequest, fund: str, instrument_id: int) -> HttpResponseBase:
    """One paper in one fund: its lots, what was taken from them, money it brought, its trades."""
    paper = securities([instrument_id]).get(instrument_id)
    if paper is None:
        raise Http404
    held = held_lots(on=LAST_DAY, fund=fund, instrument_id=instrument_id)
    tables = [table(_("Lot, yang pertama dijual di atas"), _lot_columns(), held)] if held else []
    uses = list(
        LotUse.objects.filter(lot__fund=fund, lot__instrument_id=instrument_id)
        .select_related("lot", "event")
        .order_by("-id")[:200]
    )
    if uses:
        tables.append(table(_("Yang sudah diambil dari lot"), _use_columns(uses), uses))
    paid = list(Event.objects.filter(fund=fund, instrument_id=instrument_id).order_by("-due_on", "-id")[:200])
    if paid:
        tables.append(table(_("Uang yang diterima"), _event_columns(), paid))
    made = trades(fund=fund, instrument_id=instrument_id)
    if made:
        tables.append(table(_("Transaksinya"), trade_columns(), made))
    context = {
        "facts": _facts(paper, held),
        "invented": paper.invented,
        "tables": tables,
        "empty": Empty(_("Dana ini belum pernah memiliki efek ini"), "", Link(_("Yang dimiliki"), reverse("trading:holdings"))),
    }
    title = _("{code} di {fund}").format(code=paper.code, fund=fund_title(fund))
    above = [Link(_("Yang dimiliki"), reverse("trading:holdings"))]
    return screen(request, "holdings.html", context, title=title, here="trading:holdings", above=above)


def _facts(one: Security, held: list[HeldLot]) -> list[Fact]:
    facts = [
        Fact(_("Nama"), one.name),
        Fact(_("Penerbit"), one.issuer_name),
        Fact(_("Golongan"), _(CLASSES[one.asset_class])),
        Fact(_("Dicatat menurut"), _(MEASURES[one.measured])),
        Fact(_("Kupon setahun"), format_percent(one.coupon_ppm) if one.coupon_ppm else NOTHING),
        Fact(_("Jatuh tempo"), date(one.matures_on) if one.matures_on else NOTHING),
        Fact(_("Unit"), units(sum(lot.held for lot in held))),
        Fact(_("Nilai tercatat"), format_rupiah(sum(lot.carrying_rupiah for lot in held))),
    ]
    return [*facts, Fact(_("Keterangan"), Tag(_(INVENTED), "warn"))] if one.invented else facts


def _lot_columns() -> list[Column]:
    known = {one.id: one for one in trades()}

    def bought(lot: HeldLot) -> Any:
        return trade_link(known[lot.trade_id]) if lot.trade_id in known else date(lot.bought_on)

    return [
        Column(_("Transaksi"), bought),
        Column(_("Dibeli"), lambda lot: date(lot.bought_on)),
        Column(_("Sisa unit"), lambda lot: units(lot.held), number=True),
        Column(_("Harga perolehan"), lambda lot: format_rupiah(lot.cost_rupiah), number=True),
        Column(_("Nilai buku"), lambda lot: format_rupiah(lot.book_rupiah), number=True),
        Column(_("Selisih nilai pasar"), lambda lot: format_rupiah(lot.revaluation_rupiah), number=True),
        Column(_("Imbal hasil efektif"), _yield_words, number=True),
        Column(_("Kelompok"), lambda lot: group_link(lot.group_id)),
    ]


def _yield_words(lot: HeldLot) -> str:
    return NOTHING if lot.yearly_yield is None else format_percent(round(lot.yearly_yield * 1_000_000))


def _use_columns(uses: list[LotUse]) -> list[Column]:
    sold = {one.id: one for one in trades(ids=[use.trade_id for use in uses if use.trade_id])}

    def why(use: LotUse) -> Any:
        if use.trade_id is not None:
            return trade_link(sold[use.trade_id])
        return _(EVENTS[use.event.kind]) if use.event else NOTHING

    return [
        Column(_("Karena"), why),
        Column(_("Tanggal"), lambda use: date(use.used_on)),
        Column(_("Dari pembelian"), lambda use: date(use.lot.bought_on)),
        Column(_("Unit"), lambda use: units(use.quantity), number=True),
        Column(_("Nilai buku"), lambda use: format_rupiah(use.book_rupiah), number=True),
    ]


def _event_columns() -> list[Column]:
    return [
        Column(_("Jenis"), lambda one: _(EVENTS[one.kind])),
        Column(_("Jatuh tempo"), lambda one: date(one.due_on)),
        Column(_("Unit"), lambda one: units(one.quantity), number=True),
        Column(_("Rupiah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Kelompok"), lambda one: group_link(one.group_id)),
    ]
