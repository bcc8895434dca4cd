"""Money out: what is owed by fund, files for the bank prepared by one and approved by another, what the bank answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.claim_shapes import BecauseIn
from jamsostek.api.v1.claim_told import NOT_FOUND, about_file, steps
from jamsostek.api.v1.common import located, newest, page, wrong
from jamsostek.api.v1.shapes import Day, In, MonthOut, Name, Out, Page, Query, Reference, text
from jamsostek.claims.actions import answers as taking
from jamsostek.claims.actions import paying
from jamsostek.claims.choices import BatchState, Sent
from jamsostek.claims.models import Answer, Batch, Debtor, Transfer
from jamsostek.claims.queries import outside
from jamsostek.claims.queries import payouts as queries
from jamsostek.core.text import N_, _
from jamsostek.files.actions import FileGone
from jamsostek.ledger.queries import reference_words

payouts = Resource("payouts", N_("Pembayaran manfaat"))
PAYS = (Can.PAY_CLAIMS,)
SEES = (Can.PAY_CLAIMS, Can.APPROVE_PAYOUT)
XML = "application/xml"
Fund = Literal["jkk", "jkm", "jht", "jp", "jkp", "carrier"]


class OwedOut(Out):
    """So many amounts in one state; whole rupiah after tax."""

    state: str = Field(examples=["due", "held", "batched", "sent", "failed"])
    count: int
    rupiah: int


class OwedFundOut(Out):
    """What a fund owes by where the money stands, beside its cash; whole rupiah. Cash is for who may read the books."""

    fund: str
    states: list[OwedOut]
    cash_rupiah: int | None
    free_rupiah: int | None = Field(description=N_("Kas yang belum dijanjikan kepada berkas pembayaran."))
    left_rupiah: int | None = Field(description=N_("Sisanya bila semua yang jatuh tempo dibayar."))


class UnpaidRollOut(Out):
    """A roll that was posted and that nothing was prepared for."""

    roll: str
    kind: str
    month: MonthOut
    people: int
    rupiah: int
    funds: dict[str, int]


class OwedByFundOut(Out):
    """What is owed by fund, and whole rolls that nothing was prepared for."""

    items: list[OwedFundOut]
    rolls: list[UnpaidRollOut]


class PayoutAccountIn(In):
    """The account a fund pays from; its number is taken in and never told."""

    fund: Fund
    name: Name
    bank: text(60, 1)  # type: ignore[valid-type]
    account: text(34, 5)  # type: ignore[valid-type]


class PayoutAccountOut(Out):
    """An account a fund pays from."""

    fund: str
    name: str
    bank: str
    account: str = Field(examples=["••••2222"])
    set_by: str
    set_at: dt.datetime


class PayoutAccountsOut(Out):
    """The account of each fund."""

    items: list[PayoutAccountOut]


class BatchIn(In):
    """Which fund pays, on which day; a `roll` is paid by itself."""

    fund: Fund
    pay_on: Day
    roll: Reference | None = None


class BatchOut(Out):
    """A file for the bank: `prepared` waits for another person, `exported` is with the bank. Whole rupiah."""

    id: str
    message: str
    fund: str
    roll: str | None
    state: BatchState
    pay_on: dt.date
    count: int
    rupiah: int
    account: str = Field(examples=["BRINIDJA ••••2222"])
    prepared_by: str
    prepared_on: dt.date
    approved_by: str
    approved_at: dt.datetime | None
    exported_at: dt.datetime | None
    reason: str


class BatchOutcomeOut(Out):
    """What the bank said of transfers; `unanswered` where it has said nothing."""

    outcome: str = Field(examples=["unanswered", "taken", "settled", "rejected", "returned"])
    count: int
    rupiah: int


class BatchWhole(BatchOut):
    """With what the bank said."""

    outcomes: list[BatchOutcomeOut]


class LeftOut(Out):
    """Why amounts were left out."""

    why: str = Field(examples=["account", "second_office", "form"])
    text: str
    count: int


class BatchesMade(Out):
    """Batches that were prepared, and how many amounts were left out, by why."""

    batches: list[BatchOut]
    left: list[LeftOut]


class BatchTransferOut(Out):
    """One transfer of a batch; the account by its last digits."""

    number: int
    end_to_end: str
    claim: str
    to: str
    component: str
    title: str
    month: MonthOut
    rupiah: int
    account: str = Field(examples=["BRINIDJA ••••3456"])
    outcome: str
    reason_code: str
    bank_reference: str
    settled_on: dt.date | None
    returned_on: dt.date | None


class AnswerProblemOut(Out):
    """News of the bank that could not be used."""

    what: str = Field(examples=["unread", "unknown", "amount", "impossible"])
    text: str
    reference: str


class BankAnswerOut(Out):
    """A file in which the bank said what became of transfers: counts by what was new."""

    id: str
    kind: str = Field(examples=["pain.002", "camt.054", "camt.053", "csv"])
    file_name: str
    counts: dict[str, int]
    problems_count: int
    taken_by: str
    taken_on: dt.date
    taken_at: dt.datetime


class BankAnswerWhole(BankAnswerOut):
    """With what could not be used."""

    problems: list[AnswerProblemOut]


class BatchQuery(Query):
    """Which batches."""

    state: BatchState | None = None
    fund: Fund | None = None


@payouts.get("/payouts/owed", OwedByFundOut, title=N_("Yang harus dibayar menurut dana"), needs=PAYS)
def owed(request: HttpRequest) -> Any:
    """What each fund owes, by where the money stands; and rolls nothing was prepared for."""
    rolls = [
        {"roll": reference("roll", one.pk), "kind": one.kind, "month": one.month, "people": one.people, "rupiah": one.rupiah,
         "funds": one.trial.get("funds", {})}
        for one in outside.unpaid_rolls()
    ]  # fmt: skip
    return {"items": [_fund(one) for one in queries.funds()], "rolls": rolls}


def _fund(one: queries.Fund) -> dict[str, Any]:
    states = [{"state": state.name.lower(), "count": sums.count, "rupiah": sums.rupiah} for state, sums in one.states.items()]
    return {"states": states, **{name: getattr(one, name) for name in ("fund", "cash_rupiah", "free_rupiah", "left_rupiah")}}


# --- accounts ---------------------------------------------------------------------------------------------------------


@payouts.get("/payout-accounts", PayoutAccountsOut, title=N_("Rekening pembayar setiap dana"), needs=SEES)
def accounts(request: HttpRequest) -> Any:
    """The account each fund pays from now."""
    found = queries.debtors()
    users = queries.names_of(one.set_by for one in found.values())
    return {"items": [_debtor(found[fund], users) for fund in sorted(found)]}


def _debtor(one: Debtor, users: Mapping[int, str]) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("fund", "name", "bank", "set_at")}
    return {**plain, "account": queries.starred(one.account), "set_by": users.get(one.set_by or 0, "")}


@payouts.post("/payout-accounts", PayoutAccountOut, status=201, title=N_("Daftarkan rekening pembayar"), needs=PAYS)
def set_account(request: HttpRequest, given: PayoutAccountIn, response: HttpResponse) -> Any:
    """Names the account a fund pays from; the newest holds for batches that are prepared from now on."""
    with steps():
        made = paying.set_debtor(fund=given.fund, name=given.name, bank=given.bank, account=given.account)
    made.refresh_from_db()
    located(response, "/payout-accounts")
    return _debtor(made, queries.names_of([made.set_by]))


# --- batches ----------------------------------------------------------------------------------------------------------


@payouts.post("/payout-batches", BatchesMade, title=N_("Siapkan pembayaran"), needs=PAYS, problems=NOT_FOUND)
def prepare(request: HttpRequest, given: BatchIn) -> Any:
    """Gathers what a fund owes and can pay. What is in one batch cannot be in another."""
    roll_id = _roll(given.roll) if given.roll else None
    with steps():
        made = paying.prepare(fund=given.fund, pay_on=given.pay_on, today=timezone.localdate(), roll_id=roll_id)
    left = [{"why": why, "text": _(paying.WHY_NOT[why]), "count": count} for why, count in sorted(made.left.items())]
    return {"batches": _told(made.batches), "left": left}


def _roll(id: str) -> int:
    pk = row_of("roll", id)
    if not queries.all_rolls().filter(pk=pk, state="posted").exists():
        raise wrong("roll", _("Daftar ini belum dibukukan atau tidak ada."))
    return pk


@payouts.get("/payout-batches", Page[BatchOut], title=N_("Daftar berkas pembayaran"), needs=SEES)
def index(request: HttpRequest, query: QueryParam[BatchQuery]) -> Any:
    """Files for the bank, the newest first."""
    whole = queries.batches(state=query.state or "", fund=query.fund or "")
    found, following = newest(request, query, whole)
    return {"items": _told(found), "next": following}


@payouts.get("/payout-batches/{id}", BatchWhole, title=N_("Satu berkas pembayaran"), needs=SEES, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One file, and what the bank said of its transfers."""
    return _whole(_batch(id))


