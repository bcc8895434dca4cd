"""The government's part of JKP: a bill of all that a month's bills say the state owes, and a difference when that changes."""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.collection.actions.bills import claim_months, next_sequence, writable
from jamsostek.collection.billing import writing
from jamsostek.collection.billing.computing import ALLOCATED, AMOUNTS, PU, Payers, Sums
from jamsostek.collection.billing.writing import Making, bill_id
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.codes import PARTS, first_number
from jamsostek.collection.models import Bill, Void
from jamsostek.core.months import month_of
from jamsostek.core.text import _

STATE_ID = 1
NOWHERE = 0
"""The state's bill belongs to no regency."""
_LOCK = 820_235


def bill_state(*, month: int, today: dt.date) -> Bill | None:
    """Bills the state for JKP of a month's bills; None where it was asked for all of it already.

    The first is the month's regular bill; a further one is a difference in the open month, of either sign. One at a time.
    """
    scope = current()
    scope.need(Can.RUN_MONTH)
    if not scope.everyone:
        raise not_yours(_("Bagian pemerintah hanya ditagih oleh kantor pusat."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, month])
    bills, owed = _says(month)
    asked = _asked(month)
    left = owed - sum(asked)
    if left == 0:
        return None
    made_in = month_of(today) if asked else month
    writable(made_in, today)
    sequence = next_sequence(made_in, PayerKind.STATE, STATE_ID)
    identity = bill_id(made_in, PayerKind.STATE, STATE_ID, sequence)
    kind = BillKind.DIFFERENCE if asked else BillKind.REGULAR
    number = None if asked else first_number(month, PARTS - 1)  # so that a run taken up again gives the same code
    dues = writing.due_days(month, PayerKind.STATE)
    making = Making(made_in, kind, today, dues, PU, first_number=number, from_month=month)
    zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
    payer = Payers(int(PayerKind.STATE), one * STATE_ID, one * NOWHERE, zero, zero, zero, zero)
    columns = {**dict.fromkeys((*AMOUNTS, *ALLOCATED, "wage"), zero), "jkp_government": one * left}
    made = writing.bills(
        making, payer, Sums(zero, zero, columns), sequences=one * sequence, facts={0: {"bills": bills, "owed_rupiah": owed}}
    )
    if kind == BillKind.REGULAR:
        claim_months(PayerKind.STATE, STATE_ID, identity, [month])
    writing.write_bills(made, making, reference=f"bill:{identity}")
    audit.record("bill.made", "region", None, fields=("month", "total_rupiah"))
    return Bill.objects.get(pk=identity)


_IN_MONTH = (
    " FROM collection_bill b WHERE id >= %s AND id < %s AND jkp_government_rupiah <> 0"
    " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)"
)


def _says(month: int) -> tuple[int, int]:
    """How many employers' bills of the month have a part of the state's, and what it comes to; whole rupiah."""
    first, end = (bill_id(month, kind, 0) for kind in (PayerKind.EMPLOYER, PayerKind.EMPLOYER + 1))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(sum(jkp_government_rupiah), 0){_IN_MONTH}", [first, end])
        bills, owed = cursor.fetchone()
    return int(bills), int(owed)


def _asked(month: int) -> list[int]:
    """What the state's bills have asked for the month so far; whole rupiah."""
    rows = Bill.objects.filter(payer_kind=PayerKind.STATE, payer_id=STATE_ID, from_month=month)
    return list(rows.exclude(pk__in=Void.objects.values("bill_id")).values_list("jkp_government_rupiah", flat=True))
