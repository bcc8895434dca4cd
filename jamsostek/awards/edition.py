"""An edition as it is written: days, levels, zones, criteria, categories, juries, prizes. Pure.

`awards.reading` makes one of a YAML text.

Official weights were never published; an edition whose weights, least scores or prizes are made up says `invented: true`, and
every page and paper that it touches says so too. Texts carry both languages. Days are legal days in Jakarta: the last one ends at
midnight WIB.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _, language

MILLION = 1_000_000
JAKARTA = ZoneInfo("Asia/Jakarta")
Kind = Literal["measured", "judged"]
Area = Literal["province", "zone", "nation"]
Words = Mapping[str, str]
"""A text in both languages: `{"id": …, "en": …}`."""


def start(day: dt.date) -> dt.datetime:
    """The moment a legal day begins."""
    return dt.datetime.combine(day, dt.time(), JAKARTA)


def end(day: dt.date) -> dt.datetime:
    """The moment a legal day is over."""
    return start(day + dt.timedelta(days=1))


def told(words: Words) -> str:
    """In the reader's language."""
    return words.get(language()) or words["id"]


@dataclass(frozen=True)
class RubricStep:
    """What earns how many of 100 marks."""

    marks: int
    text: Words


@dataclass(frozen=True)
class Improvement:
    """What one more unit of a measure's numerator costs in a year, for the cheapest way up; whole rupiah, an estimate."""

    unit: Words
    rupiah: int
    source: str
    invented: bool


@dataclass(frozen=True)
class Criterion:
    """What is looked at. Measured: `measure` names a function of `awards.measures`; judged: juries give marks by the rubric."""

    key: str
    title: Words
    about: Words
    kind: Kind
    measure: str
    better: Literal["more", "less"]
    evidence: tuple[str, ...]
    """Kinds of evidence that may be sent for it: keys of `Edition.evidence`."""
    rubric: tuple[RubricStep, ...]
    improvement: Improvement | None
    source: str


@dataclass(frozen=True)
class Weighed:
    """A criterion in a category: its weight in ppm of the whole, and the least normalised score (ppm) to be honoured at all."""

    criterion: str
    weight_ppm: int
    least_ppm: int
    benchmark_ppm: int | None
    """What counts as whole where the category normalises by benchmark; ppm of the measure."""


@dataclass(frozen=True)
class Stage:
    """How a category is decided at a level: among whom, and how many are honoured."""

    level: str
    area: Area
    winners: int
    prizes: tuple[Words, ...]
    """By rank, best first."""
    promoted: int
    """How many of each area go on to the next level; 0 at the last one."""


@dataclass(frozen=True)
class Category:
    """Who competes with whom, on what, and by which arithmetic."""

    key: str
    title: Words
    subject: str
    only: Mapping[str, tuple[str, ...]]
    """Which subjects: `scale`, `section` (KBLI), `regency_kind`; nothing: all."""
    criteria: tuple[Weighed, ...]
    normalise: str
    aggregate: str
    missing: str
    least_ppm: int
    """The least score (ppm) to be honoured."""
    tie_breaks: tuple[str, ...]
    """Criteria that decide between equal scores, in order; still equal: the rank is shared."""
    stages: tuple[Stage, ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return told(self.title)

    def stage(self, level: str) -> Stage:
        """At a level; raises `InputError` where the category is not decided there."""
        for one in self.stages:
            if one.level == level:
                return one
        raise unknown_name(_("Tingkat"), level, [one.level for one in self.stages])


@dataclass(frozen=True)
class EvidenceKind:
    """What may be sent: `regulation` refers to the register of regulations, `file` is an upload."""

    key: str
    title: Words
    form: Literal["regulation", "file"]
    media: tuple[str, ...]
    most_megabytes: int


@dataclass(frozen=True)
class Seat:
    """A place in the jury of a level."""

    key: str
    title: Words


@dataclass(frozen=True)
class Jury:
    """Who judges at a level, how many marks an entry needs, and from which spread on (of 100) marks are to be discussed."""

    level: str
    seats: tuple[Seat, ...]
    least_marks: int
    discuss_from: int


@dataclass(frozen=True)
class Days:
    """First and last days; `evidence_until` and `nominate_until` end at midnight WIB."""

    nominate_from: dt.date
    nominate_until: dt.date
    evidence_until: dt.date
    marks_until: Mapping[str, dt.date]
    """By level."""


@dataclass(frozen=True)
class Edition:
    """A whole edition. Assessment year, label and ceremony are three different things."""

    code: str
    title: Words
    assessment_year: int
    label: str
    ceremony_on: dt.date | None
    invented: bool
    note: Words
    measured_month: int
    baseline_month: int
    days: Days
    zones: Mapping[str, tuple[int, ...]]
    """Zone -> provinces."""
    criteria: Mapping[str, Criterion]
    evidence: Mapping[str, EvidenceKind]
    categories: Mapping[str, Category]
    juries: Mapping[str, Jury]

    def zone_of(self, province: int) -> str:
        """The zone of a province."""
        return next(name for name, members in self.zones.items() if province in members)

    def category(self, key: str) -> Category:
        """By its key; raises `InputError`."""
        if key not in self.categories:
            raise unknown_name(_("Kategori"), key, self.categories)
        return self.categories[key]

    def judged(self, category: str) -> list[Criterion]:
        """The criteria of a category that juries give marks for."""
        found = [self.criteria[one.criterion] for one in self.category(category).criteria]
        return [one for one in found if one.kind == "judged"]

    def marking(self) -> dict[str, Any]:
        """What the tables hold juries to: last moments, seats and least marks by level, judged criteria by category."""
        return {
            "until": {level: end(day).isoformat() for level, day in self.days.marks_until.items()},
            "seats": {level: [seat.key for seat in jury.seats] for level, jury in self.juries.items()},
            "least": {level: jury.least_marks for level, jury in self.juries.items()},
            "judged": {key: [one.key for one in self.judged(key)] for key in self.categories},
        }
