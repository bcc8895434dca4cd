"""Cards and their state."""

from __future__ import annotations

from django.db import connection

from jamsostek.registry.models import Card
from jamsostek.registry.queries.merged import one_person

ACTIVE, REVOKED, LAPSED, UNKNOWN = "active", "revoked", "lapsed", "unknown"


def card_status(serial: str, month: int) -> str:
    """`active`, `revoked`, `lapsed` or `unknown`, for anybody who holds the card; nothing about its holder."""
    if not serial.isdigit() or len(serial) > 18:
        return UNKNOWN
    with connection.cursor() as cursor:
        cursor.execute("SELECT revoked, to_month, died FROM registry_card_state(%s)", [int(serial)])
        row = cursor.fetchone()
    if row is None:
        return UNKNOWN
    revoked, to_month, died = row
    if revoked or died:
        return REVOKED
    return LAPSED if to_month < month else ACTIVE


def newest_card(participant_id: int) -> Card | None:
    """The card that counts: the newest that is not revoked."""
    return Card.objects.filter(participant_id=participant_id, revoked_at=None).order_by("-id").first()


def cards_of(participant_id: int) -> list[Card]:
    """All cards of a person, under whichever of their merged numbers, the newest first."""
    return list(Card.objects.filter(participant_id__in=one_person(participant_id)).order_by("-id"))
