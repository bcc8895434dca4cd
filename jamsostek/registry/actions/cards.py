"""Issuing and revoking cards, and the keys that sign them."""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from jamsostek.access import audit, signing
from jamsostek.access.bulk import insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _, one_line
from jamsostek.messages.card import token
from jamsostek.messages.card.claims import LONGEST_NAME, CardClaims
from jamsostek.messages.card.keys import PublicKey, SigningKey
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.models import Card, Participant
from jamsostek.registry.queries.timeline import Standing, standings

ISSUER = "Jamsostek"
MONTHS = 6
"""A card of open cover says so many months; a new one is issued freely, and online the present state is told."""


def signing_keys() -> list[SigningKey]:
    """All card keys, the newest last; each signs until the day before the next begins."""
    kept = signing.keys("card")
    starts = [dt.date.fromisoformat(key.since) for key in kept]
    ends = [start - dt.timedelta(days=1) for start in starts[1:]] + [None]
    return [SigningKey(key.private, ISSUER, start, end) for key, start, end in zip(kept, starts, ends, strict=True)]


def public_keys() -> list[PublicKey]:
    """What verifies every card ever issued here."""
    return [key.public for key in signing_keys()]


def rotate_key(*, since: dt.date) -> None:
    """A new key signs cards from a day on."""
    current().need(Can.GIVE_GRANT)
    signing.rotate("card", since.isoformat())
    audit.record("card.key_rotated", "key", None)


def issue_card(*, participant_id: int, today: dt.date) -> Card:
    """A card for one participant; raises `InputError` where nothing covers them now."""
    issued = issue_cards(participant_ids=[participant_id], today=today)
    if not issued:
        raise InputError(
            _("Belum ada perlindungan yang berlaku bulan ini, jadi belum ada kartu."),
            remedy=_("Kartu terbit begitu iuran atau hubungan kerja tercatat untuk bulan ini."),
        )
    return issued[0]


def issue_cards(*, participant_ids: Sequence[int], today: dt.date) -> list[Card]:
    """Cards for those who are covered in the present month, in the order given; the others are left out."""
    month = month_of(today)
    people = Participant.objects.in_bulk(list(participant_ids))
    found = standings(list(people), month)
    wanted = [people[one] for one in participant_ids if one in people and one in found and people[one].died_on is None]
    if not wanted:
        return []
    for person in wanted:
        current().need(Can.ISSUE_CARD, _place(person, found[person.pk]))
    key = next(key for key in reversed(signing_keys()) if key.public.could_sign_on(today))
    serials = numbers.make_many("card", len(wanted), os.urandom)
    claims = [_claims(person, found[person.pk], serial, month, today) for person, serial in zip(wanted, serials, strict=True)]
    _write(wanted, claims, key)
    audit.record_many(audit.Entry("card.issued", "participant", person.pk, ("card",)) for person in wanted)
    cards = {card.participant_id: card for card in Card.objects.filter(serial__in=[int(serial) for serial in serials])}
    return [cards[person.pk] for person in wanted]


def _place(person: Participant, standing: Standing) -> Place:
    return replace(place_of(person), employer=standing.employer_id, sponsor=standing.sponsor_id)


def _claims(person: Participant, standing: Standing, serial: str, month: int, today: dt.date) -> CardClaims:
    until = add_months(month, MONTHS - 1)
    return CardClaims(
        issuer=ISSUER,
        kpj=person.kpj,
        serial=serial,
        name=printed_name(person.name),
        programmes=standing.programmes,
        segment=standing.card_segment,
        from_month=month,
        until_month=min(until, standing.to_month or until),
        issued_on=today,
    )


def printed_name(name: str) -> str:
    """A name as a card can carry it, whatever door it came through."""
    return one_line(unicodedata.normalize("NFC", name))[:LONGEST_NAME].strip()


def _write(people: Sequence[Participant], claims: Sequence[CardClaims], key: SigningKey) -> None:
    insert_rows(
        "registry_card",
        {
            "serial": ("bigint", [int(c.serial) for c in claims]),
            "participant_id": ("bigint", [p.pk for p in people]),
            "programmes": ("text", ["{" + ",".join(c.programmes) + "}" for c in claims]),
            "segment": ("text", [c.segment for c in claims]),
            "from_month": ("int", [c.from_month for c in claims]),
            "to_month": ("int", [c.until_month for c in claims]),
            "key_id": ("text", [key.public.id.hex()] * len(claims)),
            "token": ("text", [token.issue(c, key) for c in claims]),
            "created_by": ("bigint", [current().user_id] * len(claims)),
        },
        casts={"programmes": "text[]"},
    )


def revoke_card(*, card_id: int, now: dt.datetime, reason: str) -> Card:
    """Revokes a card; who checks it online is told."""
    card = Card.objects.select_for_update(no_key=True).select_related("participant").get(pk=card_id)
    scope = current()
    if card.participant_id not in scope.own:
        scope.need(Can.REVOKE_CARD, place_of(card.participant))
    if card.revoked_at is not None:
        raise InputError(_("Kartu ini sudah dicabut."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa kartu ini dicabut."))
    card.revoked_at, card.revoked_by, card.revoked_reason = now, scope.user_id or 0, reason[:200]
    card.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    audit.record("card.revoked", "participant", card.participant_id, fields=("card",), reason=reason)
    return card
