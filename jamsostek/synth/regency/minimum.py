"""Minimum wages of the regency by year: its own where a list gives it, else the province's, else grown by an assumed rate."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from jamsostek.core.rupiah import PPM
from jamsostek.synth import published
from jamsostek.synth.assumptions import AS_OF_YEAR
from jamsostek.synth.published import PARENTS
from jamsostek.synth.regency import assumptions as assumed


@cache
def _known(name: str) -> dict[int, dict[int, int]]:
    """Rupiah by code and year, as a file of `data/` gives them."""
    text = (resources.files("jamsostek.synth") / "data" / name).read_text(encoding="utf-8")
    found: dict[int, dict[int, int]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(int(row["code"]), {})[int(row["year"])] = int(row["rupiah"])
    return found


def minimum_wages(regency: int, first_year: int, last_year: int) -> list[int]:
    """Rupiah a month for each of the years.

    Years before or after every list are reckoned with the assumed growth from the nearest that has one. Where the province
    has a figure and the regency has not, the regency's nearest is moved as the province's moved.
    """
    province = regency // 100
    of_parent = _known("minimum_wages_2023_2025.csv").get(PARENTS.get(province, province), {})
    of_province = of_parent | _known("minimum_wages_2023_2025.csv").get(province, {})
    of_province |= {AS_OF_YEAR: published.minimum_wages()[province].value}
    years = range(min(first_year, *of_province), max(last_year, *of_province) + 1)
    reckoned = _filled(of_province, years)
    own = _known("minimum_wages_regency.csv").get(regency, {})
    wages = []
    for year in range(first_year, last_year + 1):
        nearest = min(own, key=lambda known: abs(known - year), default=None)
        wages.append(reckoned[year] if nearest is None else own[nearest] * reckoned[year] // reckoned[nearest])
    return wages


def _filled(known: dict[int, int], years: range) -> dict[int, int]:
    found = dict(known)
    for year in range(min(known) - 1, years.start - 1, -1):
        found[year] = found[year + 1] * PPM // (PPM + assumed.MINIMUM_GROWTH_PPM)
    for year in range(min(known) + 1, years.stop):
        found.setdefault(year, found[year - 1] * (PPM + assumed.MINIMUM_GROWTH_PPM) // PPM)
    return found
