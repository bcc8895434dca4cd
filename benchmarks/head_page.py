"""The page a region's head reads once a month, for a region of a million people: how long it takes when nothing of it is kept.

    python -m benchmarks.head_page [PEOPLE]

A small demo is entered first. People of its regency with their work and the cover that others pay for them, a poor list of one in
ten are then added (not counted, and without triggers: rules are not what is measured here). Ours: the
whole page through every layer of the portal, for the region's head, each time as if nobody had asked before; and as it is kept.
The floor, in the same run: PostgreSQL joining the same spells with the same people and counting them.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks.claim_pages import OFFSET, PEOPLE, _copied
from benchmarks.claims import connect

COUNT, TIMES = 1_000_000, 5
HEAD = "kepala-daerah"
SPELLS = """
UPDATE registry_participant p SET village_code = v.codes[1 + p.id %% cardinality(v.codes)],
    sex = CASE p.id %% 2 WHEN 0 THEN 'm' ELSE 'f' END
FROM (SELECT array_agg(code) AS codes FROM registry_region WHERE level = 4 AND code / 1000000 = {regency}) v
WHERE p.id > {offset};
INSERT INTO registry_employment (employer_id, participant_id, segment, position, from_month, to_month, leaving_reported_by)
SELECT e.ids[1 + i %% cardinality(e.ids)], {offset} + i, 'pu', '', {past} + i %% 12,
    CASE WHEN i %% 9 = 0 THEN {before} WHEN i %% 11 = 0 THEN {month} END, ''
FROM generate_series(1, {count}) i, (SELECT array_agg(id) AS ids FROM registry_employer WHERE regency_code = {regency}) e
WHERE i %% 10 < 7;
INSERT INTO registry_cover (participant_id, payer, sponsor_id, occupation, sector, income_rupiah, jht_member, from_month,
    to_month)
SELECT {offset} + i, 'sponsor', (SELECT min(id) FROM registry_sponsor), 'Petani', 'other', 1000000, false, {past} + i %% 12,
    CASE WHEN i %% 3 = 0 THEN {december} END
FROM generate_series(1, {count}) i WHERE i %% 10 >= 6
"""
FLOOR = """
SELECT count(*), count(e.from_month) FROM registry_participant p
LEFT JOIN (SELECT participant_id, from_month, to_month FROM registry_employment
           UNION ALL SELECT participant_id, from_month, to_month FROM registry_cover) e ON e.participant_id = p.id
WHERE p.regency_code = {regency}
"""


def fill(count: int, month: int) -> int:
    """Adds people and what belongs to them; the regency they are in."""
    year = month // 100
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        found = cursor.execute(
            "SELECT c.id, c.region_code FROM outreach_candidate c JOIN outreach_programme g ON g.id = c.programme_id"
            " WHERE c.state IN ('waiting', 'funded') AND g.state = 'open' AND c.village_code IS NOT NULL ORDER BY c.id LIMIT 1"
        ).fetchone()
        assert found is not None, "the demo has nobody who waits"
        regency = int(found[1])
        cursor.execute(PEOPLE.format(offset=OFFSET, regency=regency, count=count))
        told = {
            "offset": OFFSET, "count": count, "regency": regency, "month": month, "past": (year - 1) * 100 + 1,
            "before": month - 1 if month % 100 > 1 else (year - 1) * 100 + 12, "december": year * 100 + 12,
        }  # fmt: skip
        for statement in SPELLS.format(**told).replace("%%", "%").split(";\n"):
            cursor.execute(statement)
        index = "decode(md5(i::text), 'hex')"
        villages = f"SELECT village_code FROM registry_participant p WHERE p.id = {OFFSET} + i"
        _copied(
            cursor, "outreach_candidate", f"t.id = {found[0]}", count // 10, id=f"{OFFSET} + i::bigint", record_key=index,
            nik_index=index, village_code=f"({villages})", nik="NULL", person_id="NULL", participant_id="NULL",
            state="'verified'", source_id="NULL", rupiah="0",
        )  # fmt: skip
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    return regency


def asked(client: Any, path: str) -> float:
    """Seconds of the page."""
    begun = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return taken


def floor(regency: int) -> float:
    """Seconds of one statement over the same rows."""
    with connect() as connection:
        connection.execute("SET jit = off")
        begun = time.perf_counter()
        connection.execute(FLOOR.format(regency=regency)).fetchall()
        return time.perf_counter() - begun


def measured(count: int) -> dict[str, Any]:
    """The page of this month, cold and kept, beside the floor, in turns."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    today = timezone.localdate()
    connection.ensure_connection()  # starts the server
    regency = fill(count, today.year * 100 + today.month)
    pages.PAGES = {HEAD: ()}
    client = Client(SERVER_NAME="127.0.0.1")
    name, _equals, key = pages.sessions()[HEAD].partition("=")
    client.cookies[name] = key
    path = f"/strategi/{regency}/bulan/"
    asked(client, path)  # everything is loaded once
    cold, kept, bare = [], [], []
    for _time in range(TIMES):
        cache.clear()
        cold.append(asked(client, path))
        kept.append(asked(client, path))
        bare.append(floor(regency))
    told = {name: statistics.median(seconds) for name, seconds in {"cold": cold, "kept": kept, "floor": bare}.items()}
    return {"people": count, **{f"{name}_ms": round(seconds * 1000, 1) for name, seconds in told.items()}}


def run(count: int) -> dict[str, Any]:
    """Enters, adds, asks."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so run last: after the server has stopped
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    command = str(Path(sys.executable).with_name("jamsostek"))
    subprocess.run([command, "demo", "--workers", "1000", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    import django
    from django.conf import settings

    django.setup()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing was collected: nobody serves
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    return measured(count)


def main() -> int:
    """Prints the measurement in a line of JSON."""
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
