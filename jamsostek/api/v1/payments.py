"""Payments told by banks: the webhook of a virtual account, signed (Standard Webhooks), replayed as often as the bank likes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from pydantic import Field

from jamsostek.access.roles import PUBLIC
from jamsostek.access.scope import acting, system_scope
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, Wrong
from jamsostek.api.references import reference
from jamsostek.api.v1.shapes import Out
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import Notice, PaidDifferently, State, Told, receive
from jamsostek.collection.choices import Channel
from jamsostek.collection.queries import payments as queries
from jamsostek.core.text import N_, _
from jamsostek.messages.bank.notification import LARGEST_BYTES, Notification, read_notification
from jamsostek.messages.bank.signature import SignatureError

payments = Resource("payments", N_("Pembayaran"))


class PaymentData(Out):
    """A payment into a virtual account."""

    bank: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._\-]{0,39}$", examples=["Bank Contoh"])
    account: str = Field(pattern=r"^[0-9A-Z]{5,34}$")
    reference: str = Field(pattern=r"^[!-~]{1,64}$", description=N_("Rujukan bank, sama dengan di rekening korannya."))
    payment_code: str = Field(pattern=r"^[1-9][0-9]{14}$")
    amount: str = Field(pattern=r"^[1-9][0-9]{0,15}$", description=N_("Rupiah bulat sebagai teks angka."))
    currency: str = Field(pattern=r"^IDR$")
    paid_at: dt.datetime


class PaymentNotice(Out):
    """The body of the webhook."""

    type: str = Field(pattern=r"^va\.payment$")
    data: PaymentData


class PaymentOut(Out):
    """What became of a payment; the same however often it is told."""

    id: str
    state: State
    amount_rupiah: int
    used_rupiah: int
    free_rupiah: int
    again: bool = Field(description=N_("Sudah pernah diberitahukan."))


@payments.post(
    "/payments/notifications", PaymentOut, title=N_("Pemberitahuan pembayaran dari bank"), needs=PUBLIC, writes=False,
    signed=True, sends=PaymentNotice, problems=frozenset({409}),
)  # fmt: skip
def notify(request: HttpRequest) -> Any:
    """A bank tells that somebody paid. Answered with 2xx only when it is kept; told again it is answered the same."""
    now = timezone.now()
    if len(request.body) > LARGEST_BYTES:
        raise Problem(413, _("Isi pemberitahuan lebih dari {size} byte.").format(size=LARGEST_BYTES))
    account = _sender(request, now)
    sent = read_notification(request.body)
    if sent.account != account.number:
        wrong = Wrong("account", _("Bukan rekening bank yang menandatanganinya."))
        raise Problem(422, _("Pemberitahuan ini untuk rekening lain."), errors=(wrong,))
    with acting(system_scope(account.title)):
        found = _receive(sent, timezone.localdate(now))
        told = queries.answer(found.payment_id)
    return {
        "id": reference("payment", found.payment_id), "state": told.state, "amount_rupiah": told.amount_rupiah,
        "used_rupiah": told.used_rupiah, "free_rupiah": told.free_rupiah, "again": found.again,
    }  # fmt: skip


def _sender(request: HttpRequest, now: dt.datetime) -> banks.Account:
    try:
        return banks.sender(request.headers, request.body, now)[0]
    except SignatureError as error:
        raise Problem(
            401, error.message, error.remedy, errors=(Wrong(error.field or "webhook-signature", error.message),),
            headers={"WWW-Authenticate": "Signature"},
        ) from None  # fmt: skip


def _receive(told: Notification, today: dt.date) -> Told:
    notice = Notice(told.account, told.reference, told.payment_code, told.amount_rupiah, told.paid_at, Channel.WEBHOOK)
    try:
        return receive(notice, today=today)
    except PaidDifferently as error:
        raise Problem(409, error.message, error.remedy) from None
