"""A contest's marks: who has frozen them, opening them, and what is said where they lie far apart."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.awards.actions import marks as actions
from jamsostek.awards.actions.juries import MOST_NOTE
from jamsostek.awards.choices import EditionState
from jamsostek.awards.models import Entry
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import database_now
from jamsostek.awards.queries.juries import Contest, Marked
from jamsostek.awards.rights import runs
from jamsostek.awards.words import moment_words
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.portal.award.committee.juries import above, juries_link
from jamsostek.portal.award.frame import COMMITTEE, edition_of, sample_words, screen
from jamsostek.portal.award.jury.home import seat_words
from jamsostek.portal.award.jury.marking import note_table, seat_names
from jamsostek.portal.award.marked import (
    agreement_table,
    contest_of,
    contest_words,
    deadline_words,
    discuss_url,
    note_facts,
    spread_tables,
)
from jamsostek.portal.payments.frame import by
from jamsostek.portal.screens import Column, Fact, Form, Link, Table, Tag, done, export, table


def _contest(of: Standing, category: str, level: str, area: int) -> Contest:
    found = contest_of(of, category, level, area)
    if not runs(level, area):
        raise Http404
    return found


def _link(of: Standing, this: Contest) -> Link:
    return Link(contest_words(of, this), reverse("award_committee:marks", args=[of.code, this.category, this.level, this.area]))


@door(*COMMITTEE)
@require_safe
def show(request: HttpRequest, edition: str, category: str, level: str, area: int) -> HttpResponseBase:
    """Before: who has frozen. After: all marks, their spread, how far jurors agree."""
    of = edition_of(edition)
    this = _contest(of, category, level, area)
    opened = queries.revealed_contests(of.id, level).get(this)
    found = queries.spreads(of.id, this)
    names = seat_names(of.id, this) if opened else {}
    if request.GET.get("bentuk") and opened:
        headings = [_("Nama calon"), _("Ukuran"), _("Kursi"), _("Juri"), _("Nilai juri ini"), _("Catatan"), _("Contoh")]
        return export(request, f"nilai-{of.code}-{category}", headings, (
            [one.entry.name, one.criterion, seat, names.get(seat, seat), mark, one.notes.get(seat, ""), sample_words(of)]
            for one in found for seat, mark in one.marks.items()
        ))  # fmt: skip
    marked = queries.marked(of.id, this)
    context: dict[str, Any] = {
        "sample": sample_words(of), "notice": " ".join([*([] if opened else _waits(of, this)), *_short_words(marked)]),
        "tag": Tag(_("Sudah dibuka"), "good") if opened else Tag(_("Tertutup"), "plain"),
        "facts": [
            Fact(_("Bukti paling lambat"), moment_words(queries.gathered_at(of.id))),
            Fact(_("Nilai paling lambat"), deadline_words(of, level)),
        ],
        "sections": [(_("Juri"), "", [_seats(of, this)]), (_("Calon"), "", [_entries(marked)])],
        "ways": [Link(_("Buka nilai"), reverse("award_committee:reveal", args=[edition, category, level, area]))]
        if not opened and marked and of.state == EditionState.OPEN and not _waits(of, this) else [],
    }  # fmt: skip
    if opened:
        context["facts"] += [Fact(_("Dibuka"), by(opened.by_id, opened.at))]
        if opened.note:
            context["facts"] += [Fact(_("Alasan membuka"), opened.note)]
        if opened.unfrozen:
            named = ", ".join(names.get(code, code) for code in opened.unfrozen.split())
            context["facts"] += [Fact(_("Tidak mengunci, jadi tidak dihitung"), named)]
        context["sections"] += [
            (_("Nilai semua juri"), "", spread_tables(of, found, discuss_url(of), names)),
            (_("Seberapa sepakat"), "", [agreement_table(of, found)]),
            (_("Catatan"), "", [note_table(note_facts(of, found, names))]),
        ]
        context["export_url"] = "?" if found else ""
    return screen(
        request, "committee/base.html", context, title=contest_words(of, this), here="award_committee:home",
        above=[*above(of), juries_link(of)],
    )  # fmt: skip


def _waits(of: Standing, this: Contest) -> list[str]:
    """What must be over before the marks can be revealed."""
    found, names = [], [one.name for one in queries.unanswered(of.id, this)]
    if queries.gathered_at(of.id) > database_now():
        words = _("Nilai dapat dibuka sesudah pencalonan dan bukti ditutup, {moment}.")
        found.append(words.format(moment=moment_words(queries.gathered_at(of.id))))
    if names:
        found.append(_("Pencalonan yang belum dijawab: {names}.").format(names="; ".join(names)))
    return found


def _short_words(marked: list[Marked]) -> list[str]:
    names = [one.entry.name for one in marked if one.short]
    words = _("Nilai yang terkunci masih kurang untuk: {names}.")
    return [words.format(names="; ".join(names))] if names else []


def _seats(of: Standing, this: Contest) -> Table:
    columns = [
        Column(_("Juri"), lambda one: Link(one.juror.name, reverse("award_committee:juror", args=[of.code, one.juror.code]))),
        Column(_("Kursi"), lambda one: seat_words(of, one.juror)),
        Column(_("Keadaan"), lambda one: Tag(_("Sudah dikunci"), "good") if one.frozen else Tag(_("Belum dikunci"), "warn")),
    ]
    return table(_("Juri yang duduk"), columns, queries.seated(of.id, this))


def _entries(marked: list[Marked]) -> Table:
    columns = [
        Column(_("Nama calon"), lambda one: one.entry.name),
        Column(_("Nilai terkunci"), lambda one: format_number(one.marks), number=True),
        Column(_("Paling sedikit"), lambda one: format_number(one.least), number=True),
        Column(_("Keadaan"), lambda one: Tag(_("Kurang"), "warn") if one.short else Tag(_("Cukup"), "good")),
    ]
    return table(_("Berapa juri yang nilainya terkunci"), columns, marked)


class RevealForm(Form):
    """Why, where somebody has too few marks."""

    note = forms.CharField(
        label=N_("Alasan"), required=False, max_length=MOST_NOTE, help_text=N_("Hanya bila ada calon yang nilainya masih kurang.")
    )


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, edition: str, category: str, level: str, area: int) -> HttpResponseBase:
    """Asks once more before the marks are opened for good."""
    of = edition_of(edition)
    this = _contest(of, category, level, area)
    form = RevealForm(request.POST or None)

    def act() -> object:
        return actions.reveal(edition=edition, category=category, level=level, area=area, note=form.cleaned_data["note"])

    if form.did(act):
        return done(request, _link(of, this).url, _("Nilai dibuka."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Buka nilai"), "back": _link(of, this).url,
        "text": _("Sesudah dibuka, nilai tidak berubah lagi; hanya catatan pembahasan yang dapat ditambahkan."),
        "sections": [
            (_("Juri"), "", [_seats(of, this)]),
            (_("Calon"), "", [_entries(queries.marked(of.id, this))]),
        ],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Buka nilai {contest}").format(contest=contest_words(of, this)),
        here="award_committee:home", above=[*above(of), juries_link(of), _link(of, this)],
    )  # fmt: skip


class NoteForm(Form):
    """What was said."""

    note = forms.CharField(label=N_("Catatan pembahasan"), max_length=MOST_NOTE, widget=forms.Textarea)


@door(*COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def discuss(request: HttpRequest, edition: str, entry: str, criterion: str) -> HttpResponseBase:
    """A note on marks that lie far apart; a result waits for it."""
    of = edition_of(edition)
    found = Entry.objects.filter(code=entry, edition_id=of.id).first()
    if found is None:
        raise Http404
    this = _contest(of, found.category, found.level, found.area)
    rows = [row for row in queries.spreads(of.id, this) if row.entry.pk == found.pk and row.criterion == criterion]
    if not rows:
        raise Http404
    names, form = seat_names(of.id, this), NoteForm(request.POST or None)
    if form.did(lambda: actions.discuss(entry=entry, criterion=criterion, note=form.cleaned_data["note"])):
        return done(request, _link(of, this).url, _("Catatan tersimpan."))
    context = {
        "sample": sample_words(of), "form": form, "yes": _("Simpan catatan"), "back": _link(of, this).url,
        "sections": [
            (_("Nilai semua juri"), "", spread_tables(of, rows, names=names)),
            (_("Catatan"), "", [note_table(note_facts(of, rows, names))]),
        ],
    }  # fmt: skip
    return screen(
        request, "committee/form.html", context, title=_("Bahas nilai {name}").format(name=found.name),
        here="award_committee:home", above=[*above(of), juries_link(of), _link(of, this)],
    )  # fmt: skip
