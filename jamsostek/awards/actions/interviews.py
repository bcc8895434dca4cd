"""Interviews: planned by the committee without clashes, moved or cancelled with a reason, held with who came."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.awards.edition import JAKARTA
from jamsostek.awards.errors import LedgerRefused, refusals
from jamsostek.awards.models import Entry, Interview, Juror
from jamsostek.awards.queries import juries as queries
from jamsostek.awards.queries.entries import database_now
from jamsostek.awards.queries.interviews import clashing
from jamsostek.awards.rights import need_committee
from jamsostek.awards.words import moment_words
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, day_words, one_line

MOST_TEXT = 300
LONGEST_AGO = dt.timedelta(days=60)
"""A day that is over can still be written down for so long, to record an interview that took place."""
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Plan:
    """When (with its zone), how long, where, and who: jurors by their codes, the leader in person, two officials."""

    starts_at: dt.datetime
    minutes: int
    jurors: Sequence[str]
    leader: str
    officials: str
    place: str = ""
    link: str = ""


def schedule(*, entry: str, plan: Plan) -> Interview:
    """Plans an interview of an accepted candidate; the same again is the same.

    Raises `InputError` naming the field, or the other interview at that time; `Refused`.
    """
    found = Entry.objects.filter(code=entry).first()
    if found is None:
        raise not_yours(_("Calon ini tidak ada, atau bukan wewenang Anda."))
    need_committee(found.level, found.area)
    row = Interview(code=secrets.token_hex(5), entry=found)
    people = _set(row, plan)
    same = Interview.objects.filter(entry=found, state="planned", starts_at=row.starts_at, ends_at=row.ends_at).first()
    if same is not None and (same.juror_ids, same.place, same.link) == (row.juror_ids, row.place, row.link):
        return same
    _save(row, people)
    audit.record("award.interview_planned", "awards_entry", found.pk)
    return row


def move(*, interview: str, plan: Plan, reason: str) -> Interview:
    """Another time or place, with a reason; the same again changes nothing. Raises as `schedule`."""
    row = _row(interview)
    before = (row.starts_at, row.ends_at, row.place, row.link, row.juror_ids, row.leader, row.officials)
    people = _set(row, plan)
    if before == (row.starts_at, row.ends_at, row.place, row.link, row.juror_ids, row.leader, row.officials):
        return row
    row.reason = _reason(reason)
    _save(row, people)
    audit.record("award.interview_moved", "awards_entry", row.entry_id, reason=row.reason)
    return row


def cancel(*, interview: str, reason: str) -> Interview:
    """Does not take place, with a reason; again it changes nothing."""
    row = _row(interview)
    if row.state == "cancelled":
        return row
    row.state, row.reason = "cancelled", _reason(reason)
    _save(row, [])
    audit.record("award.interview_cancelled", "awards_entry", row.entry_id, reason=row.reason)
    return row


def hold(*, interview: str, jurors: Sequence[str], leader_came: bool, officials_came: int) -> Interview:
    """Took place: which jurors came, whether the leader came in person, how many officials. Again it changes nothing."""
    row = _row(interview)
    if row.state == "held":
        return row
    if not 0 <= officials_came <= 20:
        raise InputError(_("Jumlah pendamping di luar batas."), field="officials_came", value=officials_came)
    row.state, row.leader_came, row.officials_came = "held", leader_came, officials_came
    row.came_ids = sorted(Juror.objects.filter(code__in=list(jurors), pk__in=row.juror_ids).values_list("pk", flat=True))
    if len(row.came_ids) != len(set(jurors)):
        raise InputError(_("Yang hadir bukan juri yang dijadwalkan."), field="jurors", remedy=_("Pilih dari daftar."))
    _save(row, [])
    audit.record("award.interview_held", "awards_entry", row.entry_id, fields=("jurors",))
    return row


def _row(code: str) -> Interview:
    row = Interview.objects.select_for_update(of=("self",), no_key=True).select_related("entry").filter(code=code).first()
    if row is None:
        raise not_yours(_("Wawancara ini tidak ada, atau bukan wewenang Anda."))
    need_committee(row.entry.level, row.entry.area)
    return row


def _set(row: Interview, plan: Plan) -> list[int]:
    """Writes a plan into a row; returns the users of its jurors."""
    if not 5 <= plan.minutes <= 480:
        raise InputError(
            _("Wawancara berlangsung 5 sampai 480 menit."), field="minutes", value=plan.minutes, remedy=_("Misalnya 45.")
        )
    _check_day(row.entry, plan)
    if one_line(plan.link) and not _LINK.fullmatch(one_line(plan.link)):
        raise InputError(
            _("Tautan harus dimulai dengan https:// atau http://."), field="link", value=one_line(plan.link)[:60],
            remedy=_("Salin tautan lengkapnya."),
        )  # fmt: skip
    if not one_line(plan.leader):
        raise InputError(_("Pimpinan belum diisi."), field="leader", remedy=_("Tulis siapa yang datang sendiri."))
    if not one_line(plan.place) and not one_line(plan.link):
        raise InputError(_("Tempat atau tautan belum diisi."), field="place", remedy=_("Isi salah satunya."))
    found = list(Juror.objects.filter(code__in=list(plan.jurors), edition_id=row.entry.edition_id))
    if not found or len(found) != len(set(plan.jurors)):
        raise InputError(_("Juri belum dipilih."), field="jurors", remedy=_("Pilih paling sedikit satu juri."))
    row.starts_at, row.ends_at = plan.starts_at, plan.starts_at + dt.timedelta(minutes=plan.minutes)
    row.juror_ids = sorted(one.pk for one in found)
    row.leader, row.officials = one_line(plan.leader)[:MOST_TEXT], one_line(plan.officials)[:MOST_TEXT]
    row.place, row.link = one_line(plan.place)[:MOST_TEXT], one_line(plan.link)[:MOST_TEXT]
    return [one.user_id for one in found]


def _check_day(entry: Entry, plan: Plan) -> None:
    """Refuses what lies after the marks are closed, or so long ago that it is no plan; one that took place may be recorded."""
    now, until = database_now(), queries.marks_until(entry.edition_id, entry.level)
    if not 2000 <= plan.starts_at.year <= 2100 or plan.starts_at < now - LONGEST_AGO:
        raise InputError(
            _("Hari wawancara sudah lebih dari {count} hari berlalu.").format(count=LONGEST_AGO.days), field="day",
            remedy=_("Periksa tahunnya."),
        )  # fmt: skip
    if until is None or plan.starts_at + dt.timedelta(minutes=plan.minutes) > until:
        raise InputError(
            _("Wawancara harus selesai sebelum penilaian ditutup, {moment}.").format(moment=moment_words(until)) if until
            else _("Penilaian sudah ditutup."), field="day", remedy=_("Pilih hari sebelumnya."),
        )  # fmt: skip


def _save(row: Interview, people: Sequence[int]) -> None:
    try:
        with refusals(), transaction.atomic():
            row.save()
    except LedgerRefused as error:
        if error.constraint != "awards_interview_clash":
            raise
        other = clashing(row, people)
        if other is None:
            raise
        local = other.row.starts_at.astimezone(JAKARTA)
        raise InputError(
            _("Bentrok dengan wawancara {name}, {day} pukul {time} WIB.").format(
                name=other.row.entry.name, day=day_words(local.date()), time=f"{local:%H.%M}"
            ),
            field="starts", remedy=_("Pilih waktu lain."),
        ) from error  # fmt: skip
    row.refresh_from_db()


def _reason(reason: str) -> str:
    said = one_line(reason)[:MOST_TEXT]
    if not said:
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    return said
