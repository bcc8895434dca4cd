"""Measures made comparable: each criterion from 0 to a million, more is better.

min_max     the share of the way from the worst to the best competitor
z           50 + 10 standard deviations from the mean, of 100, cut at 0 and 100 (McCall's T); the deviation is that of all
            competitors, not of a sample
percentile  the share of the other competitors that are passed; an equal counts as half passed
benchmark   the share of the benchmark that is reached, at most whole; where less is better, the benchmark over the measure

Only competitors with a value make the yardstick. A criterion on which all are equal tells nothing for or against anybody: half,
under each of the first three; so does an only competitor. All is whole-number arithmetic, rounded half up once, but z: one
division and one multiplication of doubles, each correctly rounded by IEEE 754 on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from jamsostek.awards.edition import Category, Weighed
from jamsostek.awards.scoring.field import HALF, MILLION, MISSING, Bools, Field, Ints


def normalise(category: Category, field: Field, weighed: tuple[Weighed, ...]) -> tuple[Ints, Bools]:
    """The criteria `weighed` of a category in ppm, (n, c), and which of them count; what does not count is MISSING.

    Whoever has no value at all counts for nothing, whatever the category does with single missing values.
    """
    normal = np.empty((len(field), len(weighed)), np.int64)
    counts = np.empty(normal.shape, np.bool_)
    for at, one in enumerate(weighed):
        values, known = field.column(one.criterion)
        made = np.zeros(len(field), np.int64)
        if category.normalise == "benchmark":
            whole = MILLION if one.benchmark_ppm is None else one.benchmark_ppm
            made[known] = _benchmark(values[known], whole, field.better[field.places[one.criterion]])
        else:
            made[known] = _WAYS[category.normalise](values[known])
        normal[:, at], counts[:, at] = made, known
    nothing = ~counts.any(axis=1)
    if category.missing == "median":
        for at in range(len(weighed)):
            normal[~counts[:, at], at] = median(normal[counts[:, at], at])
    if category.missing != "leave_out":
        counts[:] = True
    counts[nothing] = False
    normal[~counts] = MISSING
    return normal, counts


def median(values: Ints) -> int:
    """The middle value, half up between two; half where there is none."""
    if not values.size:
        return HALF
    ordered = np.sort(values)
    low, high = int(ordered[(values.size - 1) // 2]), int(ordered[values.size // 2])
    return (low + high + 1) // 2


def _min_max(values: Ints) -> Ints:
    if not values.size:
        return values
    low = int(values.min())
    span = int(values.max()) - low
    if not span:
        return np.full(values.shape, HALF, np.int64)
    return (2 * MILLION * (values - low) + span) // (2 * span)


def _z(values: Ints) -> Ints:
    count = values.size
    total = int(values.sum())
    spread = count * _squares(values) - total * total
    if spread == 0:
        return np.full(values.shape, HALF, np.int64)
    away = (count * values - total).astype(np.float64)
    made = np.floor(away / _root(spread) * 100_000.0 + 0.5)
    return np.clip(made, -HALF, HALF).astype(np.int64) + HALF


def _squares(values: Ints) -> int:
    """The exact sum of squares: in two halves of twenty bits, so that no partial sum leaves 64 bits."""
    high, low = values >> 20, values & 0xFFFFF
    return (int((high * high).sum()) << 40) + (int((high * low).sum()) << 21) + int((low * low).sum())


def _root(whole: int) -> float:
    """The square root of a large whole number, from 100 or more exact bits of it."""
    shift = max(0, 200 - whole.bit_length()) // 2
    return math.ldexp(math.isqrt(whole << (2 * shift)), -shift)


def _percentile(values: Ints) -> Ints:
    if values.size < 2:
        return np.full(values.shape, HALF, np.int64)
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left").astype(np.int64)
    upto = np.searchsorted(ordered, values, side="right").astype(np.int64)
    others = values.size - 1
    return ((below + upto - 1) * MILLION + others) // (2 * others)


def _benchmark(turned: Ints, whole: int, better: str) -> Ints:
    if better == "more":
        if whole <= 0:
            return np.where(turned >= whole, MILLION, 0)
        return np.clip((2 * MILLION * np.clip(turned, 0, whole) + whole) // (2 * whole), 0, MILLION)
    values = -turned
    reached = values <= whole
    over = np.where(reached | (values <= 0), 1, values)
    return np.where(reached, MILLION, (2 * MILLION * max(whole, 0) + over) // (2 * over))


_WAYS: dict[str, Callable[[Ints], Ints]] = {"min_max": _min_max, "z": _z, "percentile": _percentile}
