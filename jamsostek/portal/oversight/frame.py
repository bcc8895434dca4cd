"""Who comes in where, and what stands above the pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.roles import Role
from jamsostek.core.text import _
from jamsostek.portal.officer.frame import OFFICERS, home
from jamsostek.portal.screens import Link

CELL_READERS = (Role.MINISTRY, Role.ACTUARY, Role.RESEARCHER, Role.JURY, Role.AUDITOR)
TRAIL_READERS = (Role.AUDITOR, Role.HEAD_OFFICE)
DESKS = (Role.HOSPITAL_DESK,)
WATCHERS = (*CELL_READERS, *DESKS)


def crumbs(request: HttpRequest, *more: Link) -> list[Link]:
    """The first page of whoever looks: an office's for the head office."""
    roles = request.scope.roles  # type: ignore[attr-defined]
    if roles & set(WATCHERS):
        return [Link(_("Pemantauan"), reverse("oversight:home")), *more]
    return [home(), *more] if roles & set(OFFICERS) else list(more)
