"""Who could be a member: people at work by year, place, sex and kind of work (Sakernas), each with its source in workers.csv.

These are estimates of a survey of households in August. They are denominators, never a count of members.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jamsostek.core.regions import PROVINCES

DATA = Path(__file__).parent / "data"
NATION = 0
PARENTS: Mapping[int, tuple[int, ...]] = {91: (93, 94, 95), 92: (96,)}
"""Provinces whose published members still hold those of the provinces split off in 2022."""


@dataclass(frozen=True)
class Workers:
    """An estimate of people: `measure` is employed or labour_force, `group` all, male, formal, disabled …"""

    region: int
    as_of: str
    measure: str
    group: str
    value: int
    status: str
    source: str
    note: str


@cache
def _read() -> tuple[Workers, ...]:
    with (DATA / "workers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> Workers:
    region, value = row.pop("region"), row.pop("value")
    return Workers(**row, region=int(region or NATION), value=int(value))


def workers(region: int = NATION, *, measure: str = "employed", group: str = "all") -> list[Workers]:
    """Those of a place, oldest first."""
    found = [one for one in _read() if (one.region, one.measure, one.group) == (region, measure, group)]
    return sorted(found, key=lambda one: one.as_of)


def latest(region: int = NATION, *, measure: str = "employed", group: str = "all", whole: bool = False) -> int:
    """The newest estimate; `whole` adds the provinces split off, to stand beside members published on the old map.

    Raises: KeyError where there is none.
    """
    found = workers(region, measure=measure, group=group)
    if not found:
        raise KeyError((region, measure, group))
    more = PARENTS.get(region, ()) if whole else ()
    return found[-1].value + sum(latest(code, measure=measure, group=group) for code in more)


def provinces_of_old_map() -> list[int]:
    """Provinces as published members know them: those of today without the four split off in 2022."""
    split = {code for codes in PARENTS.values() for code in codes}
    return [code for code in PROVINCES if code not in split]
