"""Accounts of what was asked and paid: of an employer or sponsor line by line, of a worker month by month. Whole rupiah.

A payer's account counts money on the day it came in, whatever bill it went to; money that is left over stands as a credit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from jamsostek.collection import codes
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.queries.cover import payer_of
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_
from jamsostek.registry.queries import timeline

# --- a payer ------------------------------------------------------------------------------------------------------------

EVENTS = {
    "bill": N_("Tagihan iuran"), "difference": N_("Selisih iuran"), "fine": N_("Denda"), "void": N_("Tagihan dibatalkan"),
    "payment": N_("Pembayaran"), "bounce": N_("Pembayaran ditarik bank"), "refund": N_("Pengembalian uang"),
}  # fmt: skip
_OF_KIND = {BillKind.REGULAR: "bill", BillKind.DIFFERENCE: "difference", BillKind.FINE: "fine"}


@dataclass(frozen=True)
class Entry:
    """A line of an account: what was asked (positive) or came in (negative), and the balance after it."""

    on: dt.date
    event: str
    reference: str
    month: int | None
    rupiah: int
    balance_rupiah: int = 0
    due_on: dt.date | None = None
    people: int = 0


@dataclass(frozen=True)
class Account:
    """A payer's account of a period."""

    first: dt.date
    last: dt.date
    opening_rupiah: int
    entries: Sequence[Entry]
    closing_rupiah: int

    def sum_of(self, *events: str) -> int:
        """Everything of some kinds of lines."""
        return sum(one.rupiah for one in self.entries if one.event in events)


_ENTRIES = """
    SELECT made_on AS "on", 1 AS turn, kind::int, number, from_month, total_rupiah, due_on, people, '' AS reference
    FROM collection_bill b WHERE b.{whose} = %(payer)s AND b.payer_kind = ANY (%(kinds)s) AND total_rupiah <> 0
    UNION ALL
    SELECT (v.recorded_at AT TIME ZONE 'Asia/Jakarta')::date, 2, 11, b.number, b.from_month, -b.total_rupiah, NULL, 0, ''
    FROM collection_void v JOIN collection_bill b ON b.id = v.bill_id
    WHERE b.{whose} = %(payer)s AND b.payer_kind = ANY (%(kinds)s) AND total_rupiah <> 0
    UNION ALL
    SELECT paid_on, 3, 12, NULL, NULL, -amount_rupiah, NULL, 0, reference FROM collection_payment WHERE {whose} = %(payer)s
    UNION ALL
    SELECT n.effective_on, 4, 13, NULL, NULL, p.amount_rupiah, NULL, 0, p.reference
    FROM collection_bounce n JOIN collection_payment p ON p.id = n.payment_id WHERE p.{whose} = %(payer)s
    UNION ALL
    SELECT (r.decided_at AT TIME ZONE 'Asia/Jakarta')::date, 5, 14, NULL, NULL, r.amount_rupiah, NULL, 0, p.reference
    FROM collection_refund r JOIN collection_payment p ON p.id = r.payment_id WHERE r.approved AND p.{whose} = %(payer)s
"""
_LATER = {11: "void", 12: "payment", 13: "bounce", 14: "refund"}


def of_employer(employer_id: int, first: dt.date, last: dt.date) -> Account:
    """Opening balance, every bill, fine and payment of an employer (its projects too) from a day to another, closing balance."""
    return _account("employer_id", employer_id, (PayerKind.EMPLOYER, PayerKind.PROJECT), first, last)


def of_sponsor(sponsor_id: int, first: dt.date, last: dt.date) -> Account:
    """The same of a sponsor."""
    return _account("sponsor_id", sponsor_id, (PayerKind.SPONSOR,), first, last)


