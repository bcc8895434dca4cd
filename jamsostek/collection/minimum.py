"""The minimum wage where an employer is, as published lists give it: the province's, or the regency's where it is known.

The lists and their sources are those of `synth/data` (SOURCES.md there). Of regencies only Lumajang's is known: elsewhere the
province's stands in, which is never above its regencies'. Years without a list have no minimum here, and nobody is flagged.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jamsostek.synth.published import PARENTS

_PROVINCES = ("minimum_wages_2023_2025.csv", "minimum_wages_2026.csv")
_REGENCIES = ("minimum_wages_regency.csv",)
_YEAR_OF_LIST = {"minimum_wages_2026.csv": 2026}


@dataclass(frozen=True)
class Minimum:
    """A minimum wage, whole rupiah a month; `place` is a province or regency, `source` names the list."""

    rupiah: int
    place: str
    year: int
    of_regency: bool
    status: str
    source: str


def minimum_wage(regency_code: int, month: int) -> Minimum | None:
    """What holds in a regency in a month; None where no list says it."""
    year, province = month // 100, regency_code // 100
    own = _lists(_REGENCIES).get((regency_code, year))
    if own is not None:
        return own
    found = _lists(_PROVINCES)
    return found.get((province, year)) or found.get((PARENTS.get(province, province), year))


@cache
def _lists(names: tuple[str, ...]) -> dict[tuple[int, int], Minimum]:
    """By code and year."""
    found = {}
    for name in names:
        text = (resources.files("jamsostek.synth") / "data" / name).read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            year = int(row.get("year") or _YEAR_OF_LIST[name])
            told = Minimum(int(row["rupiah"]), row["name"], year, names is _REGENCIES, row["status"], row["source"])
            found[int(row["code"]), year] = told
    return found
