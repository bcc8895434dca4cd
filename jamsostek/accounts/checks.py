"""What the books must say of members' money, proved from the rows; registered with the ledger's own checks."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jamsostek.accounts.queries.holds import BALANCE_IS_SUM, CONTROL_IS_SUM, PART_IS_SUM, crediting_holds
from jamsostek.core.text import N_
from jamsostek.ledger.checks import Outcome, register
from jamsostek.ledger.queries import number_words

TOLD = 20
"""So many findings of one check are told."""
TEXTS = {
    CONTROL_IS_SUM: N_("{month}: akun pengendali bukan jumlah baris peserta ({detail})."),
    BALANCE_IS_SUM: N_("{month}: saldo peserta bukan saldo bulan sebelumnya ditambah baris bulan itu ({detail})."),
    PART_IS_SUM: N_("{month}: bagian pengkreditan bukan jumlah saldo dan hasilnya ({detail})."),
}
DIVIDED = N_("{month}: kelompok {group} membukukan {books} rupiah untuk peserta, barisnya {rows}.")
_GROUPS = """
    SELECT coalesce(m.group_id, l.group_id), coalesce(m.rupiah, 0), coalesce(l.rupiah, 0) FROM (
        SELECT t.group_id, c.programme,
               sum(CASE WHEN t.credit_id = c.account_id THEN t.amount_rupiah ELSE -t.amount_rupiah END) AS rupiah
        FROM ledger_transfer t JOIN accounts_control c ON c.account_id IN (t.debit_id, t.credit_id)
        WHERE t.month = %s GROUP BY 1, 2) AS m
    FULL JOIN (SELECT group_id, programme, sum(amount_rupiah) AS rupiah FROM accounts_line WHERE month = %s GROUP BY 1, 2) AS l
        USING (group_id, programme)
    WHERE coalesce(m.rupiah, 0) <> coalesce(l.rupiah, 0) LIMIT %s
"""


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def groups_are_divided() -> Outcome:
    """The lines of every group sum to what it moved on the control account of their programme."""
    count, found = 0, []
    for (month,) in _ask("SELECT month FROM ledger_period ORDER BY month"):
        count += int(_ask("SELECT count(*) FROM accounts_line WHERE month = %s", month)[0][0])
        for group, books, rows in _ask(_GROUPS, month, month, TOLD):
            told = {"month": month, "group": number_words(group), "books": int(books), "rows": int(rows)}
            found.append((DIVIDED, told))
    return Outcome(count, tuple(found[:TOLD]))


def balances_are_their_lines() -> Outcome:
    """Every balance is the one before and the month's lines, and all of them together are what the fund owes."""
    found = [(TEXTS[one.what], {"month": one.month, "detail": one.detail}) for one in crediting_holds()]
    return Outcome(int(_ask("SELECT count(*) FROM accounts_balance")[0][0]), tuple(found[:TOLD]))


CHECKS = {
    N_("Setiap kelompok membagi persis yang dibukukannya"): groups_are_divided,
    N_("Saldo peserta sama dengan barisnya dan dengan buku besar"): balances_are_their_lines,
}


def add_to_the_ledgers() -> None:
    """Has `jamsostek ledger check` prove these too."""
    for name, function in CHECKS.items():
        register(name, function)
