"""Registers in a process of their own, to be measured or killed: `python -m tests.outreach.alone WHAT …`.

take FILE CHUNK [whole]   receives and reads a file, CHUNK rows at a time; prints seconds and the most memory in bytes.
                          `whole` plants the fault that the stored file is whole in memory.
read REGISTER CHUNK       goes on reading a register, and says `chunk` when one is written.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from jamsostek.access.scope import acting, system_scope  # noqa: E402
from jamsostek.files import actions as files  # noqa: E402
from jamsostek.messages.register.looked import look  # noqa: E402
from jamsostek.outreach.actions import registers  # noqa: E402
from jamsostek.outreach.actions.registers import reading, taking  # noqa: E402
from jamsostek.outreach.models import Register  # noqa: E402


def main() -> None:
    """See above."""
    what, which, chunk, *more = sys.argv[1:]
    reading.read_register = functools.partial(reading.read_register, chunk_rows=int(chunk))  # type: ignore[attr-defined]
    if what == "take":
        take(Path(which), whole=bool(more))
    else:
        go_on(int(which))


def take(path: Path, *, whole: bool) -> None:
    """Receives and reads."""
    if whole:
        taking.files.store_file = lambda file, retention: files.store(_all(file), retention=retention)
    began = time.monotonic()
    with acting(system_scope("Uji")):
        register = registers.receive(
            content=path, file_name=path.name, region_code=3515, kind="dtsen", title="Besar", snapshot_on=dt.date(2026, 10, 31),
            legal_basis="Uji", purpose="Uji", keep_until=dt.date(2027, 10, 31), columns=look(path).mapping,
            today=dt.date(2026, 11, 21),
        )  # fmt: skip
    received = time.monotonic()
    registers.read(register.pk, now=timezone.now())
    read = time.monotonic()
    with acting(system_scope("Uji")):
        done = Register.objects.get(pk=register.pk)
    most = {"own": own_memory(), "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10}
    told = {
        "id": done.pk,
        "state": done.state,
        "kept": done.rows_kept,
        "receive": received - began,
        "read": read - received,
        **most,
    }
    print(json.dumps(told))


def own_memory() -> int:
    """Bytes at most since this program began; `ru_maxrss` would begin at what the test's process had when it started this one."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) << 10


def _all(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def go_on(register_id: int) -> None:
    """Reads, telling of each chunk."""
    written = reading._written

    def told(register: Register, chunk: Any) -> bool:
        answer = written(register, chunk)
        print("chunk", flush=True)
        return answer

    reading._written = told
    registers.read(register_id, now=timezone.now())


if __name__ == "__main__":
    main()
