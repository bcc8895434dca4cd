"""The weight of pairs in bits, level by level, as Splink adds it up.

Bits of a level are log2(m/u). Where its rarity counts, log2(u) - log2(f) is added, f being the larger share of the two
sides' values among all entries of both lists: rarer than the usual agreement says more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.linkage.counter.keys import Frequencies
from jamsostek.linkage.explain import start_bits
from jamsostek.linkage.model import MEMBERS, REGISTER, Comparison, Design, Level, Weights
from jamsostek.linkage.train import levels_sql, pairs_sql

Bits = npt.NDArray[np.float64]


def members_levels_sql(design: Design) -> str:
    """Member and level of each comparison, for each member of `members` with the one record of `register`.

    `l` is the member, as in Splink, which puts the tables in the order of their names.
    """
    pairs = pairs_sql(design, f"{MEMBERS} l CROSS JOIN {REGISTER} r", ", l.unique_id AS member")
    return f"SELECT member, {levels_sql(design)} FROM ({pairs})"


@dataclass(frozen=True)
class Scale:
    """What each level weighs."""

    design: Design
    weights: Weights
    often: Mapping[str, Frequencies]
    """By column whose rarity counts."""

    @property
    def start(self) -> float:
        """What every pair begins with."""
        return start_bits(self.weights.prior)

    def bits(self, comparison: Comparison, levels: Sequence[str | None], person: pa.Table, members: pa.Table) -> Bits:
        """Of one comparison, for the person with each member, who are on these levels."""
        found = np.zeros(len(levels))
        for level in comparison.telling:
            here = np.flatnonzero([one == level.key for one in levels])
            if len(here):
                found[here] = self._usual(comparison, level) + self._rarity(comparison, level, person, members.take(here))
        return found

    def _usual(self, comparison: Comparison, level: Level) -> float:
        return math.log2(self.weights.m[comparison.name][level.key] / self.weights.u[comparison.name][level.key])

    def _rarity(self, comparison: Comparison, level: Level, person: pa.Table, members: pa.Table) -> Bits:
        if not level.rare_by:
            return np.zeros(len(members))
        often = self.often[level.rare_by]
        shares = np.maximum(often.of(members[level.rare_by].to_pylist()), often.of(person[level.rare_by].to_pylist()))
        known = shares > 0
        return np.where(known, math.log2(self.weights.u[comparison.name][level.key]) - np.log2(np.where(known, shares, 1)), 0)
