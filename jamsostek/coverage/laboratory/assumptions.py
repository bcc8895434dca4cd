"""What a simulation assumes beyond law and people: data/assumptions.yaml and coverage/data/deaths.yaml, with source and grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jamsostek.law.loading import plain, read_yaml

_FILE = Path(__file__).parent / "data" / "assumptions.yaml"
_DEATHS = Path(__file__).parent.parent / "data" / "deaths.yaml"
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
def shipped() -> Mapping[str, Assumption]:
    """The assumptions as shipped, by id."""
    found = {one["id"]: Assumption(**one) for one in plain(read_yaml(_FILE))}
    deaths = plain(read_yaml(_DEATHS))[0]
    row = deaths["rows"][-1]
    note = {
        "id": "Sama bagi semua umur; kecelakaan kerja tidak termasuk.",
        "en": "Alike for all ages; work accidents are not in it.",
    }
    found[DEATHS] = Assumption(
        DEATHS, deaths["title"], deaths["unit"], row["value"], 0, 1_000_000, row["grade"], row["source"], note
    )
    return found


def values(own: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every assumption, a reform's own before the shipped."""
    return {id: own.get(id, one.value) for id, one in shipped().items()}
