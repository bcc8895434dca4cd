"""What all measures share: the frozen months and days, and how pairs of whole numbers come out of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.awards.edition import Edition
from jamsostek.core.months import add_months, first_day, last_day, span
from jamsostek.coverage.cube import Snapshot

YEAR = 12
Pair = tuple[int, int]
"""Numerator and denominator."""
Pairs = Mapping[int, Pair | str]
"""By subject: two whole numbers, or a key of `words.ABSENT` where they cannot be told. One left out is not told either."""


@dataclass(frozen=True)
class Frame:
    """When it is measured. `cube` is the coverage snapshot that people are counted in; None: there is none."""

    edition: Edition
    cube: Snapshot | None

    @property
    def month(self) -> int:
        """The frozen month."""
        return self.edition.measured_month

    @property
    def baseline(self) -> int:
        """The month that progress is measured from."""
        return self.edition.baseline_month

    @property
    def since(self) -> int:
        """The first month of the year that ends with the frozen month."""
        return add_months(self.month, 1 - YEAR)

    @property
    def months(self) -> list[int]:
        """That year's months."""
        return span(self.since, self.month)

    @property
    def first(self) -> dt.date:
        """That year's first day."""
        return first_day(self.since)

    @property
    def last(self) -> dt.date:
        """The frozen month's last day."""
        return last_day(self.month)

    @property
    def settled(self) -> dt.date:
        """Money that came in up to this day counts: contributions of a month fall due in the next."""
        return last_day(add_months(self.month, 1))


def asked(sql: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query, in the scope of whoever measures."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
