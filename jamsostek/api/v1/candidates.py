"""Candidates of the movement, and the lists by decree they stand on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import ANY_FILE, located, newest
from jamsostek.api.v1.programmes import ProgrammeNumber
from jamsostek.api.v1.shapes import In, Month, MonthOut, Name, Out, Page, Query, Reason, Reference, VillageCode
from jamsostek.core.text import N_
from jamsostek.outreach.actions import candidates as actions
from jamsostek.outreach.actions import ceremonies, decrees, funding
from jamsostek.outreach.models import Candidate, Decree
from jamsostek.outreach.queries import handing, papers
from jamsostek.outreach.queries.lists import listed
from jamsostek.outreach.queries.programmes import by_number
from jamsostek.outreach.queries.programmes import decree as decree_by_code

candidates = Resource("candidates", N_("Calon penerima dan lampiran keputusan"))
READS, PLANS, DECIDES, VERIFIES = (Can.SEE_MOVEMENT,), (Can.PLAN_MOVEMENT,), (Can.APPROVE_MOVEMENT,), (Can.VERIFY_CANDIDATE,)
NOT_FOUND = frozenset({404})
CARDS_AT_ONCE = 500
CandidateState = Literal["proposed", "verified", "refused", "funded", "waiting", "enrolled", "lapsed"]


class CandidateQuery(Query):
    """Which candidates of a programme; all in sight when nothing is said."""

    state: CandidateState | None = None
    village: VillageCode | None = None


class CandidateStepOut(Out):
    """A state, since when and why."""

    state: str
    on: dt.date
    reason: str


class CandidateOut(Out):
    """Somebody in a programme, by codes alone; `answers`: each condition 1 met, 0 unknown, -1 not met. Whole rupiah."""

    id: str
    village_code: int | None
    state: str = Field(examples=["proposed", "verified", "funded"])
    state_on: dt.date
    reason: str
    answers: dict[str, int]
    facts: dict[str, Any]
    points: int
    from_month: MonthOut | None
    to_month: MonthOut | None
    rupiah: int


class CandidateWhole(CandidateOut):
    """With its history."""

    steps: list[CandidateStepOut]


class CandidateTellingIn(In):
    """What the village or the office knows; null takes an answer back."""

    alive: StrictBool | None = None
    resident: StrictBool | None = None
    works: StrictBool | None = None
    is_asn: StrictBool | None = None
    nik: Annotated[str, Field(pattern=r"^([0-9]{16})?$")] = ""
    reason: Reason


class CandidateReasonIn(In):
    """Why."""

    reason: Reason


class CandidateLapseIn(In):
    """The last month that is paid, and why."""

    last_month: Month
    reason: Reason


class SavedOut(Out):
    """What comes back; whole rupiah."""

    saved_rupiah: int


class DecreeIn(In):
    """What the list is called."""

    title: Name


class DecreeApprovalIn(In):
    """The decree's own number."""

    number: Name


class DecreeOut(Out):
    """A list; `digest` is the SHA-256 of who stands on it, `signature` that of the installation. Whole rupiah."""

    code: int
    programme: int
    number: str
    title: str
    state: str = Field(examples=["prepared", "approved", "enrolling", "enrolled", "withdrawn"])
    people: int
    villages: int
    rupiah: int
    digest: str
    signature: dict[str, str]
    prepared_on: dt.date
    approved_on: dt.date | None
    enrolled: int
    lapsed: int


class DecreeLineOut(Out):
    """Somebody on a list; the NIK is masked. Whole rupiah."""

    candidate: str
    village_code: int
    number: int
    name: str
    nik: str
    from_month: MonthOut
    to_month: MonthOut
    rupiah: int
    state: str


class DecreeLinesOut(Out):
    """Everybody of a village on a list, or everybody."""

    items: list[DecreeLineOut]


class DecreeLineQuery(In):
    """Of one village, where it is said."""

    village: VillageCode | None = None


class DecreeCardsIn(In):
    """Which village of a list (0: not known), and from which of its people on."""

    village: Annotated[StrictInt, Field(ge=0, le=9_999_999_999, examples=[3515120003])]
    start: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1


class DecreeCardOut(Out):
    """A new card; `token` is what its QR code says, signed, with name and number of the participant and no NIK."""

    number: str
    token: str


