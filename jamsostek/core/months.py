"""A month is an int YYYYMM in code and database; text YYYY-MM only at the edges."""

from __future__ import annotations

import datetime as dt
import re
from numbers import Integral

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

FIRST_MONTH = 200901
LAST_MONTH = 210012


def parse_month(text: str | int) -> int:
    """`"2025-03"` or `202503` -> `202503`; refuses a month that does not exist or lies outside 2009 to 2100."""
    if isinstance(text, Integral) and not isinstance(text, bool):
        month = int(text)
    else:
        match = re.fullmatch(r"\s*(\d{4})-(\d{2})\s*", str(text))
        month = int(match[1]) * 100 + int(match[2]) if match else 0
    if not 1 <= month % 100 <= 12 or not FIRST_MONTH <= month <= LAST_MONTH:
        raise InputError(
            _("Bulan {value!r} tidak dikenal.").format(value=str(text)),
            field="month",
            value=text,
            remedy=_("Tulis tahun dan bulan seperti 2025-03, antara 2009-01 dan 2100-12."),
        )
    return month


def parse_date(text: str | dt.date) -> dt.date:
    """`"2025-03-01"` -> date; refuses anything else."""
    if isinstance(text, dt.datetime):
        return text.date()
    if isinstance(text, dt.date):
        return text
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(text).strip()):
            raise ValueError
        return dt.date.fromisoformat(str(text).strip())
    except ValueError:
        raise InputError(
            _("Tanggal {value!r} tidak dikenal.").format(value=str(text)),
            field="date",
            value=text,
            remedy=_("Tulis tahun, bulan, dan hari seperti 2025-03-01."),
        ) from None


def format_month(month: int) -> str:
    """`202503` -> `"2025-03"`."""
    return f"{month // 100:04d}-{month % 100:02d}"


def month_index(month: int) -> int:
    """Months since year 0: differences of it count months."""
    return month // 100 * 12 + month % 100 - 1


def month_of_index(index: int) -> int:
    """The inverse of `month_index`."""
    return index // 12 * 100 + index % 12 + 1


def add_months(month: int, count: int) -> int:
    """The month `count` months later (earlier when negative)."""
    return month_of_index(month_index(month) + count)


def months_between(first: int, last: int) -> int:
    """How many months `last` is after `first`."""
    return month_index(last) - month_index(first)


def span(first: int, last: int) -> list[int]:
    """Every month from the first to the last; none where they stand the wrong way round."""
    return [add_months(first, at) for at in range(months_between(first, last) + 1)]


def month_of(day: dt.date) -> int:
    """The month a day lies in."""
    return day.year * 100 + day.month


def first_day(month: int) -> dt.date:
    """The first day of a month."""
    return dt.date(month // 100, month % 100, 1)


def last_day(month: int) -> dt.date:
    """The last day of a month."""
    return first_day(add_months(month, 1)) - dt.timedelta(days=1)
