"""Offers of training after a claim, and who is invited to them: when their claim is paid, by an officer, or by themself.

An offer is written, opened, closed and brought to its end by whoever may for all of its region. A seat is given once: every
action about seats holds the offer till its end, and the database refuses one too many by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import psycopg
from django.db import DatabaseError

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight, regencies_below
from jamsostek.access.vault import blind_index
from jamsostek.claims.actions.common import happened
from jamsostek.claims.actions.parties import is_minor
from jamsostek.claims.models import Claim, Party, Trainee, Training
from jamsostek.claims.trainings import (
    FAMILY,
    INVITED_DAYS,
    KINDS,
    NEVER_CAME,
    NOT_FINISHED,
    OFFERED,
    SEATED,
    SPONSORS,
    At,
    Offered,
    Standing,
    known_region,
    of_death,
    offered_after,
    reaches,
)
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_, _

MOST_SESSIONS, MOST_PEOPLE = 200, 10_000
MOST_INVITED = 1_000
"""So many are invited at once by one press of a button."""
WORDS = {
    "claims_training_full": (N_("Tempatnya sudah habis."), N_("Masukkan ke daftar tunggu, atau pilih pelatihan lain.")),
    "claims_training_same": (N_("Yang sudah ditawarkan tidak diubah lagi."), N_("Tutup pelatihan ini dan buat yang baru.")),
    "claims_training_step": (N_("Pelatihan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "claims_trainee_step": (N_("Keadaan peserta ini sudah berubah."), N_("Muat ulang halamannya.")),
    "claims_trainee_open": (N_("Pelatihan ini tidak menerima peserta."), N_("Pilih pelatihan yang masih dibuka.")),
    "claims_trainee_party": (N_("Orang ini tidak ada dalam klaim."), N_("Muat ulang halamannya.")),
    "trainee_once": (N_("Orang ini sudah ada di pelatihan ini."), N_("Lihat keadaannya di daftar pesertanya.")),
    "trainee_party_once": (N_("Orang ini sudah ada di pelatihan ini."), N_("Lihat keadaannya di daftar pesertanya.")),
    "claims_trainee_agreed": (
        N_("Kembali bekerja memerlukan anjuran dokter penasihat dan persetujuan tertulis pekerja dan perusahaan."),
        N_("Catat ketiganya dahulu."),
    ),
    "claims_attendance_stranger": (N_("Orang ini tidak sedang mengikuti pelatihan ini."), N_("Daftarkan dahulu.")),
    "claims_attendance_session": (N_("Pertemuan itu tidak ada pada hari itu."), N_("Periksa jadwal pelatihannya.")),
    "claims_traineeoutcome_early": (N_("Bulannya belum tiba."), N_("Catat sesudah waktunya.")),
    "claims_traineeoutcome_finished": (
        N_("Orang ini tidak menyelesaikan pelatihannya."),
        N_("Hasil dicatat dari yang menyelesaikan."),
    ),
    "traineeoutcome_once": (N_("Hasil bulan itu sudah dicatat."), N_("Yang sudah dicatat tidak diubah.")),
}  # fmt: skip
"""The database's names of refusals: what is said, and the way out."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a named refusal of the database into an `InputError`; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name not in WORDS:
            raise
        message, remedy = WORDS[name]
        raise InputError(_(message), field=name, remedy=_(remedy)) from error


# --- offers -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What is offered: `region_code` is a regency's or a province's, the cost is of all of it; whole rupiah."""

    kind: str
    title: str
    title_en: str
    region_code: int
    provider: str
    starts_on: dt.date
    ends_on: dt.date
    sessions: int
    capacity: int
    cost_rupiah: int
    sponsor_kind: str = "carrier"
    sponsor: str = ""
    place: str = ""
    invented: bool = False


def may_run(region_code: int) -> bool:
    """Whether the user runs training in all of a region: an office of one regency makes no offer for the province."""
    inside = regencies_below(region_code)
    return bool(inside) and all(current().may(Can.RUN_TRAINING, Place(regency=one)) for one in inside)


def _need(region_code: int) -> None:
    if not may_run(region_code):
        raise not_yours(_("Pelatihan di wilayah ini bukan wewenang Anda."))


