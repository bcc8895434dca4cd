"""What an agent did this month, whom they registered, and whose card waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.months import month_of
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.officer.shown import asked_in, kpj_words, standing_tag
from jamsostek.portal.screens import Column, Empty, Link, SearchBox, Tile, page, paged, table, today
from jamsostek.portal.screens.words import date
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.printing import SHEETS_AT_ONCE
from jamsostek.portal.uploads.sheets import sheets_page
from jamsostek.registry.choices import Via
from jamsostek.registry.models import Participant
from jamsostek.registry.queries import counts
from jamsostek.registry.queries.timeline import Standing, standings

AGENTS = (Role.AGENT,)
CARD_DAYS = 90


@door(*AGENTS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page."""
    month, asked = month_of(today()), asked_in(request.GET.get("cari", ""))
    found = paged(request, counts.registered_by_me(asked))
    audit.looked([one.pk for one in found.rows], ("name", "kpj"), "daftar agen")
    standing = standings([one.pk for one in found.rows], month)
    register = Link(_("Daftarkan orang"), reverse("agent:register"))
    nobody = Empty(_("Belum ada yang Anda daftarkan"), _("Petani, nelayan, pedagang, pengemudi: satu per satu."), register)
    context = {
        "tiles": _tiles(month),
        "search": SearchBox(_("Cari di antara yang Anda daftarkan"), asked, _("Sebagian nama, atau KPJ.")),
        "table": table(_("Yang Anda daftarkan"), _columns(standing), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya.")) if asked else nobody,
    }
    return page(request, "agent/home.html", context, title=_("Keagenan"))


def _tiles(month: int) -> list[Tile]:
    mine = counts.my_registrations(month)
    cards = len(waiting(today()))
    return [
        Tile(_("Didaftarkan bulan ini"), format_number(mine.registered), month_words(month)),
        Tile(_("Menunggu iuran pertama"), format_number(mine.promised), tone="warn" if mine.promised else "good"),
        Tile(_("Sudah terlindungi"), format_number(mine.covered), tone="good"),
        Tile(_("Kartu untuk dicetak"), format_number(cards), url=reverse("agent:cards"), tone="warn" if cards else "good"),
    ]


def _columns(standing: Mapping[int, Standing]) -> list[Column]:
    return [
        Column(_("Nama"), lambda one: Link(one.name, reverse("agent:person", args=[one.kpj]))),
        Column(_("KPJ"), lambda one: kpj_words(one.kpj)),
        Column(_("Terdaftar"), lambda one: date(one.registered_on)),
        Column(_("Keadaan"), lambda one: standing_tag(one, standing.get(one.pk))),
    ]


def waiting(day: dt.date) -> list[Participant]:
    """Those I registered who are covered and have no card, the longest waiting first."""
    since = day - dt.timedelta(days=CARD_DAYS)
    return counts.without_card(month_of(day), since=since, via=[Via.AGENT], mine=True, take=SHEETS_AT_ONCE)


@door(*AGENTS)
def cards(request: HttpRequest) -> HttpResponse:
    """Their cards on A4 sheets; printing takes people off the list."""
    ids = [one.pk for one in waiting(today())]
    above = [Link(_("Keagenan"), reverse("agent:home"))]
    name = _("Yang Anda daftarkan")
    return sheets_page(request, name, _("kartu-agen"), len(ids), lambda skip, take: ids[skip : skip + take], above)
