"""Employers, their units and construction projects."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool

from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.limits import REGISTRATION
from jamsostek.api.operations import Resource
from jamsostek.api.v1.common import employer_of, located, matched, page, wrong
from jamsostek.api.v1.shapes import Day, In, Line, Npp, Out, Page, Query, Reason, RegencyCode, Rupiah, text
from jamsostek.core.text import N_, _
from jamsostek.registry.actions import employers as actions
from jamsostek.registry.choices import EmployerKind, Via
from jamsostek.registry.models import Employer
from jamsostek.registry.queries import registers

employers = Resource("employers", N_("Pemberi kerja"))
NOT_FOUND = frozenset({404})


class Scale(StrEnum):
    """How large an employer is (PP 7/2021)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class RiskClass(StrEnum):
    """Classes of JKK (PP 82/2019)."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class EmployerOut(Out):
    """An employer."""

    npp: str
    name: str
    kind: EmployerKind
    kbli: str
    industry: str
    risk_class: RiskClass
    scale: Scale
    labour_intensive: bool
    regency_code: int
    address: str
    registered_on: dt.date
    registered_via: Via
    closed_on: dt.date | None


class EmployerQuery(Query):
    """Which employers."""

    name: text(80) = ""  # type: ignore[valid-type]
    regency_code: int | None = Field(None, ge=1101, le=9999)


class EmployerIn(In):
    """An employer to be registered; its JKK class follows from the industry."""

    name: text(160, 1)  # type: ignore[valid-type]
    kind: EmployerKind
    regency_code: RegencyCode
    industry: text(10, 3) = Field(description=N_("Jenis usaha di lampiran PP 82/2019, misalnya 1.1."))  # type: ignore[valid-type]
    scale: Scale
    kbli: text(5) = ""  # type: ignore[valid-type]
    npwp: text(25) = ""  # type: ignore[valid-type]
    address: Line = ""
    labour_intensive: StrictBool = False
    reason: Line = ""


class EmployerMade(Out):
    """The number of a new employer."""

    npp: str


class EmployerChange(In):
    """What changes; what is left out stays."""

    reason: Reason
    name: text(160, 1) | None = None  # type: ignore[valid-type]
    kind: EmployerKind | None = None
    kbli: text(5) | None = None  # type: ignore[valid-type]
    industry: text(10, 3) | None = None  # type: ignore[valid-type]
    scale: Scale | None = None
    labour_intensive: StrictBool | None = None
    regency_code: RegencyCode | None = None
    address: Line | None = None


class UnitIn(In):
    """A branch or unit; its code is the employer's own."""

    code: text(20, 1)  # type: ignore[valid-type]
    name: text(120, 1)  # type: ignore[valid-type]
    regency_code: RegencyCode


class UnitOut(Out):
    """A branch or unit."""

    code: str
    name: str
    regency_code: int


class ProjectIn(In):
    """A construction project."""

    name: text(160, 1)  # type: ignore[valid-type]
    owner: text(160, 1)  # type: ignore[valid-type]
    contract_rupiah: Rupiah
    regency_code: RegencyCode
    starts_on: Day
    ends_on: Day


class ProjectOut(Out):
    """A construction project."""

    number: str
    name: str
    owner: str
    contract_rupiah: int
    regency_code: int
    starts_on: dt.date
    ends_on: dt.date


class ProjectMade(Out):
    """The number of a new project."""

    number: str


class Units(Out):
    """All units of an employer."""

    items: list[UnitOut]


class Projects(Out):
    """All projects of an employer."""

    items: list[ProjectOut]


@employers.get("/employers", Page[EmployerOut], title=N_("Daftar pemberi kerja"), needs=SIGNED_IN)
def index(request: HttpRequest, query: QueryParam[EmployerQuery]) -> Any:
    """Employers in sight."""

    def rows(after: int, limit: int) -> list[Employer]:
        return registers.employers(after=after, limit=limit, name=query.name, regency_code=query.regency_code)

    found, following = page(request, query, rows, lambda one: one.pk)
    return {"items": found, "next": following}


