"""JHT: balances of members at work and of those who left, what comes in, what is credited, what is taken out. Estimates: floats.

A year goes so: contributions come through the year and earn half a year; the credited rate is added; at the end some die,
are disabled,
turn 56 (UU 40/2004 Pasal 37) or leave and take their money, at once or later; a little is taken in part before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from jamsostek.fund.projection.economy import Economy
from jamsostek.fund.projection.legal import Legal, T
from jamsostek.fund.projection.people import People
from jamsostek.fund.projection.rates import WORK_AGES, A, Rates
from jamsostek.fund.projection.supposing import FIRST, SEGMENTS, YEARS, Floats, Supposed, tables

SAVERS = ("formal_large", "formal_small", "bpu")
REASONS = ("age", "death", "disability", "left", "later", "partial")
LARGE = SEGMENTS[0]


@dataclass
class Savings:
    """Rupiah of each year; balances at its end."""

    contributions: Floats = field(default_factory=lambda: np.zeros(T))
    credited: Floats = field(default_factory=lambda: np.zeros(T))
    rate: Floats = field(default_factory=lambda: np.zeros(T))
    """The rate that is credited."""
    paid: Floats = field(default_factory=lambda: np.zeros((T, len(REASONS))))
    balances: Floats = field(default_factory=lambda: np.zeros(T))
    inactive: Floats = field(default_factory=lambda: np.zeros(T))
    """Part of the balances that belongs to who left."""
    costs: Floats = field(default_factory=lambda: np.zeros(T))
    members: Floats = field(default_factory=lambda: np.zeros(T))
    out: Floats = field(default_factory=lambda: np.zeros(T))
    """Part of the balances, credited return and contributions with them, that is paid."""

    @property
    def benefits(self) -> Floats:
        """All that is taken out."""
        found: Floats = self.paid.sum(axis=1)
        return found


def credited(supposed: Supposed, economy: Economy, law: Legal) -> Floats:
    """The declared rate where the law's data name one; else a share of the return, never below the deposit rate (Pasal 26 PP
    46/2015)."""
    ours = np.maximum(economy.yields["jht"] * supposed["jht.credited"], supposed["economy.deposit"])
    return np.where(np.isnan(law.jht_declared), ours, law.jht_declared)


def contributions(supposed: Supposed, economy: Economy, law: Legal, table: Rates, people: People, at: int) -> dict[str, Floats]:
    """Of a year, by segment: (sex, age)."""
    told = tables()
    wage = economy.wage[at] * table.wage_by_age * float(table.class_share @ table.class_wage)
    each = law.jht_rate[at] * 12 * supposed["jht.collected"]
    bpu = law.jht_bpu_monthly[at] * 12 * supposed["jht.collected"] * told["programmes"]["jht_of_bpu"]
    return {
        LARGE: people.heads(LARGE)[at] * wage * each,
        "formal_small": people.others["formal_small"][at] * wage * told["wages"]["small"] * each,
        "bpu": people.others["bpu"][at] * bpu,
    }


def savings(
    supposed: Supposed, economy: Economy, law: Legal, table: Rates, people: People, start: float | None = None
) -> Savings:
    """Every year of JHT; `start` are the balances to begin with, of active members spread by age (None: the nation's)."""
    found = Savings()
    found.rate = credited(supposed, economy, law)
    active, away = _begin(people, start)
    for at in range(T):
        come = contributions(supposed, economy, law, table, people, at)
        rate = found.rate[at]
        found.contributions[at] = sum(one.sum() for one in come.values())
        found.costs[at] = found.contributions[at] * supposed["jht.costs"]
        found.members[at] = people.heads(LARGE)[at].sum() + people.others["formal_small"][at].sum()
        found.members[at] += people.others["bpu"][at].sum() * tables()["programmes"]["jht_of_bpu"]
        before = sum(one.sum() for one in active.values()) + away.sum()
        held = {s: active[s] * (1 + rate) + come[s] * (1 + rate / 2) for s in SAVERS}
        away = away * (1 + rate)
        found.credited[at] = sum(one.sum() for one in held.values()) + away.sum() - before - found.contributions[at]
        whole = sum(one.sum() for one in held.values()) + away.sum()
        active, away = _year_end(found, supposed, law, table, people, held, away, at)
        found.out[at] = found.paid[at].sum() / max(whole, 1e-9)
        found.balances[at] = sum(one.sum() for one in active.values()) + away.sum()
        found.inactive[at] = away.sum()
    return found


def _begin(people: People, start: float | None) -> tuple[dict[str, Floats], Floats]:
    """Older members have saved longer: balances go as heads times years since 18; a tenth belongs to who left."""
    told = tables()["assets"]
    whole = told["start"]["jht"] * 1e9 / told["jht_members_share"] if start is None else start
    weight = people.heads(LARGE)[0] * np.maximum(WORK_AGES - 18, 0)
    share = weight / max(weight.sum(), 1e-9)
    left = 0.1 if start is None else 0.0
    active = {s: np.zeros((2, A)) for s in SAVERS}
    active[LARGE] = share * whole * (1 - left)
    return active, share * whole * left


def _year_end(
    found: Savings, supposed: Supposed, law: Legal, table: Rates, people: People, held: dict[str, Floats], away: Floats, at: int
) -> tuple[dict[str, Floats], Floats]:
    of_age = (law.jht_age <= WORK_AGES + 1).astype(np.float64)
    extra = people.extra[at + 1] if at + 1 < T else 0.0
    paid = found.paid[at]
    left_over = np.zeros((2, A))
    after: dict[str, Floats] = {}
    for segment, money in held.items():
        death = (table.death_informal if segment == "bpu" else table.death)[at]
        disabled = table.disability[at]
        leave = np.minimum(table.leave + (extra if segment == LARGE else 0.0), 1.0)
        paid[1] += (money * death).sum()
        money = money * (1 - death)
        paid[2] += (money * disabled).sum()
        money = money * (1 - disabled)
        paid[0] += (money * of_age).sum()
        money = money * (1 - of_age)
        gone = money * leave
        paid[3] += (gone * supposed["jht.cash_out"]).sum()
        left_over += gone * (1 - supposed["jht.cash_out"])
        stays = money * (1 - leave)
        paid[5] += (stays * supposed["jht.partial"]).sum()
        after[segment] = _aged(stays * (1 - supposed["jht.partial"]))
    paid[1] += (away * table.death[at]).sum()
    away = away * (1 - table.death[at])
    paid[0] += (away * of_age).sum()
    away = away * (1 - of_age)
    paid[4] += (away * supposed["jht.later"]).sum()
    return after, _aged(away * (1 - supposed["jht.later"]) + left_over)


def _aged(money: Floats) -> Floats:
    found = np.zeros_like(money)
    found[:, 1:] = money[:, :-1]
    return found


assert YEARS[0] == FIRST
