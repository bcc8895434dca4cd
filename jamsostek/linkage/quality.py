"""How precise a linkage is when nobody knows the truth: people are asked about a sample (`recall` hides NIKs for the other half).

The model's own probabilities are too sure of themselves and are never shown as accuracy. Asking is by weight bands: few pairs
where all is clear, many where it is not. A clerk who errs in two of a hundred makes a good linkage look worse than it is:
answers count only where two people agree, or a third decided.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BANDS = (-math.inf, -1.0, 2.0, 4.5, 6.6, 10.0, 15.0, 25.0, math.inf)
"""Bits: a band is from one to below the next."""


@dataclass(frozen=True)
class Band:
    """Best pairs of a range of weights: how many there are, how many people judged, how many of those they called one person."""

    least: float
    pairs: int
    judged: int
    right: int


@dataclass(frozen=True)
class Estimate:
    """A share with its uncertainty: `low` and `high` hold the truth in nineteen of twenty samples."""

    value: float
    low: float
    high: float


def band_of(weight: float) -> int:
    """The place of a weight in `BANDS`."""
    return int(np.searchsorted(BANDS, weight, side="right")) - 1


def sample(weights: Mapping[int, float], count: int, seed: int) -> list[int]:
    """Rows to be judged, about as many of each band, drawn at random: `weights` is the best weight of each row."""
    rng = np.random.default_rng(seed)
    by_band: dict[int, list[int]] = {}
    for row, weight in weights.items():
        by_band.setdefault(band_of(weight), []).append(row)
    share = max(1, count // max(1, len(by_band)))
    drawn = [rng.permutation(sorted(rows))[:share] for _band, rows in sorted(by_band.items())]
    return [int(row) for rows in drawn for row in rows]


def precision(bands: Sequence[Band]) -> Estimate | None:
    """How many of the pairs of these bands are one person; None while a band with pairs has no judgement."""
    used = [band for band in bands if band.pairs]
    if not used or any(not band.judged for band in used):
        return None
    total = sum(band.pairs for band in used)
    value = sum(band.pairs * band.right / band.judged for band in used) / total
    # A band of which all were right is not certain: one in so many more could have been wrong.
    shares = [(band.right + 1) / (band.judged + 2) for band in used]
    variance = sum(
        (band.pairs / total) ** 2 * share * (1 - share) / (band.judged + 3) for band, share in zip(used, shares, strict=True)
    )
    spread = 1.96 * math.sqrt(variance)
    return Estimate(value, max(0.0, value - spread), min(1.0, value + spread))


def least_weight(bands: Sequence[Band], wanted: float) -> float | None:
    """The lowest band from which on the estimated precision is as wanted; None where it never is or nothing was judged."""
    ordered = sorted(bands, key=lambda band: band.least)
    for place, band in enumerate(ordered):
        told = precision(ordered[place:])
        if told is not None and told.value >= wanted:
            return band.least
    return None


def summary(decided: pa.Table) -> dict[str, int]:
    """How many records had each outcome: of what `decide` gives, or `hashed.link_codes`."""
    return {one["values"]: one["counts"] for one in pc.value_counts(decided["outcome"]).to_pylist()}