def make(*, offer: Offer, today: dt.date) -> Training:
    """Writes an offer that nobody is invited to yet. Raises `InputError` naming the field, `Refused`."""
    given = _checked(offer)
    _need(given.region_code)
    made = Training.objects.create(**asdict(given), made_by=current().user_id, made_on=today)
    made.refresh_from_db()
    _remember(made, "made")
    return made


def change(*, training_id: int, offer: Offer) -> Training:
    """Writes an offer anew while it is not open."""
    given, row = _checked(offer), locked(training_id)
    _need(row.region_code)
    _need(given.region_code)
    _at(row, Standing.DRAFT)
    for name, value in asdict(given).items():
        if name != "invented":
            setattr(row, name, value)
    row.save()
    _remember(row, "changed")
    return row


def open_offer(*, training_id: int, today: dt.date) -> Training:
    """Opens an offer, or opens it again; open it already is, nothing happens."""
    row = locked(training_id)
    _need(row.region_code)
    if row.state == Standing.OPEN:
        return row
    _at(row, Standing.DRAFT, Standing.CLOSED)
    if row.starts_on < today:
        raise InputError(
            _("Hari pertamanya sudah lewat."),
            field="starts_on",
            value=row.starts_on.isoformat(),
            remedy=_("Ubah jadwalnya dahulu."),
        )
    return _moved(row, Standing.OPEN, "opened")


def close_offer(*, training_id: int) -> Training:
    """Takes nobody more in; closed it already is, nothing happens."""
    row = locked(training_id)
    _need(row.region_code)
    if row.state == Standing.CLOSED:
        return row
    _at(row, Standing.OPEN)
    return _moved(row, Standing.CLOSED, "closed")


def complete(*, training_id: int, finished: Collection[int], spent_rupiah: int, today: dt.date) -> Training:
    """Brings an offer to its end: who of those attending finished, all others left or never answered; and what it cost."""
    row = locked(training_id)
    _need(row.region_code)
    if row.state == Standing.DONE:
        return row
    _at(row, Standing.OPEN, Standing.CLOSED)
    if today < row.ends_on:
        raise InputError(_("Pelatihan ini belum berakhir."), field="today", remedy=_("Selesaikan sesudah hari terakhirnya."))
    _rupiah("spent_rupiah", spent_rupiah)
    with everything_in_sight(), refusals():
        people = list(Trainee.objects.select_for_update().filter(training=row).select_related("claim").order_by("pk"))
        strangers = set(finished) - {one.pk for one in people if one.state in (At.ATTENDING, At.FINISHED)}
        if strangers:
            raise InputError(_("Ada yang bukan peserta pelatihan ini."), field="finished", remedy=_("Muat ulang halamannya."))
        for one in people:
            _ended(one, one.pk in set(finished), row.ends_on, today)
        row.spent_rupiah, row.done_on = spent_rupiah, today
        return _moved(row, Standing.DONE, "done")


def _ended(one: Trainee, finished: bool, ends_on: dt.date, today: dt.date) -> None:
    if one.state == At.ATTENDING:
        stand(one, At.FINISHED if finished else At.LEFT, today, reason="" if finished else _(NOT_FINISHED), ended_on=ends_on)
    elif one.state == At.ACCEPTED:
        stand(one, At.LEFT, today, reason=_(NEVER_CAME), ended_on=ends_on)
    elif one.state in (At.INVITED, At.WAITING_LIST):
        stand(one, At.LAPSED, today)


def locked(training_id: int) -> Training:
    """An offer in sight, held till the transaction ends; raises `Refused`."""
    row = Training.objects.select_for_update().filter(pk=training_id).first()
    if row is None:
        raise not_yours(_("Pelatihan ini tidak ada, atau bukan wewenang Anda."))
    return row


def _at(row: Training, *states: Standing) -> None:
    if row.state not in states:
        message, remedy = WORDS["claims_training_step"]
        raise InputError(_(message), field="state", value=row.state, remedy=_(remedy))


def _moved(row: Training, state: Standing, kind: str) -> Training:
    row.state = state
    row.save()
    _remember(row, kind)
    return row


def _remember(row: Training, kind: str) -> None:
    audit.record(f"training.{kind}", "region", row.region_code, fields=("training",), reason=str(row.number))


