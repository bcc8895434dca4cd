"""What workers do with a statement: read the file, book its rows. See `statements` for the promises."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.conf import settings
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.background import alone, language_of, scope_for
from jamsostek.access.bulk import insert_rows
from jamsostek.access.scope import acting, everything_in_sight, system_scope
from jamsostek.access.vault import house_key
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import reading, refunds
from jamsostek.collection.actions.payments.notices import Notice, Told, payment_id
from jamsostek.collection.actions.payments.statements import (
    ACTOR,
    LOCK,
    RETENTION,
    note_failure,
    stop,
)
from jamsostek.collection.actions.payments.taking import receive_many
from jamsostek.collection.choices import Channel, RowKind, StatementState
from jamsostek.collection.models import Payment, Refund, Statement
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.files import actions as files
from jamsostek.messages.bank.reader import read_statement
from jamsostek.messages.bank.records import Statement as Read
from jamsostek.messages.bank.references import DEBIT
from jamsostek.messages.tables.problems import ERROR

BATCH = 2_000
"""Rows booked in one transaction."""
PROBLEMS_KEPT = 500
_KEPT = (
    ("row", pa.int32()), ("reference", pa.string()), ("amount_rupiah", pa.int64()), ("credit", pa.bool_()),
    ("booked_on", pa.date32()), ("code", pa.string()), ("text", pa.string()),
)  # fmt: skip
_NOON = dt.time(12)

# --- reading ----------------------------------------------------------------------------------------------------------


def read(statement_id: int, *, now: dt.datetime) -> None:
    """Reads a file that was received; a statement in another state, or in another process's hands, is left alone."""
    with alone(LOCK, statement_id) as mine:
        row = _begin(statement_id) if mine else None
        if row is None:
            return
        try:
            with speaking(language_of(row.sent_by)):
                told = _found(read_statement(files.read(row.file_digest), row.file_name))
        except InputError as error:
            with speaking(language_of(row.sent_by)):
                stop(statement_id, str(error), now=now)
        except Exception:
            note_failure(statement_id, now=now)
            raise
        else:
            with acting(system_scope(ACTOR)):
                # Nothing is found where somebody cancelled meanwhile.
                rows = Statement.objects.filter(pk=statement_id, state=StatementState.READING)
                rows.update(state=str(StatementState.READY), **told)


def _begin(statement_id: int) -> Statement | None:
    with acting(system_scope(ACTOR)):
        row = Statement.objects.select_for_update(no_key=True).filter(pk=statement_id).first()
        if row is None or row.state not in (StatementState.RECEIVED, StatementState.READING):
            return None
        row.state = str(StatementState.READING)
        row.save(update_fields=["state"])
        return row


def _found(found: Read) -> dict[str, Any]:
    """What the row keeps of a statement that was read. Raises `InputError` for an account that is not ours."""
    banks.ours(found.account)
    columns = [pa.array([getattr(entry, name) for entry in found.entries], kind) for name, kind in _KEPT]
    table = pa.Table.from_arrays(columns, schema=pa.schema(list(_KEPT)))
    credits = [entry.amount_rupiah for entry in found.entries if entry.credit]
    debits = [entry.amount_rupiah for entry in found.entries if not entry.credit]
    with acting(system_scope(ACTOR)):
        foretold = _foretold(found)
    return {
        "format": found.format, "bank": found.account, "name": found.statement_id[:80], "from_date": found.from_date,
        "to_date": found.to_date, "opening_rupiah": found.opening_rupiah, "closing_rupiah": found.closing_rupiah,
        "proven": found.proven and found.whole, "rows_total": len(found.entries), "credit_rupiah": sum(credits),
        "debit_rupiah": sum(debits), "problems": [asdict(one) for one in found.problems[:PROBLEMS_KEPT]],
        "counts": {
            "credits": len(credits), "debits": len(debits), "problems": len(found.problems),
            "errors": sum(one.severity == ERROR for one in found.problems), "unread_rupiah": found.unread_rupiah, **foretold,
        },
        "good_digest": files.store(_bytes(table), retention=RETENTION),
    }  # fmt: skip


def _foretold(found: Read) -> dict[str, int]:
    """How many payments are known already, and how many of the others carry no code of ours."""
    known = unknown = 0
    credits = [entry for entry in found.entries if entry.credit]
    for at in range(0, len(credits), 10_000):
        part = [_notice(found.account, 0, _row(one)) for one in credits[at : at + 10_000]]
        named = reading.named(part)
        fresh = [one for one in part if (one.bank, one.reference) not in named.known]
        known += len(part) - len(fresh)
        unknown += sum(one.code not in named.codes for one in fresh)
    return {"known": known, "unknown": unknown}


def _row(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name, _kind in _KEPT}


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


# --- booking ----------------------------------------------------------------------------------------------------------


def book(statement_id: int, *, today: dt.date, now: dt.datetime) -> None:
    """Books what is left of a confirmed statement; one in another state, or in another process's hands, is left alone."""
    with alone(LOCK, statement_id) as mine:
        row = _confirmed(statement_id) if mine else None
        if row is None:
            return
        try:
            with speaking(language_of(row.confirmed_by)):
                _book_all(row, today, now)
        except InputError as error:
            with speaking(language_of(row.confirmed_by)):
                stop(statement_id, str(error), now=now)
        except Exception:
            note_failure(statement_id, now=now)
            raise


