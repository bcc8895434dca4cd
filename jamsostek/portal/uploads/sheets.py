"""Cards on paper: of one person, and of many in parts of a size that a printer takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, page, today
from jamsostek.portal.uploads.downloads import sent
from jamsostek.portal.uploads.printing import PDF, SHEETS_AT_ONCE, card_pdf, sheets_pdf
from jamsostek.registry.actions.cards import issue_cards

if TYPE_CHECKING:
    from jamsostek.registry.models import Card, Participant

Fetch = Callable[[int, int], Sequence[int]]
"""Participants by how many to skip and how many to take."""
Issue = Callable[[int, int], "Sequence[Card]"]
"""Their cards, newly issued."""


def one_card(request: HttpRequest, person: Participant, *, back: str, crumbs: Sequence[Link]) -> HttpResponse:
    """A new card as PDF, or why there is none, with the way back."""
    try:
        content = card_pdf(request, person.pk)
    except InputError as error:
        context = {"problem": str(error), "back": back}
        return page(request, "uploads/no_card.html", context, title=_("Belum ada kartu"), crumbs=crumbs, status=409)
    return sent(content, f"{_('kartu')}-{person.kpj}.pdf", PDF)


def sheets_page(
    request: HttpRequest, name: str, file_name: str, count: int, fetch: Fetch, crumbs: Sequence[Link]
) -> HttpResponse:
    """The page; its buttons answer with a PDF. Whoever asks issues the cards."""

    def issue(skip: int, take: int) -> Sequence[Card]:
        return issue_cards(participant_ids=fetch(skip, take), today=today())

    return issued_page(request, name, file_name, count, issue, crumbs)


def issued_page(
    request: HttpRequest, name: str, file_name: str, count: int, issue: Issue, crumbs: Sequence[Link], ways: Sequence[Link] = ()
) -> HttpResponse:
    """The same page for cards that are issued in another way; `ways` lead on."""
    problem = ""
    if request.method == "POST":
        start = _start(request)
        try:
            content = sheets_pdf(request, issue(start - 1, SHEETS_AT_ONCE))
            return sent(content, f"{file_name}-{start}.pdf", PDF)
        except InputError as error:
            problem = str(error)
    starts = range(1, count + 1, SHEETS_AT_ONCE)
    context = {
        "count": count,
        "problem": problem,
        "parts": [(start, format_number(start), format_number(min(start + SHEETS_AT_ONCE - 1, count))) for start in starts],
        "several": count > SHEETS_AT_ONCE,
        "name": name,
        "ways": ways,
    }
    return page(request, "uploads/cards.html", context, title=_("Cetak kartu"), crumbs=crumbs)


def _start(request: HttpRequest) -> int:
    asked = request.POST.get("mulai", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
