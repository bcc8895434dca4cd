"""What accounts moved in each month, read from the sums of closed days and the rows since: never from all transfers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection

from jamsostek.ledger.queries.balances import last_closed_day

_SUMS = """
    WITH wanted AS MATERIALIZED (SELECT id, code FROM ledger_account WHERE code = ANY (%(codes)s))
    SELECT code, month, sum(debit), sum(credit) FROM (
        SELECT w.code, d.month, d.debit_rupiah, d.credit_rupiah FROM wanted w JOIN ledger_day d ON d.account_id = w.id
        WHERE d.month BETWEEN %(first)s AND %(last)s AND d.recorded_on <= %(closed)s
        UNION ALL
        SELECT w.code, t.month, t.amount_rupiah, 0 FROM wanted w JOIN ledger_transfer t ON t.debit_id = w.id
        WHERE t.recorded_on > %(closed)s AND t.month = ANY (%(live)s)
        UNION ALL
        SELECT w.code, t.month, 0, t.amount_rupiah FROM wanted w JOIN ledger_transfer t ON t.credit_id = w.id
        WHERE t.recorded_on > %(closed)s AND t.month = ANY (%(live)s)) AS moved (code, month, debit, credit)
    GROUP BY 1, 2
"""
_OPENINGS = """
    SELECT d.code, g.month, sum(leg.rupiah) FROM ledger_group g
    CROSS JOIN LATERAL unnest(g.debits, g.credits, g.amounts) AS leg (debit, credit, rupiah)
    JOIN ledger_account d ON d.id = leg.debit
    WHERE g.kind = 'opening' AND g.month BETWEEN %s AND %s AND d.code = ANY (%s) GROUP BY 1, 2
"""


def month_sums(codes: Collection[str], first: int, last: int) -> dict[tuple[str, int], tuple[int, int]]:
    """Debits and credits by account and month of effect, from one month to another; whole rupiah. Months without any are left
    out. What it costs follows from the days that were closed, not from how many people paid."""
    closed = last_closed_day() or dt.date.min
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_live_months(%s)", [closed])
        live = [month for month in cursor.fetchone()[0] if first <= month <= last]
        cursor.execute(_SUMS, {"codes": list(codes), "first": first, "last": last, "closed": closed, "live": live})
        return {(code, month): (int(debit), int(credit)) for code, month, debit, credit in cursor.fetchall()}


def openings(codes: Collection[str], first: int, last: int) -> dict[tuple[str, int], int]:
    """What accounts were debited with when the books began (groups of the kind `opening`), by account and month; whole rupiah."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENINGS, [first, last, list(codes)])
        return {(code, month): int(rupiah) for code, month, rupiah in cursor.fetchall()}
