"""Those who pay contributions for people who work for themselves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictInt

from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.limits import REGISTRATION
from jamsostek.api.operations import Resource
from jamsostek.api.v1.common import located, page, sponsor_of, wrong
from jamsostek.api.v1.shapes import In, Out, Page, Query, SponsorNumber, text
from jamsostek.core.text import N_, _
from jamsostek.registry.actions.sponsors import register_sponsor
from jamsostek.registry.choices import SponsorKind
from jamsostek.registry.models import Sponsor
from jamsostek.registry.queries import registers

sponsors = Resource("sponsors", N_("Pembayar iuran"))


class SponsorOut(Out):
    """A sponsor."""

    number: str
    name: str
    kind: SponsorKind
    region_code: int
    registered_on: dt.date
    closed_on: dt.date | None


class SponsorQuery(Query):
    """Which sponsors."""

    region_code: int | None = Field(None, ge=11, le=9999999999)


class SponsorIn(In):
    """A sponsor to be registered."""

    name: text(160, 1)  # type: ignore[valid-type]
    kind: SponsorKind
    region_code: Annotated[StrictInt, Field(ge=11, le=9999999999)] = Field(
        description=N_("Kode kabupaten atau kota (4 angka) atau desa (10 angka).")
    )


class SponsorMade(Out):
    """The number of a new sponsor."""

    number: str


@sponsors.get("/sponsors", Page[SponsorOut], title=N_("Daftar pembayar iuran"), needs=SIGNED_IN)
def index(request: HttpRequest, query: QueryParam[SponsorQuery]) -> Any:
    """Sponsors in sight."""

    def rows(after: int, limit: int) -> list[Sponsor]:
        return registers.sponsors(after=after, limit=limit, region_code=query.region_code)

    found, following = page(request, query, rows, lambda one: one.pk)
    return {"items": found, "next": following}


@sponsors.post(
    "/sponsors", SponsorMade, status=201, title=N_("Daftarkan pembayar iuran"), needs=(Can.REGISTER_SPONSOR,),
    limits=(REGISTRATION,),
)  # fmt: skip
def create(request: HttpRequest, given: SponsorIn, response: HttpResponse) -> Any:
    """Registers somebody who will pay for others."""
    if registers.region(given.region_code) is None:
        raise wrong("region_code", _("Wilayah ini tidak dikenal."), _("Lihat GET /regions."))
    made = register_sponsor(name=given.name, kind=given.kind, region_code=given.region_code, today=timezone.localdate())
    located(response, f"/sponsors/{made.number}")
    return {"number": made.number}


@sponsors.get("/sponsors/{number}", SponsorOut, title=N_("Satu pembayar iuran"), needs=SIGNED_IN, problems=frozenset({404}))
def show(request: HttpRequest, number: SponsorNumber) -> Any:
    """One sponsor."""
    return sponsor_of(number)
