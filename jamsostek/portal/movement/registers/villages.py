"""What a village is asked about its own people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Role
from jamsostek.core.text import _
from jamsostek.outreach.queries import review
from jamsostek.portal.movement import frame
from jamsostek.portal.movement.registers import shown
from jamsostek.portal.screens import Column, Empty, Link, table
from jamsostek.portal.screens.words import NOTHING, date

MOST = 100


@door(Role.VILLAGE_OPERATOR)
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Everybody the office asked about, in one's own villages."""
    rows = review.asked_of_villages(MOST)
    columns = [
        Column(_("Nama"), lambda one: Link(one[1].name, reverse("movement:card", args=[one[0], one[1].pk]))),
        Column(_("Tanggal lahir"), lambda one: date(one[1].birth_date) if one[1].birth_date else NOTHING),
        Column(_("Desa"), lambda one: shown.village_words(one[1].village_code)),
    ]
    context: dict[str, Any] = {
        "movement_tabs": [],
        "table": table(_("Orang yang ditanyakan"), columns, rows) if rows else None,
        "empty": Empty(
            _("Tidak ada pertanyaan untuk desa ini"), _("Bila petugas daerah ragu tentang warga, pertanyaannya tampak di sini.")
        ),
    }
    crumbs = [Link(_("Desa"), reverse("village:home"))]
    return frame.screen(
        request, "movement/registers/answers.html", context, title=_("Pertanyaan untuk desa"), here="registers", crumbs=crumbs
    )
