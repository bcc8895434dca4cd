"""Districts and villages that do not exist, in regencies that do; and where else in the country people come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.core.regions import PROVINCES, province, regencies_of
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.allocate import split
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.places import FIRST_DISTRICT
from jamsostek.synth.register import assumptions as assumed

MOST_DISTRICTS = 99 - FIRST_DISTRICT + 1
FIRST_DESA, FIRST_KELURAHAN = 2001, 1001
_ELSEWHERE_DISTRICTS, _ELSEWHERE_VILLAGES = 12, 10


@dataclass(frozen=True)
class Places:
    """Villages of the province by place in these arrays, sorted by code; codes are Kemendagri's form."""

    villages: Int64Array
    """Codes of ten digits."""
    people: Int64Array
    """Weight of each village when people are settled."""
    elsewhere: Int64Array
    """Regencies of other provinces."""
    elsewhere_people: Int64Array

    @property
    def districts(self) -> Int64Array:
        """Codes of six digits, each once."""
        return np.unique(self.villages // 10_000)


def make_places(draw: Draw, code: int, listed: int) -> Places:
    """As many villages as `listed` people on either list fill, at most as many as the province has."""
    real = province(code)
    regencies = regencies_of(code)
    villages = int(np.clip(listed // assumed.LISTED_PER_VILLAGE, 4, real.kelurahan + real.desa))
    wanted = int(np.clip(villages // assumed.FEWEST_VILLAGES_PER_REGENCY, 1, len(regencies)))
    chosen = [regencies[place] for place in np.sort(draw.order(len(regencies))[:wanted]).tolist()]
    counts = np.maximum(split(villages, [regency.population_2024h2 for regency in chosen]), 1)
    made = [_villages(draw, regency.code, count) for regency, count in zip(chosen, counts.tolist(), strict=True)]
    codes, people = (np.concatenate(column) for column in zip(*made, strict=True))
    order = np.argsort(codes)
    others = [regency for other in PROVINCES if other != code for regency in regencies_of(other)]
    return Places(
        villages=codes[order],
        people=people[order],
        elsewhere=np.array([regency.code for regency in others], dtype=np.int64),
        elsewhere_people=np.array([regency.population_2024h2 for regency in others], dtype=np.int64),
    )


def _villages(draw: Draw, regency: int, count: int) -> tuple[Int64Array, Int64Array]:
    """Codes and sizes of a regency's villages: many small ones, a few of a town, fewer of a city."""
    districts = int(np.clip(count // assumed.VILLAGES_PER_DISTRICT, 1, MOST_DISTRICTS))
    sizes = split(count, 60 + draw.whole(districts, 0, 60))
    district = np.repeat(np.arange(districts), sizes)
    number = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    city = draw.chance(count, assumed.CITY_VILLAGES)
    town = city | draw.chance(count, assumed.TOWN_VILLAGES)
    code = (regency * 100 + FIRST_DISTRICT + district) * 10_000 + number + np.where(town, FIRST_KELURAHAN, FIRST_DESA)
    people = draw.whole(count, 900, 3_000) + draw.whole(count, 0, 1_500) * draw.whole(count, 0, 2)
    return code.astype(np.int64), people * np.select([city, town], [6, 3], 1)


def districts_elsewhere(draw: Draw, places: Places, count: int) -> Int64Array:
    """Invented districts of other provinces."""
    regency = places.elsewhere[draw.weighted(count, places.elsewhere_people)]
    return np.asarray(regency * 100 + FIRST_DISTRICT + draw.whole(count, 0, _ELSEWHERE_DISTRICTS - 1))


def villages_elsewhere(draw: Draw, places: Places, count: int) -> Int64Array:
    """Invented villages of other provinces."""
    return districts_elsewhere(draw, places, count) * 10_000 + FIRST_DESA + draw.whole(count, 0, _ELSEWHERE_VILLAGES - 1)


def near(draw: Draw, codes: Int64Array, sorted_codes: Int64Array, unit: int) -> Int64Array:
    """For each of `codes` another one of `sorted_codes` that begins alike when divided by `unit`; itself where none does."""
    first = np.searchsorted(sorted_codes, codes // unit * unit, side="left")
    last = np.searchsorted(sorted_codes, codes // unit * unit + unit, side="left")
    found = sorted_codes[np.minimum(first + draw.below(last - first), len(sorted_codes) - 1)]
    return np.where(last > first, found, codes)
