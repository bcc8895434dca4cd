"""Sanctions (PP 86/2013): a case over arrears, its steps decided by an officer, signed by another person, delivered, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import employer_of, located, newest, payers_in_sight
from jamsostek.api.v1.participant_shapes import ReasonIn
from jamsostek.api.v1.shapes import Day, In, Npp, Out, Page, Query, Reason, Reference, text
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.actions.arrears.cases import STEPS
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Bill
from jamsostek.collection.queries import arrears as queries
from jamsostek.core.months import format_month
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    from jamsostek.collection.models import Case, Step

cases = Resource("cases", N_("Kasus sanksi"))
NEEDS = (Can.CHASE_ARREARS,)
NOT_FOUND = frozenset({404})
How = Literal["hand", "post", "mail"]
CaseOutcome = Literal["mended", "withdrawn"]


class CaseQuery(Query):
    """Which cases; all in sight when nothing is said."""

    employer: Npp | None = None
    open_only: bool = Field(False, description=N_("Hanya yang belum ditutup."))


class SignatureIn(In):
    """Yes or no; a no says why."""

    signed: StrictBool
    reason: text(200) = Field("", description=N_("Wajib bila ditolak."))  # type: ignore[valid-type]


class DeliveryIn(In):
    """When and how a letter reached the employer."""

    on: Day
    how: How


class ClosingIn(In):
    """How a case ended: mended, or withdrawn by a supervisor."""

    outcome: CaseOutcome
    reason: Reason


class CaseOut(Out):
    """One case and what it waits for today; `step` is the step that is about, 0 where it is about none."""

    id: str
    npp: str = Field(description=N_("Kosong bila di luar wilayah kerja Anda."))
    name: str
    region_code: int
    cause: str = Field(examples=["arrears", "finding"])
    finding: str | None
    opened_on: dt.date
    act: str = Field(examples=["sign", "deliver", "wait", "decide", "mended", "kept", "end", "closed"])
    step: int
    until: dt.date | None
    closed_on: dt.date | None
    outcome: str | None = Field(examples=["mended", "withdrawn"])
    closing: str


class CaseStepOut(Out):
    """A sanction of a case: what it rests on, who has not signed yet, and until when its term runs."""

    id: str
    step: int = Field(examples=list(STEPS))
    title: str
    facts: dict[str, Any]
    reason: str
    decided_on: dt.date
    signed: bool | None = Field(description=N_("Kosong selama belum ditandatangani atau ditolak."))
    signed_on: dt.date | None
    refusal: str
    delivered_on: dt.date | None
    delivered_how: str | None = Field(examples=["hand", "post", "mail"])
    due_on: dt.date | None
    fine_code: str | None = Field(description=N_("Kode bayar tagihan dendanya."))


class CaseWhole(CaseOut):
    """With what it rests on and its steps, in their order."""

    facts: dict[str, Any]
    steps: list[CaseStepOut]


TOLD = ("cause", "opened_on", "closed_on", "outcome", "closing")
OF_STEP = (
    "step", "reason", "decided_on", "signed", "signed_on", "refusal", "delivered_on", "delivered_how", "due_on",
)  # fmt: skip


@cases.get("/cases", Page[CaseOut], title=N_("Daftar kasus sanksi"), needs=NEEDS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[CaseQuery]) -> Any:
    """Cases in sight, the newest first."""
    employer_id = employer_of(query.employer).pk if query.employer else None

    found, following = newest(
        request, query, queries.cases(employer_id=employer_id, open_only=query.open_only).prefetch_related("steps")
    )
    payers = payers_in_sight({one.employer_id for one in found})
    return {"items": [_told(queries.standing(one, timezone.localdate()), payers) for one in found], "next": following}


@cases.get("/cases/{id}", CaseWhole, title=N_("Satu kasus sanksi"), needs=NEEDS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One case with its steps."""
    return _whole(_found(id))


