"""The NIK, Indonesia's identity number, in integer arrays.

Sixteen digits: region of first issue (6), birth date DDMMYY (a woman's day is 40 higher), serial (4). There is no check
digit and the century is not written. The region is where the number was first issued, not where the person lives.
Source: population administration practice (UU 23/2006 as amended; several public descriptions agree).

A NIK made up here ends in the serial 0000, which is never issued: it is the number of no one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jamsostek.core.dates import NO_DATE, civil_from_days, days_from_civil, days_in_month
from jamsostek.core.rupiah import Int64Array

DIGITS = 16
WOMAN = 40
"""What is added to a woman's day of birth."""

_TOO_LARGE = 10**DIGITS
_POWERS = 10 ** np.arange(DIGITS - 1, -1, -1, dtype=np.int64)
_CHUNK = 65_536


@dataclass(frozen=True)
class NikParts:
    """What the numbers say, one entry for each. Where `valid` is false the rest says nothing: 0, False, `NO_DATE`."""

    valid: npt.NDArray[np.bool_]
    region_code: Int64Array
    is_female: npt.NDArray[np.bool_]
    birth_day: Int64Array
    """Days since 1970-01-01."""


def decode(niks: Int64Array, month: int) -> NikParts:
    """Reads numbers as seen in `month` (YYYYMM); same shape in and out.

    Valid: not negative, at most sixteen digits, a real date. A serial 0000 and an unknown region do not make it false.
    The two-digit year is the latest whose date is real and not after the last day of `month`.
    An int64 has no leading zeros: a shorter number is read as if zeros stood before it. Only `parse_niks`, which sees
    the text, can tell 15 digits from 16.
    """
    n = np.asarray(niks, dtype=np.int64)
    in_range = (n >= 0) & (n < _TOO_LARGE)
    region, date = np.divmod(np.where(in_range, n, 0) // 10_000, 1_000_000)
    day, month_of_birth, short_year = date // 10_000, date // 100 % 100, date % 100
    is_female = day > WOMAN
    day = day - WOMAN * is_female
    year = _full_year(short_year, month_of_birth, day, month)
    valid = in_range & (day >= 1) & (day <= days_in_month(year, month_of_birth))
    birth_day = days_from_civil(year, month_of_birth, day)
    return NikParts(valid, np.where(valid, region, 0), valid & is_female, np.where(valid, birth_day, NO_DATE))


def _full_year(short_year: Int64Array, month_of_birth: Int64Array, day: Int64Array, month: int) -> Int64Array:
    """The latest year with these last two digits whose date is real and not after the end of `month`."""
    year = month // 10_000 * 100 + short_year
    year = year - 100 * (year * 100 + month_of_birth > month)
    # 29 February of a year ..00 is real only every 400 years: of 2000, not of 1900 or 2100.
    leap_of_century = (day == 29) & (month_of_birth == 2) & (short_year == 0)
    return np.where(leap_of_century, year // 400 * 400, year)


def parse_niks(texts: Sequence[str]) -> Int64Array:
    """Texts to numbers; -1 where a text is not exactly sixteen digits 0 to 9 (no space, sign, point or other digit)."""
    parts = [_parse_chunk(texts[start : start + _CHUNK]) for start in range(0, len(texts), _CHUNK)]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _parse_chunk(texts: Sequence[str]) -> Int64Array:
    numbers = np.full(len(texts), -1, dtype=np.int64)
    long_enough = np.fromiter((len(text) == DIGITS for text in texts), dtype=np.bool_, count=len(texts))
    joined = "".join(text for text in texts if len(text) == DIGITS)
    # UTF-32 puts every character into four bytes; below "0" the subtraction wraps round to a number far above 9.
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").reshape(-1, DIGITS) - np.uint32(48)
    numbers[long_enough] = np.where((codes <= 9).all(axis=1), codes.astype(np.int64) @ _POWERS, -1)
    return numbers


def compose(
    region_code: Int64Array | int, birth_day: Int64Array | int, is_female: npt.ArrayLike, serial: Int64Array | int
) -> Int64Array:
    """Numbers from their parts: region of 6 digits, birth days since 1970-01-01, serial of 4 digits; shapes broadcast.

    Raises ValueError where a region or serial has too many digits. Only serial 0000 is the number of no one.
    """
    region, tail = np.asarray(region_code, dtype=np.int64), np.asarray(serial, dtype=np.int64)
    if ((region < 0) | (region > 999_999)).any() or ((tail < 0) | (tail > 9_999)).any():
        raise ValueError("region_code takes 0 to 999999, serial 0 to 9999")
    year, month, day = civil_from_days(birth_day)
    date = (day + WOMAN * np.asarray(is_female, dtype=np.bool_)) * 10_000 + month * 100 + year % 100
    return np.asarray((region * 1_000_000 + date) * 10_000 + tail, dtype=np.int64)


def mask_nik(nik: int | str) -> str:
    """A NIK as it may be shown: the regency and the last two digits, the rest starred; `3515**********01`.

    The birth date is hidden. Any other text keeps its length, so that its owner sees a digit too few or too many, and
    is starred whole when it is too short to hide anything.
    """
    text = f"{nik:0{DIGITS}d}" if isinstance(nik, int) else nik
    if len(text) < 12:
        return "*" * len(text)
    return f"{text[:4]}{'*' * (len(text) - 6)}{text[-2:]}"
