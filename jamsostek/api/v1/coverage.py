"""Coverage for everybody: the published figures with their sources, and this registry's protected cells."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import PUBLIC
from jamsostek.api.operations import Resource
from jamsostek.api.v1.shapes import In, Out
from jamsostek.core.months import month_of
from jamsostek.core.text import N_
from jamsostek.coverage import cube
from jamsostek.coverage.assumptions import Assumed
from jamsostek.coverage.denominators import denominators
from jamsostek.coverage.levers import LEVERS, Goal, next_percent, plan
from jamsostek.coverage.nation_history import GROWTH, members_aim, outlook
from jamsostek.coverage.published import figures, sources
from jamsostek.coverage.starts import Members, start_of

coverage = Resource("coverage", N_("Cakupan"))
Series = Literal["members", "funds", "claims", "targets", "universal", "labour", "wages"]
Dimension = Literal["province", "regency", "segment", "programme", "sex", "age", "disability", "payer"]


class FigureOut(Out):
    """A published figure as printed. `value` is null where it was looked for and not found; `region` 0 is the nation."""

    series: str
    as_of: str
    period: str
    region: int
    segment: str
    measure: str
    value: str | None
    unit: str
    basis: str
    status: str
    source: str
    source_text: str
    note: str


class DenominatorOut(Out):
    """Workers of a region by one definition and group, the nearest in time; null where it was looked for and not found.

    No definition is the law's: tell a share with its definition. `status` "assumed" is our own spreading of a wider figure.
    """

    definition: str
    group: str
    persons: int | None
    as_of: str
    status: str
    source: str
    note: str


class PublishedQuery(In):
    """Which figures."""

    series: Series
    region: Annotated[int, Field(ge=0, le=9999)] | None = None


class PublishedOut(Out):
    """The figures of a series, oldest first; with them what members of the region asked for (else of the nation) can be of."""

    items: list[FigureOut]
    denominators: list[DenominatorOut]


class CellQuery(In):
    """A month (YYYYMM, the last one when nothing is said), where, and by what."""

    month: Annotated[int, Field(ge=200901, le=210012)] | None = None
    by: Dimension | None = None
    province: Annotated[int, Field(ge=11, le=99)] | None = None


class CellOut(Out):
    """People of a line, each count by itself rounded to tens; null where fewer than 10."""

    key: int | str | None
    active: int | None
    ever: int | None
    registered: int | None


class CellsOut(Out):
    """The lines of a question; none where no snapshot was made yet. `as_of` is the day of the snapshot.

    `denominators` are those of the province asked for, else of the nation: figures of this installation are no share of them
    where it does not know everybody.
    """

    as_of: dt.date | None
    month: int | None
    by: str | None
    items: list[CellOut]
    denominators: list[DenominatorOut]


@coverage.get("/coverage/published", PublishedOut, title=N_("Angka terbitan"), needs=PUBLIC)
def published(request: HttpRequest, query: QueryParam[PublishedQuery], response: HttpResponse) -> Any:
    """Published figures of a series with status and source."""
    texts = sources()
    response.headers["Cache-Control"] = "public, max-age=3600"
    return {
        "items": [
            vars(one)
            | {
                "value": None if one.value is None else str(one.value),
                "source_text": "; ".join(texts[name] for name in one.source.split()),
            }
            for one in figures(query.series, region=query.region)
        ],
        "denominators": _of_how_many(query.region or 0, month_of(timezone.localdate())),
    }


def _of_how_many(region: int, month: int) -> list[dict[str, Any]]:
    return [vars(one) for one in denominators(region, month)]


@coverage.get("/coverage/cells", CellsOut, title=N_("Sel cakupan"), needs=PUBLIC)
def cells(request: HttpRequest, query: QueryParam[CellQuery], response: HttpResponse) -> Any:
    """People of this registry in a month, as everybody may see them; figures of this installation, not of the nation."""
    snapshot = cube.latest()
    response.headers["Cache-Control"] = "public, max-age=3600"
    if snapshot is None:
        told = _of_how_many(query.province or 0, query.month or month_of(timezone.localdate()))
        return {"as_of": None, "month": None, "by": query.by, "items": [], "denominators": told}
    month = min(query.month or snapshot.last_month, snapshot.last_month)
    where = {"province": (query.province,)} if query.province else {}
    measures = ("active", "ever", "registered")
    answer = cube.protect(cube.ask(cube.Question((month,), measures, (query.by,) if query.by else (), where), source="cells"))
    items = [{"key": line.get(query.by or "", None), **{name: line[name] for name in measures}} for line in answer.dicts()]
    told = _of_how_many(query.province or 0, month)
    return {"as_of": answer.as_of, "month": month, "by": query.by, "items": items, "denominators": told}


class ForecastQuery(In):
    """By which way (the best of the back-test where none is named), and the assumed growth of people at work, per cent a year."""

    way: Literal["last", "last_growth", "drift", "logistic", "flows"] | None = None
    growth: Annotated[float, Field(ge=-2, le=5)] = 100 * GROWTH


class ForecastYearOut(Out):
    """Active members at the end of a year, with bounds that hold 80 and 95 of 100, and people at work."""

    year: int
    active: int
    low_80: int
    high_80: int
    low_95: int
    high_95: int
    workers: int
    chance_of_70_million: float


class ForecastWayOut(Out):
    """How a way did on 2016-2024: mean absolute error (0.142: 14.2 per cent) in all and by years ahead, and times inside."""

    way: str
    error: float
    error_by_years: dict[int, float]
    inside_80: float
    inside_95: float


class ForecastOut(Out):
    """The projection to 2045; an estimate."""

    way: str
    status: str = Field(examples=["estimate"])
    years: list[ForecastYearOut]
    back_test: list[ForecastWayOut]


@coverage.get("/coverage/forecast", ForecastOut, title=N_("Perkiraan peserta"), needs=PUBLIC)
def coverage_forecast(request: HttpRequest, query: QueryParam[ForecastQuery], response: HttpResponse) -> Any:
    """Active members to 2045 from the published counts, and how well each way told the past."""
    told, aim = outlook(way=query.way or "", growth=round(query.growth / 100, 3)), members_aim()
    response.headers["Cache-Control"] = "public, max-age=3600"
    names = ("low_80", "high_80", "low_95", "high_95")
    return {
        "way": told.way,
        "status": "estimate",
        "years": [
            {
                "year": round(one.time) - 1, "active": round(one.middle), "workers": round(one.most),
                "chance_of_70_million": round(one.chance(aim.of(one.most)), 4),
            } | {name: round(getattr(one, name)) for name in names}
            for one in told.told
        ],
        "back_test": [
            {
                "way": one.way, "error": round(one.mean, 4), "inside_80": round(one.inside_80, 4),
                "inside_95": round(one.inside_95, 4),
                "error_by_years": {ahead: round(error, 4) for ahead, error in one.by_years.items()},
            }
            for one in told.scores
        ],
    }  # fmt: skip


class CoveragePlanQuery(In):
    """Where (0 the nation, a province or a regency), to which share of people at work in per cent, by the end of which year.

    Members are the published ones, else those of this installation's registry; `members` asks for one of both, and `pu`, `bpu`
    and `lapsed` together take their place.
    """

    region: Annotated[int, Field(ge=0, le=9999)] = 0
    share: Annotated[float, Field(gt=0, le=100)]
    year: Annotated[int, Field(ge=2027, le=2060)]
    first_year: Annotated[int, Field(ge=2026, le=2060)]
    budget_rupiah: Annotated[int, Field(ge=0, le=10**15)] | None = None
    members: Literal["published", "registry"] | None = None
    pu: Annotated[int, Field(ge=0, le=200_000_000)] | None = None
    bpu: Annotated[int, Field(ge=0, le=200_000_000)] | None = None
    lapsed: Annotated[int, Field(ge=0, le=200_000_000)] | None = None

    def own(self) -> Members | None:
        """Figures of the caller's own; None where not all three are given."""
        if self.pu is None or self.bpu is None or self.lapsed is None:
            return None
        return Members(self.pu, self.bpu, self.lapsed)


