"""What the funds hold, money it brought, what is due, and the ends of their months."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import conflicts, located, newest
from jamsostek.api.v1.fund_trades import FundCode, FundDay, FundInstrument, instrument_of
from jamsostek.api.v1.shapes import In, Month, MonthOut, Out, Page, Query, Reference
from jamsostek.core.months import format_month
from jamsostek.core.text import N_
from jamsostek.fund.actions import events as event_actions
from jamsostek.fund.actions import month_end
from jamsostek.fund.models import Event, MonthEnd, Valuation
from jamsostek.fund.queries.due import due_events, next_month_end
from jamsostek.fund.queries.positions import positions
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries import number_words

fund_holdings = Resource("fund_holdings", N_("Yang dimiliki dana"))
READS = (Can.READ_BOOKS,)


class HoldingOut(Out):
    """All lots of one instrument in one fund at the end of a day. Whole rupiah.

    Book value and carrying amount are those of the ledger; market value is the newest price times the units.
    """

    fund: str
    instrument: str
    name: str
    asset_class: str
    issuer: str
    measured: str
    quantity: int
    cost_rupiah: int
    book_rupiah: int
    market_rupiah: int | None
    accrued_rupiah: int
    carrying_rupiah: int
    priced_on: dt.date | None
    invented: bool


class HoldingsOut(Out):
    """Everything held at the end of a day."""

    on: dt.date
    items: list[HoldingOut]


class HoldingsQuery(In):
    """Of which day (today where nothing is told), and which fund."""

    on: FundDay | None = None
    fund: FundCode | None = None


class FundEventOut(Out):
    """Money a holding brought. Whole rupiah."""

    id: str
    kind: str = Field(examples=["coupon", "dividend", "maturity"])
    fund: str
    instrument: str
    due_on: dt.date
    quantity: int
    rupiah: int
    group: str


class FundDueOut(Out):
    """Money a holding is to bring, by its terms."""

    kind: str
    fund: str
    instrument: str
    due_on: dt.date
    quantity: int
    rupiah: int


class FundDuesOut(Out):
    """Coupons and repayments that are due and not recorded, the oldest first."""

    on: dt.date
    items: list[FundDueOut]


class FundEventIn(In):
    """Money that came. `rupiah` only for a dividend: coupons and repayments follow from the terms."""

    kind: Literal["coupon", "dividend", "maturity"]
    fund: FundCode
    instrument: FundInstrument
    due_on: FundDay
    rupiah: Annotated[StrictInt, Field(ge=1, le=10**15)] | None = None


class FundEventsQuery(Query):
    """Of which fund."""

    fund: FundCode | None = None


class FundMonthIn(In):
    """Which month of which fund is to be ended."""

    fund: FundCode
    month: Month


class FundLotOut(Out):
    """A lot at a month's end. Whole rupiah."""

    instrument: str
    quantity: int
    book_rupiah: int
    accrued_rupiah: int
    market_rupiah: int | None
    carrying_rupiah: int


class FundMonthOut(Out):
    """A month of a fund that ended, lot by lot; `group` is null where nothing changed."""

    fund: str
    month: MonthOut
    group: str | None
    made_at: dt.datetime
    lots: list[FundLotOut]


class FundMonthShortOut(Out):
    """A month that ended."""

    fund: str
    month: MonthOut
    group: str | None


class FundMonthsOut(Out):
    """The month every fund ends next (null before its first purchase), and those that ended, the newest first."""

    next: dict[str, MonthOut | None]
    items: list[FundMonthShortOut]


@fund_holdings.get("/funds/holdings", HoldingsOut, title=N_("Yang dimiliki setiap dana"), needs=READS)
def holdings(request: HttpRequest, query: QueryParam[HoldingsQuery]) -> Any:
    """At the end of a day."""
    on = query.on or timezone.localdate()
    names = ("fund", "quantity", "cost_rupiah", "book_rupiah", "market_rupiah", "accrued_rupiah", "carrying_rupiah", "priced_on")
    items = [
        {
            **{name: getattr(one, name) for name in names}, "instrument": one.security.code, "name": one.security.name,
            "asset_class": one.security.asset_class, "issuer": one.security.issuer, "measured": one.security.measured,
            "invented": one.security.invented,
        }
        for one in positions(on=on, fund=query.fund)
    ]  # fmt: skip
    return {"on": on, "items": items}


@fund_holdings.get("/funds/events", Page[FundEventOut], title=N_("Uang dari yang dimiliki"), needs=READS)
def events(request: HttpRequest, query: QueryParam[FundEventsQuery]) -> Any:
    """As it was recorded, the newest first."""
    whole = Event.objects.select_related("instrument").order_by("-id")
    found, following = newest(request, query, whole.filter(fund=query.fund) if query.fund else whole)
    return {"items": [_event(one) for one in found], "next": following}


