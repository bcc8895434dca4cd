"""What must be true: the cheapest mix of levers that brings a region or the nation to a share of its workers by a year. Pure.

    apbd         vulnerable workers whose contribution a budget pays; covered only while it pays
    compliance   workers of employers found by inspection; they stay as wage workers stay
    campaign     workers without an employer who enrol and pay themselves
    renewal      those who lapsed and are brought back

Members needed rise in a straight line from today's to the goal. A person delivered in year y counts in year z for keep^(z-y).
The cost is what the public pays to get or keep a member, whole rupiah; what members and employers pay themselves is not in it.
Not modelled: prices that rise with the number, people moving between kinds of work, benefits paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, floor

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.coverage.assumptions import Assumed
from jamsostek.coverage.least_cost import Floats, cheapest
from jamsostek.coverage.starts import Start

LEVERS = ("apbd", "compliance", "campaign", "renewal")
LEVER_TITLES = {
    "apbd": N_("Iuran dibayar APBD"),
    "compliance": N_("Perusahaan ditemukan pengawas"),
    "campaign": N_("Sosialisasi kepada pekerja mandiri"),
    "renewal": N_("Peserta yang berhenti diajak kembali"),
}
LONGEST = 25
LAST_WEIGHT = 100.0
"""Where the goal is out of reach, its own year counts for a hundred years on the way."""


@dataclass(frozen=True)
class Goal:
    """A share of people at work (0.6) at the end of a year, and the first year in which anything is done."""

    share: float
    year: int
    first_year: int

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan."""
        return tuple(range(self.first_year, self.year + 1))


@dataclass(frozen=True)
class Lever:
    """What one lever can do: rupiah a person, how many stay after a year, most a year, most in all (None: as often as paid)."""

    name: str
    rupiah: int
    keep: float
    yearly: tuple[int, ...]
    pool: int | None


@dataclass(frozen=True)
class Year:
    """A year of the plan: members needed and had at its end, and by lever (LEVERS) persons to deliver and rupiah."""

    year: int
    workers: int
    needed: int
    had: int
    persons: tuple[int, ...]
    rupiah: tuple[int, ...]

    @property
    def short(self) -> int:
        """Members missing."""
        return max(0, self.needed - self.had)


@dataclass(frozen=True)
class Plan:
    """The cheapest way, or the nearest where there is none."""

    goal: Goal
    levers: tuple[Lever, ...]
    years: tuple[Year, ...]

    @property
    def rupiah(self) -> int:
        """All of it."""
        return sum(sum(one.rupiah) for one in self.years)

    @property
    def reachable(self) -> bool:
        """Whether every year has what it needs."""
        return not any(one.short for one in self.years)

    @property
    def share(self) -> float:
        """The share of people at work who are members in the last year."""
        return self.years[-1].had / self.years[-1].workers

    def persons(self, lever: str) -> int:
        """Deliveries of a lever in all years; a budget's are person-years."""
        return sum(one.persons[LEVERS.index(lever)] for one in self.years)

    def at_limit(self) -> list[str]:
        """Levers that can do no more in the last year: in that year's most, or with nobody left to find."""
        found = []
        for at, lever in enumerate(self.levers):
            used = self.years[-1].persons[at] >= lever.yearly[-1] - 1
            empty = lever.pool is not None and self.persons(lever.name) >= lever.pool - len(self.years)
            if used or empty:
                found.append(lever.name)
        return found


