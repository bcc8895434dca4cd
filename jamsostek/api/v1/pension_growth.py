"""Pensions grow once a year: the years, what a growth would do, proposed by one, approved by another."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field, StrictInt

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.claim_told import NOT_FOUND, steps
from jamsostek.api.v1.common import located
from jamsostek.api.v1.shapes import In, Out, Reason
from jamsostek.claims.actions import growth as actions
from jamsostek.claims.models import Growth
from jamsostek.claims.queries import growing
from jamsostek.claims.queries.payouts import names_of
from jamsostek.core.text import N_

pension_growth = Resource("pension-growth", N_("Kenaikan pensiun"))
SEES = (Can.PAY_CLAIMS, Can.APPROVE_PAYOUT)
GrowthYear = Annotated[int, Field(ge=2016, le=2100)]


class GrowthTrialIn(In):
    """A year, and the inflation of the year before in parts per million."""

    year: Annotated[StrictInt, Field(ge=2016, le=2100)]
    inflation_ppm: Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class GrowthIn(GrowthTrialIn):
    """And who published it."""

    source: Reason


class GrowthLineOut(Out):
    """One kind of pension: how many, and a month of all of them before and after; whole rupiah."""

    component: str
    title: str
    people: int
    was_rupiah: int
    rupiah: int


class GrowthTrialOut(Out):
    """What a growth would do. Nothing is written."""

    year: int
    inflation_ppm: int
    people: int
    was_rupiah: int
    rupiah: int
    kinds: list[GrowthLineOut]


class GrowthOut(Out):
    """A year's growth; while nobody approved it, people and rupiah are nothing."""

    year: int
    inflation_ppm: int
    source: str
    proposed_by: str
    proposed_on: dt.date
    approved_by: str
    approved_on: dt.date | None
    people: int
    was_rupiah: int
    rupiah: int


class GrowthsOut(Out):
    """Every year, the newest first."""

    items: list[GrowthOut]


@pension_growth.get("/pension-growth", GrowthsOut, title=N_("Daftar kenaikan pensiun"), needs=SEES)
def index(request: HttpRequest) -> Any:
    """Every year."""
    return {"items": [_told(one) for one in growing.years()]}


@pension_growth.post("/pension-growth/trial", GrowthTrialOut, title=N_("Coba kenaikan pensiun"), needs=SEES, writes=False)
def trial(request: HttpRequest, given: GrowthTrialIn) -> Any:
    """Looks without writing."""
    with steps():
        found = growing.trial(year=given.year, inflation_ppm=given.inflation_ppm)
    kinds = [
        {"component": one.component.name.lower(), "title": one.title, "people": one.people, "was_rupiah": one.was_rupiah,
         "rupiah": one.rupiah} for one in found.lines
    ]  # fmt: skip
    sums = {"people": found.people, "was_rupiah": found.was_rupiah, "rupiah": found.rupiah}
    return {"year": given.year, "inflation_ppm": given.inflation_ppm, **sums, "kinds": kinds}


@pension_growth.post("/pension-growth", GrowthOut, status=201, title=N_("Usulkan kenaikan pensiun"), needs=(Can.PAY_CLAIMS,))
def propose(request: HttpRequest, given: GrowthIn, response: HttpResponse) -> Any:
    """Proposes a year's growth, or corrects a proposal that nobody approved."""
    with steps():
        made = actions.propose(
            year=given.year, inflation_ppm=given.inflation_ppm, source=given.source, today=timezone.localdate()
        )  # fmt: skip
    located(response, f"/pension-growth/{made.year}")
    return _told(made)


@pension_growth.get("/pension-growth/{year}", GrowthOut, title=N_("Satu kenaikan pensiun"), needs=SEES, problems=NOT_FOUND)
def show(request: HttpRequest, year: GrowthYear) -> Any:
    """One year."""
    return _told(_found(year))


@pension_growth.post(
    "/pension-growth/{year}/approval", GrowthOut, title=N_("Setujui kenaikan pensiun"), needs=(Can.APPROVE_PAYOUT,),
    problems=NOT_FOUND,
)  # fmt: skip
def approve(request: HttpRequest, year: GrowthYear) -> Any:
    """Another person than who proposed it lets it hold; every pension grows at once."""
    one = _found(year)
    with steps():
        return _told(actions.approve(year=one.year, today=timezone.localdate()))


def _found(year: int) -> Growth:
    try:
        return growing.year(year)
    except Refused:
        raise unknown() from None


def _told(one: Growth) -> dict[str, Any]:
    users = names_of([one.proposed_by, one.approved_by])
    fields = ("year", "inflation_ppm", "source", "proposed_on", "approved_on", "people", "was_rupiah", "rupiah")
    return {
        **{name: getattr(one, name) for name in fields}, "proposed_by": users.get(one.proposed_by, ""),
        "approved_by": users.get(one.approved_by or 0, ""),
    }  # fmt: skip
