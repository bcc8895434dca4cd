"""A year of the JHT fund as its return is reckoned from, and the proposals made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jamsostek import law
from jamsostek.accounts.actions.rates import MOST_PPM
from jamsostek.accounts.earning import RULE as RETURN_RULE
from jamsostek.accounts.earning import share_of
from jamsostek.accounts.queries.earning_base import MonthBase, days_of_year, year_base
from jamsostek.accounts.queries.floors import Floor, floor_from, floor_of
from jamsostek.accounts.queries.rates import Declaration, Rate, declarations, declared_rate
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, last_day
from jamsostek.fund.jht_return import Books, Effect, Rule, Supported, candidates, effect, rule, supported
from jamsostek.fund.models import JhtProposal
from jamsostek.ledger.queries.balances import Balance, trial_balance

FUND = "jht"
MEMBERS, CREDITED = "members:jht", "credited:jht"


@dataclass(frozen=True)
class YearSoFar:
    """The books of a year until a month, what they support, and the floor and rate beside it; money is whole rupiah."""

    until: int
    books: Books
    base: tuple[MonthBase, ...]
    by: Rule
    found: Supported

    @property
    def year(self) -> int:
        """The year of the books."""
        return self.until // 100


def year_so_far(until: int) -> YearSoFar:
    """What the ledger says of January until the end of a month."""
    by, base = rule(), tuple(year_base(until))
    end, start = _balances(last_day(until)), _balances(dt.date(until // 100 - 1, 12, 31))

    def moved(code: str) -> int:
        return end.get(code, 0) - start.get(code, 0)

    codes = [code for code, _sign in by.accounts] + [by.unrealised]
    books = Books(
        {code: moved(code) for code in codes}, sum(one.rupiah_days for one in base), sum(one.days for one in base),
        days_of_year(until // 100), moved(CREDITED), _net_assets(last_day(until)), end.get(MEMBERS, 0),
    )  # fmt: skip
    return YearSoFar(until, books, base, by, supported(books, by))


def _rows(on: dt.date) -> list[Balance]:
    return [one for one in trial_balance(effective=on) if one.fund == FUND]


def _balances(on: dt.date) -> dict[str, int]:
    return {one.code: one.balance_rupiah for one in _rows(on)}


def _net_assets(on: dt.date) -> int:
    """All the fund has, less what it owes to others than its members."""
    signs = {"asset": 1, "liability": -1}
    return sum(signs.get(one.kind, 0) * one.balance_rupiah for one in _rows(on) if one.code != MEMBERS)


@dataclass(frozen=True)
class Prospect:
    """What a proposal from a month would be judged by: the books until the month before, the floor, and the rate that held last.

    `effects` has one for each candidate rate, `members` what a year brings a member with the rule's sum at it.
    """

    from_month: int
    so_far: YearSoFar
    floor: Floor | None
    least_ppm: int | None
    last: Rate | None
    effects: tuple[Effect, ...]
    members: dict[int, int]


def prospect(from_month: int, also: Sequence[int] = ()) -> Prospect:
    """Several rates for the months from one to December, beside each other."""
    so_far = year_so_far(add_months(from_month, -1))
    least = floor_from(from_month)
    rates = candidates(so_far.found, so_far.by, floor_ppm=least, most_ppm=MOST_PPM, also=also)
    effects = tuple(effect(so_far.books, ppm, so_far.found) for ppm in rates)
    year = from_month // 100
    members = {ppm: member_return(year, ppm, so_far.by.member_rupiah) for ppm in rates}
    return Prospect(from_month, so_far, floor_of(from_month), least, _last_rate(from_month), effects, members)


def _last_rate(from_month: int) -> Rate | None:
    """The rate of the month before; None where none was declared."""
    try:
        return declared_rate(add_months(from_month, -1))
    except InputError:
        return None


@cache
def member_return(year: int, rate_ppm: int, opening_rupiah: int) -> int:
    """What twelve months bring an account that stands still, by the law's own rule; whole rupiah."""
    returned = 0
    for month in range(year * 100 + 1, year * 100 + 13):
        told = law.calculate_many(
            RETURN_RULE, month=month, opening_rupiah=[opening_rupiah], returned_rupiah=[returned], annual_rate=share_of(rate_ppm)
        )
        returned += int(told["return_rupiah"][0])
    return returned


@dataclass(frozen=True)
class Proposal:
    """A proposal with the rate it declared; `figures` are as they were shown when it was made."""

    id: int
    reference: str
    basis_month: int
    figures: dict[str, Any]
    reason: str
    proposed_at: dt.datetime
    rate: Declaration

    @property
    def state(self) -> str:
        """waiting, adopted or refused."""
        return {None: "waiting", True: "adopted", False: "refused"}[self.rate.confirmed]


def proposals(
    *, ids: Collection[int] | None = None, rates: Collection[int] | None = None, before: int | None = None, limit: int = 200
) -> list[Proposal]:
    """What was proposed, the newest first; of some ids or rates, or those before an id."""
    rows = JhtProposal.objects.all()
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if rates is not None:
        rows = rows.filter(rate_id__in=rates)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[:limit])
    declared = {one.id: one for one in declarations(ids=[row.rate_id for row in found])}
    return [
        Proposal(row.pk, row.reference, row.basis_month, row.figures, row.reason, row.proposed_at, declared[row.rate_id])
        for row in found
    ]


__all__ = ["FUND", "Proposal", "Prospect", "YearSoFar", "member_return", "proposals", "prospect", "year_so_far"]
