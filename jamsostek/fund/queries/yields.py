"""What the funds' investments earned, by fund and class, over a month, the year so far, or twelve months.

A portfolio is what a fund holds. Purchases come in; sales, coupons, dividends and repayments go out: cash in the bank is no
part of it. Costs known here are the fees of trades; custody and management fees are not modelled.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from django.db import connection

from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.fund.queries.positions import Position, positions
from jamsostek.fund.yields import Day, Rates, chained, dietz, linked, of_period, over_average, solve

Basis = Literal["books", "market"]
Span = Literal["month", "year_to_date", "year"]
SPANS: tuple[Span, ...] = ("month", "year_to_date", "year")
MOST_DAYS = 40
"""With more days of flows than this values are read at the ends of months alone."""
DATA = Path(__file__).parents[1] / "data" / "published_yields.csv"


class Key(NamedTuple):
    """A portfolio: a fund, or a class in it; empty is all of them."""

    fund: str
    asset_class: str


@dataclass(frozen=True)
class Flow:
    """Money in or out of a portfolio on a day, whole rupiah without fees, and the fees beside it."""

    day: dt.date
    came: int
    went: int
    fee: int


@dataclass(frozen=True)
class Earned:
    """What a portfolio earned in a period. Returns are shares of the period, not of a year, but for `yearly`.

    `gross` and `net` are time-weighted, before and after fees of trades; `money` is money-weighted over the period, after fees;
    `income` is what was gained, before fees, over the average of what was held at the ends of months. What began within the
    period counts from the eve of its first day. `exact`: values were known at every flow.
    """

    fund: str
    asset_class: str
    begins: dt.date
    ends: dt.date
    begin_rupiah: int
    end_rupiah: int
    came_rupiah: int
    went_rupiah: int
    fee_rupiah: int
    gross: float | None
    net: float | None
    rates: Rates
    income: float | None
    exact: bool

    @property
    def gained_rupiah(self) -> int:
        """Interest, dividends and changes of value, before fees."""
        return self.end_rupiah - self.begin_rupiah - self.came_rupiah + self.went_rupiah

    @property
    def money(self) -> float | None:
        """The money-weighted return of the period; None where there is no rate or more than one."""
        only = self.rates.only
        return None if only is None else of_period(only, (self.ends - self.begins).days)


@dataclass(frozen=True)
class Published:
    """A yield that was published; per cent a year."""

    year: int
    fund: str
    percent: str
    status: str
    source: str


def begins(span: Span, month: int) -> dt.date:
    """The day before a span that ends with a month."""
    first = {"month": month, "year_to_date": month // 100 * 100 + 1, "year": add_months(month, -11)}[span]
    return dt.date(first // 100, first % 100, 1) - dt.timedelta(days=1)


def month_end(month: int) -> dt.date:
    """The last day of a month."""
    return last_day(month)


def earned(*, month: int, span: Span, basis: Basis = "books") -> list[Earned]:
    """Every portfolio that held or moved anything: all funds, each fund, each class in it."""
    begin, end = begins(span, month), month_end(month)
    flows = _flows(begin, end)
    moved = sorted({one.day for those in flows.values() for one in those})
    exact = len(moved) <= MOST_DAYS
    ends = _month_ends(begin, end)
    days = {begin, end, *ends}
    if exact:
        days |= {*moved, *(day - dt.timedelta(days=1) for day in moved)}
    values = {day: _values(day, basis) for day in sorted(days)}
    keys = {*flows, *(key for each in values.values() for key in each)}
    return [_earned(key, flows.get(key, []), values, (begin, *ends), exact=exact) for key in sorted(keys)]


@cache
def published() -> tuple[Published, ...]:
    """Yields as published, the newest year first."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            Published(int(row["as_of"]), row["fund"], row["percent"], row["status"], row["source_text"])
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda one: (-one.year, one.fund)))


# --- inside -----------------------------------------------------------------------------------------------------------

Values = Mapping[dt.date, Mapping[Key, int]]


