"""Rights that go on: pensions, scholarships, months of JKP; proven again and again, ended, and what was paid beyond them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.claim_shapes import Said, Words
from jamsostek.api.v1.claim_told import NOT_FOUND, about_file, claim_of, steps
from jamsostek.api.v1.common import ANY_FILE, as_file, located, newest
from jamsostek.api.v1.shapes import ClaimNumber, In, Month, MonthOut, Out, Page, Query, Reference, Rupiah, text
from jamsostek.claims.actions import proof_papers
from jamsostek.claims.actions import rights as actions
from jamsostek.claims.choices import Component
from jamsostek.claims.models import Benefit, Overpaid, Proof
from jamsostek.claims.queries import evidence, outside
from jamsostek.claims.queries import rights as queries
from jamsostek.core.months import month_of
from jamsostek.core.text import N_
from jamsostek.files.actions import FileGone
from jamsostek.ledger.queries import number_words

rights = Resource("rights", N_("Hak yang berjalan"))
READS = (Can.FILE_CLAIM, Can.SEE_CLAIMS)
RightState = Literal["active", "suspended", "ended"]
SchoolLevel = Literal["kindergarten", "primary", "junior", "senior", "higher"]
OF_PROOF = ("level", "working", "married", "applications", "interviews", "attendance_ppm", "working_again", "note", "days")


class RightQuery(Query):
    """Which rights; `unproven` keeps those whose proof does not reach this month."""

    state: RightState | None = None
    kind: Literal["pension", "scholarship", "incapacity", "jkp"] | None = None
    claim: ClaimNumber | None = None
    unproven: bool = False


class RightOut(Out):
    """A right of one; whole rupiah of a month (a scholarship's come with proofs). `proof` is what is asked again and again."""

    id: str
    claim: str
    name: str
    component: str
    title: str
    fund: str
    rupiah: int
    from_month: MonthOut
    last_month: MonthOut | None
    state: RightState
    because: str
    proof: str = Field(examples=["alive", "school", "activity", "unfit"])
    proof_until: MonthOut | None


class RightChangeOut(Out):
    """What became of a right."""

    kind: str = Field(examples=["begun", "indexed", "suspended", "resumed", "ended", "corrected"])
    from_month: MonthOut
    was_rupiah: int
    rupiah: int
    because: str
    at: dt.datetime


class ProofPaperOut(Out):
    """A letter or photo of a proof, as it is kept."""

    id: str
    media: str = Field(examples=["image/jpeg", "application/pdf"])
    bytes: int
    pages: int
    given_at: dt.datetime


class RightProofOut(Out):
    """A proof; `accepted` is null till an officer has judged it, `rupiah` what it brings."""

    id: str
    kind: str
    month: MonthOut
    rupiah: int | None
    told: dict[str, Any]
    given_on: dt.date
    accepted: bool | None
    accepted_on: dt.date | None
    reason: str
    papers: list[ProofPaperOut]


class RightWhole(RightOut):
    """With what became of it, and its proofs."""

    changes: list[RightChangeOut]
    proofs: list[RightProofOut]


class RightProofIn(In):
    """That a right goes on in a month: alive, at school, looking for work, unfit for it. Only what fits the right is kept."""

    month: Month
    level: SchoolLevel | None = None
    working: StrictBool | None = None
    married: StrictBool | None = None
    applications: StrictInt | None = Field(None, ge=0, le=1_000)
    interviews: StrictInt | None = Field(None, ge=0, le=1_000)
    attendance_ppm: StrictInt | None = Field(None, ge=0, le=1_000_000)
    working_again: StrictBool | None = None
    days: StrictInt | None = Field(None, ge=0, le=31)
    note: text(500) = ""  # type: ignore[valid-type]


class ProofJudgementIn(In):
    """Whether a proof shows what it should; a no says why."""

    accepted: StrictBool
    reason: Said = ""


class RightEndingIn(In):
    """The last month of a right, and why it ends."""

    last_month: Month
    reason: Words


class RightFollowingIn(In):
    """Which children go on with a widow's or widower's pension that ended."""

    children: list[Reference] = Field(min_length=1, max_length=10)


class OverpaidQuery(Query):
    """Which overpayments."""

    open_only: bool = Field(False, description=N_("Hanya yang belum kembali seluruhnya."))


class OverpaidOut(Out):
    """What was paid and not owed; whole rupiah, and what came back. `group` is its number in the books."""

    id: str
    claim: str
    name: str
    right: str | None
    fund: str
    rupiah: int
    recovered_rupiah: int
    because: str
    made_on: dt.date
    group: str


class RecoveryIn(In):
    """Money that came back, and what the bank calls it; the same reference again changes nothing in the books."""

    rupiah: Rupiah
    reference: text(60, 3)  # type: ignore[valid-type]


@rights.get("/rights", Page[RightOut], title=N_("Daftar hak yang berjalan"), needs=READS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[RightQuery]) -> Any:
    """Rights that are yours to read, the newest first."""
    whole = outside.benefits(
        state=query.state or "", kind=query.kind or "", claim_id=claim_of(query.claim).pk if query.claim else None,
        unproven_in=month_of(timezone.localdate()) if query.unproven else None,
    )  # fmt: skip
    found, following = newest(request, query, whole)
    queries.looked(found, reason="API")
    return {"items": [_told(one) for one in found], "next": following}


@rights.get("/rights/{id}", RightWhole, title=N_("Satu hak yang berjalan"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One right, with its proofs and what became of it."""
    one = _found(id)
    queries.looked([one], reason="API")
    return _whole(one)


@rights.post(
    "/rights/{id}/proofs", RightProofOut, status=201, title=N_("Beri bukti hak"), needs=(Can.FILE_CLAIM, Can.ASSESS_CLAIM),
    problems=NOT_FOUND,
)  # fmt: skip
def prove(request: HttpRequest, id: Reference, given: RightProofIn, response: HttpResponse) -> Any:
    """Says that a right goes on. A proof of life that an officer saw is accepted at once; all others are judged."""
    one = _found(id)
    data = {name: getattr(given, name) for name in OF_PROOF if getattr(given, name) not in (None, "")}
    with steps():
        made = actions.give_proof(benefit_id=one.pk, month=given.month, data=data, today=timezone.localdate())
    located(response, f"/rights/{id}")
    return _proof(made)


@rights.post(
    "/proofs/{id}/judgement", RightProofOut, title=N_("Terima atau tolak bukti hak"), needs=(Can.ASSESS_CLAIM,),
    problems=NOT_FOUND,
)  # fmt: skip
def judge(request: HttpRequest, id: Reference, given: ProofJudgementIn) -> Any:
    """Says whether a proof shows what it should; what it brings is the law's."""
    found = _proof_of(id)
    with steps():
        return _proof(
            actions.judge_proof(proof_id=found.pk, accepted=given.accepted, reason=given.reason, today=timezone.localdate())
        )  # fmt: skip


@rights.post(
    "/proofs/{id}/papers", RightProofOut, status=201, title=N_("Kirim berkas bukti hak"), body="multipart/form-data",
    needs=(Can.FILE_CLAIM, Can.ASSESS_CLAIM), problems=NOT_FOUND,
)  # fmt: skip
def add_paper(request: HttpRequest, id: Reference, file: File[UploadedFile], response: HttpResponse) -> Any:
    """A letter or photo for a proof nobody has judged, made anew without where and by what it was taken."""
    found = _proof_of(id)
    with steps(), about_file():
        made = proof_papers.add(proof_id=found.pk, content=file.read(), file_name=(file.name or "")[-60:])
    located(response, f"/proofs/{id}/papers/{reference('proof_paper', made.pk)}/file")
    return _proof(found)


@rights.get(
    "/proofs/{id}/papers/{paper_id}/file",
    None,
    title=N_("Unduh berkas bukti hak"),
    needs=READS,
    gives=ANY_FILE,
    problems=NOT_FOUND,
)
def paper_file(request: HttpRequest, id: Reference, paper_id: Reference) -> Any:
    """A letter or photo as it is kept; the look is remembered."""
    try:
        content, media = evidence.proof_content(_proof_of(id).pk, row_of("proof_paper", paper_id))
    except Refused:
        raise unknown() from None
    except FileGone as error:
        raise unknown(error.message) from None
    name = f"bukti.{'pdf' if media == 'application/pdf' else 'jpg'}"
    return as_file(content, name)


def _proof_of(id: str) -> Proof:
    """One in sight, of a right that is the caller's to read."""
    found = Proof.objects.filter(pk=row_of("proof", id), benefit__in=outside.benefits()).first()
    if found is None:
        raise unknown()
    return found


@rights.post("/rights/{id}/ending", RightWhole, title=N_("Akhiri hak"), needs=(Can.ASSESS_CLAIM,), problems=NOT_FOUND)
def end(request: HttpRequest, id: Reference, given: RightEndingIn) -> Any:
    """Ends a right with a month; what was paid beyond it is asked back."""
    one = _found(id)
    with steps():
        actions.end(benefit_id=one.pk, last_month=given.last_month, because=given.reason, today=timezone.localdate())
    return _whole(_found(id))


@rights.post(
    "/rights/{id}/succession", RightWhole, title=N_("Teruskan kepada anak"), needs=(Can.DECIDE_CLAIM,), problems=NOT_FOUND
)
def follow(request: HttpRequest, id: Reference, given: RightFollowingIn) -> Any:
    """Children go on with their share of what ended; not said by who ended it. The same again changes nothing."""
    one = _found(id)
    with steps():
        ids = [row_of("party", child) for child in given.children]
        actions.succeed(benefit_id=one.pk, party_ids=ids, today=timezone.localdate())
    return _whole(_found(id))


@rights.get("/overpayments", Page[OverpaidOut], title=N_("Kelebihan bayar"), needs=(Can.PAY_CLAIMS, Can.SEE_CLAIMS))
def overpayments(request: HttpRequest, query: QueryParam[OverpaidQuery]) -> Any:
    """What was paid and not owed, in sight, the newest first."""
    found, following = newest(request, query, queries.overpayments(unsettled=query.open_only))
    audit.looked([one.claim.participant_id for one in found], ("name", "claim"), "API")
    return {"items": [_overpaid(one) for one in found], "next": following}


@rights.post(
    "/overpayments/{id}/recoveries", OverpaidOut, title=N_("Catat kelebihan bayar yang kembali"), needs=(Can.PAY_CLAIMS,),
    problems=NOT_FOUND,
)  # fmt: skip
def recover(request: HttpRequest, id: Reference, given: RecoveryIn) -> Any:
    """Books money that came back; never more than is owed."""
    try:
        found = queries.overpayment(row_of("overpaid", id))
    except Refused:
        raise unknown() from None
    with steps():
        actions.recovered(overpaid_id=found.pk, rupiah=given.rupiah, reference=given.reference, today=timezone.localdate())
    return _overpaid(queries.overpayment(found.pk))


def _found(id: str) -> Benefit:
    found = outside.benefits().filter(pk=row_of("right", id)).first()
    if found is None:
        raise unknown()
    return found


def _told(one: Benefit) -> dict[str, Any]:
    fields = ("fund", "rupiah", "from_month", "last_month", "state", "because", "proof_until")
    return {
        **{name: getattr(one, name) for name in fields},
        "id": reference("right", one.pk), "claim": one.claim.number, "name": one.party.name,
        "component": outside.component_name(one.component), "title": queries.title(one),
        "proof": actions.KIND_OF.get(Component(one.component), ""),
    }  # fmt: skip


def _whole(one: Benefit) -> dict[str, Any]:
    names = ("kind", "from_month", "was_rupiah", "rupiah", "because", "at")
    changes = [{name: getattr(row, name) for name in names} for row in one.changes.order_by("id")]
    return {
        **_told(one),
        "changes": changes,
        "proofs": [_proof(row) for row in one.proofs.prefetch_related("papers").order_by("id")],
    }


def _proof(one: Proof) -> dict[str, Any]:
    names = ("kind", "month", "rupiah", "given_on", "accepted", "accepted_on", "reason")
    papers = [
        {"id": reference("proof_paper", row.pk), **{name: getattr(row, name) for name in ("media", "bytes", "pages", "given_at")}}
        for row in one.papers.all()
    ]  # fmt: skip
    return {**{name: getattr(one, name) for name in names}, "id": reference("proof", one.pk), "told": one.data, "papers": papers}


def _overpaid(one: Overpaid) -> dict[str, Any]:
    names = ("fund", "rupiah", "recovered_rupiah", "because", "made_on")
    return {
        **{name: getattr(one, name) for name in names},
        "id": reference("overpaid", one.pk), "claim": one.claim.number, "name": one.party.name,
        "right": reference("right", one.benefit_id) if one.benefit_id else None, "group": number_words(one.group_id),
    }  # fmt: skip
