"""Which village a page is about."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Kind, Role
from jamsostek.core.text import _
from jamsostek.portal.screens import Link
from jamsostek.registry.queries import lists

OWNERS = (Role.VILLAGE_OPERATOR,)


def village_of(request: HttpRequest, code: int) -> str:
    """The name of a village this visitor works for; raises `Refused`, the same whether it is there or not."""
    if code not in request.scope.targets(Kind.VILLAGE):  # type: ignore[attr-defined]
        raise not_yours(_("Desa ini tidak ada, atau bukan desa Anda."))
    return lists.village_name(code)


def crumbs(code: int, name: str) -> list[Link]:
    """The pages above."""
    return [Link(name, reverse("village:village", args=[code]))]