def _account(whose: str, payer: int, kinds: Sequence[int], first: dt.date, last: dt.date) -> Account:
    told = _ENTRIES.format(whose=whose)
    sql = f"SELECT * FROM ({told}) AS told WHERE told.on <= %(last)s ORDER BY told.on, turn, number, reference"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, {"payer": payer, "kinds": [int(kind) for kind in kinds], "last": last})
        rows = cursor.fetchall()
    opening = sum(row[5] for row in rows if row[0] < first)
    entries, balance = [], opening
    for on, _turn, kind, number, month, rupiah, due, people, reference in rows:
        if on >= first:
            balance += rupiah
            event = _LATER.get(kind) or _OF_KIND.get(kind, "bill")
            entries.append(Entry(on, event, reference or codes.code_of(number), month, rupiah, balance, due, people))
    return Account(first, last, opening, entries, balance)


@dataclass(frozen=True)
class SponsorMonth:
    """A month of a sponsor: people, what was asked and what of it is paid."""

    month: int
    people: int
    billed_rupiah: int
    paid_rupiah: int


@dataclass(frozen=True)
class Budget:
    """A sponsor's year by month: people times months, and how much of it was asked and paid."""

    year: int
    months: Sequence[SponsorMonth]

    @property
    def person_months(self) -> int:
        """People added up over the months."""
        return sum(one.people for one in self.months)

    @property
    def billed_rupiah(self) -> int:
        """All that was asked."""
        return sum(one.billed_rupiah for one in self.months)

    @property
    def paid_rupiah(self) -> int:
        """All of it that is paid."""
        return sum(one.paid_rupiah for one in self.months)


def budget_of(sponsor_id: int, year: int) -> Budget:
    """What a sponsor's list costs in a year, contribution month by contribution month; differences with their month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.from_month, sum(b.people) FILTER (WHERE b.kind = 1), sum(b.total_rupiah)::bigint,"
            " coalesce(sum((SELECT sum(a.total_rupiah) FROM collection_allocation a WHERE a.bill_id = b.id)), 0)::bigint"
            " FROM collection_bill b WHERE b.sponsor_id = %s AND b.from_month BETWEEN %s AND %s"
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id) GROUP BY 1 ORDER BY 1",
            [sponsor_id, year * 100 + 1, year * 100 + 12],
        )
        rows = [SponsorMonth(month, int(people or 0), int(asked), int(paid)) for month, people, asked, paid in cursor.fetchall()]
    return Budget(year, rows)


# --- a worker -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reported:
    """What one payer reported and paid for a person's month; whole rupiah.

    `state`: paid, partly (the part for JKK and JKM, or another, is in), open (not yet due), overdue, void.
    """

    month: int
    kind: PayerKind
    payer_id: int
    payer: str
    bill_id: int
    wage_rupiah: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_employer_rupiah: int
    jht_worker_rupiah: int
    jp_employer_rupiah: int
    jp_worker_rupiah: int
    state: str
    due_on: dt.date
    paid_on: dt.date | None = None
    reference: str = ""
    unpaid: tuple[str, ...] = ()
    differences: int = 0
    """How many later bills changed this month; their amounts are in the sums."""

    @property
    def worker_rupiah(self) -> int:
        """What was withheld from the wage, or paid by oneself."""
        return self.jht_worker_rupiah + self.jp_worker_rupiah

    @property
    def total_rupiah(self) -> int:
        """All contributions of the month."""
        return self.jkk_rupiah + self.jkm_rupiah + self.jht_rupiah + self.jp_rupiah

    @property
    def jht_rupiah(self) -> int:
        """Both shares."""
        return self.jht_employer_rupiah + self.jht_worker_rupiah

    @property
    def jp_rupiah(self) -> int:
        """Both shares."""
        return self.jp_employer_rupiah + self.jp_worker_rupiah


_AMOUNTS = ("wage", "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")


def _named(sums: dict[str, int]) -> dict[str, Any]:
    return {f"{one}_rupiah": sums[one] for one in _AMOUNTS}


@dataclass
class _Month:
    """Lines of one payer's month being added up."""

    bill_id: int | None = None
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_AMOUNTS, 0))
    bills: set[int] = field(default_factory=set)


