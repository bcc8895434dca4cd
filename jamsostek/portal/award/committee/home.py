"""Where a committee begins: what waits for it now, edition by edition."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.awards.choices import EditionState
from jamsostek.awards.queries.contests import contests
from jamsostek.awards.queries.editions import Standing, standings
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.award.committee.contests import my_provinces
from jamsostek.portal.award.committee.editions import runs_nation
from jamsostek.portal.award.committee.told import edition_link, state_tag
from jamsostek.portal.award.frame import COMMITTEE, screen
from jamsostek.portal.screens import Column, Empty, Link, Tile, table
from jamsostek.portal.screens.words import date


@door(*COMMITTEE)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What waits, and the editions under way."""
    mine = my_provinces()
    found = [one for one in standings() if one.state in (EditionState.DRAFT, EditionState.OPEN)]
    running = [one for one in found if one.state == EditionState.OPEN]
    area = _("seluruh negeri") if mine is None else ", ".join(PROVINCES[one].name for one in sorted(mine) if one in PROVINCES)
    columns = [
        Column(_("Edisi"), edition_link),
        Column(_("Hari terakhir pencalonan"), lambda one: date(one.says.days.nominate_until)),
        Column(_("Hari terakhir bukti"), lambda one: date(one.says.days.evidence_until)),
        Column(_("Keadaan"), state_tag),
    ]
    may = runs_nation()
    begin = Link(_("Buat edisi"), reverse("award_committee:edition_new"))
    context = {
        "about": _("Untuk {area}.").format(area=area),
        "tiles": [tile for one in running for tile in _tiles(one, mine)],
        "table": table(_("Edisi yang disiapkan dan berjalan"), columns, found),
        "empty": Empty(
            _("Tidak ada edisi yang berjalan"), _("Edisi yang disiapkan dan berjalan tampak di sini."), begin if may else None
        ),
        "ways": [Link(_("Semua edisi"), reverse("award_committee:editions")), *([begin] if may and found else [])],
    }  # fmt: skip
    return screen(request, "committee/base.html", context, title=_("Panitia Paritrana"), here="award_committee:home")


def _tiles(of: Standing, mine: frozenset[int] | None) -> list[Tile]:
    """What waits in an edition, each leading to where it is done."""
    found = contests(of, mine)
    waiting = sum(one.waiting for one in found)
    where = reverse("award_committee:contests", args=[of.code])
    return [
        Tile(_("Pencalonan menunggu"), format_number(waiting), of.says.label, where, "warn" if waiting else "good"),
        Tile(_("Calon yang diterima"), format_number(sum(one.accepted for one in found)), of.says.label, where),
    ]
