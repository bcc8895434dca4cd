"""A month's payments: 50,000 transfers there and back, in memory that holds the batch and the bytes, not the tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MANY = 50_000
RUN = """
import datetime as dt, resource, sys
from jamsostek.messages.payout.pain001 import read_pain001, write_pain001
from jamsostek.messages.payout.records import Batch, Transfer

def taken():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def batch(count):
    transfers = tuple(
        Transfer(f"JP-2025-{n:06d}", 1_000_000 + n, f"Wira Santosa {n}", "014", f"70000{n:06d}", f"JP 2025-11 {n}", "PENS")
        for n in range(count)
    )
    made = dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)
    return Batch("PAY-1", made, dt.date(2025, 11, 4), "BPJS Ketenagakerjaan", "CENAIDJA", "1234567890", transfers)

read_pain001(write_pain001(batch(100)))
before = taken()
given = batch(int(sys.argv[1]))
made = taken()
content = write_pain001(given)
written = taken()
same = read_pain001(content) == given
print(len(content) >> 20, made - before, written - made, taken() - written, same)
"""


def test_fifty_thousand_transfers_are_written_and_read_with_steady_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(MANY)], capture_output=True, text=True, check=True, cwd=ROOT, timeout=300
    )
    size, batch, writing, reading, same = done.stdout.split()
    assert (same, 10 < int(size) < 40) == ("True", True)
    # A tree of the same order takes ten times its bytes.
    assert int(writing) < 3 * int(size) + 10
    assert int(reading) < 2 * int(batch) + int(size) + 10
