"""Regulations of regions: for everybody to read; entered and confirmed by two of the region."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam
from pydantic import Field, StringConstraints

from jamsostek.access.errors import Refused
from jamsostek.access.roles import PUBLIC, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import ANY_FILE, as_file, located, page
from jamsostek.api.v1.shapes import Day, In, Out, Page, Query, text
from jamsostek.core.text import N_
from jamsostek.files.actions import FileGone
from jamsostek.outreach.actions import regulations as actions
from jamsostek.outreach.actions.regulations import NewRegulation
from jamsostek.outreach.models import Regulation
from jamsostek.outreach.queries import strategy as queries
from jamsostek.outreach.strategy import KINDS, PDF_BYTES, SETTLES

regulations = Resource("regulations", N_("Peraturan daerah"))
NOT_FOUND = frozenset({404})
RegulationCode = Annotated[int, Field(ge=1, le=2_000_000_000)]
RegulationKind = Literal["perda", "perkada", "sk", "se", "instruction", "perdes", "mou"]
Settles = Literal["groups", "budget", "licences", "village_funds", "non_asn", "other"]
Digits = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,9}$")]


class RegulationQuery(Query):
    """Which regulations; all confirmed ones when nothing is said. A province comes with its regencies."""

    search: text(60) = ""  # type: ignore[valid-type]
    kind: RegulationKind | None = None
    settles: Settles | None = None
    region: Annotated[int, Field(ge=11, le=9999)] | None = None
    year: Annotated[int, Field(ge=1992, le=2100)] | None = None


class RegulationIn(In):
    """A regulation as it stands in its paper; numbers as texts of digits, as a form sends them."""

    region_code: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]([0-9]{2})?$")] = Field(
        examples=["3515"], description=N_("Kode Kemendagri provinsi (2 angka) atau kabupaten atau kota (4 angka).")
    )
    kind: RegulationKind
    number: text(60, 1)  # type: ignore[valid-type]
    year: Annotated[str, StringConstraints(pattern=r"^(19|20)[0-9]{2}$")]
    title: text(300, 1)  # type: ignore[valid-type]
    signed_on: Day
    settles: text(120, 1) = Field(description=N_("Yang diatur, dipisah koma."), examples=["groups,budget"])  # type: ignore[valid-type]
    in_force_from: Day
    in_force_until: Day | None = None
    village_code: Digits | None = Field(None, description=N_("Sepuluh angka; hanya untuk peraturan desa."))
    replaces: Digits | None = Field(None, description=N_("Kode peraturan yang diganti."))


class RegulationOut(Out):
    """One regulation; `state` is confirmed for everybody, entered or withdrawn for its region only."""

    code: int
    region_code: int
    village_code: int | None
    kind: str = Field(examples=list(KINDS))
    number: str
    year: int
    title: str
    signed_on: dt.date
    settles: list[str] = Field(examples=[list(SETTLES)])
    in_force_from: dt.date
    in_force_until: dt.date | None
    replaces: int | None
    pages: int
    state: str = Field(examples=["entered", "confirmed", "withdrawn"])
    invented: bool = Field(description=N_("Tiruan, dari peragaan."))
    confirmed_on: dt.date | None


TOLD = (
    "code", "region_code", "village_code", "kind", "number", "year", "title", "signed_on", "settles", "in_force_from",
    "in_force_until", "state", "invented", "confirmed_on",
)  # fmt: skip


@regulations.get("/regulations", Page[RegulationOut], title=N_("Daftar peraturan daerah"), needs=PUBLIC)
def index(request: HttpRequest, query: QueryParam[RegulationQuery]) -> Any:
    """Confirmed regulations, the last entered first."""
    whole = queries.public_regulations(
        search=query.search, kind=query.kind or "", settles=query.settles or "", region=query.region, year=query.year
    )

    def rows(before: int | None, limit: int) -> list[Regulation]:
        found = whole.select_related("replaces").order_by("-pk")
        return list((found if before is None else found.filter(pk__lt=before))[:limit])

    found, following = page(request, query, rows, lambda one: one.pk, first=None)
    return {"items": [_told(one) for one in found], "next": following}


@regulations.post(
    "/regulations", RegulationOut, status=201, title=N_("Catat peraturan daerah"), needs=(Can.PLAN_MOVEMENT,),
    body="multipart/form-data",
)  # fmt: skip
def enter(request: HttpRequest, response: HttpResponse, given: Form[RegulationIn], paper: File[UploadedFile]) -> Any:
    """Enters a regulation with its paper (PDF, at most 15 MB). Another person of the region confirms it."""
    facts = given.model_dump(exclude={"region_code", "year", "settles", "village_code", "replaces"})
    made = actions.enter(
        regulation=NewRegulation(
            region_code=int(given.region_code), year=int(given.year),
            settles=tuple(one.strip() for one in str(given.settles).split(",")),
            village_code=int(given.village_code) if given.village_code else None,
            replaces=int(given.replaces) if given.replaces else None, **facts,
        ),
        content=paper.read(PDF_BYTES + 1), file_name=paper.name or "", today=timezone.localdate(),
    )  # fmt: skip
    located(response, f"/regulations/{made.code}")
    return _told(made)


@regulations.get("/regulations/{code}", RegulationOut, title=N_("Satu peraturan daerah"), needs=PUBLIC, problems=NOT_FOUND)
def show(request: HttpRequest, code: RegulationCode) -> Any:
    """One regulation: confirmed, or of one's own region."""
    return _told(_found(code))


@regulations.get(
    "/regulations/{code}/paper", None, title=N_("Naskah sebuah peraturan"), needs=PUBLIC, gives=ANY_FILE, problems=NOT_FOUND
)
def paper(request: HttpRequest, code: RegulationCode) -> Any:
    """Its paper, a PDF."""
    row = _found(code)
    try:
        return as_file(queries.paper(row), f"{row.kind}-{row.code}.pdf")
    except FileGone as error:
        raise unknown(error.message) from None


@regulations.post(
    "/regulations/{code}/confirmation", RegulationOut, title=N_("Sahkan peraturan di daftar"), needs=(Can.APPROVE_MOVEMENT,),
    problems=NOT_FOUND,
)  # fmt: skip
def confirm(request: HttpRequest, code: RegulationCode) -> Any:
    """Makes public what somebody else entered; what it replaces ends the day before."""
    return _told(actions.confirm(code=_found(code).code, today=timezone.localdate()))


def _found(code: int) -> Regulation:
    try:
        return queries.regulation(code)
    except Refused:
        raise unknown() from None


def _told(row: Regulation) -> dict[str, Any]:
    replaces = row.replaces.code if row.replaces is not None else None
    return {**{name: getattr(row, name) for name in TOLD}, "pages": row.file_pages, "replaces": replaces}
