"""Agreements to pay arrears by instalments: proposed by an officer, decided by another person, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import employer_of, located, newest, payers_in_sight, sponsor_of
from jamsostek.api.v1.participant_shapes import ReasonIn
from jamsostek.api.v1.shapes import Day, In, MonthOut, Npp, Out, Page, Query, Reason, Reference, SponsorNumber, text
from jamsostek.collection.actions import arrears as actions
from jamsostek.collection.actions.arrears.agreements import MOST, owed
from jamsostek.collection.codes import code_of
from jamsostek.collection.queries import arrears as queries
from jamsostek.core.text import N_

if TYPE_CHECKING:
    from jamsostek.collection.models import Agreement

agreements = Resource("agreements", N_("Kesepakatan angsuran"))
NEEDS = (Can.CHASE_ARREARS,)
NOT_FOUND = frozenset({404})
FIRST, LAST = dt.date(2015, 1, 1), dt.date(2039, 12, 31)


class AgreementIn(In):
    """In how many parts all that is overdue is paid, and from when."""

    count: Annotated[StrictInt, Field(ge=1, le=MOST)] = Field(description=N_("Dibagi rata, sebulan sekali."))
    first_on: Annotated[Day, Field(ge=FIRST, le=LAST)] = Field(description=N_("Angsuran pertama paling lambat"))
    reason: Reason


class AgreementAnswerIn(In):
    """Yes or no; a no says why."""

    approved: StrictBool
    reason: text(200) = Field("", description=N_("Wajib bila ditolak."))  # type: ignore[valid-type]


class AgreementQuery(Query):
    """Whose agreements; all in sight when nothing is said."""

    employer: Npp | None = None
    sponsor: SponsorNumber | None = None


class AgreementOut(Out):
    """One agreement, and how far it is kept today; whole rupiah."""

    id: str
    payer: str = Field(examples=["employer", "sponsor"])
    number: str = Field(description=N_("Kosong bila di luar wilayah kerja Anda."))
    name: str
    region_code: int
    total_rupiah: int
    paid_rupiah: int
    due_rupiah: int = Field(description=N_("Yang seharusnya sudah dibayar."))
    state: str = Field(examples=["proposed", "refused", "kept", "broken", "done", "ended"])
    next_due_on: dt.date | None
    reason: str
    proposed_on: dt.date
    decided_on: dt.date | None
    decision: str
    ended_on: dt.date | None
    ending: str


class InstalmentOut(Out):
    """One instalment and what of it is paid; whole rupiah."""

    number: int
    due_on: dt.date
    rupiah: int
    paid_rupiah: int


class AgreedBillOut(Out):
    """A bill of an agreement, and what was unpaid of it then; whole rupiah."""

    code: str
    month: MonthOut
    rupiah: int


class AgreementWhole(AgreementOut):
    """With its instalments and its bills."""

    instalments: list[InstalmentOut]
    bills: list[AgreedBillOut]


TOLD = ("total_rupiah", "reason", "proposed_on", "decided_on", "decision", "ended_on", "ending")


@agreements.get("/agreements", Page[AgreementOut], title=N_("Daftar kesepakatan angsuran"), needs=NEEDS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[AgreementQuery]) -> Any:
    """Agreements in sight, the newest first."""
    whose = {
        "employer_id": employer_of(query.employer).pk if query.employer else None,
        "sponsor_id": sponsor_of(query.sponsor).pk if query.sponsor else None,
    }

    found, following = newest(request, query, queries.agreements(**whose).prefetch_related("instalments"))
    payers = _payers(found)
    return {"items": [_told(queries.kept(one, timezone.localdate()), payers) for one in found], "next": following}


@agreements.get("/agreements/{id}", AgreementWhole, title=N_("Satu kesepakatan angsuran"), needs=NEEDS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One agreement."""
    return _whole(_found(id))


