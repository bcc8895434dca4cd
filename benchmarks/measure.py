"""One process measured from outside: wall clock, CPU seconds and peak memory of it and everything it starts (Linux)."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

SAMPLE_SECONDS = 0.05
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Figure:
    """What a run took. `told` is the last line it printed, as JSON; `cpu_s` and `wall_s` in it count instead of the process's."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    told: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.wall_s:.2f} s, {self.cpu_s:.2f} CPU s, {self.peak_mb:.0f} MB"


@dataclass(frozen=True)
class Side:
    """A module of this package and its arguments; `out` is removed before each run."""

    module: str
    arguments: tuple[Any, ...]
    out: Path | None = None

    def run(self) -> Figure:
        """Runs it once, in a process of its own."""
        if self.out:
            shutil.rmtree(self.out, ignore_errors=True)
        os.sync()  # nobody pays for the writing of the one before
        return measure([sys.executable, "-m", f"benchmarks.{self.module}", *map(str, self.arguments)])


def measure(command: list[str]) -> Figure:
    """Runs a command to its end; raises RuntimeError with what it said when it fails."""
    # Children left by a child come to us, so that their seconds are counted too (Spark's Java leaves some).
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, began = _cpu_seconds(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = _Watch(process.pid)
    out, errors = process.communicate()
    wall = time.perf_counter() - began
    watch.end()
    _wait_for_orphans()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{errors[-4000:]}")
    last = out.strip().rsplit("\n", 1)[-1]
    told = json.loads(last) if last.startswith("{") else {}
    return Figure(told.get("wall_s", wall), told.get("cpu_s", _cpu_seconds() - before), watch.peak_mb, told)


def medians(sides: Mapping[str, Side], repetitions: int) -> dict[str, Figure]:
    """Every side `repetitions` times, in turns; the median of each quantity, the largest peak."""
    runs: dict[str, list[Figure]] = {name: [] for name in sides}
    for _ in range(repetitions):
        for name, side in sides.items():
            runs[name].append(side.run())
    return {name: _median(found) for name, found in runs.items()}


def _median(runs: list[Figure]) -> Figure:
    def of(name: str) -> float:
        return statistics.median(getattr(run, name) for run in runs)

    return replace(runs[-1], wall_s=of("wall_s"), cpu_s=of("cpu_s"), peak_mb=max(run.peak_mb for run in runs))


def _cpu_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


class _Watch:
    """Samples the memory of a process tree: the sum of proportional set sizes, so that shared pages count once."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stops sampling."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            kilobytes = sum(_proportional_kb(pid) for pid in _tree(self._pid))
            self.peak_mb = max(self.peak_mb, kilobytes / 1024)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _proportional_kb(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
