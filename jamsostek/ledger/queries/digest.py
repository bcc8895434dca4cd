"""The digest of a period: SHA-256 over the digest of the month before and a line of text for each transfer.

The lines are what `psql` writes for the same query, so that anyone can compute the digest without this program:

    (printf 'PREVIOUS AND MONTH'; psql -c "COPY (…) TO STDOUT") | sha256sum
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import connection

FIRST = b"\0" * 32
"""What the first month's digest stands on."""
LINES = """
    SELECT g.id, g.reference, g.kind, g.effective_on - date '1970-01-01', encode(g.body, 'hex'), g.reverses, g.made_by,
           (extract(epoch FROM g.recorded_at) * 1000000)::bigint, t.leg, d.code, c.code, t.amount_rupiah,
           (extract(epoch FROM t.recorded_at) * 1000000)::bigint, t.effective_on - date '1970-01-01'
    FROM ledger_transfer t LEFT JOIN ledger_group g ON g.id = t.group_id AND g.month = {month}
    LEFT JOIN ledger_account d ON d.id = t.debit_id LEFT JOIN ledger_account c ON c.id = t.credit_id
    WHERE t.month = {month} ORDER BY t.group_id, t.leg
"""
"""One line for each transfer: all of its group, and all of its own; days and instants as numbers, accounts by code."""


@dataclass(frozen=True)
class PeriodDigest:
    """A period's digest and how many transfers it covers."""

    digest: bytes
    transfers: int


def period_digest(month: int, previous: bytes) -> PeriodDigest:
    """SHA-256 of the digest before, the month, and every transfer with its group. Memory stays flat."""
    found, transfers = hashlib.sha256(previous + month.to_bytes(4, "big")), 0
    connection.ensure_connection()
    told = f"COPY ({LINES.format(month=int(month))}) TO STDOUT"
    with connection.wrap_database_errors, connection.connection.cursor() as cursor, cursor.copy(told) as lines:
        for block in lines:
            found.update(block)
            transfers += bytes(block).count(b"\n")
    return PeriodDigest(found.digest(), transfers)


def written(month: int) -> tuple[int, int]:
    """How many transfers a month has now, and their sum in whole rupiah."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(amount_rupiah), 0) FROM ledger_transfer WHERE month = %s", [month])
        count, rupiah = cursor.fetchone()
    return int(count), int(rupiah)
