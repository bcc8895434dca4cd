"""Limits of investments: how each stands, what a trade would do, broken ones with their plans, the board's own."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import conflicts, located, wrong
from jamsostek.api.v1.shapes import Day, In, Out, Reference, text
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import board_limits, breaches
from jamsostek.fund.actions.board_limits import NewBoardLimit
from jamsostek.fund.limits import Finding, findings_after
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.limits.rules import Limit
from jamsostek.fund.queries import breaches as breach_queries
from jamsostek.fund.queries import limits as queries
from jamsostek.fund.queries.breaches import Broken, Plan

investment_limits = Resource("investment_limits", N_("Batas investasi"))
READS = (Can.READ_BOOKS,)
FIRST, LAST = dt.date(2014, 1, 1), dt.date(2100, 12, 31)
LimitDay = Annotated[Day, Field(ge=FIRST, le=LAST)]
LimitFund = Literal["jkk", "jkm", "jht", "jp", "jkp"]
RuleId = Annotated[str, StringConstraints(pattern=r"^(board:)?[a-z_.]{1,60}$"), Field(examples=["equity.issuer"])]
InstrumentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9._-]{0,19}$"), Field(examples=["FR0098"])]
Amount = Annotated[int, Field(ge=1, le=10**15)]


class LimitStandingOut(Out):
    """A limit and one thing it is about (an issuer, group or instrument; empty for a class), as it stands. Whole rupiah.

    `room_rupiah` is what can still be bought; of a limit downwards (`least`), what can still be sold. Negative: broken.
    """

    rule: str
    title: str
    fund: str
    basis: str = Field(examples=["law", "board"])
    bound: str = Field(examples=["most", "least"])
    base: str = Field(examples=["investments", "all_investments", "net_assets"])
    subject: str
    subject_name: str
    held_rupiah: int
    base_rupiah: int
    share_ppm: int
    limit_ppm: int
    limit_rupiah: int
    room_rupiah: int
    broken: bool
    regulation: str
    article: str
    grade: str = Field(description=N_("Seberapa kuat buktinya; batas internal: board."))
    source: str


class LimitsOut(Out):
    """Every limit of a fund with everything it is about, at the end of a day."""

    fund: str
    on: dt.date
    items: list[LimitStandingOut]


class LimitFindingOut(Out):
    """A limit before and after a trade. Whole rupiah."""

    rule: str
    basis: str
    bound: str
    base: str
    fund: str
    subject: str
    subject_name: str
    before_rupiah: int
    before_base_rupiah: int
    after_rupiah: int
    base_rupiah: int
    share_ppm: int
    limit_ppm: int
    limit_rupiah: int
    room_rupiah: int
    broken_before: bool
    broken_after: bool
    breach: bool = Field(description=N_("Dilampaui oleh transaksi ini sendiri."))
    regulation: str
    article: str
    grade: str


class LimitTrialOut(Out):
    """What a trade would do to every limit it touches; nothing is written."""

    breaches: int
    items: list[LimitFindingOut]


class LimitsQuery(In):
    """Of which day: today where nothing is told."""

    on: LimitDay | None = None


class LimitTrialQuery(In):
    """A trade that nobody has planned. `quantity` counts for a sale, `amount_rupiah` for a purchase."""

    instrument: InstrumentCode
    side: Literal["buy", "sell"]
    quantity: Amount
    amount_rupiah: Amount
    on: LimitDay | None = None


class LimitPlanIn(In):
    """How a limit that is broken will be kept again, and by when."""

    fund: LimitFund
    rule: RuleId
    subject: text(200) = ""  # type: ignore[valid-type]
    plan: text(2000, 1)  # type: ignore[valid-type]
    mend_by: LimitDay


class LimitPlanAnswerIn(In):
    """Whether the plan is accepted; a reason where it is not."""

    approved: bool
    reason: text(200) = ""  # type: ignore[valid-type]


class LimitPlanOut(Out):
    """A plan for a broken limit: as it stood when it was seen, and where the plan is now. Whole rupiah."""

    id: str
    fund: str
    rule: str
    title: str
    subject: str
    subject_name: str
    since: dt.date
    seen_on: dt.date
    held_rupiah: int
    base_rupiah: int
    limit_rupiah: int
    plan: str
    mend_by: dt.date
    state: str = Field(examples=["waiting", "running", "overdue", "mended", "refused"])
    reason: str


class LimitBrokenOut(Out):
    """A limit that is broken today, since when, and the newest plan for it."""

    standing: LimitStandingOut
    since: dt.date
    state: str
    plan: str | None


class LimitBreachesOut(Out):
    """What is broken today, and every plan there was, the newest first."""

    broken: list[LimitBrokenOut]
    plans: list[LimitPlanOut]


class BoardLimitIn(In):
    """What the board decided; without `ppm` its limit is lifted."""

    fund: LimitFund
    rule: RuleId
    ppm: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None
    since: LimitDay
    decree: text(120, 1)  # type: ignore[valid-type]
    decreed_on: LimitDay
    reason: text(500, 1)  # type: ignore[valid-type]


class BoardLimitAnswerIn(In):
    """Whether it holds; a reason where it does not."""

    confirmed: bool
    reason: text(200) = ""  # type: ignore[valid-type]


class BoardLimitOut(Out):
    """A limit of the board as it was recorded, and whether it was confirmed."""

    id: str
    fund: str
    rule: str
    title: str
    ppm: int | None
    since: dt.date
    decree: str
    decreed_on: dt.date
    reason: str
    invented: bool
    state: str = Field(examples=["waiting", "confirmed", "refused"])


class BoardLimitsOut(Out):
    """Everything the board was said to set, the newest first."""

    items: list[BoardLimitOut]


@investment_limits.get("/funds/{fund}/limits", LimitsOut, title=N_("Batas investasi satu dana"), needs=READS)
def standing(request: HttpRequest, fund: LimitFund, query: QueryParam[LimitsQuery]) -> Any:
    """Of a day, by the books and the newest prices of that day."""
    on = _day(query.on)
    return {"fund": fund, "on": on, "items": [_standing(one) for one in queries.day(on).standings(fund)]}


@investment_limits.get("/funds/{fund}/limits/trial", LimitTrialOut, title=N_("Coba transaksi terhadap batas"), needs=READS)
def trial(request: HttpRequest, fund: LimitFund, query: QueryParam[LimitTrialQuery]) -> Any:
    """Every limit before and after it."""
    found = next((pk for pk, code, _name in queries.instruments() if code == query.instrument), None)
    if found is None:
        raise wrong("instrument", _("Efek ini tidak ada."), _("Pilih dari daftar efek."))
    told = findings_after(
        fund=fund, instrument_id=found, side=query.side, quantity=query.quantity, amount_rupiah=query.amount_rupiah,
        on=_day(query.on),
    )  # fmt: skip
    return {"breaches": sum(one.breach for one in told), "items": [_finding(one) for one in told]}


@investment_limits.get("/funds/limit-breaches", LimitBreachesOut, title=N_("Batas yang dilampaui dan rencananya"), needs=READS)
def index(request: HttpRequest) -> Any:
    """Today's, with all plans."""
    now = queries.day(timezone.localdate())
    return {
        "broken": [_broken(one) for one in breach_queries.broken_now(now)],
        "plans": [_plan(one) for one in breach_queries.plans(now)],
    }


