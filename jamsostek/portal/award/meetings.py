"""Interviews on pages: by day, as a calendar file. Shared by jurors and committees."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from jamsostek.awards.calendar import icalendar
from jamsostek.awards.choices import INTERVIEW_STATES
from jamsostek.awards.queries.interviews import Meeting, appointments, by_day
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _, language
from jamsostek.portal.award.committee.told import Section
from jamsostek.portal.screens import Column, Link, Table, Tag, table
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import date

_TONES: dict[str, Tone] = {"planned": "info", "cancelled": "plain", "held": "good"}


def state_tag(one: Meeting) -> Tag:
    """Where it stands."""
    return Tag(_(INTERVIEW_STATES[one.row.state]), _TONES[one.row.state])


def time_words(one: Meeting) -> str:
    """`09.00 sampai 09.45 WIB`."""
    mark = ":" if language() == "en" else "."
    begins, ends = timezone.localtime(one.row.starts_at), timezone.localtime(one.row.ends_at)
    words = _("{begins} sampai {ends} WIB")
    return words.format(begins=f"{begins:%H}{mark}{begins:%M}", ends=f"{ends:%H}{mark}{ends:%M}")


def days(found: Sequence[Meeting], where: str = "") -> list[Section]:
    """A heading and a table for each day; `where` begins the address of each interview's page."""
    return [(date(day), "", [_day(date(day), meetings, where)]) for day, meetings in by_day(found)]


def _day(title: str, meetings: Sequence[Meeting], where: str) -> Table:
    columns = [
        Column(_("Waktu"), lambda one: Link(time_words(one), f"{where}{one.row.code}/") if where else time_words(one)),
        Column(_("Nama calon"), lambda one: one.row.entry.name),
        Column(_("Tempat"), lambda one: one.where),
        Column(_("Pimpinan"), lambda one: one.row.leader),
        Column(_("Pendamping"), lambda one: one.row.officials),
        Column(_("Juri"), lambda one: ", ".join(juror.name for juror in one.jurors)),
        Column(_("Keadaan"), state_tag),
    ]
    return table(_("Wawancara {day}").format(day=title), columns, meetings)


def came_words(one: Meeting) -> str:
    """Who came, of an interview that was held."""
    came = [juror.name for juror in one.jurors if juror.pk in one.row.came_ids]
    leader = _("pimpinan hadir sendiri") if one.row.leader_came else _("pimpinan tidak hadir")
    words = _("{jurors}; {leader}; {count} pendamping")
    return words.format(
        jurors=", ".join(came) or _("tidak ada juri"), leader=leader, count=format_number(one.row.officials_came or 0)
    )


def ics(found: Sequence[Meeting], name: str) -> HttpResponse:
    """The calendar as a file."""
    response = HttpResponse(icalendar(appointments(found), name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wawancara.ics"'
    response["Cache-Control"] = "no-store"
    return response