def _checked(offer: Offer) -> Offer:
    if offer.kind not in list(Offered):
        raise unknown_name(_("Jenis pelatihan"), offer.kind, list(OFFERED))
    if offer.sponsor_kind not in SPONSORS:
        raise unknown_name(_("Yang membiayai"), offer.sponsor_kind, list(SPONSORS))
    if not known_region(offer.region_code):
        raise InputError(
            _("Kode wilayah ini tidak dikenal."), field="region_code", value=offer.region_code,
            remedy=_("Tulis kode provinsi (2 angka) atau kabupaten atau kota (4 angka)."),
        )  # fmt: skip
    if offer.ends_on < offer.starts_on:
        raise InputError(
            _("Hari terakhirnya mendahului hari pertama."), field="ends_on", value=offer.ends_on.isoformat(),
            remedy=_("Periksa kedua tanggalnya."),
        )  # fmt: skip
    _within("sessions", offer.sessions, 1, MOST_SESSIONS)
    _within("capacity", offer.capacity, 1, MOST_PEOPLE)
    _rupiah("cost_rupiah", offer.cost_rupiah)
    texts = {name: " ".join(getattr(offer, name).split())[:200] for name in ("title", "title_en", "provider", "sponsor", "place")}
    for name in ("title", "title_en", "provider"):
        if len(texts[name]) < 3:
            raise InputError(_("Bagian ini belum diisi."), field=name, remedy=_("Tulis sekurang-kurangnya tiga huruf."))
    if offer.sponsor_kind != "carrier" and not texts["sponsor"]:
        raise InputError(_("Nama yang membiayai belum diisi."), field="sponsor", remedy=_("Tulis nama lembaganya."))
    return Offer(**{**asdict(offer), **texts})


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InputError(
            _("Angka ini harus antara {least} dan {most}.").format(least=least, most=most), field=name, value=value
        )  # fmt: skip


def _rupiah(name: str, value: int) -> None:
    if not 0 <= value <= MAX_RUPIAH:
        raise InputError(_("Biaya tidak boleh negatif."), field=name, value=value, remedy=_("Tulis rupiah utuh."))


# --- who may be invited -------------------------------------------------------------------------------------------------


def persons(claim: Claim, on: dt.date) -> list[Party]:
    """Who of a claim may be invited: after a death the family, after a disability the worker; for a child its guardian."""
    rows = Party.objects.filter(claim=claim, left_on=None).select_related("guardian").order_by("pk")
    if not of_death(claim):
        return [one for one in rows if one.kin == "self"]
    found: dict[bytes, Party] = {}
    for one in rows:
        if one.kin in FAMILY and (one.beneficiary or one.claimant):
            who = one.guardian if is_minor(one, on) else one
            if who is not None and not is_minor(who, on):
                found.setdefault(index_of(who), who)
    return list(found.values())


def index_of(party: Party) -> bytes:
    """The same for one person, whatever claim they come by: of their NIK, or where none is known of name and birth date."""
    if party.nik_index is not None:
        return bytes(party.nik_index)
    born = party.birth_date.isoformat() if party.birth_date is not None else f"#{party.pk}"
    return blind_index("trainee", f"{' '.join(party.name.casefold().split())}|{born}")


def free(training: Training) -> int:
    """Seats that nobody has; call with the offer held and everybody in sight."""
    return int(training.capacity - Trainee.objects.filter(training=training, state__in=SEATED).count())


def invite_after(claim: Claim, today: dt.date) -> list[Trainee]:
    """Invites who was paid after a death or a disability: one open offer of each kind that fits, of the regency before the
    province; to no kind a second time, whatever they answered. Call it when a claim's money has arrived; again it does nothing.
    """
    with everything_in_sight(), refusals():
        kinds, made = offered_after(claim), []
        if not kinds:
            return []
        rows = list(Training.objects.filter(state=Standing.OPEN, kind__in=kinds, starts_on__gt=today).order_by("starts_on", "pk"))
        mine = sorted((one for one in rows if reaches(one, claim.regency_code)), key=lambda one: one.region_code < 100)
        for party in persons(claim, today):
            for kind in kinds:
                fitting = [one for one in mine if one.kind == kind]
                chosen = next((one for one in fitting if free(one) > 0), fitting[0] if fitting else None)
                if chosen is not None and not _was_asked(party, kind):
                    made.append(put(chosen, claim, party, At.INVITED, "claim", today))
        return made


