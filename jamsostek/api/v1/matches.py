"""Whose money is that came without a known code: said by one, confirmed by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest
from jamsostek.api.v1.money import DECIDES, NOT_FOUND, READS, STATES, TAKES, DecisionIn, decided, payer_kind, payment_of, refusing
from jamsostek.api.v1.shapes import BillCode, In, Out, Page, Query, Reason, Reference, Rupiah
from jamsostek.collection.actions.payments import matching as actions
from jamsostek.collection.queries import payments as queries
from jamsostek.core.text import N_

if TYPE_CHECKING:
    from jamsostek.collection.models import Match

matches = Resource("payment-matches", N_("Pemilik uang"))


class MatchIn(In):
    """The code of a bill of whoever paid, and what shows it."""

    code: BillCode = Field(description=N_("Kode bayar salah satu tagihan pembayarnya."))
    amount_rupiah: Rupiah | None = Field(
        None, description=N_("Kosong bila seluruhnya. Sebuah bagian harus habis untuk tagihan pembayar itu.")
    )
    reason: Reason = Field(description=N_("Bukti yang dilihat."))


class MatchOut(Out):
    """One proposal; `name` is empty for a payer out of sight."""

    id: str
    payment: str
    amount_rupiah: int
    whole: bool = Field(description=N_("Seluruh uang yang masih bebas."))
    payer: str = Field(examples=["employer", "sponsor", "person", "project", "placement", "state"])
    name: str
    reason: str
    state: str = Field(examples=STATES)
    decision: str = Field(description=N_("Alasan yang memutuskan."))
    asked_at: dt.datetime
    decided_at: dt.datetime | None


class MatchQuery(Query):
    """Of one payment, or all in sight; all, or those that wait for somebody."""

    payment: Reference | None = None
    waiting: bool = Field(False, description=N_("Hanya yang menunggu keputusan."))


TOLD = ("amount_rupiah", "whole", "reason", "decision", "asked_at", "decided_at")


def matches_told(rows: Sequence[Match]) -> list[dict[str, Any]]:
    """Proposals with their payers; the look at people is kept in the trail."""
    audit.looked({one.participant_id for one in rows if one.participant_id}, ("name", "payment"), "API")
    return [
        {
            **{name: getattr(one, name) for name in TOLD},
            "id": reference("match", one.pk),
            "payment": reference("payment", one.payment_id),
            "payer": payer_kind(one.payer_kind),
            "name": queries.payer_words(one.payer_kind, one.payer_id),
            "state": decided(one),
        }
        for one in rows
    ]


@matches.get("/payment-matches", Page[MatchOut], title=N_("Usulan pemilik uang"), needs=READS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[MatchQuery]) -> Any:
    """Those in sight, the newest first."""
    payment = payment_of(query.payment).payment.pk if query.payment else None
    whole = queries.matches(payment, undecided=query.waiting)

    found, following = newest(request, query, whole)
    return {"items": matches_told(found), "next": following}


@matches.get("/payment-matches/{id}", MatchOut, title=N_("Satu usulan pemilik uang"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One proposal."""
    return matches_told([_found(id)])[0]


@matches.post(
    "/payments/{id}/matches", MatchOut, status=201, title=N_("Usulkan pemilik uang"), needs=TAKES, problems=NOT_FOUND
)  # fmt: skip
def propose(request: HttpRequest, id: Reference, given: MatchIn, response: HttpResponse) -> Any:
    """Says whose money that is, by the code of a bill of theirs. Another person decides."""
    payment = payment_of(id).payment
    with refusing():
        made = actions.propose(payment_id=payment.pk, code=given.code, amount_rupiah=given.amount_rupiah, why=given.reason)
    located(response, f"/payment-matches/{reference('match', made.pk)}")
    return matches_told([queries.match(made.pk)])[0]


@matches.post(
    "/payment-matches/{id}/answer", MatchOut, title=N_("Setujui atau tolak usulan pemilik uang"), needs=DECIDES,
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: DecisionIn) -> Any:
    """Decides on what somebody else proposed; confirmed money pays the payer's bills at once."""
    now = timezone.now()
    with refusing():
        actions.decide(
            match_id=_found(id).pk, approved=given.approved, decision=given.reason, today=timezone.localdate(now), now=now
        )  # fmt: skip
    return matches_told([_found(id)])[0]


def _found(id: str) -> Match:
    try:
        return queries.match(row_of("match", id))
    except Refused:
        raise unknown() from None
