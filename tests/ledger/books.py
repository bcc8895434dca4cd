"""A small set of books, and hands that write into them: the application, the owner of the tables, an administrator."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg

from jamsostek.ledger import actions, checks, proofs
from jamsostek.ledger.actions import Leg, Posting
from jamsostek.ledger.checks import Finding
from tests import cast

BEFORE, LAST, MONTH = 202608, 202609, 202610
"""Months that have ended, so that they can be closed."""
DAY = dt.date(2026, 10, 12)
APP, OWNER, ADMINISTRATOR = "jamsostek_app", "jamsostek_owner", "postgres"
_number = count(1)


@dataclass
class Books:
    """Open months, ids of accounts by code, and connections."""

    database: Any
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with cast.everyone():
            for month in (BEFORE, LAST, MONTH):
                actions.open_month(month)
        self.ids = dict(self.ask("SELECT code, id FROM ledger_account"))

    def connect(self, role: str = APP, *, books: bool = True, **given: Any) -> psycopg.Connection[Any]:
        """A connection of a role. The application's is that of a user, who reads the books or does not."""
        settings = f"-c jamsostek.user=7 -c jamsostek.books={'1' if books else ''}"
        found: psycopg.Connection[Any] = self.database.connect(role, options=settings, **given)
        return found

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What an administrator sees."""
        with self.connect(ADMINISTRATOR, autocommit=True) as root:
            return root.execute(sql, values).fetchall()

    def tamper(self, sql: str, *values: Any) -> None:
        """What an administrator can do who turns every guard off."""
        with self.connect(ADMINISTRATOR, autocommit=True) as root:
            root.execute("SET session_replication_role = replica")
            assert root.execute(sql, values).rowcount > 0, sql

    def recorded(self, group_id: int, moment: dt.datetime) -> None:
        """As if a group had been recorded at another moment: nobody can write that, and tests need a past."""
        self.tamper("UPDATE ledger_group SET recorded_at = %s WHERE id = %s", moment, group_id)
        self.tamper("UPDATE ledger_transfer SET recorded_at = %s WHERE group_id = %s", moment, group_id)


def broken() -> list[Finding]:
    """What the ledger's own checks find; those of rooms above have tests of their own."""
    with cast.everyone():
        return [one for one in checks.check() if one.check in proofs.OWN]


@contextlib.contextmanager
def undone(connection: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A connection whose work is taken back."""
    with connection:
        try:
            yield connection
        finally:
            connection.rollback()


def posting(*legs: tuple[str, str, int], day: dt.date = DAY, reference: str = "", **more: Any) -> Posting:
    """A posting under a reference of its own; money into the JKK fund where nothing is told."""
    named = reference or f"uji:{next(_number)}"
    told = legs or (("cash:jkk", "fund:jkk", 1_000),)
    return Posting(named, more.pop("kind", "test"), day, tuple(Leg(*leg) for leg in told), **more)


def post(*legs: tuple[str, str, int], **more: Any) -> Posting:
    """Posts as the installation; returns what was posted."""
    made = posting(*legs, **more)
    with cast.everyone():
        assert actions.post(made)
    return made


GROUP = {
    "id": 1, "reference": "kasar:1", "kind": "test", "effective_on": DAY, "debits": ["cash:jkk"], "credits": ["fund:jkk"],
    "amounts": [1_000], "body": b"\1" * 32, "reverses": None, "made_by": 7,
}  # fmt: skip
TYPES = {"debits": "integer[]", "credits": "integer[]", "amounts": "bigint[]"}


def raw_group(books: Books, **changed: Any) -> tuple[str, list[Any]]:
    """An INSERT of a group by hand, accounts by code; what is not told is right."""
    told = {**GROUP, **changed}
    for name in ("debits", "credits"):
        told[name] = [books.ids.get(one, one) if one is not None else None for one in told[name]]
    names = ", ".join(told)
    holes = ", ".join(f"%s::{TYPES[name]}" if name in TYPES else "%s" for name in told)
    return f"INSERT INTO ledger_group ({names}) VALUES ({holes})", list(told.values())
