"""Charts by name: a page of their own to link to and cite, a CSV, and a frame for other sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.regions import PROVINCES
from jamsostek.coverage.shares import WAYS
from jamsostek.portal.coverage import frame, nation, outlooks, own, provinces, reforms
from jamsostek.portal.screens import Chart, chart_csv, page
from jamsostek.portal.screens.charts import all_drawn

Builder = Callable[[], Chart | None]


def _own(build: Callable[[own.Now], Chart], province: int | None = None) -> Builder:
    def built() -> Chart | None:
        at = own.now()
        found = build(at) if at else None
        return replace(found, title=f"{found.title}: {provinces.short_name(province)}") if found and province else found

    return built


CHARTS: dict[str, Builder] = {
    "peserta": nation.members,
    "mandiri": nation.informal,
    "persen": nation.shares,
    "segmen": nation.segments,
    "dana": partial(nation.money, "dana"),
    "klaim": partial(nation.money, "klaim"),
    **{f"peringkat-{key}": partial(provinces.ranking, key) for key in WAYS},
    **{
        f"provinsi-{code}": partial(provinces.province, code) for code, one in PROVINCES.items() if one.parent_before_2022 is None
    },
    "arus": _own(own.flows),
    "berhenti": _own(own.lapses),
    "pembayar": _own(own.payers),
    "kesenjangan": _own(own.gaps),
    "proyeksi": outlooks.projection,
    "celah-provinsi": outlooks.gaps,
    **{
        f"{name}-{code}": _own(partial(build, name=f"{name}-{code}", province=(code,)), code)
        for code in PROVINCES
        for name, build in (("arus", own.flows), ("berhenti", own.lapses), ("pembayar", own.payers), ("kesenjangan", own.gaps))
    },
    **reforms.CHARTS,
}
"""Every public chart with an address of its own, undrawn; pages of other rooms add theirs."""


def shown(name: str) -> Chart | None:
    """A chart drawn, with its addresses; None where there is nothing to show yet."""
    return next(iter(several(name)), None)


def several(*names: str) -> list[Chart]:
    """Charts drawn together, with their addresses; those with nothing to show yet are left out."""
    made = [(name, found) for name in names if (found := CHARTS[name]()) is not None and found.rows]
    return all_drawn([replace(found, embed_url=f"/cakupan/sisipan/{name}/") for name, found in made])


@door(PUBLIC)
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """A chart on its own page; with `?bentuk=csv` or `xlsx` its figures."""
    found = _found(name)
    if request.GET.get("bentuk") in ("csv", "xlsx"):
        return chart_csv(request, found)
    address = request.build_absolute_uri(found.embed_url)
    embed = f'<iframe src="{address}" title="{found.title}" width="100%" height="560"></iframe>'
    return page(
        request, "coverage/chart.html", {"chart": found, "embed": embed}, title=found.title, crumbs=frame.above(), charts=True
    )


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@door(PUBLIC)
@require_safe
def embedded(request: HttpRequest, name: str) -> HttpResponse:
    """A chart alone, for a frame on another site: no scripts, no forms, nothing of the visitor."""
    found = _found(name)
    address = request.build_absolute_uri(found.url)
    return page(request, "coverage/embedded.html", {"chart": found, "address": address}, title=found.title, charts=True)


def _found(name: str) -> Chart:
    found = shown(name) if name in CHARTS else None
    if found is None:
        raise Http404
    return found
