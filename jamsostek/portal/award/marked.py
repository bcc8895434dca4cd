"""Marks on pages: contests, progress, spreads, agreement. Shared by jurors and committees."""

from __future__ import annotations

from collections.abc import Container, Sequence

from django.http import Http404
from django.urls import reverse

from jamsostek.awards.choices import LEVELS
from jamsostek.awards.edition import told
from jamsostek.awards.queries.contests import area_words
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.entries import database_now
from jamsostek.awards.queries.juries import Contest, Spread
from jamsostek.awards.scoring import agreement
from jamsostek.awards.scoring.agreement import MARK_PPM
from jamsostek.awards.words import left_words, moment_words
from jamsostek.core.rupiah import PPM, format_decimal, format_number
from jamsostek.core.text import _
from jamsostek.portal.screens import Column, Fact, Link, Table, Tag, table
from jamsostek.portal.screens.words import NOTHING


def contest_words(of: Standing, one: Contest) -> str:
    """`Kabupaten/kota, inovasi: Jawa Timur`."""
    category = of.says.categories[one.category].name if one.category in of.says.categories else one.category
    return _("{category}: {area}").format(category=category, area=area_words(of, one.level, one.area))


def contest_of(of: Standing, category: str, level: str, area: int) -> Contest:
    """A contest of the edition in force that juries judge; a page that does not exist where there is none."""
    there = of.says.categories.get(category)
    stages = [stage.level for stage in there.stages] if there else []
    if level not in LEVELS or level not in stages or level not in of.says.juries or area > 99 or not of.says.judged(category):
        raise Http404
    return Contest(category, level, area)


def deadline_words(of: Standing, level: str) -> str:
    """Until when marks are given, and how long that is, by the database's clock."""
    until = of.marks_until(level)
    if until is None:
        return NOTHING
    left = left_words(until, database_now())
    words = moment_words(until)
    return _("{moment} ({left})").format(moment=words, left=left) if left else _("{moment}, sudah lewat").format(moment=words)


def spread_tables(
    of: Standing,
    found: Sequence[Spread],
    discuss: str = "",
    names: dict[str, str] | None = None,
    only: Container[int] | None = None,
) -> list[Table]:
    """One table for each judged criterion: marks by juror side by side, spread, mean, deviation, notes.

    `discuss` begins the address of the form for a note, completed by entry and criterion; `only` are the entries (ids) it is for.
    """
    tables = []
    for key in dict.fromkeys(one.criterion for one in found):
        rows = [one for one in found if one.criterion == key]
        seats = sorted({seat for one in rows for seat in one.marks})
        columns = [Column(_("Nama calon"), lambda one: one.entry.name)]
        columns += [_seat_column(seat, (names or {}).get(seat, seat)) for seat in seats]
        columns += [
            Column(_("Selisih"), lambda one: format_number(one.spread), number=True),
            Column(_("Rata-rata"), lambda one: format_decimal(one.mean, 1), number=True),
            Column(_("Simpangan baku"), lambda one: format_decimal(one.deviation, 1), number=True),
            Column(_("Keadaan"), lambda one: _state(one, discuss if only is None or one.entry.pk in only else "")),
        ]
        title = told(of.says.criteria[key].title) if key in of.says.criteria else key
        tables.append(table(title, columns, rows))
    return tables


def _seat_column(seat: str, name: str) -> Column:
    return Column(name, lambda one: format_number(one.marks[seat]) if seat in one.marks else NOTHING, number=True)


def _state(one: Spread, discuss: str) -> Link | Tag:
    if not one.outlying:
        return Tag(_("Sepakat"), "good")
    text = _("Sudah dibahas") if one.discussed else _("Harus dibahas")
    if discuss:
        return Link(text, f"{discuss}{one.entry.code}/{one.criterion}/")
    return Tag(text, "info" if one.discussed else "warn")


def agreement_table(of: Standing, found: Sequence[Spread]) -> Table:
    """How far jurors agree, by criterion."""
    rows = []
    for key in dict.fromkeys(one.criterion for one in found):
        marks = {(one.entry.code, seat): mark for one in found if one.criterion == key for seat, mark in one.marks.items()}
        rows.append((key, agreement(marks, of.says.juries[found[0].entry.level].discuss_from)))
    columns = [
        Column(_("Ukuran"), lambda row: told(of.says.criteria[row[0]].title) if row[0] in of.says.criteria else row[0]),
        Column(_("Juri"), lambda row: format_number(row[1].jurors), number=True),
        Column(_("Dinilai semua juri"), lambda row: format_number(row[1].marked_by_all), number=True),
        Column(_("Kendall W"), lambda row: _ratio(row[1].kendalls_w), number=True),
        Column(_("Rata-rata Spearman"), lambda row: _ratio(row[1].mean_spearman), number=True),
        Column(_("Rata-rata selisih"), lambda row: _marks(row[1].mean_spread_ppm), number=True),
    ]
    return table(_("Kesepakatan juri: 1 berarti urutannya sama, 0 berarti tidak ada urutan bersama"), columns, rows)


def _ratio(ppm: int | None) -> str:
    return NOTHING if ppm is None else format_decimal(ppm / PPM, 2)


def _marks(ppm: int | None) -> str:
    """Of 100 marks."""
    return NOTHING if ppm is None else format_decimal(ppm / MARK_PPM, 1)


def note_facts(of: Standing, found: Sequence[Spread], names: dict[str, str]) -> list[Fact]:
    """What jurors and those who discussed wrote, by entry and criterion."""
    facts = []
    for one in found:
        title = _("{name}, {criterion}").format(name=one.entry.name, criterion=told(of.says.criteria[one.criterion].title))
        said = [f"{names.get(seat, seat)}: {note}" for seat, note in sorted(one.notes.items())]
        said += [_("Pembahasan: {note}").format(note=note.note) for note in one.discussed]
        if said:
            facts.append(Fact(title, " · ".join(said)))
    return facts


def discuss_url(of: Standing) -> str:
    """Where the committee's notes are written; entry and criterion follow."""
    return reverse("award_committee:juries", args=[of.code]).replace("/juri/", "/bahas/")
