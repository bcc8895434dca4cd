"""The nation's published counts as the forecast takes them, and the goals they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from jamsostek.coverage import forecast
from jamsostek.coverage.denominators import over_years
from jamsostek.coverage.forecast import Past, Score, Told, Try
from jamsostek.coverage.published import NATION, WHOLE, Figure, figures

GROWTH = 0.01
"""Yearly growth of people at work after the last estimate. An assumption: 2016 to 2025 had 2.4 per cent a year, and the young
grow fewer; editable wherever it is used."""
SEGMENTS = ("PU", "BPU", "Jakon")
SETTLED = ("verified", "derived", "approximate", "seed")
BACK_TEST_UNTIL = 2025.0
"""The back-test aims at counts to the end of 2024."""
LEAST_DISTANCES = 3
WHEN_SHORT = "logistic"
"""For segments, whose counts begin in 2021: never below nothing, never above everybody."""


@dataclass(frozen=True)
class Aim:
    """A published goal for the end of a year: so many active members, or such a share of people at work."""

    year: int
    persons: int | None = None
    share: float | None = None

    def of(self, workers: float) -> float:
        """How many active members that is of so many people at work."""
        return self.persons if self.persons is not None else (self.share or 0) * workers


def members_aim() -> Aim:
    """The last goal of active members: the carrier's strategic plan, 70 million in 2026."""
    found = _last("active members")
    return Aim(int(found.as_of), persons=int(found.value or 0))


def share_aim() -> Aim:
    """The last goal of a share: the long plan's, 99.5 per cent in 2045."""
    found = _last("coverage")
    return Aim(int(found.as_of), share=float(found.value or 0) / 100)


def _last(measure: str) -> Figure:
    return [one for one in figures("targets", measure, region=NATION) if one.value is not None][-1]


def end_of(as_of: str) -> float:
    """The end of a month `2023-10` as a year with its fraction: 2023.83."""
    year, month = as_of.split("-")
    return int(year) + int(month) / 12


def counts(segment: str = WHOLE, measure: str = "active") -> list[Figure]:
    """One count for each moment, the first told where sources disagree; sums "over the year" are left out."""
    found: dict[str, Figure] = {}
    for one in figures("members", measure, segment=segment, region=NATION):
        if one.period == "moment" and one.value is not None and one.status in SETTLED:
            found.setdefault(one.as_of, one)
    return list(found.values())


def past(segment: str = WHOLE, *, growth: float = GROWTH) -> Past:
    """The published counts of a segment; those who could be members are all people at work."""
    active, ever = counts(segment), counts(WHOLE, "registered") if segment == WHOLE else []
    estimates = over_years("employed")
    most = np.array([end_of(one.as_of) for one in estimates]), np.array([float(one.persons or 0) for one in estimates])
    return Past(*_arrays(active), *_arrays(ever), *most, growth)


def _arrays(found: list[Figure]) -> tuple[forecast.Floats, forecast.Floats]:
    return np.array([end_of(one.as_of) for one in found]), np.array([float(one.value or 0) for one in found])


@dataclass(frozen=True)
class Outlook:
    """A projection and what it stands on."""

    segment: str
    growth: float
    past: Past
    tries: tuple[Try, ...]
    scores: tuple[Score, ...]
    way: str
    chosen_by_test: bool
    """Whether the back-test chose: where it reaches fewer than three years ahead it cannot."""
    told: tuple[Told, ...]

    @property
    def best_is_naive(self) -> bool:
        """Whether nothing beat carrying the last count or its growth on."""
        return self.way in forecast.NAIVE

    def score(self, way: str) -> Score:
        """A way's marks in the back-test."""
        return next(one for one in self.scores if one.way == way)

    def at(self, year: int) -> Told:
        """What is told for the end of a year. StopIteration where it is not."""
        return next(one for one in self.told if round(one.time) == year + 1)


@cache
def outlook(segment: str = WHOLE, *, way: str = "", growth: float = GROWTH, last_year: int = 2045) -> Outlook:
    """The projection to the end of each year by the way that did best on 2016-2024, or by the one asked for."""
    known = past(segment, growth=growth)
    tries = tuple(forecast.back_test(known, until=BACK_TEST_UNTIL))
    marks = tuple(forecast.scores(tries))
    enough = len(marks[0].by_years) >= LEAST_DISTANCES
    chosen = way or (marks[0].way if enough else WHEN_SHORT)
    ends = [float(year + 1) for year in range(int(known.times[-1]), last_year + 1)]
    told = forecast.project(known, chosen, tries if enough else _of_all_segments(growth), ends)
    return Outlook(segment, growth, known, tries, marks, chosen, enough, tuple(told))


def _of_all_segments(growth: float) -> list[Try]:
    """Their tries together: one segment alone has too few to tell how wide the bounds must be."""
    return [one for name in SEGMENTS for one in forecast.back_test(past(name, growth=growth), until=BACK_TEST_UNTIL)]


@dataclass(frozen=True)
class Part:
    """A segment at the end of a year, scaled so that the segments add up to the whole; `alone` is what it was told by itself."""

    segment: str
    year: int
    middle: float
    low_80: float
    high_80: float
    alone: float


def parts(year: int, *, growth: float = GROWTH) -> list[Part]:
    """The segments of a year. Their counts begin in 2021: read them as a mix, not as forecasts of their own."""
    whole = outlook(growth=growth).at(year)
    told = {name: outlook(name, growth=growth).at(year) for name in SEGMENTS}
    scale = whole.middle / sum(one.middle for one in told.values())
    return [
        Part(name, year, one.middle * scale, one.low_80 * scale, one.high_80 * scale, one.middle) for name, one in told.items()
    ]  # fmt: skip
