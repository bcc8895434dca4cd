"""Money that goes back: asked by one, decided by another, gone. The account's number is taken in and never told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest
from jamsostek.api.v1.money import DECIDES, NOT_FOUND, READS, TAKES, DecisionIn, decided, payment_of, refusing
from jamsostek.api.v1.shapes import Day, In, Out, Page, Query, Reason, Reference, Rupiah, text
from jamsostek.collection.actions.payments import refunds as actions
from jamsostek.collection.queries import payments as queries
from jamsostek.core.text import N_
from jamsostek.ledger.queries import reference_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Refund

refunds = Resource("refunds", N_("Pengembalian"))


class RefundIn(In):
    """How much, to whom, and why."""

    amount_rupiah: Rupiah
    account_bank: text(60, 1)  # type: ignore[valid-type]
    account_name: text(120, 1) = Field(description=N_("Seperti di buku rekening."))  # type: ignore[valid-type]
    account_number: text(34, 1) = Field(description=N_("Disimpan tersandi, dan tidak disebut lagi."))  # type: ignore[valid-type]
    reason: Reason


class RefundOut(Out):
    """One refund: waiting, approved or refused, then paid."""

    id: str
    payment: str
    amount_rupiah: int
    account_bank: str
    account_name: str
    reason: str
    state: str = Field(examples=["waiting", "approved", "refused", "paid"])
    decision: str = Field(description=N_("Alasan yang memutuskan."))
    mark: str | None = Field(
        description=N_("Ditulis di berita transfernya, selama belum keluar: rekening koran lalu mengenalinya.")
    )
    asked_at: dt.datetime
    decided_at: dt.datetime | None
    paid_on: dt.date | None
    paid_reference: str


class RefundQuery(Query):
    """Of one payment, or all in sight."""

    payment: Reference | None = None


class PayoutIn(In):
    """The day it left the account, and the bank's reference."""

    paid_on: Day
    reference: text(64, 1)  # type: ignore[valid-type]


TOLD = ("amount_rupiah", "account_bank", "account_name", "reason", "decision", "asked_at", "decided_at", "paid_on")


def refund_told(one: Refund) -> dict[str, Any]:
    """A refund without the account's number."""
    state = "paid" if one.paid_on is not None else decided(one)
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("refund", one.pk),
        "payment": reference("payment", one.payment_id),
        "state": state,
        "mark": actions.mark_of(one.pk) if state == "approved" else None,
        "paid_reference": reference_words(one.paid_reference.rpartition(":")[2]),
    }


@refunds.get("/refunds", Page[RefundOut], title=N_("Pengembalian yang diminta"), needs=READS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[RefundQuery]) -> Any:
    """Those in sight, the newest first."""
    whole = queries.refunds(payment_of(query.payment).payment.pk if query.payment else None)

    found, following = newest(request, query, whole)
    return {"items": [refund_told(one) for one in found], "next": following}


@refunds.get("/refunds/{id}", RefundOut, title=N_("Satu pengembalian"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One refund."""
    return refund_told(_found(id))


@refunds.post(
    "/payments/{id}/refunds", RefundOut, status=201, title=N_("Minta pengembalian"), needs=TAKES, problems=NOT_FOUND
)  # fmt: skip
def ask(request: HttpRequest, id: Reference, given: RefundIn, response: HttpResponse) -> Any:
    """Asks for free money of a payment to go back. Another person decides."""
    payment = payment_of(id).payment
    sent = given.model_dump(exclude={"reason"})
    with refusing():
        made = actions.ask(payment_id=payment.pk, why=given.reason, **sent)
    located(response, f"/refunds/{reference('refund', made.pk)}")
    return refund_told(queries.refund(made.pk))


@refunds.post(
    "/refunds/{id}/answer", RefundOut, title=N_("Setujui atau tolak pengembalian"), needs=DECIDES, problems=NOT_FOUND
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: DecisionIn) -> Any:
    """Decides on what somebody else asked; approved money is set aside to be paid out."""
    now = timezone.now()
    with refusing():
        actions.decide(
            refund_id=_found(id).pk, approved=given.approved, decision=given.reason, today=timezone.localdate(now), now=now
        )  # fmt: skip
    return refund_told(_found(id))


@refunds.post(
    "/refunds/{id}/payout", RefundOut, title=N_("Catat pengembalian sudah keluar"), needs=TAKES, problems=NOT_FOUND
)  # fmt: skip
def pay_out(request: HttpRequest, id: Reference, given: PayoutIn) -> Any:
    """Says that an approved refund has left the account; a bank statement with its mark says so by itself."""
    with refusing():
        actions.paid(refund_id=_found(id).pk, paid_on=given.paid_on, reference=given.reference, today=timezone.localdate())
    return refund_told(_found(id))


def _found(id: str) -> Refund:
    try:
        return queries.refund(row_of("refund", id))
    except Refused:
        raise unknown() from None
