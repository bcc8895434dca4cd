"""Reads what a bank answers, and what an order says, each in a limited child process like every file from outside.

An answer is told by its bytes: pain.002, camt.054, camt.053, else a CSV. `parse_answer` does the same here, for bytes that
are our own. Both give the same `Answer` or raise the same `FileUnreadable`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, run_limited
from jamsostek.messages.payout.camt054 import read_notification
from jamsostek.messages.payout.csvfile import read_csv_answer
from jamsostek.messages.payout.pain001 import read_pain001
from jamsostek.messages.payout.pain002 import read_pain002
from jamsostek.messages.payout.problems import Problem
from jamsostek.messages.payout.records import Answer, Batch, Outcome, Transfer
from jamsostek.messages.payout.refusals import binary, empty, not_an_answer, too_large
from jamsostek.messages.payout.xml import message_of

LARGEST_BYTES = 200 << 20
"""An order of 100,000 transfers has 40 MB; a statement holds much beside them."""
_OUTCOMES = pa.schema(
    [
        ("end_to_end_id", pa.string()),
        ("status", pa.string()),
        ("reason_code", pa.string()),
        ("reason", pa.string()),
        ("reference", pa.string()),
        ("booked_on", pa.date32()),
        ("amount_rupiah", pa.int64()),
    ]
)
_TRANSFERS = pa.schema(
    [
        ("end_to_end_id", pa.string()),
        ("amount_rupiah", pa.int64()),
        ("creditor_name", pa.string()),
        ("creditor_bank", pa.string()),
        ("creditor_account", pa.string()),
        ("text", pa.string()),
        ("purpose", pa.string()),
    ]
)


def read_answer(content: bytes, filename: str = "", *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Answer:
    """Reads an answer somebody sent; its format is told by its bytes, whatever `filename` says.

    Raises `FileUnreadable` for a file that is no answer, is cut short, or does not add up: with the value and the way out.
    Lines that could not be read are the answer's `problems`.
    """
    _check_size(content)
    table = run_limited(interpret_answer, content, seconds=seconds, memory_bytes=memory_bytes)
    told, outcomes = _told(table), tuple(map(Outcome, *_columns(table)))
    problems = tuple(Problem(**one) for one in told.pop("problems"))
    return Answer(**told, outcomes=outcomes, problems=problems)


def read_order(content: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Batch:
    """Reads an order somebody sent, for whoever plays the bank. Raises `InputError`."""
    _check_size(content)
    table = run_limited(interpret_order, content, seconds=seconds, memory_bytes=memory_bytes)
    told = _told(table)
    made_at, pay_on = dt.datetime.fromisoformat(told.pop("made_at")), dt.date.fromisoformat(told.pop("pay_on"))
    return Batch(**told, made_at=made_at, pay_on=pay_on, transfers=tuple(map(Transfer, *_columns(table))))


def parse_answer(content: bytes, filename: str = "") -> Answer:
    """As `read_answer`, in this process: for bytes we trust."""
    _check_size(content)
    start = content[:65_536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<"):
        if b"\0" in start and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise binary()
        return read_csv_answer(content)
    called = message_of(content)
    if called.startswith("pain.002."):
        return read_pain002(content)
    if called.startswith(("camt.053.", "camt.054.")):
        return read_notification(content)
    raise not_an_answer(called)


def interpret_answer(content: bytes) -> pa.Table:
    """What the child does: the outcomes as an Arrow table, all else as JSON in its schema's metadata."""
    answer = parse_answer(content)
    told = {name: getattr(answer, name) for name in _ANSWER} | {"problems": [asdict(one) for one in answer.problems]}
    return _table(_OUTCOMES, answer.outcomes, told)


def interpret_order(content: bytes) -> pa.Table:
    """What the child does with an order."""
    batch = read_pain001(content)
    told = {name: getattr(batch, name) for name in _BATCH}
    told |= {"made_at": batch.made_at.isoformat(), "pay_on": batch.pay_on.isoformat()}
    return _table(_TRANSFERS, batch.transfers, told)


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise empty()
    if len(content) > LARGEST_BYTES:
        raise too_large(LARGEST_BYTES >> 20)


# --- between the child and its parent ---------------------------------------------------------------------------------

_ANSWER = ("kind", "message_id", "original_message_id", "status", "reason_code", "reason")
_BATCH = ("message_id", "debtor_name", "debtor_bank", "debtor_account")


def _table(schema: pa.Schema, records: Sequence[object], told: dict[str, Any]) -> pa.Table:
    columns = [pa.array([getattr(record, one.name) for record in records], one.type) for one in schema]
    return pa.Table.from_arrays(columns, schema=schema).replace_schema_metadata({"told": json.dumps(told)})


def _told(table: pa.Table) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(table.schema.metadata[b"told"])
    return told


def _columns(table: pa.Table) -> list[list[Any]]:
    return [column.to_pylist() for column in table.columns]
