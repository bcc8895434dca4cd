"""Wage reports: a month begun, its exceptions, submitted, approved by another, billed."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.limits import REGISTRATION
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import PersonIn, employer_of, located, page, person_of, wrong
from jamsostek.api.v1.shapes import Day, In, Kpj, Line, Month, MonthOut, Npp, Out, Page, Query, Reason, Reference, Rupiah, text
from jamsostek.collection.actions import reports as actions
from jamsostek.collection.actions.reports.states import Elsewhere
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Report, ReportChange
from jamsostek.collection.queries import reports as queries
from jamsostek.collection.queries.reports import Totals
from jamsostek.core.text import N_, _
from jamsostek.registry.choices import Leaving, Segment
from jamsostek.registry.identity import check
from jamsostek.registry.queries import registers

reports = Resource("reports", N_("Laporan upah"))
NOT_FOUND = frozenset({404})
STEPS = frozenset({404, 409})
State = Literal["draft", "prepared", "returned", "approved", "billed", "withdrawn"]


class ReportIn(In):
    """Which month."""

    month: Month


class ReportSumsOut(Out):
    """A month of the employer; whole rupiah."""

    people: int
    wage_rupiah: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_rupiah: int
    jp_rupiah: int
    total_rupiah: int
    worker_rupiah: int = Field(description=N_("Bagian yang dipotong dari upah pekerja."))


class DiffersOut(Out):
    """What a month billed before changes by."""

    month: MonthOut
    people: int
    total_rupiah: int


class TotalsOut(Out):
    """This month beside the one before; with `late` what differs is asked for in the open month."""

    now: ReportSumsOut
    before: ReportSumsOut
    late: bool
    months: list[DiffersOut]
    due_on: dt.date


class ReportOut(Out):
    """A version of a month, and where it stands."""

    id: str
    employer: str
    month: MonthOut
    version: int
    state: State
    late: bool
    alone: bool = Field(description=N_("Disetujui oleh penyusunnya, karena perusahaan tidak punya orang lain."))
    reason: str = Field(description=N_("Mengapa dikembalikan atau ditarik."))
    prepared_at: dt.datetime | None
    approved_at: dt.datetime | None


class FlagOut(Out):
    """Something to look at; nothing is refused for it."""

    kind: str
    article: str
    count: int | None


class ReportWhole(ReportOut):
    """With its sums, flags and the payment codes of its bills."""

    totals: TotalsOut
    flags: list[FlagOut]
    bills: list[str]


class JoinIn(In):
    """Somebody who joins: by `kpj` with name and birth date, or a `person`; exactly one of the two."""

    joined_on: Day
    wage_rupiah: Rupiah
    kpj: Kpj | None = None
    name: text(120) = ""  # type: ignore[valid-type]
    birth_date: Day | None = None
    person: PersonIn | None = None
    segment: Segment = Segment.PU
    unit: text(20, 1) | None = None  # type: ignore[valid-type]
    position: text(80) = ""  # type: ignore[valid-type]


class ReportChangeIn(In):
    """An exception about somebody who works there; an earlier one of its kind is replaced."""

    kpj: Kpj
    kind: Literal["wage", "leave", "absent", "present", "stay"]
    wage_rupiah: Rupiah | None = None
    left_on: Day | None = None
    leaving: Leaving | None = None
    note: Line = ""


class ReportChangeOut(Out):
    """An exception of a report."""

    id: str
    kind: Literal["wage", "join", "leave", "absent", "present", "stay"]
    kpj: str | None
    name: str
    wage_rupiah: int | None
    before_rupiah: int | None
    day: dt.date | None
    leaving: Leaving | None
    note: str


class Taken(Out):
    """`taken`, or `same` where the registry says so already and no exception stands."""

    status: Literal["taken", "same"]


class WhyIn(In):
    """Why a report goes back, or is withdrawn."""

    reason: Reason


def _report(id: str) -> Report:
    try:
        return queries.get(row_of("report", id))
    except Refused:
        raise unknown() from None


def _told(one: Report) -> dict[str, Any]:
    fields = ("month", "version", "state", "late", "alone", "reason", "prepared_at", "approved_at")
    return {
        **{name: getattr(one, name) for name in fields}, "id": reference("report", one.pk), "employer": one.employer.npp,
    }  # fmt: skip


def _totals(one: Totals) -> dict[str, Any]:
    def sums(found: Any) -> dict[str, Any]:
        return {**vars(found), "total_rupiah": found.total_rupiah}

    months = [vars(month) for month in one.months]
    return {"now": sums(one.now), "before": sums(one.before), "late": one.late, "months": months, "due_on": one.due_on}


def _step(act: Any, **given: Any) -> Report:
    """A step of a report; one that comes too late is a conflict."""
    try:
        made: Report = act(**given)
    except Elsewhere as error:
        raise Problem(409, error.message, error.remedy) from None
    return made


@reports.post(
    "/employers/{npp}/reports", ReportOut, status=201, title=N_("Mulai laporan upah"), needs=(Can.REPORT_WAGES,),
    problems=NOT_FOUND,
)  # fmt: skip
def create(request: HttpRequest, npp: Npp, given: ReportIn, response: HttpResponse) -> Any:
    """A draft of a month, or the version that is open; after one that was approved, the next version."""
    made = actions.begin(employer_id=employer_of(npp).pk, month=given.month, today=timezone.localdate())
    located(response, f"/reports/{reference('report', made.pk)}")
    return _told(made)


@reports.get(
    "/employers/{npp}/reports", Page[ReportOut], title=N_("Laporan upah perusahaan"), needs=SIGNED_IN, problems=NOT_FOUND
)
def index(request: HttpRequest, npp: Npp, query: QueryParam[Query]) -> Any:
    """An employer's reports, the newest first."""
    employer = employer_of(npp)

    def rows(after: int | None, limit: int) -> list[Report]:
        return queries.reports(employer.pk, after=after, limit=limit)

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@reports.get("/reports/{id}", ReportWhole, title=N_("Satu laporan upah"), needs=SIGNED_IN, problems=NOT_FOUND)
def show(request: HttpRequest, id: Reference) -> Any:
    """A version with its sums: as prepared, or while it is written as it stands now."""
    found = _report(id)
    totals = Totals.read(found.totals) if found.totals and found.state not in queries.EDITED else queries.totals_of(found)
    flags = [{"kind": one.kind, "article": one.article, "count": one.facts.get("count")} for one in queries.flags(found)]
    bills = [code_of(one.bill.number) for one in queries.bills_of(found, timezone.localdate())]
    return {**_told(found), "totals": _totals(totals), "flags": flags, "bills": bills}


