"""A juror's marks: one candidate at a time, the own marks, freezing; after the reveal everybody's side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.awards.actions import marks as actions
from jamsostek.awards.actions.juries import MOST_NOTE
from jamsostek.awards.choices import CONFLICTS, SUBJECTS, EditionState
from jamsostek.awards.edition import told
from jamsostek.awards.models import Entry, Mark
from jamsostek.awards.queries import evidence
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.entries import database_now
from jamsostek.awards.queries.juries import Contest
from jamsostek.awards.queries.sight import UNDECLARED, Bar, seat_bar
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.frame import JURORS, sample_words, screen
from jamsostek.portal.award.jury.home import Sitting, above, sitting, tabs
from jamsostek.portal.award.jury.mark_form import MarkForm
from jamsostek.portal.award.marked import (
    agreement_table,
    contest_of,
    contest_words,
    deadline_words,
    note_facts,
    spread_tables,
)
from jamsostek.portal.screens import Column, Empty, Fact, Form, Link, Table, Tag, done, export, paged, table
from jamsostek.portal.screens.words import NOTHING, moment


def _contest(one: Sitting, category: str, area: int) -> Contest:
    found = contest_of(one.of, category, one.row.level, area)
    if one.row.level == "province" and area != one.row.area:
        raise Http404
    return found


def contest_link(one: Sitting, contest: Contest) -> Link:
    """The page of a contest."""
    return Link(
        contest_words(one.of, contest), reverse("award_jury:contest", args=[one.row.code, contest.category, contest.area])
    )


def _open(one: Sitting) -> bool:
    """Whether marks can be given at all."""
    until = one.of.marks_until(one.row.level)
    return one.row.left_at is None and one.of.state == EditionState.OPEN and until is not None and database_now() < until


@door(*JURORS)
@require_safe
def contest(request: HttpRequest, juror: str, category: str, area: int) -> HttpResponseBase:
    """Who competes, whom the juror has marked, and after the reveal all marks."""
    one = sitting(juror)
    this = _contest(one, category, area)
    entries = queries.competing(one.of.id, this)
    excused = queries.conflicts(one.row.pk, [entry.pk for entry in entries])
    missing = queries.missing(one.row.pk, this)
    opened = this in queries.revealed_contests(one.of.id, one.row.level)
    frozen = any(seat.frozen for seat in queries.seated(one.of.id, this) if seat.juror.pk == one.row.pk)
    found = queries.spreads(one.of.id, this) if opened else []
    may = _open(one) and not opened and not frozen and bool(entries)
    declared = one.row.interests.exists()
    context: dict[str, Any] = {
        "sample": sample_words(one.of), "parts": tabs(one, "seat"),
        "tag": Tag(_("Sudah dibuka"), "good") if opened else Tag(_("Sudah dikunci"), "info") if frozen
        else Tag(_("Belum dikunci"), "warn"),
        "notice": "" if declared else _("Nyatakan kepentingan Anda dahulu, juga bila tidak ada."),
        "facts": [
            Fact(_("Nilai paling lambat"), deadline_words(one.of, one.row.level)),
            Fact(_("Belum dinilai"), _("{count} calon").format(count=format_number(len(missing)))),
        ],
        "ways": [Link(_("Kunci nilai saya"), reverse("award_jury:freeze", args=[juror, category, area]))]
        if may and declared and not missing else
        [Link(_("Nyatakan kepentingan"), reverse("award_jury:declare", args=[juror]))] if may and not declared else [],
        "table": _entries(one, entries, excused, missing),
        "empty": Empty(_("Belum ada calon"), _("Calon yang diterima panitia muncul di sini.")),
    }  # fmt: skip
    if found:
        names = seat_names(one.of.id, this)
        mine = actions.chaired(entries)
        begins = reverse("award_jury:seat", args=[juror]) + "bahas/" if mine else ""
        context["sections"] = [
            (_("Nilai semua juri"), "", spread_tables(one.of, found, begins, names, mine)),
            (_("Seberapa sepakat"), "", [agreement_table(one.of, found)]),
            (_("Catatan"), "", [note_table(note_facts(one.of, found, names))]),
        ]
    return screen(
        request, "committee/base.html", context, title=contest_words(one.of, this), here="award_jury:home", above=above(one)
    )  # fmt: skip


def note_table(facts: list[Fact]) -> Table:
    """Notes as a table."""
    columns = [Column(_("Calon dan ukuran"), lambda one: one.label), Column(_("Catatan"), lambda one: one.value)]
    return table(_("Catatan juri dan pembahasan"), columns, facts)


def seat_names(edition_id: int, this: Contest) -> dict[str, str]:
    """Seat code -> who sits or sat there; told after the reveal."""
    area = this.area if this.level == "province" else None
    return {row.code: row.name for row in queries.jurors(edition_id, level=this.level, area=area)}


def _entries(one: Sitting, entries: list[Entry], excused: dict[int, str], missing: dict[int, list[str]]) -> Table:
    def name(entry: Entry) -> Link:
        return Link(entry.name, reverse("award_jury:mark", args=[one.row.code, entry.code]))

    def state(entry: Entry) -> Tag:
        if entry.pk in excused:
            return Tag(_("Tidak Anda nilai: {why}").format(why=_(CONFLICTS[excused[entry.pk]])), "plain")
        return Tag(_("Belum lengkap"), "warn") if entry.pk in missing else Tag(_("Sudah dinilai"), "good")

    return table(_("Calon"), [Column(_("Nama calon"), name), Column(_("Nilai Anda"), state)], entries)


# --- one candidate ----------------------------------------------------------------------------------------------------


@door(*JURORS)
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, juror: str, entry: str) -> HttpResponseBase:
    """One candidate: what they sent, and the juror's marks."""
    one = sitting(juror)
    found = Entry.objects.filter(code=entry, edition_id=one.of.id, level=one.row.level).first()
    if found is None or (one.row.level == "province" and found.area != one.row.area):
        raise Http404
    this = _contest(one, found.category, found.area)
    if found.pk not in {row.pk for row in queries.competing(one.of.id, this)}:
        raise Http404
    barred = seat_bar(one.row, found.pk)
    if barred is not None:
        return _barred(request, one, found, barred)
    why, sent = _why_not(one, this), _evidence(one, found)
    last = {row.criterion: row for row in Mark.objects.filter(juror=one.row, entry=found)}
    form = None if why else MarkForm(request.POST or None, judged=one.of.says.judged(found.category), last=last)
    if form is not None and form.did(lambda: actions.give(juror=juror, entry=entry, marks=form.cleaned_data["found"])):
        return done(request, contest_link(one, this).url, _saved(one, found, form.cleaned_data["found"]))
    context = {
        "sample": sample_words(one.of), "notice": why, "form": form, "yes": _("Simpan nilai"),
        "facts": [
            Fact(_("Yang dinilai"), _(SUBJECTS[found.subject])),
            Fact(_("Lomba"), contest_words(one.of, this)),
            Fact(_("Nilai paling lambat"), deadline_words(one.of, one.row.level)),
        ],
        "text": _("Nilai juri lain tidak tampak sebelum semua dibuka. Nilai Anda dapat diubah sampai Anda menguncinya."),
        "back": contest_link(one, this).url,
        "sections": [(_("Bukti yang dikirim"), "" if sent.lines else _("Calon ini belum mengirim bukti."), [sent])],
    }  # fmt: skip
    template = "committee/form.html" if form is not None else "committee/base.html"
    if form is None:
        context["sections"] = [(_("Nilai Anda"), "", [_mine_table(one, [found])]), *context["sections"]]  # type: ignore[misc]
    return screen(
        request, template, context, title=found.name, here="award_jury:home", above=[*above(one), contest_link(one, this)]
    )  # fmt: skip


