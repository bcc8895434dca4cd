"""What investments earned: time-weighted, money-weighted, and income over the average held. Pure; estimates, never owed amounts.

Time-weighted (`linked`): the return of each stretch between flows, multiplied. What came in stands from the beginning of its day,
what went out until the end of its day. Where values at flows are not known, a month's return is Modified Dietz (`dietz`).

Money-weighted (`solve`): the yearly rate at which all flows and the last value come to nothing (XIRR, a year of 365 days). How
many such rates there are is counted exactly: Descartes' rule for real exponents, and Rolle's theorem down to one term. None and
many are answers, not errors.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

YEAR_DAYS = 365
_STEPS = 200
_TOUCH = 1e-13
"""A turning point this near to zero, against the sum of its terms, is a root that touches."""
_WIDEST = 20.0
"""A year's growth is looked for between e to the minus this and e to this: no portfolio lies outside."""


@dataclass(frozen=True)
class Day:
    """A day of a portfolio: its value the evening before, what came in and went out that day, and its value that evening."""

    before: int
    came: int
    went: int
    after: int

    @property
    def growth(self) -> float | None:
        """By what it grew; None where there was nothing to grow."""
        base = self.before + self.came
        return (self.after + self.went) / base if base > 0 else None


def linked(stretches: Sequence[Day]) -> float | None:
    """The return of stretches one after another; None where none of them had anything. Empty stretches change nothing."""
    growths = [one.growth for one in stretches if one.growth is not None]
    return math.prod(growths) - 1 if growths else None


def dietz(begin: int, end: int, flows: Sequence[tuple[float, int]]) -> float | None:
    """A period's return by Modified Dietz: flows as (share of the period that is left, rupiah that came; went is negative)."""
    base = begin + sum(weight * rupiah for weight, rupiah in flows)
    gained = end - begin - sum(rupiah for _weight, rupiah in flows)
    return gained / base if base > 0 else None


def chained(returns: Sequence[float | None]) -> float | None:
    """Returns of periods one after another; periods that had nothing change nothing."""
    known = [one for one in returns if one is not None]
    return math.prod(1 + one for one in known) - 1 if known else None


def over_average(gained: int, values: Sequence[int]) -> float | None:
    """What was gained over the average of values, as published yields count it."""
    average = sum(values) / len(values) if values else 0
    return gained / average if average > 0 else None


def of_period(yearly: float, days: int) -> float:
    """What a yearly rate comes to in so many days."""
    return float((1 + yearly) ** (days / YEAR_DAYS) - 1)


# --- money-weighted ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rates:
    """Every yearly rate at which flows come to nothing, lowest first. `certain` where there is exactly one."""

    found: tuple[float, ...]

    @property
    def only(self) -> float | None:
        """The rate, where there is exactly one."""
        return self.found[0] if len(self.found) == 1 else None


def solve(flows: Sequence[tuple[dt.date, int]]) -> Rates:
    """The rates of flows (day, rupiah that came back; what was put in is negative)."""
    together: dict[dt.date, int] = {}
    for day, rupiah in flows:
        together[day] = together.get(day, 0) + rupiah
    days = sorted(day for day, rupiah in together.items() if rupiah)
    if len(days) < 2:
        return Rates(())
    first = days[0]
    scale = max(abs(together[day]) for day in days)
    terms = [(together[day] / scale, (day - first).days / YEAR_DAYS) for day in days]
    return Rates(tuple(sorted(math.exp(-at) - 1 for at in _roots(terms))))


_Terms = list[tuple[float, float]]


def sign_changes(values: Sequence[float]) -> int:
    """How often neighbours that are not zero differ in sign."""
    signs = [value > 0 for value in values if value]
    return sum(1 for one, other in pairwise(signs) if one != other)


def _roots(terms: _Terms) -> list[float]:
    """Where the sum of c·e^(t·s) is zero, over all real s: between its turning points it is monotone, with one root or none."""
    changes = sign_changes([c for c, _t in terms])
    if changes == 0:
        return []
    lowest = terms[0][1]
    terms = [(c, t - lowest) for c, t in terms]
    turns = [] if changes == 1 else _roots([(c * t, t) for c, t in terms[1:]])
    bounds = [-_WIDEST, *(at for at in turns if -_WIDEST < at < _WIDEST), _WIDEST]
    touching = [at for at in bounds[1:-1] if abs(_value(terms, at)) <= _TOUCH * _value([(abs(c), t) for c, t in terms], at)]
    found = list(touching)
    for left, right in pairwise(bounds):
        low, high = _value(terms, left), _value(terms, right)
        if left not in touching and right not in touching and (low > 0) != (high > 0):
            found.append(_bisected(terms, left, right, rising=high > low))
    return sorted(found)


def _value(terms: _Terms, at: float) -> float:
    highest = max(t * at for _c, t in terms)
    if highest > 700:
        return math.fsum(c * math.exp(t * at - highest) for c, t in terms)
    return math.fsum(c * math.exp(t * at) for c, t in terms)


def _bisected(terms: _Terms, left: float, right: float, *, rising: bool) -> float:
    for _step in range(_STEPS):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        if (_value(terms, middle) > 0) == rising:
            right = middle
        else:
            left = middle
    return (left + right) / 2
