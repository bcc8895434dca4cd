"""Money on its way, killed with signal 9 between any two statements and taken up again: the same rows and file."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from tests.claims import offices
from tests.claims.paykill import counting, step
from tests.databases import pointed_at
from tests.kills import killer

if TYPE_CHECKING:
    from tests.conftest import Database

KILLS = 34 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 2
"""Of each of the six steps."""
STEPS = (("roll", "pusat"), ("prepare", "pusat"), ("approve", "bendahara"), ("export", "pusat"))
ROWS = {
    "payouts": (
        "SELECT month, claim_id, party_id, component, fund, gross_rupiah, tax_rupiah, due_on, state, batch_id, attempts, paid_on,"
        " group_id FROM claims_payout ORDER BY 1, 2, 3, 4"
    ),
    "transfers": (
        "SELECT batch_id, number, month, claim_id, party_id, component, rupiah, account_name, outcome, reason_code, settled_on,"
        " returned_on FROM claims_transfer ORDER BY 1, 2"
    ),
    "batches": "SELECT id, state, count, rupiah, file_digest FROM claims_batch ORDER BY 1",
    "claims": "SELECT id, state FROM claims_claim ORDER BY 1",
    "groups": "SELECT id, reference, kind, effective_on FROM ledger_group ORDER BY 1",
    "balances": "SELECT a.code, ledger_balance(a.id) FROM ledger_account a ORDER BY 1",
    "answers": "SELECT file_digest, counts FROM claims_answer ORDER BY 1",
    "rolls": "SELECT kind, month, state, people, rupiah FROM claims_roll ORDER BY 1, 2",
}  # fmt: skip


def build() -> None:
    """Two families' claims approved, a pension tried and approved, cash in the funds: the same ids in every fresh database."""
    from jamsostek.claims.actions import rolls
    from tests.claims.test_paying import funds, owed
    from tests.claims.test_rolls import retired

    with cast.everyone():
        at = offices.office()
        owed(at)
        owed(at, "Rudi Hartono")
        retired(at)
        funds()
    with cast.as_user(at.head):
        made = rolls.prepare(kind="pension", month=202612, pay_on=cast.TODAY, now=cast.NOW)
    with cast.as_user(at.treasurer):
        rolls.approve(roll_id=made.pk, now=cast.NOW)


def answered(folder: Path) -> list[str]:
    """The bank's two files: five settled and one refused, then one of the five returned."""
    from jamsostek.claims.actions import paying
    from jamsostek.claims.models import Batch, Transfer
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.records import REJECTED, RETURNED, SETTLED, Answer, Outcome

    with cast.everyone():
        batch = Batch.objects.get()
        rows = {one.number: one.rupiah for one in Transfer.objects.filter(batch=batch)}
    told = [[(n, SETTLED, "") for n in range(1, len(rows))], [(2, RETURNED, "AC01")]]
    files = []
    for place, outcomes in enumerate(told):
        lines = tuple(
            Outcome(paying.end_to_end(batch.pk, n), status, code, "", f"B{n}", cast.TODAY, rows[n])
            for n, status, code in outcomes
        )
        path = folder / f"jawaban-{place}.xml"
        path.write_bytes(
            write_camt054(Answer("camt.054", f"A-{place}", batch.message_id, "", lines), batch.debtor_account, cast.TODAY)
        )
        files.append(str(path))
    assert REJECTED
    return files


def rows_now() -> dict[str, list[tuple[Any, ...]]]:
    """All that the steps write, but for when."""
    from django.db import connection

    found = {}
    with cast.everyone(), connection.cursor() as cursor:
        for name, sql in ROWS.items():
            cursor.execute(sql)
            found[name] = cursor.fetchall()
    return found


@pytest.fixture(scope="module")
def undisturbed(
    fresh_database: Callable[[], Any], django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[int, dict[str, Any]]]:
    """How many statements each step takes, and what stands after it, in a database where nobody is killed."""
    with fresh_database() as mine, pointed_at(mine.name), django_db_blocker.unblock():
        build()
        found = []
        steps = list(STEPS)
        while steps:
            name, by = steps.pop(0)
            with counting() as counter:
                step(name, by)
            found.append((counter.statements, rows_now()))
            if name == "export":
                steps = [(path, "pusat") for path in answered(tmp_path_factory.mktemp("bank"))]
        return found


def test_killed_anywhere_the_money_goes_out_once_and_the_file_is_the_same(
    undisturbed: list[tuple[int, dict[str, Any]]], committed_db: Database, tmp_path: Path
) -> None:
    build()
    draw, killed = random.Random(20_261_122), 0
    steps, place = list(STEPS), 0
    with killer(committed_db, Path(__file__).parent / "paykill.py") as killed_at:
        while steps:
            name, by = steps.pop(0)
            statements, expected = undisturbed[place]
            assert statements > 5, "there is something to kill"
            before = rows_now()
            for _kill in range(KILLS):
                assert killed_at(name, by, draw.randint(2, statements)), (name, "it was killed before it had finished")
                assert rows_now() == before, (name, "nothing half done stays")
                killed += 1
            assert not killed_at(name, by, 0)
            assert rows_now() == expected, name
            if name == "export":
                steps = [(path, "pusat") for path in answered(tmp_path)]
            place += 1
    assert killed == KILLS * len(undisturbed) == KILLS * 6
