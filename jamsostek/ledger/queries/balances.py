"""Balances now and at any past moment: the sums of closed days, and the rows since; never one row that is updated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from jamsostek.core.months import month_of
from jamsostek.core.text import language
from jamsostek.ledger.chart import FUNDS
from jamsostek.ledger.models import Account, Period

JAKARTA = dt.timezone(dt.timedelta(hours=7))
"""A day of the books is a day in Jakarta."""
SIGNS = {"asset": 1, "liability": -1}
"""What counts towards a fund's worth."""


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

    @property
    def title(self) -> str:
        """What the account is called, in the reader's language."""
        return self.title_en if language() == "en" else self.title_id


@dataclass(frozen=True)
class FundBalance:
    """What a fund has and owes, and what it is worth: assets less liabilities; whole rupiah."""

    fund: str
    assets_rupiah: int
    liabilities_rupiah: int

    @property
    def worth_rupiah(self) -> int:
        """Assets less liabilities."""
        return self.assets_rupiah - self.liabilities_rupiah


def last_closed_day() -> dt.date | None:
    """The newest day whose sums are made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(recorded_on) FROM ledger_closedday")
        found: dt.date | None = cursor.fetchone()[0]
        return found


def settled_moment() -> dt.datetime:
    """A moment up to which everything is known: nobody was posting when it was taken. Waits for those who are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_lock_all()")
        cursor.execute("SELECT clock_timestamp()")
        found: dt.datetime = cursor.fetchone()[0]
        transaction.set_rollback(True)  # lets go of the lock
    return found


_TOTALS = """
    SELECT a.id, before.debit_total_rupiah, before.credit_total_rupiah FROM ledger_account a CROSS JOIN LATERAL (
        SELECT debit_total_rupiah, credit_total_rupiah FROM ledger_day d WHERE d.account_id = a.id AND d.recorded_on < %(since)s
        ORDER BY d.recorded_on DESC, d.month DESC LIMIT 1) AS before WHERE {account}
"""
"""All that was recorded before a day, however long ago: one row for each account."""
_BEFORE_MONTH = """
    SELECT a.id, sum(d.debit_rupiah), sum(d.credit_rupiah) FROM ledger_account a JOIN ledger_day d ON d.account_id = a.id
    WHERE d.recorded_on < %(since)s AND d.month < %(month)s AND {account} GROUP BY 1
"""
_ROWS = """
    SELECT a.id, t.amount_rupiah, 0 FROM ledger_account a JOIN ledger_transfer t ON t.debit_id = a.id WHERE {which} AND {account}
    UNION ALL
    SELECT a.id, 0, t.amount_rupiah FROM ledger_account a JOIN ledger_transfer t ON t.credit_id = a.id WHERE {which} AND {account}
"""


def _sums(*, effective: dt.date | None, known_at: dt.datetime | None, account: int | None = None) -> dict[int, tuple[int, int]]:
    """Debits and credits by account: sums of closed days as far as they lie wholly before both times, and single rows after."""
    closed = last_closed_day()
    since = closed + dt.timedelta(days=1) if closed else dt.date.min
    if known_at is not None:
        since = min(since, known_at.astimezone(JAKARTA).date())
    month = month_of(effective) if effective else None
    given: dict[str, Any] = {
        "since": since, "live": _live_months(since, month), "known": known_at, "month": month, "effective": effective,
        "account": account,
    }  # fmt: skip
    known = " AND t.recorded_at <= %(known)s" if known_at else ""
    parts = [_BEFORE_MONTH if month else _TOTALS] if since > dt.date.min else []
    parts.append(_ROWS.replace("{which}", f"t.month = ANY (%(live)s) AND t.recorded_on >= %(since)s{known}"))
    if month:
        parts.append(_ROWS.replace("{which}", f"t.month = %(month)s AND t.effective_on <= %(effective)s{known}"))
    told = " UNION ALL ".join(parts).replace("{account}", "a.id = %(account)s" if account else "true")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, sum(debit), sum(credit) FROM ({told}) AS moved (id, debit, credit) GROUP BY 1", given)  # noqa: S608
        return {row[0]: (int(row[1]), int(row[2])) for row in cursor.fetchall()}


def _live_months(since: dt.date, before: int | None) -> list[int]:
    """Months in which something may have been recorded from a day on; those before a month, where one is given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_live_months(%s)", [since])
        return [month for month in cursor.fetchone()[0] if before is None or month < before]


def trial_balance(*, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> list[Balance]:
    """All accounts that ever moved, by fund and code; at a past moment where one is given. Debits and credits are equal in every
    fund."""
    sums = _sums(effective=effective, known_at=known_at)
    order = {fund: place for place, fund in enumerate(FUNDS)}
    rows = sorted(Account.objects.filter(pk__in=sums), key=lambda one: (order[one.fund], one.code))
    return [_balance(row, sums[row.pk]) for row in rows]


def _balance(row: Account, sums: tuple[int, int]) -> Balance:
    return Balance(row.pk, row.code, row.kind, row.fund, row.title_id, row.title_en, row.debit_normal, *sums)


def balance(code: str, *, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> int:
    """The balance of one account in its own direction, now or at a past moment; whole rupiah."""
    account = Account.objects.get(code=code)
    sums = _sums(effective=effective, known_at=known_at, account=account.pk).get(account.pk, (0, 0))
    return _balance(account, sums).balance_rupiah


def fund_balances(*, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> list[FundBalance]:
    """What each fund has, owes and is worth, now or at a past moment."""
    rows = trial_balance(effective=effective, known_at=known_at)

    def sum_of(fund: str, kind: str) -> int:
        return sum(one.balance_rupiah for one in rows if (one.fund, one.kind) == (fund, kind))

    return [FundBalance(fund, sum_of(fund, "asset"), sum_of(fund, "liability")) for fund in FUNDS]


def fund_balance(fund: str, *, effective: dt.date | None = None, known_at: dt.datetime | None = None) -> int:
    """What a fund is worth: its assets less its liabilities; whole rupiah."""
    return next(one.worth_rupiah for one in fund_balances(effective=effective, known_at=known_at) if one.fund == fund)


def accounts() -> list[Account]:
    """The whole chart, by fund and code."""
    order = {fund: place for place, fund in enumerate(FUNDS)}
    return sorted(Account.objects.all(), key=lambda one: (order[one.fund], one.code))


def periods() -> Sequence[Period]:
    """All months of the books, the newest first."""
    return list(Period.objects.order_by("-month"))
