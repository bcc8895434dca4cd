"""Counts the statements of a month's run, and kills the process with signal 9 before one of them."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Counter:
    """How many statements there were."""

    def __init__(self, kill_at: int = 0) -> None:
        self.statements, self.kill_at = 0, kill_at

    def of(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted."""

        def one(*given: Any, **more: Any) -> Any:
            self.statements += 1
            if self.statements == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*given, **more)

        return one


@contextmanager
def counting(kill_at: int = 0) -> Iterator[Counter]:
    """Counts what goes through Django's cursors, and what goes past them: COPY and arrays."""
    from django.db import connection

    from jamsostek.collection.billing import reading, writing

    counter = Counter(kill_at)
    past = ((writing, "copy_in"), (reading, "copy_out"), (writing, "insert_rows"), (writing, "ask"))
    before = [(room, name, getattr(room, name)) for room, name in past]
    for room, name, function in before:
        setattr(room, name, counter.of(function))
    connection.ensure_connection()
    try:
        with connection.execute_wrapper(lambda execute, *given: counter.of(execute)(*given)):
            yield counter
    finally:
        for room, name, function in before:
            setattr(room, name, function)


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
