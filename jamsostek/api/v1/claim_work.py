"""Work on claims at an office: served in their order, papers and facts looked at, computed, proposed, decided, taken up again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import row_of
from jamsostek.api.v1 import claim_told as told
from jamsostek.api.v1.claim_shapes import (
    AccountCheckIn,
    AssessmentOut,
    BecauseIn,
    ClaimDecisionIn,
    ClaimDecisionOut,
    ClaimDocumentOut,
    ClaimLine,
    ClaimObjectionOut,
    ClaimSignalsOut,
    ClaimWhole,
    ConfirmedFactsIn,
    FoundFactsIn,
    JudgementIn,
    PaperCheckIn,
    PaperRequestIn,
    PartyOut,
    ProposalIn,
    ServiceQuery,
)
from jamsostek.api.v1.claim_told import NOT_FOUND, claim_of, document_of, party_of, read_by, steps
from jamsostek.api.v1.claims import _whole as whole_of
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import ClaimNumber, Page, Reference
from jamsostek.claims.actions import deciding, objecting, parties, paying, work
from jamsostek.claims.choices import State
from jamsostek.claims.models import Assessment, Claim
from jamsostek.claims.queries import cases, outside, signals
from jamsostek.claims.queries.outside import Sight
from jamsostek.claims.queries.payouts import names_of
from jamsostek.core.text import N_

claim_work = Resource("claim-work", N_("Pekerjaan klaim di kantor"))
WORKS = (Can.ASSESS_CLAIM,)
SEES = (Can.SEE_CLAIMS,)


def worked(number: str) -> Claim:
    """A claim that whoever acts reads whole; a 404 for all others. What they may do to it is the action's to ask."""
    claim = claim_of(number)
    if outside.sight_of(claim) not in (Sight.WORKS, Sight.OWN):
        raise unknown()
    return claim


@claim_work.get("/claim-queue", Page[ClaimLine], title=N_("Antrean klaim menurut urutan layanan"), needs=SEES)
def queue(request: HttpRequest, query: QueryParam[ServiceQuery]) -> Any:
    """Claims that wait for an office, in the order in which they came."""
    whole = cases.queue(state=State.SUBMITTED, kind=query.kind, regency=query.region_code, today=timezone.localdate())

    def rows(after: int, limit: int) -> list[Claim]:
        return list(whole.filter(place__gt=after)[:limit])

    found, following = page(request, query, rows, lambda one: one.place)
    return {"items": told.lines(found), "next": following}


@claim_work.post("/claims/{number}/service", ClaimWhole, title=N_("Mulai kerjakan klaim"), needs=WORKS, problems=NOT_FOUND)
def serve(request: HttpRequest, number: ClaimNumber) -> Any:
    """Begins to work on a claim; that an older one waits is remembered for all to see."""
    with steps():
        return whole_of(work.serve(claim_id=worked(number).pk, today=timezone.localdate()))


@claim_work.post(
    "/claims/{number}/documents/{id}/check", ClaimDocumentOut, title=N_("Terima atau tolak berkas klaim"), needs=WORKS,
    problems=NOT_FOUND,
)  # fmt: skip
def check_document(request: HttpRequest, number: ClaimNumber, id: Reference, given: PaperCheckIn) -> Any:
    """Says that a paper shows what it should, or why it does not."""
    row, now = document_of(worked(number), id), timezone.now()
    with steps():
        row = work.check_document(
            document_id=row.pk, accepted=given.accepted, reason=given.reason, today=timezone.localdate(now), now=now
        )
    return told.document(row)


@claim_work.post("/claims/{number}/found-facts", ClaimWhole, title=N_("Temukan fakta"), needs=WORKS, problems=NOT_FOUND)
def find_facts(request: HttpRequest, number: ClaimNumber, given: FoundFactsIn) -> Any:
    """Keeps what papers or registers show; it holds before what was stated and what our records say."""
    claim = worked(number)
    values = told.values_of(claim, told.specs_of(claim), given.values)
    with steps():
        work.find_facts(claim_id=claim.pk, values=values, note=given.note, today=timezone.localdate())
    return whole_of(claim)


@claim_work.post(
    "/claims/{number}/confirmed-facts", ClaimWhole, title=N_("Nyatakan fakta sesuai berkas"), needs=WORKS, problems=NOT_FOUND
)
def confirm_facts(request: HttpRequest, number: ClaimNumber, given: ConfirmedFactsIn) -> Any:
    """Finds facts as they were stated."""
    claim = worked(number)
    told.values_of(claim, told.specs_of(claim), dict.fromkeys(given.names))
    with steps():
        work.confirm_stated(claim_id=claim.pk, names=given.names, note=given.note, today=timezone.localdate())
    return whole_of(claim)


@claim_work.post("/claims/{number}/paper-requests", ClaimWhole, title=N_("Minta berkas klaim"), needs=WORKS, problems=NOT_FOUND)
def ask_papers(request: HttpRequest, number: ClaimNumber, given: PaperRequestIn) -> Any:
    """Asks for everything that is missing at once; the clock stands till it comes."""
    with steps():
        claim = work.ask_papers(
            claim_id=worked(number).pk, text=given.text, waiting_for=given.waiting_for, today=timezone.localdate()
        )
    return whole_of(claim)


