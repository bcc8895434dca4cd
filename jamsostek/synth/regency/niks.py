"""NIK of no one: real structure, the serial 0000 that is never issued, and no two alike."""

from __future__ import annotations

import numpy as np

from jamsostek.core.nik import compose
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.plan import DISTRICTS

_DISTRICT = 10**10
"""The sub-district's place in a NIK."""


def unique_niks(regency: Int64Array, district: Int64Array, birth_day: Int64Array, is_female: Int64Array) -> Int64Array:
    """A number for each person, with the district wished for where it is free and another (1 to 99) where it is not.

    Whoever comes first keeps the district. Raises ValueError beyond 99 people of one regency, birth date and sex.
    """
    without_district = compose(0, birth_day, is_female, 0) + regency * 10**12
    numbers = without_district + district * _DISTRICT
    _taken, first = np.unique(numbers, return_index=True)
    taken = set(numbers[first].tolist())
    later = np.ones(len(numbers), dtype=np.bool_)
    later[first] = False
    for place in np.flatnonzero(later).tolist():
        numbers[place] = _free(int(without_district[place]), int(district[place]), taken)
        taken.add(int(numbers[place]))
    return numbers


def _free(without_district: int, wished: int, taken: set[int]) -> int:
    for step in range(1, DISTRICTS):
        number = without_district + ((wished + step - 1) % DISTRICTS + 1) * _DISTRICT
        if number not in taken:
            return number
    raise ValueError("more than 99 people of one regency, birth date and sex")
