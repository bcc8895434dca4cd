"""What a juror may open: nothing of an entry before they declared their interests, nothing of one they have an interest in."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.awards.choices import CONFLICTS
from jamsostek.awards.models import Juror, Strike
from jamsostek.awards.queries.entries import EntryRow, own, runs
from jamsostek.awards.queries.juries import conflicts
from jamsostek.core.text import _

UNDECLARED, UNSEATED, STRUCK = "undeclared", "unseated", "struck"


@dataclass(frozen=True)
class Bar:
    """Why a juror does not open an entry, and the seat it is about; empty where they sit nowhere in the edition."""

    why: str
    seat: str

    @property
    def words(self) -> str:
        """As it is told to them."""
        if self.why == UNDECLARED:
            return _("Nyatakan kepentingan Anda dahulu, juga bila tidak ada. Sesudah itu calon dan buktinya terbuka bagi Anda.")
        if self.why == UNSEATED:
            return _("Bukti dibaca juri yang duduk di edisi ini; Anda tidak, atau tidak lagi, duduk di sana.")
        if self.why == STRUCK:
            return _("Calon ini tidak terbuka bagi Anda: nilai Anda untuknya dicoret karena kepentingan.")
        return _("Calon ini tidak terbuka bagi Anda: {why}.").format(why=_(CONFLICTS[self.why]))


def seat_bar(juror: Juror, entry_id: int) -> Bar | None:
    """Why a seat does not open an entry of its edition; None where it does."""
    why = conflicts(juror.pk, [entry_id]).get(entry_id)
    if why is None and not juror.interests.exists():
        why = UNDECLARED
    if why is None and Strike.objects.filter(juror=juror, entry_id=entry_id).exists():
        why = STRUCK
    return None if why is None else Bar(why, juror.code)


def bar(row: EntryRow) -> Bar | None:
    """Why whoever looks does not read an entry's evidence; None for those who compete, run the award or audit it.

    A juror declares in every seat of the edition that they sit in, and has no interest there in any of them.
    """
    scope = current()
    if own(row.subject, row.subject_code) or runs(row) or not scope.may(Can.MARK_AWARD) or scope.may(Can.READ_AUDIT):
        return None
    seats = list(Juror.objects.filter(edition_id=row.edition_id, user_id=scope.user_id or 0, left_at=None))
    found = [one for one in (seat_bar(seat, row.id) for seat in seats) if one is not None]
    found.sort(key=lambda one: one.why == UNDECLARED)
    return found[0] if found else None if seats else Bar(UNSEATED, "")


def need_open(row: EntryRow) -> None:
    """Raises `Refused` for a juror who may not read an entry's evidence."""
    found = bar(row)
    if found is not None:
        raise Refused(found.words, remedy=_("Pernyataan kepentingan ada di Penilaian, pada kursi Anda."))
