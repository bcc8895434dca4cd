"""Registers linked with participants, with each other, within themselves; and the pairs that people judge."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located
from jamsostek.api.v1.register_shapes import (
    LinkIn,
    LinkRunOut,
    PairAnswerIn,
    PairAnswerOut,
    PairQuery,
    PairsOut,
    PairWhole,
    RegisterNumber,
    SideOut,
)
from jamsostek.api.v1.registers import BRINGS, NOT_FOUND, own_register
from jamsostek.api.v1.shapes import Reference
from jamsostek.core.text import N_
from jamsostek.outreach.actions import linking
from jamsostek.outreach.models import Run
from jamsostek.outreach.queries import cards, review
from jamsostek.outreach.queries.goodness import goodness

links = Resource("links", N_("Pemadanan daftar"))
REVIEWS = (Can.REVIEW_LINK,)


def _run(id: str) -> Run:
    try:
        return review.run_of(row_of("link-run", id))
    except Refused:
        raise unknown() from None


def _run_told(run: Run) -> dict[str, Any]:
    done = run.state == "done" and run.register.state == "ready"
    precision = goodness(run).precision if done else None
    return {
        "id": reference("link-run", run.pk), "register_number": run.register.number, "against": run.against,
        "other": run.against_register.number if run.against_register else None, "state": run.state, "counts": run.counts,
        "recall": None if run.recall_ppm is None else run.recall_ppm / 1_000_000,
        "precision": None if precision is None else [precision.value, precision.low, precision.high],
        "waiting": review.waiting(run) if done else {}, "error": run.error,
        "made_at": run.made_at, "finished_at": run.finished_at,
    }  # fmt: skip


@links.post("/registers/{number}/links", LinkRunOut, status=202, title=N_("Padankan daftar"), needs=BRINGS, problems=NOT_FOUND)
def start(request: HttpRequest, response: HttpResponse, number: RegisterNumber, given: LinkIn) -> Any:
    """Has a register linked; while such a run waits or works, that is the run."""
    found = own_register(number)
    other = own_register(given.other).pk if given.other is not None else None
    made = linking.ask_for(register_id=found.pk, against=given.against, against_id=other)
    located(response, f"/links/{reference('link-run', made.pk)}")
    return _run_told(review.run_of(made.pk))


@links.get("/links/{id}", LinkRunOut, title=N_("Satu pemadanan"), needs=REVIEWS, problems=NOT_FOUND)
def link_run(request: HttpRequest, id: Reference) -> Any:
    """How far it is, what came of it, how good that is, and what waits for whoever asks."""
    return _run_told(_run(id))


@links.get("/links/{id}/pairs", PairsOut, title=N_("Pasangan yang menunggu"), needs=REVIEWS, problems=NOT_FOUND)
def pairs(request: HttpRequest, id: Reference, query: QueryParam[PairQuery]) -> Any:
    """The next pairs of a queue; answered ones leave it, so that the list is asked for again."""
    run = _run(id)
    found = review.pairs(run, review.Filter(query.queue), query.limit)
    return {"items": [{"person": reference("register-person", one)} for one in found]}


@links.get("/links/{id}/pairs/{person}", PairWhole, title=N_("Satu pasangan"), needs=REVIEWS, problems=NOT_FOUND)
def pair(request: HttpRequest, id: Reference, person: Reference) -> Any:
    """Both records, masked, and what each comparison said; the look is kept in the trail."""
    told = _card(id, person)
    return {
        "person": person, "record": vars_of(told.left), "member": vars_of(told.right) if told.right else None,
        "reasons": told.link.reasons, "weight": told.link.weight if told.seen else None,
        "clues": [{"fact": one.fact, "said": one.said, "bits": one.bits} for one in told.clues],
        "answer": told.mine.answer if told.mine else None,
    }  # fmt: skip


def _card(id: str, person: str) -> cards.Card:
    try:
        return cards.card(_run(id).pk, row_of("register-person", person))
    except Refused:
        raise unknown() from None


def vars_of(one: cards.Record) -> dict[str, Any]:
    """A record as told."""
    return {name: getattr(one, name) for name in SideOut.model_fields}


@links.post(
    "/links/{id}/pairs/{person}/answers", PairAnswerOut, status=200, title=N_("Jawab satu pasangan"), needs=REVIEWS,
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, person: Reference, given: PairAnswerIn) -> Any:
    """Answers, or takes an answer back; the same answer again is that answer."""
    told = _card(id, person)
    kept = linking.answer(
        run_id=told.run.pk, person_id=told.link.person_id, answer=given.answer, reason=given.reason, blind=not told.seen
    )
    return {"answer": kept.answer, "blind": kept.blind}
