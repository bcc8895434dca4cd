"""Goals that a region sets itself: what may be a goal, the straight path to it, and where a figure stands beside it.

A value is persons, or of a share hundredths of a per cent. The path begins with the figure counted when the goal was confirmed
and goes straight, month by month, to the goal in December of its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from jamsostek.core.months import month_index
from jamsostek.core.text import N_

KINDS = {
    "women_share": N_("Bagian perempuan dari peserta aktif"),
    "disability": N_("Peserta aktif penyandang disabilitas"),
    "own_account": N_("Peserta aktif pekerja mandiri (BPU)"),
    "coverage": N_("Cakupan semua pekerja"),
}
SHARES = ("women_share", "coverage")
DENOMINATORS = ("employed", "labour_force", "ucj")
"""Definitions of workers that a region's coverage can be of (`coverage.denominators`)."""
WHOLE = 10_000
"""A whole in hundredths of a per cent."""
MOST_WHY = 300


class GoalState(StrEnum):
    """Where a goal stands between people."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


STATES = {
    GoalState.PROPOSED: N_("Menunggu disahkan"), GoalState.CONFIRMED: N_("Disahkan"), GoalState.WITHDRAWN: N_("Ditarik"),
    GoalState.REPLACED: N_("Diganti"),
}  # fmt: skip


class Standing(StrEnum):
    """Where the figure stands beside the path."""

    REACHED = "reached"
    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"
    MISSED = "missed"


STANDINGS = {
    Standing.REACHED: N_("Tercapai"), Standing.AHEAD: N_("Di depan jalur"), Standing.ON: N_("Tepat di jalur"),
    Standing.BEHIND: N_("Di belakang jalur"), Standing.MISSED: N_("Tidak tercapai"),
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """People of a month (YYYYMM), and of a share of how many."""

    month: int
    persons: int
    base: int | None = None

    @property
    def value(self) -> Fraction:
        """Persons, or hundredths of a per cent."""
        return Fraction(self.persons) if self.base is None else Fraction(WHOLE * self.persons, self.base)


def last_month_of(year: int) -> int:
    """The month in which a goal of the year is due."""
    return year * 100 + 12


def on_path(start: Measured, target: int, year: int, month: int) -> Fraction:
    """Where the straight path is in a month between the start and the goal; people are whole, the next one counts."""
    first, last = month_index(start.month), month_index(last_month_of(year))
    found = start.value + (target - start.value) * Fraction(min(month_index(month), last) - first, last - first)
    return Fraction(ceil(found)) if start.base is None else found


def standing(start: Measured, now: Measured, target: int, year: int) -> Standing:
    """Where a figure stands: reached is reached, whenever; in the year's December nothing else counts."""
    if now.value >= target:
        return Standing.REACHED
    if now.month >= last_month_of(year):
        return Standing.MISSED
    path = on_path(start, target, year, now.month)
    if now.value == path:
        return Standing.ON
    return Standing.AHEAD if now.value > path else Standing.BEHIND
