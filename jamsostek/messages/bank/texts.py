"""Texts of a statement: white space made single, lines of a fixed width joined again, the payment code found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jamsostek.core import numbers

LONGEST_TEXT = 2_000
"""Characters kept of what payer and bank wrote."""
_CODE = re.compile(r"(?<![0-9])[1-9][0-9]{4}([ .\-]?)[0-9]{5}\1[0-9]{5}(?![0-9])")
_WHOLE_CODE = re.compile(r"[1-9][0-9]{14}")


def clean(text: str) -> str:
    """A text as it is kept: printable, white space single, cut at `LONGEST_TEXT`."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())[:LONGEST_TEXT].rstrip()


def joined(parts: Iterable[str]) -> str:
    """Texts as one; a text that stands in an earlier one is not said twice."""
    whole = ""
    for part in map(clean, parts):
        if part and part not in whole:
            whole = f"{whole} {part}" if whole else part
        if len(whole) > LONGEST_TEXT:
            break
    return clean(whole)


def is_code(text: str) -> bool:
    """Whether a text can be a payment code: fifteen digits, the first none of 0, the last a check (`core.numbers`)."""
    return bool(_WHOLE_CODE.fullmatch(text)) and numbers.holds(text)


def code_in(fields: Iterable[str], text: str) -> str:
    """The payment code of an entry: of the first field that is one, else the only one in the text; '' for none or several.

    In a text it may be written in groups of five (`81234 56789 01234`), never as part of a longer number.
    """
    for field in fields:
        if is_code(field.strip()):
            return field.strip()
    found = {re.sub(r"[ .\-]", "", code[0]) for code in _CODE.finditer(text)}
    codes = {one for one in found if numbers.holds(one)}
    return codes.pop() if len(codes) == 1 else ""


def fold(text: str, width: int) -> list[str]:
    """A clean text in lines of at most `width`. A line is full only where a word goes on in the next one."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) < width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        # After a full line only a blank shows that a new word begins.
        line = f" {word}" if lines and len(lines[-1]) == width else word
        while len(line) >= width:
            lines.append(line[:width])
            line = line[width:]
    return [*lines, line] if line else lines


def unfold(lines: Sequence[str], width: int) -> str:
    """The text of lines: a full line goes on in the next, a shorter one ends a word. So a number cut by the width is whole."""
    return clean("".join(line if len(line) == width else f"{line} " for line in lines))
