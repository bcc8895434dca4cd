"""Work for an employer: taking on, wages, leaving. A spell is named by employer, person and, in construction, project."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam

from jamsostek.access import audit
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.access.scope import Place
from jamsostek.api.limits import REGISTRATION
from jamsostek.api.operations import Resource
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.v1.common import Who, employer_of, located, page, person_of, who, wrong
from jamsostek.api.v1.shapes import Day, In, Kpj, Line, Month, MonthOut, Npp, Out, Page, Query, Reason, Rupiah, text
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.registry.actions import employ
from jamsostek.registry.choices import Leaving, Segment
from jamsostek.registry.models import Employer, Employment
from jamsostek.registry.queries import registers

employments = Resource("employments", N_("Hubungan kerja"))
NOT_FOUND = frozenset({404})


class EmploymentOut(Out):
    """A spell of work; `wage_rupiah` is that of the month asked for, else of the present one."""

    kpj: str
    name: str
    segment: Segment
    unit: str | None
    project: str | None
    position: str
    from_month: MonthOut
    to_month: MonthOut | None
    joined_on: dt.date | None
    left_on: dt.date | None
    leaving: Leaving | None
    wage_rupiah: int | None


class EmploymentQuery(Query):
    """Those who work there in a month; all spells when left out."""

    month: Month | None = None


class TakeOn(Who):
    """Somebody who begins to work here."""

    from_month: Month
    wage_rupiah: Rupiah
    segment: Segment = Segment.PU
    unit: text(20, 1) | None = None  # type: ignore[valid-type]
    project: Npp | None = None
    position: text(80) = ""  # type: ignore[valid-type]
    joined_on: Day | None = None
    reason: Line = ""


class TakenOn(Out):
    """`taken_on`, or `working` where they work here already; `registered` says whether the person is new."""

    kpj: str | None
    registered: str
    status: str


class WageIn(In):
    """What somebody earns from a month on."""

    from_month: Month
    wage_rupiah: Rupiah
    project: Npp | None = None
    reason: Line = ""


class LeaveIn(In):
    """The last day of work."""

    left_on: Day
    leaving: Leaving = Leaving.OTHER
    project: Npp | None = None
    reason: Line = ""


class ReopenIn(In):
    """Why a leaving was a mistake."""

    reason: Reason
    project: Npp | None = None


class Changed(Out):
    """What was done to somebody's work here."""

    kpj: str
    status: str


@employments.get(
    "/employers/{npp}/employments", Page[EmploymentOut], title=N_("Pekerja perusahaan"), needs=SIGNED_IN, problems=NOT_FOUND
)
def index(request: HttpRequest, npp: Npp, query: QueryParam[EmploymentQuery]) -> Any:
    """Who works for an employer in a month, or ever did."""
    employer = employer_of(npp)
    wages_of = query.month or month_of(timezone.localdate())

    def rows(after: int, limit: int) -> list[Employment]:
        return registers.employments(month=query.month, wages_of=wages_of, after=after, limit=limit, employer_id=employer.pk)

    found, following = page(request, query, rows, lambda one: one.pk)
    audit.looked([one.participant_id for one in found], ("name", "employer", "wage_rupiah"), "API")
    return {"items": [_told(one) for one in found], "next": following}


def _told(one: Employment) -> dict[str, Any]:
    fields = ("segment", "position", "from_month", "to_month", "joined_on", "left_on", "leaving", "wage_rupiah")
    return {
        **{name: getattr(one, name) for name in fields},
        "kpj": one.participant.kpj,
        "name": one.participant.name,
        "unit": one.unit.code if one.unit else None,
        "project": one.project.number if one.project else None,
    }


