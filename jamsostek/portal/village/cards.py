"""Cards of a village's people on A4 sheets, for a ceremony."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.screens import today
from jamsostek.portal.uploads.sheets import sheets_page
from jamsostek.portal.village.place import OWNERS, crumbs, village_of
from jamsostek.registry.queries import lists


@door(*OWNERS)
def sheet(request: HttpRequest, code: int) -> HttpResponse:
    """Ten cards on a page; who is not protected now is left out."""
    name = village_of(request, code)
    people = lists.protected_villagers(code, month_of(today()))

    def fetch(skip: int, take: int) -> list[int]:
        return people[skip : skip + take]

    return sheets_page(request, name, f"{_('kartu')}-{code}", len(people), fetch, crumbs(code, name))
