"""The intake killed at chosen moments between its statements: every webhook's money is there once, and all is as if
undisturbed.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paying import ACCOUNT, TODAY, ask, billed, code, firm, person_bill

from jamsostek.collection import banks
from jamsostek.collection.actions.payments import statement_work, statements
from jamsostek.collection.queries import payments as queries
from jamsostek.ledger import checks
from jamsostek.messages.bank.records import CAMT053, Entry, Statement
from jamsostek.messages.bank.write import write_camt053
from tests import cast
from tests.databases import pointed_at
from tests.kills import killer

INTAKE = Path(__file__).with_name("intakekill.py")
KILLS = 200 if os.environ.get("JAMSOSTEK_PROOF") == "1" else 10
FURTHEST = 140
"""A kill comes within so many statements: those for what was done before, and some for what is new."""
TABLES = {
    "payments": "SELECT id, bank, reference, channel, code, amount_rupiah, paid_at, effective_on, payer_kind, payer_id,"
    " employer_id, sponsor_id, participant_id, regency_code, statement_id, statement_row, body, group_id, made_by"
    " FROM collection_payment ORDER BY id",
    "allocations": "SELECT bill_id, number, payment_id, step, jkk_rupiah, jkm_rupiah, jht_rupiah, jp_rupiah, total_rupiah,"
    " paid_on,"
    " effective_on, group_id FROM collection_allocation ORDER BY bill_id, number",
    "groups": "SELECT id, reference, kind, effective_on, debits, credits, amounts, body FROM ledger_group ORDER BY id",
    "transfers": "SELECT month, group_id, leg, debit_id, credit_id, amount_rupiah FROM ledger_transfer ORDER BY 1, 2, 3",
    "lines": "SELECT month, part, group_id, participant_id, programme, for_month, kind, source_id, amount_rupiah, effective_on"
    " FROM accounts_line ORDER BY 3, 4, 5, 6, 8",
    "open": "SELECT bill_id, payer_kind, payer_id, credit FROM collection_open ORDER BY 1",
    "free": "SELECT payment_id, payer_kind, payer_id, regency_code, rupiah FROM collection_free ORDER BY 1",
    "rows": "SELECT statement_id, row, kind, reference, amount_rupiah, booked_on, payment_id"
    " FROM collection_statementrow ORDER BY 2",
    "statement": "SELECT state, rows_done, rows_total, counts FROM collection_statement",
}  # fmt: skip


def test_killed_intake_loses_no_money_and_doubles_none(
    fresh_database: Callable[[], Any], django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    banks.add_account(ACCOUNT, "Bank Contoh")
    draw = random.Random(20_261_121)
    none, calm = _run(fresh_database, django_db_blocker, tmp_path, draw, 0)
    assert (none, len(calm["payments"])) == (0, 25)
    killed = 0
    while killed < KILLS:
        more, stormy = _run(fresh_database, django_db_blocker, tmp_path, draw, KILLS - killed)
        killed += more
        for name, rows in calm.items():
            assert rows == stormy[name], name
    assert killed == KILLS


def _run(
    fresh_database: Callable[[], Any], blocker: Any, folder: Path, draw: random.Random, kills: int
) -> tuple[int, dict[str, list[tuple[Any, ...]]]]:
    """How often the intake was killed until it came to its end, at most so often, and what stands in the tables then."""
    with fresh_database() as mine, pointed_at(mine.name), blocker.unblock():
        told = _prepared(folder)
        killed = 0
        with killer(mine, INTAKE) as intake:
            while killed < kills and intake(folder / "told.json", draw.randint(1, FURTHEST)):
                killed += 1
            assert not intake(folder / "told.json", 0)
        with cast.everyone():
            assert checks.check() == []
            paid = {one.reference: one.amount_rupiah for one in queries.listed()}
            assert all(paid[reference] == rupiah for reference, _code, rupiah in told), "every webhook's money, exactly once"
        return killed, {name: ask(sql) for name, sql in TABLES.items()}


def _prepared(folder: Path) -> list[tuple[str, str, int]]:
    """Payers with bills, what their webhooks say, and a statement that was read and confirmed."""
    with cast.everyone():
        made = [billed(firm(workers, name=f"PT Contoh {workers}")) for workers in (1, 2, 3, 4)]
        _person, own = person_bill(jht=True)
    webhooks = [(f"W{at}", code(bill), bill.total_rupiah // (at + 1) + at) for at, bill in enumerate([*made, own])]
    webhooks += [("W8", "123", 7_000), ("W9", code(made[0]), 9_000_000), ("W10", code(own), 50_000)]
    entries = [_entry(at, code(made[at % 4]), 111_111 * (at + 1)) for at in range(16)]
    entries += [_entry(30, webhooks[0][1], webhooks[0][2], "W0"), _entry(31, "", 60_000)]
    content = write_camt053(
        Statement(CAMT053, ACCOUNT, "IDR", "S", TODAY, TODAY, 0, sum(one.amount_rupiah for one in entries), tuple(entries))
    )
    with cast.everyone():
        row = statements.send(content=content, file_name="koran.xml")
    statement_work.read(row.pk, now=cast.NOW)
    with cast.everyone():
        statements.confirm(statement_id=row.pk, now=cast.NOW)
    told = {"account": ACCOUNT, "webhooks": webhooks, "statement": row.pk}
    (folder / "told.json").write_text(json.dumps(told))
    return webhooks


def _entry(at: int, text_code: str, rupiah: int, reference: str = "") -> Entry:
    return Entry(at + 1, reference or f"SB261121{at:06d}", rupiah, True, TODAY, TODAY, text_code, f"IURAN {text_code}".strip())
