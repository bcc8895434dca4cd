"""Goals that regions set themselves: for everybody to read once two confirmed them; proposed and confirmed by the region."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import PUBLIC, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import located, page
from jamsostek.api.v1.shapes import In, Out, Page, Query, text
from jamsostek.core.text import N_
from jamsostek.outreach.actions import goals as actions
from jamsostek.outreach.actions.goals import NewGoal
from jamsostek.outreach.goals import MOST_WHY
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries import goals as queries

goals = Resource("goals", N_("Sasaran daerah"))
NOT_FOUND = frozenset({404})
GoalCode = Annotated[int, Field(ge=1, le=2_000_000_000)]
GoalKind = Literal["women_share", "disability", "own_account", "coverage"]
RegionCode = Annotated[int, Field(ge=11, le=9999)]


class GoalQuery(Query):
    """Which goals; all that were confirmed when nothing is said. A province comes with its regencies."""

    region: RegionCode | None = None
    kind: GoalKind | None = None


class GoalIn(In):
    """A goal as it is proposed."""

    region_code: RegionCode
    kind: GoalKind
    target: Annotated[int, Field(ge=1, le=100_000_000)] = Field(
        description=N_("Orang; untuk bagian dan cakupan perseratus persen (4392 = 43,92 %)."), examples=[4392]
    )
    year: Annotated[int, Field(ge=2015, le=2100)] = Field(description=N_("Sampai Desember tahun ini."))
    why: text(MOST_WHY, 1)  # type: ignore[valid-type]
    denominator: Literal["", "employed", "labour_force", "ucj"] = ""
    regulation: GoalCode | None = None
    replaces: GoalCode | None = None


class GoalOut(Out):
    """One goal. Figures are as everybody may see them: rounded to tens, null where fewer than 10; `path_now` and `standing` of
    those. A share's `path_now` is in hundredths of a per cent."""

    code: int
    region_code: int
    kind: str
    denominator: str
    target: int
    year: int
    why: str
    regulation: int | None
    replaces: int | None
    state: str = Field(examples=["proposed", "confirmed", "withdrawn", "replaced"])
    reason: str
    confirmed_on: dt.date | None
    start_month: int | None
    start_as_of: dt.date | None
    start_persons: int | None
    start_base: int | None
    now_month: int | None
    now_persons: int | None
    now_base: int | None
    path_now: float | None
    standing: str | None = Field(examples=["reached", "ahead", "on", "behind", "missed"])


TOLD = (
    "code", "region_code", "kind", "denominator", "target", "year", "why", "state", "reason", "confirmed_on", "start_month",
    "start_as_of",
)  # fmt: skip


@goals.get("/goals", Page[GoalOut], title=N_("Daftar sasaran daerah"), needs=PUBLIC)
def index(request: HttpRequest, query: QueryParam[GoalQuery]) -> Any:
    """Goals that were confirmed, the last proposed first; also those that were withdrawn or replaced."""
    whole = queries.public(query.region)
    if query.kind:
        whole = whole.filter(kind=query.kind)

    def rows(before: int | None, limit: int) -> list[RegionGoal]:
        found = whole.order_by("-pk")
        return list((found if before is None else found.filter(pk__lt=before))[:limit])

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    return {"items": _told(found), "next": following}


@goals.post("/goals", GoalOut, status=201, title=N_("Usulkan sasaran daerah"), needs=(Can.PLAN_MOVEMENT,))
def propose(request: HttpRequest, response: HttpResponse, given: GoalIn) -> Any:
    """Proposes a goal. Another person of the region confirms it."""
    made = actions.propose(goal=NewGoal(**given.model_dump()), today=timezone.localdate())
    located(response, f"/goals/{made.code}")
    return _told([made])[0]


@goals.get("/goals/{code}", GoalOut, title=N_("Satu sasaran daerah"), needs=PUBLIC, problems=NOT_FOUND)
def show(request: HttpRequest, code: GoalCode) -> Any:
    """One goal: once confirmed, or of one's own region."""
    return _told([_found(code)])[0]


@goals.post(
    "/goals/{code}/confirmation", GoalOut, title=N_("Sahkan sasaran daerah"), needs=(Can.APPROVE_MOVEMENT,), problems=NOT_FOUND
)
def confirm(request: HttpRequest, code: GoalCode) -> Any:
    """Makes public what somebody else proposed, with the last night's figure as its start; what it replaces ends."""
    return _told([actions.confirm(code=_found(code).code, today=timezone.localdate())])[0]


def _found(code: int) -> RegionGoal:
    try:
        return queries.goal(code)
    except Refused:
        raise unknown() from None


def _told(rows: list[RegionGoal]) -> list[dict[str, Any]]:
    return [
        {name: getattr(one.goal, name) for name in TOLD}
        | {
            "regulation": one.goal.regulation.code if one.goal.regulation else None,
            "replaces": one.goal.replaces.code if one.goal.replaces else None,
            "start_persons": one.start.persons if one.start else None,
            "start_base": one.start.base if one.start else None,
            "now_month": one.now.month if one.now else None,
            "now_persons": one.now.persons if one.now else None,
            "now_base": one.now.base if one.now else None,
            "path_now": None if one.path is None else round(float(one.path), 2),
            "standing": one.standing,
        }
        for one in queries.public_progress(rows)
    ]
