"""Payments, their groups in the books, allocations and members' lines into the database: set-wise, whether one or thousands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from jamsostek.access.bulk import ask, insert_rows, tell, together
from jamsostek.access.scope import current
from jamsostek.collection.actions.bills import open_month
from jamsostek.collection.actions.payments.booking import CLEARING, MEMBERS, OVERPAID, UNKNOWN, Divided, Legs, legs_of, partial
from jamsostek.collection.actions.payments.notices import Notice
from jamsostek.collection.actions.payments.planning import PARTS, Use
from jamsostek.collection.actions.payments.reading import LOCKS, CodeOf, Days, owner_columns
from jamsostek.core.months import month_of
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.errors import refusals
from jamsostek.ledger.queries import number_words

_PART_COLUMNS = tuple(f"{name}_rupiah" for name in PARTS)


@dataclass
class Event:
    """What happens to one payment in one group of the books: a payment that comes, or the use of one that came before.

    `suspense` is where its free money stands; `incoming` what comes into the accounts with it (less than nothing: goes back).
    """

    payment_id: int
    reference: str
    kind: str
    effective_on: dt.date
    paid_on: dt.date
    incoming: int = 0
    suspense: str = OVERPAID
    uses: list[Use] = field(default_factory=list)
    notice: Notice | None = None
    owner: CodeOf | None = None
    moves: Legs = field(default_factory=Legs)
    """Transfers beside the uses."""

    @property
    def group_id(self) -> int:
        """The id of its group."""
        return ledger.Posting(self.reference, self.kind, self.effective_on, ()).group_id

    def posting(self, divided: Divided) -> ledger.Posting:
        """Its group: what bills take is cash of the funds, what is free stands in suspense."""
        legs = legs_of(self.uses, divided)
        legs.add(CLEARING, self.suspense, self.incoming - sum(use.total for use in self.uses))
        for (debit, credit), rupiah in self.moves.moved.items():
            legs.add(debit, credit, rupiah)
        return ledger.Posting(self.reference, self.kind, self.effective_on, legs.legs())


def paid(notice: Notice, owner: CodeOf | None, effective_on: dt.date, paid_on: dt.date) -> Event:
    """A payment that comes."""
    return Event(
        notice.payment_id, notice.posting_reference, "payment", effective_on, paid_on, notice.amount_rupiah,
        UNKNOWN if owner is None else OVERPAID, notice=notice, owner=owner,
    )  # fmt: skip


def used(payment_id: int, step: int, effective_on: dt.date, paid_on: dt.date, uses: list[Use]) -> Event:
    """Free money of an earlier payment, used; `step` is the first of its uses."""
    return Event(payment_id, f"use:{number_words(payment_id)}:{step}", "use", effective_on, paid_on, uses=uses)


def write(events: Sequence[Event], days: Days, *, booked: Callable[[], None] | None = None, check: bool = False) -> None:
    """Writes events in order; `booked` writes what has to stand between their groups and their uses. Raises what is refused.

    `check` has the database check now what it would check at the end, while it can still be taken back alone.
    """
    open_for([one.effective_on for one in events], days)
    divided = _divided([use for one in events for use in one.uses])
    postings = [one.posting(divided) for one in events]
    accounts = _accounts(postings)
    with refusals(), together():
        ledger.post_many(postings, accounts)
        _payments([one for one in events if one.notice is not None])
        if booked is not None:
            booked()
        _allocations(events)
        _lines(events)
        if check:
            check_now()


def open_for(effective: Sequence[dt.date], days: Days) -> None:
    """Opens the months of days that nobody opened yet."""
    for month in sorted({month_of(one) for one in effective} - days.opened):
        open_month(month)


def _accounts(postings: Sequence[ledger.Posting]) -> dict[str, int]:
    return ledger.account_ids({code for one in postings for leg in one.legs for code in (leg.debit, leg.credit)})


def _divided(uses: Sequence[Use]) -> Divided:
    """What members get together of the bills that are paid in part."""
    found = partial(uses)
    if not found:
        return {}
    keys = list(found)
    bills = [use.bill for use in found.values()]
    rows = ask(
        "SELECT at, rupiah FROM collection_divided(%b::bigint[], %b::int[], %b::int[], %b::int[], %b::bigint[], %b::bigint[])",
        ("bigint", [bill.id for bill in bills]),
        ("int", [bill.month for bill in bills]),
        ("int", [bill.part for bill in bills]),
        ("int", [MEMBERS[at] for _bill, at, _paid in keys]),
        ("bigint", [bill.asked[at] for bill, (_bill, at, _paid) in zip(bills, keys, strict=True)]),
        ("bigint", [rupiah for _bill, _at, rupiah in keys]),
    )
    sums = dict(rows)
    return {key: sums.get(place, 0) for place, key in enumerate(keys, 1)}


def _payments(events: Sequence[Event]) -> None:
    if not events:
        return
    notices = [one.notice for one in events if one.notice is not None]
    owners = [owner_columns(one.owner) for one in events]
    user = current().user_id
    columns: dict[str, tuple[str, Sequence[Any]]] = {
        "id": ("bigint", [one.payment_id for one in events]),
        "bank": ("text", [one.bank for one in notices]),
        "reference": ("text", [one.reference for one in notices]),
        "channel": ("int", [int(one.channel) for one in notices]),
        "code": ("text", [one.code for one in notices]),
        "amount_rupiah": ("bigint", [one.amount_rupiah for one in notices]),
        "paid_at": ("timestamptz", [one.paid_at for one in notices]),
        "effective_on": ("date", [one.effective_on for one in events]),
        "payer_kind": ("int", [one["payer_kind"] for one in owners]),
        "payer_id": ("bigint", [one["payer_id"] for one in owners]),
        "employer_id": ("bigint", [one["employer_id"] for one in owners]),
        "sponsor_id": ("bigint", [one["sponsor_id"] for one in owners]),
        "participant_id": ("bigint", [one["participant_id"] for one in owners]),
        "regency_code": ("int", [one["regency_code"] for one in owners]),
        "statement_id": ("bigint", [one.statement_id for one in notices]),
        "statement_row": ("int", [one.statement_row for one in notices]),
        "receipt_id": ("bigint", [one.receipt_id for one in notices]),
        "body": ("bytea", [one.body for one in notices]),
        "group_id": ("bigint", [one.group_id for one in events]),
        "made_by": ("bigint", [user] * len(events)),
    }
    insert_rows("collection_payment", columns)


def _allocations(events: Sequence[Event]) -> None:
    rows = [(one, use) for one in events for use in one.uses]
    user = current().user_id
    columns: dict[str, tuple[str, Sequence[Any]]] = {
        "bill_id": ("bigint", [use.bill.id for _one, use in rows]),
        "number": ("int", [use.number for _one, use in rows]),
        "payment_id": ("bigint", [one.payment_id for one, _use in rows]),
        "step": ("int", [use.step for _one, use in rows]),
        **{name: ("bigint", [use.parts[at] for _one, use in rows]) for at, name in enumerate(_PART_COLUMNS)},
        "total_rupiah": ("bigint", [use.total for _one, use in rows]),
        "paid_on": ("date", [one.paid_on for one, _use in rows]),
        "effective_on": ("date", [one.effective_on for one, _use in rows]),
        "group_id": ("bigint", [one.group_id for one, _use in rows]),
        "made_by": ("bigint", [user] * len(rows)),
    }
    insert_rows("collection_allocation", columns)


def _lines(events: Sequence[Event]) -> None:
    """Members' lines, from the lines of the bills, without coming here."""
    rows = [(one, use, at) for one in events for use in one.uses for at in MEMBERS if use.parts[at]]
    if not rows:
        return
    tell(
        "SELECT collection_divide(%b::bigint[], %b::date[], %b::bigint[], %b::int[], %b::int[], %b::int[], %b::bigint[],"
        " %b::bigint[], %b::bigint[])",
        ("bigint", [one.group_id for one, _use, _at in rows]),
        ("date", [one.effective_on for one, _use, _at in rows]),
        ("bigint", [use.bill.id for _one, use, _at in rows]),
        ("int", [use.bill.month for _one, use, _at in rows]),
        ("int", [use.bill.part for _one, use, _at in rows]),
        ("int", [MEMBERS[at] for _one, _use, at in rows]),
        ("bigint", [use.bill.asked[at] for _one, use, at in rows]),
        ("bigint", [use.before[at] for _one, use, at in rows]),
        ("bigint", [use.after[at] for _one, use, at in rows]),
    )


def check_now() -> None:
    """Has the database check now what it would check at the end, while it can still be taken back alone."""
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lock(*numbers: int) -> None:
    """Waits for whoever works on the same payment or payer; until the transaction ends."""
    if numbers:
        tell(LOCKS, ("bigint", numbers))
