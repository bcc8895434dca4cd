"""A region's profile in an edition: every contest that tells of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards import profile as profiles
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.results import ResultRow
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.portal.award.frame import sample_words, screen
from jamsostek.portal.award.profile_parts import shown
from jamsostek.portal.award.public.contests import edition_then
from jamsostek.portal.award.public.editions import announced, annulled, edition_link, public_edition
from jamsostek.portal.award.shown import SUBJECT_OF, contest_url, contest_words


def _about(row: ResultRow, kind: str) -> bool:
    return edition_then(row).category(row.category).subject == SUBJECT_OF[kind]


def _name(row: ResultRow, region: int) -> str:
    listed = [*row.said["rows"], *row.said.get("measured", ())]
    return str(next(one["name"] for one in listed if one["code"] == str(region)))


def _annulled(one: Standing, row: ResultRow) -> dict[str, str]:
    title = contest_words(edition_then(row), row.category, row.level, row.area)
    return {"title": title, "url": contest_url(one.code, *row.of), "why": row.annulled_why}


@door(PUBLIC)
@require_safe
def show(request: HttpRequest, edition: str, kind: str, region: int) -> HttpResponseBase:
    """What was announced of a region; a page that does not exist where nothing was."""
    one = public_edition(edition)
    found, name = [], ""
    for row in announced(one):
        says = edition_then(row)
        if says.category(row.category).subject != SUBJECT_OF[kind]:
            continue
        profile = profiles.of_region(says, row.said, region)
        if profile is None:
            continue
        name = profile.name
        found.append({
            "title": contest_words(says, row.category, row.level, row.area), "url": contest_url(one.code, *row.of),
            "profile": shown(says, profile),
        })  # fmt: skip
    gone = [row for row in annulled(one) if profiles.in_results([row.said], region) and _about(row, kind)]
    if not found and not gone:
        raise Http404
    name = name or _name(gone[0], region)
    province = region if region in PROVINCES else REGENCIES[region].province_code if region in REGENCIES else None
    context = {
        "sample": sample_words(one), "contests": found,
        "annulled": [_annulled(one, row) for row in gone],
        "archive": f"{reverse('award:winners')}?provinsi={province}" if province else "",
    }  # fmt: skip
    title = _("Profil {name}").format(name=name)
    return screen(request, "public/profile.html", context, title=title, here="award:home", above=[edition_link(one)])
