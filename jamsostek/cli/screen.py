"""What every command shows alike: consoles, progress bars, money in tables."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from jamsostek.core.rupiah import format_decimal, format_rupiah, separated
from jamsostek.core.text import N_, _


def console() -> Console:
    """Standard output; wide where it is not a terminal, so that nothing is cut in a file or a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=180)


def error_console() -> Console:
    """Standard error."""
    return Console(stderr=True)


def bar() -> Progress:
    """A progress bar on standard error; silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=error_console(),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


@contextmanager
def measured(title: str) -> Iterator[None]:
    """Prints how long a block took and the most memory of this process and its children so far."""
    begun = time.monotonic()
    yield
    seconds = time.monotonic() - begun
    words = _("{title}: {seconds} detik, memori puncak {memory} MB").format(
        title=title, seconds=separated(f"{seconds:.1f}"), memory=peak_memory()
    )
    console().print(words, style="dim", highlight=False)


def peak_memory() -> int:
    """The most memory in MB this process, or its largest child, has held."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return max(own, child) // unit


def percent(share: float, digits: int = 1) -> str:
    """`0.2446` -> `24,5 %`."""
    return f"{format_decimal(100 * share, digits)} %"


def trillions(rupiah: int) -> str:
    """`1234567890123` -> `Rp1,23 T`, for tables of a nation."""
    for size, name in ((10**12, N_("T")), (10**9, N_("M")), (10**6, N_("jt"))):
        if rupiah >= size:
            return f"Rp{format_decimal(rupiah / size, 2)} {_(name)}"
    return format_rupiah(rupiah)
