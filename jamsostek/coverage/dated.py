"""Dated figures that are not law but were read somewhere: YAML files, each figure with its source and how good that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek.core.text import language
from jamsostek.coverage.published import DATA

DEATHS = DATA / "deaths.yaml"


@dataclass(frozen=True)
class DatedFigure:
    """A figure as it stood on a day, with where it was read and how good that is."""

    id: str
    titles: Mapping[str, str]
    unit: str
    value: int
    since: dt.date
    grade: str
    source: str

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.titles[language()]


@cache
def _read(file: Path) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(file.read_text(encoding="utf-8")))


def in_force(file: Path, day: dt.date) -> dict[str, DatedFigure]:
    """The figures of a file on a day; raises `LookupError` before the first."""
    found = {}
    for one in _read(file):
        row = next((row for row in one["rows"] if row["from"] <= day and (row["to"] is None or day <= row["to"])), None)
        if row is None:
            raise LookupError(f"{one['id']} has no value on {day}")
        found[one["id"]] = DatedFigure(
            one["id"], one["title"], one["unit"], row["value"], row["from"], row["grade"], row["source"]
        )
    return found


def deaths(day: dt.date) -> DatedFigure:
    """How many of a million members die in a year. Of a day before the figures begin, the first of them."""
    first: dt.date = _read(DEATHS)[0]["rows"][0]["from"]
    return in_force(DEATHS, max(day, first))["deaths.yearly_ppm"]
