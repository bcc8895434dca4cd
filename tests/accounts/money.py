"""Members' money for tests: lines posted as payments do, runs of crediting, and everything written, to be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from jamsostek.accounts.actions import crediting, floors
from jamsostek.accounts.actions.lines import NewLine, add_lines, open_month
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.core.months import last_day, month_of
from jamsostek.ledger.actions import Posting, post, signed
from tests import cast

MONTH = 202001
"""A month with a rate of its own: 5.63 % in 2020, 366 days."""
CONTROL = {Programme.JHT: "members:jht", Programme.JP: "members:jp"}
CASH = {Programme.JHT: "investment:jht", Programme.JP: "investment:jp"}
DAY = 24 * 60 * 60


def move(
    amounts: Mapping[int, int],
    day: dt.date,
    *,
    kind: LineKind = LineKind.CONTRIBUTION,
    programme: Programme = Programme.JHT,
    for_month: int | None = None,
    source_id: int = 0,
    reference: str | None = None,
) -> Posting:
    """Money of members comes in (or goes out, where negative) on a day, in one group; call inside a scope."""
    open_month(month_of(day))
    name = reference or f"uji:{programme}:{kind}:{day}:{for_month}:{source_id}:{sorted(amounts.items())[0]}:{len(amounts)}"
    legs = signed(CASH[programme], CONTROL[programme], sum(amounts.values()))
    posting = Posting(name, "uji", day, legs)
    post(posting)
    add_lines([
        NewLine(posting.group_id, who, programme, for_month or month_of(day), kind, rupiah, day, source_id)
        for who, rupiah in amounts.items()
    ])  # fmt: skip
    return posting


def floor(by: Any, other: Any, from_month: int = 202101, rate_ppm: int = 30_000) -> int:
    """The banks' mean deposit rate of a year, recorded by one and confirmed by another; gives its id."""
    with cast.as_user(by):
        made = floors.record(floors.NewFloor(from_month, rate_ppm, "https://contoh.example/suku-bunga"))
    with cast.as_user(other):
        floors.answer(floor_id=made.id, confirmed=True)
    return made.id


def credit(month: int, *, part_size: int | None = None) -> Any:
    """A whole run."""
    begin(month, part_size=part_size)
    return crediting.credit(month=month)


def begin(month: int, *, part_size: int | None = None) -> Any:
    """A run that is begun."""
    with cast.everyone():
        return crediting.begin(month=month, today=last_day(month) + dt.timedelta(days=1), part_size=part_size)


def balances(month: int) -> dict[int, tuple[int, int, int]]:
    """(balance, this year's returns, the month's return) of everybody who was credited."""
    rows = ask(
        "SELECT participant_id, balance_rupiah, year_return_rupiah, return_rupiah FROM accounts_balance WHERE month = %s", month
    )
    return {who: tuple(told) for who, *told in rows}  # type: ignore[misc]


def written(month: int) -> dict[str, list[tuple[Any, ...]]]:
    """All that a run wrote, but for when and in which transaction."""
    return {
        "lines": ask("SELECT * FROM accounts_line WHERE month = %s AND part > 0 ORDER BY part, ctid", month),
        "balances": ask("SELECT * FROM accounts_balance WHERE month = %s ORDER BY part, ctid", month),
        "parts": ask(
            "SELECT month, part, accounts, return_rupiah, balance_rupiah, year_return_rupiah FROM accounts_creditingpart"
            " WHERE month = %s ORDER BY part", month,
        ),
        "groups": ask(
            "SELECT id, reference, kind, effective_on, debits, credits, amounts, body, reverses, made_by FROM ledger_group"
            " WHERE kind = 'jht_return' AND month = %s ORDER BY reference", month,
        ),
        "transfers": ask(
            "SELECT t.month, t.group_id, t.leg, t.debit_id, t.credit_id, t.amount_rupiah, t.effective_on FROM ledger_transfer t"
            " JOIN ledger_group g ON g.id = t.group_id WHERE g.kind = 'jht_return' AND t.month = %s ORDER BY t.group_id, t.leg",
            month,
        ),
        "run": ask(
            "SELECT month, rate_ppm, rate_id, law_digest, figures, part_size, parts, started_by, ended_at IS NOT NULL"
            " FROM accounts_crediting WHERE month = %s", month,
        ),
    }  # fmt: skip


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows as the installation sees them."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor.fetchall()]
