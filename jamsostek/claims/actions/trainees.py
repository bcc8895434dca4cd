"""What people of an offer do: say yes or no, come, stop, finish; and what became of them, asked three times in a year.

The person, the heir or whoever holds the claim's code answers for themself; an officer of the region does it for who calls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions import training as offers
from jamsostek.claims.actions.common import happened, need, words_wanted
from jamsostek.claims.actions.training import fill, locked, party_of, put, refusals, seat_or_wait, stand
from jamsostek.claims.choices import Channel
from jamsostek.claims.models import Attendance, Claim, Trainee, TraineeOutcome, Training
from jamsostek.claims.trainings import (
    COMING,
    MONTHS,
    At,
    Offered,
    Standing,
    due_on,
    kind_words,
    offered_after,
    reaches,
    was_paid,
)
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

MOST_INCOME = 1_000_000_000
"""A month's income; more is a slip of the pen."""


# --- yes or no ----------------------------------------------------------------------------------------------------------


def is_mine(claim: Claim) -> bool:
    """Whether whoever acts answers for themself: the worker, the heir, who filed it for their family, who holds its code."""
    scope = current()
    filed = scope.user_id is not None and claim.filed_by == scope.user_id and claim.channel in (Channel.SELF, Channel.HEIR)
    return filed or claim.participant_id in scope.selves or claim.pk in scope.claims


def answer(*, trainee_id: int, accept: bool, reason: str = "", today: dt.date) -> Trainee:
    """Says yes or no to an invitation; the same again changes nothing. A yes gets a seat, or a place in the waiting list.

    Who said no is not asked again and cannot say yes: an officer invites to the next one.
    """
    seen = _seen(trainee_id)
    _for_oneself_or_office(seen.claim)
    with everything_in_sight(), refusals():
        row = _held(seen)
        if row.state == At.DECLINED or (accept and row.state in (*COMING, At.WAITING_LIST)):
            if accept and row.state == At.DECLINED:
                raise InputError(_("Undangan ini sudah ditolak."), field="accept", remedy=_("Tunggu pelatihan berikutnya."))
            return row
        if accept:
            if row.training.starts_on < today or row.state != At.INVITED:
                raise InputError(
                    _("Undangan ini tidak berlaku lagi."), field="accept", remedy=_("Tanyakan pelatihan berikutnya.")
                )
            return stand(row, seat_or_wait(row.training), today)
        if row.state not in (At.INVITED, At.WAITING_LIST, At.ACCEPTED):
            raise InputError(_("Pelatihan ini sudah diikuti."), field="accept", remedy=_("Minta berhenti, dengan alasannya."))
        stand(row, At.DECLINED, today, reason=" ".join(reason.split())[:200])
        fill(row.training, today)
        return row


def enrol(*, training_id: int, claim_id: int, party_id: int, today: dt.date, before_rupiah: int | None = None) -> Trainee:
    """An officer writes in somebody of a paid claim who says yes at the counter; written in already, they are given back."""
    claim = _claim(claim_id)
    need(claim, Can.ASSESS_CLAIM)
    return _written_in(training_id, claim, party_id, "office", today, before_rupiah)


def join(*, training_id: int, claim_id: int, party_id: int, today: dt.date) -> Trainee:
    """Somebody of a paid claim takes a seat of what is open in their region, uninvited."""
    claim = _claim(claim_id)
    if not is_mine(claim):
        raise not_yours()
    return _written_in(training_id, claim, party_id, "self", today, None)


def _written_in(training_id: int, claim: Claim, party_id: int, via: str, today: dt.date, before_rupiah: int | None) -> Trainee:
    with everything_in_sight(), refusals():
        row = locked(training_id)
        _fits(row, claim, today)
        party = party_of(claim, party_id, today)
        known = (
            Trainee.objects.filter(training=row, person_index=offers.index_of(party)).select_related("claim", "training").first()
        )
        if known is not None and known.state != At.INVITED:
            if known.state in (At.DECLINED, At.LAPSED):
                raise InputError(_("Undangan ini sudah ditolak."), field="party", remedy=_("Tunggu pelatihan berikutnya."))
            return known
        state = seat_or_wait(row)
        made = stand(known, state, today) if known is not None else put(row, claim, party, state, via, today)
        if before_rupiah is not None:
            _before(made, before_rupiah)
        return made


def _fits(row: Training, claim: Claim, today: dt.date) -> None:
    if row.state != Standing.OPEN or row.starts_on < today:
        raise InputError(
            _("Pelatihan ini tidak menerima peserta."), field="training", remedy=_("Pilih pelatihan yang masih dibuka.")
        )
    if not reaches(row, claim.regency_code):
        raise InputError(_("Pelatihan ini untuk wilayah lain."), field="training", remedy=_("Pilih yang di wilayahnya."))
    if not was_paid(claim):
        raise InputError(_("Klaim ini belum dibayar."), field="claim", remedy=_("Tawarkan sesudah uangnya masuk."))
    if row.kind not in offered_after(claim):
        raise InputError(
            _("{kind} tidak ditawarkan untuk klaim ini.").format(kind=kind_words(row.kind)), field="claim",
            remedy=_("Pilih pelatihan lain."),
        )  # fmt: skip


