"""Juries as they stand: who sits, who may not judge whom, what is revealed, which marks lie far apart."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.awards.edition import Edition
from jamsostek.awards.models import CountedMark, Discussion, Entry, Juror, Reveal, Strike, Version
from jamsostek.awards.queries.editions import says_of
from jamsostek.awards.queries.entries import database_now


@dataclass(frozen=True, order=True)
class Contest:
    """Who competes with whom."""

    category: str
    level: str
    area: int


@dataclass(frozen=True)
class MarkRow:
    """A mark (0 to 100) that counts; the seat's code names no person."""

    entry_code: str
    criterion: str
    seat_code: str
    marks: int


@dataclass(frozen=True)
class Spread:
    """Revealed marks for an entry at a criterion: by seat code, their distance, mean and standard deviation (estimates)."""

    entry: Entry
    criterion: str
    marks: Mapping[str, int]
    """Seat code -> marks."""
    notes: Mapping[str, str]
    outlying: bool
    """Whether they lie so far apart that they are to be discussed."""
    discussed: Sequence[Discussion]

    @property
    def spread(self) -> int:
        """The highest less the lowest."""
        return max(self.marks.values()) - min(self.marks.values())

    @property
    def mean(self) -> float:
        """Of the marks."""
        return statistics.fmean(self.marks.values())

    @property
    def deviation(self) -> float:
        """The population's standard deviation: these are all the marks there are."""
        return statistics.pstdev(self.marks.values())


@dataclass(frozen=True)
class Marked:
    """An entry and how many marks that count it has at the criterion with the fewest, of how many it needs."""

    entry: Entry
    marks: int
    least: int

    @property
    def short(self) -> bool:
        """Whether they are too few."""
        return self.marks < self.least


@dataclass(frozen=True)
class Seated:
    """A sitting juror in a contest."""

    juror: Juror
    frozen: bool


def judged_contests(edition_id: int, says: Edition, *, level: str = "", area: int | None = None) -> list[Contest]:
    """Contests that somebody competes in and juries judge. `area` of the province's level alone."""
    rows = Entry.objects.filter(edition_id=edition_id, steps__step="accepted")
    if level:
        rows = rows.filter(level=level)
    if area is not None:
        rows = rows.filter(area=area)
    rows = rows.exclude(steps__step__in=["refused", "withdrawn", "disqualified"])
    found = {Contest(*row) for row in rows.order_by().values_list("category", "level", "area").distinct()}
    return sorted(one for one in found if one.category in says.categories and says.judged(one.category))


def competing(edition_id: int, contest: Contest) -> list[Entry]:
    """Who was accepted in a contest and still competes, by name."""
    rows = Entry.objects.filter(edition_id=edition_id, category=contest.category, level=contest.level, area=contest.area)
    return list(
        rows.filter(steps__step="accepted")
        .exclude(steps__step__in=["refused", "withdrawn", "disqualified"])
        .order_by("name", "id")
    )


def revealed_contests(edition_id: int, level: str = "") -> dict[Contest, Reveal]:
    """Contests whose marks everybody in them may read."""
    rows = Reveal.objects.filter(edition_id=edition_id)
    if level:
        rows = rows.filter(level=level)
    return {Contest(row.category, row.level, row.area): row for row in rows}


def revealed(edition_id: int, level: str) -> list[MarkRow]:
    """Marks that count, of revealed contests and of entries that still compete; by entry, criterion, seat."""
    rows = [row for contest in revealed_contests(edition_id, level) for row in _counted(edition_id, contest)]
    found = [MarkRow(row.entry.code, row.criterion, row.juror.code, row.marks) for row in rows]
    return sorted(found, key=lambda one: (one.entry_code, one.criterion, one.seat_code))


def _counted(edition_id: int, contest: Contest) -> Iterable[CountedMark]:
    entries = [one.pk for one in competing(edition_id, contest)]
    return CountedMark.objects.filter(entry_id__in=entries).select_related("entry", "juror")


def spreads(edition_id: int, contest: Contest) -> list[Spread]:
    """The marks of a revealed contest side by side; nothing before it is revealed. By entry's name and criterion."""
    if contest not in revealed_contests(edition_id, contest.level):
        return []
    from_marks = says_of(edition_id).juries[contest.level].discuss_from
    found: dict[tuple[int, str], list[CountedMark]] = defaultdict(list)
    for row in _counted(edition_id, contest):
        found[row.entry_id, row.criterion].append(row)
    notes: dict[tuple[int, str], list[Discussion]] = defaultdict(list)
    for note in Discussion.objects.filter(entry_id__in={entry for entry, _criterion in found}):
        notes[note.entry_id, note.criterion].append(note)
    told = [_spread(rows, from_marks, notes[key]) for key, rows in found.items()]
    return sorted(told, key=lambda one: (one.entry.name, one.entry.pk, one.criterion))


