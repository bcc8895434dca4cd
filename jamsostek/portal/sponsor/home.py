"""The first page of a sponsor: how many are protected, whose protection ends soon, what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Kind
from jamsostek.access.scope import Place, current
from jamsostek.core.months import add_months, month_of
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.screens import Column, Link, Tile, page, table, today
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.sponsor.payer import OWNERS, sponsor_of, tabs
from jamsostek.portal.uploads.who import state_tag
from jamsostek.registry.choices import TITLES, SponsorKind
from jamsostek.registry.queries import lists, uploads

MONTHS_SHOWN = 6


@door(*OWNERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Straight to the only sponsor, or a choice of several."""
    found = lists.my_sponsors(sorted(request.scope.targets(Kind.SPONSOR)))  # type: ignore[attr-defined]
    if len(found) == 1:
        return HttpResponseRedirect(reverse("sponsor:sponsor", args=[found[0].number]))
    columns = [
        Column(_("Pembayar iuran"), lambda one: Link(one.name, reverse("sponsor:sponsor", args=[one.number]))),
        Column(_("Nomor"), lambda one: format_public("npp", one.number)),
    ]
    shown = table(_("Pembayar iuran yang Anda urus"), columns, found)
    return page(request, "sponsor/choose.html", {"table": shown}, title=_("Pilih pembayar iuran"))


@door(*OWNERS)
@require_safe
def sponsor(request: HttpRequest, number: str) -> HttpResponse:
    """One sponsor."""
    mine = sponsor_of(request, number)
    now = month_of(today())
    numbers = lists.cover_numbers(mine.pk, now)
    waiting = uploads.waiting(sponsor_id=mine.pk)
    months = [add_months(now, ahead) for ahead in range(-1, MONTHS_SHOWN - 1)]
    by_month = [
        Column(_("Bulan"), lambda row: month_words(row[0])),
        Column(_("Orang terlindungi"), lambda row: format_number(row[1]), number=True),
    ]
    upload_columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, reverse("uploads:upload", args=[one.pk]))),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Keadaan"), state_tag),
    ]
    context = {
        "sponsor": mine,
        "may_invite": current().may(Can.GIVE_GRANT, Place(sponsor=mine.pk)),
        "kind": _(TITLES[SponsorKind][mine.kind]),
        "number": format_public("npp", mine.number),
        "tabs": tabs(mine, "sponsor"),
        "numbers": numbers,
        "tiles": [
            Tile(_("Terlindungi"), format_number(numbers.covered), month_words(now), tone="good"),
            Tile(_("Mulai bulan ini"), format_number(numbers.began)),
            Tile(_("Segera berakhir"), format_number(numbers.ending), _("bulan ini atau berikutnya"), tone="warn"),
        ],
        "waiting": table(_("Berkas yang menunggu"), upload_columns, waiting) if waiting else None,
        "by_month": table(_("Menurut bulan"), by_month, lists.cover_by_month(mine.pk, months)),
    }
    return page(request, "sponsor/home.html", context, title=mine.name)
