"""Decimals as tables of prices write them: `101,25`, `101.25`, `9.350`, `1.234,5678`, numbers of a spreadsheet. Exact, no float.

`9.350` and `9,350` can each be nine thousand or nine. What else stands in the column decides, for one programme wrote it; where
nothing settles it, or the column contradicts itself, the number is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from jamsostek.messages.tables.cells import ERROR_TEXTS, is_blank

LONGEST = 40
_AROUND = re.compile(r"^(?:rp|idr)\.?\s*|\s*(?:%|persen|percent|rupiah|idr|,-+)$", re.IGNORECASE)
_NOISE, _NOISY = Decimal("1e-8"), Decimal(10) ** 15
_GROUPS = r"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+"


class Style(Enum):
    """Which mark stands before decimals; the other one groups thousands."""

    COMMA = ","
    POINT = "."

    @property
    def other(self) -> Style:
        """The other one."""
        return Style.POINT if self is Style.COMMA else Style.COMMA


class Number(NamedTuple):
    """A number understood, or the kind of problem: missing, text, negative, ambiguous."""

    value: Decimal | None
    problem: str = ""


def style_of(cells: Iterable[object]) -> Style | None:
    """The style that the texts of a column settle; None where none does or they contradict each other."""
    settled: set[Style] = set()
    for cell in cells:
        found = _readings(_plain(cell)) if isinstance(cell, str) else {}
        if len(found) == 1:
            settled.update(found)
    return settled.pop() if len(settled) == 1 else None


def number_of(cell: object, style: Style | None) -> Number:
    """The number in a cell of a column of that style."""
    if isinstance(cell, bool):
        return Number(None, "text")
    if isinstance(cell, int | float):
        value = Decimal(str(cell))
        if not value.is_finite():
            return Number(None, "text")
        if isinstance(cell, float) and abs(value) < _NOISY:
            value = value.quantize(_NOISE)  # what a spreadsheet computed is a float; its noise is no price
        return Number(None, "negative") if value < 0 else Number(value)
    if is_blank(cell):
        return Number(None, "missing")
    if not isinstance(cell, str):
        return Number(None, "text")
    return _written(_plain(cell), style)


def _written(plain: str, style: Style | None) -> Number:
    if plain.upper() in ERROR_TEXTS or len(plain) > LONGEST:
        return Number(None, "text")
    negative = plain.startswith("-") or (plain.startswith("(") and plain.endswith(")"))
    found = _readings(plain.strip("-() "))
    if not found:
        return Number(None, "text")
    if negative:
        return Number(None, "negative")
    values = set(found.values())
    if len(values) == 1:
        return Number(values.pop())
    return Number(found[style]) if style else Number(None, "ambiguous")


def _plain(cell: object) -> str:
    text = str(cell).replace(" ", " ").strip(" '\"\t")
    before = ""
    while before != text:
        before, text = text, _AROUND.sub("", text).strip()
    return text


def _readings(plain: str) -> dict[Style, Decimal]:
    """What a text can be: under which style which number. A text both ways the same number has both."""
    if len(plain) > LONGEST:
        return {}
    found = {}
    for style in Style:
        mark, group = re.escape(style.value), re.escape(style.other.value)
        if got := re.fullmatch(rf"({_GROUPS.format(mark=group)}|[0-9]+)(?:{mark}([0-9]+))?", plain):
            found[style] = Decimal(f"{re.sub('[.,]', '', got[1])}.{got[2] or '0'}")
    return found
