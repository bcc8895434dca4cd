"""Months of members' money, and lines written beside the transfers of their group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access.bulk import insert_rows
from jamsostek.accounts.errors import refusals
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.core.months import month_of
from jamsostek.ledger import actions as ledger


@dataclass(frozen=True)
class NewLine:
    """One movement of one member; whole rupiah, negative where it goes out. `source_id` is the bill it was paid on."""

    group_id: int
    participant_id: int
    programme: Programme
    for_month: int
    kind: LineKind
    amount_rupiah: int
    effective_on: dt.date
    source_id: int = 0


def open_month(month: int) -> None:
    """Opens a month of the books and of members' lines; one that is open stays so."""
    ledger.open_month(month)
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT accounts_open_month(%s)", [month])


def add_lines(lines: Sequence[NewLine]) -> None:
    """Writes lines in one statement, in the transaction that posts their groups. Raises `LedgerRefused`, and nothing is written.

    That lines sum to what their group moves, and that nobody holds less than nothing, is checked when the transaction ends.
    """
    with refusals():
        insert_rows(
            "accounts_line",
            {
                "month": ("int", [month_of(one.effective_on) for one in lines]),
                "group_id": ("bigint", [one.group_id for one in lines]),
                "participant_id": ("bigint", [one.participant_id for one in lines]),
                "programme": ("int", [int(one.programme) for one in lines]),
                "for_month": ("int", [one.for_month for one in lines]),
                "kind": ("int", [int(one.kind) for one in lines]),
                "source_id": ("bigint", [one.source_id for one in lines]),
                "amount_rupiah": ("bigint", [one.amount_rupiah for one in lines]),
                "effective_on": ("date", [one.effective_on for one in lines]),
            },
        )
