"""Coverage for everybody: the published figures with their sources, and this registry's protected cells."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query as QueryParam
from pydantic import Field

from jamsostek.access.roles import PUBLIC
from jamsostek.api.operations import Resource
from jamsostek.api.v1.shapes import In, Out
from jamsostek.core.text import N_
from jamsostek.coverage import cube
from jamsostek.coverage.published import figures, sources

coverage = Resource("coverage", N_("Cakupan"))
Series = Literal["members", "funds", "claims", "targets", "universal", "labour", "wages"]
Dimension = Literal["province", "regency", "segment", "programme", "sex", "age", "disability", "payer"]


class FigureOut(Out):
    """A published figure as printed. `value` is null where it was looked for and not found; `region` 0 is the nation."""

    series: str
    as_of: str
    period: str
    region: int
    segment: str
    measure: str
    value: str | None
    unit: str
    basis: str
    status: str
    source: str
    source_text: str
    note: str


class PublishedQuery(In):
    """Which figures."""

    series: Series
    region: Annotated[int, Field(ge=0, le=9999)] | None = None


class PublishedOut(Out):
    """The figures of a series, oldest first."""

    items: list[FigureOut]


class CellQuery(In):
    """A month (YYYYMM, the last one when nothing is said), where, and by what."""

    month: Annotated[int, Field(ge=200901, le=210012)] | None = None
    by: Dimension | None = None
    province: Annotated[int, Field(ge=11, le=99)] | None = None


class CellOut(Out):
    """People of a line, each count by itself rounded to tens; null where fewer than 10."""

    key: int | str | None
    active: int | None
    ever: int | None
    registered: int | None


class CellsOut(Out):
    """The lines of a question; none where no snapshot was made yet. `as_of` is the day of the snapshot."""

    as_of: dt.date | None
    month: int | None
    by: str | None
    items: list[CellOut]


@coverage.get("/coverage/published", PublishedOut, title=N_("Angka terbitan"), needs=PUBLIC)
def published(request: HttpRequest, query: QueryParam[PublishedQuery], response: HttpResponse) -> Any:
    """Published figures of a series with status and source."""
    texts = sources()
    response.headers["Cache-Control"] = "public, max-age=3600"
    return {
        "items": [
            vars(one)
            | {
                "value": None if one.value is None else str(one.value),
                "source_text": "; ".join(texts[name] for name in one.source.split()),
            }
            for one in figures(query.series, region=query.region)
        ]
    }


@coverage.get("/coverage/cells", CellsOut, title=N_("Sel cakupan"), needs=PUBLIC)
def cells(request: HttpRequest, query: QueryParam[CellQuery], response: HttpResponse) -> Any:
    """People of this registry in a month, as everybody may see them; figures of this installation, not of the nation."""
    snapshot = cube.latest()
    response.headers["Cache-Control"] = "public, max-age=3600"
    if snapshot is None:
        return {"as_of": None, "month": None, "by": query.by, "items": []}
    month = min(query.month or snapshot.last_month, snapshot.last_month)
    where = {"province": (query.province,)} if query.province else {}
    measures = ("active", "ever", "registered")
    answer = cube.protect(cube.ask(cube.Question((month,), measures, (query.by,) if query.by else (), where), source="cells"))
    items = [{"key": line.get(query.by or "", None), **{name: line[name] for name in measures}} for line in answer.dicts()]
    return {"as_of": answer.as_of, "month": month, "by": query.by, "items": items}
