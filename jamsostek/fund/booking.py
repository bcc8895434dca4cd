"""How purchases, sales and payments of holdings are written in the books. Pure: legs from whole rupiah.

A purchase: investment, interest bought and fees, against cash. A sale takes the lots off at book value: what was paid beyond it
is realised; the share of the revaluation goes back; interest that stood on the books is not earned twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jamsostek.fund.lots import Part
from jamsostek.fund.queries.lots import HeldLot
from jamsostek.ledger.actions import Leg, signed


@dataclass(frozen=True)
class Taken:
    """Units taken from a lot, and what goes off the books with them; `amortised_rupiah` is booked on the way."""

    lot: HeldLot
    units: int
    book_rupiah: int
    amortised_rupiah: int
    accrued_rupiah: int
    revaluation_rupiah: int


def taken(lot: HeldLot, units: int, on: dt.date) -> Taken:
    """So many units of a lot, as the books stand on a day."""
    part, book = Part(units, lot.held), lot.book_at(on, units)
    return Taken(
        lot, units, book, book - part.of(lot.book_rupiah), part.of(lot.accrued_rupiah), part.of(lot.revaluation_rupiah)
    )  # fmt: skip


def bought(fund: str, *, amount_rupiah: int, accrued_rupiah: int, fee_rupiah: int) -> tuple[Leg, ...]:
    """A purchase."""
    cash = f"cash:{fund}"
    return (
        *signed(f"investment:{fund}", cash, amount_rupiah),
        *signed(f"accrued:{fund}", cash, accrued_rupiah),
        *signed(f"investment_cost:{fund}", cash, fee_rupiah),
    )


def sold(
    fund: str, taken: Iterable[Taken], *, amount_rupiah: int, accrued_rupiah: int = 0, fee_rupiah: int = 0
) -> tuple[Leg, ...]:
    """A sale or repayment of these parts of lots."""
    parts = list(taken)
    cash, investment, income = f"cash:{fund}", f"investment:{fund}", f"investment_income:{fund}"
    return (
        *signed(investment, income, sum(one.amortised_rupiah for one in parts)),
        *received(cash, investment, f"realised:{fund}", amount_rupiah, sum(one.book_rupiah for one in parts)),
        *received(cash, f"accrued:{fund}", income, accrued_rupiah, sum(one.accrued_rupiah for one in parts)),
        *signed(f"unrealised:{fund}", f"revaluation:{fund}", sum(one.revaluation_rupiah for one in parts)),
        *signed(f"investment_cost:{fund}", cash, fee_rupiah),
    )


def interest_paid(fund: str, *, rupiah: int, accrued_rupiah: int) -> tuple[Leg, ...]:
    """A coupon: first what was recognised as it ran, then what is left of it as income."""
    return received(f"cash:{fund}", f"accrued:{fund}", f"investment_income:{fund}", rupiah, accrued_rupiah)


def received(cash: str, asset: str, gain: str, rupiah: int, book_rupiah: int) -> tuple[Leg, ...]:
    """Cash for an asset that leaves the books: the difference is a gain, or less of one."""
    both = min(rupiah, book_rupiah)
    return (*signed(cash, asset, both), *signed(cash, gain, rupiah - both), *signed(gain, asset, book_rupiah - both))
