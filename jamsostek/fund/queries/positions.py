"""What a fund holds of each instrument: the one shape that limits, liquidity, yields and reports read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Security:
    """An instrument with who issued it; `corporate_group` is empty for a firm that stands alone."""

    id: int
    code: str
    name: str
    asset_class: str
    measured: str
    issuer_id: int
    issuer: str
    issuer_name: str
    issuer_kind: str
    corporate_group: str
    unit_rupiah: int
    coupon_ppm: int | None
    coupons_a_year: int
    day_count: str
    issued_on: dt.date | None
    matures_on: dt.date | None
    listed: bool
    rating: str
    invented: bool


@dataclass(frozen=True)
class Position:
    """All lots of one instrument in one fund on a day; whole rupiah.

    `cost_rupiah` is what was paid for what is still held, `book_rupiah` that with what was amortised since, `market_rupiah` the
    newest price times the units (None where nothing is quoted), `accrued_rupiah` interest that has run, `carrying_rupiah` what
    the books carry as the instrument is measured (without interest that has run).
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
    raise NotImplementedError
