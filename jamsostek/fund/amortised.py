"""Amortised cost by the effective rate (PSAK 109, formerly 71; IFRS 9 5.4.1): one rate for a purchase, solved when it is bought.

The rate makes what is still paid worth what was paid for it. Cost without interest that has run begins at the price and ends at
the repayment, to the rupiah: every amount is the difference of two rounded figures.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, localcontext
from fractions import Fraction

from jamsostek.fund.terms import Terms, face, half_up, interest, periods, run_exactly

DIGITS = 50
PLACES = Decimal(1).scaleb(-24)
LEAST, MOST = Decimal("-0.9"), Decimal(9)
"""No paper is bought at less than minus 90 or more than 900 per cent a year."""
_ROUNDS = 200


def flows(terms: Terms, quantity: int, after: dt.date) -> list[tuple[dt.date, int]]:
    """Coupons and repayment of so many units after a day, in whole rupiah."""
    if terms.matures_on is None:
        return []
    paid = [(one.due, half_up(interest(terms, quantity, one, one.due))) for one in periods(terms, since=after)]
    return [*paid, (terms.matures_on, face(terms, quantity))] if terms.matures_on > after else []


def worth(paid: list[tuple[dt.date, int]], on: dt.date, day_factor: Decimal) -> Decimal:
    """What later payments are worth on a day; `day_factor` is one day's discount."""
    return sum((rupiah * day_factor ** (day - on).days for day, rupiah in paid if day > on), Decimal(0))


def effective_yield(terms: Terms, quantity: int, cost_rupiah: int, bought_on: dt.date) -> Decimal | None:
    """The yearly rate, to 24 places, at which what is still paid is worth the price and the interest bought with it.

    None where no rate within sense does that, or nothing is paid any more.
    """
    paid = flows(terms, quantity, bought_on)
    if not paid:
        return None
    with localcontext() as context:
        context.prec = DIGITS
        price = Decimal(cost_rupiah) + _decimal(run_exactly(terms, quantity, bought_on))
        factor = Decimal(1)
        for _round in range(_ROUNDS):
            value = worth(paid, bought_on, factor) - price
            slope = sum(
                (rupiah * days * factor ** (days - 1) for day, rupiah in paid if (days := (day - bought_on).days) > 0), Decimal(0)
            )
            step = value / slope
            factor = max(factor - step, factor / 2)
            if abs(step) < Decimal(1).scaleb(-40):
                break
        else:
            return None
        found = factor**-365 - 1
        return found.quantize(PLACES) if LEAST <= found <= MOST else None


def amortised_cost(
    terms: Terms, quantity: int, held: int, *, cost_rupiah: int, bought_on: dt.date, yearly: Decimal, on: dt.date
) -> int:
    """What `held` of the units bought stand at on a day, without interest that has run; whole rupiah.

    The cost on the day of purchase, the face on the day of repayment, between them by the effective rate. What was bought at its
    face stands at its face: its interest is what runs.
    """
    if cost_rupiah == face(terms, quantity):
        return face(terms, held)
    if on <= bought_on:
        return half_up(Fraction(cost_rupiah * held, quantity))
    if terms.matures_on is not None and on >= terms.matures_on:
        return face(terms, held)
    with localcontext() as context:
        context.prec = DIGITS
        day_factor = (1 + yearly) ** (Decimal(-1) / 365)
        value = worth(flows(terms, quantity, on), on, day_factor)
        exact = Fraction(value) - run_exactly(terms, quantity, on)
    return max(half_up(exact * Fraction(held, quantity)), 0)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
