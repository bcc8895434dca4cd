"""Bank statements: sent, read beside the request, looked at and booked by another; what became of their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest, page, wrong
from jamsostek.api.v1.money import DECIDES, NOT_FOUND, READS, TAKES
from jamsostek.api.v1.shapes import Out, Page, Query, Reference
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import statements as actions
from jamsostek.collection.choices import RowKind, StatementState
from jamsostek.collection.queries import payments as queries
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.ledger.queries import reference_words
from jamsostek.messages.bank.problems import short
from jamsostek.messages.bank.reader import LARGEST_BYTES

if TYPE_CHECKING:
    from jamsostek.collection.models import Statement, StatementRow

bank_statements = Resource("bank-statements", N_("Rekening koran"))
STEPS = frozenset({404, 409})
COUNTED = ("credits", "debits", "known", "unknown", "errors", "unread_rupiah")


class BankStatementOut(Out):
    """A statement and how far it is: `ready` waits for another person. Whole rupiah."""

    id: str
    file_name: str
    state: StatementState
    account: str = Field(description=N_("Nama bank dan angka terakhir rekeningnya; kosong sebelum terbaca."))
    first: dt.date | None
    last: dt.date | None
    rows_total: int
    rows_done: int
    credit_rupiah: int
    debit_rupiah: int
    error: str
    sent_at: dt.datetime
    confirmed_at: dt.datetime | None
    finished_at: dt.datetime | None


class BankStatementCounts(Out):
    """Rows of a statement that was read, and rows by what became of them once it is booked."""

    credits: int
    debits: int
    known: int = Field(description=N_("Sudah tercatat dari pemberitahuan bank."))
    unknown: int = Field(description=N_("Tanpa kode bayar yang dikenal."))
    errors: int = Field(description=N_("Tidak terbaca."))
    unread_rupiah: int
    kinds: dict[str, int] = Field(examples=[{"again": 12, "unknown": 1}])


class BankStatementProblemOut(Out):
    """A line that could not be read: what stands there (long numbers starred), what should, and the way out."""

    row: int | None
    severity: str = Field(examples=["error", "warning", "note"])
    message: str
    value: str
    expected: str
    remedy: str


class BankStatementWhole(BankStatementOut):
    """With its balances, its counts and what could not be read."""

    format: str = Field(examples=["camt.053", "mt940", "csv"])
    opening_rupiah: int | None
    closing_rupiah: int | None
    proven: bool = Field(description=N_("Apakah saldo awal, semua baris, dan saldo akhir saling cocok."))
    counts: BankStatementCounts
    unseen: int = Field(description=N_("Pembayaran yang diberitahukan bank untuk hari-hari itu, dan tidak ada di sini."))
    problems: list[BankStatementProblemOut]


class BankStatementRowQuery(Query):
    """Rows of one kind."""

    kind: RowKind = Field(
        description=N_(
            "again: sudah tercatat; differs: berbeda dari yang tercatat; unknown: tanpa kode yang dikenal; "
            "refund: pengembalian yang keluar; returned: ditarik bank; out: keluar dan belum dikenal."
        )
    )


class BankStatementRowOut(Out):
    """A row that was not simply a new payment for somebody's bill."""

    row: int
    booked_on: dt.date
    reference: str
    amount_rupiah: int
    text: str = Field(description=N_("Yang tertulis, dipendekkan dan tanpa nomor panjang."))
    payment: str | None
    refund: str | None


TOLD = (
    "file_name", "state", "rows_total", "rows_done", "credit_rupiah", "debit_rupiah", "error", "sent_at", "confirmed_at",
    "finished_at",
)  # fmt: skip


