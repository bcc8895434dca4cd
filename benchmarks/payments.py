"""Money in: a bank statement allocated and posted, and webhooks one by one through the real server.

    python -m benchmarks.payments [PAYMENTS …]          statements of so many payments
    python -m benchmarks.payments webhooks [SECONDS]    100 signed webhooks a second, client and server on the same cores

A register is put into a database of its own and billed first (not counted). The statement, a camt.053, is read in the limited
child process as always, then booked: bills found by code, allocated, groups posted, payments, allocations and members' lines
written in batches, every check of the database on. Of the payers six in ten are employers of five (JHT and JP lines for each
worker), the others pay for themselves. At the end `ledger check` must find nothing.

Webhooks come at fixed moments, whether those before were answered or not; each is another employer's bill, paid whole, and
is answered only after its commit. fsync is on.
"""

from __future__ import annotations

import atexit
import datetime as dt
import http.client
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.month import PROVINCES, REGENCIES, REGISTER
from benchmarks.registration import processor_seconds

SIZES = (1_000, 10_000, 100_000)
ACCOUNT = "1234567890"
MONTH, TODAY = 202610, dt.date(2026, 11, 3)
NOW = dt.datetime(2026, 11, 3, 3, tzinfo=dt.UTC)
WORKERS_OF_ONE = 5
A_SECOND, SECONDS, PORT = 100, 20, 8918


def fill(employers: int, alone: int) -> None:
    """Employers of five, and people who pay for themselves, as the database's administrator."""
    import psycopg

    from jamsostek.config.embedded import server

    workers = employers * WORKERS_OF_ONE
    text = REGISTER.format(
        people=workers + alone, workers=workers, sponsored=0, employers=employers,
        regencies="ARRAY[" + ", ".join(map(str, REGENCIES)) + "]",
    )  # fmt: skip
    text = text.replace("1 + (i - 1) / 50", f"1 + (i - 1) / {WORKERS_OF_ONE}")
    text = text.replace("1000000, false, 202001", "1000000, i % 2 = 0, 202001")
    here = server()
    with psycopg.connect(
        host=str(here.socket_folder), dbname="jamsostek", user="postgres", password=here.password("postgres"), autocommit=True
    ) as connection:
        for statement in text.split(";\n"):
            if statement.strip():
                connection.execute(statement)


def billed() -> list[tuple[str, int]]:
    """Everybody billed for the month: payment codes and what they ask."""
    from django.db import connection

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.collection.actions.month import bill_month
    from jamsostek.collection.codes import code_of

    scope = system_scope("bench")
    bill_month(month=MONTH, today=TODAY, scope=scope, regions=PROVINCES, workers=2)
    with acting(scope), connection.cursor() as cursor:
        cursor.execute("SELECT number, total_rupiah FROM collection_bill WHERE total_rupiah > 0 ORDER BY number % 9973, number")
        return [(code_of(number), rupiah) for number, rupiah in cursor.fetchall()]


def statement_of(bills: list[tuple[str, int]]) -> bytes:
    """What the bank says: one line for every bill."""
    from jamsostek.messages.bank.records import CAMT053, Entry, Statement
    from jamsostek.messages.bank.write import write_camt053

    entries = tuple(
        Entry(at, f"SB261103{at:07d}", rupiah, True, TODAY, TODAY, code, f"IURAN VA {code}")
        for at, (code, rupiah) in enumerate(bills, 1)
    )
    total = sum(rupiah for _code, rupiah in bills)
    return write_camt053(Statement(CAMT053, ACCOUNT, "IDR", "SB261103", TODAY, TODAY, 0, total, entries))


def booked(content: bytes) -> dict[str, float]:
    """Seconds and CPU seconds of reading and of booking."""
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.collection.actions.payments import statement_work, statements

    with acting(system_scope("bench")):
        row = statements.send(content=content, file_name="koran.xml")
    begun = time.perf_counter()
    statement_work.read(row.pk, now=NOW)
    read = time.perf_counter() - begun
    with acting(system_scope("bench")):
        statements.confirm(statement_id=row.pk, now=NOW)
    begun, processor = time.perf_counter(), processor_seconds()
    statement_work.book(row.pk, today=TODAY, now=NOW)
    seconds, cpu = time.perf_counter() - begun, processor_seconds() - processor
    return {"read_seconds": round(read, 2), "book_seconds": round(seconds, 2), "book_cpu_seconds": round(cpu, 2)}


