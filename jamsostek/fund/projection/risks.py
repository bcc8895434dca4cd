"""JKK, JKM and JKP: contributions and benefits of each year, in rupiah of the day. Estimates: floats.

Every amount is kept with what it follows, so that an economic path moves it without the people being gone through again:
wages, sums of the law
(`sums`), prices.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from jamsostek.fund.projection.economy import Economy
from jamsostek.fund.projection.legal import Legal, T
from jamsostek.fund.projection.people import People
from jamsostek.fund.projection.rates import Rates
from jamsostek.fund.projection.supposing import FORMAL, SEGMENTS, YEARS, Floats, Supposed, tables

FOLLOWS = ("wages", "sums", "prices")
WAGES, SUMS, PRICES = range(3)
PRICE_YEAR = 2023
RISK_CLASSES = (0.38, 0.26, 0.22, 0.09, 0.05)
"""Shares of formal workers by risk class, very low to very high; assumed, as in the synthetic nation."""
SCHOOL_YEARS = 23 - 4


@dataclass
class Risk:
    """A programme of one-year risks: (year, what it follows)."""

    contributions: Floats = field(default_factory=lambda: np.zeros((T, 3)))
    government: Floats = field(default_factory=lambda: np.zeros(T))
    """Of the contributions, what the state pays; of JKP."""
    benefits: Floats = field(default_factory=lambda: np.zeros((T, 3)))
    parts: dict[str, Floats] = field(default_factory=dict)
    """Benefits by kind, (year,)."""
    costs: Floats = field(default_factory=lambda: np.zeros(T))
    members: Floats = field(default_factory=lambda: np.zeros(T))
    cases: Floats = field(default_factory=lambda: np.zeros(T))


@dataclass(frozen=True)
class Exposed:
    """Heads and monthly wages of formal workers by year, and heads of the others."""

    heads: dict[str, Floats]
    wages: dict[str, Floats]
    """Sum of monthly wages of a segment in a year (formal ones)."""
    base_jkp: Floats
    """Sum of monthly wages of JKP members up to the JKP ceiling."""
    cash_base: Floats
    """As `base_jkp`, up to the ceiling of the benefit."""
    free_jkp: Floats
    """Part of `base_jkp` below the ceiling, so that it follows wages and not the ceiling."""


def exposed(economy: Economy, law: Legal, table: Rates, people: People) -> Exposed:
    """Who is insured, and on what wage."""
    told = tables()
    mean = float(table.class_share @ table.class_wage)
    heads = {s: people.heads(s).sum(axis=(1, 2)) for s in SEGMENTS}
    ratio = {"formal_large": 1.0, "formal_small": told["wages"]["small"], "public": told["wages"]["public"]}
    wages = {s: np.einsum("tsa,sa->t", people.heads(s), table.wage_by_age) * economy.wage * ratio[s] * mean for s in FORMAL}
    share = told["programmes"]["jkp_of_formal_large"]
    large = people.heads(SEGMENTS[0])
    base, cash, free = np.zeros(T), np.zeros(T), np.zeros(T)
    for at in range(T):
        wage = economy.wage[at] * table.wage_by_age[:, :, None] * table.class_wage
        for out, top in ((base, law.jkp_ceiling[at]), (cash, law.jkp_cash_ceiling[at])):
            out[at] = (large[at] * (np.minimum(wage, top) @ table.class_share)).sum() * share
        below = np.where(wage < law.jkp_ceiling[at], wage, 0.0)
        free[at] = (large[at] * (below @ table.class_share)).sum() * share
    return Exposed(heads, wages, base, cash, free / np.maximum(base, 1e-9))


def jkp(supposed: Supposed, law: Legal, seen: Exposed) -> Risk:
    """Contributions out of the state's budget and out of JKK and JKM (PP 37/2021 Pasal 11; PP 6/2025); cash and training."""
    found = Risk()
    runs = np.array([0.0 if y < 2021 else 10 / 12 if y == 2021 else 1.0 for y in YEARS])
    collected = supposed["jkm.collected"]
    yearly = seen.base_jkp * 12 * runs
    found.government = yearly * law.jkp_government
    moved = yearly * (law.jkp_from_jkk + law.jkp_from_jkm) * collected
    found.contributions[:, WAGES] = found.government + moved
    found.members = seen.heads["formal_large"] * tables()["programmes"]["jkp_of_formal_large"] * (runs > 0)
    pays = np.array([0.0 if y < 2022 else 0.25 if y == 2022 else 1.0 for y in YEARS])
    found.cases = found.members * supposed["jkp.dismissed"] * pays
    months = np.clip(supposed["jkp.months"] - np.arange(6), 0, 1)
    cash = seen.cash_base * supposed["jkp.dismissed"] * pays * (law.jkp_cash @ months)
    training = found.cases * supposed["jkp.trained"] * law.jkp_training
    found.benefits[:, WAGES], found.benefits[:, SUMS] = cash, training
    found.parts = {"cash": cash, "training": training}
    found.costs = found.contributions.sum(axis=1) * supposed["jkp.costs"]
    return found


