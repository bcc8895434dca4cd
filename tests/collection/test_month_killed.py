"""A run killed with signal 9 between two statements and taken up again: the same rows as of a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from killing import counting
from payers import town

from jamsostek.core.months import add_months
from tests import cast
from tests.databases import pointed_at
from tests.kills import killer

if TYPE_CHECKING:
    from tests.conftest import Database

MONTHS = 10
KILLS = 20 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 1
"""Of each month: ten moments in all, two hundred in the proof."""
FIRST = 202601
REGENCIES = (cast.SIDOARJO, 6409)
"""Of two provinces: a run goes province by province."""
ROWS = {
    "bills": (
        "SELECT b.*, l.rule AS law_rule, l.digest FROM collection_bill b JOIN collection_law l ON l.id = b.law_id"
        " WHERE b.month = %s ORDER BY b.id"
    ),
    "lines": "SELECT * FROM collection_line WHERE month = %s ORDER BY bill_id, participant_id",
    "claims": "SELECT * FROM collection_claim WHERE month = %s ORDER BY payer_kind, payer_id",
    "codes": (
        "SELECT c.* FROM collection_code c JOIN collection_bill b ON b.id = c.bill_id WHERE b.month = %s ORDER BY 1"
    ),
    "parts": "SELECT * FROM collection_part WHERE month = %s ORDER BY part",
    "regions": (
        "SELECT g.region_code, g.state, g.bills, g.lines, g.total_rupiah FROM collection_runregion g"
        " JOIN collection_run r ON r.id = g.run_id WHERE r.month = %s ORDER BY 1"
    ),
    "groups": (
        "SELECT g.id, g.reference, g.kind, g.effective_on, encode(g.body, 'hex') AS body FROM ledger_group g WHERE EXISTS"
        " (SELECT FROM collection_bill b WHERE b.group_id = g.id AND b.month = %s) ORDER BY 1"
    ),
    "transfers": (
        "SELECT t.group_id, t.leg, d.code AS debit, c.code AS credit, t.amount_rupiah, t.effective_on FROM ledger_transfer t"
        " JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id WHERE EXISTS"
        " (SELECT FROM collection_bill b WHERE b.group_id = t.group_id AND b.month = %s) ORDER BY 1, 2"
    ),
}  # fmt: skip
MOMENTS = ("xid", "recorded_at", "law_id")
"""When and in which transaction, and numbers a sequence gave: those differ, what is written does not."""


def build() -> list[int]:
    """The same town and a run of each month, asked for and not begun; the same ids in every fresh database."""
    from jamsostek.collection.actions import runs

    with cast.everyone():
        town(REGENCIES, each=2)
        user = cast.user("pusat", "head_office")
    asked = []
    with cast.as_user(user):
        for at in range(MONTHS):
            month = add_months(FIRST, at)
            asked.append(runs.start_run(month=month, region=None, today=cast.TODAY, enqueue_it=False).pk)
    return asked


def moments(statements: int, draw: random.Random) -> list[int]:
    """Statements to be killed before: most in the first region, one in the second, the rest in what is then left."""
    half = statements // 2
    if KILLS == 1:
        return [draw.randint(5, statements - 10)]
    early = [draw.randint(5, half - 15) for _kill in range(KILLS * 3 // 4)]
    late = [draw.randint(5, 25) for _kill in range(KILLS - len(early) - 1)]
    return [*early, draw.randint(half + 15, statements - 10), *late]


def let_go(run_id: int) -> None:
    """The server notices the dead connection by itself."""
    from jamsostek.access.background import alone
    from jamsostek.collection.actions import runs

    end = time.monotonic() + 30
    while time.monotonic() < end:
        with alone(runs.LOCK, run_id) as mine:
            if mine:
                return
        time.sleep(0.02)
    raise AssertionError("the killed worker's lock is still held")


def rows_of(month: int) -> dict[str, list[dict[str, Any]]]:
    """All that a month's run wrote, but for when."""
    from django.db import connection

    found = {}
    with cast.everyone(), connection.cursor() as cursor:
        for name, sql in ROWS.items():
            cursor.execute(sql, [month])
            columns = [column[0] for column in cursor.description]
            kept = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[name] = [{c: v for c, v in row.items() if c not in MOMENTS} for row in kept]
    return found


@pytest.fixture(scope="module")
def undisturbed(fresh_database: Callable[[], Any], django_db_blocker: Any) -> list[tuple[int, dict[str, Any]]]:
    """How many statements each month takes, and its rows, in a database where nobody is killed."""
    from jamsostek.collection.actions import runs

    with fresh_database() as mine, pointed_at(mine.name), django_db_blocker.unblock():
        found = []
        for at, run_id in enumerate(build()):
            with counting() as counter:
                runs.work(run_id, now=lambda: cast.NOW)
            found.append((counter.statements, rows_of(add_months(FIRST, at))))
        return found


def test_a_killed_run_is_taken_up_again_and_writes_the_same_rows(
    undisturbed: list[tuple[int, dict[str, Any]]], committed_db: Database
) -> None:
    from jamsostek.collection.actions import runs
    from jamsostek.collection.models import Run

    killed, draw = [], random.Random(20_261_122)
    with killer(committed_db, Path(__file__).parent / "killing.py") as killed_at:
        for at, run_id in enumerate(build()):
            month, (statements, expected) = add_months(FIRST, at), undisturbed[at]
            assert statements > 100 and len(expected["bills"]) == 73, "there is something to kill"
            for moment in moments(statements, draw):
                assert killed_at(run_id, moment), "it was killed before it had finished"
                killed.append((month, moment))
                let_go(run_id)
            runs.work(run_id, now=lambda: cast.NOW)
            found = rows_of(month)
            for name, rows in expected.items():
                assert found[name] == rows, (month, name, killed[-1])
    assert len(killed) == MONTHS * KILLS
    with cast.everyone():
        assert runs.open_runs() == [] and set(Run.objects.values_list("state", flat=True)) == {"done"}
