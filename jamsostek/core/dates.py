"""Days and calendar dates in integer arrays: a day is int64 days since 1970-01-01, proleptic Gregorian.

Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain): the year begins on 1 March, so
that the leap day comes last. Floor division makes it hold before 1970 too. Numbers and arrays broadcast together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array

NO_DATE = -(2**63)
"""A date that is missing, in an array of days."""

_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01
_MONTH_LENGTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


class Civil(NamedTuple):
    """Calendar dates as three int64 arrays of one shape."""

    year: Int64Array
    month: Int64Array
    day: Int64Array


def is_leap(year: Int64Array | int) -> npt.NDArray[np.bool_]:
    """Whether the years have a 29 February."""
    y = np.asarray(year, dtype=np.int64)
    return np.asarray((y % 4 == 0) & ((y % 100 != 0) | (y % 400 == 0)), dtype=np.bool_)


def days_in_month(year: Int64Array | int, month: Int64Array | int) -> Int64Array:
    """Days of each month; 0 for a month number outside 1 to 12, so that no day fits into it."""
    y, m = np.broadcast_arrays(np.asarray(year, dtype=np.int64), np.asarray(month, dtype=np.int64))
    exists = (m >= 1) & (m <= 12)
    return np.asarray(_MONTH_LENGTHS[np.where(exists, m, 0)] + (is_leap(y) & (m == 2)), dtype=np.int64)


def days_from_civil(year: Int64Array | int, month: Int64Array | int, day: Int64Array | int) -> Int64Array:
    """Days since 1970-01-01 of real calendar dates (years within 30 million); it does not check that they are real."""
    m = np.asarray(month, dtype=np.int64)
    y = np.asarray(year, dtype=np.int64) - (m <= 2)
    day_of_year = (153 * ((m + 9) % 12) + 2) // 5 + np.asarray(day, dtype=np.int64) - 1
    return np.asarray(365 * y + y // 4 - y // 100 + y // 400 + day_of_year - _EPOCH, dtype=np.int64)


def civil_from_days(days: Int64Array | int) -> Civil:
    """The calendar dates of days since 1970-01-01 (within 10^10 days); the inverse of `days_from_civil`."""
    z = np.asarray(days, dtype=np.int64) + _EPOCH
    era = z // 146_097
    day_of_era = z - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 - 12 * (month_from_march >= 10)
    year = year_of_era + era * 400 + (month <= 2)
    return Civil(np.asarray(year), np.asarray(month), np.asarray(day))
