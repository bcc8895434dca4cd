"""What a fund holds of each instrument: the one shape that limits, liquidity, yields and reports read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jamsostek.fund.queries.lots import HeldLot, held_lots, newest_prices
from jamsostek.fund.queries.securities_held import Security, terms_of
from jamsostek.fund.terms import accrued, half_up


@dataclass(frozen=True)
class Position:
    """All lots of one instrument in one fund on a day; whole rupiah.

    `cost_rupiah` is what was paid for what is still held, `book_rupiah` that with what was amortised since, `market_rupiah` the
    newest price times the units (None where nothing is quoted), `accrued_rupiah` interest that has run, `carrying_rupiah` what
    the books carry as the instrument is measured (without interest that has run).

    Book and carrying are what stands in the ledger: as the newest month's end left it, with what was bought and sold since.
    Market value and interest are of the day itself.
    """

    fund: str
    security: Security
    quantity: int
    cost_rupiah: int
    book_rupiah: int
    market_rupiah: int | None
    accrued_rupiah: int
    carrying_rupiah: int
    priced_on: dt.date | None = None


def positions(*, on: dt.date, fund: str | None = None) -> list[Position]:
    """Everything held at the end of a day, by fund and code."""
    together: dict[tuple[str, str], list[HeldLot]] = {}
    for lot in held_lots(on=on, fund=fund):
        together.setdefault((lot.fund, lot.security.code), []).append(lot)
    prices = newest_prices({lots[0].security.id for lots in together.values()}, on=on)
    return [_position(lots, prices.get(lots[0].security.id), on) for _key, lots in sorted(together.items())]


def _position(lots: list[HeldLot], priced: tuple[Decimal, dt.date] | None, on: dt.date) -> Position:
    first = lots[0]
    return Position(
        first.fund,
        first.security,
        sum(one.held for one in lots),
        sum(one.cost_rupiah for one in lots),
        sum(one.book_rupiah for one in lots),
        sum(market_value(one.held, priced[0]) for one in lots) if priced else None,
        sum(accrued(terms_of(one.security), one.held, on) for one in lots),
        sum(one.carrying_rupiah for one in lots),
        priced[1] if priced else None,
    )


def market_value(units: int, price: Decimal) -> int:
    """Units at a price, in whole rupiah."""
    return half_up(Fraction(price) * units)


__all__ = ["Position", "Security", "market_value", "positions"]
