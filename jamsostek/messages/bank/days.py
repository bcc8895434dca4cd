"""Days as banks write them: 03/11/2025, 03/11 (the year from the period above), 2025-11-03, 03 Nov 2025; a time is dropped."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from jamsostek.core.months import last_day
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.refusals import month_first, no_year
from jamsostek.messages.tables.cells import calendar_date

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
_TIME = re.compile(
    r"[ T,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?\s*(?:[ap]m)?\s*(?:[+-][0-9:]{4,5}|Z|WIB|WITA|WIT)?$", re.I
)
_NO_YEAR = re.compile(r"([0-9]{1,2})(?:[/.\- ]([0-9]{1,2})|[/.\- ]?([a-z]{3,9}))", re.I)
_IN_TEXT = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4}|[0-9]{1,2}[ \-][a-z]{3,9}[ \-][0-9]{4}", re.I
)
_MONTH_IN_TEXT = re.compile(r"\b([a-z]{3,9})[ \-]+([0-9]{4})\b", re.I)
_LONGEST, _LONGEST_PERIOD = 60, 300
"""Signs looked at: longer ones are no days, and would keep the patterns busy."""
Period = tuple[dt.date, dt.date]


def day(text: str, row: int, period: Period | None, field: str = "date") -> dt.date:
    """The day in a cell. Raises `Unread` for one line, `FileUnreadable` where no day of the table can be trusted."""
    if len(text) > _LONGEST:
        raise Unread("date_unreadable", field, text)
    plain = _TIME.sub("", text.strip().removeprefix("'").strip())
    try:
        return _day(plain, period, field)
    except Unread as wrong:
        if wrong.kind in _OF_ALL:
            raise _OF_ALL[wrong.kind](plain, row) from None
        raise


_OF_ALL = {"month_first": month_first, "no_year": no_year}
"""What one day tells of all days of its table."""


@lru_cache(maxsize=8192)
def _day(plain: str, period: Period | None, field: str) -> dt.date:
    if not plain:
        raise Unread("date_missing", field, plain)
    if short := _NO_YEAR.fullmatch(plain):
        if period is None:
            raise Unread("no_year", field, plain)
        return _in_period(f"{short[1]} {short[2] or short[3]}", plain, period, field)
    found = _calendar(plain, plain, field)
    if period and not period[0] <= found <= period[1]:
        raise _outside(plain, period, field)
    return found


def _calendar(text: str, plain: str, field: str) -> dt.date:
    """A day with its year; `plain` is what stands in the cell."""
    reading = calendar_date(text, FIRST, LAST, LAST.year)
    if reading.problem == "month_first":
        raise Unread("month_first", field, plain)
    if reading.value is None:
        raise Unread("date_impossible" if reading.problem == "impossible" else "date_unreadable", field, plain)
    found: dt.date = reading.value
    return found


def _outside(plain: str, period: Period, field: str) -> Unread:
    return Unread("date_outside", field, plain, first=period[0].isoformat(), last=period[1].isoformat())


def _in_period(day_and_month: str, plain: str, period: Period, field: str) -> dt.date:
    """The year in which a day and month lie within the period."""
    wrong: Unread | None = None
    for year in range(period[0].year, period[1].year + 1):
        try:
            found = _calendar(f"{day_and_month} {year}", plain, field)
        except Unread as unread:
            wrong = unread
            continue
        if period[0] <= found <= period[1]:
            return found
        wrong = _outside(plain, period, field)
    assert wrong is not None
    raise wrong


def period_in(text: str) -> Period | None:
    """The days a heading covers: `01/11/2025 - 30/11/2025`, `3 Nov 2025 s/d 5 Nov 2025`, `NOVEMBER 2025`; None for none."""
    text = text[:_LONGEST_PERIOD]
    found = [calendar_date(one, FIRST, LAST, LAST.year).value for one in _IN_TEXT.findall(text)]
    days = [one for one in found if one is not None]
    if days:
        return min(days), max(days)
    months = [calendar_date(f"1 {word} {year}", FIRST, LAST, LAST.year).value for word, year in _MONTH_IN_TEXT.findall(text)]
    firsts = [one for one in months if one is not None]
    if not firsts:
        return None
    return min(firsts), last_day(max(firsts).year * 100 + max(firsts).month)
