"""Processes that share a nation's work: how they begin, and what is said when the system ends one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from multiprocessing.context import BaseContext
from typing import Any

import pyarrow as pa

from jamsostek.batch.heap import keep_heap
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, language, set_language


def context() -> BaseContext:
    """Forked where that is safe and quick."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def pool(processes: int, begin: Callable[..., None] | None = None, *told: Any) -> ProcessPoolExecutor:
    """So many processes in the language spoken here, each for one core; `begin` is called in each with what it is told."""
    return ProcessPoolExecutor(processes, mp_context=context(), initializer=_begin, initargs=(language(), begin, told))


def lost_process(remedy: str) -> InputError:
    """The error for a process that the system ended."""
    return InputError(_("Satu proses penghitung dihentikan sistem, biasanya karena memori habis."), remedy=remedy)


def _begin(spoken: str, begin: Callable[..., None] | None, told: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process alone answers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pa.set_cpu_count(1)
    pa.set_memory_pool(pa.system_memory_pool())
    keep_heap()
    set_language(spoken)
    if begin:
        begin(*told)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever, or write beside the next run."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
