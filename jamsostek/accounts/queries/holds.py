"""Whether members' money adds up, by every row: called when the books are proved."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jamsostek.core.months import add_months, format_month
from jamsostek.core.text import N_, _


@dataclass(frozen=True)
class Broken:
    """Something that does not hold: what, in which month, and the first place where it shows."""

    what: str
    month: int
    detail: str

    def __str__(self) -> str:
        return f"{_(self.what)} ({format_month(self.month)}: {self.detail})"


BALANCE_IS_SUM = N_("Saldo peserta bukan saldo bulan sebelumnya ditambah baris bulan itu.")
PART_IS_SUM = N_("Bagian pengkreditan bukan jumlah saldo dan hasilnya.")
CONTROL_IS_SUM = N_("Akun pengendali di buku besar bukan jumlah baris peserta.")

_BALANCES = """
    SELECT 'participant ' || participant_id || ': ' || coalesce(b.rupiah, 0) || ' <> ' || coalesce(s.rupiah, 0)
    FROM (SELECT participant_id, balance_rupiah AS rupiah, return_rupiah FROM accounts_balance WHERE month = {month}) AS b
    FULL JOIN (SELECT participant_id, sum(rupiah) AS rupiah, sum(return_rupiah) AS return_rupiah FROM (
        SELECT participant_id, balance_rupiah AS rupiah, 0 AS return_rupiah FROM accounts_balance WHERE month = {before}
        UNION ALL
        SELECT participant_id, amount_rupiah, CASE kind WHEN 2 THEN amount_rupiah ELSE 0 END FROM accounts_line
        WHERE month = {month} AND programme = 1) AS one GROUP BY 1) AS s USING (participant_id)
    WHERE coalesce(b.rupiah, 0) <> coalesce(s.rupiah, 0) OR coalesce(b.return_rupiah, 0) <> coalesce(s.return_rupiah, 0) LIMIT 1
"""
_PARTS = """
    SELECT 'part ' || part FROM (
        SELECT part, accounts, balance_rupiah, year_return_rupiah, return_rupiah FROM accounts_creditingpart WHERE month = {month}
        UNION ALL
        SELECT part, -count(*), -sum(balance_rupiah), -sum(year_return_rupiah), 0 FROM accounts_balance
        WHERE month = {month} GROUP BY 1
        UNION ALL
        SELECT part, 0, 0, 0, -sum(amount_rupiah) FROM accounts_line WHERE month = {month} AND part > 0 GROUP BY 1) AS told
    GROUP BY part
    HAVING sum(accounts) <> 0 OR sum(balance_rupiah) <> 0 OR sum(year_return_rupiah) <> 0 OR sum(return_rupiah) <> 0
    ORDER BY part LIMIT 1
"""
_CONTROLS = """
    SELECT code || ': ' || coalesce(moved, 0) || ' <> ' || coalesce(rupiah, 0) FROM (
        SELECT c.programme, a.code, (
            SELECT sum(CASE WHEN t.credit_id = a.id THEN t.amount_rupiah ELSE -t.amount_rupiah END) FROM ledger_transfer t
            WHERE t.month = {month} AND a.id IN (t.debit_id, t.credit_id)) AS moved
        FROM accounts_control c JOIN ledger_account a ON a.id = c.account_id) AS above
    LEFT JOIN (SELECT programme, sum(amount_rupiah) AS rupiah FROM accounts_line WHERE month = {month} GROUP BY 1) AS below
        USING (programme)
    WHERE coalesce(moved, 0) <> coalesce(rupiah, 0) ORDER BY 1 LIMIT 1
"""


def crediting_holds() -> list[Broken]:
    """What does not hold of members' accounts, month by month; empty where everything does.

    Every balance is the one before and the month's lines; every part is the sum of its balances and returns; and the lines of a
    month are what moved on the control accounts of the ledger: so members together have what the fund owes them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT month FROM ledger_period ORDER BY month")
        months = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT month FROM accounts_crediting WHERE ended_at IS NOT NULL")
        credited = {row[0] for row in cursor.fetchall()}
        found = []
        for month in months:
            asked = [(_CONTROLS, CONTROL_IS_SUM), (_PARTS, PART_IS_SUM)]
            asked += [(_BALANCES, BALANCE_IS_SUM)] if month in credited else []
            for sql, what in asked:
                cursor.execute(sql.format(month=int(month), before=add_months(month, -1)))
                found += [Broken(what, month, row[0]) for row in cursor.fetchall()]
    return found
