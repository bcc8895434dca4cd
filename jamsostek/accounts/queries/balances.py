"""A person's money: the balance on a day and the lines of a span, under all their numbers.

Where a month was credited stands in `accounts_balance`, so a balance is the last of these and the lines since. Every question
names its months and parts, so that of ten years of partitions only those are opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.accounts.models import LineKind, Programme
from jamsostek.core.months import add_months, last_day, month_of


@dataclass(frozen=True)
class Balance:
    """What a person held in JHT at the end of a day; of it, this year's returns; whole rupiah.

    `credited` is the newest month whose return is in it, None before the first.
    """

    on: dt.date
    rupiah: int
    year_return_rupiah: int
    credited: int | None


@dataclass(frozen=True)
class OwnLine:
    """One movement; whole rupiah, negative where it went out. `source_id` is the bill a contribution was paid on, 0 for none."""

    month: int
    part: int
    group_id: int
    participant_id: int
    programme: Programme
    for_month: int
    kind: LineKind
    source_id: int
    rupiah: int
    effective_on: dt.date

    @property
    def plain(self) -> dict[str, Any]:
        """As plain values, for a person who takes everything away."""
        return {
            "on": self.effective_on, "programme": self.programme.name.lower(), "kind": self.kind.name.lower(),
            "for_month": self.for_month, "rupiah": self.rupiah,
        }  # fmt: skip


@dataclass(frozen=True)
class Credited:
    """A month that was credited whole: its rate, by which declaration (none: the law's), and how participants lie in parts."""

    month: int
    rate_ppm: int
    rate_id: int | None
    part_size: int


def credited_months(first: int, last: int) -> dict[int, Credited]:
    """The months of a span that were credited whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, rate_ppm, rate_id, part_size FROM accounts_crediting"
            " WHERE ended_at IS NOT NULL AND month BETWEEN %s AND %s",
            [first, last],
        )
        return {row[0]: Credited(*row) for row in cursor.fetchall()}


def balance_on(ids: Sequence[int], day: dt.date) -> Balance:
    """What a person with these numbers held at the end of a day."""
    month = month_of(day)
    stood = _newest(month if day == last_day(month) else add_months(month, -1))
    rupiah, year = _stood(ids, stood) if stood else (0, 0)
    after = add_months(stood.month, 1) if stood else 0
    since = lines(ids, after, month, programme=Programme.JHT) if after <= month else []
    fresh = [one for one in since if one.effective_on <= day]
    if stood and stood.month // 100 < day.year:
        year = 0
    year += sum(one.rupiah for one in fresh if one.kind == LineKind.RETURN and one.month // 100 == day.year)
    total = rupiah + sum(one.rupiah for one in fresh)
    return Balance(day, total, min(year, max(total, 0)), stood.month if stood else None)


def _newest(month: int) -> Credited | None:
    """The newest month credited whole, up to a month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, rate_ppm, rate_id, part_size FROM accounts_crediting WHERE ended_at IS NOT NULL AND month <= %s"
            " ORDER BY month DESC LIMIT 1", [month],
        )  # fmt: skip
        row = cursor.fetchone()
        return Credited(*row) if row else None


def _stood(ids: Sequence[int], at: Credited) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(balance_rupiah), 0), coalesce(sum(year_return_rupiah), 0) FROM accounts_balance"
            " WHERE month = %s AND part = ANY (%s) AND participant_id = ANY (%s)",
            [at.month, parts(ids, [at.part_size]), list(ids)],
        )
        rupiah, year = cursor.fetchone()
        return int(rupiah), int(year)


def stood(ids: Sequence[int], months: Sequence[Credited]) -> dict[tuple[int, int], tuple[int, int, int]]:
    """(balance, this year's returns, the month's return) by number and month, where these months left them; whole rupiah."""
    if not months:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, month, balance_rupiah, year_return_rupiah, return_rupiah FROM accounts_balance"
            " WHERE month = ANY (%s) AND part = ANY (%s) AND participant_id = ANY (%s)",
            [[one.month for one in months], parts(ids, {one.part_size for one in months}), list(ids)],
        )
        return {(who, month): (balance, year, earned) for who, month, balance, year, earned in cursor.fetchall()}


def parts(ids: Iterable[int], sizes: Iterable[int]) -> list[int]:
    """Which parts numbers lie in."""
    people = list(ids)
    return sorted({-(-one // size) for one in people for size in sizes})


def lines(ids: Sequence[int], first: int, last: int, *, programme: Programme | None = None) -> list[OwnLine]:
    """A person's lines posted in months from `first` to `last`, in the order of effect."""
    wanted = [0, *parts(ids, _part_sizes(first, last))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, part, group_id, participant_id, programme, for_month, kind, source_id, amount_rupiah, effective_on"
            " FROM accounts_line WHERE month BETWEEN %s AND %s AND part = ANY (%s) AND participant_id = ANY (%s)"
            " AND programme = ANY (%s) ORDER BY effective_on, kind, programme, for_month, participant_id, group_id",
            [first, last, wanted, list(ids), [programme] if programme else [1, 2]],
        )
        rows = cursor.fetchall()
    return [
        OwnLine(month, part, group, who, Programme(programme), for_month, LineKind(kind), source, rupiah, day)
        for month, part, group, who, programme, for_month, kind, source, rupiah, day in rows
    ]


def _part_sizes(first: int, last: int) -> set[int]:
    """How participants lie in parts in the months of a span; of a run that goes on too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT part_size FROM accounts_crediting WHERE month BETWEEN %s AND %s", [first, last])
        return {row[0] for row in cursor.fetchall()}
