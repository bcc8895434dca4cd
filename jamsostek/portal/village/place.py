"""Which village a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Kind, Role
from jamsostek.core.text import _
from jamsostek.portal.screens import Link
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Sponsor

OWNERS = (Role.VILLAGE_OPERATOR,)


def village_of(request: HttpRequest, code: int) -> str:
    """The name of a village this visitor works for; raises `Refused`, the same whether it is there or not."""
    if code not in request.scope.targets(Kind.VILLAGE):  # type: ignore[attr-defined]
        raise not_yours(_("Desa ini tidak ada, atau bukan desa Anda."))
    return lists.village_name(code)


def payer_of(code: int) -> Sponsor:
    """The sponsor that the village is; a village that pays for nobody has no pages about it."""
    found = lists.village_sponsor(code)
    if found is None:
        raise Http404
    return found


def crumbs(code: int, name: str) -> list[Link]:
    """The pages above."""
    return [Link(name, reverse("village:village", args=[code]))]