def of_worker(participant_ids: Sequence[int], day: dt.date, *, months: int = 24) -> list[Reported]:
    """What payers reported and paid for a person in the months up to a day, the newest first; under all numbers given."""
    last = month_of(day)
    first = add_months(last, 1 - months)
    spells = timeline.declared(participant_ids, last)
    names: dict[tuple[PayerKind, int], str] = {}
    for person, found in spells.items():
        for spell in found:
            payer = payer_of(spell, person)
            if payer[0] != PayerKind.PLACEMENT:
                names[payer] = spell.payer
    lines = list(_lines(list(participant_ids), names, first, last))
    settled = _settled({bill for _payer, _month, bills in lines for bill in bills.bills}, day)
    told = [
        _reported(payer, names[payer], month, found, settled, day) for payer, month, found in lines if found.bills & set(settled)
    ]
    return sorted(told, key=lambda one: (-one.month, one.payer))


def _lines(
    people: list[int], payers: dict[tuple[PayerKind, int], str], first: int, last: int
) -> Iterator[tuple[tuple[PayerKind, int], int, _Month]]:
    by_kind: dict[PayerKind, list[int]] = {}
    for kind, number in payers:
        by_kind.setdefault(kind, []).append(number)
    found: dict[tuple[tuple[PayerKind, int], int], _Month] = {}
    with connection.cursor() as cursor:
        for kind, ids in by_kind.items():
            cursor.execute(
                f"SELECT payer_id, for_month, bill_id, bill_kind, {', '.join(_AMOUNTS)}"  # noqa: S608
                " FROM collection_named(%s, %s, %s, %s, %s) WHERE for_month BETWEEN %s AND %s ORDER BY bill_id",
                [people, int(kind), sorted(ids), first, last, first, add_months(last, 12)],
            )
            for payer, month, bill, bill_kind, *amounts in cursor.fetchall():
                mine = found.setdefault(((kind, payer), month), _Month())
                mine.bills.add(bill)
                if bill_kind == BillKind.REGULAR:
                    mine.bill_id = bill
                for name, rupiah in zip(_AMOUNTS, amounts, strict=True):
                    mine.sums[name] += rupiah
    for (payer_, month), mine in found.items():
        yield payer_, month, mine


def _settled(bills: set[int], day: dt.date) -> dict[int, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM collection_settled(%s, %s)", [sorted(bills), day])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _reported(
    payer: tuple[PayerKind, int], name: str, month: int, found: _Month, settled: dict[int, tuple[Any, ...]], day: dt.date
) -> Reported:
    bill = found.bill_id if found.bill_id in settled else max(found.bills & set(settled))
    due, jht_due, jp_due, risk, jht, jp, paid_on, reference = settled[bill]
    asked = {"jkk": found.sums["jkk"] + found.sums["jkm"], "jht": found.sums["jht_employer"] + found.sums["jht_worker"]}
    asked["jp"] = found.sums["jp_employer"] + found.sums["jp_worker"]
    parts = {"jkk": (risk, due), "jht": (jht, jht_due), "jp": (jp, jp_due)}
    unpaid = tuple(one for one, (paid, _due) in parts.items() if asked[one] and not paid)
    late = any(parts[one][1] < day for one in unpaid)
    state = "paid" if not unpaid else "overdue" if late else "open"
    told = Reported(
        month=month, kind=payer[0], payer_id=payer[1], payer=name, bill_id=bill, state=state, due_on=due, unpaid=unpaid,
        differences=len(found.bills) - 1, **_named(found.sums),
    )  # fmt: skip
    return replace(told, paid_on=paid_on, reference=reference or "") if not unpaid else told


def notices(participant_ids: Sequence[int], day: dt.date) -> list[Reported]:
    """Months for which an employer or sponsor has not paid past the due day: what a person is told of their own accord."""
    return [one for one in of_worker(participant_ids, day) if one.state == "overdue" and one.kind != PayerKind.PERSON]
