"""A birth date in a register, however it is typed, and what kind of date it cannot be."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from jamsostek.messages.tables.cells import BLANK, Reading, calendar_date, is_blank, text_of

OLDEST_YEARS = 110
_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
FILLERS = frozenset({
    dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1), dt.date(1900, 1, 2), dt.date(1901, 1, 1),
    dt.date(1970, 1, 1),
    dt.date(1111, 11, 11), dt.date(1, 1, 1), dt.date(9999, 12, 31),
})  # fmt: skip
"""Dates that programs and people write where they know none. 1 January 1970 is a date where the NIK says so too."""
_NOTHING = re.compile(r"0{1,2}[-/. ]0{1,2}[-/. ]0{2,4}|0{4}[-/. ]0{1,2}[-/. ]0{1,2}(?: 00:00:00)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SERIAL = re.compile(r"[1-5]\d{4}(?:\.0+)?")
_TWO_DIGITS = re.compile(r"(?:.*,)?\s*\d{1,2}[-/. ]+(?:\d{1,2}|[A-Za-z]{3,9})[-/. ]+\d{2}")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?Z?$")
_PLACE_AND_DATE = re.compile(r"\s*(?P<place>[^\d,/]*?)\s*[,/.\-;]?\s*(?P<date>\d.*)")


def birth_date(cell: Any, today: dt.date) -> Reading:
    """A date and the problem with it; with a value it is a warning, a note, or the filler `birth_date_default`.

    A two-digit year is the latest not after `today`. Problems: birth_date_unreadable, _impossible, _future, _too_old,
    _default, _year_only, _two_digits, _month_first, _words, _serial.
    """
    if is_blank(cell):
        return BLANK
    text = _TIME.sub("", text_of(cell)) if type(cell) is str else cell
    note = ""
    if type(text) is str:
        if _NOTHING.fullmatch(text):
            return Reading(None, "birth_date_default")
        if _YEAR.fullmatch(text):
            return Reading(None, "birth_date_year_only")
        if _SERIAL.fullmatch(text):
            text = float(text)
        elif _TWO_DIGITS.fullmatch(text):
            note = "birth_date_two_digits"
        elif _WORDS.search(text):
            note = "birth_date_words"
    if type(text) is float:
        if 1900 <= text <= today.year:
            return Reading(None, "birth_date_year_only")
        note = "birth_date_serial"
    return _plausible(calendar_date(text, _FIRST, _LAST, today.year), today, note)


def _plausible(reading: Reading, today: dt.date, note: str) -> Reading:
    day = reading.value
    if day is None:
        return Reading(None, f"birth_date_{reading.problem}" if reading.problem else "")
    if day in FILLERS:
        return Reading(day, "birth_date_default")
    if day > today:
        return Reading(None, "birth_date_future")
    if today.year - day.year > OLDEST_YEARS:
        return Reading(None, "birth_date_too_old")
    return Reading(day, f"birth_date_{reading.problem}" if reading.problem else note)


def place_and_date(text: str) -> tuple[str, str]:
    """`Sleman, 12-03-1980` -> its two halves; either may be empty."""
    found = _PLACE_AND_DATE.fullmatch(text)
    return (found["place"].strip(" ,/"), found["date"]) if found else (text, "")
