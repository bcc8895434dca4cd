"""The whole scheme in one run: people, five programmes, funds, and the measures an actuary signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.economy import PROGRAMMES, Economy, economy
from jamsostek.fund.projection.legal import Legal, T, legal
from jamsostek.fund.projection.pension import Pension, pension
from jamsostek.fund.projection.people import People, Start, nation, people
from jamsostek.fund.projection.rates import Rates, rates
from jamsostek.fund.projection.risks import Exposed, Risk, exposed, jkk, jkm, jkp
from jamsostek.fund.projection.savings import Savings, savings
from jamsostek.fund.projection.supposing import FIRST, LAST, YEARS, Floats, Supposed, tables

KNOWN = 2023
"""The year at whose end the funds are as published (`assets.known_year` of the tables); the projection begins after it."""
AHEAD = KNOWN + 1 - FIRST


@dataclass(frozen=True)
class Fund:
    """A programme's money, (year,): assets at the year's end, negative after they are gone; before 2024 as the model goes by
    itself."""

    contributions: Floats
    benefits: Floats
    costs: Floats
    returns: Floats
    assets: Floats
    modelled: Floats
    """Assets at the end of the years behind, as the model comes to them from 2015 on its own."""
    exhausted: int | None
    """The first year whose end finds less than nothing."""


@dataclass(frozen=True)
class Measures:
    """What is said of JP over the years from the base to 2100; shares of earnings."""

    average_premium: float
    """The level rate that pays for everything to 2100 with the assets of today."""
    contribution_rate: float
    """What the law's rate brings, likewise levelled."""
    balance: float
    """Contribution rate less average premium."""
    payg: Floats
    """Outgo of each year over its earnings."""


@dataclass(frozen=True)
class Whole:
    """Everything a run comes to."""

    supposed: Supposed
    economy: Economy
    law: Legal
    people: People
    pension: Pension
    savings: Savings
    risks: Mapping[str, Risk]
    seen: Exposed
    funds: Mapping[str, Fund]
    measures: Measures

    @property
    def exhausted(self) -> int | None:
        """The year JP runs dry."""
        return self.funds["jp"].exhausted


def project(
    supposed: Supposed | None = None, *, start: Start | None = None, assets: Mapping[str, float] | None = None,
    heads: tuple[Rates, People] | None = None, balances: float | None = None, old: Pension | None = None,
) -> Whole:  # fmt: skip
    """The deterministic projection to 2100.

    `start` begins with other people than the nation, `assets` with other funds at the end of the base year, `balances` with
    other JHT balances at the very beginning. `heads` are those of an earlier run with the same figures of people, `old` the JP of
    one with the same figures of JP.
    """
    supposed = supposed or Supposed()
    path = economy(supposed)
    law = legal(supposed, path)
    table = rates(supposed)
    crowd = heads[1] if heads else people(start or nation(supposed), table)
    old = old or pension(supposed, path, law, table, crowd)
    saved = savings(supposed, path, law, table, crowd, balances)
    seen = exposed(path, law, table, crowd)
    risks = {
        "jkk": jkk(supposed, path, law, seen),
        "jkm": jkm(supposed, path, law, table, crowd, seen),
        "jkp": jkp(supposed, law, seen),
    }
    flows = {"jp": (old.contributions, old.benefits, old.costs), "jht": (saved.contributions, saved.benefits, saved.costs)}
    flows |= {p: (r.contributions.sum(axis=1), r.benefits.sum(axis=1), r.costs) for p, r in risks.items()}
    funds = {p: _fund(p, *flows[p], path.yields[p], assets) for p in PROGRAMMES}
    return Whole(supposed, path, law, crowd, old, saved, risks, seen, funds, measures(old, funds["jp"], path))


def _fund(
    programme: str, income: Floats, benefits: Floats, costs: Floats, yields: Floats, assets: Mapping[str, float] | None
) -> Fund:
    told = tables()["assets"]
    now = told["start"][programme] * 1e9 if assets is None else 0.0
    capital = told["capital"].get(programme, {}) if assets is None else {}
    base = (assets or {p: value * 1e9 for p, value in told["known"].items()})[programme]
    held, modelled, returns = np.zeros(T), np.zeros(T), np.zeros(T)
    for at, year in enumerate(YEARS):
        come = income[at] - benefits[at] - costs[at] + capital.get(year, 0) * 1e9
        returns[at] = now * yields[at] + come * yields[at] / 2
        now = now + come + returns[at]
        modelled[at] = now
        if at == AHEAD - 1:
            now = base
        held[at] = now
    gone = np.flatnonzero(held[AHEAD:] < 0)
    return Fund(income, benefits, costs, returns, held, modelled, int(YEARS[AHEAD + gone[0]]) if len(gone) else None)


def discounts(yields: Floats) -> Floats:
    """Value at the end of the base year of a rupiah that flows through each year after it."""
    ahead = yields[AHEAD:]
    return (1 + ahead / 2) / np.cumprod(1 + ahead)


def measures(old: Pension, fund: Fund, path: Economy) -> Measures:
    """Levelled over 2024 to 2100, discounted at the return of the fund."""
    value = discounts(path.yields["jp"])
    earnings = float((old.earnings[AHEAD:] * value).sum())
    outgo = float((old.outgo[AHEAD:] * value).sum())
    income = float((old.contributions[AHEAD:] * value).sum())
    base = float(fund.assets[AHEAD - 1])
    premium, rate = (outgo - base) / max(earnings, 1e-9), income / max(earnings, 1e-9)
    return Measures(premium, rate, rate - premium, old.outgo / np.maximum(old.earnings, 1e-9))


assert YEARS[-1] == LAST
