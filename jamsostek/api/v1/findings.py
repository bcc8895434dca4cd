"""Compliance: what an employer seems to leave out, with what it rests on; decided once by an officer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import employer_of, newest
from jamsostek.api.v1.shapes import In, MonthOut, Npp, Out, Page, Query, Reason, Reference
from jamsostek.collection.actions.arrears import decide_finding
from jamsostek.collection.actions.arrears.findings import KINDS
from jamsostek.collection.queries import compliance
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    pass

findings = Resource("findings", N_("Temuan kepatuhan"))
NEEDS = (Can.CHASE_ARREARS,)
NOT_FOUND = frozenset({404})
FindingKind = Literal["workers", "head_count", "wage_list", "wage_minimum", "programmes"]
FindingOutcome = Literal["explained", "mended", "case"]


class FindingQuery(Query):
    """Which findings; all in sight when nothing is said."""

    employer: Npp | None = None
    kind: FindingKind | None = None
    open_only: bool = Field(False, description=N_("Hanya yang belum diputuskan."))


class FindingDecisionIn(In):
    """What it was, and what the employer answered or mended."""

    outcome: FindingOutcome
    reason: Reason


class FindingOut(Out):
    """One finding; `source` is null where our own bills show it, `case` the case it became."""

    id: str
    npp: str
    name: str
    kind: str = Field(examples=list(KINDS))
    title: str
    month: MonthOut
    source: str | None = Field(examples=["tax", "manpower", "payroll", "other"])
    facts: dict[str, Any]
    found_on: dt.date
    outcome: str | None = Field(examples=["explained", "mended", "case"])
    note: str
    decided_on: dt.date | None
    case: str | None


class FindingLineOut(Out):
    """A row of the list that did not match; the NIK is starred."""

    row: int
    verdict: str = Field(examples=["missing", "left", "lower"])
    name: str
    nik: str
    wage_rupiah: int | None
    reported_rupiah: int | None


class FindingWhole(FindingOut):
    """With the rows of the list it rests on, at most two hundred."""

    lines: list[FindingLineOut]


TOLD = ("kind", "month", "facts", "found_on", "outcome", "note", "decided_on")


@findings.get("/findings", Page[FindingOut], title=N_("Daftar temuan kepatuhan"), needs=NEEDS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[FindingQuery]) -> Any:
    """Findings in sight, the newest first."""
    employer_id = employer_of(query.employer).pk if query.employer else None
    whole = compliance.findings(open_only=query.open_only, kind=query.kind or "", employer_id=employer_id).order_by("-pk")

    found, following = newest(request, query, whole)
    return {"items": [_told(one) for one in compliance.shown(found)], "next": following}


@findings.get("/findings/{id}", FindingWhole, title=N_("Satu temuan kepatuhan"), needs=NEEDS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One finding; looking at people of the list is remembered in their trail."""
    return _whole(_found(id))


@findings.post("/findings/{id}/decision", FindingWhole, title=N_("Putuskan temuan"), needs=NEEDS, problems=NOT_FOUND)
def decide(request: HttpRequest, id: Reference, given: FindingDecisionIn) -> Any:
    """Says once what a finding was: explained, mended, or a sanction case, which is opened."""
    one = _found(id).finding
    decide_finding(finding_id=one.pk, outcome=given.outcome, note=given.reason, today=timezone.localdate())
    return _whole(_found(id))


def _found(id: str) -> compliance.Shown:
    try:
        return compliance.one(row_of("finding", id))
    except Refused:
        raise unknown() from None


def _told(told: compliance.Shown) -> dict[str, Any]:
    one = told.finding
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("finding", one.pk), "npp": told.employer.npp, "name": told.employer.name, "title": _(KINDS[one.kind]),
        "source": one.list.source if one.list is not None else None,
        "case": reference("case", told.case_id) if told.case_id else None,
    }  # fmt: skip


def _whole(told: compliance.Shown) -> dict[str, Any]:
    return {**_told(told), "lines": [vars(one) for one in compliance.lines(told.finding)]}
