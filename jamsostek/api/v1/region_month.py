"""A region's month as its head reads it: sums, villages and firms to visit, money left."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.v1.shapes import In, Month, MonthOut, Out
from jamsostek.collection.queries.visits import Firm
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.outreach.queries.half_figures import one_told
from jamsostek.outreach.queries.monthly import VISITED_FIRMS, VISITED_VILLAGES, Money, Monthly, Place, monthly

region_month = Resource("region_month", N_("Bulan sebuah daerah"))


class RegionMonthQuery(In):
    """Of which region and month."""

    region: Annotated[int, Field(ge=11, le=9999, examples=[3515])]
    month: Month


class MonthChangesOut(Out):
    """People: covered first, again, no more; enrolled by programmes; whose cover ends after this month or the next."""

    joined: int
    returned: int
    ended: int
    enrolled: int
    ends_now: int
    ends_next: int


class VillageVisitOut(Out):
    """A village to visit, the first the most urgent. Fewer than five people are null."""

    code: int
    found: int | None
    ending: int | None
    covered: int | None
    covered_before: int | None


class FirmVisitOut(Out):
    """A firm to visit. `months` overdue of its oldest bill; `unregistered` by another list; `case`: a sanction case is open."""

    npp: str
    name: str
    regency_code: int
    workers: int
    months: int
    bills: int
    unregistered: int
    case: bool


class SourceLeftOut(Out):
    """A source of an open programme; whole rupiah; `more` people it is still enough for."""

    programme: int
    title: str
    kind: str
    left_rupiah: int
    more: int
    to_month: MonthOut


class RegionMonthOut(Out):
    """A region's month; `money` is null for a past one."""

    region_code: int
    month: MonthOut
    covered: int
    covered_before: int
    covered_year_ago: int
    changes: MonthChangesOut
    villages: list[VillageVisitOut]
    firms: list[FirmVisitOut]
    money: list[SourceLeftOut] | None


@region_month.get("/region-month", RegionMonthOut, title=N_("Bulan sebuah daerah"), needs=(Can.SEE_MOVEMENT,))
def show(request: HttpRequest, query: QueryParam[RegionMonthQuery]) -> Any:
    """What the monthly page tells: sums of at most a quarter of an hour ago, of a past month as it is known today."""
    today = timezone.localdate()
    if query.month > month_of(today):
        raise InputError(_("Bulan itu belum tiba."), field="month", remedy=_("Pilih bulan ini atau sebelumnya."))
    return _told(monthly(query.region, query.month, today=today, now=timezone.now()))


def _told(found: Monthly) -> dict[str, Any]:
    return {
        "region_code": found.region, "month": found.month, "covered": found.count("now"), "covered_before": found.count("before"),
        "covered_year_ago": found.count("year_ago"), "changes": vars(found.changes),
        "villages": [_village(one) for one in found.places[:VISITED_VILLAGES]],
        "firms": [_firm(one) for one in found.firms[:VISITED_FIRMS]],
        "money": None if found.money is None else [_money(one) for one in found.money],
    }  # fmt: skip


def _village(one: Place) -> dict[str, Any]:
    return {
        "code": one.code, "found": one_told(one.found), "ending": one_told(one.ending), "covered": one_told(one.now),
        "covered_before": one_told(one.before),
    }  # fmt: skip


def _firm(one: Firm) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FirmVisitOut.model_fields}


def _money(one: Money) -> dict[str, Any]:
    return {name: getattr(one, name) for name in SourceLeftOut.model_fields}
