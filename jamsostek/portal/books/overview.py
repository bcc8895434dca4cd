"""The first page of the books: what each fund is worth now, how far days and months are closed, what the last check found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger import queries
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.checks import Checked, last_check
from jamsostek.portal.books.frame import READERS, fund_title, screen
from jamsostek.portal.screens import Column, Fact, Tag, Tile, table
from jamsostek.portal.screens.words import NOTHING, date, moment, month


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Funds, days, months."""
    funds = queries.fund_balances()
    columns = [
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Jumlah aset"), lambda one: format_rupiah(one.assets_rupiah), number=True),
        Column(_("Jumlah liabilitas"), lambda one: format_rupiah(one.liabilities_rupiah), number=True),
        Column(_("Aset bersih"), lambda one: format_rupiah(one.worth_rupiah), number=True),
    ]
    context = {"table": table(_("Setiap dana sekarang"), columns, funds), "tiles": _tiles(funds), "facts": _facts()}
    return screen(request, "overview.html", context, title=_("Pembukuan"), here="home")


def _tiles(funds: list[queries.FundBalance]) -> list[Tile]:
    programmes = [one for one in funds if one.fund in PROGRAMMES]
    still = sum(1 for one in queries.periods() if one.closed_at is None)
    return [
        Tile(_("Aset semua program"), format_rupiah(sum(one.assets_rupiah for one in programmes)), url=reverse("books:trial")),
        Tile(_("Bulan yang terbuka"), str(still), url=reverse("books:months")),
        _check_tile(last_check()),
    ]


def _check_tile(checked: Checked | None) -> Tile:
    where = reverse("books:check")
    if checked is None:
        return Tile(_("Pemeriksaan terakhir"), _("Belum pernah"), url=where, tone="warn")
    if checked.findings:
        found = _("{count} temuan").format(count=len(checked.findings))
        return Tile(_("Pemeriksaan terakhir"), found, moment(checked.at), where, "bad")
    return Tile(_("Pemeriksaan terakhir"), _("Cocok"), moment(checked.at), where, "good")


def _facts() -> list[Fact]:
    rows = queries.periods()
    closed, last = [one for one in rows if one.closed_at is not None], queries.last_closed_day()
    still = ", ".join(month(one.month) for one in sorted(rows, key=lambda one: one.month) if one.closed_at is None)
    return [
        Fact(_("Hari terakhir yang dijumlahkan"), date(last) if last else NOTHING),
        Fact(_("Bulan terakhir yang ditutup"), month(closed[0].month) if closed else NOTHING),
        Fact(_("Bulan yang terbuka"), still or Tag(_("Tidak ada"), "warn")),
    ]
