"""The first page of money out: what each fund owes beside its cash, what waits for somebody, what the bank refused and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.claims.choices import BatchState, PayoutState
from jamsostek.claims.queries import payouts
from jamsostek.claims.queries.payouts import READY, Fund, Sums
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.messages.payout.reasons import reason
from jamsostek.portal.payouts import words
from jamsostek.portal.payouts.frame import READERS, first, may_pay, screen, tabs
from jamsostek.portal.screens import Column, Link, Tag, Tile, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page."""
    day, funds = today(), payouts.funds()
    short = [one for one in funds if one.left_rupiah is not None and one.left_rupiah < 0]
    context = {
        "tabs": tabs("home"),
        "short": [_short(one) for one in short],
        "tiles": _tiles(day, sum(one.of(PayoutState.HELD).count for one in funds)),
        "table": _funds(funds),
        "reasons": reasons_table(payouts.failed_by_reason()),
        "ways": _ways() if may_pay() else [],
    }
    return screen(request, "payouts/home.html", context, title=_("Uang keluar"), crumbs=first())


def _short(one: Fund) -> str:
    told = _("{fund}: kas tidak cukup bila semua dibayar; kurang {rupiah}.")
    return told.format(fund=words.fund(one.fund), rupiah=format_rupiah(-(one.left_rupiah or 0)))


def _ways() -> Sequence[Link]:
    return [
        Link(_("Siapkan berkas untuk bank"), reverse("payouts:prepare")),
        Link(_("Kirim jawaban bank"), reverse("payouts:answers")),
        Link(_("Coba daftar bulanan"), reverse("payouts:trial")),
    ]


def _tiles(day: dt.date, held: int) -> list[Tile]:
    late = payouts.late(day)
    failed = payouts.failed().count()
    to_approve = payouts.batches(state=BatchState.PREPARED).count()
    rolls = payouts.all_rolls().filter(state="tried").count()
    cost = sum(one.cost_rupiah for one in late)
    return [
        Tile(
            _("Lewat hari bayarnya"), format_number(sum(one.owed.count for one in late)),
            _("ganti rugi sampai hari ini {rupiah}").format(rupiah=format_rupiah(cost)) if cost else "",
            reverse("payouts:late"), "bad" if late else "good",
        ),
        Tile(
            _("Ditahan"), format_number(held), _("menunggu tunggakan iuran") if held else "",
            f"{reverse('payouts:owed')}?keadaan={int(PayoutState.HELD)}", "warn" if held else "good",
        ),
        Tile(_("Ditolak bank"), format_number(failed), "", reverse("payouts:failed"), "bad" if failed else "good"),
        Tile(
            _("Berkas menunggu persetujuan"), format_number(to_approve), "",
            f"{reverse('payouts:batches')}?keadaan={BatchState.PREPARED}", "warn" if to_approve else "good",
        ),
        Tile(
            _("Daftar bulanan menunggu persetujuan"), format_number(rolls), "", reverse("payouts:rolls"),
            "warn" if rolls else "good",
        ),
    ]  # fmt: skip


def _funds(funds: Sequence[Fund]) -> Table:
    def sums(told: Sums) -> str:
        return f"{format_rupiah(told.rupiah)} ({format_number(told.count)})" if told.count else NOTHING

    def link(one: Fund, *states: PayoutState) -> Link | str:
        told = one.of(*states)
        state = f"&keadaan={int(states[0])}" if len(states) == 1 else ""
        return Link(sums(told), f"{reverse('payouts:owed')}?dana={one.fund}{state}") if told.count else NOTHING

    def left(one: Fund) -> Tag | str:
        if one.left_rupiah is None:
            return NOTHING
        told = format_rupiah(one.left_rupiah)
        return Tag(told, "bad") if one.left_rupiah < 0 else told

    columns = [
        Column(_("Dana"), lambda one: words.fund(one.fund)),
        Column(_("Kas"), lambda one: NOTHING if one.cash_rupiah is None else format_rupiah(one.cash_rupiah), number=True),
        Column(_("Di berkas dan bank"), lambda one: sums(one.of(PayoutState.BATCHED, PayoutState.SENT)), number=True),
        Column(_("Belum dikirim"), lambda one: link(one, PayoutState.DUE), number=True),
        Column(_("Gagal"), lambda one: link(one, PayoutState.FAILED), number=True),
        Column(_("Sisa kas bila semua dibayar"), left, number=True),
    ]
    due = sum(one.of(*READY).count for one in funds)
    caption = _("Setiap dana: kasnya, dan {count} pembayaran yang menunggu").format(count=format_number(due))
    return table(caption, columns, funds)


def reasons_table(found: Sequence[tuple[str, Sums]]) -> Table | None:
    """What the bank refused, by reason in plain words, and what to do."""
    if not found:
        return None
    columns = [
        Column(_("Sebabnya"), lambda one: Link(reason(one[0]).message, f"{reverse('payouts:failed')}?alasan={one[0] or '-'}")),
        Column(_("Pembayaran"), lambda one: format_number(one[1].count), number=True),
        Column(_("Jumlah"), lambda one: format_rupiah(one[1].rupiah), number=True),
        Column(_("Yang bertindak"), lambda one: _(words.WHO[reason(one[0]).who])),
        Column(_("Yang dilakukan"), lambda one: reason(one[0]).remedy),
    ]
    return table(_("Ditolak bank, menurut sebabnya"), columns, found)
