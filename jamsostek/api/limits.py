"""How often one caller may ask. Counters live in PostgreSQL, so that all processes count together; they hold no address.

An operation is counted when it is done, in its own transaction and after everything else, so that callers of one token do
not wait for each other; one that would pass the limit is taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access.vault import blind_index
from jamsostek.api.problems import Problem
from jamsostek.core.text import _


@dataclass(frozen=True)
class Limit:
    """At most `most` requests in each window of `seconds`."""

    name: str
    most: int
    seconds: int


CALLER = Limit("caller", 600, 60)
VISITOR = Limit("visitor", 120, 60)
"""Without a token, by address."""
CARD_CHECK = Limit("card", 30, 60)
NIK_LOOKUP = Limit("nik", 100, 3600)
SHOW_SECRET = Limit("show", 60, 3600)
REGISTRATION = Limit("register", 1000, 3600)
CLAIM_BEGUN = Limit("claim", 100, 3600)
"""A hospital's desk names a patient by number and birth date."""
CLAIM_TRACKED = Limit("track", 60, 3600)
SIGN_IN = Limit("sign_in", 30, 60)
"""Tokens that are none, by address."""


@dataclass(frozen=True)
class Standing:
    """How much of a limit is used in the window that `now` lies in."""

    limit: Limit
    used: int
    now: dt.datetime

    @property
    def left(self) -> int:
        """Requests left in this window."""
        return max(0, self.limit.most - self.used)

    @property
    def wait(self) -> int:
        """Seconds until the next window."""
        return self.limit.seconds - int(self.now.timestamp()) % self.limit.seconds

    @property
    def headers(self) -> dict[str, str]:
        """What a client paces itself by."""
        told = (("Limit", self.limit.most), ("Remaining", self.left), ("Reset", self.wait))
        return {f"RateLimit-{name}": str(value) for name, value in told}

    def problem(self) -> Problem:
        """The refusal once the limit is passed."""
        return Problem(
            429,
            _("Paling banyak {most} permintaan dalam {seconds} detik.").format(most=self.limit.most, seconds=self.limit.seconds),
            _("Coba lagi sesudah {wait} detik.").format(wait=self.wait),
            headers={"Retry-After": str(self.wait), **self.headers},
        )


def caller_key(text: str) -> bytes:
    """What stands for a caller in the counters."""
    return blind_index("api_caller", text)


def standing(caller: bytes, limits: Sequence[Limit], now: dt.datetime) -> list[Standing]:
    """What is used so far; counts nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, period, used FROM api_count WHERE caller = %s", [caller])
        known = {(name, period): used for name, period, used in cursor.fetchall()}
    return [Standing(one, known.get((one.name, _period(one, now)), 0), now) for one in limits]


def count(caller: bytes, limits: Sequence[Limit], now: dt.datetime) -> list[Standing]:
    """Counts one request against each limit; the last thing its transaction does."""
    ordered = sorted(limits, key=lambda one: one.name)  # two requests lock the rows in one order
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO api_count AS c (caller, name, period, used, until)"
            " SELECT %s, name, period, 1, until"
            " FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) AS asked (name, period, until)"
            " ON CONFLICT (caller, name) DO UPDATE SET period = excluded.period, until = excluded.until,"
            " used = CASE WHEN c.period = excluded.period THEN c.used + 1 ELSE 1 END"
            " RETURNING c.name, c.used",
            [
                caller,
                [one.name for one in ordered],
                [_period(one, now) for one in ordered],
                [(_period(one, now) + 1) * one.seconds for one in ordered],
            ],
        )
        used = dict(cursor.fetchall())
    return [Standing(one, used[one.name], now) for one in limits]


def forget_old(now: dt.datetime) -> int:
    """Deletes counters of windows that are over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM api_count WHERE until < %s", [int(now.timestamp())])
        return int(cursor.rowcount)


def _period(limit: Limit, now: dt.datetime) -> int:
    return int(now.timestamp()) // limit.seconds
