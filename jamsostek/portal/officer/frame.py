"""What stands above every page of an office, and who may come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import Place, Scope, current
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.portal.screens import Link, page
from jamsostek.portal.templatetags.words import regions_name

OFFICERS = (Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
DECIDERS = (Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE)
"""Who decides what an officer asked for."""
HEAD_OFFICE = (Role.HEAD_OFFICE,)


def office() -> str:
    """What the office of whoever looks is called."""
    return _("Kantor pusat") if Role.HEAD_OFFICE in current().roles else _("Kantor cabang")


def home() -> Link:
    """The first page of an office."""
    return Link(office(), reverse("officer:home"))


def screen(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    above: Sequence[Link] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of an office: `above` are the pages between the first one and this."""
    return page(request, template, context, title=title, crumbs=[home(), *above], status=status)


def may(can: Can, place: Place) -> bool:
    """Whether whoever looks may do this there: pages offer nothing that would be refused."""
    return current().may(can, place)


def region_names(scope: Scope) -> str:
    """The regions somebody works for, by name."""
    if scope.everyone:
        return _("Seluruh Indonesia")
    known = [code for code in sorted(scope.targets(Kind.REGION)) if code in PROVINCES or code in REGENCIES]
    return ", ".join(regions_name(code) for code in known)