@agreements.post(
    "/employers/{npp}/agreements", AgreementWhole, status=201, title=N_("Usulkan angsuran perusahaan"), needs=NEEDS,
    problems=NOT_FOUND,
)  # fmt: skip
def propose(request: HttpRequest, npp: Npp, given: AgreementIn, response: HttpResponse) -> Any:
    """Proposes that an employer pays all that is overdue in monthly parts; another person decides."""
    return _proposed(given, response, employer_id=employer_of(npp).pk)


@agreements.post(
    "/sponsors/{number}/agreements", AgreementWhole, status=201, title=N_("Usulkan angsuran pembayar iuran"), needs=NEEDS,
    problems=NOT_FOUND,
)  # fmt: skip
def propose_for_sponsor(request: HttpRequest, number: SponsorNumber, given: AgreementIn, response: HttpResponse) -> Any:
    """Proposes that a sponsor pays all that is overdue in monthly parts; another person decides."""
    return _proposed(given, response, sponsor_id=sponsor_of(number).pk)


def _proposed(given: AgreementIn, response: HttpResponse, **whose: int) -> dict[str, Any]:
    today = timezone.localdate()
    schedule = actions.equal_parts(owed(today, **whose), given.count, given.first_on)
    made = actions.propose(schedule=schedule, reason=given.reason, today=today, **whose)
    located(response, f"/agreements/{reference('agreement', made.pk)}")
    return _whole(made)


@agreements.post(
    "/agreements/{id}/answer", AgreementWhole, title=N_("Setujui atau tolak angsuran"), needs=(Can.SIGN_SANCTION,),
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: AgreementAnswerIn) -> Any:
    """Decides on what somebody else proposed; a refusal says why."""
    one = _found(id)
    return _whole(
        actions.decide_agreement(
            agreement_id=one.pk, approve=given.approved, today=timezone.localdate(), note=given.reason
        )
    )  # fmt: skip


@agreements.post("/agreements/{id}/ending", AgreementWhole, title=N_("Akhiri kesepakatan"), needs=NEEDS, problems=NOT_FOUND)
def end(request: HttpRequest, id: Reference, given: ReasonIn) -> Any:
    """Ends an agreement: what is left is owed at once, and sanctions may go on."""
    actions.end_agreement(agreement_id=_found(id).pk, today=timezone.localdate(), reason=given.reason)
    return _whole(_found(id))


def _found(id: str) -> Agreement:
    found = queries.agreements().filter(pk=row_of("agreement", id)).first()
    if found is None or not _payers([found]):
        raise unknown()
    return found


def _payers(rows: Sequence[Agreement]) -> dict[tuple[str, int], dict[str, str]]:
    return payers_in_sight(
        [one.employer_id for one in rows if one.employer_id], [one.sponsor_id for one in rows if one.sponsor_id]
    )


def _told(kept: queries.Kept, payers: dict[tuple[str, int], dict[str, str]]) -> dict[str, Any]:
    one = kept.agreement
    kind, payer_id = ("employer", one.employer_id) if one.employer_id else ("sponsor", one.sponsor_id or 0)
    return {
        **{name: getattr(one, name) for name in TOLD},
        **(payers.get((kind, payer_id)) or {"payer": kind, "number": "", "name": ""}),
        "id": reference("agreement", one.pk),
        "region_code": one.regency_code,
        "paid_rupiah": kept.paid_rupiah,
        "due_rupiah": kept.due_rupiah,
        "state": kept.state,
        "next_due_on": kept.next_due.due_on if kept.next_due else None,
    }


def _whole(one: Agreement) -> dict[str, Any]:
    kept = queries.kept(one, timezone.localdate())
    return {
        **_told(kept, _payers([one])),
        "instalments": [
            {"number": part.number, "due_on": part.due_on, "rupiah": part.rupiah, "paid_rupiah": kept.covered[part.number]}
            for part in kept.instalments
        ],
        "bills": [
            {"code": code_of(bill.number), "month": bill.from_month, "rupiah": rupiah}
            for bill, rupiah in queries.agreed_bills(one)
        ],
    }
