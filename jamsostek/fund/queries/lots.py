"""Every purchase that is still held, as the books carry it at the end of a day.

A lot stands where the newest month's end put it, less what sales and repayments took since; a coupon takes all interest that
stood on the books. Nothing is kept twice: these figures are read from the rows each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from jamsostek.core.months import add_months, month_of
from jamsostek.fund.amortised import amortised_cost
from jamsostek.fund.choices import Measured
from jamsostek.fund.lots import Part
from jamsostek.fund.queries.securities_held import Security, securities, terms_of


@dataclass(frozen=True)
class HeldLot:
    """A purchase with what is left of it; whole rupiah.

    `book_rupiah`, `accrued_rupiah` and `revaluation_rupiah` stand on the books for the units left; `bought_rupiah` and `bought`
    are the whole purchase.
    """

    id: int
    trade_id: int
    group_id: int
    fund: str
    security: Security
    bought_on: dt.date
    bought: int
    bought_rupiah: int
    yearly_yield: Decimal | None
    held: int
    book_rupiah: int
    accrued_rupiah: int
    revaluation_rupiah: int

    @property
    def cost_rupiah(self) -> int:
        """What was paid for the units left."""
        return Part(self.held, self.bought).of(self.bought_rupiah)

    @property
    def carrying_rupiah(self) -> int:
        """What the books carry: cost, with what was amortised or revalued."""
        return self.book_rupiah + self.revaluation_rupiah

    def book_at(self, on: dt.date, units: int) -> int:
        """What so many of its units come to on a day: at amortised cost where carried so, else their share of the books."""
        if self.security.measured != Measured.AMORTISED or self.yearly_yield is None:
            return Part(units, self.held).of(self.book_rupiah)
        return amortised_cost(
            terms_of(self.security), self.bought, units, cost_rupiah=self.bought_rupiah, bought_on=self.bought_on,
            yearly=self.yearly_yield, on=on,
        )  # fmt: skip


_LOTS = """
    SELECT l.id, l.trade_id, s.group_id, l.fund, l.instrument_id, l.bought_on, l.quantity, l.cost_rupiah, l.yearly_yield,
           l.quantity - coalesce(u.units, 0),
           coalesce(v.book_rupiah, l.cost_rupiah) - coalesce(u.book, 0),
           CASE WHEN EXISTS (SELECT FROM fund_event e WHERE e.kind = 'coupon' AND e.fund = l.fund
                             AND e.instrument_id = l.instrument_id AND e.due_on > coalesce(v.until, l.bought_on)
                             AND e.due_on <= %(on)s)
                THEN 0 ELSE coalesce(v.accrued_rupiah, t.accrued_rupiah) - coalesce(u.accrued, 0) END,
           coalesce(v.carrying_rupiah - v.book_rupiah, 0) - coalesce(u.revaluation, 0)
    FROM fund_lot l
    JOIN fund_trade t ON t.id = l.trade_id
    JOIN fund_tradestep s ON s.trade_id = l.trade_id AND s.step = 'settled'
    LEFT JOIN LATERAL (
        SELECT book_rupiah, accrued_rupiah, carrying_rupiah,
               (make_date(month / 100, month %% 100, 1) + interval '1 month - 1 day')::date AS until
        FROM fund_valuation WHERE lot_id = l.id AND month <= %(month)s ORDER BY month DESC LIMIT 1) AS v ON true
    LEFT JOIN LATERAL (
        SELECT sum(quantity) AS units,
               sum(book_rupiah - amortised_rupiah) FILTER (WHERE used_on > coalesce(v.until, '-infinity')) AS book,
               sum(accrued_rupiah) FILTER (WHERE used_on > coalesce(v.until, '-infinity')) AS accrued,
               sum(revaluation_rupiah) FILTER (WHERE used_on > coalesce(v.until, '-infinity')) AS revaluation
        FROM fund_lotuse WHERE lot_id = l.id AND used_on <= %(on)s) AS u ON true
    WHERE l.bought_on <= %(on)s AND (%(fund)s::text IS NULL OR l.fund = %(fund)s)
      AND (%(instrument)s::bigint IS NULL OR l.instrument_id = %(instrument)s)
      AND l.quantity > coalesce(u.units, 0)
    ORDER BY l.fund, l.bought_on, l.id
"""


def held_lots(*, on: dt.date, fund: str | None = None, instrument_id: int | None = None) -> list[HeldLot]:
    """What is held at the end of a day, by fund and the day it was bought: the order in which it is sold."""
    rows = _ask(_LOTS, on=on, month=_ended(on), fund=fund, instrument=instrument_id)
    known = securities({row[4] for row in rows})
    return [_lot(row, known[row[4]]) for row in rows]


def _lot(row: tuple[Any, ...], security: Security) -> HeldLot:
    number, trade, group, fund, _instrument, bought_on, bought, rupiah, yearly, held, book, run, revalued = row
    return HeldLot(
        number, trade, group, fund, security, bought_on, bought, rupiah, yearly, int(held), int(book), int(run), int(revalued)
    )


def _ended(on: dt.date) -> int:
    """The newest month that is over at the end of a day."""
    return add_months(month_of(on + dt.timedelta(days=1)), -1)


def newest_prices(instrument_ids: Iterable[int], *, on: dt.date) -> dict[int, tuple[Decimal, dt.date]]:
    """The newest price on or before a day, with its day, by instrument; the last one recorded for a day holds."""
    rows = _ask(
        "SELECT DISTINCT ON (instrument_id) instrument_id, price, priced_on FROM fund_price"
        " WHERE instrument_id = ANY (%(ids)s) AND priced_on <= %(on)s ORDER BY instrument_id, priced_on DESC, id DESC",
        ids=sorted(instrument_ids), on=on,
    )  # fmt: skip
    return {instrument: (price, day) for instrument, price, day in rows}


def newest_month_end(fund: str) -> int | None:
    """The last month of a fund that was ended."""
    found: int | None = _ask("SELECT max(month) FROM fund_monthend WHERE fund = %(fund)s", fund=fund)[0][0]
    return found


def first_month(fund: str) -> int | None:
    """The month of a fund's first purchase; None before there is one."""
    day = _ask("SELECT min(bought_on) FROM fund_lot WHERE fund = %(fund)s", fund=fund)[0][0]
    return month_of(day) if day else None


def _ask(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