@reports.get(
    "/reports/{id}/changes", Page[ReportChangeOut], title=N_("Yang berubah dalam laporan"), needs=SIGNED_IN, problems=NOT_FOUND
)
def changes(request: HttpRequest, id: Reference, query: QueryParam[Query]) -> Any:
    """The exceptions of a version."""
    report = _report(id)

    def rows(after: int, limit: int) -> list[ReportChange]:
        return queries.changes(report, after=after, limit=limit)

    found, following = page(request, query, rows, lambda one: one.pk)
    audit.looked([one.participant_id for one in found if one.participant_id], ("name", "wage_rupiah"), "API")
    return {"items": [_change(one) for one in found], "next": following}


def _change(one: ReportChange) -> dict[str, Any]:
    fields = ("kind", "name", "wage_rupiah", "before_rupiah", "day", "note")
    return {
        **{name: getattr(one, name) for name in fields},
        "id": reference("report_change", one.pk),
        "kpj": registers.kpj_in_sight(one.participant_id) if one.participant_id else None,
        "leaving": one.leaving or None,
    }


@reports.post("/reports/{id}/changes", Taken, title=N_("Ubah laporan"), needs=(Can.REPORT_WAGES,), problems=STEPS)
def change(request: HttpRequest, id: Reference, given: ReportChangeIn) -> Any:
    """An exception about somebody who works there: a wage, a leaving, a month without pay, or one of these taken back."""
    report = _report(id)
    spells = registers.spells_there(report.employer_id, person_of(given.kpj).pk, None)
    if not spells:
        raise unknown(_("Peserta ini tidak tercatat bekerja di sini."))
    month = report.month
    then = [one for one in spells if one.from_month <= month and (one.to_month is None or one.to_month >= month)]
    edit = actions.Edit(
        given.kind, (then or spells)[0].pk, given.wage_rupiah, given.left_on, str(given.leaving or ""), given.note
    )
    try:
        return {"status": actions.edit_one(report_id=report.pk, change=edit)}
    except Elsewhere as error:
        raise Problem(409, error.message, error.remedy) from None


