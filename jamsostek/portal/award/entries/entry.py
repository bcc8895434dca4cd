"""One entry: where it stands, what is asked for, what was sent, what is missing, until when; and its way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.scope import current
from jamsostek.awards.actions import entries as actions
from jamsostek.awards.edition import told
from jamsostek.awards.queries import entries as queries
from jamsostek.awards.queries import evidence
from jamsostek.awards.queries import interviews as meetings
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import EntryRow
from jamsostek.awards.queries.evidence import EvidenceRow
from jamsostek.awards.queries.interviews import Meeting
from jamsostek.core.text import N_, _
from jamsostek.portal.award.entries import frame
from jamsostek.portal.award.entries.feedback import feedback_result
from jamsostek.portal.award.entries.frame import Deed, deed
from jamsostek.portal.award.frame import NOMINATORS
from jamsostek.portal.award.meetings import time_words
from jamsostek.portal.screens import Column, Empty, Event, Fact, Form, Link, Table, Tag, table
from jamsostek.portal.screens.words import NOTHING, date, moment


@dataclass(frozen=True)
class Asked:
    """A kind of evidence that is asked for under a criterion, and how much was sent."""

    criterion: str
    criterion_title: str
    kind: str
    kind_title: str
    sent: int


@door(*NOMINATORS)
@require_safe
def show(request: HttpRequest, entry: str) -> HttpResponseBase:
    """All of it."""
    row, of = frame.entry_of(entry)
    now, sent = queries.database_now(), evidence.of_entry(row)
    mine = queries.own(row.subject, row.subject_code)
    asked = asked_of(row, of, sent)
    takes = mine and frame.waits(row) and of.takes_evidence(now)
    context = {
        "tag": frame.state_tag(row),
        "about": f"{frame.category_words(of, row.category)}, {frame.area_words(of, row)}",
        "notice": _notice(row, of, now, asked) if mine else "",
        "facts": _facts(row, of, now),
        "ways": _ways(row, mine=mine), "quiet": True,
        "sections": [
            (
                _("Bukti yang diminta"), "", asked_table(row, asked, takes=takes),
                Empty(_("Kategori ini tidak meminta bukti"), _("Semua ukurannya dihitung dari data.")),
            ),
            (
                _("Bukti yang dikirim"), _("Judul, sidik, dan saat diterima terbuka untuk umum; isinya tidak."),
                sent_table(of, sent), Empty(_("Belum ada bukti"), _("Yang dikirim tampak di sini dengan tanda terimanya.")),
            ),
        ],
        "events": events(row),
    }  # fmt: skip
    planned = meetings.planned(row.id) if mine else []
    if planned:
        context["sections"] = [(_("Wawancara"), "", _meetings_table(planned), None), *context["sections"]]  # type: ignore[misc]
    return frame.shown(request, "page.html", context, title=row.name, of=of, crumbs=frame.above())


def _meetings_table(planned: Sequence[Meeting]) -> Table:
    """When and where who competes is expected."""
    columns = [
        Column(_("Hari"), lambda one: date(one.row.starts_at)),
        Column(_("Waktu"), time_words),
        Column(_("Tempat"), lambda one: one.row.place or NOTHING),
        Column(_("Tautan"), _way_in),
        Column(_("Pimpinan"), lambda one: one.row.leader),
        Column(_("Pendamping"), lambda one: one.row.officials or NOTHING),
    ]
    return table(_("Wawancara yang dijadwalkan"), columns, planned)


def _way_in(one: Meeting) -> Link | str:
    """The link to an interview from afar; what is no address of a page stays text."""
    link = one.row.link
    return Link(link, link) if link.lower().startswith(("https://", "http://")) else link or NOTHING


def asked_of(row: EntryRow, of: Standing, sent: Sequence[EvidenceRow]) -> list[Asked]:
    """What the category asks for, in its order."""
    if row.category not in of.says.categories:
        return []
    counted = [(one.row.criterion, one.row.kind) for one in sent if one.counts]
    return [
        Asked(one.key, told(one.title), kind, told(of.says.evidence[kind].title), counted.count((one.key, kind)))
        for one in evidence.asked(of.says, of.says.categories[row.category]) for kind in one.evidence
    ]  # fmt: skip


def asked_table(row: EntryRow, asked: Sequence[Asked], *, takes: bool) -> Table:
    """What is asked for, and the way to send it."""
    columns = [
        Column(_("Bukti"), lambda one: one.kind_title),
        Column(_("Untuk ukuran"), lambda one: one.criterion_title),
        Column(_("Terkirim"), lambda one: Tag(str(one.sent), "good") if one.sent else Tag(_("Belum ada"), "warn")),
    ]
    if takes:
        columns.append(
            Column(
                _("Kirim"),
                lambda one: Link(
                    _("Kirim: {kind}").format(kind=one.kind_title),
                    reverse("award_entries:send", args=[row.code, one.criterion, one.kind]),
                ),
            )
        )
    return table(_("Bukti yang diminta kategori ini"), columns, asked)


def sent_table(of: Standing, sent: Sequence[EvidenceRow]) -> Table:
    """What was sent, each leading to its page."""
    columns = [
        Column(_("Judul"), lambda one: Link(one.row.title, reverse("award_entries:evidence", args=[one.row.code]))),
        Column(_("Jenis"), lambda one: frame.kind_words(of, one.row.kind)),
        Column(_("Untuk ukuran"), lambda one: frame.criterion_words(of, one.row.criterion)),
        Column(_("Diterima"), lambda one: moment(one.row.received_at)),
        Column(_("Besar"), lambda one: frame.size_words(one.row.size), number=True),
        Column(_("Keadaan"), frame.evidence_tag),
    ]
    return table(_("Bukti menurut saat diterima"), columns, sent)


def _notice(row: EntryRow, of: Standing, now: dt.datetime, asked: Sequence[Asked]) -> str:
    if not frame.waits(row):
        return _("Tidak bersaing lagi: {reason}").format(reason=row.reason) if row.reason else ""
    if not of.takes_evidence(now):
        return _("Batas waktu bukti sudah lewat. Yang sudah diterima tidak berubah lagi.")
    by_criterion: dict[str, int] = {}
    for one in asked:
        by_criterion[one.criterion_title] = by_criterion.get(one.criterion_title, 0) + one.sent
    missing = [title for title, count in by_criterion.items() if not count]
    if missing:
        return _("Masih kurang: bukti untuk {names}.").format(names=", ".join(missing))
    return ""


def _facts(row: EntryRow, of: Standing, now: dt.datetime) -> list[Fact]:
    facts = [
        Fact(_("Edisi"), told(of.says.title)),
        Fact(_("Tingkat"), frame.level_words(row)),
        Fact(_("Dicalonkan"), moment(row.made_at)),
        Fact(_("Batas bukti"), frame.deadline_words(of.evidence_until, now)),
        Fact(_("Nomor pencalonan"), row.code),
    ]
    if row.reason:
        facts.append(Fact(_("Alasan"), row.reason))
    return facts


def _ways(row: EntryRow, *, mine: bool) -> list[Link]:
    ways = []
    if frame.waits(row) and (mine or row.made_by == current().user_id):
        ways.append(Link(_("Undur diri"), reverse("award_entries:withdraw", args=[row.code])))
    if (mine or queries.runs(row)) and feedback_result(row) is not None:
        ways.insert(0, Link(_("Umpan balik"), reverse("award_entries:feedback", args=[row.code])))
    if queries.runs(row):
        ways.insert(0, Link(_("Halaman panitia"), reverse("award_committee:entry", args=[row.code])))
    return ways


def events(row: EntryRow) -> list[Event]:
    """What happened to an entry."""
    words = {
        "accepted": _("Diterima sebagai calon"), "refused": _("Tidak diterima"), "withdrawn": _("Mengundurkan diri"),
        "disqualified": _("Didiskualifikasi"),
    }  # fmt: skip
    first = _("Dicalonkan") if row.promoted_from_id is None else _("Maju dari tingkat sebelumnya")
    return [
        Event(first, moment(row.made_at)),
        *(Event(words[one.step], moment(one.at), one.reason) for one in queries.steps_of(row.id)),
    ]


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=N_("Alasan"), max_length=300, widget=forms.Textarea, help_text=N_("Semua orang dapat membacanya.")
    )


@door(*NOMINATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, entry: str) -> HttpResponseBase:
    """Ends the entry for good."""
    row, of = frame.entry_of(entry)
    here = frame.entry_link(row)
    return deed(request, ReasonForm(frame.answers(request)), Deed(
        _("Undur diri"), frame.above(here), _("Undur diri"), lambda told: actions.withdraw(code=row.code, reason=told["reason"]),
        lambda _made: here.url, _("Pencalonan ini berakhir."), about=row.name,
        text=_("Yang mengundurkan diri tidak dapat dicalonkan lagi di kategori ini pada edisi yang sama."),
        facts=[Fact(_("Kategori"), frame.category_words(of, row.category))], danger=True, of=of,
    ))  # fmt: skip
