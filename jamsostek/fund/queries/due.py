"""Coupons and repayments that are due and not recorded, and whether a day of a fund is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.text import _
from jamsostek.fund.choices import EventKind
from jamsostek.fund.models import Event, Lot, LotUse
from jamsostek.fund.queries.lots import HeldLot, first_month, held_lots, newest_month_end
from jamsostek.fund.queries.securities_held import Security, terms_of
from jamsostek.fund.terms import coupon_dates, coupon_rupiah, face


@dataclass(frozen=True)
class Due:
    """Money a holding is to bring on a day; whole rupiah."""

    kind: str
    fund: str
    security: Security
    due_on: dt.date
    quantity: int
    rupiah: int


def due_events(
    *, on: dt.date, until: dt.date | None = None, fund: str | None = None, instrument_id: int | None = None
) -> list[Due]:
    """Coupons and repayments of what is held on a day, due by then (or by `until`) and not recorded; the oldest first."""
    last = until or on
    together: dict[tuple[str, int], list[HeldLot]] = {}
    for lot in held_lots(on=on, fund=fund, instrument_id=instrument_id):
        if lot.security.matures_on is not None:
            together.setdefault((lot.fund, lot.security.id), []).append(lot)
    done = set(
        Event.objects.filter(instrument_id__in={key[1] for key in together}).values_list(
            "fund", "instrument_id", "kind", "due_on"
        )
    )
    found = [one for lots in together.values() for one in _of(lots, last)]
    left = [one for one in found if (one.fund, one.security.id, one.kind, one.due_on) not in done]
    return sorted(left, key=lambda one: (one.due_on, one.fund, one.security.code, one.kind != EventKind.COUPON))


def _of(lots: list[HeldLot], last: dt.date) -> list[Due]:
    one = lots[0].security
    terms, fund, found = terms_of(one), lots[0].fund, []
    for due in coupon_dates(terms, after=lots[0].bought_on, until=last):
        units = sum(lot.held for lot in lots if lot.bought_on < due)
        rupiah = coupon_rupiah(terms, units, due)
        if rupiah:
            found.append(Due(EventKind.COUPON, fund, one, due, units, rupiah))
    if one.matures_on is not None and one.matures_on <= last:
        units = sum(lot.held for lot in lots)
        found.append(Due(EventKind.MATURITY, fund, one, one.matures_on, units, face(terms, units)))
    return found


def next_month_end(fund: str) -> int | None:
    """The month of a fund that is ended next; None before its first purchase."""
    newest = newest_month_end(fund)
    return add_months(newest, 1) if newest else first_month(fund)


def refuse_closed(*, fund: str, on: dt.date) -> None:
    """Raises `InputError` for a day in a month that was ended, or behind a month that should be ended first."""
    awaited, month = next_month_end(fund), month_of(on)
    if awaited is None or month == awaited:
        return
    if month < awaited and newest_month_end(fund) is not None:
        raise InputError(
            _("Akhir bulan {month} dana ini sudah dibuat.").format(month=format_month(month)), field="settle_on", value=on,
            remedy=_("Pakai tanggal di bulan yang belum berakhir."),
        )  # fmt: skip
    if month > awaited:
        raise InputError(
            _("Akhir bulan {month} dana ini belum dibuat.").format(month=format_month(awaited)), field="settle_on", value=on,
            remedy=_("Buat akhir bulan itu dahulu: nilai buku harus pasti sebelum bulan berikutnya bergerak."),
        )  # fmt: skip


def refuse_unready(*, fund: str, instrument_id: int, on: dt.date) -> None:
    """Raises `InputError` where a holding may not move on a day: its month, later movements, or money that is due first."""
    refuse_closed(fund=fund, on=on)
    mine = {"fund": fund, "instrument_id": instrument_id}
    later = (
        Lot.objects.filter(**mine, bought_on__gt=on).exists()
        or Event.objects.filter(**mine, due_on__gt=on).exists()
        or LotUse.objects.filter(lot__fund=fund, lot__instrument_id=instrument_id, used_on__gt=on).exists()
    )
    if later:
        raise InputError(
            _("Efek ini sudah bergerak sesudah tanggal itu."), field="settle_on", value=on,
            remedy=_("Pakai tanggal yang tidak mendahului gerak terakhirnya."),
        )  # fmt: skip
    waiting = due_events(on=on, fund=fund, instrument_id=instrument_id)
    if waiting:
        raise InputError(
            _("Kupon atau pelunasan efek ini yang jatuh tempo belum dicatat."), field="settle_on", value=waiting[0].due_on,
            remedy=_("Catat dahulu uang yang jatuh tempo itu."),
        )  # fmt: skip
