"""Cards on paper for those who hand them out: issued anew, drawn, counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.card.draw import CardFace, draw_card_pdf, draw_sheet_pdf
from jamsostek.messages.card.keys import key_set
from jamsostek.messages.card.token import verify
from jamsostek.portal.screens import today, url_of
from jamsostek.registry.actions.cards import issue_card, public_keys

if TYPE_CHECKING:
    from jamsostek.registry.models import Card

PDF = "application/pdf"
SHEETS_AT_ONCE = 500
"""Cards in one document: fifty pages."""


def card_pdf(request: HttpRequest, participant_id: int) -> bytes:
    """One card; raises `InputError` where nothing covers the person now."""
    return draw_card_pdf(faces(request, [issue_card(participant_id=participant_id, today=today())])[0])


def sheets_pdf(request: HttpRequest, cards: Sequence[Card]) -> bytes:
    """Ten cards a page; raises `InputError` where there are none: none of those asked for is covered."""
    if not cards:
        raise InputError(
            _("Belum ada orang di sini yang terlindungi bulan ini, jadi belum ada kartu."),
            remedy=_("Kartu terbit begitu iuran atau hubungan kerja tercatat untuk bulan ini."),
        )
    return draw_sheet_pdf(faces(request, cards))


def faces(request: HttpRequest, cards: Sequence[Card]) -> list[CardFace]:
    """What is drawn: the claims as they were signed, and where anybody can check them."""
    keys = key_set(public_keys())
    address = request.build_absolute_uri(url_of("public:verify_card"))
    sample = bool(getattr(settings, "JAMSOSTEK_DEMO", False))
    found = []
    for card in cards:
        claims = verify(card.token, keys, today=today()).claims
        assert claims is not None
        found.append(CardFace(claims, card.token, address, sample))
    return found
