"""The return of a month credited to every JHT account: begun, taken up again, and how far it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from jamsostek.access.background import enqueue
from jamsostek.access.roles import Can
from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries import crediting as queries
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference
from jamsostek.api.v1.common import conflicts, located
from jamsostek.api.v1.shapes import In, MonthOut, Out
from jamsostek.api.v1.shapes import Month as MonthIn
from jamsostek.core.months import format_month
from jamsostek.core.text import N_

creditings = Resource("creditings", N_("Pengkreditan JHT"))
READS = (Can.READ_BOOKS,)


class CreditingIn(In):
    """The month to be credited, or to be gone on with."""

    month: MonthIn


class CreditingOut(Out):
    """A run: parts done of all, and what they have credited; whole rupiah. `rate` is the declaration it stands on."""

    month: MonthOut
    state: str = Field(examples=["waiting", "running", "done", "stopped"])
    problem: str = Field(description=N_("Mengapa berhenti, bila berhenti."))
    rate_ppm: int
    rate: str | None = Field(description=N_("Kosong bila tingkatnya dari data hukum."))
    started_at: dt.datetime
    ended_at: dt.datetime | None
    parts: int
    done: int
    accounts: int
    return_rupiah: int
    balance_rupiah: int


class CreditingsOut(Out):
    """The newest runs, and the month whose turn it is; null where nobody has any money."""

    next_month: MonthOut | None
    items: list[CreditingOut]


TOLD = (
    "month", "rate_ppm", "started_at", "ended_at", "parts", "done", "accounts", "return_rupiah", "balance_rupiah",
)  # fmt: skip


@creditings.get("/jht/creditings", CreditingsOut, title=N_("Pengkreditan sampai sekarang"), needs=READS)
def index(request: HttpRequest) -> Any:
    """The newest first, twenty-four of them."""
    return {"next_month": queries.next_month(), "items": [_told(one) for one in queries.runs()]}


@creditings.get(
    "/jht/creditings/{month}", CreditingOut, title=N_("Pengkreditan satu bulan"), needs=READS, problems=frozenset({404})
)  # fmt: skip
def show(request: HttpRequest, month: MonthIn) -> Any:
    """How far the run of a month is."""
    return _told(_found(month))


@creditings.post(
    "/jht/creditings", CreditingOut, status=202, title=N_("Kreditkan hasil JHT sebulan"), needs=(Can.CLOSE_BOOKS,),
    problems=frozenset({409}),
)  # fmt: skip
def begin(request: HttpRequest, given: CreditingIn, response: HttpResponse) -> Any:
    """Begins a month's run, or takes up one that stopped; a job does the parts that are missing."""
    with conflicts():
        crediting.begin(month=given.month, today=timezone.localdate())
    enqueue(queries.CREDIT, month=given.month)
    located(response, f"/jht/creditings/{format_month(given.month)}")
    return _told(_found(given.month))


def _found(month: int) -> queries.Run:
    found = queries.runs(month=month)
    if not found:
        raise unknown()
    return found[0]


def _told(one: queries.Run) -> dict[str, Any]:
    state = queries.state_of(one)
    return {
        **{name: getattr(one, name) for name in TOLD},
        "state": state,
        "problem": one.problem if state == "stopped" else "",
        "rate": reference("rate", one.rate_id) if one.rate_id else None,
    }