@payouts.get(
    "/payout-batches/{id}/transfers",
    Page[BatchTransferOut],
    title=N_("Transfer dalam satu berkas"),
    needs=SEES,
    problems=NOT_FOUND,
)
def transfers(request: HttpRequest, id: Reference, query: QueryParam[Query]) -> Any:
    """Transfers in the order of the file."""
    batch = _batch(id)

    def rows(after: int, limit: int) -> list[Transfer]:
        return list(queries.transfers(batch).filter(number__gt=after)[:limit])

    found, following = page(request, query, rows, lambda one: one.number)
    return {"items": [_transfer(one) for one in queries.sendings(found, "API")], "next": following}


@payouts.get(
    "/payout-batches/{id}/file", None, title=N_("Unduh berkas untuk bank"), needs=PAYS, gives=XML, problems=frozenset({404, 409})
)
def file(request: HttpRequest, id: Reference) -> Any:
    """The order as ISO 20022 pain.001, with names and accounts; who took it is remembered."""
    batch = _batch(id)
    with steps():
        try:
            content, name = paying.file_of(batch_id=batch.pk)
        except FileGone as error:
            raise unknown(error.message) from None
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=XML, headers=headers)


@payouts.post(
    "/payout-batches/{id}/approval", BatchWhole, title=N_("Setujui berkas pembayaran"), needs=(Can.APPROVE_PAYOUT,),
    problems=NOT_FOUND,
)  # fmt: skip
def approve(request: HttpRequest, id: Reference) -> Any:
    """Another person than who prepared it lets it go to the bank; a job makes the file."""
    batch = _batch(id)
    with steps():
        return _whole(paying.approve(batch_id=batch.pk, now=timezone.now()))


