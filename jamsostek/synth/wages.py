"""Wages by table: uniform random bits in, multiples of the minimum wage (parts per million) out, integers all the way.

A model's quantiles are tabled once and rounded to whole ppm, so that the same seed gives the same rupiah on every
machine; between two quantiles the line is straight. The highest 1/4096 has a table of its own, for the Pareto tail.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

import numpy as np

from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, PPM, Int64Array
from jamsostek.synth.assumptions import WAGE_MODELS, WageModel

BINS = 4_096
_WIDTH = BINS + 1
_NORMAL = NormalDist()


def quantile_ppm(model: WageModel, share: float) -> int:
    """The multiple of the minimum wage, in ppm, that `share` (0 to 1) of the people do not exceed."""
    below, at_or_below = model.below_4096 / BINS, (model.below_4096 + model.at_4096) / BINS
    if share < below:
        return min(PPM - 1, int(PPM * (model.floor + (1 - model.floor) * math.sqrt(share / below))))
    if share < at_or_below:
        return PPM
    base = model.floor if model.free else 1.0
    excess = _excess((share - at_or_below) / (1 - at_or_below), model, base)
    return int(PPM * (base + excess))


def _excess(share: float, model: WageModel, base: float) -> float:
    """The log-normal body; beyond 1 - tail the Pareto number that joins it there."""
    body = min(share, 1 - model.tail)
    if body <= 0:
        return 0.0
    value = (model.median - base) * math.exp(model.sigma * _NORMAL.inv_cdf(body))
    return value if share <= body else (base + value) * (model.tail / (1 - share)) ** (1 / model.alpha) - base


@cache
def _tables_of(number: int) -> tuple[Int64Array, Int64Array]:
    """Quantiles of one model: whole range in 1/4096, and the highest 1/4096 in as many parts again."""
    model = WAGE_MODELS[number]
    whole = [quantile_ppm(model, min(i, BINS - 0.5) / BINS) for i in range(_WIDTH)]
    top = [quantile_ppm(model, 1 - (1 - min(i, BINS - 1 / 16) / BINS) / BINS) for i in range(_WIDTH)]
    return np.array(whole, dtype=np.int64), np.array(top, dtype=np.int64)


@cache
def tables() -> tuple[Int64Array, Int64Array]:
    """Quantiles of every model, flat, one after another."""
    found = [_tables_of(number) for number in range(len(WAGE_MODELS))]
    return np.concatenate([whole for whole, _top in found]), np.concatenate([top for _whole, top in found])


def wages(model: Int64Array, bits: Int64Array, minimum_rupiah: int) -> Int64Array:
    """Monthly wages in whole rupiah from model numbers and 32 random bits each; below 10^11, same shape."""
    return _drawn(*tables(), model * _WIDTH, bits, minimum_rupiah)


def wages_of(model: int, bits: Int64Array, minimum_rupiah: int) -> Int64Array:
    """The same where all have one model; the others are not tabled for it."""
    return _drawn(*_tables_of(model), np.zeros_like(bits), bits, minimum_rupiah)


def _drawn(whole: Int64Array, top: Int64Array, start: Int64Array, bits: Int64Array, minimum_rupiah: int) -> Int64Array:
    place, rest = bits >> 20, bits & 0xFFFFF
    at = start + place
    low = whole[at]
    ppm = low + ((whole[at + 1] - low) * rest >> 20)
    highest = np.flatnonzero(place == BINS - 1)
    at, rest = start[highest] + (rest[highest] >> 8), rest[highest] & 0xFF
    ppm[highest] = top[at] + ((top[at + 1] - top[at]) * rest >> 8)
    return np.asarray(np.minimum(ppm * minimum_rupiah // PPM, MAX_MONTHLY_RUPIAH - 1))
