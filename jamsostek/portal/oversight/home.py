"""The first page: figures for those who read them; the question for a hospital's desk; the ways to the trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.portal.oversight import figures
from jamsostek.portal.oversight.frame import WATCHERS


@door(*WATCHERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What the visitor's role is for."""
    if current().may(Can.READ_CELLS):
        return figures.show(request)
    return HttpResponseRedirect(reverse("oversight:eligibility"))
