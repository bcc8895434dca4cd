"""Logarithms in whole numbers: the same bits on every machine, whatever its mathematical library.

log2 of a share in fixed point with 32 binary digits, digit by digit: the mantissa (32 bits) is squared, its square's size is the
next digit. What is cut off each time is below 2^-31 of the mantissa and weighs half as much with each digit, so the error stays
below 2^-29; the way is monotone. A score is found back in a table of logarithms of the borders between two ppm: no exponential
is computed, and a larger logarithm never gives a smaller score.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from jamsostek.awards.scoring.field import MILLION, Ints

DIGITS = 32
NOTHING = -(1 << 40)
"""Stands for the logarithm of zero: below any weighted mean of others."""


def log2(whole: Ints) -> Ints:
    """log2 of whole numbers from 1 to 2^32 - 1, times 2^32."""
    value = whole.astype(np.uint64)
    size = np.zeros(value.shape, np.uint64)
    rest = value.copy()
    for step in (16, 8, 4, 2, 1):
        large = rest >= np.uint64(1 << step)
        size += np.where(large, np.uint64(step), np.uint64(0))
        rest = np.where(large, rest >> np.uint64(step), rest)
    mantissa = value << (np.uint64(31) - size)
    found = size
    for _digit in range(DIGITS):
        square = mantissa * mantissa
        one = square >> np.uint64(63)
        mantissa = square >> (np.uint64(31) + one)
        found = (found << np.uint64(1)) | one
    return found.astype(np.int64)


def logs(ppm: Ints) -> Ints:
    """log2 of shares of 0 to a million ppm, times 2^32: zero or less; NOTHING for zero."""
    return _halves()[2 * ppm]


def from_logs(mean: Ints) -> Ints:
    """The shares in ppm that have these logarithms, half up."""
    return np.searchsorted(_halves()[1::2], mean, side="right").astype(np.int64)


@cache
def _halves() -> Ints:
    """Logarithms of 0, 0.5, 1, 1.5 … ppm to a million: 16 MB, made once in a process."""
    made = np.empty(2 * MILLION + 1, np.int64)
    made[0] = NOTHING
    made[1:] = log2(np.arange(1, 2 * MILLION + 1, dtype=np.int64))
    made[1:] -= made[-1]
    made.flags.writeable = False
    return made
