"""Marks: given blind, revised until they are frozen, revealed together, discussed with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.actions.juries import MOST_NOTE, own_seat
from jamsostek.awards.choices import Level
from jamsostek.awards.edition import told
from jamsostek.awards.errors import LedgerRefused, refusals
from jamsostek.awards.models import Discussion, Edition, Entry, Freeze, Juror, Mark, Reveal
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.editions import says_of
from jamsostek.awards.queries.juries import Contest
from jamsostek.awards.rights import need_committee
from jamsostek.awards.words import moment_words
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line

MOST_NAMED = 5
"""So many of those missing are named in a refusal."""


@dataclass(frozen=True)
class Given:
    """Marks, 0 to 100 whole, and why."""

    marks: int
    note: str = ""


def give(*, juror: str, entry: str, marks: Mapping[str, Given]) -> list[Mark]:
    """A juror's marks for an entry by criterion; another time revises them, the same again changes nothing.

    Returns what was written. Raises `InputError` naming the criterion as the field, `Refused`.
    """
    seat = own_seat(juror)
    found = _entry(seat, entry)
    judged = {one.key: one for one in says_of(seat.edition_id).judged(found.category)}
    for key, given in marks.items():
        if key not in judged:
            raise InputError(
                _("Ukuran ini tidak dinilai juri di kategori itu."),
                field=key[:60],
                value=key[:60],
                remedy=_("Pilih dari daftar."),
            )
        if type(given.marks) is not int or not 0 <= given.marks <= 100:
            raise InputError(
                _("Nilai {name} harus angka bulat antara 0 dan 100.").format(name=told(judged[key].title)), field=key,
                value=given.marks, remedy=_("Tulis misalnya 75."),
            )  # fmt: skip
    with refusals(), transaction.atomic():
        Juror.objects.select_for_update(no_key=True).get(pk=seat.pk)
        last = {row.criterion: row for row in Mark.objects.filter(juror=seat, entry=found)}
        made = [
            Mark.objects.create(juror=seat, entry=found, criterion=key, marks=given.marks, note=note)
            for key, given in sorted(marks.items())
            for note in [one_line(given.note)[:MOST_NOTE]]
            if key not in last or (last[key].marks, last[key].note) != (given.marks, note)
        ]
    if made:
        audit.record("award.marks_given", "awards_entry", found.pk, fields=("marks",))
    return made


def _entry(seat: Juror, code: str) -> Entry:
    found = Entry.objects.filter(code=code, edition_id=seat.edition_id, level=seat.level).first()
    if found is None or (seat.level == Level.PROVINCE and found.area != seat.area):
        raise not_yours(_("Calon ini tidak ada, atau bukan untuk Anda nilai."))
    return found


def freeze(*, juror: str, category: str, area: int) -> Freeze:
    """Makes a juror's marks in a contest final; again it changes nothing.

    Raises `InputError` naming whom marks are missing for, `Refused`.
    """
    seat = own_seat(juror)
    contest = Contest(category, seat.level, area)
    missing = queries.missing(seat.pk, contest)
    if missing and seat.left_at is None:
        names = list(Entry.objects.filter(pk__in=missing).order_by("name").values_list("name", flat=True))
        raise InputError(
            _("Nilai belum lengkap: {names}.").format(names=_listed(names)), field="category", remedy=_("Nilai dahulu calon itu.")
        )
    mine = next((one for one in queries.seated(seat.edition_id, contest) if one.juror.pk == seat.pk), None)
    if mine is not None and mine.frozen:
        return Freeze.objects.filter(juror=seat, category=category, area=area).latest("id")
    with refusals(), transaction.atomic():
        made = Freeze.objects.create(juror=seat, category=category, area=area)
    audit.record("award.marks_frozen", "awards_juror", seat.pk, fields=("category",))
    return made


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else _("{names}; dan {more} lagi").format(names=shown, more=len(names) - MOST_NAMED)


def reveal(*, edition: str, category: str, level: str, area: int, note: str = "") -> Reveal:
    """Opens a contest's marks to read, for good; again it changes nothing.

    Once every sitting juror has frozen theirs; or when the time is over and enough marks count for everybody. A `note` is needed
    where all are frozen and somebody still has too few. Never while nominations or evidence are open by the database's clock, or
    a nomination of the contest waits for an answer. Raises `InputError` naming who is waited for, `Refused`.
    """
    need_committee(level, area)
    row = Edition.objects.filter(code=edition).first()
    if row is None:
        raise not_yours(_("Edisi ini tidak ada."))
    there = Reveal.objects.filter(edition=row, category=category, level=level, area=area).first()
    if there is not None:
        return there
    try:
        with refusals(), transaction.atomic():
            made = Reveal.objects.create(
                edition=row, category=category, level=level, area=area, note=one_line(note)[:MOST_NOTE], by_id=current().user_id
            )
    except LedgerRefused as error:
        raise _why_not(error, row.pk, Contest(category, level, area)) from error
    audit.record("award.marks_revealed", "awards_edition", row.pk, reason=made.note, fields=("category",))
    made.refresh_from_db()
    return made


def _why_not(error: LedgerRefused, edition_id: int, contest: Contest) -> InputError:
    if error.constraint == "awards_reveal_early":
        names = [one.juror.name for one in queries.seated(edition_id, contest) if not one.frozen]
        return InputError(
            _("Belum mengunci nilainya: {names}.").format(names=_listed(names)), field="category",
            remedy=_("Tunggu mereka, ganti jurinya, atau tunggu sampai batas waktu penilaian lewat."),
        )  # fmt: skip
    if error.constraint == "awards_reveal_short":
        names = [one.entry.name for one in queries.marked(edition_id, contest) if one.short]
        return InputError(
            _("Nilai yang terkunci masih kurang untuk {names}.").format(names=_listed(names)), field="note",
            remedy=_("Angkat juri lain atau mundurkan batas waktunya; bila semua sudah mengunci, tulis alasan membukanya."),
        )  # fmt: skip
    if error.constraint == "awards_reveal_waiting":
        names = [one.name for one in queries.unanswered(edition_id, contest)]
        return InputError(
            _("Pencalonan yang belum dijawab: {names}.").format(names=_listed(names)), field="category",
            remedy=_("Terima atau tolak dahulu semua pencalonannya."),
        )  # fmt: skip
    if error.constraint == "awards_reveal_open":
        return InputError(
            _("Bukti masih diterima sampai {moment}.").format(moment=moment_words(queries.gathered_at(edition_id))),
            field="category", remedy=_("Buka nilainya sesudah batas waktu bukti lewat."),
        )  # fmt: skip
    return error


def discuss(*, entry: str, criterion: str, note: str) -> Discussion:
    """A note on revealed marks that lie far apart: by the committee, or by the jury's chair. The same again is the same.

    Who sits in the jury and has an interest there writes none. Raises `InputError`, `Refused`.
    """
    found = Entry.objects.filter(code=entry).first()
    if found is None:
        raise not_yours(_("Calon ini tidak ada, atau bukan wewenang Anda."))
    if queries.interested([found], current().user_id):
        raise Refused(
            _("Anda punya kepentingan pada calon ini, jadi Anda tidak membahas nilainya."),
            remedy=_("Panitia yang menulis catatannya."),
        )
    if not chairs(found):
        need_committee(found.level, found.area)
    if criterion not in {one.key for one in says_of(found.edition_id).judged(found.category)}:
        raise InputError(_("Ukuran ini tidak dinilai juri di kategori itu."), field="criterion", remedy=_("Pilih dari daftar."))
    said = one_line(note)[:MOST_NOTE]
    if not said:
        raise InputError(_("Catatan belum diisi."), field="note", remedy=_("Tulis mengapa nilainya berbeda jauh."))
    same = Discussion.objects.filter(entry=found, criterion=criterion, note=said).first()
    if same is not None:
        return same
    with refusals(), transaction.atomic():
        made = Discussion.objects.create(entry=found, criterion=criterion, note=said, by_id=current().user_id)
    audit.record("award.marks_discussed", "awards_entry", found.pk, fields=("note",))
    return made


def chairs(entry: Entry) -> bool:
    """Whether who acts is in the chair of the jury that judged it, the first seat of its level, without an interest in it."""
    return entry.pk in chaired([entry])


def chaired(entries: Sequence[Entry]) -> set[int]:
    """Of entries of one contest, those that who acts discusses as the jury's chair."""
    if not entries or not _in_chair(entries[0]):
        return set()
    return {one.pk for one in entries} - queries.interested(entries, current().user_id)


def _in_chair(entry: Entry) -> bool:
    scope = current()
    if not scope.may(Can.MARK_AWARD):
        return False
    jury = says_of(entry.edition_id).juries.get(entry.level)
    rows = Juror.objects.filter(
        edition_id=entry.edition_id, level=entry.level, user_id=scope.user_id or 0, left_at=None,
        seat=jury.seats[0].key if jury and jury.seats else "",
    )  # fmt: skip
    return (rows if entry.level == Level.NATION else rows.filter(area=entry.area)).exists()
