"""The return of a month credited to every JHT account; beside it the least that writing its rows can cost here.

    python -m benchmarks.crediting ACCOUNTS

A database of its own is made and filled first (not counted): every account a contribution in January and February 2020, by
employers of 100, in an order of their own; January is credited. Ours: February, with all keys, row rules, the ledger's groups
and every check of the database. The floor, in the same run: the same lines and balances by COPY into two tables without key,
check or rule. At the end everything must add up, account by account and to the control account.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FIRST, MEASURED = 202001, 202002
EMPLOYER = 100


def fill(month: int, accounts: int) -> None:
    """A contribution for everybody, one group for each employer, as the owner: what payments would have written."""
    from django.db import connections

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.accounts.actions.lines import open_month

    with acting(system_scope("bench")):
        open_month(month)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"""
            BEGIN;
            CREATE TEMPORARY TABLE paid ON COMMIT DROP AS
                SELECT (id * 7919) % {accounts} / {EMPLOYER} AS employer, id, 100000 + id * 31 % 400000 AS rupiah,
                       make_date({month // 100}, {month % 100}, 1 + (id * 7919 % {accounts} / {EMPLOYER} % 28)::int) AS day
                FROM generate_series(1, {accounts}::bigint) AS id;
            INSERT INTO ledger_group (id, reference, kind, effective_on, debits, credits, amounts, body)
                SELECT {month} * 10000000::bigint + employer, 'bench:{month}:' || employer, 'bench', min(day), ARRAY[d.id],
                       ARRAY[c.id], ARRAY[sum(rupiah)::bigint], sha256(employer::text::bytea)
                FROM paid, ledger_account d, ledger_account c WHERE d.code = 'cash:jht' AND c.code = 'members:jht'
                GROUP BY employer, d.id, c.id;
            INSERT INTO accounts_line (month, group_id, participant_id, programme, for_month, kind, amount_rupiah, effective_on)
                SELECT {month}, {month} * 10000000::bigint + employer, id, 1, {month}, 1, rupiah, day FROM paid ORDER BY employer;
            COMMIT;""")
        cursor.execute("VACUUM ANALYZE")


class Clock:
    """Wall and processor seconds of a block, the peak of this process and of what the server's process holds for itself."""

    def __init__(self, backend: int) -> None:
        self.backend = backend
        self.told: dict[str, float] = {}

    def time(self, name: str, do: Callable[[], Any]) -> Any:
        """Runs a part."""
        from benchmarks.registration import processor_seconds

        ended, peak = threading.Event(), [0.0]
        watch = threading.Thread(target=self._watch, args=(ended, peak), daemon=True)
        watch.start()
        wall, processor = time.perf_counter(), processor_seconds()
        answer = do()
        self.told[f"{name}_s"] = round(time.perf_counter() - wall, 2)
        self.told[f"{name}_cpu_s"] = round(processor_seconds() - processor, 2)
        ended.set()
        watch.join()
        self.told[f"{name}_server_mb"] = round(peak[0])
        return answer

    def _watch(self, ended: threading.Event, peak: list[float]) -> None:
        while not ended.wait(0.02):
            for line in Path(f"/proc/{self.backend}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss_Anon:"):
                    peak[0] = max(peak[0], int(line.split()[1]) / 1024)


def memory() -> float:
    """The most this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def credit(month: int, part_size: int | None) -> None:
    """A whole run."""
    import datetime as dt

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.accounts.actions import crediting

    with acting(system_scope("bench")):
        crediting.begin(month=month, today=dt.date(2026, 1, 1), part_size=part_size)
    crediting.credit(month=month)


def floor_rows() -> tuple[Any, Any]:
    """The rows that crediting wrote."""
    from jamsostek.access.rows import copy_out
    from jamsostek.access.scope import acting, system_scope

    with acting(system_scope("bench")):
        lines = copy_out("SELECT * FROM accounts_line WHERE month = %s AND part > 0", [MEASURED])
        return lines, copy_out("SELECT * FROM accounts_balance WHERE month = %s", [MEASURED])


def write_floor(lines: Any, balances: Any) -> None:
    """The same rows into tables without anything."""
    from django.db import transaction

    from jamsostek.access.rows import copy_in

    kinds = {"int16": "smallint", "int32": "int", "int64": "bigint", "datetime64[D]": "date"}
    with transaction.atomic():
        for table, rows in (("floor_line", lines), ("floor_balance", balances)):
            copy_in(table, {name: (kinds[str(rows.dtype[name])], rows[name]) for name in rows.dtype.names})


def run(accounts: int, part_size: int | None) -> dict[str, Any]:
    """Makes a database, fills it, measures."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so run last: after the server has stopped
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.accounts.queries.crediting import runs
    from jamsostek.accounts.queries.holds import crediting_holds

    call_command("migrate", database="owner", verbosity=0)
    fill(FIRST, accounts)
    credit(FIRST, part_size)
    fill(MEASURED, accounts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = Clock(cursor.fetchone()[0])
    os.sync()  # nobody pays for the writing of what was before
    before = memory()
    clock.time("credit", lambda: credit(MEASURED, part_size))
    held = memory()
    rows = floor_rows()
    with connections["owner"].cursor() as cursor:
        for table in ("accounts_line", "accounts_balance"):
            bare = table.replace("accounts", "floor")
            cursor.execute(f"CREATE TABLE {bare} AS SELECT * FROM {table} WITH NO DATA; GRANT INSERT ON {bare} TO jamsostek_app")
    os.sync()
    clock.time("floor", lambda: write_floor(*rows))
    with acting(system_scope("bench")):
        wrong, done = crediting_holds(), runs(month=MEASURED)[0]
    assert not wrong and done.accounts == accounts and done.ended_at, (wrong, done)
    return {
        "accounts": accounts, **clock.told, "job_mb": round(held), "before_mb": round(before), "parts": done.parts,
        "rows": len(rows[0]) + len(rows[1]), "accounts_a_second": round(accounts / clock.told["credit_s"]),
        "ratio": round(clock.told["credit_s"] / clock.told["floor_s"], 2), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def main() -> int:
    """Prints the measurement as a line of JSON."""
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
