"""Leaflets for everybody: a list, and each as a page for a phone and for printing on A4."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.core.text import _
from jamsostek.outreach import material
from jamsostek.portal.screens import Link, page, today, url_of, with_query


@door(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them."""
    found = [(reverse("public:leaflet", args=[one.slug]), one.title, one.audience) for one in material.leaflets(today())]
    return page(
        request, "public/material.html", {"leaflets": found}, title=_("Penjelasan singkat"),
        crumbs=[Link(_("Beranda"), url_of("public:home"))],
    )  # fmt: skip


@door(PUBLIC)
@require_safe
def leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """One; figures are those of the law of the day."""
    found = material.leaflet(slug, today())
    if found is None:
        raise Http404
    context = {"leaflet": found, "day": today(), "print_url": with_query(request, cetak=1)}
    return page(
        request, "public/leaflet.html", context, title=found.title,
        crumbs=[Link(_("Beranda"), url_of("public:home")), Link(_("Penjelasan singkat"), url_of("public:material"))],
    )  # fmt: skip
