"""Pension age: 56, then one year more from 2019 and every three years after, to 65."""

from __future__ import annotations

import numpy as np

from jamsostek.core.dates import civil_from_days, days_from_civil
from jamsostek.law.engine import Array
from jamsostek.law.parameters import Law


def birthday(birth_day: Array, years: int) -> Array:
    """The day `years` years are completed; someone born on 29 February completes them on 1 March in other years."""
    year, month, day = civil_from_days(birth_day)
    return days_from_civil(year + years, month, day)


def pension_reached(law: Law, birth_day: Array) -> tuple[Array, Array]:
    """(day pension age is reached, that age in years): the first day on which age is the pension age of that day.

    Days since 1970-01-01. PP 45/2015 Art 15(1)-(3). Whoever turned 56 before the pension began counts by that birthday.
    """
    reached = np.full(birth_day.shape, np.iinfo(np.int64).max, dtype=np.int64)
    age = np.zeros(birth_day.shape, dtype=np.int64)
    for _first, last, years in law.series("jp.pension_age"):
        day = birthday(birth_day, int(years))
        first_time = (day <= last) & (reached == np.iinfo(np.int64).max)
        reached = np.where(first_time, day, reached)
        age = np.where(first_time, years, age)
    return reached, age