def _spread(rows: Sequence[CountedMark], from_marks: int, notes: Sequence[Discussion]) -> Spread:
    marks = {row.juror.code: row.marks for row in sorted(rows, key=lambda row: row.juror.code)}
    wide = len(marks) > 1 and max(marks.values()) - min(marks.values()) >= from_marks
    said = {row.juror.code: row.note for row in rows if row.note}
    return Spread(rows[0].entry, rows[0].criterion, marks, said, wide, notes)


def open_discussions(edition_id: int, level: str) -> list[Spread]:
    """Revealed marks that lie far apart and that nobody has written a note about: a result waits for them."""
    found = [one for contest in revealed_contests(edition_id, level) for one in spreads(edition_id, contest)]
    return [one for one in found if one.outlying and not one.discussed]


def marked(edition_id: int, contest: Contest) -> list[Marked]:
    """Who competes, and whether enough marks count; numbers of marks, never a mark."""
    least = says_of(edition_id).juries[contest.level].least_marks
    entries = {one.pk: one for one in competing(edition_id, contest)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, marks FROM awards_marked(%s, %s, %s, %s)",
            [edition_id, contest.category, contest.level, contest.area],
        )
        found = dict(cursor.fetchall())
    return [Marked(entry, found.get(pk, 0), least) for pk, entry in entries.items()]


def short_of_marks(edition_id: int, level: str) -> list[Marked]:
    """Entries of revealed contests that have fewer marks than the edition asks for."""
    return [one for contest in sorted(revealed_contests(edition_id, level)) for one in marked(edition_id, contest) if one.short]


def jurors(edition_id: int, *, level: str = "", area: int | None = None) -> list[Juror]:
    """Everybody who sits or sat; those who left too."""
    rows = Juror.objects.filter(edition_id=edition_id)
    if level:
        rows = rows.filter(level=level)
    return list(rows if area is None else rows.filter(area=area))


def seated(edition_id: int, contest: Contest) -> list[Seated]:
    """Sitting jurors of a contest, and whether their marks in it are frozen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT juror_id, frozen FROM awards_seated(%s, %s, %s, %s)",
            [edition_id, contest.category, contest.level, contest.area],
        )
        found = dict(cursor.fetchall())
    return [Seated(one, found[one.pk]) for one in Juror.objects.filter(pk__in=found)]


def conflicts(juror_id: int, entry_ids: Sequence[int]) -> dict[int, str]:
    """Entry -> why the juror may not judge it; only those that they may not."""
    if not entry_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, awards_conflict(%s, id) FROM unnest(%s::bigint[]) AS asked(id)"
            " WHERE awards_conflict(%s, id) IS NOT NULL", [juror_id, list(entry_ids), juror_id],
        )  # fmt: skip
        return dict(cursor.fetchall())


def interested(entries: Sequence[Entry], user_id: int | None) -> set[int]:
    """Of entries of one contest, those that who sits or sat in its jury may not judge, or where their marks were struck."""
    if not entries:
        return set()
    first, asked = entries[0], [one.pk for one in entries]
    rows = Juror.objects.filter(edition_id=first.edition_id, level=first.level, user_id=user_id or 0)
    seats = [one.pk for one in rows if one.level == "nation" or one.area == first.area]
    struck = Strike.objects.filter(juror__in=seats, entry__in=asked).values_list("entry_id", flat=True)
    return {pk for seat in seats for pk in conflicts(seat, asked)} | set(struck)


def unanswered(edition_id: int, contest: Contest) -> list[Entry]:
    """Nominations of a contest that nobody has accepted or refused, by name: revealing its marks waits for them."""
    rows = Entry.objects.filter(edition_id=edition_id, category=contest.category, level=contest.level, area=contest.area)
    return list(rows.filter(steps=None).order_by("name", "id"))


def waits(edition_id: int, contest: Contest) -> bool:
    """Whether marks cannot be revealed yet because something may still be added: days that are open, or a nomination."""
    return gathered_at(edition_id) > database_now() or bool(unanswered(edition_id, contest))


def gathered_at(edition_id: int) -> dt.datetime:
    """When nominations and evidence are both closed; marks are revealed from then on."""
    last = Version.objects.filter(edition_id=edition_id)[0]
    return max(last.nominate_until, last.evidence_until)


def marks_until(edition_id: int, level: str) -> dt.datetime | None:
    """When marks of a level are closed; None where the edition has none there."""
    found = Version.objects.filter(edition_id=edition_id)[0].marking.get("until", {}).get(level)
    return dt.datetime.fromisoformat(found) if found else None


def missing(juror_id: int, contest: Contest) -> dict[int, list[str]]:
    """Entry -> criteria a juror has yet to mark in a contest."""
    found: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id, criterion FROM awards_missing(%s, %s, %s)", [juror_id, contest.category, contest.area])
        for entry, criterion in cursor.fetchall():
            found[entry].append(criterion)
    return dict(found)
