"""What a simulation assumes beyond law and people: data/assumptions.yaml and coverage/data/deaths.yaml, with source and grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jamsostek.core.rupiah import PPM
from jamsostek.coverage.dated import deaths
from jamsostek.law.loading import plain, read_yaml

_FILE = Path(__file__).parent / "data" / "assumptions.yaml"
GRADES = ("secondary", "derived", "assumed")
DEATHS = "deaths.yearly_ppm"
SHARES = "household.shares_permille"


@dataclass(frozen=True)
class Assumption:
    """One value with its title and note in both languages, unit, bounds, grade and source."""

    id: str
    title: Mapping[str, str]
    unit: str
    value: Any
    least: int
    most: int
    grade: str
    source: str
    note: Mapping[str, str]


@cache
def shipped(month: int) -> Mapping[str, Assumption]:
    """The assumptions as shipped, by id; those that have dates as they stand in a month."""
    found = {one["id"]: Assumption(**one) for one in plain(read_yaml(_FILE))}
    known = deaths(dt.date(month // 100, month % 100, 1))
    note = {
        "id": "Sama bagi semua umur; kecelakaan kerja tidak termasuk.",
        "en": "Alike for all ages; work accidents are not in it.",
    }
    found[DEATHS] = Assumption(DEATHS, known.titles, known.unit, known.value, 0, PPM, known.grade, known.source, note)
    return found


def values(own: Mapping[str, Any], month: int) -> dict[str, Any]:
    """The value of every assumption in a month, a reform's own before the shipped."""
    return {id: own.get(id, one.value) for id, one in shipped(month).items()}