def jkm(supposed: Supposed, economy: Economy, law: Legal, table: Rates, people: People, seen: Exposed) -> Risk:
    """A flat sum for every death that work did not cause, and school for children (PP 44/2015 Pasal 34; PP 82/2019)."""
    found = Risk()
    collected = supposed["jkm.collected"]
    formal = np.sum([seen.wages[s] for s in FORMAL], axis=0) * law.jkm_rate * 12 * collected
    moved = seen.base_jkp * 12 * law.jkp_from_jkm * collected
    own = seen.heads["bpu"] * law.jkm_bpu_monthly * 12 * collected
    building = seen.heads["construction"] * _construction(supposed, economy) * 12 * 3.0 / 5.4
    found.contributions = np.stack([formal - moved, own, building], axis=1)
    found.members = np.sum([seen.heads[s] for s in SEGMENTS], axis=0)
    found.cases = np.sum(
        [(people.heads(s) * (table.death if s in FORMAL else table.death_informal)).sum(axis=(1, 2)) for s in SEGMENTS], axis=0
    )
    death = found.cases * law.jkm_death
    school = scholarships(supposed, law, found.cases)
    found.benefits[:, SUMS] = death + school
    found.parts = {"death": death, "scholarship": school}
    found.costs = found.contributions.sum(axis=1) * supposed["jkm.costs"]
    return found


def scholarships(supposed: Supposed, law: Legal, deaths: Floats) -> Floats:
    """Paid each year to children whose parent died in years before: a child is taken to stand evenly at any level."""
    by_level = np.concatenate([np.repeat(level, int(years)) for level, years in enumerate(law.scholarship_years)])
    found = np.zeros(T)
    begun = deaths * supposed["jkm.scholars"] / len(by_level) * (np.array(YEARS) >= 2020)
    for first in range(len(by_level)):
        for step, level in enumerate(by_level[first:], start=1):
            if step < T:
                found[step:] += begun[:-step] * law.scholarship_yearly[step:, level]
    return found


def _construction(supposed: Supposed, economy: Economy) -> Floats:
    """A month's contribution of a construction worker, in rupiah of the day."""
    prices = economy.prices
    found: Floats = supposed["jkm.construction"] * prices / prices[YEARS.index(PRICE_YEAR)]
    return found


def jkk(supposed: Supposed, economy: Economy, law: Legal, seen: Exposed) -> Risk:
    """Treatment, wages while unable to work, disability, death by accident (PP 44/2015, PP 82/2019)."""
    found = Risk()
    collected = supposed["jkm.collected"]
    rate = law.jkk_rate @ np.array(RISK_CLASSES)
    formal_wages = np.sum([seen.wages[s] for s in FORMAL], axis=0)
    moved = seen.base_jkp * 12 * law.jkp_from_jkk * collected
    own = seen.heads["bpu"] * law.jkk_bpu_monthly * 12 * collected
    building = seen.heads["construction"] * _construction(supposed, economy) * 12 * 2.4 / 5.4
    large = formal_wages - seen.wages["public"] + seen.wages["public"] * law.jkk_rate[:, 0] / rate
    found.contributions = np.stack([large * rate * 12 * collected - moved, own, building], axis=1)
    found.members = np.sum([seen.heads[s] for s in SEGMENTS], axis=0)
    formal = np.sum([seen.heads[s] for s in FORMAL], axis=0)
    accidents = {"formal": formal * supposed["jkk.accidents"]}
    accidents["other"] = (seen.heads["bpu"] + seen.heads["construction"]) * supposed["jkk.accidents_informal"]
    found.cases = accidents["formal"] + accidents["other"]
    wage = {"formal": formal_wages / np.maximum(formal, 1e-9), "other": economy.wage * tables()["wages"]["bpu"]}
    _cases(found, supposed, economy, law, accidents, wage)
    found.costs = found.contributions.sum(axis=1) * supposed["jkk.costs"]
    return found


def _cases(
    found: Risk, supposed: Supposed, economy: Economy, law: Legal, accidents: dict[str, Floats], wage: dict[str, Floats]
) -> None:
    prices = economy.prices / economy.prices[YEARS.index(PRICE_YEAR)]
    days = supposed["jkk.days"]
    weighted = np.minimum(days, law.jkk_full_days) + np.maximum(days - law.jkk_full_days, 0) / 2
    by_wage = {name: np.zeros(T) for name in ("incapacity", "partial", "total", "death")}
    by_sum = {name: np.zeros(T) for name in ("total", "death")}
    for who, number in accidents.items():
        pay = wage[who]
        by_wage["incapacity"] += number * pay * weighted / law.jkk_days_in_month
        by_wage["partial"] += number * supposed["jkk.partly_disabled"] * supposed["jkk.partial_loss"] * law.jkk_months * pay
        by_wage["total"] += number * supposed["jkk.totally_disabled"] * law.jkk_total_share * law.jkk_months * pay
        by_sum["total"] += number * supposed["jkk.totally_disabled"] * law.jkk_total_fixed
        lump = np.maximum(law.jkk_death_share * law.jkk_months * pay, law.jkk_death_minimum)
        by_wage["death"] += number * supposed["jkk.deaths"] * lump
        by_sum["death"] += number * supposed["jkk.deaths"] * law.jkk_death_fixed
    medical = np.sum(list(accidents.values()), axis=0) * supposed["jkk.medical"] * prices
    found.benefits = np.stack([sum(by_wage.values()), sum(by_sum.values()), medical], axis=1)
    found.parts = {"medical": medical, **{name: by_wage[name] + by_sum.get(name, 0.0) for name in by_wage}}