@employers.post(
    "/employers", EmployerMade, status=201, title=N_("Daftarkan pemberi kerja"), needs=(Can.REGISTER_EMPLOYER,),
    limits=(REGISTRATION,),
)  # fmt: skip
def create(request: HttpRequest, given: EmployerIn, response: HttpResponse) -> Any:
    """Registers an employer; one NPWP is one employer."""
    facts: dict[str, Any] = given.model_dump(exclude={"reason"})
    firm = actions.Firm(**{name: _stored(value) for name, value in facts.items()})
    made = actions.register_employer(firm, via=Via.API, today=timezone.localdate(), reason=given.reason)
    located(response, f"/employers/{made.npp}")
    return {"npp": made.npp}


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else value


@employers.get("/employers/{npp}", EmployerOut, title=N_("Satu pemberi kerja"), needs=SIGNED_IN, problems=NOT_FOUND)
def show(request: HttpRequest, npp: Npp, response: HttpResponse) -> Any:
    """One employer; the ETag is what a change must name."""
    found = employer_of(npp)
    response.headers["ETag"] = f'"{registers.employer_version(found.pk)}"'
    return found


@employers.patch("/employers/{npp}", EmployerOut, title=N_("Ubah pemberi kerja"), needs=(Can.EDIT_EMPLOYER,), problems=NOT_FOUND)
def change(request: HttpRequest, npp: Npp, given: EmployerChange, response: HttpResponse) -> Any:
    """Changes facts of an employer; a new industry gives a new risk class."""
    found = employer_of(npp)
    matched(request, registers.employer_version(found.pk, hold=True))
    fields = given.model_dump(exclude_unset=True, exclude={"reason"})
    for name, value in fields.items():
        if value is None:
            raise wrong(name, _("Isian ini tidak dapat dikosongkan."))
    told = {name: _stored(value) for name, value in fields.items()}
    changed = actions.change_employer(employer_id=found.pk, changes=told, today=timezone.localdate(), reason=given.reason)
    changed.refresh_from_db()
    response.headers["ETag"] = f'"{registers.employer_version(found.pk)}"'
    return changed


@employers.get("/employers/{npp}/units", Units, title=N_("Cabang dan unit"), needs=SIGNED_IN, problems=NOT_FOUND)
def units(request: HttpRequest, npp: Npp) -> Any:
    """All branches and units."""
    return {"items": registers.units(employer_of(npp).pk)}


@employers.post(
    "/employers/{npp}/units", UnitOut, status=201, title=N_("Tambah cabang atau unit"), needs=(Can.EDIT_EMPLOYER,),
    problems=NOT_FOUND,
)  # fmt: skip
def add_unit(request: HttpRequest, npp: Npp, given: UnitIn, response: HttpResponse) -> Any:
    """Adds a branch or unit."""
    located(response, f"/employers/{npp}/units")
    return actions.add_unit(employer_id=employer_of(npp).pk, code=given.code, name=given.name, regency_code=given.regency_code)


@employers.get("/employers/{npp}/projects", Projects, title=N_("Proyek konstruksi"), needs=SIGNED_IN, problems=NOT_FOUND)
def projects(request: HttpRequest, npp: Npp) -> Any:
    """All construction projects."""
    return {"items": registers.projects(employer_of(npp).pk)}


@employers.post(
    "/employers/{npp}/projects", ProjectMade, status=201, title=N_("Daftarkan proyek konstruksi"), needs=(Can.EDIT_EMPLOYER,),
    problems=NOT_FOUND,
)  # fmt: skip
def add_project(request: HttpRequest, npp: Npp, given: ProjectIn, response: HttpResponse) -> Any:
    """Registers a construction project, insured as a whole."""
    made = actions.register_project(employer_id=employer_of(npp).pk, **given.model_dump())
    located(response, f"/employers/{npp}/projects")
    return {"number": made.number}