def _confirmed(statement_id: int) -> Statement | None:
    with acting(system_scope(ACTOR)):
        return Statement.objects.filter(pk=statement_id, state=StatementState.BOOKING).first()


def _book_all(row: Statement, today: dt.date, now: dt.datetime) -> None:
    table = pa.ipc.open_file(pa.BufferReader(files.read(row.good_digest))).read_all()
    scope = scope_for(row.confirmed_by, today, actor=ACTOR, request=f"statement:{row.pk}")
    while True:
        with acting(scope), everything_in_sight():
            held = _turn(row.pk)
            if held is None:
                return
            if held.rows_done >= held.rows_total:
                _finish(held, now)
                return
            _book_next(held, table.slice(held.rows_done, BATCH).to_pylist(), today)


def _turn(statement_id: int) -> Statement | None:
    """The statement, held for this transaction; None when it is not to be booked any more."""
    with connection.cursor() as cursor:
        # What a crash of the server could lose is a whole batch with its count, so the next run books it again.
        cursor.execute("SET LOCAL synchronous_commit TO off")
    held = Statement.objects.select_for_update(no_key=True).filter(pk=statement_id).first()
    return held if held is not None and held.state == StatementState.BOOKING else None


def _book_next(held: Statement, rows: Sequence[dict[str, Any]], today: dt.date) -> None:
    credits = [row for row in rows if row["credit"]]
    told = receive_many([_notice(held.bank, held.pk, row) for row in credits], today=today)
    verdicts = [*_of_credits(held.bank, credits, told), *(_of_debit(held, row, today) for row in rows if not row["credit"])]
    _write_verdicts(held.pk, verdicts)
    held.rows_done += len(rows)
    held.save(update_fields=["rows_done"])


def _notice(bank: str, statement_id: int, row: dict[str, Any]) -> Notice:
    paid_at = dt.datetime.combine(row["booked_on"], _NOON, ZoneInfo(settings.TIME_ZONE))
    return Notice(bank, row["reference"], row["code"], row["amount_rupiah"], paid_at, Channel.STATEMENT, statement_id, row["row"])


Verdict = tuple[dict[str, Any], RowKind, int | None, int | None]
"""A row, what became of it, and the payment and refund it is about."""


def _of_credits(bank: str, rows: Sequence[dict[str, Any]], told: Sequence[Told]) -> Iterator[Verdict]:
    fresh = [one.payment_id for one in told if not one.again]
    nobodys = set(Payment.objects.filter(pk__in=fresh, payer_id=None).values_list("pk", flat=True))
    for row, one in zip(rows, told, strict=True):
        if one.problem is not None:
            yield row, RowKind.DIFFERS, one.payment_id, None
        elif one.again:
            yield row, RowKind.AGAIN, one.payment_id, None
        elif one.payment_id in nobodys:
            yield row, RowKind.UNKNOWN, one.payment_id, None


def _of_debit(held: Statement, row: dict[str, Any], today: dt.date) -> Verdict:
    """Money that went: a payment that the bank took back, a refund of ours, or nobody knows what."""
    back = payment_id(held.bank, row["reference"].removesuffix(DEBIT))
    if Payment.objects.filter(pk=back, amount_rupiah=row["amount_rupiah"]).exists():
        return row, RowKind.RETURNED, back, None
    marked = refunds.MARK.search(row["text"])
    refund = marked and Refund.objects.filter(pk=int(marked[1]), amount_rupiah=row["amount_rupiah"], approved=True).first()
    if not refund:
        return row, RowKind.OUT, None, None
    if refund.paid_on is None:
        refunds.paid(
            refund_id=refund.pk, paid_on=row["booked_on"], reference=f"{held.bank}:{row['reference']}", today=today,
            by_statement=True,
        )  # fmt: skip
    return row, RowKind.REFUND, refund.payment_id, refund.pk


def _write_verdicts(statement_id: int, found: Sequence[Verdict]) -> None:
    key = house_key("statement")
    told = (RowKind.UNKNOWN, RowKind.OUT, RowKind.RETURNED)

    def seal(text: str) -> bytes | None:
        return key.seal(f"text:{statement_id}", text) if text else None

    insert_rows(
        "collection_statementrow",
        {
            "statement_id": ("bigint", [statement_id] * len(found)),
            "row": ("int", [row["row"] for row, *_rest in found]),
            "kind": ("text", [str(kind) for _row, kind, *_rest in found]),
            "reference": ("text", [row["reference"] for row, *_rest in found]),
            "amount_rupiah": ("bigint", [row["amount_rupiah"] for row, *_rest in found]),
            "booked_on": ("date", [row["booked_on"] for row, *_rest in found]),
            "payment_id": ("bigint", [payment for _row, _kind, payment, _refund in found]),
            "refund_id": ("bigint", [refund for *_rest, refund in found]),
            "text_sealed": ("bytea", [seal(row["text"]) if kind in told else None for row, kind, *_rest in found]),
        },
    )


def _finish(held: Statement, now: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, count(*) FROM collection_statementrow WHERE statement_id = %s GROUP BY kind", [held.pk])
        kinds = Counter(dict(cursor.fetchall()))
    held.counts = {**held.counts, "kinds": dict(kinds)}
    held.state, held.finished_at = str(StatementState.DONE), now
    held.save(update_fields=["state", "finished_at", "counts"])
    audit.record("statement.booked", "statement", held.pk, fields=("state",))