def _barred(request: HttpRequest, one: Sitting, found: Entry, barred: Bar) -> HttpResponseBase:
    """Why a juror does not see a candidate, and the way to their declaration."""
    this = contest_link(one, Contest(found.category, found.level, found.area))
    declare = Link(_("Nyatakan kepentingan"), reverse("award_jury:declare", args=[one.row.code]))
    context = {
        "sample": sample_words(one.of), "notice": barred.words,
        "ways": [declare] if barred.why == UNDECLARED and one.row.left_at is None else [],
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=found.name, here="award_jury:home", above=[*above(one), this]
    )  # fmt: skip


def _saved(one: Sitting, found: Entry, given: Mapping[str, actions.Given]) -> str:
    """What now stands, so that nobody believes in another figure."""
    figures = [
        _("{criterion} {marks}").format(criterion=_criterion(one, key), marks=format_number(mark.marks))
        for key, mark in given.items()
    ]
    return _("Nilai untuk {name} tersimpan: {marks}.").format(name=found.name, marks="; ".join(figures))


def _why_not(one: Sitting, this: Contest) -> str:
    """Why no mark can be given; empty where one can."""
    if this in queries.revealed_contests(one.of.id, this.level):
        return _("Nilai kategori itu sudah dibuka. Sesudah dibuka nilai tidak berubah lagi.")
    if not _open(one):
        return _("Penilaian sudah ditutup bagi Anda.")
    if any(seat.frozen for seat in queries.seated(one.of.id, this) if seat.juror.pk == one.row.pk):
        return _("Nilai Anda di kategori ini sudah dikunci.")
    return ""


def _evidence(one: Sitting, entry: Entry) -> Table:
    rows = [row for row in evidence.manifest(one.of.id, entry.level) if row.entry_code == entry.code]
    says = one.of.says
    columns = [
        Column(_("Bukti"), lambda row: told(says.evidence[row.kind].title) if row.kind in says.evidence else row.kind),
        Column(_("Judul"), lambda row: Link(row.title, reverse("award_entries:evidence", args=[row.code]))),
        Column(_("Untuk ukuran"), lambda row: _criterion(one, row.criterion) if row.criterion else NOTHING),
        Column(_("Diterima"), lambda row: moment(row.received_at)),
    ]  # fmt: skip
    return table(_("Bukti calon ini"), columns, rows)


# --- the own marks ----------------------------------------------------------------------------------------------------