@investment_limits.post(
    "/funds/limit-breaches", LimitPlanOut, status=201, title=N_("Usulkan rencana perbaikan"), needs=(Can.CHECK_TRADE,),
    problems=frozenset({409}),
)  # fmt: skip
def propose(request: HttpRequest, given: LimitPlanIn, response: HttpResponse) -> Any:
    """For a limit that is broken now; the chief of the funds answers it."""
    with conflicts():
        made = breaches.propose(**given.model_dump(), today=timezone.localdate())
    located(response, f"/funds/limit-breaches/{reference('fund_breach', made.pk)}")
    return _plan(_planned(made.pk))


@investment_limits.get(
    "/funds/limit-breaches/{id}", LimitPlanOut, title=N_("Satu rencana perbaikan"), needs=READS, problems=frozenset({404})
)  # fmt: skip
def show(request: HttpRequest, id: Reference) -> Any:
    """A plan, and where it stands."""
    return _plan(_planned(row_of("fund_breach", id)))


@investment_limits.post(
    "/funds/limit-breaches/{id}/answer", LimitPlanOut, title=N_("Setujui atau kembalikan rencana"), needs=(Can.APPROVE_BREACH,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: LimitPlanAnswerIn) -> Any:
    """The chief takes note of it, or sends it back and says why."""
    found = _planned(row_of("fund_breach", id)).row.pk
    with conflicts():
        breaches.answer(breach_id=found, approved=given.approved, reason=given.reason)
    return _plan(_planned(found))


@investment_limits.get("/funds/board-limits", BoardLimitsOut, title=N_("Batas internal"), needs=READS)
def board(request: HttpRequest) -> Any:
    """The newest first."""
    return {"items": [_board(one) for one in breach_queries.board_history()]}


@investment_limits.post(
    "/funds/board-limits", BoardLimitOut, status=201, title=N_("Catat batas internal"), needs=(Can.CHECK_TRADE,),
    problems=frozenset({409}),
)  # fmt: skip
def record(request: HttpRequest, given: BoardLimitIn, response: HttpResponse) -> Any:
    """Never looser than the law's; the chief of the funds confirms it."""
    with conflicts():
        made = board_limits.record(NewBoardLimit(**given.model_dump()))
    located(response, f"/funds/board-limits/{reference('fund_boardlimit', made.pk)}")
    return _board(_recorded(made.pk))


@investment_limits.get(
    "/funds/board-limits/{id}", BoardLimitOut, title=N_("Satu batas internal"), needs=READS, problems=frozenset({404})
)  # fmt: skip
def recorded(request: HttpRequest, id: Reference) -> Any:
    """One, with its answer."""
    return _board(_recorded(row_of("fund_boardlimit", id)))


@investment_limits.post(
    "/funds/board-limits/{id}/answer", BoardLimitOut, title=N_("Sahkan atau tolak batas internal"), needs=(Can.APPROVE_BREACH,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def confirm(request: HttpRequest, id: Reference, given: BoardLimitAnswerIn) -> Any:
    """Another person than who recorded it."""
    found = _recorded(row_of("fund_boardlimit", id)).pk
    with conflicts():
        board_limits.answer(limit_id=found, confirmed=given.confirmed, reason=given.reason)
    return _board(_recorded(found))


# --- inside -----------------------------------------------------------------------------------------------------------

STATES = {None: "waiting", True: "confirmed", False: "refused"}
STOOD = ("subject", "subject_name", "held_rupiah", "base_rupiah", "share_ppm", "limit_rupiah", "room_rupiah", "broken")
PLANNED = (
    "fund", "rule", "subject", "subject_name", "since", "seen_on", "held_rupiah", "base_rupiah", "limit_rupiah", "plan",
    "mend_by",
)  # fmt: skip
RECORDED = ("fund", "rule", "ppm", "since", "decree", "decreed_on", "reason", "invented")


def _day(asked: dt.date | None) -> dt.date:
    """Today where nothing was asked; a day to come has no holdings yet."""
    today = timezone.localdate()
    if asked is not None and asked > today:
        raise wrong("on", _("Tanggal ini belum tiba."))
    return asked or today


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "rule": limit.id, "title": limit.rule.title, "fund": limit.fund, "basis": limit.basis, "bound": limit.rule.bound,
        "base": limit.rule.base, "limit_ppm": limit.ppm, "regulation": limit.regulation, "article": limit.article,
        "grade": limit.grade, "source": limit.source,
    }  # fmt: skip


def _standing(one: Standing) -> dict[str, Any]:
    return {**_limit(one.limit), **{name: getattr(one, name) for name in STOOD}}


def _finding(one: Finding) -> dict[str, Any]:
    return {**one.to_json(), "breach": one.breach}


def _broken(one: Broken) -> dict[str, Any]:
    plan = reference("fund_breach", one.plan.pk) if one.plan is not None else None
    return {"standing": _standing(one.standing), "since": one.since, "state": one.state, "plan": plan}


def _planned(pk: int) -> Plan:
    found = breach_queries.plans(queries.day(timezone.localdate()), ids=[pk])
    if not found:
        raise unknown()
    return found[0]


def _plan(one: Plan) -> dict[str, Any]:
    given = getattr(one.row, "answer", None)
    told = {name: getattr(one.row, name) for name in PLANNED}
    return {
        **told, "id": reference("fund_breach", one.row.pk), "title": one.title, "state": one.state,
        "reason": given.reason if given else "",
    }  # fmt: skip


def _recorded(pk: int) -> Any:
    found = breach_queries.board_history(ids=[pk])
    if not found:
        raise unknown()
    return found[0]


def _board(one: Any) -> dict[str, Any]:
    given = getattr(one, "answer", None)
    told = {name: getattr(one, name) for name in RECORDED}
    title, state = breach_queries.rule_title(one.rule), STATES[given.confirmed if given else None]
    return {**told, "id": reference("fund_boardlimit", one.pk), "title": title, "state": state}
