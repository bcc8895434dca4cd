"""Cards: issuing, revoking, and checking one without an account."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from jamsostek.access import audit
from jamsostek.access.roles import PUBLIC, SIGNED_IN, Can
from jamsostek.api.limits import CARD_CHECK
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import located, person_of
from jamsostek.api.v1.shapes import CardNumber, In, Kpj, MonthOut, Out, Reason, text
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.messages.card.keys import key_set, publish
from jamsostek.messages.card.token import LONGEST_TEXT, verify
from jamsostek.registry.actions import cards as actions
from jamsostek.registry.models import Card
from jamsostek.registry.queries import cards as queries
from jamsostek.registry.queries import registers

cards = Resource("cards", N_("Kartu"))
NOT_FOUND = frozenset({404})


class CardOut(Out):
    """A card; `token` is what its QR code says, signed, without a NIK."""

    number: str
    kpj: str
    programmes: list[str]
    segment: str
    from_month: MonthOut
    to_month: MonthOut
    issued_at: dt.datetime
    status: str = Field(examples=["active", "lapsed", "revoked"])
    token: str


class CardMade(Out):
    """The number of a new card."""

    number: str


class CardState(Out):
    """Whether a card counts; nothing about its holder."""

    status: str = Field(examples=["active", "lapsed", "revoked", "unknown"])


class TokenIn(In):
    """What the QR code says: `JK1:…`."""

    token: text(LONGEST_TEXT, 5)  # type: ignore[valid-type]


class Verified(Out):
    """What a card turned out to be. The claims are there only where the signature holds."""

    state: str
    title: str
    text: str
    name: str | None
    kpj: str | None
    programmes: list[str]
    until_month: MonthOut | None
    status: str | None = Field(examples=["active", "lapsed", "revoked", "unknown"])


class RevokeIn(In):
    """Why a card is revoked."""

    reason: Reason


class Keys(Out):
    """The public keys of cards, a JSON Web Key Set."""

    keys: list[dict[str, Any]]


@cards.get("/participants/{kpj}/card", CardOut, title=N_("Kartu seorang peserta"), needs=SIGNED_IN, problems=NOT_FOUND)
def show(request: HttpRequest, kpj: Kpj) -> Any:
    """The card that counts: the newest that is not revoked."""
    person = person_of(kpj)
    found = queries.newest_card(person.pk)
    if found is None:
        raise unknown(_("Belum ada kartu."))
    audit.looked([person.pk], ("card",), "API")
    return _told(found, person.kpj)


def _told(card: Card, kpj: str) -> dict[str, Any]:
    number = str(card.serial)
    fields = ("programmes", "segment", "from_month", "to_month", "issued_at", "token")
    status = queries.card_status(number, month_of(timezone.localdate()))
    return {**{name: getattr(card, name) for name in fields}, "number": number, "kpj": kpj, "status": status}


@cards.post(
    "/participants/{kpj}/cards", CardMade, status=201, title=N_("Terbitkan kartu"), needs=(Can.ISSUE_CARD,), problems=NOT_FOUND
)
def issue(request: HttpRequest, kpj: Kpj, response: HttpResponse) -> Any:
    """Issues a card to somebody who is covered now."""
    person = person_of(kpj)
    made = actions.issue_card(participant_id=person.pk, today=timezone.localdate())
    located(response, f"/participants/{person.kpj}/card")
    return {"number": str(made.serial)}


@cards.post(
    "/cards/{number}/revocation", CardState, title=N_("Cabut kartu"), needs=(Can.REVOKE_CARD, Can.REGISTER_SELF),
    problems=NOT_FOUND,
)  # fmt: skip
def revoke(request: HttpRequest, number: CardNumber, given: RevokeIn) -> Any:
    """Revokes a card; a person may revoke their own."""
    found = registers.card(int(number))
    if found is None:
        raise unknown()
    actions.revoke_card(card_id=found.pk, now=timezone.now(), reason=given.reason)
    return {"status": "revoked"}


@cards.get("/cards/{number}/status", CardState, title=N_("Apakah kartu masih berlaku"), needs=PUBLIC, limits=(CARD_CHECK,))
def status(request: HttpRequest, number: CardNumber) -> Any:
    """Whether a card counts, for whoever holds it."""
    return {"status": queries.card_status(number, month_of(timezone.localdate()))}


@cards.post("/cards/verify", Verified, title=N_("Periksa kode kartu"), needs=PUBLIC, writes=False, limits=(CARD_CHECK,))
def check(request: HttpRequest, given: TokenIn) -> Any:
    """Checks the signature of a card's code, and whether the card was revoked."""
    today = timezone.localdate()
    verdict = verify(given.token, key_set(actions.public_keys()), today=today)
    claims = verdict.claims
    return {
        "state": str(verdict.state),
        "title": verdict.title,
        "text": verdict.text,
        "name": claims and claims.name,
        "kpj": claims and claims.kpj,
        "programmes": list(claims.programmes) if claims else [],
        "until_month": claims and claims.until_month,
        "status": claims and queries.card_status(claims.serial, month_of(today)),
    }


@cards.get("/cards/keys", Keys, title=N_("Kunci publik kartu"), needs=PUBLIC)
def keys(request: HttpRequest, response: HttpResponse) -> Any:
    """What verifies every card ever issued here, without a network."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    return json.loads(publish(actions.public_keys()))
