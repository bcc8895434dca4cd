"""A person's account by year and by month, and why a month's return is what it is. Names of payers are left to the caller."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek import law
from jamsostek.accounts.earning import RULE, inputs, share_of
from jamsostek.accounts.models import Crediting, LineKind, Programme
from jamsostek.accounts.queries.balances import (
    Credited,
    OwnLine,
    balance_on,
    credited_months,
    lines,
    parts,
    stood,
)
from jamsostek.accounts.queries.rates import Rate, rate_of
from jamsostek.core.months import add_months, month_of
from jamsostek.law import Explanation
from jamsostek.law.snapshot import FigureChange

IN = (LineKind.CONTRIBUTION, LineKind.BROUGHT_IN)
OUT = (LineKind.WITHDRAWAL,)


@dataclass(frozen=True)
class Sums:
    """What moved in a span; whole rupiah. `out_rupiah` is positive, `corrected_rupiah` has the sign of its effect."""

    in_rupiah: int
    return_rupiah: int
    out_rupiah: int
    corrected_rupiah: int

    @property
    def net_rupiah(self) -> int:
        """By how much the balance grew."""
        return self.in_rupiah + self.return_rupiah - self.out_rupiah + self.corrected_rupiah

    @classmethod
    def of(cls, moved: Iterable[tuple[int, int]]) -> Sums:
        """Of (kind, rupiah) pairs."""
        found = dict.fromkeys(("in", "return", "out", "corrected"), 0)
        for kind, rupiah in moved:
            if kind in IN:
                found["in"] += rupiah
            elif kind == LineKind.RETURN:
                found["return"] += rupiah
            elif kind in OUT:
                found["out"] -= rupiah
            else:
                found["corrected"] += rupiah
        return cls(found["in"], found["return"], found["out"], found["corrected"])


@dataclass(frozen=True)
class Year:
    """A year of a person's JHT; whole rupiah."""

    year: int
    opening_rupiah: int
    sums: Sums

    @property
    def closing_rupiah(self) -> int:
        """At its end, or as far as anything is written."""
        return self.opening_rupiah + self.sums.net_rupiah


@dataclass(frozen=True)
class Month:
    """A month of a person's JHT; whole rupiah. `rate` is the yearly one it was credited at, None where it was not yet."""

    month: int
    opening_rupiah: int
    sums: Sums
    rate: Rate | None
    lines: Sequence[OwnLine]

    @property
    def closing_rupiah(self) -> int:
        """At its end, or as far as anything is written."""
        return self.opening_rupiah + self.sums.net_rupiah


@dataclass(frozen=True)
class PensionMonth:
    """What was paid for one month of JP; whole rupiah. A record of contributions, not a balance."""

    for_month: int
    rupiah: int
    paid_on: dt.date
    source_id: int


@dataclass(frozen=True)
class Statement:
    """A person's year: JHT month by month, and the JP contributions that came in during it."""

    year: int
    opening_rupiah: int
    months: Sequence[Month]
    pension: Sequence[PensionMonth]

    @property
    def sums(self) -> Sums:
        """The year's."""
        return Sums.of((line.kind, line.rupiah) for one in self.months for line in one.lines)

    @property
    def closing_rupiah(self) -> int:
        """At its end, or as far as anything is written."""
        return self.opening_rupiah + self.sums.net_rupiah

    @property
    def pension_rupiah(self) -> int:
        """JP contributions of the year."""
        return sum(one.rupiah for one in self.pension)

    @property
    def rates(self) -> list[tuple[int, int, Rate]]:
        """Yearly rates as (first month, last month, rate), in order."""
        found: list[tuple[int, int, Rate]] = []
        for one in self.months:
            if one.rate is None:
                continue
            if found and found[-1][2] == one.rate and found[-1][1] == add_months(one.month, -1):
                found[-1] = (found[-1][0], one.month, one.rate)
            else:
                found.append((one.month, one.month, one.rate))
        return found

    @property
    def credited(self) -> int | None:
        """The newest month of the year whose return is credited."""
        return max((one.month for one in self.months if one.rate is not None), default=None)


