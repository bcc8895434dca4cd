"""The people of a village and whether they are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Kind
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.text import _
from jamsostek.portal.officer.shown import standing_tag
from jamsostek.portal.screens import Column, Empty, Link, page, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name
from jamsostek.portal.uploads.asking import shown, to_address, words
from jamsostek.portal.village.place import OWNERS, village_of
from jamsostek.registry.queries import lists
from jamsostek.registry.queries.timeline import Standing, standings

if TYPE_CHECKING:
    from jamsostek.registry.models import Participant


@door(*OWNERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Straight to the only village, or a choice of several."""
    codes = sorted(request.scope.targets(Kind.VILLAGE))  # type: ignore[attr-defined]
    if len(codes) == 1:
        return HttpResponseRedirect(reverse("village:village", args=[codes[0]]))
    columns = [
        Column(_("Desa"), lambda code: Link(lists.village_name(code), reverse("village:village", args=[code]))),
        Column(_("Kabupaten atau kota"), lambda code: regions_name(code // 1_000_000)),
    ]
    shown = table(_("Desa yang Anda urus"), columns, codes)
    return page(request, "village/choose.html", {"table": shown}, title=_("Pilih desa"))


@door(*OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def village(request: HttpRequest, code: int) -> HttpResponse:
    """One village."""
    name = village_of(request, code)
    elsewhere = to_address(request)
    if elsewhere is not None:
        return elsewhere
    text = words(request)
    month = month_of(today())
    found = paged(request, lists.villagers(code, text=text))
    audit.looked([one.pk for one in found.rows], ("name", "kpj", "birth_date"), "daftar warga desa")
    standing = standings([one.pk for one in found.rows], month)
    payer = lists.village_sponsor(code)
    way = Link(_("Daftarkan satu orang"), reverse("village:add", args=[code]))
    empty = Empty(_("Belum ada warga yang terdaftar"), _("Daftarkan pekerja rentan satu per satu."), way)
    context = {
        "code": code,
        "regency": regions_name(code // 1_000_000),
        "payer": payer,
        "ending": lists.cover_numbers(payer.pk, month).ending if payer else 0,
        "asked": shown(request),
        "table": table(_("Warga yang terdaftar"), _columns(code, standing), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya.")) if text else empty,
    }
    return page(request, "village/home.html", context, title=name)


def _columns(code: int, standing: dict[int, Standing]) -> list[Column]:
    def link(one: Participant) -> Link:
        return Link(one.name, reverse("village:person", args=[code, one.kpj]))

    return [
        Column(_("Nama"), link),
        Column(_("KPJ"), lambda one: format_public("kpj", one.kpj)),
        Column(_("Tanggal lahir"), lambda one: date(one.birth_date)),
        Column(_("Keadaan"), lambda one: standing_tag(one, standing.get(one.pk))),
    ]
