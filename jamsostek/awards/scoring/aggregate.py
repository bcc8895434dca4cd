"""Normalised measures and weights to one score each, for one set of weights or for thousands: (d, c) weights and (n, c) measures
give (d, n) scores in ppm.

weighted_sum  whole numbers, rounded half up once
topsis        distance to the worst over the sum of distances to the worst and to the best that anybody reached
              (Hwang and Yoon 1981); half where nothing tells anybody apart
geometric     the weighted geometric mean; a zero anywhere makes zero

Weights need not add up to a million: what counts for a competitor is their share in the weights of what it has. TOPSIS computes
in doubles with single additions, multiplications, divisions and roots, each correctly rounded by IEEE 754, in the order of the
criteria: never a matrix product, whose order of addition a library chooses. Products of whole numbers are exact in any order.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jamsostek.awards.scoring.field import HALF, MILLION, Bools, Ints
from jamsostek.awards.scoring.logs import NOTHING, from_logs, logs

BATCH = 1 << 20
"""So many scores at once: memory stays the same for any number of draws."""

Kernel = Callable[[Ints], Ints]


def kernel(how: str, normal: Ints, counts: Bools) -> Kernel:
    """What turns weights (d, c) into scores (d, n), having looked at the measures once."""
    return _KERNELS[how](np.where(counts, normal, 0), counts)


def aggregate(how: str, normal: Ints, counts: Bools, weights: Ints) -> Ints:
    """Scores (d, n) in ppm; zero for whom nothing counts."""
    scores = kernel(how, normal, counts)
    step = max(1, BATCH // max(1, len(normal)))
    made = [scores(weights[at : at + step]) for at in range(0, len(weights), step)]
    return np.concatenate(made) if made else np.zeros((0, len(normal)), np.int64)


def _weighted_sum(normal: Ints, counts: Bools) -> Kernel:
    def scores(weights: Ints) -> Ints:
        whole = _whole(weights, counts)
        return (2 * _product(weights, normal) + whole) // (2 * whole)

    return scores


def _geometric(normal: Ints, counts: Bools) -> Kernel:
    each = np.where(counts, logs(normal), 0)
    zero = (each == NOTHING).any(axis=1) | _nothing(counts)
    each = np.where(each == NOTHING, 0, each)

    def scores(weights: Ints) -> Ints:
        made = from_logs(_product(weights, each) // _whole(weights, counts))
        return np.where(zero[None, :], 0, made)

    return scores


def _topsis(normal: Ints, counts: Bools) -> Kernel:
    best = np.array([column[known].max(initial=0) for column, known in zip(normal.T, counts.T, strict=True)], np.int64)
    worst = np.array([column[known].min(initial=MILLION) for column, known in zip(normal.T, counts.T, strict=True)], np.int64)
    below = np.where(counts, (best - normal) ** 2, 0).astype(np.float64).T
    above = np.where(counts, (normal - worst) ** 2, 0).astype(np.float64).T
    nothing = _nothing(counts)

    def scores(weights: Ints) -> Ints:
        squares = (weights * weights).astype(np.float64)
        to_best = np.sqrt(_added(squares, below))
        to_worst = np.sqrt(_added(squares, above))
        whole = to_best + to_worst
        same = whole == 0.0
        made = np.floor(to_worst / np.where(same, 1.0, whole) * 1_000_000.0 + 0.5).astype(np.int64)
        return np.where(nothing[None, :], 0, np.where(same, HALF, made))

    return scores


def _nothing(counts: Bools) -> Bools:
    return np.asarray(counts.sum(axis=1) == 0)


def _added(weights: np.ndarray, columns: np.ndarray) -> np.ndarray:
    total = np.zeros((len(weights), columns.shape[1]), np.float64)
    for at, column in enumerate(columns):
        total += weights[:, at, None] * column[None, :]
    return total


def _product(weights: Ints, measures: Ints) -> Ints:
    """Whole-number products added up column by column: at most a million times 2^38 (logarithms), so inside 64 bits."""
    total = np.zeros((len(weights), len(measures)), np.int64)
    for at in range(weights.shape[1]):
        total += weights[:, at, None] * measures[None, :, at]
    return total


def _whole(weights: Ints, counts: Bools) -> Ints:
    """The weights of what each has, (d, n) or (d, 1) where all have all; one where that is nothing."""
    whole: Ints = weights.sum(axis=1, keepdims=True) if counts.all() else _product(weights, counts.astype(np.int64))
    return np.maximum(whole, 1)


_KERNELS: dict[str, Callable[[Ints, Bools], Kernel]] = {
    "weighted_sum": _weighted_sum, "topsis": _topsis, "geometric": _geometric,
}  # fmt: skip
