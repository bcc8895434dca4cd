"""What the books must say of benefits, proved from the rows; registered with the ledger's own checks."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jamsostek.core.text import N_
from jamsostek.ledger.checks import Outcome, register

TOLD = 20
"""So many findings of one kind are told."""
OWED = N_("Akun {code} {books} rupiah, manfaat yang belum dibayar {rows}.")
SETTLED = N_("Klaim {claim} bulan {month}: tercatat dibayar, tetapi bank tidak menyatakannya.")
BATCH = N_("Berkas pembayaran {batch}: tercatat {told} rupiah, transfernya {rows}.")
DECIDED = N_("Klaim {claim}: terutang {told} rupiah, yang diputuskan {rows}.")

_OWED = """
    SELECT a.code, ledger_balance(a.id), s.rupiah FROM ledger_account a JOIN (
        SELECT 'payable:' || f.fund AS code,
            coalesce(sum(p.gross_rupiah - p.tax_rupiah) FILTER (WHERE p.state NOT IN (5, 7)), 0) AS rupiah
        FROM (VALUES ('jkk'), ('jkm'), ('jht'), ('jp'), ('jkp'), ('carrier')) AS f (fund)
        LEFT JOIN claims_payout p USING (fund) GROUP BY 1
        UNION ALL SELECT 'tax:jht', coalesce(sum(tax_rupiah), 0) - (SELECT coalesce(sum(t.amount_rupiah), 0) FROM ledger_group g
            JOIN ledger_transfer t ON t.group_id = g.id AND t.month = g.month WHERE g.kind = 'tax_paid')
            FROM claims_payout WHERE state <> 7
        UNION ALL SELECT 'recoverable:' || f.fund, coalesce(sum(o.rupiah - o.recovered_rupiah), 0)
        FROM (VALUES ('jkk'), ('jkm'), ('jht'), ('jp'), ('jkp')) AS f (fund)
        LEFT JOIN claims_overpaid o USING (fund) GROUP BY 1
    ) AS s USING (code) WHERE ledger_balance(a.id) <> s.rupiah
"""
_SETTLED = """
    SELECT p.claim_id, p.month FROM claims_payout p WHERE p.state = 5 AND NOT EXISTS (
        SELECT FROM claims_transfer t WHERE (t.batch_id, t.month, t.claim_id, t.party_id, t.component)
            = (p.batch_id, p.month, p.claim_id, p.party_id, p.component)
            AND t.outcome = 2 AND t.rupiah = p.gross_rupiah - p.tax_rupiah)
    LIMIT %s
"""
_BATCH = """
    SELECT b.id, b.rupiah, coalesce(sum(t.rupiah), 0) FROM claims_batch b LEFT JOIN claims_transfer t ON t.batch_id = b.id
    GROUP BY b.id HAVING b.rupiah <> coalesce(sum(t.rupiah), 0) OR b.count <> count(t.number) LIMIT %s
"""
_DECIDED = """
    SELECT d.claim_id, coalesce(sum(p.gross_rupiah), 0), d.rupiah FROM claims_decision d
    LEFT JOIN claims_payout p ON p.claim_id = d.claim_id AND p.decision_id = d.id AND p.fund <> 'carrier'
    WHERE d.final AND d.approve GROUP BY d.id HAVING coalesce(sum(p.gross_rupiah), 0) <> d.rupiah LIMIT %s
"""


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _count(table: str) -> int:
    return int(_ask(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


def what_is_owed_stands_in_the_books() -> Outcome:
    """What funds owe is what payouts say that are neither paid nor cancelled; tax withheld and overpayments likewise."""
    found = [(OWED, {"code": code, "books": int(books), "rows": int(rows)}) for code, books, rows in _ask(_OWED)]
    return Outcome(_count("claims_payout"), tuple(found))


def what_is_paid_was_settled() -> Outcome:
    """Nothing is called paid that the bank has not settled; batches are the sum of their transfers."""
    found: list[tuple[str, dict[str, Any]]] = [
        (SETTLED, {"claim": claim, "month": month}) for claim, month in _ask(_SETTLED, TOLD)
    ]
    found += [(BATCH, {"batch": batch, "told": int(told), "rows": int(rows)}) for batch, told, rows in _ask(_BATCH, TOLD)]
    return Outcome(_count("claims_transfer"), tuple(found))


def what_was_decided_is_owed() -> Outcome:
    """Every decision that stands became owed to the rupiah."""
    found = [(DECIDED, {"claim": claim, "told": int(told), "rows": int(rows)}) for claim, told, rows in _ask(_DECIDED, TOLD)]
    return Outcome(_count("claims_decision"), tuple(found))


CHECKS = {
    N_("Manfaat yang terutang sama dengan pembukuannya"): what_is_owed_stands_in_the_books,
    N_("Yang tercatat dibayar sudah dinyatakan bank"): what_is_paid_was_settled,
    N_("Yang diputuskan menjadi terutang seluruhnya"): what_was_decided_is_owed,
}


def add_to_the_ledgers() -> None:
    """Has `jamsostek ledger check` prove these too."""
    for name, function in CHECKS.items():
        register(name, function)
