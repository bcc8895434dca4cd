"""Words that the pages of a claim share: whose it is as far as it may be said, its state, and what happened to it."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.claims.choices import KINDS, STATES, Kind, State
from jamsostek.claims.happenings import happened_words
from jamsostek.claims.models import Claim, Event
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.screens import Link, Tag, url_of
from jamsostek.portal.screens.parts import Tone

TITLE = N_("Klaim")
_TONES: dict[State, Tone] = {
    State.DRAFT: "plain", State.WAITING: "warn", State.APPROVED: "good", State.PAID: "good", State.REFUSED: "bad",
    State.WITHDRAWN: "plain", State.EXPIRED: "plain",
}  # fmt: skip


def home_crumbs() -> list[Link]:
    """The pages above the first one of claims."""
    return [Link(_("Beranda"), url_of("public:home")), Link(_(TITLE), reverse("filing:start"))]


def kind_title(claim: Claim) -> str:
    """What a claim is about."""
    return _(KINDS[Kind(claim.kind)].title)


def number_words(claim: Claim) -> str:
    """A claim's number in groups."""
    return format_number("claim", claim.number)


def state_tag(claim: Claim) -> Tag:
    """Where a claim stands, in a word."""
    state = State(claim.state)
    return Tag(_(STATES[state]), _TONES.get(state, "info"))


def event_words(event: Event) -> str:
    """What happened, for who filed it; empty where it is not told."""
    return happened_words(event.kind) if event.shown else ""


def whatsapp(text: str) -> str:
    """A link that writes a message for whoever presses it; they choose to whom."""
    return f"https://wa.me/?text={quote(text)}"


def track_url(request: HttpRequest, claim: Claim) -> str:
    """Where a claim is tracked, its number filled in."""
    return request.build_absolute_uri(f"{reverse('filing:track')}?nomor={claim.number}")
