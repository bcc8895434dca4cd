"""What was published about members, funds, claims, targets, work and minimum wages since 2016: data/published.csv.

Each figure has its source and status (data/sources.csv).

Nothing is mended here. Where two sources print different figures for one thing, both stay (`conflicts`); where the parts of
a whole were printed, they are added up beside it (`sums`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from jamsostek.core.regions import PROVINCES, province

DATA = Path(__file__).parent / "data"
STATUSES = ("verified", "derived", "approximate", "seen in excerpt", "target", "seed", "conflict", "missing")
"""verified: printed in the text read; derived: reckoned from what was; seed: a press report, not checked against a second
source; conflict: sources disagree, the note says how; missing: looked for and not found, the value is None."""
SERIES = ("members", "funds", "claims", "targets", "universal", "labour", "wages")
PERIODS = ("moment", "year", "to_date")
"""At the end of `as_of`; in the whole of it; from January to its end."""
NATION = 0
WHOLE = "all"
_PARTS = (
    ("PU excl. non-ASN", "non-ASN", "PMI", "BPU", "Jakon"),
    ("PU", "BPU", "Jakon", "PMI"),
    ("PU", "BPU", "Jakon"),
    ("PU", "BPU", "Jakon+PMI"),
    ("JHT", "JP", "JKK", "JKM", "JKP", "BPJS"),
    ("JHT", "JP", "JKK", "JKM", "JKP"),
)
"""Which segments or programmes make a whole, the most detailed first."""
_WAGE_AND_OWN = ("PU", "BPU")
"""The whole of the regional indicator (UCJ), which leaves construction and migrants out."""


@dataclass(frozen=True)
class Figure:
    """One published figure. `value` in `unit`, as printed; `region` is a Kemendagri code, 0 the nation."""

    series: str
    as_of: str
    period: str
    region: int
    segment: str
    measure: str
    value: Decimal | None
    unit: str
    basis: str
    status: str
    source: str
    note: str

    @property
    def of(self) -> tuple[str, ...]:
        """What is told: figures with the same are about one thing."""
        return (self.series, self.as_of, self.period, str(self.region), self.segment, self.measure, self.unit, self.basis)


@dataclass(frozen=True)
class Sum:
    """Parts that were printed beside their whole. `difference` is the parts less the whole, in the figure's unit."""

    whole: Figure
    parts: tuple[Figure, ...]
    difference: Decimal


@cache
def _read() -> tuple[Figure, ...]:
    with (DATA / "published.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_figure(row) for row in csv.DictReader(file))


def _figure(row: dict[str, str]) -> Figure:
    region, value = row.pop("region"), row.pop("value")
    return Figure(**row, region=int(region or NATION), value=Decimal(value) if value else None)


@cache
def sources() -> dict[str, str]:
    """The text of each source by its short name."""
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["source"] for row in csv.DictReader(file)}


def figures(series: str, measure: str | None = None, *, segment: str | None = None, region: int | None = None) -> list[Figure]:
    """Those of a series, oldest first; in the order of the file within a moment."""
    chosen = (
        one for one in _read()
        if one.series == series and (measure is None or one.measure == measure)
        and (segment is None or one.segment == segment) and (region is None or one.region == region)
    )  # fmt: skip
    return sorted(chosen, key=lambda one: one.as_of)


def counted_with(code: int) -> tuple[int, ...]:
    """The provinces that published members count together with this one: in Papua those of 2022 in their parents."""
    parent = province(code).parent_before_2022 or code
    return tuple(sorted({parent, *(one.code for one in PROVINCES.values() if one.parent_before_2022 == parent)}))


def old_map() -> list[int]:
    """Provinces as published members know them: those of today without the four split off in 2022."""
    return [code for code, one in PROVINCES.items() if one.parent_before_2022 is None]


def everything() -> tuple[Figure, ...]:
    """All figures, in the order of the file."""
    return _read()


def conflicts() -> list[tuple[Figure, ...]]:
    """Figures about one thing that differ, the oldest first; alone where the other figure is only told in the note."""
    about: dict[tuple[str, ...], list[Figure]] = {}
    for one in _read():
        if one.value is not None:
            about.setdefault(one.of, []).append(one)
    found = [
        tuple(told) for told in about.values()
        if len({one.value for one in told}) > 1 or any(one.status == "conflict" for one in told)
    ]  # fmt: skip
    return sorted(found, key=lambda told: told[0].as_of)


def sums() -> list[Sum]:
    """Every whole of which all parts of a known division were printed for the same moment, the oldest first."""
    return sorted(_sums(), key=lambda one: one.whole.as_of)


def _sums() -> Iterator[Sum]:
    known = {one.of: one for one in reversed(_read()) if one.value is not None}
    for whole in _read():
        if whole.segment != WHOLE or whole.value is None or whole.unit == "percent":
            continue
        for division in (_WAGE_AND_OWN,) if whole.series == "universal" else _PARTS:
            parts = [known.get((*whole.of[:4], name, *whole.of[5:])) for name in division]
            printed = tuple(one for one in parts if one is not None)
            if len(printed) == len(division):
                yield Sum(whole, printed, sum((one.value or Decimal() for one in printed), Decimal()) - whole.value)
                break