class DecreeCardsOut(Out):
    """Cards in the order of the list, at most 500; `next` is where the following ones start."""

    items: list[DecreeCardOut]
    next: int | None


class AnnexQuery(In):
    """How it is wanted."""

    form: Literal["pdf", "xlsx"] = "pdf"


@candidates.get(
    "/programmes/{number}/candidates", Page[CandidateOut], title=N_("Calon penerima"), needs=READS, problems=NOT_FOUND
)
def index(request: HttpRequest, number: ProgrammeNumber, query: QueryParam[CandidateQuery]) -> Any:
    """Candidates in sight, the newest first; names stay with their register."""
    rows = Candidate.objects.filter(programme_id=_programme(number)).order_by("-pk")
    rows = rows if query.state is None else rows.filter(state=query.state)
    rows = rows if query.village is None else rows.filter(village_code=query.village)
    found, following = newest(request, query, rows)
    return {"items": [_told(one) for one in found], "next": following}


def _programme(number: int) -> int:
    try:
        return by_number(number).pk
    except Refused:
        raise unknown() from None


@candidates.get("/candidates/{id}", CandidateWhole, title=N_("Satu calon penerima"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One candidate with every step."""
    return _whole(_found(id))


@candidates.post(
    "/candidates/{id}/telling", CandidateWhole, title=N_("Jelaskan keadaan calon"), needs=VERIFIES, problems=NOT_FOUND
)
def tell(request: HttpRequest, id: Reference, given: CandidateTellingIn) -> Any:
    """What is known of somebody; judged anew at once."""
    told: dict[str, bool | None] = {
        name: getattr(given, name) for name in ("alive", "resident", "works", "is_asn") if name in given.model_fields_set
    }
    one = actions.tell_about(
        candidate_id=_found(id).pk, told=told, nik=given.nik, reason=given.reason, today=timezone.localdate()
    )  # fmt: skip
    return _whole(one)


@candidates.post("/candidates/{id}/refusal", CandidateWhole, title=N_("Tolak calon"), needs=VERIFIES, problems=NOT_FOUND)
def refuse(request: HttpRequest, id: Reference, given: CandidateReasonIn) -> Any:
    """For a reason that they are told."""
    return _whole(actions.refuse(candidate_id=_found(id).pk, reason=given.reason, today=timezone.localdate()))


@candidates.post(
    "/candidates/{id}/proposal", CandidateWhole, title=N_("Ajukan calon kembali"), needs=VERIFIES, problems=NOT_FOUND
)
def propose_again(request: HttpRequest, id: Reference, given: CandidateReasonIn) -> Any:
    """An objection upheld."""
    return _whole(actions.propose_again(candidate_id=_found(id).pk, reason=given.reason, today=timezone.localdate()))


@candidates.post(
    "/candidates/{id}/lapse", SavedOut, title=N_("Hentikan perlindungan penerima"), needs=VERIFIES, problems=NOT_FOUND
)
def lapse(request: HttpRequest, id: Reference, given: CandidateLapseIn) -> Any:
    """Left, moved, died: the money of later months comes back."""
    saved = funding.lapse(
        candidate_id=_found(id).pk, last_month=given.last_month, reason=given.reason, today=timezone.localdate()
    )
    return {"saved_rupiah": saved}


@candidates.post(
    "/programmes/{number}/decrees", DecreeOut, status=201, title=N_("Siapkan lampiran keputusan"), needs=PLANS, problems=NOT_FOUND
)
def prepare(request: HttpRequest, number: ProgrammeNumber, given: DecreeIn, response: HttpResponse) -> Any:
    """Lists everybody funded who stands on none yet."""
    made = decrees.prepare(programme_id=_programme(number), title=given.title, today=timezone.localdate())
    made = decree_by_code(Decree.objects.get(pk=made.pk).code)
    located(response, f"/decrees/{made.code}")
    return _decree(made)


@candidates.get("/decrees/{code}", DecreeOut, title=N_("Satu lampiran keputusan"), needs=READS, problems=NOT_FOUND)
def decree(request: HttpRequest, code: ProgrammeNumber) -> Any:
    """A list as it stands."""
    return _decree(_decree_of(code))


@candidates.get(
    "/decrees/{code}/people", DecreeLinesOut, title=N_("Orang di lampiran keputusan"), needs=PLANS, problems=NOT_FOUND
)
def lines(request: HttpRequest, code: ProgrammeNumber, query: QueryParam[DecreeLineQuery]) -> Any:
    """Who stands on it, by village; that it was looked at is remembered."""
    row = _decree_of(code)
    audit.record("decree.looked", "decree", row.pk, fields=("people",))
    return {
        "items": [
            {
                "candidate": reference("candidate", one.candidate_id), "village_code": one.village_code, "number": one.number,
                "name": one.name, "nik": one.masked, "from_month": one.from_month, "to_month": one.to_month, "rupiah": one.rupiah,
                "state": one.state,
            }
            for one in listed(row, query.village)
        ]
    }  # fmt: skip


@candidates.get(
    "/decrees/{code}/annex", None, title=N_("Berkas lampiran keputusan"), needs=PLANS, problems=NOT_FOUND, gives=ANY_FILE
)
def annex(request: HttpRequest, code: ProgrammeNumber, query: QueryParam[AnnexQuery]) -> Any:
    """PDF with masked NIK, or a workbook with whole ones."""
    row = _decree_of(code)
    made = papers.annex_xlsx(row) if query.form == "xlsx" else papers.annex_pdf(row, timezone.localdate())
    return HttpResponse(
        made, content_type=ANY_FILE, headers={"Content-Disposition": f'attachment; filename="L-{row.code}.{query.form}"'}
    )


@candidates.post(
    "/decrees/{code}/cards", DecreeCardsOut, status=201, title=N_("Terbitkan kartu orang di lampiran keputusan"), needs=PLANS,
    problems=NOT_FOUND,
)  # fmt: skip
def cards(request: HttpRequest, code: ProgrammeNumber, given: DecreeCardsIn) -> Any:
    """Cards for who is enrolled by a list in one village and covered now, as they are handed out at a ceremony."""
    row, today = _decree_of(code), timezone.localdate()
    made = ceremonies.issue(decree=row, village=given.village, skip=given.start - 1, take=CARDS_AT_ONCE, today=today)
    following = given.start + CARDS_AT_ONCE
    more = following <= len(handing.covered_of(row, given.village, today))
    items = [{"number": str(one.serial), "token": one.token} for one in made]
    return {"items": items, "next": following if more else None}


@candidates.post("/decrees/{code}/approval", DecreeOut, title=N_("Setujui lampiran keputusan"), needs=DECIDES, problems=NOT_FOUND)
def approve(request: HttpRequest, code: ProgrammeNumber, given: DecreeApprovalIn) -> Any:
    """Another than who prepared it approves; everybody on it is then enrolled."""
    decrees.approve(decree_id=_decree_of(code).pk, number=given.number, today=timezone.localdate())
    return _decree(_decree_of(code))


@candidates.post("/decrees/{code}/withdrawal", DecreeOut, title=N_("Tarik lampiran keputusan"), needs=PLANS, problems=NOT_FOUND)
def withdraw(request: HttpRequest, code: ProgrammeNumber, given: CandidateReasonIn) -> Any:
    """Before it is approved."""
    decrees.withdraw(decree_id=_decree_of(code).pk, reason=given.reason)
    return _decree(_decree_of(code))


def _found(id: str) -> Candidate:
    found = Candidate.objects.filter(pk=row_of("candidate", id)).first()
    if found is None:
        raise unknown()
    return found


def _told(one: Candidate) -> dict[str, Any]:
    names = ("village_code", "state", "state_on", "reason", "answers", "facts", "points", "from_month", "to_month", "rupiah")
    return {"id": reference("candidate", one.pk), **{name: getattr(one, name) for name in names}}


def _whole(one: Candidate) -> dict[str, Any]:
    one = Candidate.objects.get(pk=one.pk)
    steps = [{"state": step.state, "on": step.on_date, "reason": step.reason} for step in one.steps.all()]
    return {**_told(one), "steps": steps}


def _decree_of(code: int) -> Decree:
    try:
        return decree_by_code(code)
    except Refused:
        raise unknown() from None


def _decree(one: Decree) -> dict[str, Any]:
    names = [name for name in DecreeOut.model_fields if name != "programme"]
    return {"programme": one.programme.number, **{name: getattr(one, name) for name in names}}