@payouts.post(
    "/payout-batches/{id}/cancellation", BatchWhole, title=N_("Batalkan berkas pembayaran"), needs=PAYS, problems=NOT_FOUND
)
def cancel(request: HttpRequest, id: Reference, given: BecauseIn) -> Any:
    """Takes a batch apart before it went to the bank; what was in it is due again."""
    batch = _batch(id)
    with steps():
        return _whole(paying.cancel(batch_id=batch.pk, reason=given.reason))


def _batch(id: str) -> Batch:
    try:
        return queries.batch(row_of("batch", id))
    except Refused:
        raise unknown() from None


def _told(rows: Any) -> list[dict[str, Any]]:
    found = list(rows)
    users = queries.names_of([user for one in found for user in (one.prepared_by, one.approved_by)])
    return [_batch_told(one, users) for one in found]


def _batch_told(one: Batch, users: Mapping[int, str]) -> dict[str, Any]:
    fields = ("fund", "state", "pay_on", "count", "rupiah", "prepared_on", "approved_at", "exported_at", "reason")
    return {
        **{name: getattr(one, name) for name in fields},
        "id": reference("batch", one.pk), "message": one.message_id,
        "roll": reference("roll", one.roll_id) if one.roll_id else None,
        "account": f"{one.debtor_bank} {queries.starred(one.debtor_account)}", "prepared_by": users.get(one.prepared_by, ""),
        "approved_by": users.get(one.approved_by or 0, ""),
    }  # fmt: skip