def _earned(key: Key, flows: list[Flow], values: Values, ends: tuple[dt.date, ...], *, exact: bool) -> Earned:
    def at(day: dt.date) -> int:
        return values.get(day, {}).get(key, 0)

    if at(ends[0]) == 0 and flows:  # a portfolio counts from the day it began
        began = min(one.day for one in flows) - dt.timedelta(days=1)
        ends = (began, *(day for day in ends if day > began))
    begin, end = ends[0], ends[-1]
    held = [at(day) for at_start, day in enumerate(ends) if at_start or at(day)]
    by_day = _by_day(flows)
    if exact:
        gross, net = (linked(_stretches(begin, end, by_day, at, fees=fees)) for fees in (False, True))
    else:
        gross, net = (chained(_months(ends, flows, at, fees=fees)) for fees in (False, True))
    money = [(begin, -at(begin)), (end, at(end)), *((one.day, one.went - one.came - one.fee) for one in flows)]
    came, went = sum(one.came for one in flows), sum(one.went for one in flows)
    return Earned(
        key.fund, key.asset_class, begin, end, at(begin), at(end), came, went, sum(one.fee for one in flows), gross, net,
        solve(money), over_average(at(end) - at(begin) - came + went, held), exact,
    )  # fmt: skip


def _by_day(flows: Iterable[Flow]) -> dict[dt.date, Flow]:
    found: dict[dt.date, Flow] = {}
    for one in flows:
        had = found.get(one.day, Flow(one.day, 0, 0, 0))
        found[one.day] = Flow(one.day, had.came + one.came, had.went + one.went, had.fee + one.fee)
    return dict(sorted(found.items()))


def _stretches(
    begin: dt.date, end: dt.date, by_day: Mapping[dt.date, Flow], value: Callable[[dt.date], int], *, fees: bool
) -> list[Day]:
    found, since = [], begin
    for day, one in by_day.items():
        eve = day - dt.timedelta(days=1)
        if eve > since:
            found.append(Day(value(since), 0, 0, value(eve)))
        found.append(Day(value(eve), one.came + (one.fee if fees else 0), one.went, value(day)))
        since = day
    if since < end:
        found.append(Day(value(since), 0, 0, value(end)))
    return found


def _months(ends: tuple[dt.date, ...], flows: list[Flow], value: Callable[[dt.date], int], *, fees: bool) -> list[float | None]:
    found = []
    for begin, end in pairwise(ends):
        days = (end - begin).days
        moved = [
            ((end - one.day).days / days, one.came - one.went + (one.fee if fees else 0))
            for one in flows
            if begin < one.day <= end
        ]
        found.append(dietz(value(begin), value(end), moved))
    return found


def _month_ends(begin: dt.date, end: dt.date) -> list[dt.date]:
    month, found = add_months(month_of(begin), 1), []
    while month_end(month) <= end:
        found.append(month_end(month))
        month = add_months(month, 1)
    return found


def _values(day: dt.date, basis: Basis) -> dict[Key, int]:
    found: dict[Key, int] = defaultdict(int)
    for one in positions(on=day):
        rupiah = _worth(one, basis)
        for key in _keys(one.fund, one.security.asset_class):
            found[key] += rupiah
    return dict(found)


def _worth(one: Position, basis: Basis) -> int:
    carried = one.carrying_rupiah if basis == "books" or one.market_rupiah is None else one.market_rupiah
    return carried + one.accrued_rupiah


def _keys(fund: str, asset_class: str) -> tuple[Key, Key, Key]:
    return Key("", ""), Key(fund, ""), Key(fund, asset_class)


_MOVED = """
    SELECT t.settle_on, t.fund, i.asset_class,
           CASE WHEN t.side = 'buy' THEN t.amount_rupiah + t.accrued_rupiah ELSE 0 END,
           CASE WHEN t.side = 'sell' THEN t.amount_rupiah + t.accrued_rupiah ELSE 0 END, t.fee_rupiah
    FROM fund_trade t JOIN fund_tradestep s ON s.trade_id = t.id AND s.step = 'settled'
    JOIN fund_instrument i ON i.id = t.instrument_id WHERE t.settle_on > %(begin)s AND t.settle_on <= %(end)s
    UNION ALL
    SELECT e.due_on, e.fund, i.asset_class, 0, e.rupiah, 0
    FROM fund_event e JOIN fund_instrument i ON i.id = e.instrument_id WHERE e.due_on > %(begin)s AND e.due_on <= %(end)s
    ORDER BY 1
"""


def _flows(begin: dt.date, end: dt.date) -> dict[Key, list[Flow]]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, {"begin": begin, "end": end})
        rows = cursor.fetchall()
    found: dict[Key, list[Flow]] = defaultdict(list)
    for day, fund, asset_class, came, went, fee in rows:
        for key in _keys(fund, asset_class):
            found[key].append(Flow(day, came, went, fee))
    return dict(found)
