"""What a contest told somebody who competed: for the entry's own people and the committee, and nobody else; to print as well."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.awards import profile as profiles
from jamsostek.awards.queries import results
from jamsostek.awards.queries.editions import standings
from jamsostek.awards.queries.entries import EntryRow, own, runs
from jamsostek.awards.queries.entries import entry as entry_by
from jamsostek.awards.queries.juries import Contest, spreads
from jamsostek.awards.queries.results import ResultRow, ResultState
from jamsostek.core.text import _
from jamsostek.portal.award.frame import NOMINATORS, sample_words, screen
from jamsostek.portal.award.profile_parts import shown
from jamsostek.portal.award.public.contests import edition_then
from jamsostek.portal.award.shown import contest_words, criterion_words
from jamsostek.portal.screens import Link


def feedback_result(row: EntryRow) -> ResultRow | None:
    """The result that tells of an entry: public and decided, or else the last one that was annulled; None before."""
    if results.place_of(row.level, row.area) not in results.publications(row.edition_id):
        return None
    of = results.results(row.edition_id, level=row.level, area=row.area, category=row.category)
    found = next((one for one in of if one.state == ResultState.DECIDED), None)
    return found or next((one for one in of if one.state == ResultState.ANNULLED), None)


@door(*NOMINATORS)
@require_safe
def feedback(request: HttpRequest, entry: str) -> HttpResponseBase:
    """Every criterion's score and rank, what jurors wrote (without their names), the three cheapest steps."""
    row = entry_by(entry)
    if row is None or not (own(row.subject, row.subject_code) or runs(row)):
        raise Http404
    found = feedback_result(row)
    of = next(one for one in standings() if one.id == row.edition_id)
    above = [Link(_("Pencalonan"), reverse("award_entries:home"))]
    title = _("Umpan balik untuk {name}").format(name=row.name)
    if found is None:
        return screen(
            request, "entries/feedback.html", {"sample": sample_words(of)}, title=title, here="award_entries:home", above=above
        )
    says = edition_then(found)
    contest = contest_words(says, row.category, row.level, row.area)
    if found.state == ResultState.ANNULLED:
        told = {"sample": sample_words(of), "contest": contest, "annulled": found.annulled_why}
        return screen(request, "entries/feedback.html", told, title=title, here="award_entries:home", above=above)
    profile = profiles.of_entry(says, found.said, row.code)
    context: dict[str, Any] = {
        "sample": sample_words(of),
        "contest": contest,
        "profile": shown(says, profile) if profile else None,
        "comments": [
            (criterion_words(says, spread.criterion), sorted(spread.notes.values()))
            for spread in spreads(row.edition_id, Contest(row.category, row.level, row.area))
            if spread.entry.code == row.code and spread.notes
        ],
        "print_url": "?cetak=1",
    }
    return screen(request, "entries/feedback.html", context, title=title, here="award_entries:home", above=above)