@door(*JURORS)
@require_safe
def mine(request: HttpRequest, juror: str) -> HttpResponseBase:
    """All marks of a seat as they stand, for whoever gave them."""
    one = sitting(juror)
    rows = _last_marks(one)
    if request.GET.get("bentuk"):
        headings = [_("Lomba"), _("Nama calon"), _("Ukuran"), _("Nilai juri ini"), _("Catatan"), _("Contoh")]
        return export(request, f"nilai-{one.row.code}", headings, (_line(one, row) for row in rows))
    shown = paged(request, rows)
    context = {
        "sample": sample_words(one.of), "parts": tabs(one, "mine"), "paged": shown,
        "table": _marks_table(one, shown.rows), "export_url": "?" if rows else "",
        "empty": Empty(_("Belum ada nilai"), _("Nilai yang Anda berikan tampak di sini, hanya bagi Anda.")),
    }  # fmt: skip
    return screen(
        request, "committee/base.html", context, title=_("Nilai saya"), here="award_jury:home", above=above(one)
    )  # fmt: skip


def _last_marks(one: Sitting, entries: list[Entry] | None = None) -> list[Mark]:
    rows = Mark.objects.filter(juror=one.row).select_related("entry")
    if entries is not None:
        rows = rows.filter(entry__in=entries)
    last = {(row.entry_id, row.criterion): row for row in rows}
    return sorted(last.values(), key=lambda row: (row.entry.category, row.entry.name, row.criterion))


def _criterion(one: Sitting, key: str) -> str:
    return told(one.of.says.criteria[key].title) if key in one.of.says.criteria else key


def _line(one: Sitting, row: Mark) -> list[object]:
    contest = Contest(row.entry.category, row.entry.level, row.entry.area)
    return [
        contest_words(one.of, contest), row.entry.name, _criterion(one, row.criterion), row.marks, row.note, sample_words(one.of),
    ]  # fmt: skip


def _marks_table(one: Sitting, rows: Any) -> Table:
    columns = [
        Column(
            _("Nama calon"), lambda row: Link(row.entry.name, reverse("award_jury:mark", args=[one.row.code, row.entry.code]))
        ),
        Column(_("Ukuran"), lambda row: _criterion(one, row.criterion)),
        Column(_("Nilai juri ini"), lambda row: format_number(row.marks), number=True),
        Column(_("Catatan"), lambda row: row.note),
        Column(_("Diberikan"), lambda row: moment(row.made_at)),
    ]
    return table(_("Nilai yang Anda berikan"), columns, rows)


def _mine_table(one: Sitting, entries: list[Entry]) -> Table:
    return _marks_table(one, _last_marks(one, entries))


class FreezeForm(Form):
    """Nothing but the button."""


@door(*JURORS)
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, juror: str, category: str, area: int) -> HttpResponseBase:
    """Asks once more before marks are final."""
    one = sitting(juror)
    this = _contest(one, category, area)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.did(lambda: actions.freeze(juror=juror, category=category, area=area)):
        return done(request, contest_link(one, this).url, _("Nilai Anda dikunci."))
    entries = queries.competing(one.of.id, this)
    context = {
        "sample": sample_words(one.of), "form": form, "yes": _("Kunci nilai saya"), "back": contest_link(one, this).url,
        "text": _("Sesudah dikunci, nilai Anda di lomba ini tidak dapat diubah lagi oleh siapa pun."),
        "sections": [(_("Yang dikunci"), "", [_mine_table(one, entries)])],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Kunci nilai {contest}").format(contest=contest_words(one.of, this)),
        here="award_jury:home", above=[*above(one), contest_link(one, this)],
    )  # fmt: skip


class DiscussForm(Form):
    """What was said."""

    note = forms.CharField(label=N_("Catatan pembahasan"), max_length=MOST_NOTE, widget=forms.Textarea)


@door(*JURORS)
@require_http_methods(["GET", "HEAD", "POST"])
def discuss(request: HttpRequest, juror: str, entry: str, criterion: str) -> HttpResponseBase:
    """The chair's note on marks that lie far apart."""
    one = sitting(juror)
    found = Entry.objects.filter(code=entry, edition_id=one.of.id, level=one.row.level).first()
    if found is None or not actions.chairs(found):
        raise Http404
    this = _contest(one, found.category, found.area)
    rows = [row for row in queries.spreads(one.of.id, this) if row.entry.pk == found.pk and row.criterion == criterion]
    if not rows:
        raise Http404
    form = DiscussForm(request.POST or None)
    if form.did(lambda: actions.discuss(entry=entry, criterion=criterion, note=form.cleaned_data["note"])):
        return done(request, contest_link(one, this).url, _("Catatan tersimpan."))
    context = {
        "sample": sample_words(one.of), "form": form, "yes": _("Simpan catatan"), "back": contest_link(one, this).url,
        "sections": [(_("Nilai semua juri"), "", spread_tables(one.of, rows, names=seat_names(one.of.id, this)))],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Bahas nilai {name}").format(name=found.name), here="award_jury:home",
        above=[*above(one), contest_link(one, this)],
    )  # fmt: skip
