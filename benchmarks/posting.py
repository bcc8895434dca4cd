"""One posting after another: the ledger's one prepared call beside scripts that insert the same rows without our rules.

    python -m benchmarks.posting [SECONDS]

pgbench runs all of them, one client, prepared, in turns, three rounds; a commit waits for the disk ("durable") or does not, which
shows what the calls themselves cost. A posting is a group of two transfers. Beside it stand bare tables with the same columns and
indexes: no rule, no partition; written by a script of a transaction (four calls), and as one statement, the hardest to beat.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SECONDS, ROUNDS, LEGS = 5, 3, 2
BODY = "'\\x" + "aa" * 32 + "'::bytea"
NUMBER = "\\set n random(1, 9000000000000000000)\n"
BARE = """
CREATE TABLE bare_group (id bigint PRIMARY KEY, reference text COLLATE "C" UNIQUE, kind text, effective_on date, month integer,
    debits integer[], credits integer[], amounts bigint[], legs integer, body bytea, reverses bigint, made_by bigint,
    recorded_at timestamptz DEFAULT clock_timestamp(), xid bigint);
CREATE INDEX ON bare_group USING brin (month) WITH (autosummarize = on);
CREATE TABLE bare_transfer (month integer, group_id bigint, leg integer, debit_id integer, credit_id integer,
    amount_rupiah bigint, effective_on date, recorded_at timestamptz DEFAULT clock_timestamp(),
    recorded_on date DEFAULT current_date, PRIMARY KEY (month, group_id, leg));
CREATE INDEX ON bare_transfer (debit_id, recorded_on);
CREATE INDEX ON bare_transfer (credit_id, recorded_on);
GRANT ALL ON bare_group, bare_transfer TO jamsostek_app;
"""


def scripts(folder: Path, pairs: list[tuple[int, int]], day: dt.date) -> dict[str, Path]:
    """Files for pgbench: ours, the script, the one statement."""
    legs = [(debit, credit, 1_000 + at) for at, (debit, credit) in enumerate(pairs)]
    debits, credits, amounts = ("'{" + ",".join(map(str, column)) + "}'" for column in zip(*legs, strict=True))
    month = day.year * 100 + day.month
    arrays = f"{debits}::int[], {credits}::int[], {amounts}::bigint[]"
    ours = f"SELECT ledger_post(:n, 'payment:' || :n, 'payment', '{day}', {BODY}, 0, {arrays});\n"
    group = (
        "INSERT INTO bare_group (id, reference, kind, effective_on, month, debits, credits, amounts, legs, body, made_by, xid)"
        f" VALUES (:n, 'payment:' || :n, 'payment', '{day}', {month}, {arrays}, {LEGS}, {BODY}, 0, 0)"
    )
    rows = ", ".join(f"({month}, :n, {at}, {d}, {c}, {r}, '{day}')" for at, (d, c, r) in enumerate(legs, 1))
    columns = "(month, group_id, leg, debit_id, credit_id, amount_rupiah, effective_on)"
    transfers = f"INSERT INTO bare_transfer {columns} VALUES {rows}"
    texts = {
        "ours": ours,
        "script": f"BEGIN;\n{group};\n{transfers};\nCOMMIT;\n",
        "statement": f"WITH made AS ({group}) {transfers};\n",
    }
    found = {}
    for name, text in texts.items():
        found[name] = folder / f"{name}.sql"
        found[name].write_text(NUMBER + text)
    return found


def a_second(script: Path, seconds: int, options: str) -> float:
    """Postings a second of one client."""
    from jamsostek.config.embedded import program, server

    here = server()
    environment = {
        **os.environ, "PGHOST": str(here.socket_folder), "PGDATABASE": "jamsostek", "PGUSER": "jamsostek_app",
        "PGPASSWORD": here.password("jamsostek_app"), "PGOPTIONS": options,
    }  # fmt: skip
    command = [str(program("pgbench")), "-n", "-M", "prepared", "-f", str(script), "-T", str(seconds), "-c", "1"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    failed = re.search(r"failed transactions: (\d+)", told)
    assert failed is None or failed[1] == "0", told
    found = re.search(r"tps = ([\d.]+)", told)
    assert found, told
    return float(found[1])


def measured(seconds: int, folder: Path) -> dict[str, Any]:
    """Postings a second of each way, medians."""
    import psycopg
    from django.core.management import call_command

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.config.embedded import server
    from jamsostek.ledger import actions as ledger

    call_command("migrate", database="owner", verbosity=0)
    here, day = server(), dt.datetime.now(ZoneInfo("Asia/Jakarta")).date()
    with acting(system_scope("bench")):
        ledger.open_month(day.year * 100 + day.month)
    with psycopg.connect(
        host=str(here.socket_folder), dbname="jamsostek", user="jamsostek_owner", password=here.password("jamsostek_owner"),
        autocommit=True,
    ) as connection:  # fmt: skip
        connection.execute(BARE)
        pairs = connection.execute(
            "SELECT c.id, b.id FROM ledger_account c JOIN ledger_account b ON b.code = replace(c.code, 'cash', 'billed')"
            " WHERE c.code IN ('cash:jkk', 'cash:jkm', 'cash:jht') ORDER BY 1 LIMIT %s",
            [LEGS],
        ).fetchall()
    files = scripts(folder, pairs, day)
    found: dict[str, dict[str, float]] = {}
    for how, more in {"durable": "", "not waiting": " -c synchronous_commit=off"}.items():
        rates: dict[str, list[float]] = {name: [] for name in files}
        for _round in range(ROUNDS):
            for name, path in files.items():
                rates[name].append(a_second(path, seconds, f"-c jamsostek.user=0 -c jamsostek.books=1{more}"))
        found[how] = {name: round(statistics.median(those)) for name, those in rates.items()}
    return {"a_second": found, "load": round(os.getloadavg()[0], 2)}


def main() -> int:
    """Prints the measurement in a line of JSON."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    from jamsostek.config.serving.child import load_site

    load_site()
    print(json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS, folder)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
