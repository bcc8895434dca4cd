"""The books in beancount's words: the general ledger whole, or one person's lines, so that another program can check them.

Debits are positive. One transaction for each group, on the day it took effect, with its reference and number; at the end the
balance of every account. Written line by line, read by a cursor of the server: memory stays flat however large the books are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.kinds import kind_words
from jamsostek.ledger.queries.balances import JAKARTA, Balance, settled_moment, trial_balance
from jamsostek.ledger.queries.entries import number_words, reference_words

ROOTS = {"asset": "Assets", "liability": "Liabilities", "equity": "Equity", "income": "Income", "expense": "Expenses"}
CURRENCY = "IDR"
FETCHED = 2_000
HEAD = f"""option "title" "{{title}}"
option "operating_currency" "{CURRENCY}"
"""


def account_name(code: str, kind: str) -> str:
    """`cash:jkk`, an asset -> `Assets:Cash:JKK`; `investment_income:jht`, an income -> `Income:Investment-Income:JHT`."""
    return ":".join([ROOTS[kind], *map(_part, code.split(":"))])


def _part(part: str) -> str:
    if part in PROGRAMMES:
        return part.upper()
    return "-".join(word[:1].upper() + word[1:] for word in part.split("_"))


def text(value: str) -> str:
    """A text in quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- the general ledger -----------------------------------------------------------------------------------------------

_FIRST_DAYS = """
    SELECT a.code, a.kind, a.title_id, least(min(moved.first), (a.opened_at AT TIME ZONE 'Asia/Jakarta')::date)
    FROM ledger_account a
    LEFT JOIN (SELECT debit_id AS id, min(effective_on) AS first FROM ledger_transfer GROUP BY 1
               UNION ALL SELECT credit_id, min(effective_on) FROM ledger_transfer GROUP BY 1) AS moved USING (id)
    GROUP BY a.id ORDER BY a.code
"""
_LEGS = """
    SELECT g.id, g.reference, g.kind, g.effective_on, g.recorded_at, g.reverses, d.code, d.kind, c.code, c.kind, t.amount_rupiah
    FROM ledger_transfer t JOIN ledger_group g ON g.id = t.group_id
    JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
    WHERE t.month = %s AND t.recorded_at <= %s ORDER BY g.effective_on, g.recorded_at, g.id, t.leg
"""


def general_ledger(title: str) -> Iterator[str]:
    """The whole ledger as it is at a moment when nobody posts, line by line."""
    moment = settled_moment()
    yield HEAD.format(title=title)
    yield from _accounts()
    last = None
    for group in _groups(moment):
        last = group[0][3] if last is None else max(last, group[0][3])
        yield from _transaction(group)
    if last is not None:
        yield from assertions(trial_balance(known_at=moment), last + dt.timedelta(days=1))


def _accounts() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_DAYS)
        rows = cursor.fetchall()
    for code, kind, title, day in rows:
        yield f"\n{day} open {account_name(code, kind)} {CURRENCY}\n  title: {text(title)}\n"


def _groups(moment: dt.datetime) -> Iterator[list[tuple[Any, ...]]]:
    """Legs of each group, month after month."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month FROM ledger_period ORDER BY month")
        months = [row[0] for row in cursor.fetchall()]
    for month in months:
        with connection.wrap_database_errors, connection.connection.cursor(name="beancount") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(_LEGS, [month, moment])
            for _number, legs in groupby(cursor, key=lambda row: row[0]):
                yield list(legs)


def _transaction(legs: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    number, reference, kind, day, recorded_at, reverses = legs[0][:6]
    links = f" ^{number_words(number)}" + (f" ^{number_words(reverses)}" if reverses else "")
    yield f"\n{day} * {text(kind_words(kind))} {text(reference_words(reference))}{links}\n"
    yield f"  number: {text(number_words(number))}\n  kind: {text(kind)}\n"
    yield f"  recorded: {text(recorded_at.astimezone(JAKARTA).isoformat())}\n"
    if reverses:
        yield f"  reverses: {text(number_words(reverses))}\n"
    for leg in legs:
        debit, debit_kind, credit, credit_kind, rupiah = leg[6:]
        yield f"  {account_name(debit, debit_kind)}  {rupiah} {CURRENCY}\n"
        yield f"  {account_name(credit, credit_kind)}  {-rupiah} {CURRENCY}\n"


def assertions(rows: Sequence[Balance], day: dt.date) -> Iterator[str]:
    """What every account holds at the beginning of a day. Beancount's balance of an account counts those beneath it."""
    yield "\n"
    names = {account_name(one.code, one.kind): one.debit_rupiah - one.credit_rupiah for one in rows}
    for name in names:
        whole = sum(rupiah for other, rupiah in names.items() if other == name or other.startswith(f"{name}:"))
        yield f"{day} balance {name}  {whole} {CURRENCY}\n"


# --- one person -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberLine:
    """One line of a person: `record` is the account it is kept in, `other` where it came from; whole rupiah, negative where it
    goes out."""

    day: dt.date
    group_id: int
    record: str
    other: str
    about: str
    rupiah: int
    facts: tuple[tuple[str, str], ...] = ()


def member(title: str, lines: Iterable[MemberLine]) -> Iterator[str]:
    """One person's lines in the order of effect, and what each record comes to."""
    rows = sorted(lines, key=lambda one: (one.day, one.group_id))
    yield HEAD.format(title=title)
    sums: dict[str, int] = {}
    for one in rows:
        for name, rupiah in ((one.record, one.rupiah), (one.other, -one.rupiah)):
            if name not in sums:
                yield f"\n{one.day} open {name} {CURRENCY}\n"
            sums[name] = sums.get(name, 0) + rupiah
        yield f"\n{one.day} * {text(one.about)} ^{number_words(one.group_id)}\n"
        yield from (f"  {name}: {text(value)}\n" for name, value in one.facts)
        yield f"  {one.record}  {one.rupiah} {CURRENCY}\n  {one.other}  {-one.rupiah} {CURRENCY}\n"
    yield "\n"
    day = rows[-1].day + dt.timedelta(days=1) if rows else None
    yield from (f"{day} balance {name}  {rupiah} {CURRENCY}\n" for name, rupiah in sums.items())
