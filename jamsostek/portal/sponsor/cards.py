"""Cards for a ceremony: all people of a sponsor on A4 sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.screens import today
from jamsostek.portal.sponsor.payer import OWNERS, crumbs, sponsor_of
from jamsostek.portal.uploads.sheets import sheets_page
from jamsostek.registry.queries import lists


@door(*OWNERS)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Ten cards on a page, in parts of a size that a printer takes."""
    sponsor = sponsor_of(request, number)
    month = month_of(today())

    def fetch(skip: int, take: int) -> list[int]:
        return [one.participant_id for one in lists.covered(sponsor.pk, month, skip=skip, take=take)]

    count = lists.cover_numbers(sponsor.pk, month).covered
    return sheets_page(request, sponsor.name, f"{_('kartu')}-{sponsor.number}", count, fetch, crumbs(sponsor))
