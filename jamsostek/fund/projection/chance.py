"""Thousands of economic paths over the same people: inflation, real wages and returns as correlated AR(1) shocks around what
is supposed.

Heads, ages and who is paid do not move with the economy, so a path costs a few products of small arrays. Each sum is moved
by what it follows:
wages, the JP ceiling, prices, the return. Where a ceiling or a limit holds for some people and not for others, the sum moves
by the share of it
that is free (first order, in logarithms): without shocks a path is the deterministic projection exactly; how far a shocked
one is from going through
every person again is measured by a test and told in ADR 0027.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.economy import PROGRAMMES
from jamsostek.fund.projection.legal import T
from jamsostek.fund.projection.people import S
from jamsostek.fund.projection.supposing import YEARS, Floats
from jamsostek.fund.projection.whole import AHEAD, Whole

CHUNK = 250
"""Paths gone through together; the draws of a chunk depend on the seed and its number alone."""
POINTS = (5, 25, 50, 75, 95)
SEED, PATHS = 20260701, 1000
MOST_PATHS = 50_000
LOWEST_YIELD, LOWEST_INFLATION = -0.4, -0.1


@dataclass(frozen=True)
class Chance:
    """What the paths come to: percentiles by year of the funds' assets and of JP's yearly cost, and when JP runs dry."""

    paths: int
    seed: int
    assets: dict[str, Floats]
    """By programme: (point, year) from the first projected year."""
    payg: Floats
    exhausted: Floats
    """For each path the year JP runs dry; 9999 where it does not."""
    premium: Floats
    """Percentiles of the general average premium."""


@dataclass(frozen=True)
class Shocks:
    """Deviations from what is supposed, (path, year of the whole span)."""

    inflation: Floats
    real_wage: Floats
    returns: Floats


class Cancelled(Exception):
    """Somebody asked for the run to stop."""


def shocks(whole: Whole, paths: int, seed: int, chunk: int) -> Shocks:
    """Draws of a chunk: nothing moves in the years that were."""
    say = whole.supposed
    iw, iy = say["chance.inflation_wage"], say["chance.inflation_yield"]
    matrix = np.array([[1, iw, iy], [iw, 1, 0], [iy, 0, 1]])
    lower = np.linalg.cholesky(matrix + np.eye(3) * max(0.0, 1e-9 - float(np.linalg.eigvalsh(matrix)[0])))
    drawn = np.random.default_rng([seed, chunk]).standard_normal((CHUNK, T, 3))[:paths] @ lower.T
    found = []
    for place, name in enumerate(("inflation", "wage", "yield")):
        size, memory = say[f"chance.{name}_sd"], say[f"chance.{name}_memory"]
        moved = np.zeros((len(drawn), T))
        for at in range(whole.economy.known, T):
            moved[:, at] = memory * moved[:, at - 1] + size * drawn[:, at, place]
        found.append(moved)
    return Shocks(*found)


def chance(whole: Whole, paths: int = PATHS, seed: int = SEED, tell: Callable[[int], None] | None = None) -> Chance:
    """Goes through `paths` paths, a chunk at a time; `tell` hears how many are done and may raise `Cancelled`."""
    years = T - AHEAD
    assets = {p: np.zeros((paths, years), dtype=np.float32) for p in PROGRAMMES}
    payg = np.zeros((paths, years), dtype=np.float32)
    dry, premium = np.zeros(paths, dtype=np.int64), np.zeros(paths)
    base = _Base(whole)
    for number, first in enumerate(range(0, paths, CHUNK)):
        last = min(first + CHUNK, paths)
        found = base.follow(shocks(whole, last - first, seed, number))
        for p in PROGRAMMES:
            assets[p][first:last] = found[p]
        payg[first:last], premium[first:last] = found["payg"], found["premium"]
        gone = found["jp"] < 0
        dry[first:last] = np.where(gone.any(axis=1), YEARS[AHEAD] + gone.argmax(axis=1), 9999)
        if tell:
            tell(last)
    return Chance(
        paths, seed, {p: np.percentile(assets[p], POINTS, axis=0) for p in PROGRAMMES}, np.percentile(payg, POINTS, axis=0),
        dry.astype(np.float64), np.percentile(premium, POINTS),
    )  # fmt: skip


class _Base:
    """The deterministic run taken apart into what moves."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        old = whole.pension
        self.free = np.where(old.new > 0, old.new_free / np.maximum(old.new, 1e-9), 1.0)
        self.careers = _careers(old.new_service)
        self.sums = _careers(old.sums_service)

    def follow(self, moved: Shocks) -> dict[str, Floats]:
        """Assets of each programme by (path, year ahead), with JP's yearly cost and premium."""
        path = self.whole.economy
        inflation = np.maximum(path.inflation + moved.inflation, LOWEST_INFLATION)
        prices = _ratio(inflation, path.inflation)
        real = np.maximum(1 + moved.real_wage / (1 + self.whole.supposed["economy.real_wage"]), 0.5)
        wages = prices * _level(real)
        gdp = _level(np.maximum(1 + moved.real_wage / (1 + path.gdp), 0.5))
        follow = self.whole.supposed["law.sums_follow"]
        law_sums = _before(_ratio(inflation * follow, path.inflation * follow))
        yields = {p: np.maximum(path.yields[p] + moved.returns, LOWEST_YIELD) for p in PROGRAMMES}
        found = self._pension(inflation, prices, wages, _before(gdp), yields["jp"])
        found["jht"] = self._savings(wages, yields["jht"])
        for p in ("jkk", "jkm", "jkp"):
            found[p] = self._risk(p, wages, law_sums, prices, yields[p])
        return found

    def _pension(self, inflation: Floats, prices: Floats, wages: Floats, ceiling: Floats, yields: Floats) -> dict[str, Floats]:
        whole, old, path = self.whole, self.whole.pension, self.whole.economy
        earned = wages**old.uncapped_share * ceiling ** (1 - old.uncapped_share)
        limits = _before(prices)
        record = ((earned / limits) @ self.careers.T) * limits
        record[:, self.careers.sum(axis=1) == 0] = 1.0
        new = old.new * record**self.free * limits ** (1 - self.free)
        grown = _level((1 + yields) / (1 + path.yields["jp"]))
        half = (1 + yields / 2) / (1 + path.yields["jp"] / 2)
        due: Floats = old.due * ((earned * half / grown) @ self.sums.T) * _before(grown)
        contributions = old.contributions * earned
        costs = contributions * whole.supposed["jp.costs"]
        monthly, waiting = np.zeros(len(wages)), np.zeros(len(wages))
        monthly += old.pensions[AHEAD - 1].sum() / 12
        waiting += old.waiting[AHEAD - 1]
        held = np.full(len(wages), whole.funds["jp"].assets[AHEAD - 1])
        assets, outgo = np.zeros((len(wages), T - AHEAD)), np.zeros((len(wages), T - AHEAD))
        for at in range(AHEAD, T):
            monthly = monthly * old.kept[at] * (1 + inflation[:, at - 1]) + new[:, at]
            all_due = due[:, at] + waiting
            paid = all_due * whole.supposed["jp.claimed"]
            waiting = (all_due - paid) * (1 + yields[:, at])
            outgo[:, at - AHEAD] = monthly * 12 + paid + costs[:, at]
            net = contributions[:, at] - outgo[:, at - AHEAD]
            held = held * (1 + yields[:, at]) + net * (1 + yields[:, at] / 2)
            assets[:, at - AHEAD] = held
        earnings = (old.earnings * earned)[:, AHEAD:]
        value = (1 + yields[:, AHEAD:] / 2) / np.cumprod(1 + yields[:, AHEAD:], axis=1)
        premium = ((outgo * value).sum(axis=1) - whole.funds["jp"].assets[AHEAD - 1]) / (earnings * value).sum(axis=1)
        return {"jp": assets, "payg": outgo / earnings, "premium": premium}

    def _savings(self, wages: Floats, yields: Floats) -> Floats:
        whole, saved = self.whole, self.whole.savings
        rate = np.maximum(yields * whole.supposed["jht.credited"], whole.supposed["economy.deposit"])
        known = ~np.isnan(whole.law.jht_declared)
        rate[:, known] = whole.law.jht_declared[known]
        balance = np.full(len(wages), saved.balances[AHEAD - 1])
        held = np.full(len(wages), whole.funds["jht"].assets[AHEAD - 1])
        found = np.zeros((len(wages), T - AHEAD))
        for at in range(AHEAD, T):
            come = saved.contributions[at] * wages[:, at]
            full = balance * (1 + rate[:, at]) + come * (1 + rate[:, at] / 2)
            paid = full * saved.out[at]
            balance = full - paid
            net = come * (1 - whole.supposed["jht.costs"]) - paid
            held = held * (1 + yields[:, at]) + net * (1 + yields[:, at] / 2)
            found[:, at - AHEAD] = held
        return found

    def _risk(self, programme: str, wages: Floats, sums: Floats, prices: Floats, yields: Floats) -> Floats:
        risk = self.whole.risks[programme]
        follows = [wages, sums, prices]
        if programme == "jkp":
            share = self.whole.seen.free_jkp
            follows[0] = wages**share * sums ** (1 - share)
        moved = np.stack(follows, axis=2)
        come, paid = (moved * risk.contributions).sum(axis=2), (moved * risk.benefits).sum(axis=2)
        net = come * (1 - self.whole.supposed[f"{programme}.costs"]) - paid
        held = np.full(len(wages), self.whole.funds[programme].assets[AHEAD - 1])
        found = np.zeros((len(wages), T - AHEAD))
        for at in range(AHEAD, T):
            held = held * (1 + yields[:, at]) + net[:, at] * (1 + yields[:, at] / 2)
            found[:, at - AHEAD] = held
        return found


def _ratio(rate: Floats, base: Floats) -> Floats:
    """Level of a path over that of what is supposed, at the end of each year."""
    return _level((1 + rate) / (1 + base))


def _level(growth: Floats) -> Floats:
    return np.asarray(np.cumprod(growth, axis=1), dtype=np.float64)


def _before(level: Floats) -> Floats:
    """The level at the end of the year before."""
    return np.concatenate([np.ones((len(level), 1)), level[:, :-1]], axis=1)


def _careers(by_service: Floats) -> Floats:
    """(year of award, year of wages): weights that add to 1, service taken to end with the year before the award."""
    found = np.zeros((T, T))
    whole = np.asarray(by_service.sum(axis=1), dtype=np.float64)
    for at in range(1, T):
        if whole[at] <= 0:
            found[at, at - 1] = 1.0
            continue
        for years in range(1, min(S, at + 1)):
            share = by_service[at, years - 1] / whole[at]
            if share > 0:
                found[at, max(at - years, 0) : at] += share / years
        found[at] /= found[at].sum()
    return found
