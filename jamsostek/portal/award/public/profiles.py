"""A region's profile in an edition: every contest that tells of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import PUBLIC, door
from jamsostek.awards import profile as profiles
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _
from jamsostek.portal.award.frame import sample_words, screen
from jamsostek.portal.award.profile_parts import shown
from jamsostek.portal.award.public.contests import edition_then
from jamsostek.portal.award.public.editions import announced, edition_link, public_edition
from jamsostek.portal.award.shown import SUBJECT_OF, contest_url, contest_words


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
    if not found:
        raise Http404
    province = region if region in PROVINCES else REGENCIES[region].province_code if region in REGENCIES else None
    context = {
        "sample": sample_words(one), "contests": found,
        "archive": f"{reverse('award:winners')}?provinsi={province}" if province else "",
    }  # fmt: skip
    title = _("Profil {name}").format(name=name)
    return screen(request, "public/profile.html", context, title=title, here="award:home", above=[edition_link(one)])
