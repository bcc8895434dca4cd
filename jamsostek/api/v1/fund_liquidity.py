"""Liquidity of the funds, stress tests and those that were kept."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt, StringConstraints

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import conflicts, located, newest
from jamsostek.api.v1.shapes import Day, In, MonthOut, Out, Page, Query, Reference, text
from jamsostek.core.months import add_months
from jamsostek.core.text import N_
from jamsostek.fund import scenarios
from jamsostek.fund.actions import stress as actions
from jamsostek.fund.liquidity import HORIZON, Standing, cover
from jamsostek.fund.models import StressRun
from jamsostek.fund.queries import stressing
from jamsostek.fund.queries.standing import standings
from jamsostek.fund.queries.stressing import FIRST, LAST, Asked
from jamsostek.ledger.chart import PROGRAMMES

fund_liquidity = Resource("fund_liquidity", N_("Likuiditas dan uji ketahanan dana"))
READS = (Can.READ_BOOKS,)
NOT_FOUND = frozenset({404})
LiquidityDay = Annotated[Day, Field(ge=FIRST, le=LAST)]
StressScenario = Literal["market", "rates", "layoffs", "pandemic", "quake", "combined"]
StressName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}(\.[a-z_]{1,30})?$")]
StressValue = Annotated[StrictInt, Field(ge=-(10**9), le=10**12)]
StressRegion = Annotated[StrictInt, Field(ge=11, le=9999)]
StressMembers = Annotated[StrictInt, Field(ge=0, le=scenarios.MEMBERS_MOST)]
StressReference = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9/._-]{0,39}$"), Field(examples=["UJI-2026-11"])]


class LiquidityQuery(In):
    """Of which day: today where nothing is told."""

    on: LiquidityDay | None = None


class FundCashMonthOut(Out):
    """A month to come; whole rupiah, estimates."""

    month: MonthOut
    contributions_rupiah: int
    claims_rupiah: int
    pensions_rupiah: int
    interest_rupiah: int
    repaid_rupiah: int


class FundLiquidityOut(Out):
    """How far a fund reaches. Whole rupiah; ratios are null where there is nothing to hold them against."""

    fund: str
    worth_rupiah: int
    cash_rupiah: int
    past_outgo_rupiah: int
    claim_months: float | None
    funding_ppm: int | None
    liquid_rupiah: int
    outgo_rupiah: int
    liquid_ppm: int | None
    months_known: int
    months: list[FundCashMonthOut]


class LiquidityOut(Out):
    """Every programme's fund at the end of a day, and twenty-four months ahead."""

    on: dt.date
    funds: list[FundLiquidityOut]


class StressParameterOut(Out):
    """What a stress test assumes, in its unit (ppm, rupiah, months), and within what it may be changed."""

    id: str
    title: str
    unit: str
    value: int
    least: int
    most: int
    grade: str
    source: str
    since: dt.date


class StressParametersOut(Out):
    """Every parameter as it stands on a day."""

    items: list[StressParameterOut]


class StressIn(In):
    """A question. `changed` are parameters in their own units; `region` (province or regency) and `members` are for an
    earthquake."""

    scenario: StressScenario
    on: LiquidityDay
    changed: dict[StressName, StressValue] = Field(default_factory=dict, max_length=60)
    region: StressRegion | None = None
    members: StressMembers | None = None

    def asked(self) -> Asked:
        """As it is reckoned."""
        quake = self.scenario == "quake"
        return Asked(self.scenario, self.on, self.changed, self.region if quake else None, self.members if quake else None)


class StressSaleOut(Out):
    """What is sold in a month (0 is the first of the forecast)."""

    month_at: int
    asset_class: str
    fetched_rupiah: int
    carried_rupiah: int
    haircut_ppm: int


class StressOutcomeOut(Out):
    """A fund by month over two years. Places of months count from 0; null: never."""

    worth_rupiah: int
    worth_after_rupiah: int
    lowest_rupiah: int
    lowest_at: int
    claim_months: float | None
    lowest_claim_months: float | None
    funding_ppm: int | None
    lowest_funding_ppm: int | None
    cash: list[int]
    worth: list[int]
    sales: list[StressSaleOut]
    cash_short_at: int | None
    empty_at: int | None
    unpaid_rupiah: int
    lost_by_sales_rupiah: int


class StressFundOut(Out):
    """A fund with nothing happening, and under the scenario."""

    fund: str
    before: StressOutcomeOut
    after: StressOutcomeOut


class StressBreakOut(Out):
    """What breaks in a fund, and how many times as severe as assumed; 0: already; null: not up to `most`."""

    fund: str
    what: str = Field(examples=["claim_months", "funding", "short", "empty"])
    least: float
    severity: float | None
    most: float


class StressResultOut(Out):
    """What comes of a scenario; estimates."""

    first_month: MonthOut
    funds: list[StressFundOut]
    breaks: list[StressBreakOut]
    used: dict[str, int]


class StressKeepIn(StressIn):
    """A question whose answer is kept; the same reference is kept once."""

    reference: StressReference
    title: text(120, 1)  # type: ignore[valid-type]


class StressRunOut(Out):
    """A kept run, and what the chief said to it."""

    id: str
    reference: str
    title: str
    scenario: str
    as_of: dt.date
    region: int | None
    changed: dict[str, int]
    digest: str
    invented: bool
    made_at: dt.datetime
    state: str = Field(examples=["waiting", "approved", "refused"])
    reason: str


class StressRunWholeOut(StressRunOut):
    """A kept run with its results."""

    results: StressResultOut


