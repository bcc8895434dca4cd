"""Counts the statements of a piece of work, and kills its process with signal 9 before one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Database

ROOT = Path(__file__).resolve().parents[1]


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
def counting(*past: tuple[Any, str], kill_at: int = 0) -> Iterator[Counter]:
    """Counts what goes through Django's cursors, and what goes past them: functions, each as its module and name."""
    from django.db import connection

    counter = Counter(kill_at)
    before = [(room, name, getattr(room, name), name in vars(room)) for room, name in past]
    for room, name, function, _own in before:
        setattr(room, name, counter.of(function))
    connection.ensure_connection()
    try:
        with connection.execute_wrapper(lambda execute, *given: counter.of(execute)(*given)):
            yield counter
    finally:
        for room, name, function, own in before:
            if own:
                setattr(room, name, function)
            else:  # a method of its class, found there again
                delattr(room, name)


def serve(work: Callable[..., object]) -> None:
    """For each line of words a process does the work of these words; it is forked from this one, which has loaded everything.

    This one has neither threads nor a connection: a process forked from the tests' own would inherit broken ones.
    """
    import django

    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(*line.split())
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@contextmanager
def killer(database: Database, script: Path) -> Iterator[Callable[..., bool]]:
    """Does the script's work in a process that is killed before a statement; False where it had finished by then."""
    environment = {**database.environment, "DJANGO_SETTINGS_MODULE": "jamsostek.config.settings", "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(script)], env=environment, **pipes) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None

        def killed(*words: object) -> bool:
            print(*words, file=parent.stdin, flush=True)
            status = int(parent.stdout.readline())
            assert status in (0, -signal.SIGKILL), status
            return status == -signal.SIGKILL

        yield killed
        parent.stdin.close()
