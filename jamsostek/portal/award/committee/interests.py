"""Whom jurors may not judge: declared and found, for committees and auditors, with a file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.awards.choices import INTERESTS, EditionState
from jamsostek.awards.models import Interest, Juror
from jamsostek.awards.queries.editions import Standing, standings
from jamsostek.awards.rights import runs
from jamsostek.core.text import _
from jamsostek.portal.award.committee.told import Section, title_of
from jamsostek.portal.award.frame import COMMITTEE, sample_words, screen
from jamsostek.portal.award.jury.home import Sitting, found_table, interest_table
from jamsostek.portal.screens import Empty, export, table
from jamsostek.portal.screens.words import moment


def _rows(of: Standing) -> list[Juror]:
    rows = list(Juror.objects.filter(edition_id=of.id))
    return rows if current().may(Can.READ_AUDIT) else [one for one in rows if runs(one.level, one.area)]


@door(*COMMITTEE, Role.AUDITOR)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All editions that were opened, the newest first."""
    found = {one.code: (one, _rows(one)) for one in standings() if one.state != EditionState.DRAFT}
    if request.GET.get("bentuk"):
        headings = [_("Edisi"), _("Juri"), _("Kepentingan"), _("Pada calon"), _("Keterangan"), _("Dinyatakan"), _("Contoh")]
        return export(request, "kepentingan-juri", headings, (line for of, rows in found.values() for line in _lines(of, rows)))
    sections: list[Section] = [
        (title_of(of), "", [interest_table(of, rows), found_table([Sitting(row, of) for row in rows])])
        for of, rows in found.values() if rows
    ]  # fmt: skip
    context = {
        "about": _("Apa yang dinyatakan juri, dan apa yang ditemukan sistem: daerah sendiri, tempat bertugas, tempat bekerja."),
        "sample": next((sample_words(of) for of, rows in found.values() if rows and sample_words(of)), ""),
        "sections": sections, "export_url": "?" if sections else "",
        **({} if sections else {
            "table": table(_("Kepentingan juri"), [], []),
            "empty": Empty(_("Belum ada juri"), _("Kepentingan juri tampak di sini sesudah panitia mengangkat juri.")),
        }),
    }  # fmt: skip
    return screen(request, "committee/base.html", context, title=_("Kepentingan juri"), here="award_committee:interests")


def _lines(of: Standing, rows: list[Juror]) -> list[list[object]]:
    found = Interest.objects.filter(juror__in=rows).select_related("juror")
    return [
        [title_of(of), one.juror.name, _(INTERESTS[one.kind]), one.subject_name, one.note, moment(one.made_at), sample_words(of)]
        for one in found
    ]
