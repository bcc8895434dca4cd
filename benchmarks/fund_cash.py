"""Two years of every fund's cash by month, read from the sums the ledger keeps; beside it the same summed over all transfers.

    python -m benchmarks.fund_cash TRANSFERS

A database of its own is made and filled first (not counted, and without triggers): so many transfers over 24 months, into 514
regencies' receivables and the accounts of five funds, and the sums of each closed day as `ledger_close_day` makes them. Ours: the
history that the pages of liquidity read. The floor, in the same run: one statement of PostgreSQL over the transfers.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from typing import Any

FIRST, MONTHS, TIMES = 202401, 24, 5
REGENCIES = 514
FILL = """
INSERT INTO ledger_account (code, kind, fund, overdraft, title_id, title_en)
SELECT 'receivable:' || p || ':' || r, 'asset', p, true, 'x', 'x'
FROM unnest(ARRAY['jkk', 'jkm', 'jht', 'jp', 'jkp']) p, generate_series(1, {regencies}) r ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE moved AS
SELECT i, (date '2024-01-01' + (i %% 730)::int) AS day, (ARRAY['jkk', 'jkm', 'jht', 'jp', 'jkp'])[1 + i %% 5] AS fund,
       (i / 5) %% 10 AS what, 1 + (i * 7919) %% {regencies} AS regency, 100000 + (i * 31) %% 400000 AS rupiah
FROM generate_series(1, {transfers}::bigint) i;
INSERT INTO ledger_transfer (month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on, recorded_at)
SELECT (extract(year FROM day) * 100 + extract(month FROM day))::int, i, 1, d.id, c.id, rupiah, day, day + time '05:00'
FROM moved m
JOIN ledger_account d ON d.code = CASE WHEN what < 8 THEN 'cash:' || m.fund WHEN what = 8 THEN 'benefits:' || m.fund
    ELSE 'payable:' || m.fund END
JOIN ledger_account c ON c.code = CASE WHEN what < 4 THEN 'receivable:' || m.fund || ':' || regency
    WHEN what < 8 THEN 'fund:' || m.fund WHEN what = 8 THEN 'payable:' || m.fund ELSE 'cash:' || m.fund END;
INSERT INTO ledger_day (account_id, recorded_on, month, debit_rupiah, credit_rupiah, debit_total_rupiah, credit_total_rupiah)
SELECT account, recorded_on, month, debit, credit, sum(debit) OVER upto, sum(credit) OVER upto
FROM (SELECT account, recorded_on, month, sum(debit) AS debit, sum(credit) AS credit FROM (
        SELECT debit_id AS account, recorded_on, month, amount_rupiah AS debit, 0 AS credit FROM ledger_transfer
        UNION ALL SELECT credit_id, recorded_on, month, 0, amount_rupiah FROM ledger_transfer) AS leg GROUP BY 1, 2, 3) AS day
WINDOW upto AS (PARTITION BY account ORDER BY recorded_on, month);
INSERT INTO ledger_closedday (recorded_on) SELECT generate_series('2024-01-01'::date, '2025-12-31'::date, '1 day')
"""
FLOOR = """
SELECT a.code, t.month, sum(CASE WHEN t.debit_id = a.id THEN t.amount_rupiah END),
    sum(CASE WHEN t.credit_id = a.id THEN t.amount_rupiah END)
FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.debit_id, t.credit_id) WHERE a.code = ANY (%s) GROUP BY 1, 2
"""


def run(transfers: int) -> dict[str, Any]:
    """Makes a database, fills it, measures."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.claims import connect
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.core.months import add_months, span
    from jamsostek.fund.queries.cash_history import _NAMES, cash_history
    from jamsostek.ledger.actions import open_month
    from jamsostek.ledger.chart import PROGRAMMES

    call_command("migrate", database="owner", verbosity=0)
    months = span(FIRST, add_months(FIRST, MONTHS - 1))
    with acting(system_scope("bench")):
        for month in months:
            open_month(month)
    with connect() as owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in FILL.format(transfers=transfers, regencies=REGENCIES).replace("%%", "%").split(";\n"):
            cursor.execute(statement)

        cursor.execute("VACUUM ANALYZE")
    ours, floor = [], []
    codes = [f"{name}:{fund}" for fund in PROGRAMMES for name in _NAMES]
    for _turn in range(TIMES):
        with acting(system_scope("bench")), connection.cursor() as cursor:
            begun = time.perf_counter()
            found = cash_history(months[0], months[-1])
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            cursor.execute(FLOOR, [codes])
            rows = cursor.fetchall()
            floor.append(time.perf_counter() - begun)
    cash = sum(int(debit or 0) - int(credit or 0) for code, _month, debit, credit in rows if code.startswith("cash:"))
    assert cash == sum(one.net for fund in found.values() for one in fund), "the parts add up to the change in cash"
    return {
        "transfers": transfers, "ours_ms": round(1000 * statistics.median(ours), 1),
        "floor_ms": round(1000 * statistics.median(floor), 1), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def main() -> int:
    """Prints the measurement as a line of JSON."""
    print(json.dumps(run(int(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