def levers(start: Start, assumed: Assumed, goal: Goal) -> tuple[Lever, ...]:
    """The four levers of a place, from its figures and what is assumed."""
    formal = max(0, start.formal - start.pu)
    informal = max(0, start.informal - start.bpu)
    vulnerable = floor(informal * assumed.vulnerable_share)
    able = informal - vulnerable
    paid = vulnerable
    if assumed.budget_rupiah is not None:
        paid = min(paid, assumed.budget_rupiah // start.apbd_rupiah)
    count = len(goal.years)

    def yearly(pool: int, share: float) -> tuple[int, ...]:
        return (floor(pool * share),) * count

    return (
        Lever("apbd", start.apbd_rupiah, 0.0, (paid,) * count, None),
        Lever("compliance", assumed.compliance_rupiah, assumed.compliance_keep, yearly(formal, assumed.compliance_most), formal),
        Lever("campaign", assumed.campaign_rupiah, assumed.campaign_keep, yearly(able, assumed.campaign_most), able),
        Lever(
            "renewal", assumed.renewal_rupiah, assumed.renewal_keep, yearly(start.lapsed, assumed.renewal_most), start.lapsed
        ),
    )  # fmt: skip


@lru_cache(maxsize=512)
def plan(start: Start, assumed: Assumed, goal: Goal) -> Plan:
    """The cheapest plan. Raises: InputError for a goal that is no share, is over already, or more than 25 years away."""
    if not 0 < goal.share <= 1:
        raise InputError(_("Sasaran harus di antara 0 dan 100 persen."), field="share")
    if not goal.first_year <= goal.year < goal.first_year + LONGEST:
        raise InputError(
            _("Tahun sasaran harus {first} sampai {last}.").format(first=goal.first_year, last=goal.first_year + LONGEST - 1),
            field="year",
        )
    made = levers(start, assumed, goal)
    workers = [start.workers * (1 + assumed.workers_growth) ** (year - start.year) for year in goal.years]
    natural = [start.active * (1 + assumed.natural_growth) ** (year - start.year) for year in goal.years]
    steps = len(goal.years)
    needed = [start.active + (goal.share * workers[-1] - start.active) * (at + 1) / steps for at in range(steps)]
    x = _solve(made, np.array(needed) - np.array(natural), float(start.workers))
    return Plan(goal, made, _years(goal, made, x, workers, natural, needed))


def _solve(made: Sequence[Lever], more: Floats, scale: float) -> list[list[float]]:
    """Persons by year and lever, in shares of `scale` while they are searched."""
    steps, kinds = len(more), len(made)
    count = steps * kinds
    wanted = np.zeros((steps, count))
    for z in range(steps):
        for y in range(z + 1):
            for at, lever in enumerate(made):
                wanted[z, y * kinds + at] = lever.keep ** (z - y)
    pools = [(at, lever.pool) for at, lever in enumerate(made) if lever.pool is not None]
    limited = np.vstack([np.eye(count), *(_of_lever(at, steps, kinds) for at, _pool in pools)])
    most = [lever.yearly[y] for y in range(steps) for lever in made] + [max(0, pool - steps) for _at, pool in pools]
    cost = np.array([lever.rupiah for _y in range(steps) for lever in made], dtype=np.float64)
    weights = np.array([1.0] * (steps - 1) + [LAST_WEIGHT])
    top = max(float(cost.max()), 1.0)
    found = cheapest(cost / top, wanted, more / scale, limited, np.array(most) / scale, weights)
    return (found.x * scale).reshape(steps, kinds).tolist()


def _of_lever(at: int, steps: int, kinds: int) -> Floats:
    row = np.zeros((1, steps * kinds))
    row[0, at::kinds] = 1
    return row


def _years(
    goal: Goal, made: Sequence[Lever], x: list[list[float]], workers: Sequence[float], natural: Sequence[float],
    needed: Sequence[float],
) -> tuple[Year, ...]:  # fmt: skip
    """Whole people, rounded up within what a year can do, and what they come to."""
    held = [0.0] * len(made)
    told = []
    for at, year in enumerate(goal.years):
        persons = tuple(min(lever.yearly[at], ceil(one - 1e-4)) for lever, one in zip(made, x[at], strict=True))
        held = [before * lever.keep + now for before, lever, now in zip(held, made, persons, strict=True)]
        had, need = natural[at] + sum(held), needed[at]
        # The search works to a billionth: a few people in a hundred million are no shortfall.
        had = need if need - 1e-7 * workers[at] - 1 <= had < need else had
        rupiah = tuple(now * lever.rupiah for lever, now in zip(made, persons, strict=True))
        told.append(Year(year, round(workers[at]), round(need), round(had), persons, rupiah))
    return tuple(told)


def next_percent(start: Start, assumed: Assumed, goal: Goal) -> int | None:
    """What one per cent of workers more would cost in all, or None where that is out of reach."""
    if goal.share + 0.01 > 1:
        return None
    here, further = plan(start, assumed, goal), plan(start, assumed, replace(goal, share=goal.share + 0.01))
    return further.rupiah - here.rupiah if further.reachable else None


@dataclass(frozen=True)
class Sensitivity:
    """The plan's cost where an assumption is a fifth lower or higher; None where the goal is then out of reach."""

    name: str
    lower: int | None
    higher: int | None


def sensitivity(start: Start, assumed: Assumed, goal: Goal) -> list[Sensitivity]:
    """Every assumption by itself, those that move the cost most first."""
    found = []
    for name in assumed.numbers():
        costs = []
        for factor in (0.8, 1.2):
            made = plan(start, assumed.times(name, factor), goal)
            costs.append(made.rupiah if made.reachable else None)
        found.append(Sensitivity(name, costs[0], costs[1]))
    middle = plan(start, assumed, goal).rupiah

    def moved(one: Sensitivity) -> float:
        return max(float("inf") if cost is None else abs(cost - middle) for cost in (one.lower, one.higher))

    return sorted(found, key=moved, reverse=True)