@claim_work.post(
    "/claims/{number}/parties/{id}/account-check",
    PartyOut,
    title=N_("Periksa rekening penerima"),
    needs=WORKS,
    problems=NOT_FOUND,
)
def check_account(request: HttpRequest, number: ClaimNumber, id: Reference, given: AccountCheckIn) -> Any:
    """Says that an account is that person's own, or not; nobody checks one they wrote themself."""
    row = party_of(worked(number), id)
    with steps():
        return told.party(
            parties.check_account(party_id=row.pk, verified=given.verified, note=given.note, today=timezone.localdate())
        )  # fmt: skip


@claim_work.post(
    "/claims/{number}/assessments", AssessmentOut, status=201, title=N_("Hitung klaim dan simpan"), needs=WORKS,
    problems=NOT_FOUND,
)  # fmt: skip
def assess(request: HttpRequest, number: ClaimNumber, given: BecauseIn, response: HttpResponse) -> Any:
    """Keeps what a claim comes to by what is known now; the same again is the same computation."""
    claim = worked(number)
    with steps():
        made = work.assess(claim_id=claim.pk, because=given.reason, today=timezone.localdate())
    located(response, f"/claims/{claim.number}/explanation")
    return _assessment(made)


def _assessment(made: Assessment) -> dict[str, Any]:
    fields = ("number", "outcome", "rupiah", "law_digest", "because", "made_at")
    return {
        **{name: getattr(made, name) for name in fields}, "by": names_of([made.made_by]).get(made.made_by or 0, ""),
        "conditions": [told.condition(one) for one in cases.conditions_of(made)],
        "parts": [told.part(one) for one in cases.parts_of(made)],
    }  # fmt: skip


@claim_work.post(
    "/claims/{number}/proposals", ClaimDecisionOut, status=201, title=N_("Usulkan keputusan klaim"), needs=WORKS,
    problems=NOT_FOUND,
)  # fmt: skip
def propose(request: HttpRequest, number: ClaimNumber, given: ProposalIn, response: HttpResponse) -> Any:
    """Says what should be decided, on a computation of this moment; another person decides."""
    claim = worked(number)
    with steps():
        made = deciding.propose(claim_id=claim.pk, approve=given.approve, reason=given.reason, today=timezone.localdate())
    located(response, f"/claims/{claim.number}")
    return told.decision(made, names_of([made.proposed_by]))


@claim_work.post(
    "/claims/{number}/decision", ClaimDecisionOut, title=N_("Putuskan klaim"), needs=(Can.DECIDE_CLAIM, Can.DECIDE_LARGE_CLAIM),
    problems=NOT_FOUND,
)  # fmt: skip
def decide(request: HttpRequest, number: ClaimNumber, given: ClaimDecisionIn) -> Any:
    """The second person, above the limit a third, agrees or sends it back. What is approved is owed at once."""
    claim = worked(number)
    with steps():
        made = deciding.decide(claim_id=claim.pk, agrees=given.agrees, reason=given.reason, today=timezone.localdate())
    return told.decision(made, names_of([made.proposed_by, made.second_by, made.third_by]))


@claim_work.post("/claims/{number}/reopening", ClaimWhole, title=N_("Buka lagi klaim"), needs=WORKS, problems=NOT_FOUND)
def reopen(request: HttpRequest, number: ClaimNumber, given: BecauseIn) -> Any:
    """Takes up a decided claim again, at its old place, with a fresh clock."""
    with steps():
        return whole_of(deciding.reopen(claim_id=worked(number).pk, because=given.reason, today=timezone.localdate()))


@claim_work.post(
    "/claims/{number}/release", ClaimWhole, title=N_("Lepaskan yang ditahan karena tunggakan"), needs=(Can.DECIDE_CLAIM,),
    problems=NOT_FOUND,
)  # fmt: skip
def release(request: HttpRequest, number: ClaimNumber) -> Any:
    """What was held for arrears becomes due once they are paid."""
    claim = worked(number)
    with steps():
        paying.release(claim_id=claim.pk, today=timezone.localdate())
    return whole_of(claim)


@claim_work.post(
    "/claims/{number}/objections/{id}/judgement", ClaimObjectionOut, title=N_("Putuskan keberatan"), needs=(Can.DECIDE_CLAIM,),
    problems=NOT_FOUND,
)  # fmt: skip
def judge(request: HttpRequest, number: ClaimNumber, id: Reference, given: JudgementIn) -> Any:
    """Says whether an objection is right, by nobody who had a part in the decision; then the claim is taken up again."""
    claim, pk = worked(number), row_of("objection", id)
    if not claim.objections.filter(pk=pk).exists():
        raise unknown()
    with steps():
        return told.objection(
            objecting.judge(objection_id=pk, upheld=given.upheld, reason=given.reason, today=timezone.localdate())
        )  # fmt: skip


@claim_work.get(
    "/claims/{number}/signals", ClaimSignalsOut, title=N_("Yang perlu dilihat pada sebuah klaim"), needs=SEES, problems=NOT_FOUND
)
def look(request: HttpRequest, number: ClaimNumber) -> Any:
    """What a human should look at twice; it decides nothing."""
    claim = read_by(number, Sight.WORKS)
    found = signals.of_claim(claim, timezone.localdate())
    return {"items": [{"sign": one.sign, "values": dict(one.values), "claims": list(one.numbers)} for one in found]}


__all__ = ["claim_work"]