# --- return to work -----------------------------------------------------------------------------------------------------


def agree(
    *, trainee_id: int, doctor: str, recommended_on: dt.date, agreed_on: dt.date, employer_agreed_on: dt.date, today: dt.date
) -> Trainee:
    """Writes down what return to work rests on: the advisory doctor's word, and that worker and employer signed.

    Whoever writes it goes along with the case (`jkk.return_to_work.conditions`: PP 44/2015 Pasal 49, Permenaker 10/2016).
    """
    seen = _seen(trainee_id)
    user = need(seen.claim, Can.ASSESS_CLAIM)
    with everything_in_sight(), refusals():
        row = _held(seen)
        if row.training.kind != Offered.RETURN_TO_WORK or row.state not in (At.INVITED, At.WAITING_LIST, *COMING):
            raise InputError(_("Ini hanya untuk kembali bekerja."), field="trainee", remedy=_("Muat ulang halamannya."))
        for name, day in (
            ("recommended_on", recommended_on),
            ("agreed_on", agreed_on),
            ("employer_agreed_on", employer_agreed_on),
        ):
            if day > today:
                raise InputError(_("Tanggal ini belum tiba."), field=name, value=day.isoformat(), remedy=_("Periksa tanggalnya."))
        row.doctor, row.recommended_on = words_wanted(doctor, "doctor")[:120], recommended_on
        row.agreed_on, row.employer_agreed_on, row.manager_id = agreed_on, employer_agreed_on, user
        row.save()
        happened(row.claim, "training_agreed", today, training=row.training.number, party=row.party_id)
    return row


def put_before(*, trainee_id: int, before_rupiah: int) -> Trainee:
    """A month's income before the training, whole rupiah: written once, what came after is held against it."""
    seen = _seen(trainee_id)
    need(seen.claim, Can.ASSESS_CLAIM)
    with everything_in_sight(), refusals():
        return _before(_held(seen), before_rupiah)


def _before(row: Trainee, before_rupiah: int) -> Trainee:
    _income("before_rupiah", before_rupiah)
    if row.before_rupiah is not None and row.before_rupiah != before_rupiah:
        raise InputError(
            _("Penghasilan sebelum pelatihan sudah dicatat."), field="before_rupiah", remedy=_("Yang sudah dicatat tidak diubah.")
        )
    row.before_rupiah = before_rupiah
    row.save(update_fields=["before_rupiah"])
    return row


def _income(name: str, rupiah: int) -> None:
    if not 0 <= rupiah <= MOST_INCOME:
        raise InputError(_("Penghasilan sebulan tidak mungkin sebesar itu."), field=name, remedy=_("Tulis rupiah utuh sebulan."))


# --- coming, stopping, finishing ------------------------------------------------------------------------------------------


def mark(*, training_id: int, session: int, on: dt.date, came: Mapping[int, bool], today: dt.date) -> int:
    """Who came to a session, by trainee; how many marks are new. With the first one somebody attends. Raises `InputError`."""
    row = Training.objects.filter(pk=training_id).first()
    if row is None:
        raise not_yours(_("Pelatihan ini tidak ada, atau bukan wewenang Anda."))
    if not 1 <= session <= row.sessions or not row.starts_on <= on <= row.ends_on:
        raise InputError(_("Pertemuan itu tidak ada pada hari itu."), field="on", remedy=_("Periksa jadwal pelatihannya."))
    if on > today:
        raise InputError(_("Tanggal ini belum tiba."), field="on", value=on.isoformat(), remedy=_("Periksa tanggalnya."))
    people = {one.pk: one for one in Trainee.objects.filter(training=row, pk__in=came).select_related("claim", "training")}
    for one in people.values():
        need(one.claim, Can.ASSESS_CLAIM)
    if set(came) - {pk for pk, one in people.items() if one.state in COMING}:
        raise InputError(_("Orang ini tidak sedang mengikuti pelatihan ini."), field="came", remedy=_("Daftarkan dahulu."))
    with everything_in_sight(), refusals():
        locked(training_id)
        known = newest_marks([*people], session)
        fresh = [one for one in people.values() if known.get(one.pk) != (came[one.pk], on)]
        for one in fresh:
            if one.state == At.ACCEPTED:
                stand(one, At.ATTENDING, today)
        Attendance.objects.bulk_create([
            Attendance(trainee=one, claim_id=one.claim_id, session=session, on_date=on, came=came[one.pk], by=current().user_id)
            for one in fresh
        ])  # fmt: skip
    return len(fresh)


