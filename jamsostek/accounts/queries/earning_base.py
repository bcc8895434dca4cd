"""What members' JHT earns in a year, as the crediting counts it: rupiah times days, all accounts as one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from jamsostek.accounts.queries.crediting import last_credited
from jamsostek.core.months import add_months, last_day


@dataclass(frozen=True)
class MonthBase:
    """A month of the year: what earned when it began, what moved in it, and the sum of rupiah times days; whole rupiah.

    `opening_rupiah` leaves out this year's returns, which earn from January. As if all were one account: an account that was
    emptied beyond what earns sets the crediting apart from it.
    """

    month: int
    opening_rupiah: int
    moved_rupiah: int
    rupiah_days: int
    days: int


_HELD = "SELECT coalesce(sum(balance_rupiah), 0) FROM accounts_creditingpart WHERE month = %s"
_SINCE = "SELECT accounts_moved_between(%s, %s)"
_LINES = "SELECT month, rupiah, rupiah_days FROM accounts_moved_by_month(%s, %s)"


def year_base(until: int) -> list[MonthBase]:
    """January until a month of its year, in order."""
    first = until // 100 * 100 + 1
    standing = _held_before(first)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [first, until])
        moved = {month: (int(rupiah), int(days)) for month, rupiah, days in cursor.fetchall()}
    found = []
    for month in range(first, until + 1):
        rupiah, rupiah_days = moved.get(month, (0, 0))
        days = last_day(month).day
        found.append(MonthBase(month, standing, rupiah, standing * days + rupiah_days, days))
        standing += rupiah
    return found


def _held_before(first: int) -> int:
    """All that members held when a year began; returns that were not credited by then are not in it."""
    newest = last_credited()
    before = add_months(first, -1)
    known = 0 if newest is None else min(newest, before)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [known])
        held = int(cursor.fetchone()[0])
        cursor.execute(_SINCE, [known, first])
        return held + int(cursor.fetchone()[0])


def days_of_year(year: int) -> int:
    """365 or 366."""
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