def years(ids: Sequence[int], today: dt.date) -> list[Year]:
    """Every year in which anything moved, and this one where anything is held; the newest first."""
    moved: dict[int, list[tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT part_size FROM accounts_crediting")
        wanted = [0, *parts(ids, [row[0] for row in cursor.fetchall()])]
        cursor.execute(
            "SELECT month / 100, kind, sum(amount_rupiah)::bigint FROM accounts_line WHERE month <= %s AND part = ANY (%s)"
            " AND participant_id = ANY (%s) AND programme = 1 GROUP BY 1, 2 ORDER BY 1, 2",
            [month_of(today), wanted, list(ids)],
        )
        for year, kind, rupiah in cursor.fetchall():
            moved.setdefault(year, []).append((kind, rupiah))
    found, opening = [], 0
    for year in range(min(moved, default=today.year + 1), today.year + 1):
        one = Year(year, opening, Sums.of(moved.get(year, [])))
        opening = one.closing_rupiah
        if year in moved or (year == today.year and one.closing_rupiah):
            found.append(one)
    return found[::-1]


def pension_record(ids: Sequence[int], today: dt.date) -> tuple[int, int]:
    """Months of JP that somebody paid for, and the rupiah paid, over the whole life of the record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(rupiah), 0) FROM ("
            "SELECT for_month, sum(amount_rupiah) AS rupiah FROM accounts_line WHERE month <= %s AND part = 0"
            " AND participant_id = ANY (%s) AND programme = 2 GROUP BY 1) AS paid WHERE rupiah > 0",
            [month_of(today), list(ids)],
        )
        months, rupiah = cursor.fetchone()
        return int(months), int(rupiah)


def statement(ids: Sequence[int], year: int) -> Statement:
    """A person's year under all their numbers. Months in which nothing moved and nothing was held are left out."""
    first, last = year * 100 + 1, year * 100 + 12
    own = lines(ids, first, last)
    credited = credited_months(first, last)
    rates = {key: rate_of(key[1], key[0]) for key in {(one.rate_id, one.rate_ppm) for one in credited.values()}}
    opening = standing = balance_on(ids, dt.date(year - 1, 12, 31)).rupiah
    months = []
    for month in range(first, last + 1):
        here = [one for one in own if one.month == month and one.programme == Programme.JHT]
        done = credited.get(month)
        if here or (standing and done):
            rate = rates[done.rate_id, done.rate_ppm] if done else None
            one = Month(month, standing, Sums.of((line.kind, line.rupiah) for line in here), rate, here)
            standing = one.closing_rupiah
            months.append(one)
    pension = [
        PensionMonth(one.for_month, one.rupiah, one.effective_on, one.source_id) for one in own if one.programme == Programme.JP
    ]
    return Statement(year, opening, months, sorted(pension, key=lambda one: (one.for_month, one.paid_on)))


# --- why --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Derivation:
    """Why one number's return of a month is what it is: computed again by the law's rule from what is stored.

    `changes` are figures of law that are others now than when it was credited; `brought_forward_rupiah` what a payment in the
    middle of the month had credited already (never taken back).
    """

    participant_id: int
    month: int
    rate: Rate
    return_rupiah: int
    opening_rupiah: int
    year_return_rupiah: int
    brought_forward_rupiah: int
    lines: Sequence[OwnLine]
    explanation: Explanation
    changes: Sequence[FigureChange]

    @property
    def holds(self) -> bool:
        """Whether the rule gives again what was credited."""
        return max(int(self.explanation.outputs["return_rupiah"]), self.brought_forward_rupiah) == self.return_rupiah


def derivations(ids: Sequence[int], month: int) -> list[Derivation]:
    """Why a month's return is what it is, for each of a person's numbers that held anything; empty before it is credited."""
    months = credited_months(add_months(month, -1), month)
    if month not in months:
        return []
    kept = stood(ids, list(months.values()))
    own = lines(ids, month, month, programme=Programme.JHT)
    run = Crediting.objects.get(pk=month)
    changes = law.differences(run.figures, law.figures_in_force(RULE, month))
    return [_derived(who, months[month], kept, own, changes) for who in sorted({who for who, at in kept if at == month})]


def _derived(
    who: int,
    at: Credited,
    kept: dict[tuple[int, int], tuple[int, int, int]],
    own: Sequence[OwnLine],
    changes: Sequence[FigureChange],
) -> Derivation:
    before, year, _earned = kept.get((who, add_months(at.month, -1)), (0, 0, 0))
    moved = [one for one in own if one.participant_id == who and not (one.kind == LineKind.RETURN and one.part)]
    asked = inputs(at.month, _rows(who, before, year), _lines(moved), law.law_at(at.month))
    names = ("opening_rupiah", "returned_rupiah", "movement_rupiah_days")
    told: dict[str, Any] = {name: int(getattr(asked, name)[0]) for name in names}
    if at.rate_id is not None:
        told["annual_rate"] = share_of(at.rate_ppm)
    explanation = law.explain(RULE, month=at.month, **told)
    brought = int(asked.already_rupiah[0])
    rate, earned = rate_of(at.rate_ppm, at.rate_id), kept[who, at.month][2]
    return Derivation(who, at.month, rate, earned, before, year, brought, moved, explanation, changes)


def _rows(who: int, balance: int, year: int) -> np.ndarray:
    kinds = [("participant_id", "i8"), ("balance_rupiah", "i8"), ("year_return_rupiah", "i8")]
    return np.array([(who, balance, year)], kinds)


def _lines(own: Sequence[OwnLine]) -> np.ndarray:
    kinds = [("participant_id", "i8"), ("kind", "i2"), ("effective_on", "M8[D]"), ("amount_rupiah", "i8")]
    return np.array([(one.participant_id, one.kind, np.datetime64(one.effective_on), one.rupiah) for one in own], kinds)
