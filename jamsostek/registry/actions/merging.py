"""Two numbers, one person: the question, its answer, the merge, and taking it back.

A merge moves nothing. Reads follow it (`queries.merged`), both numbers and both cards go on leading to the same
person, and undoing it is one more fact about the merge row.
"""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import QuestionState
from jamsostek.registry.models import DuplicateQuestion, Merge, Participant


def merge(*, source_id: int, into_id: int, reason: str) -> Merge:
    """Says that two participants are one; `into` is the number that goes on. Raises `InputError`, `Refused`."""
    if not reason.strip():
        raise InputError(
            _("Alasan belum diisi."), field="reason", remedy=_("Tulis apa yang menunjukkan keduanya orang yang sama.")
        )
    people = {
        p.pk: p for p in Participant.objects.select_for_update(no_key=True).filter(pk__in=[source_id, into_id]).order_by("pk")
    }
    if len(people) < 2:
        raise InputError(
            _("Kedua peserta harus dalam wilayah kerja Anda."), remedy=_("Minta kantor wilayah atau pusat bila berbeda cabang.")
        )
    for person in people.values():
        current().need(Can.MERGE, place_of(person))
    for person_id in (source_id, into_id):
        if Merge.objects.filter(source_id=person_id, undone_at=None).exists():
            raise InputError(_("Salah satu nomor sudah digabungkan."), remedy=_("Pakai nomor tujuannya."))
    done = Merge.objects.create(source_id=source_id, into_id=into_id, reason=reason, by=current().user_id or 0)
    for person_id in (source_id, into_id):
        audit.record("participant.merged", "participant", person_id, fields=("number",), reason=reason)
    return done


def unmerge(*, merge_id: int, now: dt.datetime, reason: str) -> Merge:
    """Takes a merge back."""
    row = Merge.objects.select_for_update().filter(pk=merge_id, undone_at=None).first()
    if row is None:
        raise InputError(_("Penggabungan ini sudah dibatalkan atau tidak ditemukan."))
    current().need(Can.MERGE, place_of(row.into))
    row.undone_by, row.undone_at, row.undone_reason = current().user_id or 0, now, reason
    row.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    DuplicateQuestion.objects.filter(first_id=min(row.source_id, row.into_id), second_id=max(row.source_id, row.into_id)).update(
        state=str(QuestionState.OPEN), decided_by=None, decided_at=None
    )
    for person_id in (row.source_id, row.into_id):
        audit.record("participant.unmerged", "participant", person_id, fields=("number",), reason=reason)
    return row


def decide(*, question_id: int, same: bool, into_id: int | None, now: dt.datetime, reason: str) -> None:
    """Answers a duplicate question; "same" merges into the number chosen. Whoever registered the pair does not decide on it."""
    question = DuplicateQuestion.objects.select_for_update().filter(pk=question_id).first()
    if question is None or question.state != QuestionState.OPEN:
        raise InputError(_("Pertanyaan ini sudah diputuskan atau tidak ditemukan."))
    if question.asked_by is not None and question.asked_by == current().user_id:
        raise InputError(
            _("Anda sendiri yang mendaftarkan peserta ini."),
            remedy=_("Petugas lain yang memutuskan apakah keduanya orang yang sama."),
        )
    if same:
        if into_id not in (question.first_id, question.second_id):
            raise InputError(
                _("Nomor yang dipertahankan belum dipilih."), field="into_id", remedy=_("Pilih salah satu dari keduanya.")
            )
        source = question.second_id if into_id == question.first_id else question.first_id
        merge(source_id=source, into_id=into_id, reason=reason)
    else:
        current().need(Can.MERGE, place_of(question.first))
        for person_id in (question.first_id, question.second_id):
            audit.record("participant.told_apart", "participant", person_id, fields=("number",), reason=reason)
    question.state = str(QuestionState.SAME if same else QuestionState.DIFFERENT)
    question.decided_by, question.decided_at, question.reason = current().user_id or 0, now, reason
    question.save(update_fields=["state", "decided_by", "decided_at", "reason"])
