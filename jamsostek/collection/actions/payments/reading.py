"""What has to be known before money is used: payments told before, whose a code is, what that payer owes, which days are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection

from jamsostek.access.bulk import ask, ask_together
from jamsostek.collection.actions.payments.notices import Notice
from jamsostek.collection.actions.payments.planning import Money, OpenBill
from jamsostek.collection.codes import number_of
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of

Payer = tuple[int, int]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class CodeOf:
    """The bill that a payment code names, and whose it is."""

    bill_id: int
    payer: Payer
    employer_id: int | None
    sponsor_id: int | None
    participant_id: int | None
    regency_code: int
    void: bool


@dataclass(frozen=True, slots=True)
class Named:
    """What notices name: payments told before, by bank and reference their id, amount and code; and bills by payment code.

    Codes that name no bill are left out.
    """

    known: dict[tuple[str, str], tuple[int, int, str]]
    codes: dict[str, CodeOf]


def named(notices: Sequence[Notice]) -> Named:
    """What notices name. Of one alone nobody else works on the same payment until the transaction ends."""
    numbers = _numbers(one.code for one in notices)
    banks, references = [one.bank for one in notices], [one.reference for one in notices]
    locked = [one.payment_id for one in notices] if len(notices) == 1 else []
    _locks, known, bills = ask_together(
        (LOCKS, [("bigint", locked)]),
        ("SELECT * FROM collection_known(%b::text[], %b::text[])", [("text", banks), ("text", references)]),
        (_PAYERS, [("bigint", list(numbers))]),
    )
    there = {(bank, reference): (identity, rupiah, code) for bank, reference, identity, rupiah, code in known}
    return Named(there, _codes(numbers, bills))


def codes(given: Iterable[str]) -> dict[str, CodeOf]:
    """By payment code the bill it names; codes that name none are left out."""
    numbers = _numbers(given)
    return _codes(numbers, ask(_PAYERS, ("bigint", list(numbers))))


_PAYERS = "SELECT * FROM collection_payers(%b::bigint[])"
LOCKS = "SELECT pg_advisory_xact_lock(one) FROM unnest(%b::bigint[]) AS one"
"""Waits for whoever works on the same payments or payers; until the transaction ends."""


def _numbers(given: Iterable[str]) -> dict[int, str]:
    numbers: dict[int, str] = {}
    for code in set(given):
        with suppress(InputError):
            numbers[number_of(code)] = code
    return numbers


def _codes(numbers: Mapping[int, str], rows: Iterable[tuple[Any, ...]]) -> dict[str, CodeOf]:
    return {
        numbers[number]: CodeOf(bill, (kind, payer), employer, sponsor, participant, regency, void)
        for number, bill, kind, payer, employer, sponsor, participant, regency, void in rows
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """What payers owe, bill by bill; what is free of their earlier payments, the oldest first; and the months of the books."""

    bills: dict[Payer, list[OpenBill]]
    free: dict[Payer, list[Free]]
    days: Days


def standing(payers: Sequence[Payer], *, locked: Sequence[int] = ()) -> Standing:
    """How payers stand now, behind the locks; money that somebody asked back is not free."""
    whose = [("int", [kind for kind, _id in payers]), ("bigint", [payer for _kind, payer in payers])]
    _locks, owed, free, days = ask_together(
        (LOCKS, [("bigint", list(locked))]), (_OPEN_BILLS, whose), (_FREE_MONEY, whose), (_DAYS, [])
    )
    return Standing(_by_payer(owed), _free(free), _days(days))


_OPEN_BILLS = "SELECT * FROM collection_open_bills(%b::int[], %b::bigint[])"
_FREE_MONEY = "SELECT * FROM collection_free_money(%b::int[], %b::bigint[])"
_DAYS = (
    "SELECT array_agg(month) FILTER (WHERE closed_at IS NOT NULL), array_agg(month) FILTER (WHERE closed_at IS NULL),"
    " (SELECT max(month) FROM accounts_crediting) FROM ledger_period"
)


def open_bills(payer: Payer) -> list[OpenBill]:
    """What a payer owes, bill by bill, with what was paid."""
    return _by_payer(ask(_OPEN_BILLS, ("int", [payer[0]]), ("bigint", [payer[1]]))).get(payer, [])


def _by_payer(rows: Iterable[tuple[Any, ...]]) -> dict[Payer, list[OpenBill]]:
    found: dict[Payer, list[OpenBill]] = {}
    for row in rows:
        bill = _bill(row)
        found.setdefault((bill.payer_kind, bill.payer_id), []).append(bill)
    return found


def bills_paid(bills: Sequence[int]) -> dict[int, OpenBill]:
    """Bills by id with what was paid of them, whatever is outstanding."""
    rows = ask("SELECT * FROM collection_bills_paid(%b::bigint[])", ("bigint", list(bills)))
    return {row[0]: _bill(row) for row in rows}


def _bill(row: tuple[object, ...]) -> OpenBill:
    *facts, asked, from_jkk, from_jkm, number, paid = row
    return OpenBill(*facts, tuple(asked), from_jkk, from_jkm, number, tuple(paid))  # type: ignore[call-arg, arg-type]


@dataclass(frozen=True, slots=True)
class Free:
    """Money of an earlier payment, and the day it came in."""

    money: Money
    paid_on: dt.date


def _free(rows: Iterable[tuple[Any, ...]]) -> dict[Payer, list[Free]]:
    found: dict[Payer, list[Free]] = {}
    for kind, payer, payment, rupiah, step, used, paid_on in rows:
        found.setdefault((kind, payer), []).append(Free(Money(payment, rupiah, step, used), paid_on))
    return found


def used_money(payer: Payer) -> list[Free]:
    """The newest payments of a payer of which something was used: a credit note gives it back from there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.amount_rupiah, s.step, s.used, p.paid_on FROM collection_payment p CROSS JOIN LATERAL ("
            " SELECT coalesce(max(a.step), 0) AS step, coalesce(sum(a.total_rupiah), 0)::bigint AS used"
            " FROM collection_allocation a WHERE a.payment_id = p.id) AS s"
            " WHERE p.payer_kind = %s AND p.payer_id = %s AND s.used > 0"
            " AND NOT EXISTS (SELECT FROM collection_free f WHERE f.payment_id = p.id) ORDER BY p.paid_at DESC, p.id LIMIT 12",
            list(payer),
        )
        return [Free(Money(payment, 0, step, used), paid_on) for payment, _rupiah, step, used, paid_on in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Days:
    """Which days of the books are open."""

    closed: frozenset[int]
    opened: frozenset[int]
    credited: int

    def effective(self, day: dt.date) -> dt.date:
        """The day itself, or the first day after it in a month that is neither closed nor credited.

        A day before all months of the books stands on the first of them: nobody opens a month for one late message.
        """
        month = month_of(day)
        first = max((add_months(one, 1) for one in (*self.closed, self.credited) if one), default=month)
        if self.opened:
            first = max(first, min(self.opened))
        return day if month >= first else dt.date(first // 100, first % 100, 1)


def days() -> Days:
    """The months of the books as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS)
        return _days(cursor.fetchall())


def _days(rows: Sequence[tuple[Any, ...]]) -> Days:
    closed, opened, credited = rows[0]
    return Days(frozenset(closed or ()), frozenset(opened or ()), credited or 0)


def owner_columns(found: CodeOf | None) -> Mapping[str, int | None]:
    """Whose a payment is, as its row says it."""
    if found is None:
        return dict.fromkeys(("payer_kind", "payer_id", "employer_id", "sponsor_id", "participant_id", "regency_code"))
    kind, payer = found.payer
    return {
        "payer_kind": kind, "payer_id": payer, "employer_id": found.employer_id, "sponsor_id": found.sponsor_id,
        "participant_id": found.participant_id, "regency_code": found.regency_code,
    }  # fmt: skip