@reports.post(
    "/reports/{id}/joiners", Taken, title=N_("Pekerja masuk dalam laporan"), needs=(Can.REPORT_WAGES,), limits=(REGISTRATION,),
    problems=STEPS,
)  # fmt: skip
def join(request: HttpRequest, id: Reference, given: JoinIn) -> Any:
    """Somebody who joins; they are registered when the report is approved."""
    report = _report(id)
    if (given.kpj is None) == (given.person is None):
        raise wrong("kpj", _("Isi tepat satu dari kpj dan person."))
    unit = registers.unit_by_code(report.employer_id, given.unit) if given.unit else None
    if given.unit and unit is None:
        raise wrong("unit", _("Unit ini tidak ada di perusahaan ini."), _("Tambahkan dahulu unitnya."))
    person = check(given.person.person(), today=timezone.localdate()) if given.person else None
    joiner = actions.Joiner(
        given.joined_on, given.wage_rupiah, person, given.kpj or "", given.name, given.birth_date, str(given.segment),
        unit.pk if unit else None, given.position,
    )  # fmt: skip
    try:
        actions.add_joiner(report_id=report.pk, joiner=joiner)
    except Elsewhere as error:
        raise Problem(409, error.message, error.remedy) from None
    return {"status": "taken"}


@reports.post(
    "/reports/{id}/changes/{change_id}/undoing", ReportChangeOut, title=N_("Batalkan satu perubahan"), needs=(Can.REPORT_WAGES,),
    problems=STEPS,
)  # fmt: skip
def undo(request: HttpRequest, id: Reference, change_id: Reference) -> Any:
    """Takes one exception out of a draft."""
    report = _report(id)
    row = row_of("report_change", change_id)
    if queries.change(report, row) is None:
        raise unknown()
    try:
        return _change(actions.undo(report_id=report.pk, change_id=row))
    except Elsewhere as error:
        raise Problem(409, error.message, error.remedy) from None


@reports.post("/reports/{id}/submission", ReportOut, title=N_("Ajukan laporan"), needs=(Can.REPORT_WAGES,), problems=STEPS)
def submit(request: HttpRequest, id: Reference) -> Any:
    """Gives the draft to whoever approves it; its sums and flags are kept as they are now."""
    return _told(_step(actions.prepare, report_id=_report(id).pk, now=timezone.now()))


@reports.post("/reports/{id}/approval", ReportOut, title=N_("Setujui laporan"), needs=(Can.APPROVE_REPORT,), problems=STEPS)
def approve(request: HttpRequest, id: Reference) -> Any:
    """Another person than the one who submitted it approves: applied and billed at once, a long one (`approved`) beside.

    The only person of a household or micro firm approves on the page, which asks them to sign in once more.
    """
    return _told(_step(actions.approve, report_id=_report(id).pk, today=timezone.localdate(), now=timezone.now()))


@reports.post("/reports/{id}/return", ReportOut, title=N_("Kembalikan laporan"), needs=(Can.APPROVE_REPORT,), problems=STEPS)
def send_back(request: HttpRequest, id: Reference, given: WhyIn) -> Any:
    """Gives a submitted report back with a reason."""
    return _told(_step(actions.send_back, report_id=_report(id).pk, reason=given.reason, now=timezone.now()))


@reports.post("/reports/{id}/withdrawal", ReportOut, title=N_("Tarik laporan"), needs=(Can.REPORT_WAGES,), problems=STEPS)
def withdraw(request: HttpRequest, id: Reference, given: WhyIn) -> Any:
    """Ends a version that nobody approved; nothing of it was applied."""
    return _told(_step(actions.withdraw, report_id=_report(id).pk, reason=given.reason))
