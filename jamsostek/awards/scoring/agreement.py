"""How far jurors agree, on one criterion. Marks are whole, 0 to 100.

Two statistics of order, because marks of different jurors need not use the scale alike: Kendall's W, of those entries that all
jurors marked, and the mean of Spearman's rho over pairs of jurors, which also uses entries that some did not mark (a juror with
an interest does not). Two of size: the spread (largest less smallest mark) and the standard deviation of the marks (of these
jurors: divided by their number). An intraclass correlation is not given: it supposes marks of one scale and every juror on every
entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from jamsostek.awards.scoring.statistics import kendalls_w, ratio_ppm, root_ppm, spearman

MARK_PPM = 10_000


@dataclass(frozen=True)
class EntryMarks:
    """The marks of an entry beside each other."""

    entry: str
    marks: int
    """How many jurors marked it."""
    mean_ppm: int
    """The mean mark as ppm of 100, half up; what scoring uses."""
    low: int
    high: int
    deviation_ppm: int
    """The standard deviation in ppm of 100 marks."""
    discuss: bool
    """Whether the spread reaches the edition's `discuss_from`."""
    farthest: tuple[str, ...]
    """Jurors whose marks stand farthest from the median of all; nothing where all are equal."""

    @property
    def spread(self) -> int:
        """Largest less smallest mark."""
        return self.high - self.low


@dataclass(frozen=True)
class Agreement:
    """How far jurors agree on a criterion. Statistics are ppm; None where there is too little to compare."""

    entries: tuple[EntryMarks, ...]
    jurors: int
    marked_by_all: int
    """Entries that every juror marked; `kendalls_w` is of these."""
    kendalls_w: int | None
    """0 no common order, a million the same order."""
    pairs: int
    """Pairs of jurors who share at least three entries and tell them apart."""
    mean_spearman: int | None
    mean_spread_ppm: int | None
    """The mean spread, ppm of 100 marks."""


def agreement(marks: Mapping[tuple[str, str], int], discuss_from: int) -> Agreement:
    """Of marks by (entry, juror); `discuss_from` is the jury's of the edition."""
    by_entry: dict[str, dict[str, int]] = {}
    for (entry, juror), mark in sorted(marks.items()):
        by_entry.setdefault(entry, {})[juror] = mark
    jurors = sorted({juror for _entry, juror in marks})
    shared = [entry for entry, given in by_entry.items() if len(given) == len(jurors)]
    ranked = [np.array([by_entry[entry][juror] for entry in shared], np.int64) for juror in jurors]
    found = [one for one in (_pair(by_entry, *pair) for pair in combinations(jurors, 2)) if one is not None]
    entries = tuple(_entry(entry, given, discuss_from) for entry, given in by_entry.items())
    return Agreement(
        entries, len(jurors), len(shared), kendalls_w(ranked) if shared else None, len(found),
        _mean(found), ratio_ppm(sum(one.spread for one in entries), 100 * len(entries)) if entries else None,
    )  # fmt: skip


def _entry(entry: str, given: Mapping[str, int], discuss_from: int) -> EntryMarks:
    values = sorted(given.values())
    count, total = len(values), sum(values)
    # Twice the median, so that it is whole.
    middle = values[(count - 1) // 2] + values[count // 2]
    away = {juror: abs(2 * mark - middle) for juror, mark in given.items()}
    farthest = max(away.values())
    squares = count * sum(one * one for one in values) - total * total
    return EntryMarks(
        entry, count, (2 * MARK_PPM * total + count) // (2 * count), values[0], values[-1],
        root_ppm(squares, count * count * 10_000), count > 1 and values[-1] - values[0] >= discuss_from,
        tuple(juror for juror, one in away.items() if one == farthest) if farthest else (),
    )  # fmt: skip


def _pair(by_entry: Mapping[str, Mapping[str, int]], one: str, other: str) -> int | None:
    both = [given for given in by_entry.values() if one in given and other in given]
    if len(both) < 3:
        return None
    return spearman(np.array([given[one] for given in both], np.int64), np.array([given[other] for given in both], np.int64))


def _mean(found: list[int]) -> int | None:
    return (2 * sum(found) + len(found)) // (2 * len(found)) if found else None
