"""Members in years to come, from the counts that were published: five ways of projecting, tried on the past, one chosen. Pure.

Counts were published at uneven moments, so every way works on years with fractions. `most` is how many could be members (people
at work); shares of it are projected as logits, so that nobody forecasts more members than workers. All results are estimates.

    last          the last count stays
    last_growth   the change of the last year goes on
    drift         the mean yearly change since the first count goes on
    logistic      the mean yearly change of the logit of the share goes on: fast in the middle, slow near everybody
    flows         join, return, lapse: d(ever)/dt = j (most - ever), d(active)/dt = j (most - ever) + r (ever - active) - l active

An interval after h years, T years of history behind it, is on the logit scale ± q · s · √(h (1 + h / T)): the error of a walk
whose slope was itself estimated. s is the root mean square of the errors made in the back-test, divided by the same root.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from jamsostek.core.text import N_

Floats = NDArray[np.float64]
LEAST_BEFORE = 3
"""Counts that an origin of the back-test needs, itself among them."""
LONGEST = 5
SURE = 1e-9


@dataclass(frozen=True)
class Past:
    """What was known at some time: counts of active members, those ever registered, and how many could be members."""

    times: Floats
    active: Floats
    ever_times: Floats
    ever: Floats
    most_times: Floats
    most_counts: Floats
    growth: float
    """Of those who could be members, a year, after their last estimate (0.01: one per cent)."""

    def until(self, time: float) -> Past:
        """Only what was known then."""
        now, then, when = (times <= time + SURE for times in (self.times, self.ever_times, self.most_times))
        known = (self.times[now], self.active[now], self.ever_times[then], self.ever[then])
        return Past(*known, self.most_times[when], self.most_counts[when], self.growth)

    def most(self, times: Floats) -> Floats:
        """How many could be members: estimates joined by straight lines, growing after the last."""
        inside = np.interp(times, self.most_times, self.most_counts)
        return np.asarray(inside * (1 + self.growth) ** np.maximum(0.0, times - self.most_times[-1]))


Way = Callable[[Past, Floats], Floats]


def _last(past: Past, at: Floats) -> Floats:
    return np.full(len(at), past.active[-1])


def _last_growth(past: Past, at: Floats) -> Floats:
    now = past.times[-1]
    before = np.interp(now - 1, past.times, past.active)
    years = min(1.0, now - past.times[0])
    return np.asarray(past.active[-1] + (past.active[-1] - before) / years * (at - now))


def _drift(past: Past, at: Floats) -> Floats:
    slope = (past.active[-1] - past.active[0]) / (past.times[-1] - past.times[0])
    return np.asarray(past.active[-1] + slope * (at - past.times[-1]))


def _logistic(past: Past, at: Floats) -> Floats:
    shares = logit(past.active / past.most(past.times))
    slope = (shares[-1] - shares[0]) / (past.times[-1] - past.times[0])
    return np.asarray(share(shares[-1] + slope * (at - past.times[-1])) * past.most(at))


@dataclass(frozen=True)
class Rates:
    """Yearly rates of the compartments: joining of those never registered, returning of the lapsed, lapsing of the active."""

    joining: float
    returning: float
    lapsing: float


def rates(past: Past) -> Rates:
    """Least squares on the changes between counts, no rate below zero.

    Net counts tell returning and lapsing apart only where lapsed and active moved differently: where they did not, one is zero.
    """
    room = past.most(past.times) - np.interp(past.times, past.ever_times, past.ever)
    lapsed = np.interp(past.times, past.ever_times, past.ever) - past.active
    years = np.diff(past.times)
    span = past.ever_times[-1] - past.ever_times[0]
    free = past.most(past.ever_times) - past.ever
    joining = max(0.0, float((past.ever[-1] - past.ever[0]) / span / free.mean())) if span > 0 else 0.0
    known = np.diff(past.active) - joining * _middles(room) * years
    sides = np.stack([_middles(lapsed) * years, -_middles(past.active) * years], axis=1)
    tries = [np.linalg.lstsq(sides, known, rcond=None)[0]]
    tries += [
        np.array([max(0.0, known @ sides[:, 0] / (sides[:, 0] @ sides[:, 0])), 0.0]),
        np.array([0.0, max(0.0, known @ sides[:, 1] / (sides[:, 1] @ sides[:, 1]))]),
    ]
    able = [one for one in tries if (one >= 0).all()]
    best = min(able, key=lambda one: float(((sides @ one - known) ** 2).sum()))
    return Rates(joining, float(best[0]), float(best[1]))


def _middles(ends: Floats) -> Floats:
    """The mean of both ends of each stretch."""
    return np.asarray((ends[1:] + ends[:-1]) / 2)


def _flows(past: Past, at: Floats) -> Floats:
    if len(past.ever) < 2:
        return _last(past, at)
    found = rates(past)
    time, active = float(past.times[-1]), float(past.active[-1])
    ever = max(active, float(np.interp(time, past.ever_times, past.ever)))
    told = []
    for until in at:
        while time < until - SURE:
            step = min(1 / 12, until - time)
            joined = found.joining * max(0.0, float(past.most(np.array(time))) - ever) * step
            active += joined + (found.returning * (ever - active) - found.lapsing * active) * step
            ever, time = ever + joined, time + step
        told.append(active)
    return np.array(told)


WAYS: Mapping[str, Way] = {
    "last": _last, "last_growth": _last_growth, "drift": _drift, "logistic": _logistic, "flows": _flows,
}  # fmt: skip
NAIVE = ("last", "last_growth")
WAY_TITLES = {
    "last": N_("Tetap seperti angka terakhir"),
    "last_growth": N_("Pertumbuhan tahun terakhir berlanjut"),
    "drift": N_("Pertumbuhan rata-rata berlanjut"),
    "logistic": N_("Kurva jenuh (logistik)"),
    "flows": N_("Arus bergabung, kembali, dan berhenti"),
}


def logit(shares: Floats) -> Floats:
    """Log odds, shares held a little inside 0 and 1."""
    held = np.clip(shares, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(held / (1 - held)))


def share(logits: Floats) -> Floats:
    """The share of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -50, 50))))


