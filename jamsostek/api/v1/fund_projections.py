"""Projections of the funds: the base assumptions, asking for a run, what came of it, two side by side, approving."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field, StrictBool, StrictInt, StringConstraints

from jamsostek.access.background import enqueue
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import conflicts, located
from jamsostek.api.v1.shapes import PLAIN, In, Out
from jamsostek.core.text import N_
from jamsostek.fund.actions import projections as actions
from jamsostek.fund.actions.projections import LONGEST_REASON, LONGEST_REFERENCE, LONGEST_TITLE, MOST_SEED, Asked
from jamsostek.fund.projection import MOST_PATHS, PATHS, SEED, base
from jamsostek.fund.queries import projections as queries
from jamsostek.fund.queries.projections import RUN, Run

fund_projections = Resource("fund_projections", N_("Proyeksi dana"))
READS = (Can.READ_BOOKS,)
Number = Annotated[int, Field(ge=1, le=2**62)]
Figure = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class ProjectionAssumptionOut(Out):
    """A figure every projection begins with, in its unit, with its bounds and the step of the sensitivity table."""

    id: str
    group: str
    title: str
    unit: str
    value: float
    least: float
    most: float
    step: float
    grade: str
    source: str


class ProjectionAssumptionsOut(Out):
    """All of them."""

    items: list[ProjectionAssumptionOut]


class ProjectionIn(In):
    """What to project: figures other than the base by their ids, in their units."""

    reference: Annotated[str, StringConstraints(pattern=PLAIN, min_length=1, max_length=LONGEST_REFERENCE)] = Field(
        description=N_("Rujukan yang sama dengan isi yang sama adalah permintaan yang sama.")
    )
    title: Annotated[str, StringConstraints(pattern=PLAIN, min_length=1, max_length=LONGEST_TITLE)]
    changed: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_]+$", max_length=60)], Figure] = Field(
        default_factory=dict, max_length=100, examples=[{"economy.yield": 6.0}]
    )
    paths: Annotated[StrictInt, Field(ge=0, le=MOST_PATHS)] = PATHS
    seed: Annotated[StrictInt, Field(ge=0, le=MOST_SEED)] = SEED
    sensitivity: StrictBool = True


class ProjectionHeadlineOut(Out):
    """What is said of JP; shares of earnings. `exhausted` is null where the fund lasts beyond 2100."""

    exhausted: int | None
    premium: float
    rate: float
    balance: float


class ProjectionOut(Out):
    """A run as it stands."""

    number: int
    reference: str
    title: str
    state: str = Field(examples=list(queries.STATES))
    official: bool
    changed: dict[str, float]
    assumptions_digest: str
    law_digest: str
    paths: int
    seed: int
    done_permille: int
    problem: str
    asked_at: dt.datetime
    headline: ProjectionHeadlineOut | None


class ProjectionsOut(Out):
    """The newest first, two hundred of them."""

    items: list[ProjectionOut]


class ProjectionFundOut(Out):
    """A fund year by year; whole rupiah. Assets below nothing are what is missing after exhaustion."""

    programme: str
    exhausted: int | None
    contributions: list[int]
    benefits: list[int]
    costs: list[int]
    returns: list[int]
    assets: list[int]
    low: list[int] = Field(description=N_("5 dari 100 jalur di bawahnya, sejak tahun pertama proyeksi; kosong tanpa jalur."))
    high: list[int] = Field(description=N_("95 dari 100 jalur di bawahnya."))


class ProjectionResultOut(Out):
    """What came of a run."""

    number: int
    years: list[int]
    first_ahead: int
    headline: ProjectionHeadlineOut
    payg: list[float]
    funds: list[ProjectionFundOut]


class ProjectionDifferenceOut(Out):
    """A figure in two runs."""

    id: str
    first: float
    second: float


class ProjectionPairOut(Out):
    """Two runs side by side."""

    first: ProjectionResultOut
    second: ProjectionResultOut
    assumptions: list[ProjectionDifferenceOut]


class ProjectionAnswerIn(In):
    """Yes or no; a no says why."""

    approved: StrictBool
    reason: Annotated[str, StringConstraints(pattern=PLAIN, max_length=LONGEST_REASON)] = ""


@fund_projections.get("/funds/projections/assumptions", ProjectionAssumptionsOut, title=N_("Asumsi dasar proyeksi"), needs=READS)
def assumptions(request: HttpRequest) -> Any:
    """In the reader's language."""
    names = ("id", "group", "title", "unit", "value", "least", "most", "step", "grade", "source")
    return {"items": [{name: getattr(one, name) for name in names} for one in base().values()]}


