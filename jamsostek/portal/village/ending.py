"""Residents whose contribution the village pays no longer than this month or the next, each with the way to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.portal.officer.shown import kpj_words
from jamsostek.portal.screens import Column, Empty, Link, Tag, page, paged, table, today
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.village.place import OWNERS, crumbs, payer_of, village_of
from jamsostek.registry.queries import lists

if TYPE_CHECKING:
    from jamsostek.registry.models import Cover


@door(*OWNERS)
@require_safe
def show(request: HttpRequest, code: int) -> HttpResponse:
    """The list."""
    name = village_of(request, code)
    found = paged(request, lists.covered(payer_of(code).pk, month_of(today()), state="ending"))
    audit.looked([one.participant_id for one in found.rows], ("name", "kpj"), "daftar warga yang segera berakhir")
    context = {
        "table": table(_("Orang"), _columns(code), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang segera berakhir"), _("Semua perlindungan yang dibayar desa masih berlanjut.")),
    }
    return page(request, "village/ending.html", context, title=_("Perlindungan segera berakhir"), crumbs=crumbs(code, name))


def _columns(code: int) -> list[Column]:
    def act(one: Cover) -> Link | Tag | str:
        if one.participant.died_on is not None:
            return Tag(_("Meninggal"), "plain")
        if one.participant.village_code != code:
            return _("Tinggal di desa lain")
        return Link(_("Lanjutkan"), reverse("village:extend", args=[code, one.participant.kpj]))

    return [
        Column(_("Nama"), lambda one: one.participant.name),
        Column(_("KPJ"), lambda one: kpj_words(one.participant.kpj)),
        Column(_("Pekerjaan"), lambda one: one.occupation),
        Column(_("Sampai"), lambda one: month_words(one.to_month)),
        Column(_("Tindakan"), act),
    ]