@dataclass(frozen=True)
class Try:
    """A forecast of the past: made at `origin` for `target`, beside what was counted; `scale` is its error in walks' units."""

    way: str
    origin: float
    target: float
    told: float
    counted: float
    scale: float

    @property
    def years(self) -> int:
        """Whole years ahead, at least one."""
        return max(1, round(self.target - self.origin))

    @property
    def error(self) -> float:
        """Told over counted, less one."""
        return self.told / self.counted - 1


def back_test(past: Past, *, until: float = np.inf) -> list[Try]:
    """Every way from every count but the first two, to every later count half a year to five and a half years ahead."""
    found: list[Try] = []
    for at in range(LEAST_BEFORE - 1, len(past.times) - 1):
        origin = float(past.times[at])
        known = past.until(origin)
        ahead = past.times - origin
        aims = (ahead >= 0.5) & (ahead < LONGEST + 0.5) & (past.times <= until + SURE)
        times, counted = past.times[aims], past.active[aims]
        for name, way in WAYS.items():
            told = way(known, times)
            misses = _walks(past, times, told, counted, origin, origin - float(past.times[0]))
            found += [
                Try(name, origin, float(t), float(f), float(c), float(m))
                for t, f, c, m in zip(times, told, counted, misses, strict=True)
            ]  # fmt: skip
    return found


def walk(years: Floats, history: float) -> Floats:
    """How the error of a walk grows, its slope having been estimated from `history` years."""
    return np.asarray(np.sqrt(years * (1 + years / history)))


def _walks(past: Past, times: Floats, told: Floats, counted: Floats, origin: float, history: float) -> Floats:
    most = past.most(times)
    return np.asarray((logit(told / most) - logit(counted / most)) / walk(times - origin, history))


@dataclass(frozen=True)
class Score:
    """How a way did: mean absolute error by years ahead (share of what was counted), how many tries, their mean."""

    way: str
    by_years: dict[int, float]
    tries: dict[int, int]
    mean: float
    inside_80: float
    inside_95: float


def scores(tries: Sequence[Try]) -> list[Score]:
    """The ways, the best first. Every distance counts the same, however many tries it has.

    How many counts fell inside the interval is told with the spread learned from the other origins only.
    """
    return sorted((_score(name, [one for one in tries if one.way == name]) for name in WAYS), key=lambda one: one.mean)


def _score(name: str, tries: Sequence[Try]) -> Score:
    years = sorted({one.years for one in tries})
    by_years = {ahead: float(np.mean([abs(one.error) for one in tries if one.years == ahead])) for ahead in years}
    counts = {ahead: sum(one.years == ahead for one in tries) for ahead in years}
    mean = float(np.mean(list(by_years.values()))) if by_years else float("inf")
    return Score(name, by_years, counts, mean, _inside(tries, 0.80), _inside(tries, 0.95))


def _inside(tries: Sequence[Try], level: float) -> float:
    """The share of counts inside intervals of this level, the spread taken from the tries of other origins."""
    hits = []
    for one in tries:
        others = [two.scale for two in tries if two.origin != one.origin]
        if others:
            hits.append(abs(one.scale) <= _quantile(level) * float(np.sqrt(np.mean(np.square(others)))))
    return float(np.mean(hits)) if hits else 0.0


def _quantile(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


@dataclass(frozen=True)
class Told:
    """Members expected at a time, with bounds that hold 80 and 95 of 100, if the coming errors are like those of the past."""

    time: float
    middle: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float
    most: float
    spread: float

    def chance(self, goal: float) -> float:
        """How likely at least `goal` members are, 0 to 1."""
        if goal >= self.most:
            return 0.0
        if self.spread == 0:
            return float(self.middle >= goal)
        ahead = float(logit(np.array([goal / self.most]))[0] - logit(np.array([self.middle / self.most]))[0])
        return 1 - NormalDist().cdf(ahead / self.spread)


def project(past: Past, way: str, tries: Sequence[Try], at: Sequence[float]) -> list[Told]:
    """The projection by a way, its bounds from that way's own errors in the back-test."""
    times = np.array(at, dtype=np.float64)
    spread = float(np.sqrt(np.mean([one.scale**2 for one in tries if one.way == way])))
    most = past.most(times)
    sides = spread * walk(times - past.times[-1], float(past.times[-1] - past.times[0]))
    return around(times, WAYS[way](past, times), most, sides)


def around(times: Floats, middle: Floats, most: Floats, sides: Floats) -> list[Told]:
    """A course with its bounds: `sides` is one standard deviation on the logit scale at each time."""
    held = np.clip(middle, 0, most)
    center = logit(held / most)

    def bound(level: float, sign: int) -> Floats:
        return np.asarray(share(center + sign * _quantile(level) * sides) * most)

    columns = (times, held, bound(0.80, -1), bound(0.80, 1), bound(0.95, -1), bound(0.95, 1), most, sides)
    return [Told(*(float(one) for one in row)) for row in zip(*columns, strict=True)]