@fund_projections.get("/funds/projections", ProjectionsOut, title=N_("Proyeksi sampai sekarang"), needs=READS)
def index(request: HttpRequest) -> Any:
    """Whatever was asked for, done or not."""
    return {"items": [_told(one) for one in queries.runs()]}


@fund_projections.post(
    "/funds/projections", ProjectionOut, status=202, title=N_("Susun proyeksi"), needs=(Can.PROJECT,), problems=frozenset({409})
)  # fmt: skip
def begin(request: HttpRequest, given: ProjectionIn, response: HttpResponse) -> Any:
    """A job computes it."""
    asked = Asked(given.reference, given.title, given.changed, given.paths, given.seed, given.sensitivity)
    run = actions.begin(asked, on=timezone.localdate())
    if not run.finished:
        enqueue(RUN, projection_id=run.id)
    located(response, f"/funds/projections/{run.id}")
    return _told(run)


@fund_projections.get(
    "/funds/projections/{number}", ProjectionOut, title=N_("Satu proyeksi"), needs=READS, problems=frozenset({404})
)  # fmt: skip
def show(request: HttpRequest, number: Number) -> Any:
    """How far it is."""
    return _told(_found(number))


@fund_projections.get(
    "/funds/projections/{number}/result", ProjectionResultOut, title=N_("Hasil satu proyeksi"), needs=READS,
    problems=frozenset({404}),
)  # fmt: skip
def result(request: HttpRequest, number: Number) -> Any:
    """A 404 while it is not done."""
    return _result(_found(number))


@fund_projections.get(
    "/funds/projections/{number}/beside/{other}", ProjectionPairOut, title=N_("Dua proyeksi berdampingan"), needs=READS,
    problems=frozenset({404}),
)  # fmt: skip
def compare(request: HttpRequest, number: Number, other: Number) -> Any:
    """Their results, and which assumptions differ."""
    first, second = _found(number), _found(other)
    differ = [
        {"id": id, "first": first.assumptions[id], "second": second.assumptions[id]}
        for id in first.assumptions
        if id in second.assumptions and first.assumptions[id] != second.assumptions[id]
    ]
    return {"first": _result(first), "second": _result(second), "assumptions": differ}


@fund_projections.post(
    "/funds/projections/{number}/cancel", ProjectionOut, title=N_("Hentikan proyeksi"), needs=(Can.PROJECT,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def cancel(request: HttpRequest, number: Number) -> Any:
    """It stays in the list."""
    _found(number)
    with conflicts():
        return _told(actions.cancel(projection_id=number))


@fund_projections.post(
    "/funds/projections/{number}/answer", ProjectionOut, title=N_("Putuskan asumsi proyeksi"), needs=(Can.APPROVE_FUND,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def answer(request: HttpRequest, number: Number, given: ProjectionAnswerIn) -> Any:
    """By somebody else than who asked; an approval makes it official."""
    _found(number)
    with conflicts():
        return _told(actions.answer(projection_id=number, approved=given.approved, reason=given.reason))


def _found(number: int) -> Run:
    run = queries.run(number)
    if run is None:
        raise unknown()
    return run


def _told(run: Run) -> dict[str, Any]:
    names = ("reference", "title", "state", "official", "changed", "law_digest", "paths", "seed", "problem", "asked_at")
    return {
        **{name: getattr(run, name) for name in names},
        "number": run.id, "assumptions_digest": run.digest, "done_permille": run.done, "headline": _headline(run.headline),
    }  # fmt: skip


def _headline(told: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {name: told[name] for name in ("exhausted", "premium", "rate", "balance")}


def _result(run: Run) -> dict[str, Any]:
    told = queries.result(run.id)
    if told is None:
        raise unknown()
    keys = ("contributions", "benefits", "costs", "returns", "assets")
    funds = []
    for programme, fund in told["funds"].items():
        fan = told["fan"]["assets"][programme] if told["fan"] else None
        funds.append(
            {
                "programme": programme, "exhausted": fund["exhausted"], **{key: fund[key] for key in keys},
                "low": fan[0] if fan else [], "high": fan[-1] if fan else [],
            }
        )  # fmt: skip
    return {
        "number": run.id, "years": told["years"], "first_ahead": told["first_ahead"], "headline": _headline(told["headline"]),
        "payg": told["jp"]["payg"], "funds": funds,
    }  # fmt: skip
