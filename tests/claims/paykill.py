"""The steps by which money goes out, each in a process that kills itself with signal 9 before one of its statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import kills

TODAY, NOW = dt.date(2026, 11, 21), dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)


@contextmanager
def counting(kill_at: int = 0) -> Iterator[kills.Counter]:
    """Counts what goes through Django's cursors, what goes past them, and the writing of files."""
    from jamsostek.accounts.actions import lines
    from jamsostek.claims.actions import answers, paying

    with kills.counting((answers, "tell"), (paying.files, "_write"), (lines, "insert_rows"), kill_at=kill_at) as counter:
        yield counter


def step(name: str, by: str) -> None:
    """One step of the way, as the person or job that does it."""
    from jamsostek.access.models import User
    from jamsostek.access.scope import acting, scope_of
    from jamsostek.claims.actions import answers, paying, rolls
    from jamsostek.claims.models import Batch, Roll

    scope = scope_of(User.objects.get(username=by), 202611)
    if name == "roll":
        for row in _rows(Roll, state="approved"):
            rolls.post_roll(roll_id=row, now=NOW, today=TODAY)
    elif name == "export":
        for batch in _rows(Batch, state="approved"):
            paying.export(batch_id=batch, now=NOW)
    else:
        with acting(scope):
            if name == "prepare":
                paying.prepare(fund="jkm", pay_on=TODAY, today=TODAY)
            elif name == "approve":
                for batch in Batch.objects.filter(state="prepared").values_list("pk", flat=True):
                    paying.approve(batch_id=batch, now=NOW)
            else:
                answers.take(content=Path(name).read_bytes(), file_name=Path(name).name, today=TODAY)


def _rows(model: Any, **wanted: Any) -> list[int]:
    from jamsostek.access.scope import acting, system_scope

    with acting(system_scope("uji")):
        return list(model.objects.filter(**wanted).values_list("pk", flat=True))


def work(name: str, by: str, statement: str) -> None:
    """One step, killed."""
    with counting(int(statement)):
        step(name, by)


if __name__ == "__main__":
    kills.serve(work)
