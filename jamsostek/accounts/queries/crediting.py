"""Runs that credit the return: the rate declared, how far they are, and what a month would bring."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from jamsostek.accounts.models import Crediting
from jamsostek.accounts.queries.rates import Rate, declared_rate
from jamsostek.core.months import add_months, last_day
from jamsostek.core.rupiah import PPM

LOCK = 820_212
CREDIT = "accounts.credit"
"""The job's name."""


def run_of(month: int) -> Crediting | None:
    """The run of a month, if it was begun."""
    return Crediting.objects.filter(pk=month).first()


def last_credited() -> int | None:
    """The newest month that was credited whole."""
    return Crediting.objects.exclude(ended_at=None).order_by("-month").values_list("month", flat=True).first()


@dataclass(frozen=True)
class Run:
    """A run as it stands: parts done of all, and what they have credited; whole rupiah.

    `problem` is why it stopped last, empty where it goes on, has ended, or was killed.
    """

    month: int
    rate_ppm: int
    rate_id: int | None
    started_by: int | None
    started_at: dt.datetime
    ended_at: dt.datetime | None
    parts: int
    done: int
    accounts: int
    return_rupiah: int
    balance_rupiah: int
    running: bool
    problem: str


_RUNS = """
    SELECT c.month, c.rate_ppm, c.rate_id, c.started_by, c.started_at, c.ended_at, c.parts, count(p.part),
           coalesce(sum(p.accounts), 0), coalesce(sum(p.return_rupiah), 0), coalesce(sum(p.balance_rupiah), 0),
           EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
                   WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = c.month AND l.objsubid = 2),
           CASE WHEN c.ended_at IS NULL THEN (SELECT problem FROM accounts_creditingstop s WHERE s.month = c.month
                                              ORDER BY id DESC LIMIT 1) END
    FROM accounts_crediting c LEFT JOIN accounts_creditingpart p ON p.month = c.month
    WHERE %s::integer IS NULL OR c.month = %s GROUP BY c.month ORDER BY c.month DESC LIMIT %s
"""


def runs(*, month: int | None = None, limit: int = 24) -> list[Run]:
    """The newest runs, or the one of a month."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNS, [LOCK, month, month, limit])
        rows = cursor.fetchall()
    return [_run(*row) for row in rows]


def _run(*row: Any) -> Run:
    told: list[Any] = [int(one) if isinstance(one, Decimal) else one for one in row]
    return Run(*[*told[:-1], told[-1] or ""])


def waits(month: int) -> bool:
    """Whether a worker will take the run up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')", [f"{CREDIT}:{month}"]
        )
        return bool(cursor.fetchone()[0])


def state_of(run: Run) -> str:
    """How a run stands: `waiting`, `running`, `done`, `stopped`."""
    if run.ended_at is not None:
        return "done"
    if run.running:
        return "running"
    return "waiting" if waits(run.month) else "stopped"


def next_month() -> int | None:
    """The month to be credited next: after the newest one, or the first that has lines; None where nobody has any money."""
    newest = Crediting.objects.order_by("-month").first()
    if newest is not None:
        return newest.month if newest.ended_at is None else add_months(newest.month, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(month) FROM accounts_line WHERE programme = 1")
        found: int | None = cursor.fetchone()[0]
        return found


@dataclass(frozen=True)
class Preview:
    """What crediting a month would take in: accounts and what they held when the month began, what moved since; whole rupiah.

    `estimate_rupiah` is the return as if all were one account: rounding and money withdrawn beyond what earns set it apart.
    """

    month: int
    rate: Rate
    accounts: int
    before_rupiah: int
    moved_accounts: int
    moved_rupiah: int
    estimate_rupiah: int


_BEFORE = """
    SELECT coalesce(sum(accounts), 0), coalesce(sum(balance_rupiah), 0), coalesce(sum(year_return_rupiah), 0)
    FROM accounts_creditingpart WHERE month = %s
"""
_MOVED = """
    SELECT count(DISTINCT participant_id), coalesce(sum(amount_rupiah), 0), coalesce(sum(amount_rupiah * (%s - effective_on)), 0)
    FROM accounts_line WHERE month = %s AND programme = 1 AND kind <> 2
"""


def preview(month: int) -> Preview:
    """What the run of a month would take in. Raises `InputError` where no rate is declared."""
    rate, last = declared_rate(month), last_day(month)
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [add_months(month, -1)])
        accounts, before, year = map(int, cursor.fetchone())
        cursor.execute(_MOVED, [last, month])
        people, moved, rupiah_days = map(int, cursor.fetchone())
    earning = before if month % 100 == 1 else before - year
    year_days = (last_day(month // 100 * 100 + 12) - last_day(month // 100 * 100 - 88)).days
    earned = (earning * last.day + rupiah_days) * rate.ppm
    return Preview(month, rate, accounts, before, people, moved, (2 * earned // (year_days * PPM) + 1) // 2)
