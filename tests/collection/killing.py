"""Counts the statements of a month's run, and kills the process with signal 9 before one of them."""

from __future__ import annotations

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


def work(run_id: str, statement: str) -> None:
    """Works a run off."""
    from jamsostek.collection.actions import runs
    from tests import cast

    with counting(int(statement)):
        runs.work(int(run_id), now=lambda: cast.NOW)


if __name__ == "__main__":
    kills.serve(work)
