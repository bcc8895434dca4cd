"""Reading the books: balances now and at any past moment, trial balance, statement of an account, the digest of a period.

Two times: what was *effective* up to a day (when money moved), and what was *known* at a moment (when it was recorded).
Balances of now come from the sums of closed days and the rows since, never from one row that is updated.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.core.months import month_of
from jamsostek.ledger.models import Account, Period


@dataclass(frozen=True)
class Balance:
    """One account: what was debited and credited, and the balance in the account's own direction; whole rupiah."""

    account_id: int
    code: str
    kind: str
    fund: str
    title_id: str
    title_en: str
    debit_normal: bool
    debit_rupiah: int
    credit_rupiah: int

    @property
    def balance_rupiah(self) -> int:
        """Debits less credits for an asset or expense; the other way round for the rest."""
        net = self.debit_rupiah - self.credit_rupiah
        return net if self.debit_normal else -net


_NOW = """
    SELECT account_id, sum(debit_rupiah), sum(credit_rupiah) FROM (
        SELECT account_id, debit_rupiah, credit_rupiah FROM ledger_day
        UNION ALL
        SELECT debit_id, amount_rupiah, 0 FROM ledger_transfer WHERE month = ANY (ledger_live_months()) AND recorded_on > {closed}
        UNION ALL
        SELECT credit_id, 0, amount_rupiah FROM ledger_transfer WHERE month = ANY (ledger_live_months()) AND recorded_on > {closed}
    ) AS moved GROUP BY 1
"""
_CLOSED = "coalesce((SELECT max(recorded_on) FROM ledger_closedday), '-infinity')"
_THEN = """
    SELECT account_id, sum(debit_rupiah), sum(credit_rupiah) FROM (
        SELECT debit_id AS account_id, amount_rupiah AS debit_rupiah, 0 AS credit_rupiah FROM ledger_transfer WHERE {then}
        UNION ALL
        SELECT credit_id, 0, amount_rupiah FROM ledger_transfer WHERE {then}
    ) AS moved GROUP BY 1
"""


def trial_balance(*, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> list[Balance]:
    """All accounts that ever moved, by code; at a past moment where one is given. Debits and credits are equal in every fund."""
    clauses, values = [], []
    if effective is not None:
        clauses.append("month <= %s AND effective_on <= %s")
        values += [month_of(effective), effective]
    if known_at is not None:
        clauses.append("recorded_at <= %s")
        values.append(known_at)
    sql = _THEN.format(then=" AND ".join(clauses)) if clauses else _NOW.format(closed=_CLOSED)
    with connection.cursor() as cursor:
        cursor.execute(sql, values * 2)
        sums = {account: (int(debit), int(credit)) for account, debit, credit in cursor.fetchall()}
    rows = Account.objects.filter(pk__in=sums).order_by("fund", "code")
    return [
        Balance(a.pk, a.code, a.kind, a.fund, a.title_id, a.title_en, a.debit_normal, *sums[a.pk])
        for a in rows
    ]  # fmt: skip


def balance(code: str, *, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> int:
    """The balance of one account in its own direction, now or at a past moment; whole rupiah."""
    account = Account.objects.get(code=code)
    if effective is None and known_at is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_balance(%s)", [account.pk])
            return int(cursor.fetchone()[0])
    found = [one for one in trial_balance(effective=effective, known_at=known_at) if one.account_id == account.pk]
    return found[0].balance_rupiah if found else 0


def fund_balance(fund: str, **when: Any) -> int:
    """What a fund is worth: its assets less its liabilities; whole rupiah."""
    rows = [one for one in trial_balance(**when) if one.fund == fund]
    return sum(one.balance_rupiah * {"asset": 1, "liability": -1}.get(one.kind, 0) for one in rows)


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


def statement(code: str, first: dt.date, last: dt.date) -> tuple[int, list[Movement]]:
    """The balance before a day, and every movement from it to another day, in the order of effect; whole rupiah."""
    account = Account.objects.get(code=code)
    opening = balance(code, effective=first - dt.timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.group_id, t.leg, g.reference, g.kind, t.effective_on, t.recorded_at, o.code,"
            " CASE WHEN (t.debit_id = a.id) = a.debit_normal THEN t.amount_rupiah ELSE -t.amount_rupiah END"
            " FROM ledger_account a JOIN ledger_transfer t ON t.debit_id = a.id OR t.credit_id = a.id"
            " JOIN ledger_account o ON o.id = CASE WHEN t.debit_id = a.id THEN t.credit_id ELSE t.debit_id END"
            " JOIN ledger_group g ON g.id = t.group_id"
            " WHERE a.id = %s AND t.month BETWEEN %s AND %s AND t.effective_on BETWEEN %s AND %s"
            " ORDER BY t.effective_on, t.recorded_at, t.group_id, t.leg",
            [account.pk, month_of(first), month_of(last), first, last],
        )
        rows = cursor.fetchall()
    found, running = [], opening
    for row in rows:
        running += row[-1]
        found.append(Movement(*row, running))
    return opening, found


@dataclass(frozen=True)
class PeriodDigest:
    """What a period's digest covers."""

    digest: bytes
    transfers: int
    rupiah: int


_ROWS = (
    "SELECT t.group_id, t.leg, t.debit_id, t.credit_id, t.amount_rupiah, (t.effective_on - date '1970-01-01')::bigint,"
    " (extract(epoch FROM t.recorded_at) * 1000000)::bigint FROM ledger_transfer t WHERE t.month = {month}"
    " ORDER BY t.group_id, t.leg"
)


def period_digest(month: int, previous: bytes) -> PeriodDigest:
    """SHA-256 of the digest before, the references and every transfer of a month; the caller's transaction decides what is seen."""
    found = hashlib.sha256(previous + month.to_bytes(4, "big"))
    transfers, rupiah = 0, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reference, body FROM ledger_group WHERE month = %s ORDER BY id", [month])
        while rows := cursor.fetchmany(20_000):
            found.update(repr([(i, reference, bytes(body).hex()) for i, reference, body in rows]).encode())
        cursor.execute(_ROWS.format(month=int(month)))
        while rows := cursor.fetchmany(20_000):
            found.update(repr(rows).encode())
            transfers += len(rows)
            rupiah += sum(row[4] for row in rows)
    return PeriodDigest(found.digest(), transfers, rupiah)


def periods() -> Sequence[Period]:
    """All months of the books, the newest first."""
    return list(Period.objects.order_by("-month"))
