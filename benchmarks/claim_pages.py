"""The pages of claims with a million claims in the database: how long an officer, a family and the head office wait.

    python -m benchmarks.claim_pages [CLAIMS] [A_SECOND]

A small demo with claims of every kind is entered first. One of its paid claims, with its people, facts, papers, computation,
decision, events and payouts, is then copied for as many people as asked, so that every page has as much to show as a real
one (not counted, and without triggers: rules are not what is measured here). `jamsostek serve` runs as it would for anybody,
and pages of claims drawn at random are asked for at fixed moments: a page that waits makes the next ones late.
"""

from __future__ import annotations

import atexit
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks.claims import connect

CLAIMS, A_SECOND, SECONDS = 1_000_000, 3, 30
LIMIT_MS = 200
OFFSET = 10_000_000
"""Copies have numbers beyond this, so that they never meet the demo's own."""
INNER = ("party", "fact", "document", "assessment", "decision", "event")
SEALED = ("account_sealed", "account_index", "account_checked_by", "account_checked_on", "nik_sealed", "phone_sealed")
UNSEALED = dict.fromkeys(SEALED, "NULL")
UNSEALED["account_state"] = "''"
"""What was sealed for one row opens in no other: a copy has none."""
PEOPLE = """
INSERT INTO registry_participant (id, kpj, name, name_key, sex, birth_date, birth_place, regency_code, address, registered_on,
    registered_via)
SELECT {offset} + i, (30000000000 + i::bigint)::text, 'Nama ' || i, 'NAMA', 'm', date '1965-01-01', '', {regency}, '',
    '2015-07-01', 'upload'
FROM generate_series(1, {count}) i
"""


def _columns(cursor: Any, table: str) -> list[str]:
    found = cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return [name for (name,) in found]


def _copied(cursor: Any, table: str, where: str, count: int, **changed: str) -> None:
    names = _columns(cursor, table)
    told = ", ".join(changed.get(name, f"t.{name}") for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {told} FROM {table} t, generate_series(1, {count}) i WHERE {where}"
    )


def fill(count: int) -> int:
    """Copies a paid claim of the demo for `count` other people; the regency they are in."""
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        found = cursor.execute(
            "SELECT id, regency_code FROM claims_claim WHERE kind = 'jkm' AND state = 'paid' ORDER BY id LIMIT 1"
        ).fetchone()
        assert found is not None, "the demo has no paid claim"
        template, regency = int(found[0]), int(found[1])
        cursor.execute(PEOPLE.format(offset=OFFSET, regency=regency, count=count))
        moved = f"{OFFSET} + i::bigint"
        _copied(
            cursor, "claims_claim", f"t.id = {template}", count, id=moved, number="(100000000000 + i::bigint)::text",
            participant_id=moved, place=moved, resume_digest="NULL",
        )  # fmt: skip
        for name in INNER:
            table = f"claims_{name}"
            row = {"id": f"{OFFSET} + t.id * {count}::bigint + i", "claim_id": moved}
            row |= UNSEALED if name == "party" else {}
            row |= {"digest": "md5(i::text || t.id) || md5(i::text)"} if name == "document" else {}  # nobody's paper is another's
            for other in ("party", "assessment", "guardian"):
                row[f"{other}_id"] = f"{OFFSET} + t.{other}_id * {count}::bigint + i"
            _copied(cursor, table, f"t.claim_id = {template}", count, **row)
        party = f"{OFFSET} + t.party_id * {count}::bigint + i"
        decision = f"{OFFSET} + t.decision_id * {count}::bigint + i"
        _copied(cursor, "claims_payout", f"t.claim_id = {template}", count, claim_id=moved, party_id=party, decision_id=decision)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    return regency


def run(count: int, a_second: int) -> dict[str, Any]:
    """Enters, copies, serves, presses."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    command = str(Path(sys.executable).with_name("jamsostek"))
    subprocess.run([command, "demo", "--workers", "1000", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([command, "serve", "--port", str(pages.PORT)], stdout=subprocess.DEVNULL)
    try:
        import django

        django.setup()
        pages.wait_until_ready()
        fill(count)
        pages.A_SECOND = a_second
        pages.PAGES = {"petugas-cabang": (), "kantor-pusat": (), "": ()}
        cookies = pages.sessions()
        draw = random.Random(7)
        from jamsostek.core import numbers

        def visits(who: str, path: str, many: int = 400) -> list[pages.Visit]:
            drawn = (100_000_000_000 + draw.randint(1, count) for _at in range(many * 40))
            true = [number for number in drawn if numbers.holds(str(number))][:many]  # one of ten ends in its check digit
            return [pages.Visit(who, path.format(number), cookies.get(who, "")) for number in true]

        told: dict[str, Any] = {"claims": count, "a_second": a_second, "limit_ms": LIMIT_MS}
        for name, asked in {
            "office": visits("petugas-cabang", "/kantor/klaim/{}/"),
            "history": visits("petugas-cabang", "/kantor/klaim/{}/riwayat/"),
            "queue": visits("petugas-cabang", "/kantor/klaim/?{}"),
            "floor": visits("", "/siap/?{}", 1),
        }.items():
            pages.press(asked[:40], 3)  # everything is loaded once
            taken = [value for values in pages.press(asked, SECONDS).values() for value in values]
            told[name] = {key: round(value, 1) for key, value in pages.quantiles(taken).items()}
        return told
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def main() -> int:
    """Prints the measurement in a line of JSON."""
    numbers = [int(one) for one in sys.argv[1:]]
    print(json.dumps(run(*(numbers + [CLAIMS, A_SECOND][len(numbers) :]))), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
