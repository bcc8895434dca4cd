"""The first page: what each fund has and owes, and what waits for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.fund.queries.custody import open_differences
from jamsostek.ledger.queries.balances import fund_balances
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.screens import Column, Link, table
from jamsostek.portal.screens.words import date


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Every fund's assets, liabilities and worth, from the ledger."""
    rows = [one for one in fund_balances() if one.fund in FUNDS]
    columns = [
        Column(_("Dana"), lambda one: fund_title(one.fund)),
        Column(_("Aset"), lambda one: format_rupiah(one.assets_rupiah), number=True),
        Column(_("Liabilitas"), lambda one: format_rupiah(one.liabilities_rupiah), number=True),
        Column(_("Aset bersih"), lambda one: format_rupiah(one.worth_rupiah), number=True),
    ]
    context = {"table": table(_("Dana per program"), columns, rows), "differences": _differences()}
    return screen(request, "home.html", context, title=_("Dana"), here="fund:home")


def _differences() -> list[Link]:
    """What custodians and our books disagree on, and nobody has explained and another confirmed."""
    return [
        Link(
            _("{fund}, {day}: {count} selisih dengan kustodian masih terbuka").format(
                fund=fund_title(fund), day=date(told.custody.stated_on), count=format_number(len(told.open))
            ),
            reverse("securities:statement", args=[told.custody.pk]),
        )
        for fund, told in open_differences().items()
    ]
