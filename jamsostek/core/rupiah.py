"""Whole rupiah in int64, rates in parts per million, one named rounding.

Rounding: an exact half goes up (docs/law/interpretations.md tells why and what the other reading costs).
Overflow: NumPy wraps silently, so amounts are refused at the door (see the limits); within them nothing here can wrap.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from jamsostek.core.text import language

Int64Array: TypeAlias = npt.NDArray[np.int64]

PPM = 1_000_000
MAX_MONTHLY_RUPIAH = 10**11
"""The largest monthly wage or income the law multiplies: 100 billion. 80 months of it at a table's share still fits in int64."""
MAX_RUPIAH = 10**12
"""The largest single amount (a due, a balance, a benefit)."""
MAX_CONTRACT_RUPIAH = 10**15
"""The largest construction contract."""


def share(amount: Int64Array, rate_ppm: Int64Array | int, half_up: int = 1) -> Int64Array:
    """`amount` x `rate_ppm` / 1,000,000, an exact half rounded up; int64 in, int64 out, same shape.

    Takes 0 <= amount x rate_ppm <= 9.2 x 10^18 (any amount to 10^12 at any share to 100 %).
    `half_up=0` cuts the fraction instead: the other reading of an unsettled point, never the default.
    """
    return (amount * rate_ppm + half_up * (PPM // 2)) // PPM


def scale(amount: Int64Array, numerator: Int64Array | int, denominator: int, half_up: int = 1) -> Int64Array:
    """`amount` x `numerator` / `denominator`, an exact half rounded up, exact although the product may pass 64 bits.

    Takes non-negative numbers with amount x denominator <= 9.2 x 10^18 and a result that fits.
    """
    whole, rest = np.divmod(numerator, denominator)
    return amount * whole + (amount * rest + half_up * (denominator // 2)) // denominator


def format_rupiah(amount: int) -> str:
    """`4500000` -> `Rp4.500.000`, in English `Rp4,500,000`."""
    return f"{'-' if amount < 0 else ''}Rp{format_number(abs(int(amount)))}"


def format_number(number: int) -> str:
    """`4500000` -> `4.500.000`, in English `4,500,000`."""
    return separated(f"{int(number):,}")


def format_percent(rate_ppm: int) -> str:
    """`8900` -> `0,89 %` (`0.89 %`), all digits that count and no more."""
    whole, rest = divmod(int(rate_ppm), 10_000)
    digits = f"{rest:04d}".rstrip("0")
    return f"{separated(f'{whole}.{digits}')} %" if digits else f"{whole} %"


def format_share(part: int, whole: int) -> str:
    """A part of a whole in per cent with one digit: `(573, 811)` -> `70,7 %`; nothing of nothing is a dash."""
    return f"{separated(f'{100 * part / whole:.1f}')} %" if whole else "–"


def format_decimal(value: int | float | Decimal, digits: int = 1) -> str:
    """`1234.56` -> `1.234,6`, in English `1,234.6`: so many digits after the mark."""
    return separated(f"{value:,.{digits}f}")


def separated(text: str) -> str:
    """A number written the English way (1,234.5) in the separators of the reader's language."""
    return text if language() == "en" else text.translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")
