"""Monthly rates of joining, lapsing and returning, each with an interval that holds 80 of 100. Pure.

Months together: all who did it over all who could have (person-months). The interval is the wider of two: Wilson's, which is the
chance of so many people each deciding alone, and that of months drawn again with return, since whole budgets and firms leave in
one month; of fewer than six months the lowest and highest that was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL = 0.80
FEW_MONTHS = 6
DRAWS, SEED = 400, 45
HIDDEN_MOST = 9.0
"""A count that is not told to everybody is at most this."""


@dataclass(frozen=True)
class Rate:
    """A share a month; `middle` is None where those who did it are too few to tell, and `high` is then all that can be said."""

    middle: float | None
    low: float
    high: float
    months: int


def rate(events: int | None, by_month: Sequence[float | None], exposed: Sequence[float]) -> Rate | None:
    """The rate of months together; None where nobody could have done it.

    `events` are those of all months in one count, `by_month` those of each as told (None: under ten), `exposed` who could have.
    """
    could = np.asarray(exposed, dtype=np.float64)
    whole = float(could.sum())
    if whole <= 0:
        return None
    if events is None:
        return Rate(None, 0.0, wilson(HIDDEN_MOST, whole)[1], len(could))
    low, high = wilson(events, whole)
    least, most = _between(filled(events, by_month), could)
    return Rate(min(events / whole, 1.0), max(0.0, min(low, least)), min(1.0, max(high, most)), len(could))


def wilson(events: float, exposed: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval of a share."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = min(events / exposed, 1.0)
    middle = (share + z * z / (2 * exposed)) / (1 + z * z / exposed)
    half = z / (1 + z * z / exposed) * float(np.sqrt(share * (1 - share) / exposed + z * z / (4 * exposed * exposed)))
    return middle - half, middle + half


def filled(events: float, by_month: Sequence[float | None]) -> Floats:
    """Flows month by month: what was not told of single months is what is left of all, spread alike, at most nine each."""
    hidden = [one is None for one in by_month]
    told = np.array([0.0 if one is None else one for one in by_month])
    if any(hidden):
        told[hidden] = np.clip((events - told.sum()) / sum(hidden), 0.0, HIDDEN_MOST)
    return told


def _between(events: Floats, exposed: Floats) -> tuple[float, float]:
    could = exposed > 0
    events, exposed = events[could], exposed[could]
    if len(events) < FEW_MONTHS:
        seen = events / exposed
        return float(seen.min()), float(seen.max())
    drawn = np.random.default_rng(SEED).integers(0, len(events), (DRAWS, len(events)))
    shares = events[drawn].sum(axis=1) / exposed[drawn].sum(axis=1)
    low, high = np.quantile(shares, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
