"""The first page of the movement: its parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.text import _
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.frame import REVIEWERS
from jamsostek.portal.screens import Link


@door(*REVIEWERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The parts."""
    ways = [(Link(_(one.title), reverse(one.page)), _(one.text)) for one in frame.parts()]
    return frame.screen(
        request, "movement/home.html", {"ways": ways}, title=_("Gerakan perlindungan pekerja rentan"), here="home"
    )
