"""A region's plan and half-yearly reports, and what every region has done: to be read."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.shapes import In, Out, Reference
from jamsostek.core.text import N_
from jamsostek.outreach.models import HalfReport, PlanItem
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.queries.strategy import is_late
from jamsostek.outreach.strategy import need_there

strategy = Resource("strategy", N_("Strategi daerah"))
NOT_FOUND = frozenset({404})
StrategyYear = Annotated[int, Field(ge=2015, le=2100)]
StrategyRegion = Annotated[int, Field(ge=11, le=9999, examples=[3515])]


class PlanQuery(In):
    """Whose plan, of which year."""

    region: StrategyRegion
    year: StrategyYear


class PlanItemOut(Out):
    """One thing of a plan; `duty` is a key of the duties or empty; `late`: its day is over and it is not done."""

    id: str
    pillar: str = Field(examples=["regulation", "budget", "implementation"])
    duty: str
    title: str
    office: str
    due_on: dt.date
    state: str = Field(examples=["planned", "under_way", "done", "dropped"])
    state_on: dt.date
    reason: str
    late: bool
    regulation: int | None
    programme: int | None
    file: bool = Field(description=N_("Ada berkas sebagai bukti."))


class PlanOut(Out):
    """A region's plan of a year."""

    region_code: int
    year: int
    items: list[PlanItemOut]


class HalfReportQuery(In):
    """Of which region."""

    region: StrategyRegion


class HalfReportOut(Out):
    """A version of a report, its figures as they were computed; groups of fewer than five people are null."""

    id: str
    region_code: int
    year: int
    half: int
    version: int
    state: str = Field(examples=["draft", "signed", "sent"])
    computed_at: dt.datetime
    figures: dict[str, Any]
    obstacles: str
    help: str
    correction: str
    digest: str
    drafted_on: dt.date
    signed_on: dt.date | None
    sent_on: dt.date | None


class HalfReportsOut(Out):
    """Reports of a region."""

    items: list[HalfReportOut]


class DoneQuery(In):
    """Of which year."""

    year: StrategyYear


class RegionDoneOut(Out):
    """What a region has done in a year; whole rupiah; `people` is null for one to four."""

    region_code: int
    regulations: int
    budget_rupiah: int
    people: int | None
    items: int
    items_done: int
    items_late: int
    first_half_sent: bool
    second_half_sent: bool


class RegionsDoneOut(Out):
    """Every province, regency and city."""

    year: int
    items: list[RegionDoneOut]


OF_ITEM = ("pillar", "duty", "title", "office", "due_on", "state", "state_on", "reason")
OF_REPORT = (
    "region_code", "year", "half", "version", "state", "computed_at", "figures", "obstacles", "help", "correction", "digest",
    "drafted_on", "signed_on", "sent_on",
)  # fmt: skip
OF_REGION = ("regulations", "budget_rupiah", "items", "items_done", "items_late")


@strategy.get("/strategy-plan", PlanOut, title=N_("Rencana sebuah daerah"), needs=(Can.SEE_MOVEMENT,))
def plan(request: HttpRequest, query: QueryParam[PlanQuery]) -> Any:
    """A region's plan; empty where it was not begun."""
    need_there(Can.SEE_MOVEMENT, query.region)
    found, today = queries.plan(query.region, query.year), timezone.localdate()
    items = [_item(one, today) for items in found.items.values() for one in items]
    return {"region_code": query.region, "year": query.year, "items": items}


@strategy.get(
    "/half-reports", HalfReportsOut, title=N_("Laporan semester sebuah daerah"), needs=(Can.SEE_MOVEMENT, Can.READ_CELLS)
)
def reports(request: HttpRequest, query: QueryParam[HalfReportQuery]) -> Any:
    """All versions for the region itself; those that were sent for who reads sums."""
    return {"items": [_report(one) for one in queries.reports(query.region)]}


@strategy.get(
    "/half-reports/{id}", HalfReportOut, title=N_("Satu laporan semester"), needs=(Can.SEE_MOVEMENT, Can.READ_CELLS),
    problems=NOT_FOUND,
)  # fmt: skip
def report(request: HttpRequest, id: Reference) -> Any:
    """One version."""
    try:
        return _report(queries.report(row_of("half_report", id)))
    except Refused:
        raise unknown() from None


@strategy.get("/strategy-done", RegionsDoneOut, title=N_("Siapa sudah berbuat apa"), needs=(Can.READ_CELLS,))
def done(request: HttpRequest, query: QueryParam[DoneQuery]) -> Any:
    """What every region has done in a year, in sums."""
    found = queries.told(query.year, timezone.localdate())
    audit.record("cells.read", "region", None, fields=("all",), reason=f"strategi {query.year}")
    items = [
        {
            **{name: getattr(one, name) for name in OF_REGION}, "region_code": code, "people": None if one.hidden else one.people,
            "first_half_sent": bool(one.first_sent), "second_half_sent": bool(one.second_sent),
        }
        for code, one in sorted(found.items())
    ]  # fmt: skip
    return {"year": query.year, "items": items}


def _item(one: PlanItem, today: dt.date) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in OF_ITEM}, "id": reference("plan_item", one.pk), "late": is_late(one, today),
        "regulation": one.regulation.code if one.regulation else None,
        "programme": one.programme.number if one.programme else None, "file": bool(one.file_digest),
    }  # fmt: skip


def _report(row: HalfReport) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in OF_REPORT}, "id": reference("half_report", row.pk)}
