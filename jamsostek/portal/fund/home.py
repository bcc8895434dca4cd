"""The first page: what each fund has and holds, and what waits for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.fund.queries.custody import open_differences
from jamsostek.fund.queries.due import due_events, next_month_end
from jamsostek.fund.queries.positions import positions
from jamsostek.ledger.queries.balances import Balance, trial_balance
from jamsostek.portal.fund.frame import FUNDS, READERS, fund_title, screen
from jamsostek.portal.fund.trading.frame import may_any, trade_columns
from jamsostek.portal.fund.trading.listing import waiting_for_me
from jamsostek.portal.screens import Column, Link, Tile, table, today
from jamsostek.portal.screens.words import date, short_rupiah


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Every fund's worth, cash and investments from the ledger, and what is to be done."""
    found = trial_balance()
    sums = {fund: _sums(fund, [one for one in found if one.fund == fund]) for fund in FUNDS}
    columns = [
        Column(_("Dana"), lambda fund: fund_title(fund)),
        Column(_("Kas"), lambda fund: format_rupiah(sums[fund]["cash"]), number=True),
        Column(_("Investasi"), lambda fund: format_rupiah(sums[fund]["invested"]), number=True),
        Column(_("Aset"), lambda fund: format_rupiah(sums[fund]["assets"]), number=True),
        Column(_("Liabilitas"), lambda fund: format_rupiah(sums[fund]["owed"]), number=True),
        Column(_("Aset bersih"), lambda fund: format_rupiah(sums[fund]["assets"] - sums[fund]["owed"]), number=True),
    ]
    whole = {name: sum(one[name] for one in sums.values()) for name in ("cash", "invested", "assets", "owed")}
    total = [
        _("Jumlah"), format_rupiah(whole["cash"]), format_rupiah(whole["invested"]), format_rupiah(whole["assets"]),
        format_rupiah(whole["owed"]), format_rupiah(whole["assets"] - whole["owed"]),
    ]  # fmt: skip
    waiting = waiting_for_me()
    context = {
        "fund_tiles": [_tile(fund, sums[fund]) for fund in FUNDS],
        "work_tiles": _work(len(waiting)),
        "differences": _differences(),
        "waiting": table(_("Menunggu Anda"), trade_columns(), waiting) if waiting else None,
        "table": table(_("Dana per program"), columns, FUNDS, total=total),
        "invented": any(one.security.invented for one in positions(on=today())),
    }
    return screen(request, "home.html", context, title=_("Dana"), here="fund:home")


def _sums(fund: str, rows: list[Balance]) -> dict[str, int]:
    by = {one.code: one.balance_rupiah for one in rows}
    return {
        "cash": by.get(f"cash:{fund}", 0),
        "invested": sum(by.get(f"{name}:{fund}", 0) for name in ("investment", "revaluation", "accrued")),
        "assets": sum(one.balance_rupiah for one in rows if one.kind == "asset"),
        "owed": sum(one.balance_rupiah for one in rows if one.kind == "liability"),
    }


def _tile(fund: str, sums: dict[str, int]) -> Tile:
    note = _("{invested} diinvestasikan, kas {cash}").format(
        invested=short_rupiah(sums["invested"]), cash=short_rupiah(sums["cash"])
    )
    worth = sums["assets"] - sums["owed"]
    return Tile(fund_title(fund), short_rupiah(worth), note, "", "info" if worth >= 0 else "bad")


def _work(waiting: int) -> list[Tile]:
    """What is to be done, for those who do it."""
    day = today()
    tiles = [
        Tile(_("Transaksi menunggu Anda"), format_number(waiting), "", reverse("trading:home"), "warn" if waiting else "good")
    ]
    if may_any(Can.SETTLE_TRADE):
        due = len(due_events(on=day))
        tiles.append(
            Tile(_("Jatuh tempo, belum dicatat"), format_number(due), "", reverse("trading:due"), "warn" if due else "good")
        )
    if may_any(Can.SETTLE_TRADE, Can.RUN_MONTH):
        over = add_months(month_of(day), -1)
        late = sum(1 for fund in FUNDS if (month := next_month_end(fund)) is not None and month <= over)
        tiles.append(
            Tile(
                _("Dana yang bulannya belum diakhiri"),
                format_number(late),
                "",
                reverse("trading:months"),
                "warn" if late else "good",
            )
        )
    return tiles if len(tiles) > 1 or waiting or may_any(Can.PLAN_TRADE, Can.CHECK_TRADE, Can.APPROVE_BREACH) else []


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