@fund_holdings.get("/funds/due", FundDuesOut, title=N_("Yang jatuh tempo dan belum dicatat"), needs=READS)
def due(request: HttpRequest) -> Any:
    """Today."""
    on = timezone.localdate()
    items = [
        {"kind": one.kind, "fund": one.fund, "instrument": one.security.code, "due_on": one.due_on, "quantity": one.quantity,
         "rupiah": one.rupiah} for one in due_events(on=on)
    ]  # fmt: skip
    return {"on": on, "items": items}


@fund_holdings.post(
    "/funds/events", FundEventOut, status=201, title=N_("Catat uang dari yang dimiliki"), needs=(Can.SETTLE_TRADE,),
    problems=frozenset({409}),
)  # fmt: skip
def record(request: HttpRequest, given: FundEventIn, response: HttpResponse) -> Any:
    """Books it. The same again is done once."""
    facts: dict[str, Any] = {
        "fund": given.fund, "instrument_id": instrument_of(given.instrument), "due_on": given.due_on,
        "today": timezone.localdate(),
    }  # fmt: skip
    with conflicts():
        if given.kind == "dividend":
            made = event_actions.record_dividend(rupiah=given.rupiah or 0, **facts)
        else:
            made = event_actions.record_due(kind=given.kind, **facts)
    made = Event.objects.select_related("instrument").get(pk=made.pk)
    located(response, f"/funds/events/{reference('fund_event', made.pk)}")
    return _event(made)


@fund_holdings.get(
    "/funds/events/{event_id}", FundEventOut, title=N_("Satu uang dari yang dimiliki"), needs=READS, problems=frozenset({404})
)
def event(request: HttpRequest, event_id: Reference) -> Any:
    """As it was recorded."""
    found = Event.objects.select_related("instrument").filter(pk=row_of("fund_event", event_id)).first()
    if found is None:
        raise unknown()
    return _event(found)


def _event(one: Event) -> dict[str, Any]:
    names = ("kind", "fund", "due_on", "quantity", "rupiah")
    return {
        **{name: getattr(one, name) for name in names}, "id": reference("fund_event", one.pk), "instrument": one.instrument.code,
        "group": number_words(one.group_id),
    }  # fmt: skip


@fund_holdings.get("/funds/months", FundMonthsOut, title=N_("Akhir bulan setiap dana"), needs=READS)
def months(request: HttpRequest) -> Any:
    """The newest hundred."""
    ended = MonthEnd.objects.order_by("-month", "fund")[:100]
    return {
        "next": {fund: next_month_end(fund) for fund in PROGRAMMES},
        "items": [{"fund": one.fund, "month": one.month, "group": _group(one.group_id)} for one in ended],
    }


@fund_holdings.get(
    "/funds/{fund}/months/{month}", FundMonthOut, title=N_("Satu akhir bulan"), needs=READS, problems=frozenset({404})
)
def month(request: HttpRequest, fund: FundCode, month: Month) -> Any:
    """Lot by lot."""
    found = MonthEnd.objects.filter(fund=fund, month=month).first()
    if found is None:
        raise unknown()
    return _month(found)


@fund_holdings.post(
    "/funds/months", FundMonthOut, status=201, title=N_("Akhiri bulan sebuah dana"), needs=(Can.SETTLE_TRADE, Can.RUN_MONTH),
    problems=frozenset({409}),
)  # fmt: skip
def end_month(request: HttpRequest, given: FundMonthIn, response: HttpResponse) -> Any:
    """Books interest that has run, amortisation and market value. The same again is done once."""
    with conflicts():
        made = month_end.end_month(fund=given.fund, month=given.month, today=timezone.localdate())
    located(response, f"/funds/{made.fund}/months/{format_month(made.month)}")
    return _month(made)


def _month(found: MonthEnd) -> dict[str, Any]:
    rows = Valuation.objects.filter(fund=found.fund, month=found.month).select_related("lot__instrument").order_by("lot_id")
    names = ("quantity", "book_rupiah", "accrued_rupiah", "market_rupiah", "carrying_rupiah")
    return {
        "fund": found.fund, "month": found.month, "group": _group(found.group_id), "made_at": found.made_at,
        "lots": [{**{name: getattr(row, name) for name in names}, "instrument": row.lot.instrument.code} for row in rows],
    }  # fmt: skip


def _group(number: int | None) -> str | None:
    return None if number is None else number_words(number)
