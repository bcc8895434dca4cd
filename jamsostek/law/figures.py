"""What a legal figure is: dated rows with their regulation, article, source and grade of evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COUNT_UNITS = ("count", "months", "days", "working_days", "hours", "years")
UNITS = ("rupiah", "ppm", "permille", *COUNT_UNITS, "flag", "text", "list", "date", "table")
GRADES = ("gazette", "secondary", "derived", "unsourced")


class ParameterError(ValueError):
    """The law's data is wrong: the file and line, what is wrong, and what was expected."""


@dataclass(frozen=True)
class Row:
    """One dated value of a parameter. `start`/`end` are inclusive days; None is open."""

    start: dt.date | None
    end: dt.date | None
    value: Any
    regulation: str
    article: str
    grade: str
    source: tuple[str, ...]
    published: dt.date | None
    temporary: bool
    expected_until: dt.date | None
    reading: Mapping[str, str]
    note: str
    where: str

    @property
    def known_from(self) -> dt.date | None:
        """The day it could be known: its publication, or (assumed) the day it applies."""
        return self.published or self.start


@dataclass(frozen=True)
class Parameter:
    """A legal figure through time."""

    id: str
    folder: str
    title: Mapping[str, str]
    unit: str
    keys: tuple[str, ...]
    columns: Mapping[str, str]
    scope: Mapping[str, Any]
    otherwise: Any
    interpretation: int | None
    gaps: bool
    rows: tuple[Row, ...]
    where: str


@dataclass(frozen=True)
class Reading:
    """An unsettled point of law: its entry in docs/law/interpretations.md, the readings possible, ours first."""

    name: str
    number: int
    options: tuple[str, ...]
    default: str