class CoveragePlanStartOut(Out):
    """People at work and members the plan sets out from; `workers_assumed` where a province's were spread by population.

    `basis` is published, registry or own; `counted_with` are the provinces that the figures hold together.
    """

    region: int
    basis: str
    as_of: str
    sources: list[str]
    formal: int
    informal: int
    workers_assumed: bool
    pu: int
    bpu: int
    others: int
    lapsed: int
    lapsed_estimated: bool
    counted_with: list[int]


class CoveragePlanYearOut(Out):
    """Members needed and had at the end of a year, and persons and rupiah of each lever in it."""

    year: int
    needed: int
    had: int
    persons: dict[str, int]
    rupiah: dict[str, int]


class CoveragePlanOut(Out):
    """The cheapest plan, or the nearest where `reachable` is false; with the assumptions it stands on."""

    reachable: bool
    share: float
    rupiah: int
    next_percent_rupiah: int | None
    at_limit: list[str]
    start: CoveragePlanStartOut
    denominators: list[DenominatorOut]
    years: list[CoveragePlanYearOut]
    assumptions: dict[str, float | int | None]


@coverage.get("/coverage/plan", CoveragePlanOut, title=N_("Rencana cakupan termurah"), needs=PUBLIC)
def coverage_plan(request: HttpRequest, query: QueryParam[CoveragePlanQuery]) -> Any:
    """The cheapest mix of levers towards a goal, on the assumptions of the public planner."""
    start = start_of(query.region, query.first_year, basis=query.members or "", own=query.own())
    assumed = Assumed(budget_rupiah=query.budget_rupiah)
    goal = Goal(query.share / 100, query.year, query.first_year)
    made = plan(start, assumed, goal)
    return {
        "reachable": made.reachable,
        "share": round(made.share, 6),
        "rupiah": made.rupiah,
        "next_percent_rupiah": next_percent(start, assumed, goal),
        "at_limit": made.at_limit() if not made.reachable else [],
        "start": {name: getattr(start, name) for name in CoveragePlanStartOut.model_fields},
        "denominators": _of_how_many(query.region, query.first_year * 100 + 1),
        "years": [
            {
                "year": one.year, "needed": one.needed, "had": one.had,
                "persons": dict(zip(LEVERS, one.persons, strict=True)), "rupiah": dict(zip(LEVERS, one.rupiah, strict=True)),
            }
            for one in made.years
        ],
        "assumptions": vars(assumed),
    }  # fmt: skip
