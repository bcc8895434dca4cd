"""Of how many: the workers that coverage is told of, by every definition in use, side by side.

The definitions do not agree, and none is the law's: the regional indicator (UCJ) counts "eligible" workers by a rule that was not
found in print, the national plan (RPJMN) prints percentages without their denominator, the labour force survey (Sakernas) counts
everybody who works or looks for work. A percentage is told with its definition, and two definitions never share an axis unmarked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jamsostek.core.months import month_index
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_
from jamsostek.coverage import published
from jamsostek.synth import published as survey

NATION = 0
SURVEY, SURVEY_SOURCE = "2025-08", "S06"
DEFINITIONS = {
    "ucj": N_("Pekerja layak menurut indikator daerah (UCJ)"),
    "rpjmn": N_("Pekerja menurut RPJMN"),
    "strategic": N_("Pekerja menurut rencana strategis BPJS Ketenagakerjaan"),
    "labour_force": N_("Angkatan kerja (Sakernas)"),
    "employed": N_("Penduduk bekerja (Sakernas)"),
    "formal": N_("Pekerja formal (Sakernas)"),
    "informal": N_("Pekerja informal (Sakernas)"),
}
"""Titles. UCJ leaves out construction and migrants: hold against it only PU and BPU."""
GROUPS = {"all": "all", "PU": "pu", "BPU": "bpu", "informal": "informal"}
"""Groups of the published indicator as we name them."""


@dataclass(frozen=True)
class Denominator:
    """A number of workers by one definition. `persons` is None where it was looked for and not found.

    `group`: all, m, f, pu, bpu, informal. `status` as in `published.STATUSES`, or "assumed" where our own spreading of a wider
    figure; `months_away` how far `as_of` lies from the month asked.
    """

    definition: str
    region: int
    group: str
    as_of: str
    persons: int | None
    status: str
    source: str
    note: str
    months_away: int

    @property
    def title(self) -> str:
        """The definition in words, for `_`."""
        return DEFINITIONS[self.definition]


def denominators(region: int, month: int) -> list[Denominator]:
    """All that is known of a region (0: the nation) by any definition; the nearest in time first within definition and group."""
    found = [*_printed(region, month), *_kept(region, month), *_survey(region, month)]
    order = list(DEFINITIONS)
    return sorted(found, key=lambda one: (order.index(one.definition), one.group, one.months_away))


def denominator(region: int, month: int, definition: str, group: str = "all") -> Denominator | None:
    """The nearest of one definition and group; None where nothing is known."""
    found = (one for one in denominators(region, month) if (one.definition, one.group) == (definition, group))
    return next((one for one in found if one.persons is not None), None)


def _away(as_of: str, month: int) -> int:
    year, _dash, rest = as_of.partition("-")
    return abs(month_index(int(year) * 100 + int(rest or 12)) - month_index(month))


def _printed(region: int, month: int) -> Iterator[Denominator]:
    """What the regional indicator was told of, where a source printed it."""
    for one in published.figures("universal", "eligible", region=region):
        if one.value is None or one.segment not in GROUPS or (region == NATION and "Sakernas" in one.note):
            continue
        told, away = (int(one.value), one.status, one.source, one.note), _away(one.as_of, month)
        yield Denominator("ucj", region, GROUPS[one.segment], one.as_of, *told, away)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / "data" / "eligible.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _kept(region: int, month: int) -> Iterator[Denominator]:
    for row in _rows():
        if int(row["region"] or NATION) == region:
            persons = int(row["persons"]) if row["persons"] else None
            yield Denominator(
                row["definition"], region, row["group"], row["as_of"], persons, row["status"], row["source"], row["note"],
                _away(row["as_of"], month),
            )  # fmt: skip


def _survey(region: int, month: int) -> Iterator[Denominator]:
    """The labour force survey of August 2025; in regencies spread by population, which is our assumption."""
    part, whole, status, note = 1, 1, "", ""
    provinces = [region] if region in PROVINCES else list(PROVINCES) if region == NATION else []
    if region in REGENCIES:
        place = REGENCIES[region]
        provinces, part = [place.province_code], place.population_2024h2
        whole = sum(one.population_2024h2 for one in REGENCIES.values() if one.province_code == place.province_code)
        status, note = "assumed", "the province's figure spread by population of 2024"
    if not provinces:
        return
    found = [survey.labour_force()[one] for one in provinces]
    derived = "labour force derived from employed and unemployment rate; by sex from participation rates"
    for definition, group, persons, known, how in (
        ("labour_force", "all", sum(one.men + one.women for one in found), "derived", derived),
        ("labour_force", "m", sum(one.men for one in found), "derived", derived),
        ("labour_force", "f", sum(one.women for one in found), "derived", derived),
        ("employed", "all", sum(one.employed for one in found), "verified", ""),
        ("formal", "all", sum(one.formal for one in found), "verified", ""),
        ("informal", "all", sum(one.informal for one in found), "derived", "employed less formal"),
    ):
        yield Denominator(
            definition, region, group, SURVEY, persons * part // whole, status or known, SURVEY_SOURCE, note or how,
            _away(SURVEY, month),
        )  # fmt: skip
