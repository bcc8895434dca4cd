"""The month of a nation's part in PostgreSQL: everybody billed, with lines, receivables, codes and every refusal in force.

    python -m benchmarks.month [PEOPLE …]

A register is put into a database of its own first (not counted). Ours: the run of `collection.actions.month`, province by
province with two at a time. The floor, in the same run: a bare COPY of the same rows, already made, into tables without key,
index, check or rule; in one connection, as one would copy, and by two at a time, as ours writes.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.registration import processor_seconds

if TYPE_CHECKING:
    import psycopg

SIZES = (100_000, 300_000, 1_000_000)
MONTH, TODAY = 202610, dt.date(2026, 11, 3)
PROVINCES = (33, 35, 73, 12)
"""Provinces the people live in, a quarter each."""
REGENCIES = (3302, 3508, 7306, 1207)
WORKERS, SPONSORED = 0.82, 0.05
"""Of the people: workers of employers of fifty, and those a sponsor pays for; the rest pay for themselves."""
TABLES = (
    "collection_line", "collection_bill", "collection_open", "collection_code", "collection_claim", "collection_part",
    "ledger_transfer", "ledger_group",
)  # fmt: skip

REGISTER = """
SET session_replication_role = replica;
INSERT INTO registry_employer (id, npp, name, name_key, kind, kbli, industry, risk_class, scale, labour_intensive, regency_code,
    address, registered_on, registered_via)
SELECT i, (10000000 + i)::text, 'PT ' || i, 'PT ' || i, 'company', '', '',
    (ARRAY['very_low','low','medium','high','very_high'])[1 + i % 5],
    (ARRAY['large','medium','small','micro'])[1 + i % 4], false, ({regencies})[1 + i % 4], '', '2020-01-01', 'upload'
FROM generate_series(1, {employers}) i;
INSERT INTO registry_sponsor (id, number, name, kind, region_code, registered_on)
SELECT i, (20000000 + i)::text, 'Pemerintah ' || i, 'regional_government', ({regencies})[1 + i % 4], '2020-01-01'
FROM generate_series(1, 40) i;
INSERT INTO registry_participant (id, kpj, name, name_key, sex, birth_date, birth_place, regency_code, address, registered_on,
    registered_via)
SELECT i, (30000000000 + i::bigint)::text, 'Nama ' || i, 'NAMA', 'm', date '1970-01-01' + (i::bigint * 7919 % 12000)::int, '',
    ({regencies})[1 + i % 4], '',
    '2020-01-01', 'upload' FROM generate_series(1, {people}) i;
INSERT INTO registry_employment (id, employer_id, participant_id, segment, position, from_month, leaving_reported_by)
SELECT i, 1 + (i - 1) / 50, i, CASE WHEN i % 10 = 0 THEN 'non_asn' ELSE 'pu' END, '', 202001, ''
FROM generate_series(1, {workers}) i;
INSERT INTO registry_wage (employment_id, from_month, wage_rupiah)
SELECT i, 202001 + 100 * year, 3000000 + i::bigint * 104729 % 9000000 + year * 100000
FROM generate_series(1, {workers}) i, generate_series(0, 1) year;
INSERT INTO registry_cover (participant_id, payer, sponsor_id, occupation, sector, income_rupiah, jht_member, from_month)
SELECT i, CASE WHEN i <= {workers} + {sponsored} THEN 'sponsor' ELSE 'self' END,
    CASE WHEN i <= {workers} + {sponsored} THEN 1 + i % 40 END, 'petani', 'other', 1000000, false, 202001
FROM generate_series({workers} + 1, {people}) i;
VACUUM ANALYZE;
CHECKPOINT;
"""


def administrator() -> psycopg.Connection[Any]:
    """A connection of the database's administrator, whom no rule of rows holds."""
    import psycopg

    from jamsostek.config.embedded import server

    here = server()
    return psycopg.connect(
        host=str(here.socket_folder), dbname="jamsostek", user="postgres", password=here.password("postgres"), autocommit=True
    )


