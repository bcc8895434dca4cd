"""Custodians' statements compared with the books, differences explained and confirmed; what investments earned."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StrictBool

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest
from jamsostek.api.v1.fund_securities import KEEPS, NOT_FOUND, READS, FundFileProblemOut, problem_told
from jamsostek.api.v1.shapes import Day, In, Month, Out, Page, Query, Reference, text
from jamsostek.core.text import N_
from jamsostek.fund.actions.custody import answer_explanation, explain_difference, record_custody
from jamsostek.fund.actions.price_files import LARGEST_BYTES
from jamsostek.fund.models import Custody, Explanation
from jamsostek.fund.queries import custody as queries
from jamsostek.fund.queries.yields import earned, published

fund_custody = Resource("fund-custody", N_("Kustodian dan imbal hasil"))
JUDGES = (Can.CHECK_TRADE, Can.APPROVE_FUND)
Programme = Literal["jkk", "jkm", "jht", "jp", "jkp"]


class FundCustodyIn(In):
    """Whose statement, of which fund and day."""

    fund: Programme
    custodian: text(200, 1)  # type: ignore[valid-type]
    stated_on: Day


class FundCustodyOut(Out):
    """A statement; `replaced` where a later one of the same fund and day stands in its place."""

    id: str
    fund: str
    custodian: str
    stated_on: dt.date
    file_name: str
    recorded_at: dt.datetime
    left_out: int
    invented: bool
    replaced: bool


class FundExplanationOut(Out):
    """Why the two differ; `confirmed` is null until another person has answered."""

    id: str
    code: str
    units_here: str
    units_there: str
    reason: str
    explained_at: dt.datetime
    confirmed: bool | None
    answer: str


class FundCustodyLineOut(Out):
    """One instrument in both places; units as text, whole rupiah where known."""

    code: str
    name: str
    state: str = Field(examples=["agree", "differ", "missing_here", "missing_there"])
    standing: str = Field(examples=["agree", "open", "waiting", "explained"])
    units_here: str
    units_there: str
    rupiah_here: int | None
    rupiah_there: int | None
    explanation: FundExplanationOut | None


class FundCustodyWhole(FundCustodyOut):
    """With every line compared and rows to mend."""

    open: int
    lines: list[FundCustodyLineOut]
    problems: list[FundFileProblemOut]


class FundExplanationIn(In):
    """Why one instrument differs."""

    code: text(60, 1)  # type: ignore[valid-type]
    reason: text(1_000, 1)  # type: ignore[valid-type]


class FundExplanationAnswerIn(In):
    """Yes or no; a no says why."""

    confirmed: StrictBool
    reason: text(1_000) = ""  # type: ignore[valid-type]


class FundYieldQuery(In):
    """Until the end of which month, how far back, by which value."""

    month: Month
    span: Literal["month", "year_to_date", "year"] = "year_to_date"
    basis: Literal["books", "market"] = "books"


class FundYieldOut(Out):
    """What a portfolio earned in the span, as shares of it (0.05 is 5 %); empty `fund` and `asset_class` are all.

    `rates` are the yearly money-weighted rates: none, one or several; `money_weighted` is of the span, and
    null unless there is one.
    """

    fund: str
    asset_class: str
    begins: dt.date
    ends: dt.date
    begin_rupiah: int
    end_rupiah: int
    came_rupiah: int
    went_rupiah: int
    fee_rupiah: int
    gained_rupiah: int
    time_weighted_gross: float | None
    time_weighted_net: float | None
    money_weighted: float | None
    rates: list[float]
    income_over_average: float | None
    exact: bool


class FundPublishedYieldOut(Out):
    """A yield that was published, per cent a year, with its source."""

    year: int
    fund: str
    percent: str
    status: str
    source: str


class FundYieldsOut(Out):
    """Every portfolio that held or moved anything, and what was published."""

    items: list[FundYieldOut]
    published: list[FundPublishedYieldOut]


@fund_custody.get("/funds/custody-statements", Page[FundCustodyOut], title=N_("Laporan kustodian"), needs=READS)
def index(request: HttpRequest, query: QueryParam[Query]) -> Any:
    """The last recorded first."""
    found, following = newest(request, query, queries.statements().order_by("-pk"))
    return {"items": [_told(one) for one in found], "next": following}


@fund_custody.post(
    "/funds/custody-statements", FundCustodyWhole, status=201, title=N_("Kirim laporan kustodian"), needs=KEEPS,
    body="multipart/form-data",
)  # fmt: skip
def send(request: HttpRequest, response: HttpResponse, given: Form[FundCustodyIn], file: File[UploadedFile]) -> Any:
    """Keeps a statement of all securities of a fund (CSV, Excel) and compares it with the books."""
    made = record_custody(
        content=file.read(LARGEST_BYTES + 1), file_name=file.name or "", fund=given.fund, custodian=given.custodian,
        stated_on=given.stated_on, today=timezone.localdate(),
    )  # fmt: skip
    located(response, f"/funds/custody-statements/{reference('custody', made.pk)}")
    return _whole(made)


@fund_custody.get(
    "/funds/custody-statements/{id}", FundCustodyWhole, title=N_("Satu laporan kustodian"), needs=READS, problems=NOT_FOUND
)  # fmt: skip
def show(request: HttpRequest, id: Reference) -> Any:
    """Line by line, as our books stand now for its day."""
    return _whole(_found(id))


@fund_custody.post(
    "/funds/custody-statements/{id}/explanations", FundExplanationOut, title=N_("Jelaskan selisih kustodian"), needs=KEEPS,
    problems=NOT_FOUND,
)  # fmt: skip
def explain(request: HttpRequest, id: Reference, given: FundExplanationIn) -> Any:
    """Says why one instrument differs; it holds once another person has confirmed it."""
    return _explanation(explain_difference(custody_id=_found(id).pk, code=given.code, reason=given.reason))


@fund_custody.post(
    "/funds/custody-explanations/{id}/answer", FundExplanationOut, title=N_("Putuskan penjelasan selisih"), needs=JUDGES,
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: FundExplanationAnswerIn) -> Any:
    """Confirms an explanation, another person than who gave it, or refuses it and says why."""
    number = row_of("custody_explanation", id)
    if not Explanation.objects.filter(pk=number).exists():
        raise unknown()
    return _explanation(answer_explanation(explanation_id=number, confirmed=given.confirmed, reason=given.reason))


@fund_custody.get("/funds/yields", FundYieldsOut, title=N_("Imbal hasil dana"), needs=READS)
def yields(request: HttpRequest, query: QueryParam[FundYieldQuery]) -> Any:
    """Time-weighted, money-weighted, and income over the average held; an estimate, never an amount owed."""
    names = (
        "fund", "asset_class", "begins", "ends", "begin_rupiah", "end_rupiah", "came_rupiah", "went_rupiah", "fee_rupiah",
        "gained_rupiah", "exact",
    )  # fmt: skip
    items = [
        {
            **{name: getattr(one, name) for name in names},
            "time_weighted_gross": one.gross,
            "time_weighted_net": one.net,
            "money_weighted": one.money,
            "rates": list(one.rates.found),
            "income_over_average": one.income,
        }
        for one in earned(month=query.month, span=query.span, basis=query.basis)
    ]
    return {"items": items, "published": [vars(one) for one in published()]}


# --- inside -----------------------------------------------------------------------------------------------------------


def _found(id: str) -> Custody:
    try:
        return queries.statement(row_of("custody", id))
    except Refused:
        raise unknown() from None


def _told(one: Custody) -> dict[str, Any]:
    names = ("fund", "custodian", "stated_on", "file_name", "recorded_at", "left_out", "invented")
    told = {name: getattr(one, name) for name in names}
    return {**told, "id": reference("custody", one.pk), "replaced": not queries.is_newest(one)}


def _whole(one: Custody) -> dict[str, Any]:
    told = queries.reconciliation(one)
    names = ("code", "name", "state", "standing", "rupiah_here", "rupiah_there")
    lines = [
        {
            **{name: getattr(line, name) for name in names},
            "units_here": _plain(line.units_here),
            "units_there": _plain(line.units_there),
            "explanation": _explanation(line.explanation) if line.explanation else None,
        }
        for line in told.lines
    ]
    problems = queries.problems_of(one, today=timezone.localdate())
    return {**_told(one), "open": len(told.open), "lines": lines, "problems": [problem_told(each) for each in problems]}


def _plain(units: Any) -> str:
    return format(units.normalize(), "f")


def _explanation(one: Explanation) -> dict[str, Any]:
    given = getattr(one, "answer", None)
    return {
        "id": reference("custody_explanation", one.pk),
        "code": one.code,
        "units_here": _plain(one.units_here),
        "units_there": _plain(one.units_there),
        "reason": one.reason,
        "explained_at": one.explained_at,
        "confirmed": None if given is None else given.confirmed,
        "answer": "" if given is None else given.reason,
    }
