"""Who calls, and who did or saw what: a person's own trail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import ROLES, SIGNED_IN
from jamsostek.api.operations import Resource
from jamsostek.api.v1.common import page, person_of
from jamsostek.api.v1.shapes import Kpj, Out, Page, Query
from jamsostek.core.text import N_, _
from jamsostek.registry.queries import people, registers

trail = Resource("audit", N_("Jejak"))


class HeldOut(Out):
    """A role held over something; `target` is its public number or code, where it has one."""

    role: str
    title: str
    kind: str
    target: str | None


class MeOut(Out):
    """Who calls, and what this sign-in or token may do."""

    name: str
    roles: list[HeldOut]
    rights: list[str] = Field(description=N_("Hak yang diminta tindakan-tindakan; token dapat mempersempitnya."))
    numbers: list[str] = Field(description=N_("KPJ diri sendiri."))
    today: dt.date


class LookOut(Out):
    """Somebody did or saw something."""

    at: dt.datetime
    actor: str
    action: str
    fields: list[str]
    reason: str


@trail.get("/me", MeOut, title=N_("Siapa saya"), needs=SIGNED_IN)
def me(request: HttpRequest) -> Any:
    """Who calls, the roles held, and the rights of this token."""
    scope = request.scope  # type: ignore[attr-defined]
    rights = {can for held in scope.held for can in ROLES[held.role].can if scope.may(can)}
    return {
        "name": scope.actor,
        "roles": [_held(one.role, str(one.kind), one.target) for one in scope.held],
        "rights": sorted(rights),
        "numbers": [kpj for one in sorted(scope.selves) if (kpj := registers.kpj_in_sight(one))],
        "today": timezone.localdate(),
    }


def _held(role: Any, kind: str, target: int) -> dict[str, Any]:
    return {"role": str(role), "title": _(ROLES[role].title), "kind": kind, "target": registers.public_number(kind, target)}


@trail.get(
    "/participants/{kpj}/trail", Page[LookOut], title=N_("Siapa melihat dan mengubah"), needs=SIGNED_IN, problems=frozenset({404})
)
def of_person(request: HttpRequest, kpj: Kpj, query: QueryParam[Query]) -> Any:
    """The newest first; a person sees their own trail, an auditor all, others nothing."""
    person = person_of(kpj)

    def rows(offset: int, limit: int) -> list[tuple[int, people.Look]]:
        found = people.trail(person.pk, limit=limit, offset=offset)
        return list(enumerate(found, offset + 1))

    found, following = page(request, query, rows, lambda one: one[0])
    return {"items": [one for _place, one in found], "next": following}
