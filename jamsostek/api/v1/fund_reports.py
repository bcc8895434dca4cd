"""Reports of the funds: asked for, read, signed, taken away; the yearly ones by everybody."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.errors import Refused
from jamsostek.access.roles import PUBLIC, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import ANY_FILE, as_file, conflicts, located, newest, wrong
from jamsostek.api.v1.shapes import In, Month, Out, Page, Query, Reference, text
from jamsostek.core.text import N_, _
from jamsostek.fund.actions import reports as actions
from jamsostek.fund.models import Report
from jamsostek.fund.queries import reports as queries
from jamsostek.fund.queries.reports import Whole
from jamsostek.fund.reports import blocks, drawing

fund_reports = Resource("fund_reports", N_("Laporan dana"))
READS = (Can.READ_BOOKS,)
NOT_FOUND = frozenset({404})
ReportFund = Literal["jkk", "jkm", "jht", "jp", "jkp"]
ReportYear = Annotated[int, Field(ge=2009, le=2100)]


class FundReportsQuery(Query):
    """Which reports."""

    kind: Literal["monthly", "annual"] | None = None
    fund: Literal["jkk", "jkm", "jht", "jp", "jkp", "all"] | None = None


class FundReportIn(In):
    """A month of a fund, or (without a fund) the year of all funds; a note where an edition was decided before."""

    fund: ReportFund | None = None
    month: Month | None = None
    year: ReportYear | None = None
    note: text(500) = ""  # type: ignore[valid-type]


class FundReportOut(Out):
    """A report and how far it is. `period` is a month YYYYMM or a year."""

    id: str
    kind: str = Field(examples=["monthly", "annual"])
    fund: str
    period: int
    edition: int
    title: str
    state: str = Field(examples=["making", "draft", "signed", "refused"])
    parts: list[str]
    done: int
    note: str
    invented: bool
    known_at: dt.datetime
    asked_at: dt.datetime
    digest: str | None = Field(description=N_("SHA-256 atas semua bagiannya, sesudah diputuskan."))
    key: str | None
    reason: str


class FundReportWholeOut(FundReportOut):
    """A report with its parts: plain data by the part's name, whole rupiah."""

    content: dict[str, Any]


class FundReportAnswerIn(In):
    """Whether it is signed; a reason where it is not."""

    signed: bool
    reason: text(200) = ""  # type: ignore[valid-type]


@fund_reports.get("/funds/reports", Page[FundReportOut], title=N_("Laporan dana"), needs=READS)
def index(request: HttpRequest, query: QueryParam[FundReportsQuery]) -> Any:
    """The last asked for first."""
    rows = queries.listed(kind=query.kind or "", fund=query.fund or "").order_by("-pk")
    found, following = newest(request, query, rows)
    return {"items": [_report(one, queries.state_of(one), one.made.count()) for one in found], "next": following}


@fund_reports.post(
    "/funds/reports", FundReportOut, status=201, title=N_("Minta laporan dana"), needs=actions.ASKERS,
    problems=frozenset({409}),
)  # fmt: skip
def ask(request: HttpRequest, response: HttpResponse, given: FundReportIn) -> Any:
    """Made at once, or by a job where the books are long; look at its state again."""
    if (given.fund is None) != (given.year is not None) or (given.fund is None) != (given.month is None):
        raise wrong("fund", _("Sebutkan dana dengan bulannya, atau tahunnya saja."))
    with conflicts():
        made = actions.ask(
            kind="monthly" if given.fund else "annual", fund=given.fund or "all", period=given.month or given.year or 0,
            today=timezone.localdate(), note=given.note,
        )  # fmt: skip
    located(response, f"/funds/reports/{reference('fund_report', made.pk)}")
    whole = queries.report(made.pk)
    return _report(whole.row, whole.state, whole.done)


@fund_reports.get(
    "/funds/reports/{id}", FundReportWholeOut, title=N_("Satu laporan dana"), needs=READS, problems=NOT_FOUND
)  # fmt: skip
def show(request: HttpRequest, id: Reference) -> Any:
    """With every part that is made."""
    return _whole(_found(id))


@fund_reports.post(
    "/funds/reports/{id}/answer", FundReportOut, title=N_("Tandatangani laporan dana"), needs=(Can.APPROVE_FUND,),
    problems=frozenset({404, 409}),
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: FundReportAnswerIn) -> Any:
    """Another person than who asked for it; a correction is a new edition."""
    found = _found(id)
    with conflicts():
        row = actions.answer(report_id=found.row.pk, signed=given.signed, reason=given.reason)
    return _report(row, queries.state_of(row), len(row.parts))


@fund_reports.get(
    "/funds/reports/{id}/paper", None, title=N_("Laporan dana sebagai PDF"), needs=READS, problems=NOT_FOUND, gives=ANY_FILE
)  # fmt: skip
def paper(request: HttpRequest, id: Reference) -> HttpResponse:
    """Once all parts are made."""
    found = _made(id)
    return as_file(drawing.pdf(found), f"{_name(found.row)}.pdf")


@fund_reports.get(
    "/funds/reports/{id}/workbook", None, title=N_("Laporan dana sebagai Excel"), needs=READS, problems=NOT_FOUND, gives=ANY_FILE
)  # fmt: skip
def workbook(request: HttpRequest, id: Reference) -> HttpResponse:
    """Once all parts are made."""
    found = _made(id)
    return as_file(drawing.xlsx(found), f"{_name(found.row)}.xlsx")


@fund_reports.get(
    "/funds/annual-reports/{year}", FundReportWholeOut, title=N_("Laporan tahunan kepada peserta"), needs=PUBLIC,
    problems=NOT_FOUND,
)  # fmt: skip
def annual(request: HttpRequest, year: ReportYear) -> Any:
    """The newest signed edition of a year, for everybody."""
    found = queries.of_year(year)
    if found is None:
        raise unknown()
    return _whole(found)


def _found(id: str) -> Whole:
    try:
        return queries.report(row_of("fund_report", id))
    except Refused:
        raise unknown() from None


def _made(id: str) -> Whole:
    found = _found(id)
    if found.state == "making":
        raise unknown()
    return found


def _name(row: Report) -> str:
    return f"{row.kind}-{row.fund}-{row.period}-{row.edition}"


def _report(row: Report, state: str, done: int) -> dict[str, Any]:
    found = getattr(row, "answer", None)
    names = ("kind", "fund", "period", "edition", "parts", "note", "invented", "known_at", "asked_at")
    return {
        "id": reference("fund_report", row.pk), **{name: getattr(row, name) for name in names}, "title": blocks.title_of(row),
        "state": state, "done": done, "digest": bytes(found.digest).hex() if found else None,
        "key": found.key_id if found else None, "reason": found.reason if found else "",
    }  # fmt: skip


def _whole(found: Whole) -> dict[str, Any]:
    return {**_report(found.row, found.state, found.done), "content": dict(found.parts)}
