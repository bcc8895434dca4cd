"""Monthly flows of a registry and what follows from them: who joins, lapses and returns, by segment or payer. Pure.

From stocks of every month (active, ever) and two flows (joined, returned) comes the third, by the identity that must hold:

    lapsed flow = active before + joined + returned - active now

Rates: lapsing of the active a month before, returning of the lapsed a month before; joining is told as persons a month. A month
of the year has its own mean once it was seen twice, so that budgets paid from January to December show their cliff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.core.text import _

Floats = NDArray[np.float64]
LEAST_MONTHS = 6
SEED = 45
"""Of the redrawing of months; part of the result, so that it comes out the same again."""
DRAWS = 400


@dataclass(frozen=True)
class Flows:
    """Months YYYYMM without holes, and persons: `active` and `ever` at their ends, `joined` and `returned` within them."""

    months: tuple[int, ...]
    active: Floats
    ever: Floats
    joined: Floats
    returned: Floats

    @property
    def lapsed(self) -> Floats:
        """Who stopped within each month but the first."""
        return np.asarray(self.active[:-1] + self.joined[1:] + self.returned[1:] - self.active[1:])


def flows(
    months: Sequence[int], active: Sequence[float], ever: Sequence[float], joined: Sequence[float], returned: Sequence[float]
) -> Flows:
    """The flows checked: months in a row, as many figures as months, no fewer ever than active. Raises: InputError."""
    arrays = [np.asarray(one, dtype=np.float64) for one in (active, ever, joined, returned)]
    if any(len(one) != len(months) for one in arrays):
        raise InputError(_("Jumlah angka tidak sama dengan jumlah bulan."), field="months")
    if any(add_months(one, 1) != two for one, two in pairwise(months)):
        raise InputError(_("Bulan harus berurutan tanpa celah."), field="months")
    if (arrays[0] > arrays[1]).any() or any((one < 0).any() for one in arrays):
        raise InputError(_("Yang aktif tidak boleh lebih banyak daripada yang pernah terdaftar."), field="ever")
    return Flows(tuple(months), *arrays)


@dataclass(frozen=True)
class Monthly:
    """Means by month of the year, of shape (12,), and over all months: what a projection runs on."""

    joining: Floats
    lapsing: Floats
    returning: Floats
    own_months: tuple[int, ...]
    """Months of the year with a mean of their own."""


def monthly(past: Flows) -> Monthly:
    """The rates of what was seen. Raises: InputError with fewer than six months."""
    if len(past.months) <= LEAST_MONTHS:
        raise InputError(_("Perlu lebih dari enam bulan untuk menaksir arus."), field="months")
    return _monthly(_seen(past), np.arange(len(past.months) - 1))


def _seen(past: Flows) -> tuple[NDArray[np.int64], Floats]:
    """The month of the year of each change, and (joined, lapsing rate, returning rate) of shape (changes, 3)."""
    out, back = past.active[:-1], past.ever[:-1] - past.active[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        lapsing = np.where(out > 0, np.clip(past.lapsed, 0, None) / out, 0.0)
        returning = np.where(back > 0, past.returned[1:] / back, 0.0)
    return np.array(past.months[1:]) % 100, np.stack([past.joined[1:], lapsing, np.minimum(returning, 1.0)], axis=1)


def _monthly(seen: tuple[NDArray[np.int64], Floats], picked: NDArray[np.int64]) -> Monthly:
    calendar, values = seen[0][picked], seen[1][picked]
    means = np.tile(values.mean(axis=0), (12, 1))
    own = [month for month in range(1, 13) if (seen[0] == month).sum() >= 2 and (calendar == month).any()]
    for month in own:
        means[month - 1] = values[calendar == month].mean(axis=0)
    return Monthly(means[:, 0], means[:, 1], means[:, 2], tuple(own))


@dataclass(frozen=True)
class Course:
    """A projection month by month: the middle, and bounds that hold 80 of 100 redrawn pasts."""

    months: tuple[int, ...]
    middle: Floats
    low: Floats
    high: Floats


def course(past: Flows, ahead: int, *, draws: int = DRAWS, seed: int = SEED) -> Course:
    """`ahead` months on, from the last stocks. Bounds: the changes seen are drawn again with return, within each month of the
    year where it has its own mean. Raises: InputError as `monthly`."""
    found = monthly(past)
    months = tuple(add_months(past.months[-1], step) for step in range(1, ahead + 1))
    seen = _seen(past)
    rng = np.random.default_rng(seed)
    runs = np.stack([run(past, _monthly(seen, _draw(seen[0], found.own_months, rng)), months) for _one in range(draws)])
    low, high = np.quantile(runs, (0.1, 0.9), axis=0)
    middle = run(past, found, months)
    return Course(months, middle, np.minimum(low, middle), np.maximum(high, middle))


def _draw(calendar: NDArray[np.int64], own: Sequence[int], rng: np.random.Generator) -> NDArray[np.int64]:
    others = np.flatnonzero(~np.isin(calendar, own))
    groups = [np.flatnonzero(calendar == month) for month in own] + ([others] if len(others) else [])
    return np.concatenate([rng.choice(group, len(group)) for group in groups])


def run(past: Flows, rates: Monthly, months: Sequence[int]) -> Floats:
    """The active at the end of each coming month, where the rates stay as they are."""
    active, ever = float(past.active[-1]), float(past.ever[-1])
    told = []
    for month in months:
        at = month % 100 - 1
        joined, lapsed = rates.joining[at], rates.lapsing[at] * active
        active, ever = active + joined + rates.returning[at] * (ever - active) - lapsed, ever + joined
        told.append(active)
    return np.array(told)


@dataclass(frozen=True)
class Error:
    """How the flows did `ahead` months on from earlier months, beside carrying the last count on; mean shares of the count."""

    ahead: int
    tries: int
    flows: float
    last: float


def back_test(past: Flows, distances: Sequence[int] = (1, 3, 6, 12)) -> list[Error]:
    """From every month with enough before it; distances nothing was seen for are left out."""
    found = []
    for ahead in distances:
        told, last = [], []
        for at in range(LEAST_MONTHS, len(past.months) - ahead):
            known = Flows(past.months[: at + 1], *(one[: at + 1] for one in (past.active, past.ever, past.joined, past.returned)))
            counted = past.active[at + ahead]
            if counted > 0:
                months = [add_months(known.months[-1], step) for step in range(1, ahead + 1)]
                told.append(abs(run(known, monthly(known), months)[-1] / counted - 1))
                last.append(abs(known.active[-1] / counted - 1))
        if told:
            found.append(Error(ahead, len(told), float(np.mean(told)), float(np.mean(last))))
    return found
