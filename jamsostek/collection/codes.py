"""Payment codes: fifteen digits, the last a check, that say nothing about bill or payer.

A bill keeps a number (runs count theirs from a base of their own, single bills draw from a sequence); the code is that number
carried to another place by a fixed step through all codes there are. It is no secret: it only does not mean anything.
"""

from __future__ import annotations

from jamsostek.core import numbers
from jamsostek.core.months import month_index

_FIRST = 10**13
_ALL = 9 * 10**13
_STEP = 61_803_398_874_989
_START = 27_182_818_284_590
_BACK = pow(_STEP, -1, _ALL)
_FIRST_MONTH = 24108
"""`month_index` of 2009-01."""
PARTS, BILLS = 4096, 1 << 24
"""Parts of a month, and bills of a part, that have numbers of their own."""


def code_of(number: int) -> str:
    """The code of a bill's number."""
    payload = str(_FIRST + (number * _STEP + _START) % _ALL)
    return payload + numbers.check_digit(payload)


def number_of(code: str) -> int:
    """The bill's number a code stands for; raises `InputError` where the code cannot be one."""
    digits = numbers.check("bill", code)
    return (int(digits[:-1]) - _FIRST - _START) * _BACK % _ALL


def first_number(month: int, part: int) -> int:
    """Where a part of a month begins to count its bills."""
    return ((month_index(month) - _FIRST_MONTH) * PARTS + part) * BILLS
