"""A juror's interviews: by day, for print, and as a calendar file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.awards.queries.interviews import interviews
from jamsostek.core.text import _
from jamsostek.portal.award.frame import JURORS, sample_words, screen
from jamsostek.portal.award.jury.home import above, sitting, tabs
from jamsostek.portal.award.meetings import days, ics
from jamsostek.portal.screens import Empty, Link, table


@door(*JURORS)
@require_safe
def listing(request: HttpRequest, juror: str) -> HttpResponseBase:
    """Those at which the seat is expected."""
    one = sitting(juror)
    found = interviews(one.of.id, level=one.row.level, user_id=one.row.user_id)
    context = {
        "sample": sample_words(one.of), "parts": tabs(one, "interviews"), "sections": days(found),
        "ways": [Link(_("Unduh untuk kalender"), reverse("award_jury:calendar", args=[juror])), Link(_("Cetak"), "?cetak=1")]
        if found else [],
        **({} if found else {
            "table": table(_("Wawancara"), [], []),
            "empty": Empty(_("Belum ada wawancara"), _("Panitia menjadwalkannya; jadwal Anda muncul di sini.")),
        }),
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=_("Wawancara saya"), here="award_jury:home", above=above(one)
    )  # fmt: skip


@door(*JURORS)
@require_safe
def calendar(request: HttpRequest, juror: str) -> HttpResponseBase:
    """The same as a calendar file."""
    one = sitting(juror)
    return ics(interviews(one.of.id, level=one.row.level, user_id=one.row.user_id), _("Wawancara Paritrana"))
