"""Cards of a decree's people for a ceremony: its villages one by one, each on A4 sheets."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.outreach.actions import ceremonies
from jamsostek.outreach.models import Decree
from jamsostek.outreach.queries import handing
from jamsostek.outreach.queries.handing import Handed
from jamsostek.portal.programmes import frame
from jamsostek.portal.programmes.decrees import above, planned, url_of_decree
from jamsostek.portal.programmes.frame import PLANNERS, Section
from jamsostek.portal.screens import Column, Empty, Link, paged, table, today
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.sheets import issued_page


@door(*PLANNERS)
@require_safe
def villages(request: HttpRequest, decree_code: int) -> HttpResponseBase:
    """Where cards are handed out, in the order of the list."""
    row = planned(decree_code)
    try:
        found = paged(request, handing.villages_of(row))
    except InputError as error:
        return _not_yet(request, row, error)
    names = frame.village_names(row.programme.region_code)
    columns = [
        Column(_("Desa"), lambda one: Link(frame.village_words(one.village, names), _sheets_url(row, one))),
        frame.count_column(_("Terdaftar"), lambda one: one.people),
        Column(_("Terlindungi mulai"), lambda one: month_words(one.from_month)),
    ]
    context = {
        "about": row.title,
        "sections": [
            Section(
                text=_("Unduh kartu desa demi desa. Kartu terbit bagi yang terlindungi bulan ini."),
                table=table(_("Kartu tiap desa"), columns, found.rows),
                empty=Empty(_("Tidak ada yang terdaftar"), _("Alasan tiap orang ada di halaman lampirannya.")),
            )
        ],
        "paged": found,
    }
    return frame.screen(request, context, title=_("Kartu untuk dibagikan"), crumbs=above(row, _link(row)))


@door(*PLANNERS)
def sheets(request: HttpRequest, decree_code: int, village: int) -> HttpResponseBase:
    """Ten cards a page for one village, by their number on the list; who is not protected now is left out."""
    row = planned(decree_code)
    try:
        count = len(handing.covered_of(row, village, today()))
        listed = handing.villages_of(row)
    except InputError as error:
        return _not_yet(request, row, error)
    name = frame.village_words(village, frame.village_names(row.programme.region_code))
    crumbs = above(row, _link(row), Link(_("Kartu untuk dibagikan"), reverse("programmes:decree_cards", args=[row.code])))
    after = next((one for one in listed if one.village > village), None)
    ways = [Link(_("Desa berikutnya"), _sheets_url(row, after))] if after else []
    return issued_page(
        request, name, f"{_('kartu')}-{row.code}-{village}", count,
        lambda skip, take: ceremonies.issue(decree=row, village=village, skip=skip, take=take, today=today()), crumbs, ways,
    )  # fmt: skip


def _sheets_url(row: Decree, one: Handed) -> str:
    return reverse("programmes:decree_village_cards", args=[row.code, one.village])


def _link(row: Decree) -> Link:
    return Link(row.title, url_of_decree(row))


def _not_yet(request: HttpRequest, row: Decree, error: InputError) -> HttpResponseBase:
    context = {"about": row.title, "notice": str(error)}
    return frame.screen(request, context, title=_("Kartu untuk dibagikan"), crumbs=above(row, _link(row)), status=409)
