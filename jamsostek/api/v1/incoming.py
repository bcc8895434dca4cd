"""Money that came, as offices see it: the list, one payment with what it paid, and what the bank took back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access import audit
from jamsostek.api.references import reference
from jamsostek.api.v1.common import employer_of, page, person_of, sponsor_of
from jamsostek.api.v1.matches import MatchOut, matches_told
from jamsostek.api.v1.money import DECIDES, NOT_FOUND, READS, code_words, payer_kind, payment_of, refusing
from jamsostek.api.v1.payments import payments
from jamsostek.api.v1.refunds import RefundOut, refund_told
from jamsostek.api.v1.shapes import BillCode, In, Kpj, Npp, Out, Page, Query, Reason, Reference, SponsorNumber, text
from jamsostek.collection import banks
from jamsostek.collection.actions.payments import State, bounce
from jamsostek.collection.choices import Channel
from jamsostek.collection.queries import payments as queries
from jamsostek.collection.queries.payments import Paid
from jamsostek.core.text import N_
from jamsostek.ledger.queries import number_words, reference_words
from jamsostek.messages.bank.problems import short

if TYPE_CHECKING:
    from jamsostek.collection.models import Payment

MOST_FOUND = 100


class IncomingQuery(Query):
    """Which payments: all in sight when nothing is said."""

    state: Literal["free", "unknown", "returned"] | None = Field(
        None,
        description=N_(
            "free: uang pembayar yang dikenal dan masih bebas; unknown: pemiliknya belum dikenal; returned: ditarik bank."
        ),
    )
    channel: Literal["webhook", "statement", "manual"] | None = None
    code: BillCode | None = Field(None, description=N_("Kode bayar yang tertulis, atau tagihan yang dibayar."))
    employer: Npp | None = None
    sponsor: SponsorNumber | None = None
    kpj: Kpj | None = None


class IncomingSearchIn(In):
    """A payment code, a bank's reference or the number of a receipt, exactly as written."""

    text: text(64, 1)  # type: ignore[valid-type]


class IncomingOut(Out):
    """A payment and how far it is used; whole rupiah. The bank's reference has its long numbers in groups of three."""

    id: str
    number: str = Field(description=N_("Nomor kwitansi."), examples=["3f9a12cd-77b0e1f4"])
    paid_at: dt.datetime
    recorded_at: dt.datetime
    account: str = Field(description=N_("Nama bank dan angka terakhir rekening yang menerima."))
    reference: str
    code: str = Field(description=N_("Kode bayar yang tertulis."))
    channel: str = Field(examples=["webhook", "statement", "manual"])
    state: State
    amount_rupiah: int
    used_rupiah: int
    free_rupiah: int
    refunded_rupiah: int


class IncomingFound(Out):
    """What was found, the newest first; `more` where there is more than is told."""

    items: list[IncomingOut]
    more: bool


class UseOut(Out):
    """What a bill took of a payment, by part; whole rupiah, negative where a correction gave it free again."""

    code: str
    parts: dict[str, int] = Field(examples=[{"jkk": 12_000, "jkm": 6_800, "fine_jp": 0}])
    total_rupiah: int
    booked_on: dt.date


class ReturnedOut(Out):
    """Why and when the bank took it back."""

    on: dt.date
    reason: str


class IncomingWhole(IncomingOut):
    """With its payer, the bills that took of it, what was asked to be done with it, and its groups of the books."""

    payer: str | None = Field(examples=["employer", "sponsor", "person", "project", "placement", "state"])
    name: str = Field(description=N_("Nama pembayarnya; kosong bila belum dikenal atau di luar wilayah."))
    text: str = Field(description=N_("Yang tertulis di rekening koran, bila pemiliknya belum dikenal."))
    uses: list[UseOut]
    matches: list[MatchOut]
    refunds: list[RefundOut]
    returned: ReturnedOut | None
    groups: list[str]


class BounceIn(In):
    """The bank's reason."""

    reason: Reason = Field(description=N_("Seperti tertulis di rekening koran atau surat bank."))


