"""Trades of investments: planned, checked, refused, approved where they break a limit, settled, withdrawn."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt, StringConstraints

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import conflicts, located, page, wrong
from jamsostek.api.v1.shapes import Day, In, Out, Page, Query, Reference, text
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import trading
from jamsostek.fund.models import Instrument, Trade
from jamsostek.fund.queries.trades import StepTold, TradeTold, trade, trades
from jamsostek.ledger.queries import number_words

fund_trades = Resource("fund_trades", N_("Transaksi investasi"))
READS = (Can.READ_BOOKS,)
NOT_FOUND = frozenset({404})
STEP = frozenset({404, 409})
FIRST, LAST = dt.date(2009, 1, 1), dt.date(2100, 12, 31)
FundDay = Annotated[Day, Field(ge=FIRST, le=LAST)]
FundCode = Literal["jkk", "jkm", "jht", "jp", "jkp"]
FundInstrument = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9._-]{0,19}$"), Field(examples=["FR0098"])]
TradeReference = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9/._-]{0,39}$"), Field(examples=["JHT-2026-0148"])]
TradePrice = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[0-9]{1,12}(\.[0-9]{1,6})?$"), Field(examples=["992500", "4250.5"])
]
TradeUnits = Annotated[StrictInt, Field(ge=1, le=10**15)]


class TradeIn(In):
    """What a dealer asks for; `price` is rupiah for one unit, as text, without interest that has run."""

    reference: TradeReference
    fund: FundCode
    side: Literal["buy", "sell"]
    instrument: FundInstrument
    quantity: TradeUnits
    price: TradePrice
    fee_rupiah: Annotated[StrictInt, Field(ge=0, le=10**15)] = 0
    trade_on: FundDay
    settle_on: FundDay
    reason: text(500, 1)  # type: ignore[valid-type]
    invented: bool = False


class TradeReasonIn(In):
    """Why."""

    reason: text(500, 1)  # type: ignore[valid-type]


class TradeCheckIn(In):
    """What risk management found; a reason may be told."""

    reason: text(500) = ""  # type: ignore[valid-type]


class TradeApprovalIn(In):
    """How a breach is mended, and by when."""

    plan: text(1000, 1)  # type: ignore[valid-type]
    mended_by: FundDay


class TradeFindingOut(Out):
    """A limit before and after the trade, as it stood at the step. Whole rupiah."""

    rule: str
    subject: str
    before_rupiah: int
    after_rupiah: int
    limit_rupiah: int
    room_rupiah: int
    breach: bool


class TradeStepOut(Out):
    """A step that was made."""

    step: str = Field(examples=["checked", "refused", "breach_approved", "settled", "withdrawn"])
    by: str
    at: dt.datetime
    reason: str
    plan: str
    mended_by: dt.date | None
    breaches: int
    findings: list[TradeFindingOut]


class TradeOut(Out):
    """A trade with its steps. Whole rupiah; `cash_rupiah` is what the fund's cash gains, negative for what it pays."""

    id: str
    reference: str
    state: str = Field(examples=["planned", "checked", "breach", "approved", "refused", "settled", "withdrawn"])
    fund: str
    side: str
    instrument: str
    instrument_name: str
    quantity: int
    price: str
    amount_rupiah: int
    accrued_rupiah: int
    fee_rupiah: int
    cash_rupiah: int
    trade_on: dt.date
    settle_on: dt.date
    reason: str
    invented: bool
    planned_by: str
    planned_at: dt.datetime
    group: str | None = Field(description=N_("Nomor kelompoknya di pembukuan, setelah diselesaikan."))
    steps: list[TradeStepOut]


class TradesQuery(Query):
    """Which trades."""

    fund: FundCode | None = None
    instrument: FundInstrument | None = None
    open: bool = Field(False, description=N_("Hanya yang belum berakhir."))


@fund_trades.get("/funds/trades", Page[TradeOut], title=N_("Daftar transaksi investasi"), needs=READS)
def index(request: HttpRequest, query: QueryParam[TradesQuery]) -> Any:
    """The newest first."""
    instrument = instrument_of(query.instrument) if query.instrument else None

    def rows(before: int | None, limit: int) -> list[TradeTold]:
        return trades(fund=query.fund, instrument_id=instrument, open_only=query.open, before=before, most=limit)

    found, following = page(request, query, rows, lambda one: one.id, first=None)
    return {"items": [told(one) for one in found], "next": following}


