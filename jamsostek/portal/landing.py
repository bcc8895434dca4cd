"""After signing in: to the pages of one's role; who has several chooses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from jamsostek.access.doors import SIGNED_IN, door
from jamsostek.core.text import _
from jamsostek.portal.screens import page, url_of
from jamsostek.portal.screens.page import doors

OTHERS = "oversight:home"
"""Where roles go that have no pages of their own."""


@door(SIGNED_IN)
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Redirects where there is one place to go."""
    found = doors(request)
    roles = request.scope.roles  # type: ignore[attr-defined]
    if not found and roles and url_of(OTHERS):
        return HttpResponseRedirect(url_of(OTHERS))
    if len(found) == 1:
        return HttpResponseRedirect(found[0].url)
    return page(request, "landing.html", {"homes": found}, title=_("Mau ke mana?") if found else _("Akun Anda belum punya tugas"))