def holds() -> None:
    """Nothing is found by the ledger's check, and every bill is paid."""
    from django.db import connection

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.ledger import checks

    with acting(system_scope("bench")), connection.cursor() as cursor:
        found = checks.check()
        assert found == [], found
        cursor.execute("SELECT count(*) FROM collection_open")
        assert cursor.fetchone() == (0,)


def measured(payments: int) -> dict[str, Any]:
    """One size, in a database of its own."""
    from django.core.management import call_command

    from jamsostek.collection import banks

    call_command("migrate", database="owner", verbosity=0)
    banks.add_account(ACCOUNT, "BENCH")
    fill(payments * 6 // 10, payments - payments * 6 // 10)
    bills = billed()
    told = booked(statement_of(bills))
    holds()
    return {
        "payments": len(bills), **told, "a_second": round(len(bills) / told["book_seconds"]),
        "cpu_ms_each": round(1000 * told["book_cpu_seconds"] / len(bills), 3),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


# --- webhooks -------------------------------------------------------------------------------------------------------------


def press(bills: list[tuple[str, int]], secret: str) -> list[float]:
    """Sends a webhook for each bill, 100 a second, each on a connection of its own; milliseconds from the moment each was due."""
    from jamsostek.messages.bank.notification import Notification, write_notification
    from jamsostek.messages.bank.signature import signed_headers

    taken: list[float] = []
    wrong: list[str] = []
    lock = threading.Lock()
    paid_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    begun = time.perf_counter() + 0.5

    def one(number: int) -> None:
        code, rupiah = bills[number]
        body = write_notification(Notification("BENCH", ACCOUNT, f"W{code}", code, rupiah, paid_at))
        due = begun + number / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        headers = {"Content-Type": "application/json", **signed_headers(secret, f"msg_{code}", int(time.time()), body)}
        with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)) as connection:
            connection.request("POST", "/api/v1/payments/notifications", body, headers)
            answer = connection.getresponse()
            content = answer.read()
        with lock:
            taken.append((time.perf_counter() - due) * 1000)
            if answer.status != 200 or json.loads(content)["state"] != "allocated":
                wrong.append(f"{answer.status} {content[:200]!r}")

    with ThreadPoolExecutor(max_workers=32) as pool:
        list(pool.map(one, range(len(bills))))
    if wrong:
        raise RuntimeError(f"{len(wrong)} webhooks failed, the first {wrong[0]}")
    return taken


def webhooks(seconds: int) -> dict[str, Any]:
    """Serves a register with its bills, and presses."""
    from django.core.management import call_command
    from django.db import connections

    from jamsostek.collection import banks

    call_command("migrate", database="owner", verbosity=0)
    account = banks.add_account(ACCOUNT, "BENCH")
    count, warm = A_SECOND * seconds, A_SECOND * 3
    fill(count + warm + 200, 50)
    bills = [one for one in billed() if one[1] > 100_000][: count + warm]
    connections.close_all()
    command = str(Path(sys.executable).with_name("jamsostek"))
    server = subprocess.Popen([command, "serve", "--port", str(PORT), "--no-jobs"], stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready()
        press(bills[:warm], account.secrets[0])
        processor = processor_seconds()
        taken = press(bills[warm:], account.secrets[0])
        cpu = processor_seconds() - processor
    finally:
        server.terminate()
        server.wait(30)
    cut = statistics.quantiles(taken, n=100)
    return {
        "webhooks": len(taken), "a_second": A_SECOND, "p50_ms": round(statistics.median(taken), 1), "p95_ms": round(cut[94], 1),
        "p99_ms": round(cut[98], 1), "cpu_ms_each": round(1000 * cpu / len(taken), 2), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def _wait_until_ready() -> None:
    for _attempt in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/siap/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site does not answer")


def main() -> int:
    """Prints each measurement in a line of JSON; several sizes are a process each."""
    given = sys.argv[1:]
    if given[:1] != ["webhooks"] and len(given) != 1:
        for size in given or map(str, SIZES):
            subprocess.run([sys.executable, "-m", "benchmarks.payments", size], check=True)
        if not given:
            subprocess.run([sys.executable, "-m", "benchmarks.payments", "webhooks"], check=True)
        return 0
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()
    told = webhooks(int(given[1]) if len(given) > 1 else SECONDS) if given[0] == "webhooks" else measured(int(given[0]))
    print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    assert Path("benchmarks").is_dir()
    raise SystemExit(main())
