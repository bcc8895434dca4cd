"""Where a committee begins: what waits for it now, edition by edition."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.awards.choices import EditionState
from jamsostek.awards.queries.editions import Standing, standings
from jamsostek.awards.queries.waiting import waiting
from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.portal.award.committee.contests import my_provinces
from jamsostek.portal.award.committee.editions import runs_nation
from jamsostek.portal.award.committee.told import edition_link, state_tag
from jamsostek.portal.award.frame import COMMITTEE, sample_words, screen
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
        "running": [(edition_link(one), sample_words(one), _tiles(one, mine)) for one in running],
        "table": table(_("Edisi yang disiapkan dan berjalan"), columns, found),
        "empty": Empty(
            _("Tidak ada edisi yang berjalan"), _("Edisi yang disiapkan dan berjalan tampak di sini."), begin if may else None
        ),
        "ways": [Link(_("Semua edisi"), reverse("award_committee:editions")), *([begin] if may and found else [])],
    }  # fmt: skip
    return screen(request, "committee/home.html", context, title=_("Panitia Paritrana"), here="award_committee:home")


def _tiles(of: Standing, mine: frozenset[int] | None) -> list[Tile]:
    """What waits in an edition, each leading to where it is done."""
    found = waiting(of, mine)

    told = (
        (_("Pencalonan menunggu"), found.nominations, "entries"),
        (_("Berkas belum diperiksa dua orang"), found.evidence, "entries"),
        (_("Juri masih kurang"), found.jurors, "juries"),
        (_("Juri belum mengunci nilai"), found.unfrozen, "juries"),
        (_("Nilai siap dibuka"), found.to_reveal, "juries"),
        (_("Lomba belum ada hasil"), found.to_compute, "results"),
        (_("Hasil menunggu keputusan"), found.to_decide, "results"),
    )
    return [
        Tile(text, format_number(count), url=reverse(f"award_committee:{name}", args=[of.code]), tone="warn" if count else "good")
        for text, count, name in told
    ]