def _was_asked(party: Party, kind: str) -> bool:
    return Trainee.objects.filter(person_index=index_of(party), training__kind=kind).exists()


def invite(*, training_id: int, today: dt.date) -> list[Trainee]:
    """Invites to an open offer all whose claim was paid in its region in two years and who were not asked for its kind before."""
    row = locked(training_id)
    _need(row.region_code)
    _at(row, Standing.OPEN)
    _not_begun(row, today)
    with everything_in_sight(), refusals():
        made: list[Trainee] = []
        for claim in _paid_there(row, today):
            if row.kind in offered_after(claim):
                made += [
                    put(row, claim, one, At.INVITED, "office", today)
                    for one in persons(claim, today) if not _was_asked(one, row.kind)
                ]  # fmt: skip
            if len(made) >= MOST_INVITED:
                break
        return made


def _paid_there(row: Training, today: dt.date) -> Sequence[Claim]:
    since = today - dt.timedelta(days=INVITED_DAYS)
    paid = Claim.objects.filter(kind__in=KINDS, regency_code__in=regencies_below(row.region_code), events__kind="paid")
    return list(paid.filter(events__on_date__gte=since).distinct().order_by("pk"))


def _not_begun(row: Training, today: dt.date) -> None:
    if row.starts_on < today:
        raise InputError(_("Pelatihan ini sudah dimulai."), field="starts_on", remedy=_("Pilih pelatihan yang lain."))


# --- where somebody stands ----------------------------------------------------------------------------------------------


def put(training: Training, claim: Claim, party: Party, state: At, via: str, today: dt.date) -> Trainee:
    """Writes somebody into an offer; call with everybody in sight."""
    made = Trainee.objects.create(
        training=training, claim=claim, party=party, person_index=index_of(party), state=state, state_on=today,
        state_by=current().user_id, via=via, invited_on=today,
    )  # fmt: skip
    _told(made, state, today)
    return made


def stand(row: Trainee, state: At, today: dt.date, *, reason: str = "", ended_on: dt.date | None = None) -> Trainee:
    """Brings somebody to a state, and remembers it with the claim."""
    row.state, row.state_on, row.state_by, row.reason, row.ended_on = state, today, current().user_id, reason, ended_on
    row.save()
    _told(row, state, today, reason)
    return row


def _told(row: Trainee, state: At, today: dt.date, reason: str = "") -> None:
    happened(row.claim, f"training_{state}", today, text=reason, training=row.training.number, party=row.party_id)


def fill(training: Training, today: dt.date) -> list[Trainee]:
    """Gives seats that became free to who waited longest, while it has not begun; the offer is held."""
    if training.state not in (Standing.OPEN, Standing.CLOSED) or today > training.starts_on:
        return []
    waiting = (
        Trainee.objects.filter(training=training, state=At.WAITING_LIST)
        .select_related("claim", "training")
        .order_by("state_on", "pk")
    )
    return [stand(one, At.ACCEPTED, today) for one in waiting[: max(0, free(training))]]


def seat_or_wait(training: Training) -> At:
    """A seat where one is free, else the waiting list; the offer is held."""
    return At.ACCEPTED if free(training) > 0 else At.WAITING_LIST


def party_of(claim: Claim, party_id: int, today: dt.date) -> Party:
    """Somebody of a claim that something may be offered to. Raises `InputError` for a child, and for who is no heir."""
    row = Party.objects.filter(pk=party_id, claim=claim, left_on=None).first()
    if row is None:
        raise InputError(_("Orang ini tidak ada dalam klaim."), field="party", remedy=_("Muat ulang halamannya."))
    if is_minor(row, today):
        raise InputError(
            _("{name} belum berumur 18 tahun.").format(name=row.name), field="party", remedy=_("Daftarkan walinya.")
        )  # fmt: skip
    if row.pk not in {one.pk for one in persons(claim, today)}:
        raise InputError(_("Pelatihan ini bukan untuk orang ini."), field="party", remedy=_("Pilih ahli waris atau walinya."))
    return row
