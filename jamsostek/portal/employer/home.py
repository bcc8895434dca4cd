"""The first page of a company: what is open, how many work here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, current
from jamsostek.core.months import month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, tabs
from jamsostek.portal.screens import Column, Link, Tile, page, table, today
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.who import state_tag
from jamsostek.registry.queries import lists, uploads
from jamsostek.registry.queries.lists import StaffNumbers

if TYPE_CHECKING:
    from jamsostek.registry.models import Employer


@door(*OWNERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Straight to the only company, or a choice of several."""
    found = lists.my_employers(sorted(request.scope.targets(Kind.EMPLOYER)))  # type: ignore[attr-defined]
    if len(found) == 1:
        return HttpResponseRedirect(reverse("employer:company", args=[found[0].npp]))
    columns = [
        Column(_("Perusahaan"), lambda one: Link(one.name, reverse("employer:company", args=[one.npp]))),
        Column(_("NPP"), lambda one: format_public("npp", one.npp)),
    ]
    shown = table(_("Perusahaan yang Anda urus"), columns, found)
    return page(request, "employer/choose.html", {"table": shown}, title=_("Pilih perusahaan"))


@door(*OWNERS)
@require_safe
def company(request: HttpRequest, npp: str) -> HttpResponse:
    """One company."""
    mine = company_of(request, npp)
    now = month_of(today())
    numbers = lists.staff_numbers(mine.pk, now)
    waiting = uploads.waiting(employer_id=mine.pk)
    context = {
        "company": mine,
        "npp": format_public("npp", mine.npp),
        "tabs": tabs(mine, "company"),
        "tiles": _tiles(mine, numbers, now),
        "numbers": numbers,
        "waiting": table(_("Berkas yang menunggu"), _upload_columns(), waiting) if waiting else None,
        "may_invite": current().may(Can.GIVE_GRANT, Place(employer=mine.pk)),
    }
    return page(request, "employer/home.html", context, title=mine.name)


def _upload_columns() -> list[Column]:
    return [
        Column(_("Berkas"), lambda one: Link(one.file_name, reverse("uploads:upload", args=[one.pk]))),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Keadaan"), state_tag),
    ]


def _tiles(mine: Employer, numbers: StaffNumbers, now: int) -> list[Tile]:
    def url(state: str) -> str:
        return f"{reverse('employer:workers', args=[mine.npp])}?keadaan={state}"

    return [
        Tile(_("Pekerja aktif"), format_number(numbers.working), month_words(now), url("working"), "good"),
        Tile(_("Masuk bulan ini"), format_number(numbers.joined), "", url("joined")),
        Tile(_("Keluar bulan ini"), format_number(numbers.left), "", url("leaving")),
    ]