@fund_trades.post("/funds/trades", TradeOut, status=201, title=N_("Rencanakan transaksi investasi"), needs=(Can.PLAN_TRADE,))
def plan(request: HttpRequest, given: TradeIn, response: HttpResponse) -> Any:
    """Written down for somebody else to check. The same again is done once."""
    facts = given.model_dump(exclude={"instrument", "price"})
    with conflicts():
        made = trading.plan(instrument_id=instrument_of(given.instrument), price=Decimal(given.price), **facts)
    located(response, f"/funds/trades/{reference('trade', made.id)}")
    return told(made)


@fund_trades.get("/funds/trades/{trade_id}", TradeOut, title=N_("Satu transaksi investasi"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, trade_id: Reference) -> Any:
    """With its steps and the limits at each."""
    found = trade(row_of("trade", trade_id))
    if found is None:
        raise unknown()
    return told(found)


@fund_trades.post(
    "/funds/trades/{trade_id}/check", TradeOut, title=N_("Periksa transaksi investasi"), needs=(Can.CHECK_TRADE,), problems=STEP
)
def check(request: HttpRequest, trade_id: Reference, given: TradeCheckIn) -> Any:
    """Says that it may go on; one that breaks a limit then waits for an approval."""
    with conflicts():
        return told(trading.check(trade_id=_known(trade_id), reason=given.reason))


@fund_trades.post(
    "/funds/trades/{trade_id}/refuse", TradeOut, title=N_("Tolak transaksi investasi"), needs=(Can.CHECK_TRADE,), problems=STEP
)
def refuse(request: HttpRequest, trade_id: Reference, given: TradeReasonIn) -> Any:
    """Ends it before it was checked."""
    with conflicts():
        return told(trading.refuse(trade_id=_known(trade_id), reason=given.reason))


@fund_trades.post(
    "/funds/trades/{trade_id}/approve", TradeOut, title=N_("Setujui pelampauan batas"), needs=(Can.APPROVE_BREACH,), problems=STEP
)
def approve(request: HttpRequest, trade_id: Reference, given: TradeApprovalIn) -> Any:
    """By name, with a plan."""
    with conflicts():
        return told(trading.approve_breach(trade_id=_known(trade_id), plan=given.plan, mended_by=given.mended_by))


@fund_trades.post(
    "/funds/trades/{trade_id}/settle",
    TradeOut,
    title=N_("Selesaikan transaksi investasi"),
    needs=(Can.SETTLE_TRADE,),
    problems=STEP,
)
def settle(request: HttpRequest, trade_id: Reference) -> Any:
    """Books it; settled again is settled once."""
    with conflicts():
        return told(trading.settle(trade_id=_known(trade_id), today=timezone.localdate()))


@fund_trades.post(
    "/funds/trades/{trade_id}/withdraw", TradeOut, title=N_("Batalkan transaksi investasi"),
    needs=(Can.PLAN_TRADE, Can.APPROVE_BREACH), problems=STEP,
)  # fmt: skip
def withdraw(request: HttpRequest, trade_id: Reference, given: TradeReasonIn) -> Any:
    """Takes it back before it is settled."""
    with conflicts():
        return told(trading.withdraw(trade_id=_known(trade_id), reason=given.reason))


def _known(name: str) -> int:
    found = row_of("trade", name)
    if not Trade.objects.filter(pk=found).exists():
        raise unknown()
    return found


def instrument_of(code: str) -> int:
    """The id of a code; a refusal of the field for one that is not there."""
    found = Instrument.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise wrong("instrument", _("Efek ini tidak ada."), _("Pilih dari daftar efek."))
    return found


def told(one: TradeTold) -> dict[str, Any]:
    """A trade as the API tells it."""
    names = (
        "reference", "fund", "side", "quantity", "amount_rupiah", "accrued_rupiah", "fee_rupiah", "cash_rupiah", "trade_on",
        "settle_on", "reason", "invented", "planned_by", "planned_at",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in names},
        "id": reference("trade", one.id),
        "state": str(one.state),
        "instrument": one.security.code,
        "instrument_name": one.security.name,
        "price": format(one.price.normalize(), "f"),
        "group": number_words(one.group_id) if one.group_id is not None else None,
        "steps": [_step(step) for step in one.steps],
    }


def _step(one: StepTold) -> dict[str, Any]:
    names = ("step", "by", "at", "reason", "plan", "mended_by", "breaches")
    limits = ("rule", "subject", "before_rupiah", "after_rupiah", "limit_rupiah", "room_rupiah", "breach")
    return {
        **{name: getattr(one, name) for name in names},
        "findings": [{name: getattr(limit, name) for name in limits} for limit in one.findings],
    }


__all__ = ["FundCode", "FundDay", "FundInstrument", "fund_trades", "instrument_of", "told"]
