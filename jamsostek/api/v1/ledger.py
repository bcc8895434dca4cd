"""The books: funds, trial balance at any moment, statements of accounts, groups, months with their digests, the check of all."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from procrastinate.exceptions import AlreadyEnqueued
from pydantic import AwareDatetime, Field, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import conflicts, located, page, wrong
from jamsostek.api.v1.shapes import Day, In, MonthOut, Out, Page, Query
from jamsostek.api.v1.shapes import Month as MonthIn
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.ledger import actions, checks, queries
from jamsostek.ledger.jobs import check_books
from jamsostek.ledger.kinds import kind_words
from jamsostek.ledger.models import Group, Period

ledger = Resource("ledger", N_("Pembukuan"))
READS = (Can.READ_BOOKS,)
FIRST, LAST = dt.date(2009, 1, 1), dt.date(2100, 12, 31)
BooksDay = Annotated[Day, Field(ge=FIRST, le=LAST)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=dt.datetime.combine(FIRST, dt.time.min, dt.UTC), le=dt.datetime.combine(LAST, dt.time.max, dt.UTC)),
]
Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z_]*(:[a-z0-9][a-z0-9_]*)+$", max_length=80), Field(examples=["cash:jkk"])
]

GroupNumber = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{8}$"), Field(examples=["3f9a12cd-77b0e1f4"])]


class WhenQuery(In):
    """Of which moment: now where nothing is told."""

    effective: BooksDay | None = Field(None, description=N_("Yang berlaku sampai tanggal ini."))
    known_at: Moment | None = Field(None, description=N_("Yang tercatat sampai saat ini, dengan selisih waktunya."))


class BalanceOut(Out):
    """An account; the balance is in the account's own direction. Whole rupiah."""

    code: str
    title: str
    kind: str
    fund: str
    debit_rupiah: int
    credit_rupiah: int
    balance_rupiah: int


class TrialOut(Out):
    """All accounts that ever moved. Debits and credits are equal in every fund."""

    accounts: list[BalanceOut]


class FundOut(Out):
    """What a fund has, owes and is worth. Whole rupiah."""

    fund: str
    assets_rupiah: int
    liabilities_rupiah: int
    worth_rupiah: int


class FundsOut(Out):
    """Every fund."""

    funds: list[FundOut]


class MovementOut(Out):
    """A transfer as seen from an account: positive where its balance grows. Whole rupiah."""

    group: str
    leg: int
    reference: str
    kind: str
    effective_on: dt.date
    recorded_at: dt.datetime
    other: str
    rupiah: int
    balance_rupiah: int


class StatementOut(Page[MovementOut]):
    """Movements between two days, and the balances before and after them."""

    opening_rupiah: int
    closing_rupiah: int


class StatementQuery(Query):
    """From one day to another."""

    first: BooksDay
    last: BooksDay


class TransferOut(Out):
    """One debit, one credit: codes of accounts; whole rupiah."""

    debit: str
    credit: str
    rupiah: int


class BookedOut(Out):
    """One event in the books, whole: its transfers in their order, what it reverses and what reversed it."""

    number: str
    reference: str
    kind: str
    title: str
    effective_on: dt.date
    recorded_at: dt.datetime
    made_by: str = Field(description=N_("Kosong bila dibukukan oleh sistem sendiri."))
    transfers: list[TransferOut]
    reverses: str | None
    reversed_by: str | None


class BookFindingOut(Out):
    """Something that does not hold: which check, and where."""

    check: str
    text: str


class CheckedOut(Out):
    """A check of all books that was kept."""

    at: dt.datetime
    by: str = Field(description=N_("Kosong bila diminta oleh sistem sendiri."))
    rows: int
    findings: list[BookFindingOut]


class ChecksOut(Out):
    """What is checked, and the newest check; null before the first."""

    checks: list[str]
    newest: CheckedOut | None


class PeriodOut(Out):
    """A month of the books. A closed one has its digest (hex) and a signature (Ed25519, base64) over it."""

    month: MonthOut
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    transfers: int | None
    rupiah: int | None
    previous: str | None
    digest: str | None
    signature: str | None
    key: str | None = Field(description=N_("Nama kunci umum yang memeriksa tanda tangannya."))


@ledger.get("/ledger/funds", FundsOut, title=N_("Saldo setiap dana"), needs=READS)
def funds(request: HttpRequest, query: QueryParam[WhenQuery]) -> Any:
    """What each fund has, owes and is worth, now or at a past moment."""
    return {"funds": queries.fund_balances(effective=query.effective, known_at=query.known_at)}


@ledger.get("/ledger/trial-balance", TrialOut, title=N_("Neraca saldo"), needs=READS)
def trial_balance(request: HttpRequest, query: QueryParam[WhenQuery]) -> Any:
    """Debits, credits and balance of every account, now or at a past moment."""
    return {"accounts": queries.trial_balance(effective=query.effective, known_at=query.known_at)}


