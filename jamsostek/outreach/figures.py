"""Dated figures that are not law but were read somewhere: data/*.yaml, each with its source and how good that is.

What coverage rests on too (deaths among members) is in its folder, once for both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek.core.text import language

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parent.parent / "coverage" / "data"


@dataclass(frozen=True)
class Figure:
    """A dated figure with where it was read and how good that is."""

    id: str
    title: str
    value: int
    since: dt.date
    grade: str
    source: str


@cache
def _read(file: str) -> tuple[dict[str, Any], ...]:
    own = DATA / f"{file}.yaml"
    return tuple(yaml.safe_load((own if own.exists() else SHARED / own.name).read_text(encoding="utf-8")))


def in_force(file: str, day: dt.date) -> dict[str, Figure]:
    """The figures of a file on a day; raises `LookupError` before the first."""
    found = {}
    for one in _read(file):
        row = next((row for row in one["rows"] if row["from"] <= day and (row["to"] is None or day <= row["to"])), None)
        if row is None:
            raise LookupError(f"{one['id']} has no value on {day}")
        found[one["id"]] = Figure(one["id"], one["title"][language()], row["value"], row["from"], row["grade"], row["source"])
    return found
