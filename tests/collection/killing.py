"""Counts the statements of a month's run, and kills the process with signal 9 before one of them."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from tests import kills


@contextmanager
def counting(kill_at: int = 0) -> Iterator[kills.Counter]:
    """Counts what goes through Django's cursors, and what goes past them: COPY and arrays."""
    from jamsostek.collection.billing import reading, writing

    past = ((writing, "copy_in"), (reading, "copy_out"), (writing, "insert_rows"), (writing, "ask"))
    with kills.counting(*past, kill_at=kill_at) as counter:
        yield counter


def serve() -> None:
    """For each line `run statement` a process, forked from this one, which has loaded everything and has no connection."""
    import django

    django.setup()

    from jamsostek.collection.actions import runs
    from tests import cast

    for line in sys.stdin:
        run_id, statement = map(int, line.split())
        child = os.fork()
        if child == 0:
            try:
                with counting(statement):
                    runs.work(run_id, now=lambda: cast.NOW)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
