"""The intake of money, killed between two of its statements.

Run as a script (`tests.kills`), a line of words is the file that tells what is sent, and the statement to die before; 0: never.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import psycopg

from tests import kills

AT_ONCE = 4
"""So many rows of a statement are booked together, so that there are several batches."""


def intake(file: str, kill_at: str) -> None:
    """Everything a bank sends, from the beginning, as banks send again what nobody acknowledged; and the statement, booked."""
    from jamsostek.collection.actions import payments
    from jamsostek.collection.actions.payments import Notice, statement_work
    from jamsostek.collection.choices import Channel
    from jamsostek.collection.queries import payments as queries
    from tests import cast

    told = json.loads(Path(file).read_text(encoding="utf-8"))
    statement_work.BATCH = AT_ONCE
    counter = kills.Counter(int(kill_at))
    # Past Django's cursors too: the ledger's own connections, and what a commit leaves half done.
    psycopg.Cursor.execute = counter.of(psycopg.Cursor.execute)  # type: ignore[method-assign]
    psycopg.Connection.commit = counter.of(psycopg.Connection.commit)  # type: ignore[method-assign]
    paid_at = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
    for reference, code, rupiah in told["webhooks"]:
        with cast.everyone():
            payments.receive(Notice(told["account"], reference, code, rupiah, paid_at, Channel.WEBHOOK), today=cast.TODAY)
    while True:
        statement_work.book(told["statement"], today=cast.TODAY, now=cast.NOW)
        with cast.everyone():
            if queries.statement(told["statement"]).state == "done":
                return


if __name__ == "__main__":
    kills.serve(intake)
