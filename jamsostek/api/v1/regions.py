"""The map: provinces, regencies and cities, districts, villages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import PUBLIC
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import page
from jamsostek.api.v1.shapes import Out, Page, Query
from jamsostek.core.text import N_
from jamsostek.registry.models import Region
from jamsostek.registry.queries import registers

regions = Resource("regions", N_("Wilayah"))
Code = Annotated[int, Field(ge=11, le=9999999999)]


class RegionOut(Out):
    """A region by its Kemendagri code. Level 1 province, 2 regency or city, 3 district, 4 village."""

    code: int
    parent_code: int | None
    level: int
    name: str
    bps_code: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    successor_code: int | None
    invented: bool


class RegionQuery(Query):
    """Which regions."""

    parent: Code | None = None
    level: Annotated[int, Field(ge=1, le=4)] | None = None


@regions.get("/regions", Page[RegionOut], title=N_("Daftar wilayah"), needs=PUBLIC)
def index(request: HttpRequest, query: QueryParam[RegionQuery], response: HttpResponse) -> Any:
    """Regions by code; of one level or below one region."""

    def rows(after: int, limit: int) -> list[Region]:
        return registers.regions(after=after, limit=limit, parent_code=query.parent, level=query.level)

    found, following = page(request, query, rows, lambda one: one.pk)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return {"items": found, "next": following}


@regions.get("/regions/{code}", RegionOut, title=N_("Satu wilayah"), needs=PUBLIC, problems=frozenset({404}))
def show(request: HttpRequest, code: Code, response: HttpResponse) -> Any:
    """One region, of today or from before 2022."""
    found = registers.region(code)
    if found is None:
        raise unknown()
    response.headers["Cache-Control"] = "public, max-age=3600"
    return found