@ledger.get(
    "/ledger/accounts/{code}/statement", StatementOut, title=N_("Mutasi satu akun"), needs=READS, problems=frozenset({404})
)
def statement(request: HttpRequest, code: Code, query: QueryParam[StatementQuery]) -> Any:
    """In the order of effect, with the balance after each."""
    if query.last < query.first:
        raise wrong("last", _("Tanggal akhir sebelum tanggal awal."))
    try:
        told = queries.statement(code, query.first, query.last)
    except InputError:
        raise unknown() from None

    def rows(offset: int, limit: int) -> list[tuple[int, queries.Movement]]:
        return list(enumerate(told[offset : offset + limit], offset + 1))

    found, following = page(request, query, rows, lambda one: one[0])
    return {
        "items": [_movement(one) for _place, one in found],
        "next": following,
        "opening_rupiah": told.opening_rupiah,
        "closing_rupiah": told.closing_rupiah,
    }


def _movement(one: queries.Movement) -> dict[str, Any]:
    told = {"group": queries.number_words(one.group_id), "reference": queries.reference_words(one.reference)}
    return {**vars(one), **told}


@ledger.get(
    "/ledger/groups/{number}", BookedOut, title=N_("Satu kelompok transfer"), needs=READS, problems=frozenset({404})
)  # fmt: skip
def group(request: HttpRequest, number: GroupNumber) -> Any:
    """All transfers of one event."""
    group_id = queries.number_of(number)
    found = queries.entry(group_id) if group_id is not None else None
    if found is None:
        raise unknown()
    names = ("kind", "effective_on", "recorded_at", "made_by")
    return {
        **{name: getattr(found, name) for name in names},
        "number": number,
        "reference": queries.reference_words(found.reference),
        "title": kind_words(found.kind),
        "transfers": [{"debit": one.debit.code, "credit": one.credit.code, "rupiah": one.rupiah} for one in found.legs],
        "reverses": _number(found.reverses),
        "reversed_by": _number(found.reversed_by),
    }


def _number(group: Group | None) -> str | None:
    return None if group is None else queries.number_words(group.pk)


@ledger.get("/ledger/periods", Page[PeriodOut], title=N_("Bulan pembukuan"), needs=READS)
def periods(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """The newest first; what is needed to verify a digest elsewhere."""

    def rows(before: int, limit: int) -> list[Period]:
        return list(Period.objects.filter(month__lt=before).order_by("-month")[:limit])

    found, following = page(request, query, rows, lambda one: one.month, 999912)
    return {"items": [_period(one) for one in found], "next": following}


def _period(row: Period) -> dict[str, Any]:
    is_closed = row.closed_at is not None
    return {
        "month": row.month,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "transfers": row.transfers,
        "rupiah": int(row.rupiah or 0) if is_closed else None,
        "previous": bytes(row.previous or b"").hex() if is_closed else None,
        "digest": bytes(row.digest or b"").hex() if is_closed else None,
        "signature": base64.b64encode(bytes(row.signature or b"")).decode() if is_closed else None,
        "key": row.key_id,
    }


@ledger.post(
    "/ledger/periods/{month}/closing", PeriodOut, title=N_("Tutup bulan pembukuan"), needs=(Can.CLOSE_BOOKS,),
    problems=frozenset({409}),
)  # fmt: skip
def close(request: HttpRequest, month: MonthIn) -> Any:
    """Ends a month that is over: nothing is booked into it again, and its digest is signed."""
    with conflicts():
        return _period(actions.close_period(month))


@ledger.get("/ledger/checks", ChecksOut, title=N_("Pemeriksaan pembukuan"), needs=READS)
def check(request: HttpRequest) -> Any:
    """What is checked, and what the newest check found."""
    return _checks()


@ledger.post("/ledger/checks", ChecksOut, status=202, title=N_("Minta pemeriksaan pembukuan"), needs=READS)
def ask_check(request: HttpRequest, response: HttpResponse) -> Any:
    """Has all books checked by a job; waiting twice is waiting once. The answer tells the newest check so far."""
    try:
        with transaction.atomic():  # the refusal of a second one ends no more than this
            check_books.defer(asked_by=request.scope.user_id)  # type: ignore[attr-defined]
    except AlreadyEnqueued:
        pass
    located(response, "/ledger/checks")
    return _checks()


def _checks() -> dict[str, Any]:
    newest = checks.last_check()
    if newest is None:
        return {"checks": checks.names(), "newest": None}
    findings = [{"check": one.title, "text": one.said()} for one in newest.findings]
    told = {"at": newest.at, "by": newest.by, "rows": newest.rows, "findings": findings}
    return {"checks": checks.names(), "newest": told}
