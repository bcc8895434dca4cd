"""All trades, first what waits for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.text import _
from jamsostek.fund.choices import SIDES, STATES
from jamsostek.fund.queries.trades import TradeTold, trades
from jamsostek.portal.fund.frame import READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import may_any, mine, trade_columns
from jamsostek.portal.screens import Empty, Link, export, paged, table, with_query


def waiting_for_me() -> list[TradeTold]:
    """Trades whose next step is that of whoever looks."""
    return [one for one in trades(open_only=True) if mine(one)]


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What waits for me, and every trade."""
    waiting, rows = waiting_for_me(), trades()
    found = paged(request, rows)
    way = [Link(_("Rencanakan transaksi"), reverse("trading:plan"))] if may_any(Can.PLAN_TRADE) else []
    context = {
        "about": _("Setiap transaksi dipegang tiga orang: yang merencanakan, yang memeriksa, dan yang menyelesaikan."),
        "tables": [table(_("Menunggu Anda"), trade_columns(), waiting)] if waiting else [],
        "table": table(_("Semua transaksi, yang terbaru di atas"), trade_columns(), found.rows),
        "paged": found,
        "ways": way,
        "empty": Empty(_("Belum ada transaksi"), _("Transaksi direncanakan oleh dealer investasi."), way[0] if way else None),
        "export_url": f"{reverse('trading:file')}{with_query(request, hal=None)}" if rows else "",
    }
    return screen(request, "list.html", context, title=_("Transaksi investasi"), here="trading:home")


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Every trade as a file."""
    audit.record("fund.exported", "trade", None, fields=("file",))
    headings = [
        _("Rujukan"), _("Keadaan"), _("Dana"), _("Arah"), _("Efek"), _("Nama"), _("Unit"), _("Harga"), _("Nilai"),
        _("Bunga berjalan"), _("Biaya"), _("Tanggal transaksi"), _("Penyelesaian"), _("Alasan"), _("Rekaan"),
    ]  # fmt: skip
    rows = (
        [
            one.reference, _(STATES[one.state]), fund_title(one.fund), _(SIDES[one.side]), one.security.code, one.security.name,
            one.quantity, str(one.price.normalize()), one.amount_rupiah, one.accrued_rupiah, one.fee_rupiah, one.trade_on,
            one.settle_on, one.reason, _("Ya") if one.invented else _("Tidak"),
        ]
        for one in trades(most=100_000)
    )  # fmt: skip
    return export(request, _("transaksi-investasi"), headings, rows)
