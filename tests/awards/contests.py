"""Small contests for tests of the score: criteria a, b, c …, invented."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jamsostek.awards.edition import Category, Stage, Weighed
from jamsostek.awards.scoring import MILLION, MISSING, Field

NAMES = "abcdefghijklmn"


def contest(
    weights: Sequence[int],
    normalise: str = "min_max",
    aggregate: str = "weighted_sum",
    missing: str = "zero",
    *,
    least: int = 0,
    leasts: Sequence[int] = (),
    benchmarks: Sequence[int | None] = (),
    tie_breaks: Sequence[str] = (),
) -> Category:
    """A category with criteria a, b, c … of these weights (ppm)."""
    leasts = leasts or [0] * len(weights)
    benchmarks = benchmarks or [MILLION if normalise == "benchmark" else None] * len(weights)
    weighed = tuple(
        Weighed(name, weight, low, mark) for name, weight, low, mark in zip(NAMES, weights, leasts, benchmarks, strict=False)
    )
    return Category(
        "k", {"id": "k", "en": "k"}, "regency", {}, weighed, normalise, aggregate, missing, least, tuple(tie_breaks),
        (Stage("province", "province", 3, (), 1),),
    )  # fmt: skip


def field(rows: Sequence[Sequence[int | None]], better: Sequence[str] = (), keys: Sequence[str] = ()) -> Field:
    """A field from rows of ppm; None is missing."""
    width = len(rows[0]) if rows else len(better)
    values = np.array([[MISSING if one is None else one for one in row] for row in rows], np.int64).reshape(len(rows), width)
    names = tuple(keys) or tuple(f"s{at:04d}" for at in range(len(rows)))
    return Field(names, tuple(NAMES[:width]), values, tuple(better) or ("more",) * width)


def even(count: int) -> list[int]:
    """So many weights, a million together."""
    return [MILLION // count + (at < MILLION % count) for at in range(count)]