@bank_statements.post(
    "/bank-statements", BankStatementOut, status=202, title=N_("Kirim rekening koran"), needs=TAKES, body="multipart/form-data"
)
def send(request: HttpRequest, response: HttpResponse, file: File[UploadedFile]) -> Any:
    """Takes a file as the bank gives it (camt.053, MT940, CSV) and has it read. The head office alone sends them."""
    for strange in sorted(request.POST):
        raise wrong(strange[:80], _("Isian ini tidak dikenal."))
    try:
        made = actions.send(content=file.read(LARGEST_BYTES + 1), file_name=file.name or "")
    except actions.SentBefore as error:
        raise Problem(409, error.message, _("Lihat GET {path}.").format(path=f"/api/v1{_path(error.statement)}")) from None
    located(response, _path(made))
    return _told(queries.statement(made.pk))


@bank_statements.get("/bank-statements", Page[BankStatementOut], title=N_("Daftar rekening koran"), needs=READS)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Those in sight, the newest first: a branch sees none, for each has the money of the whole nation."""

    found, following = newest(request, query, queries.statements())
    return {"items": [_told(one) for one in found], "next": following}


@bank_statements.get(
    "/bank-statements/{id}", BankStatementWhole, title=N_("Satu rekening koran"), needs=READS, problems=NOT_FOUND
)
def show(request: HttpRequest, id: Reference) -> Any:
    """How far it is, what was read, and what was not."""
    one = _found(id)
    counts = {**{name: one.counts.get(name, 0) for name in COUNTED}, "kinds": one.counts.get("kinds", {})}
    return {
        **_told(one),
        **{name: getattr(one, name) for name in ("format", "opening_rupiah", "closing_rupiah", "proven")},
        "counts": counts,
        "unseen": queries.unseen(one) if one.state == StatementState.DONE else 0,
        "problems": queries.problems(one),
    }


@bank_statements.get(
    "/bank-statements/{id}/rows", Page[BankStatementRowOut], title=N_("Baris rekening koran"), needs=READS, problems=NOT_FOUND
)
def rows_of(request: HttpRequest, id: Reference, query: QueryParam[BankStatementRowQuery]) -> Any:
    """Rows of one kind, in the order of the file."""
    whole = queries.rows_of(_found(id), query.kind).order_by("row", "pk")

    def rows(after: tuple[int, int], limit: int) -> list[StatementRow]:
        row, pk = after
        return list(whole.filter(Q(row__gt=row) | Q(row=row, pk__gt=pk))[:limit])

    found, following = page(request, query, rows, lambda one: (one.row, one.pk), first=(0, 0))
    return {"items": [_row(one) for one in found], "next": following}


@bank_statements.post(
    "/bank-statements/{id}/confirmation", BankStatementOut, title=N_("Bukukan rekening koran"), needs=DECIDES, problems=STEPS
)
def confirm(request: HttpRequest, id: Reference) -> Any:
    """Has what was read booked; another person than who sent it."""
    return _step(id, actions.confirm)


@bank_statements.post(
    "/bank-statements/{id}/cancellation", BankStatementOut, title=N_("Batalkan rekening koran"), needs=TAKES, problems=STEPS
)
def cancel(request: HttpRequest, id: Reference) -> Any:
    """Puts a statement aside before it is booked."""
    return _step(id, actions.cancel)


def _step(id: str, act: Callable[..., Statement]) -> dict[str, Any]:
    """A step that its state allows; a conflict otherwise."""
    try:
        return _told(act(statement_id=_found(id).pk, now=timezone.now()))
    except Refused:
        raise
    except InputError as error:
        raise Problem(409, error.message, error.remedy) from None


def _found(id: str) -> Statement:
    try:
        return queries.statement(row_of("statement", id))
    except Refused:
        raise unknown() from None


def _path(one: Statement) -> str:
    return f"/bank-statements/{reference('statement', one.pk)}"


def _told(one: Statement) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("statement", one.pk),
        "account": banks.title_of(one.bank) if one.bank else "",
        "first": one.from_date,
        "last": one.to_date,
    }


def _row(one: StatementRow) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("row", "booked_on", "amount_rupiah")},
        "reference": reference_words(one.reference),
        "text": short(queries.text_of(one)),
        "payment": reference("payment", one.payment_id) if one.payment_id else None,
        "refund": reference("refund", one.refund_id) if one.refund_id else None,
    }
