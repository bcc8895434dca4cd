"""The first page: what each fund has and owes, and what waits for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.queries.balances import fund_balances
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.screens import Column, table


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
    return screen(request, "home.html", {"table": table(_("Dana per program"), columns, rows)}, title=_("Dana"), here="fund:home")
