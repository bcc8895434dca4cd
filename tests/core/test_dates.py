"""Days and dates in arrays, against the standard library."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.dates import civil_from_days, days_from_civil, days_in_month, is_leap

EPOCH = dt.date(1970, 1, 1)


@given(st.lists(st.dates(), min_size=1, max_size=50))
def test_days_agree_with_the_standard_library_both_ways(dates):
    expected = np.array([(d - EPOCH).days for d in dates], dtype=np.int64)
    year, month, day = (np.array([getattr(d, part) for d in dates], dtype=np.int64) for part in ("year", "month", "day"))
    assert (days_from_civil(year, month, day) == expected).all()
    back = civil_from_days(expected)
    assert (back.year == year).all() and (back.month == month).all() and (back.day == day).all()
    assert back.year.dtype == np.int64


def test_every_day_of_four_centuries_comes_back():
    days = np.arange(days_from_civil(1800, 1, 1), days_from_civil(2201, 1, 1))
    year, month, day = civil_from_days(days)
    assert (days_from_civil(year, month, day) == days).all()
    assert (np.diff(year * 10_000 + month * 100 + day) > 0).all()


def test_leap_years_and_the_length_of_months():
    assert is_leap(np.array([1900, 2000, 2023, 2024, 2100])).tolist() == [False, True, False, True, False]
    assert days_in_month(2024, np.arange(1, 13)).tolist() == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert days_in_month(2023, np.array([-1, 0, 2, 13, 99])).tolist() == [0, 0, 28, 0, 0]