@cases.post(
    "/employers/{npp}/cases", CaseWhole, status=201, title=N_("Buka kasus sanksi"), needs=NEEDS, problems=NOT_FOUND
)  # fmt: skip
def create(request: HttpRequest, npp: Npp, response: HttpResponse) -> Any:
    """Opens a case over all that an employer has overdue."""
    made = actions.open_case(employer_id=employer_of(npp).pk, today=timezone.localdate())
    located(response, f"/cases/{reference('case', made.pk)}")
    return _whole(made)


@cases.post("/cases/{id}/steps", CaseWhole, title=N_("Putuskan langkah berikutnya"), needs=NEEDS, problems=NOT_FOUND)
def decide(request: HttpRequest, id: Reference, given: ReasonIn) -> Any:
    """Decides the step whose turn it is; it binds once another person has signed it."""
    one = _found(id)
    actions.decide_step(case_id=one.pk, today=timezone.localdate(), reason=given.reason)
    return _whole(one)


@cases.post(
    "/cases/{id}/steps/{step_id}/signature", CaseWhole, title=N_("Tanda tangani atau tolak langkah"), needs=(Can.SIGN_SANCTION,),
    problems=NOT_FOUND,
)  # fmt: skip
def sign(request: HttpRequest, id: Reference, step_id: Reference, given: SignatureIn) -> Any:
    """Signs a step that somebody else decided, or refuses it and says why; a signed fine is billed."""
    one = _found(id)
    actions.sign(step_id=_step_of(one, step_id), today=timezone.localdate(), approve=given.signed, note=given.reason)
    return _whole(one)


@cases.post(
    "/cases/{id}/steps/{step_id}/delivery", CaseWhole, title=N_("Catat penyampaian surat"), needs=NEEDS, problems=NOT_FOUND
)  # fmt: skip
def deliver(request: HttpRequest, id: Reference, step_id: Reference, given: DeliveryIn) -> Any:
    """Writes down the day a letter reached the employer; its term begins."""
    one = _found(id)
    actions.deliver(step_id=_step_of(one, step_id), on=given.on, how=given.how, today=timezone.localdate())
    return _whole(one)


@cases.post("/cases/{id}/closing", CaseWhole, title=N_("Tutup kasus"), needs=NEEDS, problems=NOT_FOUND)
def close(request: HttpRequest, id: Reference, given: ClosingIn) -> Any:
    """Closes a case: mended once nothing is overdue, or withdrawn by whoever may sign."""
    one = _found(id)
    return _whole(actions.close(case_id=one.pk, outcome=given.outcome, closing=given.reason, today=timezone.localdate()))


def _found(id: str) -> Case:
    found = queries.cases().filter(pk=row_of("case", id)).first()
    if found is None or not payers_in_sight([found.employer_id]):
        raise unknown()
    return found


def _step_of(case: Case, id: str) -> int:
    number = row_of("step", id)
    if not case.steps.filter(pk=number).exists():
        raise unknown()
    return number


def _told(told: queries.Standing, payers: dict[tuple[str, int], dict[str, str]]) -> dict[str, Any]:
    one = told.case
    payer = payers.get(("employer", one.employer_id)) or {"number": "", "name": ""}
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("case", one.pk), "npp": payer["number"], "name": payer["name"],
        "region_code": one.regency_code, "finding": reference("finding", one.finding_id) if one.finding_id else None,
        "act": told.act, "step": told.step, "until": told.until,
    }  # fmt: skip


def _whole(one: Case) -> dict[str, Any]:
    told = queries.standing(one, timezone.localdate())
    bills = Bill.objects.in_bulk([step.fine_bill_id for step in told.steps if step.fine_bill_id])
    return {
        **_told(told, payers_in_sight([one.employer_id])),
        "facts": _facts(one.facts),
        "steps": [_step(step, bills) for step in told.steps],
    }


def _step(one: Step, bills: Mapping[int, Bill]) -> dict[str, Any]:
    bill = bills.get(one.fine_bill_id or 0)
    return {
        **{name: getattr(one, name) for name in OF_STEP},
        "id": reference("step", one.pk), "title": _(STEPS[one.step]), "facts": _facts(one.facts),
        "fine_code": None if bill is None else code_of(bill.number),
    }  # fmt: skip


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    months = {"months": [format_month(month) for month in told["months"]]} if "months" in told else {}
    return {**told, **months}
