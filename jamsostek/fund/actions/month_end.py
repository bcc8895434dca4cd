"""The end of a fund's month: interest that has run, amortisation, market value, in one group of the ledger; once, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, last_day
from jamsostek.core.text import _
from jamsostek.fund.actions.trading import LOCK
from jamsostek.fund.choices import Measured
from jamsostek.fund.errors import refusals
from jamsostek.fund.models import MonthEnd
from jamsostek.fund.queries.due import due_events, next_month_end
from jamsostek.fund.queries.lots import HeldLot, held_lots, newest_prices
from jamsostek.fund.queries.positions import market_value
from jamsostek.fund.queries.securities_held import terms_of
from jamsostek.fund.terms import accrued
from jamsostek.ledger.actions import Posting, post, signed
from jamsostek.ledger.chart import PROGRAMMES

OLDEST_PRICE = 31
"""A price is good for a month's end for so many days."""


@dataclass(frozen=True)
class Valued:
    """A lot at a month's end, before it is written; whole rupiah."""

    lot: HeldLot
    book_rupiah: int
    accrued_rupiah: int
    market_rupiah: int | None
    carrying_rupiah: int


@dataclass(frozen=True)
class Change:
    """What a month's end books for a fund; whole rupiah, negative the other way."""

    interest_rupiah: int
    amortised_rupiah: int
    revalued_rupiah: int


def valued(*, fund: str, month: int) -> list[Valued]:
    """Every lot of a fund as a month's end will carry it. Raises `InputError` naming what has no price or is due first."""
    day = last_day(month)
    waiting = due_events(on=day, fund=fund)
    if waiting:
        raise InputError(
            _("{code}: kupon atau pelunasan yang jatuh tempo belum dicatat.").format(code=waiting[0].security.code),
            field="instrument", value=waiting[0].due_on, remedy=_("Catat dahulu uang yang jatuh tempo itu."),
        )  # fmt: skip
    lots = held_lots(on=day, fund=fund)
    prices = newest_prices({one.security.id for one in lots}, on=day)
    found = []
    for lot in lots:
        price, priced_on = prices.get(lot.security.id, (None, dt.date.min))
        book = lot.book_at(day, lot.held)
        market = market_value(lot.held, price) if price is not None else None
        carrying = book
        if lot.security.measured == Measured.MARKET:
            if market is None or (day - priced_on).days > OLDEST_PRICE:
                raise InputError(
                    _("{code}: tidak ada harga dalam {days} hari sebelum akhir bulan.").format(
                        code=lot.security.code, days=OLDEST_PRICE
                    ),
                    field="instrument", value=lot.security.code, remedy=_("Catat harganya dahulu."),
                )  # fmt: skip
            carrying = market
        found.append(Valued(lot, book, accrued(terms_of(lot.security), lot.held, day), market, carrying))
    return found


def change_of(lots: list[Valued]) -> Change:
    """What the books gain by carrying lots so."""
    return Change(
        sum(one.accrued_rupiah - one.lot.accrued_rupiah for one in lots),
        sum(one.book_rupiah - one.lot.book_rupiah for one in lots),
        sum(one.carrying_rupiah - one.book_rupiah - one.lot.revaluation_rupiah for one in lots),
    )


def end_month(*, fund: str, month: int, today: dt.date) -> MonthEnd:
    """Ends a fund's month. Raises `InputError` where it is not over, not the next, lacks a price, or money is due first.

    A month that was ended is returned as it is.
    """
    _need()
    if fund not in PROGRAMMES:
        raise InputError(_("Dana ini tidak ada."), field="fund", value=fund, remedy=_("Pilih salah satu dana program."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    there = MonthEnd.objects.filter(fund=fund, month=month).first()
    if there is not None:
        return there
    day = last_day(month)
    if today <= day:
        raise InputError(
            _("Bulan {month} belum berakhir.").format(month=format_month(month)), field="month", value=month,
            remedy=_("Pilih bulan yang sudah lewat."),
        )  # fmt: skip
    awaited = next_month_end(fund)
    if awaited != month:
        raise InputError(
            _("Bulan ini bukan giliran dana ini."),
            field="month",
            value=month,
            remedy=_("Yang berikutnya {month}.").format(month=format_month(awaited))
            if awaited
            else _("Dana ini belum pernah membeli apa pun."),
        )
    lots = valued(fund=fund, month=month)
    change = change_of(lots)
    legs = (
        *signed(f"accrued:{fund}", f"investment_income:{fund}", change.interest_rupiah),
        *signed(f"investment:{fund}", f"investment_income:{fund}", change.amortised_rupiah),
        *signed(f"revaluation:{fund}", f"unrealised:{fund}", change.revalued_rupiah),
    )
    posting = Posting(f"month-end/{fund}/{month}", "investment_month_end", day, legs)
    if legs:
        post(posting)
    _write(fund, month, posting.group_id if legs else None, lots)
    audit.record("fund.month_ended", "month_end", month, reason=fund.upper())
    return MonthEnd.objects.get(fund=fund, month=month)


def end_months(*, month: int, today: dt.date, fund: str | None = None) -> list[MonthEnd]:
    """Ends every month that is still open until a month, fund by fund; funds that hold nothing yet are passed over."""
    _need()
    made = []
    for one in PROGRAMMES if fund is None else (fund,):
        while (awaited := next_month_end(one)) is not None and awaited <= month:
            made.append(end_month(fund=one, month=awaited, today=today))
    return made


def _need() -> None:
    if not (current().may(Can.SETTLE_TRADE) or current().may(Can.RUN_MONTH)):
        raise not_yours()


def _write(fund: str, month: int, group_id: int | None, lots: list[Valued]) -> None:
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_monthend (fund, month, group_id, made_by) VALUES (%s, %s, %s, %s)",
            [fund, month, group_id, current().user_id],
        )
        cursor.executemany(
            "INSERT INTO fund_valuation (fund, month, lot_id, quantity, book_rupiah, accrued_rupiah, market_rupiah,"
            " carrying_rupiah) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    fund,
                    month,
                    one.lot.id,
                    one.lot.held,
                    one.book_rupiah,
                    one.accrued_rupiah,
                    one.market_rupiah,
                    one.carrying_rupiah,
                )
                for one in lots
            ],
        )