def _whole(one: Batch) -> dict[str, Any]:
    said = [
        {"outcome": _said(what), "count": sums.count, "rupiah": sums.rupiah} for what, sums in queries.outcomes(one).by.items()
    ]  # fmt: skip
    return {**_told([one])[0], "outcomes": said}


def _said(outcome: Sent | int | None) -> str:
    return "unanswered" if outcome is None else Sent(outcome).name.lower()


def _transfer(told: queries.Sending) -> dict[str, Any]:
    one = told.transfer
    fields = ("number", "month", "rupiah", "reason_code", "settled_on", "returned_on")
    return {
        **{name: getattr(one, name) for name in fields},
        "end_to_end": told.name, "claim": told.claim.number if told.claim is not None else "", "to": one.account_name,
        "component": outside.component_name(one.component), "title": told.title, "account": f"{one.account_bank} {told.account}",
        "outcome": _said(one.outcome), "bank_reference": reference_words(one.bank_reference),
    }  # fmt: skip


# --- what the bank answers --------------------------------------------------------------------------------------------


@payouts.post(
    "/bank-answers", BankAnswerWhole, status=201, title=N_("Kirim jawaban bank"), needs=PAYS, body="multipart/form-data"
)
def answer(request: HttpRequest, response: HttpResponse, file: File[UploadedFile]) -> Any:
    """Takes what the bank said (pain.002, camt.054, camt.053, CSV). The same file again is the same answer."""
    for strange in sorted(request.POST):
        raise wrong(strange[:80], _("Isian ini tidak dikenal."))
    with steps(), about_file():
        made = taking.take(content=file.read(), file_name=file.name or "", today=timezone.localdate())
    located(response, f"/bank-answers/{reference('answer', made.pk)}")
    made.refresh_from_db()
    return _answer_whole(made)


@payouts.get("/bank-answers", Page[BankAnswerOut], title=N_("Daftar jawaban bank"), needs=SEES)
def bank_answers(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """Files of banks, the newest first."""
    found, following = newest(request, query, queries.answers())
    users = queries.names_of([one.taken_by for one in found])
    return {"items": [_answer(one, users) for one in found], "next": following}


@payouts.get("/bank-answers/{id}", BankAnswerWhole, title=N_("Satu jawaban bank"), needs=SEES, problems=NOT_FOUND)
def bank_answer(request: HttpRequest, id: Reference) -> Any:
    """One file, with what could not be used of it."""
    try:
        return _answer_whole(queries.answer(row_of("answer", id)))
    except Refused:
        raise unknown() from None


def _answer(one: Answer, users: Mapping[int, str]) -> dict[str, Any]:
    fields = ("kind", "counts", "taken_on", "taken_at")
    return {
        **{name: getattr(one, name) for name in fields},
        "id": reference("answer", one.pk), "file_name": reference_words(one.file_name), "problems_count": len(one.problems),
        "taken_by": users.get(one.taken_by or 0, ""),
    }  # fmt: skip


def _answer_whole(one: Answer) -> dict[str, Any]:
    return {**_answer(one, queries.names_of([one.taken_by])), "problems": [_problem(told) for told in one.problems]}


def _problem(told: Mapping[str, Any]) -> dict[str, Any]:
    what = str(told["what"])
    words = _(taking.PROBLEMS[what]) if what in taking.PROBLEMS else str(told.get("text", ""))
    return {"what": what, "text": reference_words(words), "reference": reference_words(str(told.get("reference", "")))}
