"""Whole rupiah from the ways banks write money. Integers only: no float, and no sen but 00.

In a CSV `1.000` and `1,000` can each be a thousand or one. The whole table decides, all its amounts and balances
together, for a bank's programme writes them all one way: an amount that can be read one way only (`1.000.000`,
`1,000.00`, `1000.5`) settles the style of the others. Where amounts contradict each other, or none settles it, the file is
refused: a thousandfold error is not guessed at. Where the style is settled and a number is not of it (`1.000` among
`2,000.00`), that line is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY, LARGEST_RUPIAH
from jamsostek.messages.bank.refusals import mixed, undecidable


class Style(Enum):
    """Which mark divides rupiah from sen; the other one groups thousands."""

    COMMA = ","
    POINT = "."


_NUMBERS = {
    Style.COMMA: re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]{1,3}))?"),
    Style.POINT: re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,3}))?"),
}
_NOT_SEN = "000"
"""Three digits behind the mark: `1.000` may be meant so, and is doubtful for it, but no bank divides rupiah by a thousand."""
_DECIMAL = re.compile(r"\+?([0-9]{1,18})(?:[.,]([0-9]{0,5}))?")
_WRITTEN = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?:(?P<before>[a-z]{1,6})\.?)?\s*(?P<sign2>[-+])?\s*"
    r"(?P<number>[0-9][0-9.,]*)\s*(?P<tail>-)?\s*(?P<close>\))?\s*(?:(?P<after>[a-z]{1,8})\.?)?",
    re.IGNORECASE | re.ASCII,
)
_RUPIAH = frozenset({"rp", "idr", "rupiah"})
MARKS = {
    **dict.fromkeys(("c", "cr", "k", "kr", "kredit", "credit", "in", "masuk"), True),
    **dict.fromkeys(("d", "db", "dr", "debet", "debit", "out", "keluar"), False),
}
"""Words for money that came (true) and went (false)."""


def plain_rupiah(text: str, field: str) -> int:
    """Rupiah of an amount with one mark at most, before sen (SWIFT `1000,00`, ISO 20022 `1000.00`). Raises `Unread`."""
    found = _DECIMAL.fullmatch(text.strip())
    if not found:
        raise Unread("amount_unreadable", field, text)
    return _whole(found[1], found[2] or "", field, text)


def _whole(digits: str, sen: str, field: str, text: str) -> int:
    if sen.strip("0"):
        raise Unread("amount_fraction", field, text)
    rupiah = int(digits) if len(digits) < 20 else LARGEST_RUPIAH + 1
    if rupiah > LARGEST_RUPIAH:
        raise Unread("amount_too_large", field, text, maximum=LARGEST_RUPIAH)
    return rupiah


@dataclass(frozen=True)
class Written:
    """An amount taken apart: its digits and marks, the sign, the mark CR or DB, the currency, as far as they stand there."""

    text: str
    number: str
    negative: bool
    credit: bool | None = None
    currency: str = ""


@lru_cache(maxsize=65_536)
def take_apart(text: str, field: str) -> Written:
    """The parts of `Rp 1.000.000,00 CR`. Raises `Unread` for what is no amount."""
    found = _WRITTEN.fullmatch(text.strip()) if len(text) <= 60 else None
    if not found or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        raise Unread("amount_unreadable", field, text)
    signs = [found["sign"], found["sign2"], found["open"] and "-"]
    if not found["number"].endswith((",", ".")):  # the dash of `1.000.000,-` ends a price, it is no minus
        signs.append(found["tail"])
    negative = "-" in signs
    written = Written(text, found["number"].rstrip(".,"), negative)
    for word in (found["before"], found["after"]):
        written = _with_word(written, word.lower(), field) if word else written
    return written


def _with_word(written: Written, word: str, field: str) -> Written:
    """A word beside the number: a mark, or a currency."""
    if word in MARKS:
        return replace(written, credit=MARKS[word])
    if word in _RUPIAH:
        return replace(written, currency=CURRENCY)
    if len(word) == 3:
        return replace(written, currency=word.upper())
    raise Unread("amount_unreadable", field, written.text)


def style_of(amounts: Iterable[tuple[int, Written]]) -> Style:
    """The one style in which all amounts of a table (row, amount) are written. Raises `FileUnreadable`."""
    settled: tuple[Style, int, str] | None = None
    doubtful: tuple[str, int] | None = None
    for row, written in amounts:
        style = _only_style(written.number)
        if style:
            if settled and settled[0] is not style:
                raise mixed(settled[2], settled[1], written.text, row)
            settled = settled or (style, row, written.text)
        elif len(set(_readings(written.number).values())) > 1:
            doubtful = doubtful or (written.text, row)
    if settled is None and doubtful:
        raise undecidable(*doubtful)
    return settled[0] if settled else Style.COMMA  # digits alone read the same in both


@lru_cache(maxsize=65_536)
def _readings(number: str) -> dict[Style, tuple[str, str]]:
    """Rupiah and what stands behind the mark, as digits, in each style that the number can be written in."""
    found = {style: pattern.fullmatch(number) for style, pattern in _NUMBERS.items()}
    return {style: (re.sub("[.,]", "", one[1]), one[2] or "") for style, one in found.items() if one}


def _only_style(number: str) -> Style | None:
    """The style that a number settles: the only one in which it is rupiah."""
    readings = _readings(number)
    if len(readings) != 1:
        return None
    ((style, (_digits, sen)),) = readings.items()
    return style if len(sen) < len(_NOT_SEN) else None


def rupiah(written: Written, style: Style, field: str) -> int:
    """The amount without its sign, in the table's style. Raises `Unread`."""
    digits, sen = _readings(written.number).get(style, ("", _NOT_SEN))
    if len(sen) == len(_NOT_SEN):
        raise Unread("amount_unreadable", field, written.text)
    return _whole(digits, sen, field, written.text)
