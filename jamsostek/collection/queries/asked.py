"""What was asked in a month, bill by bill: for whoever pays, chases or counts many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from jamsostek.collection.billing.writing import bill_id
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.codes import code_of


@dataclass(frozen=True)
class Asked:
    """One regular bill: whom it asks, its payment code, whole rupiah, and the day JKK and JKM are due."""

    bill_id: int
    payer_kind: PayerKind
    code: str
    total_rupiah: int
    due_on: dt.date


def asked(month: int) -> Iterator[Asked]:
    """The regular bills of a contribution month that ask for money, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, payer_kind, number, total_rupiah, due_on FROM collection_bill"
            " WHERE id >= %s AND id < %s AND kind = 1 AND total_rupiah > 0 ORDER BY id",
            [bill_id(month, 0, 0), bill_id(month, 8, 0)],
        )
        for identity, kind, number, rupiah, due_on in cursor.fetchall():
            yield Asked(identity, PayerKind(kind), code_of(number), rupiah, due_on)
