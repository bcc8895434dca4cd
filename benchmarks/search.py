"""Finding one person among a million: by name as typed, by NIK, by KPJ, under the rights of three readers.

    python -m benchmarks.search [PEOPLE]

A database of its own is made and filled first (not counted). Beside it the least a look-up can cost here: a row by its
primary key through the same connection, as the tables' owner, whom no row rules bind.
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

LOOK_UPS = 300


def fill(count: int) -> None:
    """Writes people as the owner by COPY: sealed values are left out, what search reads is all there."""
    from django.db import connections

    from jamsostek.access.vault import blind_indexes
    from jamsostek.core import numbers
    from jamsostek.linkage.names import search_key
    from jamsostek.synth.regency import make_people

    columns = "kpj, name, name_key, sex, birth_date, birth_place, nik_index, regency_code, address, registered_on, registered_via"
    kpj = iter(numbers.make_many("kpj", count, os.urandom))
    day = dt.date(2026, 1, 1)
    with connections["owner"].cursor() as cursor, cursor.copy(f"COPY registry_participant ({columns}) FROM STDIN") as copy:
        for batch in make_people(1, count):
            rows = batch.to_pylist()
            niks = blind_indexes("nik", [f"{row['nik']:016d}" for row in rows])
            for row, nik in zip(rows, niks, strict=True):
                name = row["name"]
                copy.write_row(
                    (
                        next(kpj),
                        name,
                        search_key(name),
                        row["sex"][0],
                        row["birth_date"],
                        "",
                        nik,
                        row["regency_code"],
                        "",
                        day,
                        "upload",
                    )
                )
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def milliseconds(look_ups: Iterator[Callable[[], Any]]) -> dict[str, float]:
    """The median and the 95th percentile of calls, after ten that are not counted."""
    taken = []
    for look_up in look_ups:
        begun = time.perf_counter()
        look_up()
        taken.append((time.perf_counter() - begun) * 1000)
    counted = taken[10:]
    return {"p50": statistics.median(counted), "p95": statistics.quantiles(counted, n=20)[-1]}


def measured() -> dict[str, dict[str, float]]:
    """Every way of searching under every reader."""
    from django.db import connections

    from jamsostek.access.scope import Held, Kind, Role, Scope, acting
    from jamsostek.registry.queries.people import search

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id, name, kpj FROM registry_participant ORDER BY md5(id::text) LIMIT %s", [LOOK_UPS + 10])
        people = cursor.fetchall()
        cursor.execute("SELECT regency_code FROM registry_participant GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        regency = cursor.fetchone()[0]
    niks = _niks(LOOK_UPS + 10)
    readers = {
        "head office": Scope(1, "uji", (Held(Role.HEAD_OFFICE, Kind.NATION, 0),)),
        "branch officer": Scope(1, "uji", (Held(Role.BRANCH_OFFICER, Kind.REGION, regency),)),
        "province": Scope(1, "uji", (Held(Role.REGIONAL_VIEWER, Kind.REGION, regency // 100),)),
    }
    ways: dict[str, list[str]] = {
        "whole name": [name for _id, name, _kpj in people],
        "one unfinished word": [name.split()[-1][:5] for _id, name, _kpj in people],
        "two unfinished words": [" ".join(word[:4] for word in name.split()[:2]) for _id, name, _kpj in people],
        "KPJ": [kpj for _id, _name, kpj in people],
        "NIK": niks,
    }
    found: dict[str, dict[str, float]] = {}
    for reader, scope in readers.items():
        for way, texts in ways.items():
            with acting(scope):
                found[f"{way}, {reader}"] = milliseconds((lambda text=text: search(text)) for text in texts)
    with connections["owner"].cursor() as cursor:

        def by_key(one: int) -> None:
            cursor.execute("SELECT * FROM registry_participant WHERE id = %s", [one])
            cursor.fetchall()

        found["floor: a row by its key"] = milliseconds((lambda one=one: by_key(one)) for one, *_rest in people)
    return found


def _niks(count: int) -> list[str]:
    from jamsostek.synth.regency import make_people

    first = next(iter(make_people(1, 65_536)))
    return [f"{nik:016d}" for nik in first.column("nik").to_pylist()[:: len(first) // count][:count]]


def run(count: int) -> dict[str, Any]:
    """Makes a database, fills it, measures."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # registered first, so run last: after the server has stopped
    os.environ |= {"JAMSOSTEK_DATA": folder, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    fill(count)
    return {"people": count, "ms": measured()}


def main() -> int:
    """Prints the measurement as a line of JSON."""
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
