"""Birth dates as clerks write them: default dates, slips, day and month changed round, a year or ten off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jamsostek.core.dates import NO_DATE, civil_from_days, days_from_civil, days_in_month
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.register import assumptions as assumed
from jamsostek.synth.register.errors import Errors

DATE_STATES = ("same", "default", "slip", "swapped", "year", "missing", "real")
_SAME, _DEFAULT, _SLIP, _SWAPPED, _YEAR, _MISSING, _REAL = range(len(DATE_STATES))
_DEFAULTS_FROM_YEARS = 50
_YEARS_OFF = ((-10, 15), (-1, 35), (1, 35), (10, 15))


def wrong_dates(draw: Draw, birth_day: Int64Array, errors: Errors) -> tuple[Int64Array, npt.NDArray[np.int8]]:
    """Days since 1970 (`NO_DATE` where missing) with at most one mistake each, and its place in `DATE_STATES`.

    `same` wherever the date is the given one; no date lies after the day of the lists.
    """
    count = len(birth_day)
    state = (draw.weighted(count, [*errors.date_rates, 1_000 - sum(errors.date_rates)]) + 1) % (_MISSING + 1)
    old = assumed.AS_OF_DAY - birth_day >= _DEFAULTS_FROM_YEARS * 365
    state[(state == _DEFAULT) & ~old & ~draw.chance(count, 250)] = _SAME
    state[(state == _SAME) & is_default(birth_day) & draw.chance(count, errors.date_real)] = _REAL
    day = birth_day.copy()
    for kind, change in ((_DEFAULT, _default), (_SLIP, _slip), (_SWAPPED, _swapped), (_YEAR, _other_year), (_REAL, _remembered)):
        rows = np.flatnonzero(state == kind)
        new = change(draw, birth_day[rows])
        day[rows] = np.where(new < assumed.AS_OF_DAY, new, birth_day[rows])
    state[(day == birth_day) & (state != _MISSING)] = _SAME
    return np.where(state == _MISSING, NO_DATE, day), state.astype(np.int8)


def is_default(birth_day: Int64Array) -> npt.NDArray[np.bool_]:
    """Whether the dates are those that are written for people who know their year alone."""
    _, month, day = civil_from_days(birth_day)
    return np.isin(month * 100 + day, [default for default, _ in assumed.DEFAULT_DAYS])


def _real_day(year: Int64Array, month: Int64Array, day: Int64Array) -> Int64Array:
    """The day, or the month's last where it has not so many."""
    return days_from_civil(year, month, np.minimum(day, days_in_month(year, month)))


def _default(draw: Draw, birth_day: Int64Array) -> Int64Array:
    count = len(birth_day)
    default = draw.numbers(count, assumed.DEFAULT_DAYS)
    year = civil_from_days(birth_day).year + draw.numbers(count, assumed.DEFAULT_YEARS_OFF)
    return days_from_civil(year, default // 100, default % 100)


def _slip(draw: Draw, birth_day: Int64Array) -> Int64Array:
    """One digit of the day, the month or the year's last is another."""
    year, month, day = civil_from_days(birth_day)
    count = len(birth_day)
    where = draw.weighted(count, (350, 120, 250, 280))
    digit = draw.whole(count, 0, 9)
    other_day = np.where(where == 0, day // 10 * 10 + digit, np.where(where == 1, digit % 4 * 10 + day % 10, day))
    other_month = np.where(where == 2, month // 10 * 10 + np.where(month >= 10, digit % 3, digit), month)
    other_year = np.where(where == 3, year // 10 * 10 + digit, year)
    return _real_day(other_year, np.clip(other_month, 1, 12), np.clip(other_day, 1, 31))


def _swapped(_draw: Draw, birth_day: Int64Array) -> Int64Array:
    year, month, day = civil_from_days(birth_day)
    fits = day <= 12
    return days_from_civil(year, np.where(fits, day, month), np.where(fits, month, day))


def _other_year(draw: Draw, birth_day: Int64Array) -> Int64Array:
    year, month, day = civil_from_days(birth_day)
    return _real_day(year + draw.numbers(len(birth_day), _YEARS_OFF), month, day)


def _remembered(draw: Draw, birth_day: Int64Array) -> Int64Array:
    """A day in the year of the default date, or near it."""
    year = civil_from_days(birth_day).year + draw.numbers(len(birth_day), assumed.DEFAULT_YEARS_OFF)
    return days_from_civil(year, 1, 1) + draw.whole(len(birth_day), 0, 364)