def filled(people: int) -> None:
    """A database with a register of people, put in by its administrator: rules and triggers are not what is measured here.

    An employer's people lie together, as its file wrote them.
    """
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    workers = int(people * WORKERS)
    text = REGISTER.format(
        people=people, workers=workers, sponsored=int(people * SPONSORED), employers=workers // 50 + 1,
        regencies="ARRAY[" + ", ".join(map(str, REGENCIES)) + "]",
    )  # fmt: skip
    with administrator() as connection:
        for statement in text.split(";\n"):
            if statement.strip():
                connection.execute(statement)


def ours() -> tuple[float, float, int]:
    """Seconds, CPU seconds and lines of the whole run."""
    from jamsostek.access.scope import acting, system_scope
    from jamsostek.collection.actions.bills import open_month
    from jamsostek.collection.actions.month import bill_month

    scope = system_scope("bench")
    with acting(scope):
        open_month(MONTH)
        open_month(TODAY.year * 100 + TODAY.month)
    wall, processor = time.perf_counter(), processor_seconds()
    made = bill_month(month=MONTH, today=TODAY, scope=scope, regions=PROVINCES, workers=2)
    return time.perf_counter() - wall, processor_seconds() - processor, sum(one.lines for one in made)


def floor(at_a_time: int) -> tuple[float, float]:
    """Seconds and CPU seconds of copying the same rows into bare tables; the line table is shared out among connections."""
    with administrator() as connection:
        loads: list[tuple[str, bytes]] = []
        for table in TABLES:
            connection.execute(f"DROP TABLE IF EXISTS bare_{table}")
            connection.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} WITH NO DATA")
            shares = at_a_time if table == "collection_line" else 1
            for share in range(shares):
                where = f" WHERE participant_id % {shares} = {share}" if shares > 1 else ""
                with connection.cursor().copy(f"COPY (SELECT * FROM {table}{where}) TO STDOUT (FORMAT binary)") as copy:
                    loads.append((table, b"".join(copy)))
        connection.execute("CHECKPOINT")

    def load(mine: list[tuple[str, bytes]]) -> None:
        with administrator() as connection, connection.transaction():
            for table, content in mine:
                with connection.cursor().copy(f"COPY bare_{table} FROM STDIN (FORMAT binary)") as copy:
                    for start in range(0, len(content), 1 << 20):
                        copy.write(content[start : start + (1 << 20)])

    wall, processor = time.perf_counter(), processor_seconds()
    with ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(load, [loads[at::at_a_time] for at in range(at_a_time)]))
    return time.perf_counter() - wall, processor_seconds() - processor


def measured(people: int) -> dict[str, Any]:
    """One size, in a database of its own."""
    filled(people)
    seconds, processor, lines = ours()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert lines == people, f"{lines} lines of {people} people"
    floors = {at_a_time: floor(at_a_time) for at_a_time in (1, 2)}
    return {
        "people": people,
        "seconds": round(seconds, 2), "cpu_seconds": round(processor, 2), "memory_mb": round(memory / 1024),
        "floor_seconds": round(floors[1][0], 2), "floor_cpu_seconds": round(floors[1][1], 2),
        "floor_two_seconds": round(floors[2][0], 2),
        "ratio": round(seconds / floors[1][0], 2), "cpu_ratio": round(processor / floors[1][1], 2),
        "ratio_two": round(seconds / floors[2][0], 2),
        "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def alone() -> None:
    """The site in a data folder of its own, gone at the end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()


def main() -> int:
    """Prints the measurement of one size in a line of JSON; several sizes are a process each."""
    import subprocess

    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    if len(sizes) > 1:
        for people in sizes:
            subprocess.run([sys.executable, "-m", "benchmarks.month", str(people)], check=True)
        return 0
    alone()
    print(json.dumps(measured(sizes[0])), flush=True)
    return 0


if __name__ == "__main__":
    assert Path("benchmarks").is_dir()
    raise SystemExit(main())