@payments.get("/payments", Page[IncomingOut], title=N_("Uang masuk"), needs=READS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[IncomingQuery]) -> Any:
    """Payments in sight, the newest first. What waits for somebody: `state=unknown` and `state=free`."""
    whole = _asked(query)

    def rows(after: list[Any] | None, limit: int) -> list[Payment]:
        return list((whole if after is None else whole.filter(_following(*after)))[:limit])

    found, following = page(request, query, rows, lambda one: [one.recorded_at.isoformat(), one.pk], first=None)
    return {"items": _listed(found), "next": following}


def _asked(query: IncomingQuery) -> QuerySet[Payment]:
    channel = Channel[query.channel.upper()] if query.channel else None
    found = queries.listed(asked=query.code or "", state=query.state or "", channel=channel)
    whose = {
        "employer_id": employer_of(query.employer).pk if query.employer else None,
        "sponsor_id": sponsor_of(query.sponsor).pk if query.sponsor else None,
        "participant_id": person_of(query.kpj).pk if query.kpj else None,
    }
    if not any(whose.values()):
        return found
    return found.filter(pk__in=queries.of_payer(**whose).values("pk"))


def _following(recorded_at: str, pk: int) -> Q:
    """What comes after a payment in the order of `listed`."""
    return Q(recorded_at__lt=recorded_at) | Q(recorded_at=recorded_at, pk__gt=pk)


@payments.post("/payments/search", IncomingFound, title=N_("Cari pembayaran"), needs=READS, writes=False)
def search(request: HttpRequest, asked: IncomingSearchIn) -> Any:
    """Payments that carry it, and those that paid the bill of the code."""
    found = list(queries.listed(asked=asked.text)[: MOST_FOUND + 1])
    return {"items": _listed(found[:MOST_FOUND]), "more": len(found) > MOST_FOUND}


@payments.get("/payments/{id}", IncomingWhole, title=N_("Satu pembayaran"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """One payment with all that became of it; bills out of sight are left out."""
    return _whole(payment_of(id))


@payments.post(
    "/payments/{id}/bounce", IncomingWhole, title=N_("Ditarik kembali oleh bank"), needs=DECIDES, problems=NOT_FOUND
)  # fmt: skip
def take_back(request: HttpRequest, id: Reference, given: BounceIn) -> Any:
    """The bank took it back: what it paid is owed again, and what members got of it goes."""
    payment = payment_of(id).payment
    with refusing():
        bounce(payment_id=payment.pk, why=given.reason, today=timezone.localdate())
    return _whole(payment_of(id))


def _listed(rows: Sequence[Payment]) -> list[dict[str, Any]]:
    return [_told(one) for one in queries.standings(rows)]


def _told(paid: Paid) -> dict[str, Any]:
    payment = paid.payment
    return {
        "id": reference("payment", payment.pk),
        "number": paid.name,
        "account": banks.title_of(payment.bank),
        "reference": reference_words(payment.reference),
        "code": code_words(payment.code),
        "channel": Channel(payment.channel).name.lower(),
        **{name: getattr(payment, name) for name in ("paid_at", "recorded_at", "amount_rupiah")},
        **{name: getattr(paid, name) for name in ("state", "used_rupiah", "free_rupiah", "refunded_rupiah")},
    }


def _whole(paid: Paid) -> dict[str, Any]:
    payment = paid.payment
    if payment.participant_id is not None:
        audit.looked([payment.participant_id], ("name", "payment"), "API")
    kind, payer = queries.payer_of(payment)
    back = queries.bounce_of(payment.pk)
    return {
        **_told(paid),
        "payer": payer_kind(kind),
        "name": queries.payer_words(kind, payer),
        "text": short(queries.text_of_payment(payment.pk)) if payer is None else "",
        "uses": [
            {"code": one.code, "parts": one.parts, "total_rupiah": one.total_rupiah, "booked_on": one.effective_on}
            for one in queries.uses(payment.pk)
        ],
        "matches": matches_told(list(queries.matches(payment.pk))),
        "refunds": [refund_told(one) for one in queries.refunds(payment.pk)],
        "returned": {"on": back.effective_on, "reason": back.reason} if back else None,
        "groups": [number_words(one) for one in queries.groups(payment)],
    }
