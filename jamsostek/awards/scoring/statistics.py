"""Rank statistics in whole numbers: exact sums, one root, one rounding to ppm. None where a statistic does not exist."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jamsostek.awards.scoring.field import MILLION, Ints

MOST_KENDALL = 20_000
_CHUNK = 512


def doubled_ranks(values: Ints) -> Ints:
    """Twice the mid-ranks (the mean rank of equals), the smallest value first: whole numbers."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    return (below + upto + 1).astype(np.int64)


def spearman(a: Ints, b: Ints) -> int | None:
    """Spearman's rho in ppm, equals at their mean rank; None below two values or where one side is all equal."""
    return pearson(doubled_ranks(a), doubled_ranks(b))


def pearson(a: Ints, b: Ints) -> int | None:
    """The correlation of whole numbers in ppm; None where one side does not vary."""
    ours, theirs = [int(one) for one in a], [int(one) for one in b]
    count, sum_a, sum_b = len(ours), sum(ours), sum(theirs)
    cov = count * sum(x * y for x, y in zip(ours, theirs, strict=True)) - sum_a * sum_b
    spread_a = count * sum(x * x for x in ours) - sum_a * sum_a
    spread_b = count * sum(x * x for x in theirs) - sum_b * sum_b
    return over_root(cov, spread_a * spread_b)


def kendall(a: Ints, b: Ints) -> int | None:
    """Kendall's tau-b in ppm: pairs in the same order less pairs in the other one, over the geometric mean of pairs that differ
    on each side. Compares all pairs: `ValueError` beyond 20,000 values."""
    count = len(a)
    if count > MOST_KENDALL:
        raise ValueError(f"{count} values: at most {MOST_KENDALL}")
    agree = differ_a = differ_b = 0
    for at in range(0, count, _CHUNK):
        here = slice(at, at + _CHUNK)
        sign_a = np.sign(a[here, None] - a[None, :]).astype(np.int64)
        sign_b = np.sign(b[here, None] - b[None, :]).astype(np.int64)
        agree += int((sign_a * sign_b).sum())
        differ_a += int((sign_a != 0).sum())
        differ_b += int((sign_b != 0).sum())
    return over_root(agree, differ_a * differ_b)


def over_root(top: int, square: int) -> int | None:
    """top / sqrt(square) in ppm, rounded half away from zero; None over nothing."""
    if square <= 0:
        return None
    found = (math.isqrt(4 * MILLION * MILLION * top * top // square) + 1) // 2
    return found if top >= 0 else -found


def root_ppm(top: int, below: int) -> int:
    """sqrt(top / below) in ppm, rounded."""
    return (math.isqrt(4 * MILLION * MILLION * top // below) + 1) // 2


def ratio_ppm(top: int, below: int) -> int:
    """top / below in ppm, half up."""
    return (2 * MILLION * top + below) // (2 * below)


def kendalls_w(ranked: Sequence[Ints]) -> int | None:
    """Kendall's coefficient of concordance in ppm, corrected for ties: rows are judges, each its marks of the same things.

    None below two judges or two things, or where every judge gave the same mark to all.
    """
    if len(ranked) < 2 or len(ranked[0]) < 2:
        return None
    rows = [[int(one) for one in doubled_ranks(marks)] for marks in ranked]
    judges, things = len(rows), len(rows[0])
    sums = [sum(column) for column in zip(*rows, strict=True)]
    spread = things * sum(one * one for one in sums) - sum(sums) ** 2
    ties = sum(_ties(marks) for marks in ranked)
    whole = things * judges * (judges * (things**3 - things) - ties)
    return None if whole == 0 else ratio_ppm(3 * spread, whole)


def _ties(marks: Ints) -> int:
    _values, counts = np.unique(marks, return_counts=True)
    return sum(int(one) ** 3 - int(one) for one in counts)
