"""Text that a spreadsheet would run, made harmless in what we export; the value survives the way back.

A CSV cell that begins with one of these signs is a formula to every spreadsheet, whoever typed it. An apostrophe before
it makes it text, and our readers drop such an apostrophe again (`cells.text_of`). In a workbook a text written as text
is only text; there the same signs get Excel's own quote prefix (`books`), which changes nothing of the value.
"""

from __future__ import annotations

from typing import TypeVar

_SIGNS = frozenset("=+-@|%＝＋－＠")
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"
_QUOTE = "'"
T = TypeVar("T")


def runs(text: str) -> bool:
    """True for a text that a spreadsheet could take for a formula; a lone sign is none."""
    bare = text.lstrip(_BLANKS)
    return (len(bare) > 1 and bare[0] in _SIGNS) or (len(text) > 1 and text[0] in "\t\r\n")


def neutral(value: T) -> T | str:
    """A value as a CSV cell may hold it: a text that could run gets an apostrophe, all else stays as it is."""
    if isinstance(value, str) and (runs(value) or (value.startswith(_QUOTE) and runs(value[1:]))):
        return _QUOTE + value
    return value


def original(value: T) -> T | str:
    """The inverse of `neutral`."""
    if isinstance(value, str) and value.startswith(_QUOTE) and neutral(value[1:]) == value:
        return value[1:]
    return value
