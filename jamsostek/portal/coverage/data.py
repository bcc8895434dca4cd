"""The data to take away: the published figures, their sources, and the tables of every chart."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.text import _, language
from jamsostek.coverage import cube
from jamsostek.coverage.published import DATA, everything, sources
from jamsostek.portal.coverage import frame
from jamsostek.portal.coverage.charts import CHARTS
from jamsostek.portal.screens import page

FILES = {"terbitan": "published.csv", "sumber": "sources.csv"}


@door(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Files, charts, and the text of each source."""
    snapshot = cube.latest()
    context = {
        "count": len(everything()),
        "charts_list": _charts(snapshot.name if snapshot else "", language()),
        "sources": sorted(sources().items()),
    }
    return page(request, "coverage/data.html", context, title=_("Data dan sumber"), crumbs=frame.above(), charts=True)


@lru_cache(maxsize=4)
def _charts(_snapshot: str, _language: str) -> list[tuple[str, str, str]]:
    """Title and addresses of each chart that has something to show: hundreds, which change with the night's cells alone."""
    built = (build() for build in CHARTS.values())
    return [(made.title, made.url, made.csv_url) for made in built if made and made.rows]


@door(PUBLIC)
@require_safe
def table_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file as it stands in the programme, byte for byte: whoever cites it can compare."""
    if name not in FILES:
        raise Http404
    content = (DATA / FILES[name]).read_bytes()
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{FILES[name]}"'}
    )