class StressRunsQuery(Query):
    """Which runs."""

    scenario: StressScenario | None = None


class StressAnswerIn(In):
    """Whether a run is approved; a reason where it is not."""

    approved: bool
    reason: text(200) = ""  # type: ignore[valid-type]


@fund_liquidity.get("/funds/liquidity", LiquidityOut, title=N_("Likuiditas setiap dana"), needs=READS)
def liquidity(request: HttpRequest, query: QueryParam[LiquidityQuery]) -> Any:
    """Cover ratios of a day, and cash in the months after it."""
    on = query.on or timezone.localdate()
    values = scenarios.checked(on, {})
    cuts = {name.removeprefix("haircut."): ppm for name, ppm in values.items() if name.startswith("haircut.")}
    return {"on": on, "funds": [_liquidity(one, cuts) for one in standings(on, values).values()]}


def _liquidity(one: Standing, cuts: dict[str, int]) -> dict[str, Any]:
    found = cover(one, cuts)
    return {
        "fund": one.fund, "worth_rupiah": one.worth_rupiah, "cash_rupiah": one.cash_rupiah,
        "past_outgo_rupiah": one.past_outgo_rupiah, "claim_months": found.claim_months, "funding_ppm": found.funding_ppm,
        "liquid_rupiah": found.liquid_rupiah, "outgo_rupiah": found.outgo_rupiah, "liquid_ppm": found.liquid_ppm,
        "months_known": len(one.history),
        "months": [
            {
                "month": add_months(one.forecast.first, at), "contributions_rupiah": one.forecast.contributions.rupiah[at],
                "claims_rupiah": one.forecast.claims.rupiah[at], "pensions_rupiah": one.forecast.pensions.rupiah[at],
                "interest_rupiah": sum(held.pays[at][0] for held in one.holdings if at < len(held.pays)),
                "repaid_rupiah": sum(held.pays[at][1] for held in one.holdings if at < len(held.pays)),
            }
            for at in range(HORIZON)
        ],
    }  # fmt: skip


@fund_liquidity.get("/funds/stress-parameters", StressParametersOut, title=N_("Parameter uji ketahanan"), needs=READS)
def parameters(request: HttpRequest, query: QueryParam[LiquidityQuery]) -> Any:
    """With source and grade."""
    return {"items": list(scenarios.parameters(query.on or timezone.localdate()).values())}


@fund_liquidity.post("/funds/stress-tests", StressResultOut, title=N_("Coba uji ketahanan"), needs=READS)
def test(request: HttpRequest, given: StressIn) -> Any:
    """Reckons a scenario over every fund, and what breaks each; nothing is kept."""
    found = stressing.answer(given.asked())
    return _results(stressing.plain(found), dict(found.used.values))


def _results(told: dict[str, Any], used: dict[str, int]) -> dict[str, Any]:
    funds = [{"fund": fund, **told["funds"][fund]} for fund in PROGRAMMES]
    return {"first_month": told["first_month"], "funds": funds, "breaks": told["breaks"], "used": used}


@fund_liquidity.get("/funds/stress-runs", Page[StressRunOut], title=N_("Uji ketahanan yang tersimpan"), needs=READS)
def index(request: HttpRequest, query: QueryParam[StressRunsQuery]) -> Any:
    """The newest first."""
    found, following = newest(request, query, stressing.kept(scenario=query.scenario or ""))
    return {"items": [_run(one) for one in found], "next": following}


@fund_liquidity.post(
    "/funds/stress-runs", StressRunWholeOut, status=201, title=N_("Simpan uji ketahanan"), needs=actions.KEEPERS,
    problems=frozenset({409}),
)  # fmt: skip
def keep(request: HttpRequest, response: HttpResponse, given: StressKeepIn) -> Any:
    """Reckons a scenario and keeps it with all it stood on."""
    with conflicts():
        made = actions.keep(reference=given.reference, title=given.title, asked=given.asked())
    located(response, f"/funds/stress-runs/{reference('stress_run', made.pk)}")
    return _whole(made)


@fund_liquidity.get(
    "/funds/stress-runs/{id}", StressRunWholeOut, title=N_("Satu uji ketahanan"), needs=READS, problems=NOT_FOUND
)  # fmt: skip
def show(request: HttpRequest, id: Reference) -> Any:
    """With its results."""
    return _whole(_found(id))


@fund_liquidity.post(
    "/funds/stress-runs/{id}/answer", StressRunOut, title=N_("Putuskan uji ketahanan"), needs=(Can.APPROVE_FUND,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: StressAnswerIn) -> Any:
    """Another person than who made it."""
    run = _found(id)
    with conflicts():
        return _run(actions.decide(run_id=run.pk, approved=given.approved, reason=given.reason))


def _found(id: str) -> StressRun:
    try:
        return stressing.run(row_of("stress_run", id))
    except Refused:
        raise unknown() from None


def _run(one: StressRun) -> dict[str, Any]:
    found = getattr(one, "answer", None)
    names = ("reference", "title", "scenario", "as_of", "region", "changed", "invented", "made_at")
    return {
        "id": reference("stress_run", one.pk), **{name: getattr(one, name) for name in names},
        "digest": bytes(one.digest).hex(), "reason": found.reason if found else "",
        "state": "waiting" if found is None else "approved" if found.approved else "refused",
    }  # fmt: skip


def _whole(one: StressRun) -> dict[str, Any]:
    return {**_run(one), "results": _results(one.results, one.used)}
