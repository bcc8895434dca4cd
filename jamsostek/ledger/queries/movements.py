"""The statement of an account: what it held, and every movement with the balance after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.core.errors import InputError, nearest
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.ledger.models import Account
from jamsostek.ledger.queries.balances import balance

FETCHED = 2_000


@dataclass(frozen=True)
class Movement:
    """One transfer as seen from an account; `rupiah` is positive where it grows, `balance_rupiah` stands after it."""

    group_id: int
    leg: int
    reference: str
    kind: str
    effective_on: dt.date
    recorded_at: dt.datetime
    other: str
    rupiah: int
    balance_rupiah: int


_MOVEMENTS = """
    SELECT m.group_id, m.leg, g.reference, g.kind, m.effective_on, m.recorded_at, o.code, m.rupiah, m.upto FROM (
        SELECT t.*, sum(t.rupiah) OVER (ORDER BY t.effective_on, t.recorded_at, t.group_id, t.leg) AS upto FROM (
            SELECT *, CASE WHEN (debit_id = %(account)s) = %(debit_normal)s THEN amount_rupiah ELSE -amount_rupiah END AS rupiah
            FROM ledger_transfer WHERE %(account)s IN (debit_id, credit_id)
            AND month BETWEEN %(first_month)s AND %(last_month)s AND effective_on BETWEEN %(first)s AND %(last)s) AS t
        ORDER BY t.effective_on, t.recorded_at, t.group_id, t.leg LIMIT %(limit)s OFFSET %(offset)s) AS m
    JOIN ledger_group g ON g.id = m.group_id
    JOIN ledger_account o ON o.id = CASE WHEN m.debit_id = %(account)s THEN m.credit_id ELSE m.debit_id END
    ORDER BY m.effective_on, m.recorded_at, m.group_id, m.leg
"""


@dataclass(frozen=True)
class Statement:
    """Movements of an account between two days, in the order of effect. A slice of it reads those rows and no others; going
    through it reads all, a few thousand at a time."""

    account: Account
    first: dt.date
    last: dt.date
    opening_rupiah: int
    """The balance before the first day, in the account's own direction."""

    def __getitem__(self, part: slice) -> list[Movement]:
        """Movements from one place to another."""
        start = part.start or 0
        with connection.cursor() as cursor:
            cursor.execute(_MOVEMENTS, self._given(None if part.stop is None else part.stop - start, start))
            return [self._movement(row) for row in cursor.fetchall()]

    def __iter__(self) -> Iterator[Movement]:
        """All movements, read by a cursor of the server: memory stays flat."""
        connection.ensure_connection()
        with connection.wrap_database_errors, connection.connection.cursor(name="statement") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(_MOVEMENTS, self._given(None, 0))
            for row in cursor:
                yield self._movement(row)

    @property
    def closing_rupiah(self) -> int:
        """The balance at the end of the last day."""
        return balance(self.account.code, effective=self.last)

    def _given(self, limit: int | None, offset: int) -> dict[str, Any]:
        return {
            "account": self.account.pk, "debit_normal": self.account.debit_normal, "first": self.first, "last": self.last,
            "first_month": month_of(self.first), "last_month": month_of(self.last), "limit": limit, "offset": offset,
        }  # fmt: skip

    def _movement(self, row: tuple[Any, ...]) -> Movement:
        number, leg, reference, kind, day, recorded_at, other, rupiah, upto = row
        after = self.opening_rupiah + int(upto)
        return Movement(number, leg, reference, kind, day, recorded_at, other, rupiah, after)


def statement(code: str, first: dt.date, last: dt.date) -> Statement:
    """The statement of an account from one day to another; raises `InputError` for a code that is no account."""
    account = Account.objects.filter(code=code).first()
    if account is None:
        near = nearest(code, Account.objects.values_list("code", flat=True))
        remedy = _("Maksud Anda {name}?").format(name=near) if near else _("Lihat semua akun di neraca saldo.")
        raise InputError(_("Akun {code} tidak ada.").format(code=code), field="account", value=code, remedy=remedy)
    opening = balance(code, effective=first - dt.timedelta(days=1))
    return Statement(account, first, last, opening)
