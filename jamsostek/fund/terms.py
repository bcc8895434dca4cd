"""What a paper pays and when: dates of coupons, interest that has run. Pure and exact; whole rupiah, rounded half up once.

Not modelled: a day of payment that moves because it is a holiday; a coupon that floats.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from jamsostek.core.rupiah import PPM

ZERO = Fraction(0)


def half_up(value: Fraction) -> int:
    """To whole rupiah, an exact half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True)
class Terms:
    """What one unit promises. `coupon_ppm` is a year's interest on `unit_rupiah`; None where it pays no fixed interest.

    `coupons_a_year` 0 with interest: all of it is paid with the repayment.
    """

    unit_rupiah: int
    coupon_ppm: int | None = None
    coupons_a_year: int = 0
    day_count: str = "act/365"
    issued_on: dt.date | None = None
    matures_on: dt.date | None = None

    @property
    def bears_interest(self) -> bool:
        """Whether interest runs on it."""
        return bool(self.coupon_ppm) and self.matures_on is not None


@dataclass(frozen=True)
class Period:
    """Interest runs from `begins` and is paid on `due`; `regular` is when a whole period would have begun."""

    begins: dt.date
    due: dt.date
    regular: dt.date | None


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def periods(terms: Terms, *, since: dt.date) -> list[Period]:
    """Every period whose coupon is due after a day, in order; counted backwards from the repayment."""
    if not terms.bears_interest or terms.matures_on is None:
        return []
    if terms.coupons_a_year == 0:
        begins = terms.issued_on or since
        return [Period(begins, terms.matures_on, None)] if terms.matures_on > since else []
    step, found, at = 12 // terms.coupons_a_year, [], 0
    floor = max(since, terms.issued_on) if terms.issued_on else since
    while (due := months_before(terms.matures_on, step * at)) > floor:
        regular = months_before(terms.matures_on, step * (at + 1))
        begins = max(regular, terms.issued_on) if terms.issued_on else regular
        found.append(Period(begins, due, regular))
        at += 1
    return found[::-1]


def coupon_dates(terms: Terms, *, after: dt.date, until: dt.date) -> list[dt.date]:
    """Days on which interest is due, later than `after` and not later than `until`."""
    return [one.due for one in periods(terms, since=after) if one.due <= until]


def days_30_360(start: dt.date, end: dt.date) -> int:
    """Days between two dates where every month has 30: the bond basis."""
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


def _share_of_year(terms: Terms, period: Period, on: dt.date) -> Fraction:
    """The part of a year whose interest has run in a period by a day in it."""
    if terms.day_count == "act/365":
        return Fraction((on - period.begins).days, 365)
    if period.regular is None:
        if terms.day_count == "30/360":
            return Fraction(days_30_360(period.begins, on), 360)
        return Fraction((on - period.begins).days, 365)
    whole = Fraction(1, terms.coupons_a_year)
    if on == period.due and period.begins == period.regular:
        return whole
    if terms.day_count == "30/360":
        return min(Fraction(days_30_360(period.begins, on), 360), whole)
    return whole * Fraction((on - period.begins).days, (period.due - period.regular).days)


def interest(terms: Terms, quantity: int, period: Period, on: dt.date) -> Fraction:
    """Exact interest on so many units that has run in a period by a day in it."""
    return Fraction(quantity * terms.unit_rupiah * (terms.coupon_ppm or 0), PPM) * _share_of_year(terms, period, on)


def run_exactly(terms: Terms, quantity: int, on: dt.date) -> Fraction:
    """Interest that has run by a day and is not due yet, not rounded; nothing on the day a coupon is due."""
    if terms.issued_on is not None and on <= terms.issued_on:
        return ZERO
    coming = periods(terms, since=on)
    return interest(terms, quantity, coming[0], on) if coming and coming[0].begins < on else ZERO


def accrued(terms: Terms, quantity: int, on: dt.date) -> int:
    """As `run_exactly`, in whole rupiah."""
    return half_up(run_exactly(terms, quantity, on))


def coupon_rupiah(terms: Terms, quantity: int, due: dt.date) -> int:
    """What so many units are paid on a day a coupon is due; 0 on another day."""
    first = next((one for one in periods(terms, since=due - dt.timedelta(days=1)) if one.due == due), None)
    return half_up(interest(terms, quantity, first, due)) if first else 0


def face(terms: Terms, quantity: int) -> int:
    """What so many units are repaid with."""
    return quantity * terms.unit_rupiah