def newest_marks(trainee_ids: list[int], session: int) -> dict[int, tuple[bool, dt.date]]:
    """What holds of a session, by trainee."""
    rows = Attendance.objects.filter(trainee_id__in=trainee_ids, session=session).order_by("pk")
    return {one.trainee_id: (one.came, one.on_date) for one in rows}


def leave(*, trainee_id: int, reason: str, today: dt.date) -> Trainee:
    """Somebody stops; their seat is free for who waits, while it has not begun."""
    seen = _seen(trainee_id)
    _for_oneself_or_office(seen.claim)
    why = words_wanted(reason)
    with everything_in_sight(), refusals():
        row = _held(seen)
        if row.state == At.LEFT:
            return row
        _coming(row)
        stand(row, At.LEFT, today, reason=why, ended_on=today)
        fill(row.training, today)
    return row


def finish(*, trainee_id: int, today: dt.date) -> Trainee:
    """Somebody has done all of it, maybe before the others; who never came cannot have."""
    seen = _seen(trainee_id)
    need(seen.claim, Can.ASSESS_CLAIM)
    with everything_in_sight(), refusals():
        row = _held(seen)
        if row.state == At.FINISHED:
            return row
        _coming(row)
        if row.state == At.ACCEPTED or not Attendance.objects.filter(trainee=row, came=True).exists():
            raise InputError(_("Orang ini belum pernah datang."), field="trainee", remedy=_("Catat kehadirannya dahulu."))
        return stand(row, At.FINISHED, today, ended_on=min(today, row.training.ends_on))


def _coming(row: Trainee) -> None:
    if row.state not in COMING:
        raise InputError(
            _("Orang ini tidak sedang mengikuti pelatihan ini."), field="trainee", remedy=_("Muat ulang halamannya.")
        )


# --- what became of them --------------------------------------------------------------------------------------------------


def record_outcome(
    *, trainee_id: int, month: int, working: bool, business: bool, income_rupiah: int | None, today: dt.date,
    before_rupiah: int | None = None, note: str = "",
) -> TraineeOutcome:  # fmt: skip
    """What became of who finished 3, 6 or 12 months later: once each, not before its day; the same again is the same.

    Incomes are a month's, whole rupiah; none: not told.
    """
    seen = _seen(trainee_id)
    need(seen.claim, Can.ASSESS_CLAIM)
    if month not in MONTHS:
        raise InputError(_("Hasil dicatat pada bulan ke-3, ke-6, dan ke-12."), field="month", value=month)
    if income_rupiah is not None:
        _income("income_rupiah", income_rupiah)
    with everything_in_sight(), refusals():
        row = _held(seen)
        _timely(row, month, today)
        told = {"working": working, "business": business, "income_rupiah": income_rupiah, "note": " ".join(note.split())[:500]}
        known = TraineeOutcome.objects.filter(trainee=row, month=month).first()
        if known is not None:
            if all(getattr(known, name) == value for name, value in told.items()):
                return known
            raise InputError(_("Hasil bulan itu sudah dicatat."), field="month", remedy=_("Yang sudah dicatat tidak diubah."))
        if before_rupiah is not None:
            _before(row, before_rupiah)
        made = TraineeOutcome.objects.create(
            trainee=row, claim_id=row.claim_id, month=month, told_on=today, by=current().user_id, **told
        )  # fmt: skip
        happened(row.claim, "training_outcome", today, training=row.training.number, party=row.party_id, month=month)
    return made


def _timely(row: Trainee, month: int, today: dt.date) -> None:
    if row.state != At.FINISHED or row.ended_on is None:
        raise InputError(
            _("Orang ini tidak menyelesaikan pelatihannya."), field="trainee", remedy=_("Hasil dicatat dari yang menyelesaikan.")
        )
    if today < due_on(row.ended_on, month):
        raise InputError(
            _("Bulannya belum tiba."), field="month", value=month,
            remedy=_("Catat mulai {day}.").format(day=due_on(row.ended_on, month).isoformat()),
        )  # fmt: skip


# --- inside -------------------------------------------------------------------------------------------------------------


def _claim(claim_id: int) -> Claim:
    claim = Claim.objects.filter(pk=claim_id).first()
    if claim is None:
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    return claim


def _seen(trainee_id: int) -> Trainee:
    row = Trainee.objects.filter(pk=trainee_id).select_related("claim", "training").first()
    if row is None:
        raise not_yours(_("Peserta pelatihan ini tidak ada, atau bukan wewenang Anda."))
    return row


def _held(seen: Trainee) -> Trainee:
    """The same, held with its offer: always the offer first, so that nobody waits for one another."""
    offer = locked(seen.training_id)
    row = Trainee.objects.select_for_update(of=("self",)).select_related("claim").get(pk=seen.pk)
    row.training = offer
    return row


def _for_oneself_or_office(claim: Claim) -> None:
    if not is_mine(claim):
        need(claim, Can.ASSESS_CLAIM)
