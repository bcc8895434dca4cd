"""The cells everything is added up in: province × sex × tenth of income × class of member. What is true of a cell is exact."""

from __future__ import annotations

import numpy as np

from jamsostek.batch.lines import SEGMENTS
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import Int64Array
from jamsostek.law.segments.contribution import PAYERS, SECTORS
from jamsostek.synth.assumptions import SEXES

TENTHS = 11
"""Tenth 1 (lowest) to 10; 0 for those whose income is not known (migrants)."""
OTHERS = tuple(s for s in SEGMENTS if s != "bpu")
CLASSES = (*((s, "", "") for s in OTHERS), *(("bpu", payer, sector) for payer in PAYERS for sector in SECTORS))
"""(segment, payer, sector): payer and sector only of BPU."""
FIRST_BPU = len(OTHERS)
CELLS = len(SEXES) * TENTHS * len(CLASSES)
SHAPE = (len(PROVINCES), len(SEXES), TENTHS, len(CLASSES))
PLACES = {code: place for place, code in enumerate(PROVINCES)}
DIMENSIONS = ("province", "sex", "decile", "segment")


def class_of(segment: int, payer: Int64Array, sector: Int64Array) -> Int64Array | int:
    """The class of rows of one segment."""
    name = SEGMENTS[segment]
    return FIRST_BPU + payer * len(SECTORS) + sector if name == "bpu" else OTHERS.index(name)


def added(key: Int64Array, values: Int64Array, most_exact: float = 2.0**53) -> Int64Array:
    """The sum of the values (0 or more) of each cell, exactly: floats add whole numbers without error below 2^53."""
    sums = np.bincount(key, weights=values, minlength=CELLS)
    if sums.sum() < most_exact:
        return sums.astype(np.int64)
    exact = np.zeros(CELLS, dtype=np.int64)
    np.add.at(exact, key, values)
    return exact


def grouped(values: Int64Array, dimension: str) -> dict[str | int, int]:
    """The sums of an array of SHAPE along one dimension, by province code, sex, tenth or segment."""
    if dimension == "province":
        return dict(zip(PROVINCES, values.sum(axis=(1, 2, 3)).tolist(), strict=True))
    if dimension == "sex":
        return dict(zip(SEXES, values.sum(axis=(0, 2, 3)).tolist(), strict=True))
    if dimension == "decile":
        return dict(enumerate(values.sum(axis=(0, 1, 3)).tolist()))
    of_class = values.sum(axis=(0, 1, 2)).tolist()
    return {s: sum(v for v, one in zip(of_class, CLASSES, strict=True) if one[0] == s) for s in SEGMENTS}
