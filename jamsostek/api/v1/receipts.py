"""Receipts by hand, for money that no bank told of: entered with a proof, approved by another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StringConstraints

from jamsostek.access.errors import Refused
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import ANY_FILE, as_file, located, newest, wrong
from jamsostek.api.v1.money import DECIDES, NOT_FOUND, READS, STATES, TAKES, DecisionIn, decided, refusing
from jamsostek.api.v1.shapes import BillCode, Day, In, Line, Out, Page, Query, Reference, text
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import receipts as actions
from jamsostek.collection.queries import payments as queries
from jamsostek.core.regions import UnknownRegion, regency
from jamsostek.core.text import N_
from jamsostek.files.actions import FileGone
from jamsostek.ledger.queries import reference_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Receipt

receipts = Resource("receipts", N_("Catatan tangan"))
RupiahText = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,12}$")]
"""Digits alone: in a form `1.000` would read as one rupiah."""
RegencyText = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}$")]


class ReceiptIn(In):
    """What the proof says."""

    account: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{5,34}$")] = Field(
        description=N_("Nomor rekening yang menerima, satu dari rekening kita.")
    )
    reference: text(64, 1) = Field(description=N_("Nomor referensi bank, persis seperti di bukti transfer."))  # type: ignore[valid-type]
    code: BillCode
    amount_rupiah: RupiahText = Field(description=N_("Rupiah bulat sebagai teks angka."))
    paid_on: Day
    region_code: RegencyText = Field(examples=["3515"], description=N_("Kode Kemendagri kabupaten atau kota kantornya."))
    note: Line = ""


class ReceiptOut(Out):
    """One receipt; with `payment` once it is approved."""

    id: str
    account: str = Field(description=N_("Nama bank dan angka terakhir rekening yang menerima."))
    reference: str
    code: str
    amount_rupiah: int
    paid_on: dt.date
    region_code: int | None
    note: str
    file_name: str
    state: str = Field(examples=STATES)
    decision: str = Field(description=N_("Alasan yang memutuskan."))
    entered_at: dt.datetime
    decided_at: dt.datetime | None
    payment: str | None


TOLD = ("code", "amount_rupiah", "paid_on", "note", "file_name", "decision", "entered_at", "decided_at")


@receipts.get("/receipts", Page[ReceiptOut], title=N_("Pembayaran yang dicatat tangan"), needs=READS)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Those in sight, the newest first."""

    found, following = newest(request, query, queries.receipts())
    return {"items": [_told(one) for one in found], "next": following}


@receipts.post(
    "/receipts", ReceiptOut, status=201, title=N_("Catat pembayaran dengan bukti"), needs=TAKES, body="multipart/form-data"
)  # fmt: skip
def enter(request: HttpRequest, response: HttpResponse, given: Form[ReceiptIn], proof: File[UploadedFile]) -> Any:
    """Keeps what an officer says came, with its proof (PDF, PNG or JPEG, at most 5 MB). Another person decides."""
    sent = given.model_dump(include={"reference", "code", "paid_on", "note"})
    try:
        office = regency(int(given.region_code))
    except UnknownRegion as error:
        raise wrong("region_code", error.message, error.remedy) from None
    made = actions.enter(
        bank=given.account, amount_rupiah=int(given.amount_rupiah), regency_code=office.code,
        proof=proof.read(actions.LARGEST_BYTES + 1), file_name=proof.name or "", today=timezone.localdate(), **sent,
    )  # fmt: skip
    located(response, f"/receipts/{reference('receipt', made.pk)}")
    return _told(queries.receipt(made.pk))


@receipts.get("/receipts/{id}", ReceiptOut, title=N_("Satu catatan tangan"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One receipt."""
    return _told(_found(id))


@receipts.get("/receipts/{id}/proof", None, title=N_("Bukti sebuah catatan"), needs=READS, gives=ANY_FILE, problems=NOT_FOUND)
def proof(request: HttpRequest, id: Reference) -> Any:
    """The proof as it was sent; the look is kept in the trail."""
    try:
        content, ending, _media = actions.proof_of(_found(id))
    except FileGone as error:
        raise unknown(error.message) from None
    return as_file(content, f"bukti.{ending}")


@receipts.post(
    "/receipts/{id}/answer", ReceiptOut, title=N_("Setujui atau tolak catatan tangan"), needs=DECIDES, problems=NOT_FOUND
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: DecisionIn) -> Any:
    """Decides on what somebody else entered; approved, it is a payment like any other."""
    now = timezone.now()
    with refusing():
        actions.decide(
            receipt_id=_found(id).pk, approved=given.approved, decision=given.reason, today=timezone.localdate(now), now=now
        )  # fmt: skip
    return _told(_found(id))


def _found(id: str) -> Receipt:
    try:
        return queries.receipt(row_of("receipt", id))
    except Refused:
        raise unknown() from None


def _told(one: Receipt) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in TOLD},
        "id": reference("receipt", one.pk),
        "account": banks.title_of(one.bank),
        "reference": reference_words(one.reference),
        "region_code": one.regency_code,
        "state": decided(one),
        "payment": reference("payment", one.payment_id) if one.payment_id else None,
    }
