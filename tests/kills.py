"""Counts the statements of a piece of work, and kills its process with signal 9 before one of them."""

from __future__ import annotations

import os
import signal
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
def counting(*past: tuple[Any, str], kill_at: int = 0) -> Iterator[Counter]:
    """Counts what goes through Django's cursors, and what goes past them: functions, each as its module and name."""
    from django.db import connection

    counter = Counter(kill_at)
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