@employments.post(
    "/employers/{npp}/employments", TakenOn, status=201, title=N_("Pekerja mulai bekerja"), needs=(Can.EMPLOY,),
    limits=(REGISTRATION,), problems=NOT_FOUND,
)  # fmt: skip
def create(request: HttpRequest, npp: Npp, given: TakeOn, response: HttpResponse) -> Any:
    """Begins work for somebody registered (`kpj`) or registers them in the same step (`person`)."""
    employer = employer_of(npp)
    done = who(given, Place(employer=employer.pk, regency=employer.regency_code), given.reason)
    work = employ.Work(
        participant_id=done.participant_id,
        from_month=given.from_month,
        wage_rupiah=given.wage_rupiah,
        segment=str(given.segment),
        unit_id=_unit(employer, given.unit),
        project_id=_project(employer, given.project),
        position=given.position,
        joined_on=given.joined_on,
    )
    [taken] = employ.take_on(employer_id=employer.pk, work=[work], reason=given.reason)
    located(response, f"/employers/{npp}/employments")
    return {"kpj": registers.kpj_in_sight(done.participant_id), "registered": done.status, "status": taken.status}


def _unit(employer: Employer, code: str | None) -> int | None:
    if code is None:
        return None
    found = registers.unit_by_code(employer.pk, code)
    if found is None:
        raise wrong("unit", _("Unit ini tidak ada di perusahaan ini."), _("Tambahkan dahulu unitnya."))
    return found.pk


def _project(employer: Employer, number: str | None) -> int | None:
    if number is None:
        return None
    found = registers.project_by_number(employer.pk, number)
    if found is None:
        raise wrong("project", _("Proyek ini tidak ada di perusahaan ini."), _("Daftarkan dahulu proyeknya."))
    return found.pk


def _spells(employer: Employer, kpj: str, project: str | None) -> list[Employment]:
    found = registers.spells_there(employer.pk, person_of(kpj).pk, _project(employer, project))
    if not found:
        raise unknown(_("Peserta ini tidak tercatat bekerja di sini."))
    return found


@employments.post(
    "/employers/{npp}/employments/{kpj}/wages", Changed, title=N_("Ubah upah"), needs=(Can.EMPLOY,), problems=NOT_FOUND
)
def wages(request: HttpRequest, npp: Npp, kpj: Kpj, given: WageIn) -> Any:
    """The wage from a month on; the same month again corrects it."""
    found = _spells(employer_of(npp), kpj, given.project)
    month = given.from_month
    then = [one for one in found if one.from_month <= month and (one.to_month is None or one.to_month >= month)]
    spell = (then or found)[0]
    employ.change_wage(employment_id=spell.pk, from_month=given.from_month, wage_rupiah=given.wage_rupiah, reason=given.reason)
    return {"kpj": kpj, "status": "changed"}


@employments.post(
    "/employers/{npp}/employments/{kpj}/leaving", Changed, title=N_("Pekerja berhenti"), needs=(Can.EMPLOY, Can.REGISTER_SELF),
    problems=NOT_FOUND,
)  # fmt: skip
def leave(request: HttpRequest, npp: Npp, kpj: Kpj, given: LeaveIn) -> Any:
    """Ends work with the month of the day; a worker may report their own leaving."""
    spell = _spells(employer_of(npp), kpj, given.project)[0]
    own = spell.participant_id in request.scope.selves  # type: ignore[attr-defined]
    employ.leave(
        employment_id=spell.pk,
        left_on=given.left_on,
        leaving=given.leaving,
        reported_by="worker" if own else "employer",
        reason=given.reason,
    )
    return {"kpj": kpj, "status": "left"}


@employments.post(
    "/employers/{npp}/employments/{kpj}/reopening", Changed, title=N_("Batalkan berhenti"), needs=(Can.EMPLOY,),
    problems=NOT_FOUND,
)  # fmt: skip
def reopen(request: HttpRequest, npp: Npp, kpj: Kpj, given: ReopenIn) -> Any:
    """Takes back a leaving that was a mistake."""
    spell = _spells(employer_of(npp), kpj, given.project)[0]
    if spell.to_month is None:
        raise Problem(409, _("Hubungan kerja ini belum berakhir."))
    employ.reopen(employment_id=spell.pk, reason=given.reason)
    return {"kpj": kpj, "status": "reopened"}
