"""Coupons, dividends and repayments of what is held: recorded once, when the money has come."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.fund import booking
from jamsostek.fund.actions.trading import LOCK, taken_units, write_uses
from jamsostek.fund.choices import EventKind
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import Event
from jamsostek.fund.queries.due import Due, due_events, refuse_closed
from jamsostek.fund.queries.lots import HeldLot, held_lots
from jamsostek.ledger.actions import Leg, Posting, post

MOST_RUPIAH = 10**15


def record_due(*, fund: str, instrument_id: int, kind: str, due_on: dt.date, today: dt.date) -> Event:
    """Books a coupon or repayment that is due, as the paper's terms say it; what is due first is recorded first.

    The same one again returns what is there. Raises `InputError`, `LedgerRefused`.
    """
    current().need(Can.SETTLE_TRADE)
    _lock()
    there = _there(fund, instrument_id, kind, due_on)
    if there is not None:
        return there
    if due_on > today:
        raise InputError(
            _("Uang ini belum jatuh tempo."), field="due_on", value=due_on, remedy=_("Catat pada tanggalnya atau sesudahnya.")
        )
    refuse_closed(fund=fund, on=due_on)
    waiting = due_events(on=today, fund=fund, instrument_id=instrument_id)
    if not waiting or (waiting[0].kind, waiting[0].due_on) != (kind, due_on):
        _refuse_not_next(waiting)
    due = waiting[0]
    lots = held_lots(on=due_on, fund=fund, instrument_id=instrument_id)
    return _coupon(due, lots) if kind == EventKind.COUPON else _repayment(due, lots)


def _refuse_not_next(waiting: list[Due]) -> None:
    if not waiting:
        raise InputError(_("Tidak ada yang jatuh tempo dari efek ini."), remedy=_("Lihat daftar yang jatuh tempo."))
    raise InputError(
        _("Ada yang jatuh tempo lebih dahulu dari efek ini."), field="due_on", value=waiting[0].due_on,
        remedy=_("Catat yang lebih dahulu itu."),
    )  # fmt: skip


def _coupon(due: Due, lots: list[HeldLot]) -> Event:
    run = sum(one.accrued_rupiah for one in lots if one.bought_on < due.due_on)
    legs = booking.interest_paid(due.fund, rupiah=due.rupiah, accrued_rupiah=run)
    return _write(due, Posting(_reference(due), "investment_coupon", due.due_on, legs))


def _repayment(due: Due, lots: list[HeldLot]) -> Event:
    taken = taken_units(lots, due.quantity, on=due.due_on)
    legs = booking.sold(due.fund, taken, amount_rupiah=due.rupiah)
    made = _write(due, Posting(_reference(due), "investment_maturity", due.due_on, legs))
    write_uses(taken, used_on=due.due_on, event_id=made.pk)
    return made


def record_dividend(*, fund: str, instrument_id: int, due_on: dt.date, rupiah: int, today: dt.date) -> Event:
    """Books a dividend (or a fund's distribution) as it was received. Once for a day; another sum for it is refused."""
    current().need(Can.SETTLE_TRADE)
    _lock()
    there = _there(fund, instrument_id, EventKind.DIVIDEND, due_on)
    if there is not None:
        if there.rupiah != rupiah:
            raise InputError(
                _("Dividen hari itu sudah dicatat dengan jumlah lain."), field="rupiah", value=rupiah,
                remedy=_("Lihat di daftar kejadiannya."),
            )  # fmt: skip
        return there
    if due_on > today:
        raise InputError(
            _("Uang ini belum jatuh tempo."), field="due_on", value=due_on, remedy=_("Catat pada tanggalnya atau sesudahnya.")
        )
    if not 0 < rupiah <= MOST_RUPIAH:
        raise InputError(_("Jumlahnya harus lebih dari nol."), field="rupiah", value=rupiah)
    refuse_closed(fund=fund, on=due_on)
    lots = held_lots(on=due_on, fund=fund, instrument_id=instrument_id)
    if not lots:
        raise InputError(
            _("Dana ini tidak memiliki efek itu pada tanggal tersebut."),
            field="instrument",
            remedy=_("Periksa dana dan tanggalnya."),
        )
    if lots[0].security.matures_on is not None:
        raise InputError(
            _("Efek ini membayar bunga, bukan dividen."), field="instrument", value=lots[0].security.code,
            remedy=_("Catat dari daftar yang jatuh tempo."),
        )  # fmt: skip
    due = Due(EventKind.DIVIDEND, fund, lots[0].security, due_on, sum(one.held for one in lots), rupiah)
    legs = (Leg(f"cash:{fund}", f"investment_income:{fund}", rupiah),)
    return _write(due, Posting(_reference(due), "investment_dividend", due_on, legs))


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _there(fund: str, instrument_id: int, kind: str, due_on: dt.date) -> Event | None:
    return Event.objects.filter(fund=fund, instrument_id=instrument_id, kind=kind, due_on=due_on).first()


def _reference(due: Due) -> str:
    return f"{due.kind}/{due.fund}/{due.security.code}/{due.due_on:%Y%m%d}"


def _write(due: Due, posting: Posting) -> Event:
    post(posting)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_event (kind, fund, instrument_id, due_on, quantity, rupiah, group_id, recorded_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [due.kind, due.fund, due.security.id, due.due_on, due.quantity, due.rupiah, posting.group_id, current().user_id],
        )
        made: int = cursor.fetchone()[0]
    audit.record("fund.event_recorded", "event", made, fields=("rupiah",))
    return Event.objects.select_related("instrument").get(pk=made)
