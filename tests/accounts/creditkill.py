"""Counts the statements and commits of a run of crediting, and kills the process with signal 9 before one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests import kills

PART_SIZE = 10


@contextmanager
def counting(kill_at: int = 0) -> Iterator[kills.Counter]:
    """Counts what goes through Django's cursors, what goes past them, and where something is made to stay."""
    from django.db import connection

    from jamsostek.accounts.actions import crediting

    past = ((crediting, "copy_in"), (crediting, "copy_out"), (connection, "_commit"))
    with kills.counting(*past, kill_at=kill_at) as counter:
        yield counter


def work(month: int) -> None:
    """A whole run."""
    from jamsostek.accounts.actions import crediting
    from tests import cast

    with cast.everyone():
        crediting.begin(month=month, today=cast.TODAY, part_size=PART_SIZE)
    crediting.credit(month=month)


def _killed(month: str, statement: str) -> None:
    with counting(int(statement)):
        work(int(month))


if __name__ == "__main__":
    kills.serve(_killed)
