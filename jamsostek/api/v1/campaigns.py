"""Campaigns of a region, their village meetings, who came, and how far people came afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import located, newest
from jamsostek.api.v1.shapes import Day, In, Line, Name, Out, Page, Query, VillageCode, text
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_
from jamsostek.outreach.actions import campaigns as actions
from jamsostek.outreach.actions.campaigns import Gathering, Plan
from jamsostek.outreach.attendance import MOST_PEOPLE, Came
from jamsostek.outreach.campaigning import AGE_GROUPS, AUDIENCES
from jamsostek.outreach.models import Campaign, Meeting
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.outreach.queries.campaigns import Held
from jamsostek.registry.identity import phone_form

campaigns = Resource("campaigns", N_("Sosialisasi"))
RUNS, READS = (Can.RUN_CAMPAIGN,), (Can.SEE_MOVEMENT,)
NOT_FOUND = frozenset({404})
Number = Annotated[int, Field(ge=1, le=2_000_000_000)]
Audience = Literal["fishers", "farmers", "drivers", "traders", "home", "cadres", "disabled", "everyone"]
AgeGroup = Literal["below_18", "18_29", "30_44", "45_59", "60_up"]
By = Literal["all", "year", "campaign", "meeting", "agent", "village", "sex", "disability"]
People = Annotated[StrictInt, Field(ge=0, le=5_000)]


class CampaignIn(In):
    """What a region means to do; whole rupiah of all of it."""

    region_code: Annotated[StrictInt, Field(ge=11, le=9999, examples=[3515])]
    title: Name
    goal: text(200)  # type: ignore[valid-type]
    audience: list[Audience] = Field(min_length=1, max_length=8)
    from_on: Day
    to_on: Day
    budget_rupiah: Annotated[StrictInt, Field(ge=0, le=MAX_RUPIAH)]
    owner: Name


class CampaignOut(Out):
    """A campaign; whole rupiah."""

    number: int
    region_code: int
    title: str
    goal: str
    audience: list[str] = Field(examples=[list(AUDIENCES)])
    from_on: dt.date
    to_on: dt.date
    budget_rupiah: int
    owner: str
    invented: bool = Field(description=N_("Tiruan, dari peragaan."))


class CampaignQuery(Query):
    """All in sight."""


class MeetingIn(In):
    """A village meeting."""

    village_code: VillageCode
    on_date: Day
    at_time: dt.time = Field(examples=["19:30"])
    hall: Name
    speaker: Name
    language: Name
    wheelchair: StrictBool
    sign: StrictBool


class MeetingOut(Out):
    """A meeting, its code, and how many came: null where nobody has told."""

    number: int
    campaign: int
    village_code: int
    on_date: dt.date
    at_time: dt.time
    hall: str
    speaker: str
    language: str
    wheelchair: bool
    sign: bool
    code: str
    men: int | None
    women: int | None
    written: bool = Field(description=N_("Dicatat satu per satu, bukan dihitung."))
    cancelled_on: dt.date | None


class MeetingsOut(Out):
    """Meetings in order."""

    items: list[MeetingOut]


class CountIn(In):
    """How many came, where nobody is written down."""

    men: People
    women: People


class CameIn(In):
    """Somebody who came. A telephone is stored only with consent."""

    sex: Literal["m", "f"]
    name: Line = ""
    phone: Line = ""
    consent: StrictBool = False
    age_group: AgeGroup | None = Field(None, examples=list(AGE_GROUPS))
    occupation: text(80) = ""  # type: ignore[valid-type]
    disability: StrictBool | None = None


class CameAllIn(In):
    """A whole sheet; the same again is done once."""

    people: list[CameIn] = Field(min_length=1, max_length=MOST_PEOPLE)


class WrittenOut(Out):
    """How many were new."""

    written: int


class FunnelQuery(Query):
    """By what, and of which year; all of it in one when nothing is said."""

    by: By = "all"
    year: Annotated[int, Field(ge=2015, le=2100)] | None = None


class FunnelOut(Out):
    """One line. `hidden` parts of one to four people are in no figure; none is hidden from who sees the people."""

    name: str
    hidden: int
    attended: int
    registered: int
    first_paid: int
    third_paid: int


class FunnelsOut(Out):
    """From coming to paying, by one thing."""

    by: str
    items: list[FunnelOut]


@campaigns.get("/campaigns", Page[CampaignOut], title=N_("Daftar kampanye"), needs=READS)
def index(request: HttpRequest, query: QueryParam[CampaignQuery]) -> Any:
    """Campaigns in sight, the newest first."""
    found, following = newest(request, query, queries.campaigns().order_by("-pk"))
    return {"items": [_campaign(one) for one in found], "next": following}


@campaigns.post("/campaigns", CampaignOut, status=201, title=N_("Buat kampanye"), needs=RUNS)
def create(request: HttpRequest, given: CampaignIn, response: HttpResponse) -> Any:
    """Writes a campaign."""
    told = given.model_dump()
    made = actions.make(plan=Plan(**{**told, "audience": tuple(told["audience"])}))
    located(response, f"/campaigns/{made.number}")
    return _campaign(made)


@campaigns.get("/campaigns/{number}", CampaignOut, title=N_("Satu kampanye"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, number: Number) -> Any:
    """One in sight."""
    return _campaign(_found(number))


@campaigns.get("/campaigns/{number}/meetings", MeetingsOut, title=N_("Pertemuan kampanye"), needs=READS, problems=NOT_FOUND)
def meetings(request: HttpRequest, number: Number) -> Any:
    """Its meetings in sight, in order."""
    return {"items": [_meeting(one) for one in queries.meetings_of(_found(number))]}


@campaigns.post(
    "/campaigns/{number}/meetings", MeetingOut, status=201, title=N_("Tambah pertemuan"), needs=RUNS, problems=NOT_FOUND
)
def add(request: HttpRequest, number: Number, given: MeetingIn, response: HttpResponse) -> Any:
    """Writes a meeting with a code of its own."""
    gathering = Gathering(**given.model_dump())
    made = actions.add_meeting(campaign_id=_found(number).pk, gathering=gathering, today=timezone.localdate())
    located(response, f"/meetings/{made.number}")
    return _one(made.number)


@campaigns.get("/meetings/{number}", MeetingOut, title=N_("Satu pertemuan"), needs=READS, problems=NOT_FOUND)
def meeting(request: HttpRequest, number: Number) -> Any:
    """One in sight. Names are not told."""
    return _one(number)


@campaigns.post("/meetings/{number}/count", MeetingOut, title=N_("Hitung yang hadir"), needs=RUNS, problems=NOT_FOUND)
def count(request: HttpRequest, number: Number, given: CountIn) -> Any:
    """How many came; counted again, the newest holds."""
    actions.count(meeting_id=_met(number).pk, today=timezone.localdate(), **given.model_dump())
    return _one(number)


@campaigns.post("/meetings/{number}/attendance", WrittenOut, title=N_("Catat yang hadir"), needs=RUNS, problems=NOT_FOUND)
def attend(request: HttpRequest, number: Number, given: CameAllIn) -> Any:
    """Writes down a sheet in one go."""
    people = [
        Came(**{**one.model_dump(), "phone": phone_form(one.phone) if one.consent and one.phone else ""}) for one in given.people
    ]
    return {"written": actions.attend(meeting_id=_met(number).pk, people=people, today=timezone.localdate())}


@campaigns.get("/campaign-results", FunnelsOut, title=N_("Dari hadir sampai membayar"), needs=READS)
def funnel(request: HttpRequest, query: QueryParam[FunnelQuery]) -> Any:
    """Came, registered, paid a first month, paid a third."""
    rows = queries.funnel("" if query.by == "all" else query.by, year=query.year or 0, today=timezone.localdate())
    return {"by": query.by, "items": [_line(one) for one in rows]}


# --- as it is told ------------------------------------------------------------------------------------------------------

OF_CAMPAIGN = (
    "number", "region_code", "title", "goal", "audience", "from_on", "to_on", "budget_rupiah", "owner", "invented"
)  # fmt: skip
OF_MEETING = (
    "number", "village_code", "on_date", "at_time", "hall", "speaker", "language", "wheelchair", "sign", "cancelled_on"
)  # fmt: skip
OF_LINE = ("name", "hidden", "attended", "registered", "first_paid", "third_paid")


def _found(number: int) -> Campaign:
    try:
        return queries.by_number(number)
    except Refused:
        raise unknown() from None


def _met(number: int) -> Meeting:
    try:
        return queries.meeting_by_number(number)
    except Refused:
        raise unknown() from None


def _campaign(row: Campaign) -> dict[str, Any]:
    return {name: getattr(row, name) for name in OF_CAMPAIGN}


def _one(number: int) -> dict[str, Any]:
    return _meeting(queries.held([_met(number)])[0])


def _meeting(one: Held) -> dict[str, Any]:
    told = {name: getattr(one.row, name) for name in OF_MEETING}
    return {
        **told, "campaign": one.row.campaign.number, "code": one.row.code.code, "men": one.men, "women": one.women,
        "written": one.written,
    }  # fmt: skip


def _line(one: queries.Came) -> dict[str, Any]:
    return {name: getattr(one, name) for name in OF_LINE}
