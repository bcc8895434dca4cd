"""The official projection, and every projection there is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.text import _
from jamsostek.fund.queries import projections as queries
from jamsostek.portal.fund.frame import READERS
from jamsostek.portal.fund.projection import frame
from jamsostek.portal.fund.projection.shown import body
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, Empty, Link, paged, table


@door(*READERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The official run; while there is none, the newest that is done."""
    run = queries.official() or next((one for one in queries.runs() if one.finished), None)
    makes = Role.ACTUARY in request.scope.roles  # type: ignore[attr-defined]
    context: dict[str, Any] = {"makes": makes, "run": run}
    if run is None:
        way = Link(_("Proyeksi baru"), reverse("projection:new")) if makes else None
        context["empty"] = Empty(_("Belum ada proyeksi"), _("Aktuaris menyusun proyeksi; orang lain mengesahkan asumsinya."), way)
    else:
        context |= body(request, run, frame.told(run.id))
        context["tag"] = frame.tag(run)
        context["of"] = frame.link(run)
    return frame.screen(request, "home.html", context, title=_("Proyeksi dana"), first=True, charts=True)


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything that was asked for, the newest first."""
    shown = paged(request, queries.runs())
    columns = [
        Column(_("Proyeksi"), frame.link),
        Column(_("Keadaan"), frame.tag),
        Column(_("JP habis"), lambda one: frame.year(one.headline["exhausted"]) if one.headline else "–"),
        Column(
            _("Premi rata-rata umum"), lambda one: frame.percent(one.headline["premium"]) if one.headline else "–", number=True
        ),
        Column(_("Asumsi lain dari dasar"), lambda one: str(len(one.changed)), number=True),
        Column(_("Disusun"), lambda one: by(one.asked_by, one.asked_at)),
    ]
    makes = Role.ACTUARY in request.scope.roles  # type: ignore[attr-defined]
    way = Link(_("Proyeksi baru"), reverse("projection:new")) if makes else None
    context = {
        "table": table(_("Proyeksi, yang terbaru di atas"), columns, shown.rows), "paged": shown, "rows": shown.rows,
        "way": way, "empty": Empty(_("Belum ada proyeksi"), _("Aktuaris menyusun proyeksi."), way),
    }  # fmt: skip
    return frame.screen(request, "list.html", context, title=_("Semua proyeksi"), here="projection:list")
