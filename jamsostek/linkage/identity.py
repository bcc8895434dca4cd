"""Numbers of identity for comparing: is a NIK well-formed, and can it be the person's own?

A NIK holds the sex and the birth date of whom it was issued to. Where the record's sex differs, or no part of its birth
date agrees, the number is somebody else's: in lists of households mostly the head's. Measured on synthetic registers of
40,000 (seeds 1 and 2): it knows 99.3 % of the heads' numbers and distrusts 0.16 % of good ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import days_from_civil, days_in_month
from jamsostek.core.nik import WOMAN
from jamsostek.core.rupiah import Int64Array
from jamsostek.linkage.dates import Dates, is_default

Bools = npt.NDArray[np.bool_]
ROUNDED_YEARS = 2
"""How far the years may lie apart where one of the dates is only a year."""
_NONE = -1
_FIRST_REGION, _LAST_REGION = 110_000, 970_000


@dataclass(frozen=True)
class Numbers:
    """One entry a record."""

    own: pa.Array
    """The NIK where it can be the person's own, else null."""
    pointer: pa.Array
    """The NIK where it is well-formed and somebody else's, else null."""
    kk: pa.Array
    is_own: Bools
    is_female: Bools
    """What the NIK says."""
    birth_day: Int64Array
    """What the NIK says, days since 1970-01-01; the century as the record's, or the latest that makes an adult."""


def numbers_of(niks: pa.Array, kks: pa.Array, dates: Dates, is_female: pa.Array) -> Numbers:
    """Numbers of records with these birth dates; `is_female` is null where the sex is not known."""
    text, number = sixteen_digits(niks)
    region, date = np.divmod(number // 10_000, 1_000_000)
    day, month, short_year = date // 10_000, date // 100 % 100, date % 100
    woman = day > WOMAN
    day = day - WOMAN * woman
    formed = _formed(number, region, month, day)
    is_own = formed & ~_somebody_elses(dates, is_female, woman, day, month, short_year)
    year = np.where(dates.missing, 1900 + short_year + 100 * (short_year < 15), _nearest_year(short_year, dates.years))
    return Numbers(
        own=pc.if_else(pa.array(is_own), text, None),
        pointer=pc.if_else(pa.array(formed & ~is_own), text, None),
        kk=pc.if_else(pa.array(_formed_card(kks, number)), kks, None),
        is_own=is_own,
        is_female=woman,
        birth_day=_days(year, month, day, formed),
    )


def sixteen_digits(texts: pa.Array) -> tuple[pa.Array, Int64Array]:
    """Texts of exactly 16 digits (null for others) and their numbers (-1 for others)."""
    good = pc.fill_null(pc.match_substring_regex(texts, r"^[0-9]{16}$"), False)
    text = pc.if_else(good, texts, None)
    return text, pc.fill_null(text.cast(pa.int64()), _NONE).to_numpy(zero_copy_only=False)


def _formed(number: Int64Array, region: Int64Array, month: Int64Array, day: Int64Array) -> Bools:
    """A region that can be and a date that can be; a serial 0000 may be what a spreadsheet left of another."""
    formed = (number > 0) & (region >= _FIRST_REGION) & (region < _LAST_REGION) & (region % 10_000 > 0)
    formed &= (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return np.asarray(formed)


def _somebody_elses(
    dates: Dates, is_female: pa.Array, woman: Bools, day: Int64Array, month: Int64Array, short_year: Int64Array
) -> Bools:
    """The sex differs and not all of a real birth date agrees; or nothing of the birth date agrees.

    Lists mistake the sex more often than two of a household share a birth date. Where either date is one that is written when
    only the year is known, years within two agree.
    """
    sex_known = pc.is_valid(is_female).to_numpy(zero_copy_only=False)
    other_sex = sex_known & (pc.fill_null(is_female, False).to_numpy(zero_copy_only=False) != woman)
    apart = np.abs(dates.years % 100 - short_year)
    apart = np.minimum(apart, 100 - apart)
    same_day = (dates.months == month) & (dates.days == day)
    rounded = dates.is_default | is_default(month, day)
    near = apart <= 1
    agrees = (apart == 0) | (~dates.is_default & same_day)
    agrees |= ~dates.is_default & ((dates.days == day) | (dates.months == month)) & near
    agrees |= (dates.days == month) & (dates.months == day) & near
    agrees |= rounded & (apart <= ROUNDED_YEARS)
    other_sex &= ~(same_day & (apart == 0) & ~rounded)
    return np.asarray(other_sex | (~agrees & ~dates.missing))


def _nearest_year(short_year: Int64Array, years: Int64Array) -> Int64Array:
    century = years // 100 * 100
    options = np.stack([century - 100 + short_year, century + short_year, century + 100 + short_year])
    return np.asarray(np.take_along_axis(options, np.abs(options - years).argmin(axis=0)[None], axis=0)[0])


def _days(year: Int64Array, month: Int64Array, day: Int64Array, formed: Bools) -> Int64Array:
    real = formed & (day <= days_in_month(year, month))
    return np.where(real, days_from_civil(np.where(real, year, 2000), np.where(real, month, 1), np.where(real, day, 1)), 0)


def _formed_card(kks: pa.Array, nik: Int64Array) -> Bools:
    """Sixteen digits that begin with a region and are not the person's NIK."""
    _text, number = sixteen_digits(kks)
    region = number // 10**10
    return np.asarray((number > 0) & (region >= _FIRST_REGION) & (region < _LAST_REGION) & (number % 10**6 > 0) & (number != nik))
