"""The least JHT may be credited at: the mean one-year deposit rate of state banks, recorded by one, confirmed by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Floor:
    """A deposit rate for the months from `from_month` to December; `confirmed` is None before anybody answered.

    Source of law: PP 46/2015 Pasal 27 ayat (3). `recorded_by` is None for the operator of the installation.
    """

    id: int
    from_month: int
    rate_ppm: int
    source: str
    invented: bool
    recorded_by: int | None
    recorded_at: dt.datetime
    confirmed: bool | None
    reason: str
    answered_by: int | None
    answered_at: dt.datetime | None

    @property
    def to_month(self) -> int:
        """The last month it is for."""
        return self.from_month // 100 * 100 + 12


_RECORDED = """
    SELECT f.id, f.from_month, f.rate_ppm, f.source, f.invented, f.recorded_by, f.recorded_at,
           a.confirmed, coalesce(a.reason, ''), a.answered_by, a.answered_at
    FROM accounts_floor f LEFT JOIN accounts_flooranswer a ON a.floor_id = f.id
    WHERE (%s::bigint[] IS NULL OR f.id = ANY (%s)) AND (%s::bigint IS NULL OR f.id < %s) ORDER BY f.id DESC LIMIT %s
"""


def floors(*, ids: Collection[int] | None = None, before: int | None = None, limit: int = 200) -> list[Floor]:
    """What was recorded, the newest first; of some ids, or those before an id."""
    wanted = None if ids is None else list(ids)
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [wanted, wanted, before, before, limit])
        return [Floor(*row) for row in cursor.fetchall()]


def floor_of(month: int) -> Floor | None:
    """The one that holds for a month; None where none was confirmed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_floor_of(%s)", [month])
        found = cursor.fetchone()[0]
    return None if found is None else floors(ids=[found])[0]


def floor_from(month: int) -> int | None:
    """The least a rate from this month to December may be, in ppm; None where the month has no floor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_floor_from(%s)", [month])
        found: int | None = cursor.fetchone()[0]
        return found
