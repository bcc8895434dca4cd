"""A month of pensions, scholarships, lost work paid at once: tried, kept by one, approved by another, posted by a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.claim_told import NOT_FOUND, steps
from jamsostek.api.v1.common import located, newest
from jamsostek.api.v1.shapes import Day, In, Month, MonthOut, Out, Page, Query, Reference
from jamsostek.claims.actions import rolls as actions
from jamsostek.claims.models import Roll
from jamsostek.claims.queries import payouts as queries
from jamsostek.core.text import N_, _

rolls = Resource("rolls", N_("Pembayaran bulanan"))
PAYS = (Can.PAY_CLAIMS,)
SEES = (Can.PAY_CLAIMS, Can.APPROVE_PAYOUT)
RollKind = Literal["pension", "scholarship", "incapacity", "jkp"]
DIFFERENT = ("new", "gone", "changed")


class RollTrialIn(In):
    """A kind of right, and the month it would be paid for."""

    kind: RollKind
    month: Month


class RollIn(RollTrialIn):
    """And the day it is paid on."""

    pay_on: Day


class RollDifferenceOut(Out):
    """Who is new, gone, or has another amount than the month before: how many, then and now, and some of their claims."""

    what: str = Field(examples=list(DIFFERENT))
    people: int
    rupiah: int
    before_rupiah: int
    claims: list[str]


class RollTrialOut(Out):
    """What a roll would pay. Nothing is written. Whole rupiah."""

    kind: str
    month: MonthOut
    people: int
    rupiah: int
    funds: dict[str, int]
    differences: list[RollDifferenceOut]


class RollOut(Out):
    """A roll: `tried` waits for another person, `approved` for the job, `posted` is owed. Whole rupiah."""

    id: str
    kind: str
    title: str
    month: MonthOut
    state: str = Field(examples=["tried", "approved", "posted", "cancelled"])
    people: int
    rupiah: int
    law_digest: str
    pay_on: dt.date
    prepared_by: str
    prepared_at: dt.datetime
    approved_by: str
    approved_at: dt.datetime | None
    posted_at: dt.datetime | None
    problem: str = Field(description=N_("changed: yang akan dibayar bukan lagi yang disetujui."))


class RollWhole(RollOut):
    """With its sums by fund, and what differs from the month before."""

    funds: dict[str, int]
    differences: list[RollDifferenceOut]


@rolls.post("/rolls/trial", RollTrialOut, title=N_("Coba pembayaran bulanan"), needs=PAYS, writes=False)
def trial(request: HttpRequest, given: RollTrialIn) -> Any:
    """Looks at a month without writing anything."""
    with steps():
        found = actions.trial(kind=given.kind, month=given.month)
    return {"kind": given.kind, "month": given.month, "people": found.people, "rupiah": found.rupiah, **_trial(found.told)}


@rolls.post("/rolls", RollWhole, status=201, title=N_("Siapkan pembayaran bulanan"), needs=PAYS)
def prepare(request: HttpRequest, given: RollIn, response: HttpResponse) -> Any:
    """Keeps a trial for another person to approve; an older one of that month is dropped."""
    with steps():
        made = actions.prepare(kind=given.kind, month=given.month, pay_on=given.pay_on, now=timezone.now())
    located(response, f"/rolls/{reference('roll', made.pk)}")
    return _whole(made)


@rolls.get("/rolls", Page[RollOut], title=N_("Daftar pembayaran bulanan"), needs=SEES)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Months that were tried, the newest first."""
    found, following = newest(request, query, queries.all_rolls())
    return {"items": _told(found), "next": following}


@rolls.get("/rolls/{id}", RollWhole, title=N_("Satu pembayaran bulanan"), needs=SEES, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One of them, with what differs from the month before."""
    return _whole(_found(id))


@rolls.post(
    "/rolls/{id}/approval", RollWhole, title=N_("Setujui pembayaran bulanan"), needs=(Can.APPROVE_PAYOUT,), problems=NOT_FOUND
)
def approve(request: HttpRequest, id: Reference) -> Any:
    """Another person than who prepared it lets it be posted; nothing is posted where it is no longer the same."""
    one = _found(id)
    with steps():
        return _whole(actions.approve(roll_id=one.pk, now=timezone.now()))


@rolls.post("/rolls/{id}/cancellation", RollWhole, title=N_("Batalkan pembayaran bulanan"), needs=PAYS, problems=NOT_FOUND)
def cancel(request: HttpRequest, id: Reference) -> Any:
    """Drops a trial that nobody approved."""
    one = _found(id)
    with steps():
        return _whole(actions.cancel(roll_id=one.pk))


def _found(id: str) -> Roll:
    try:
        return queries.roll(row_of("roll", id))
    except Refused:
        raise unknown() from None


def _told(rows: Sequence[Roll]) -> list[dict[str, Any]]:
    users = queries.names_of(user for one in rows for user in (one.prepared_by, one.approved_by))
    fields = (
        "kind", "month", "state", "people", "rupiah", "law_digest", "pay_on", "prepared_at", "approved_at", "posted_at", "problem"
    )  # fmt: skip
    return [
        {
            **{name: getattr(one, name) for name in fields},
            "id": reference("roll", one.pk), "title": _(actions.KINDS[one.kind]), "prepared_by": users.get(one.prepared_by, ""),
            "approved_by": users.get(one.approved_by or 0, ""),
        }
        for one in rows
    ]  # fmt: skip


def _whole(one: Roll) -> dict[str, Any]:
    return {**_told([one])[0], **_trial(one.trial)}


def _trial(told: Mapping[str, Any]) -> dict[str, Any]:
    rows = queries.claims_of(claim for what in DIFFERENT for claim in told.get(what, {}).get("claims", ()))
    numbers = {one.pk: one.number for one in rows}
    differences = [
        {
            "what": what, **{name: told[what][name] for name in ("people", "rupiah", "before_rupiah")},
            "claims": [numbers[one] for one in told[what]["claims"] if one in numbers],
        }
        for what in DIFFERENT if what in told
    ]  # fmt: skip
    return {"funds": told.get("funds", {}), "differences": differences}
