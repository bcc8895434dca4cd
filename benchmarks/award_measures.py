"""What the award measures, out of a register in PostgreSQL with a month billed and nearly all of it paid.

    python -m benchmarks.award_measures PEOPLE

Ours: the tables of a snapshot, subject by subject. The floor, in the same run: a COPY of the rows they are made of out of the
same tables, counted by nobody. The register and its bills are those of `benchmarks.month`, a firm for fifty workers; the
coverage snapshot that people are counted in is taken first and not counted, for it is measured on its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from typing import Any

from benchmarks.month import MONTH, TODAY, administrator, alone, filled, ours
from benchmarks.registration import processor_seconds

PAID = """
SET session_replication_role = replica;
INSERT INTO collection_allocation (bill_id, number, payment_id, step, jkk_rupiah, jkm_rupiah, jht_rupiah, jp_rupiah, jkp_rupiah,
    fine_jkk_rupiah, fine_jkm_rupiah, fine_jht_rupiah, fine_jp_rupiah, total_rupiah, paid_on, effective_on, group_id)
SELECT id, 1, id, 1, jkk_rupiah, jkm_rupiah, jht_rupiah, jp_rupiah, 0, 0, 0, 0, 0,
    jkk_rupiah + jkm_rupiah + jht_rupiah + jp_rupiah, DATE '2026-11-10', DATE '2026-11-10', 1
FROM collection_bill WHERE id % 20 > 0;
VACUUM ANALYZE
"""
"""Nineteen bills of twenty are paid."""
ROWS = (
    "registry_employer", "registry_employment", "registry_participant", "registry_wage", "registry_cover", "collection_claim",
    "collection_bill", "collection_allocation", "collection_line",
)  # fmt: skip
"""What is read."""


def measured(people: int) -> dict[str, Any]:
    """One size, in a database of its own."""
    from jamsostek.access.scope import system_scope
    from jamsostek.awards.actions.snapshots import at_one_moment
    from jamsostek.awards.measures.frame import Frame
    from jamsostek.awards.measures.tables import tables
    from jamsostek.awards.reading import read, samples
    from jamsostek.coverage.actions import take_snapshot

    filled(people)
    ours()
    with administrator() as connection:
        for statement in PAID.split(";\n"):
            connection.execute(statement)
    scope = system_scope("bench")
    cube = take_snapshot(scope=scope, day=TODAY)
    edition = replace(read(samples()["peragaan-2026"]), measured_month=MONTH, baseline_month=MONTH - 100)
    taken: dict[str, float] = {}
    processor = processor_seconds()
    begun, before = time.perf_counter(), ""

    def tell(kind: str, _done: int, _whole: int) -> None:
        nonlocal before
        now = time.perf_counter() - begun
        taken[before or "regions"] = now - sum(taken.values())
        before = kind

    with at_one_moment(scope):
        found = tables(Frame(edition, cube), tell)
    seconds, processor = time.perf_counter() - begun, processor_seconds() - processor
    begun, read_bytes = time.perf_counter(), 0
    with administrator() as connection:
        for table in ROWS:
            with connection.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT binary)") as copy:
                read_bytes += sum(len(part) for part in copy)
    floor = time.perf_counter() - begun
    firms = found["measures-employer"]

    def sums(name: str) -> int:
        return sum(one or 0 for one in firms[name].to_pylist())

    return {
        "people": people, "firms": firms.num_rows, "rows": sum(one.num_rows for one in found.values()),
        "seconds": round(seconds, 2), "cpu_seconds": round(processor, 2),
        "parts": {name: round(one, 2) for name, one in taken.items()},
        "paid": sums("num_firm_workers"), "workers": sums("den_firm_workers"),
        "floor_seconds": round(floor, 2), "floor_mb": round(read_bytes / 1e6),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def main() -> int:
    """Prints the measurement of one size in a line of JSON."""
    alone()
    print(json.dumps(measured(int(sys.argv[1]))), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
