"""Those who have to do with a claim: who files it, who is paid, who stands for whom; and the accounts money goes to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.access.vault import blind_index
from jamsostek.claims.actions.common import happened, held, key, need, need_holder, words_wanted
from jamsostek.claims.choices import KIN, OPEN, State, Waiting
from jamsostek.claims.models import Claim, Party
from jamsostek.core.errors import InputError
from jamsostek.core.nik import parse_niks
from jamsostek.core.text import _, one_line
from jamsostek.law.entitlement import age_on
from jamsostek.registry.identity import phone_form
from jamsostek.registry.models import Participant, ParticipantSecret, Relative
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.people import opened

ADULT = 18
MOST_SHARES = 10_000
_ACCOUNT = re.compile(r"[0-9]{5,25}")
_FIELDS = ("nik", "phone", "account")


@dataclass(frozen=True)
class Someone:
    """Somebody as a form gives them; empty where nothing was said. `guardian` stands for who is under age.

    `guardian_id` names one who has to do with the claim already, such as the claimant.
    """

    name: str
    kin: str
    birth_date: dt.date | None = None
    nik: str = ""
    phone: str = ""
    account_bank: str = ""
    account_number: str = ""
    account_name: str = ""
    relative_id: int | None = None
    guardian: Someone | None = None
    share: int = 1
    guardian_id: int | None = None


def add(claim: Claim, one: Someone, *, claimant: bool = False, beneficiary: bool = False, today: dt.date) -> Party:
    """Writes somebody of a claim that is held; raises `InputError` that names the field."""
    guardian = add(claim, one.guardian, claimant=False, today=today) if one.guardian is not None else None
    given = _checked(claim, one, today)
    row = Party(
        claim=claim, claimant=claimant, beneficiary=beneficiary, kin=given.kin, name=given.name, birth_date=given.birth_date,
        share=given.share, guardian_id=guardian.pk if guardian is not None else given.guardian_id, relative_id=given.relative_id,
        participant_id=claim.participant_id if given.kin == "self" else None,
        employer_id=claim.employer_id if given.kin == "employer" else None,
    )  # fmt: skip
    row.save()
    _seal(row, given, today)
    return row


def _seal(row: Party, given: Someone, today: dt.date) -> None:
    """Secrets are sealed for the row they stand in, so they can only be sealed once it has a number."""
    if given.nik:
        row.nik_sealed, row.nik_index = key().seal(f"nik:{row.pk}", given.nik), blind_index("nik", given.nik)
    if given.phone:
        row.phone_sealed = key().seal(f"phone:{row.pk}", given.phone)
    if given.account_number:
        _put_account(row, given.account_bank, given.account_number, given.account_name or given.name, today)
    row.save()


def _put_account(row: Party, bank: str, number: str, name: str, today: dt.date) -> None:
    digits = re.sub(r"[ .\-]", "", number)
    if not _ACCOUNT.fullmatch(digits):
        raise InputError(
            _("Nomor rekening terdiri dari 5 sampai 25 angka."), field="account_number", remedy=_("Salin dari buku rekeningnya.")
        )
    bank, name = one_line(bank), one_line(name)
    if not bank or not name:
        raise InputError(
            _("Nama pemilik rekening dan banknya wajib diisi."), field="account_name", remedy=_("Salin dari buku rekeningnya.")
        )
    row.account_bank, row.account_name = bank[:60], name[:120]
    row.account_sealed, row.account_index = key().seal(f"account:{row.pk}", digits), blind_index("account", digits)
    row.account_state, row.account_changed_on, row.account_changed_by = "given", today, current().user_id
    row.account_checked_by, row.account_checked_on, row.account_note = None, None, ""


def _checked(claim: Claim, one: Someone, today: dt.date) -> Someone:
    if one.kin not in KIN:
        raise InputError(
            _("{kind} {name!r} tidak dikenal.").format(kind=_("Hubungan keluarga"), name=one.kin[:40]), field="kin",
            value=one.kin[:40], remedy=_("Pilihan: {names}.").format(names=", ".join(KIN)),
        )  # fmt: skip
    name = one_line(one.name)
    if len(name) < 2 or len(name) > 120:
        raise InputError(_("Nama belum lengkap."), field="name", remedy=_("Tulis nama seperti di KTP."))
    if one.birth_date is not None and not dt.date(1900, 1, 1) <= one.birth_date <= today:
        raise InputError(
            _("Tanggal lahir tidak mungkin."),
            field="birth_date",
            value=one.birth_date.isoformat(),
            remedy=_("Periksa di KTP atau akta."),
        )
    if not 1 <= one.share <= MOST_SHARES:
        raise InputError(
            _("Bagian paling sedikit satu."), field="share", value=one.share,
            remedy=_("Tulis bilangan bulat dari 1 sampai {most}.").format(most=MOST_SHARES),
        )  # fmt: skip
    nik = re.sub(r"[\s.\-]", "", one.nik)
    if nik and int(parse_niks([nik])[0]) < 0:
        raise InputError(_("NIK terdiri dari 16 angka."), field="nik", remedy=_("Salin dari KTP."))
    if (
        one.relative_id is not None
        and not Relative.objects.filter(pk=one.relative_id, participant_id__in=one_person(claim.participant_id)).exists()
    ):
        raise InputError(
            _("Anggota keluarga ini bukan keluarga peserta."), field="relative", remedy=_("Pilih dari keluarga peserta sendiri.")
        )
    _guardian_of_age(claim, one, today)
    phone = phone_form(one.phone) if one.phone else ""
    if one.phone.strip() and not phone:
        raise InputError(
            _("Nomor telepon tidak terbaca."), field="phone", value=one.phone[:20],
            remedy=_("Tulis seperti 0812 3456 7890 atau +62 812 3456 7890."),
        )  # fmt: skip
    return Someone(
        name, one.kin, one.birth_date, nik, phone, one.account_bank, one.account_number, one.account_name, one.relative_id,
        one.guardian, one.share, one.guardian_id,
    )  # fmt: skip


def _guardian_of_age(claim: Claim, one: Someone, today: dt.date) -> None:
    """Nobody under age stands for somebody."""
    born = one.guardian.birth_date if one.guardian is not None else None
    field = "guardian_birth_date"
    if one.guardian_id is not None:
        row = Party.objects.filter(pk=one.guardian_id, claim=claim, left_on=None).first()
        if row is None:
            raise InputError(_("Orang ini tidak ada dalam klaim."), field="guardian", remedy=_("Muat ulang halamannya."))
        born, field = row.birth_date, "guardian"
    if born is not None and age_on(born, today) < ADULT:
        raise InputError(
            _("Wali belum berumur {age} tahun.").format(age=ADULT), field=field, value=born.isoformat(),
            remedy=_("Sebut wali yang sudah dewasa."),
        )  # fmt: skip


def is_minor(row: Party, day: dt.date) -> bool:
    """Whether somebody is under age on a day; nobody whose birth is not known."""
    return row.birth_date is not None and age_on(row.birth_date, day) < ADULT


# --- while a claim is filled in -------------------------------------------------------------------------------------------


def put_claimant(*, claim_id: int, one: Someone, today: dt.date) -> Party:
    """Who files, in place of whoever was named before. One under age needs a guardian, who files for them."""
    claim = held(claim_id, State.DRAFT)
    need_holder(claim)
    if one.birth_date is not None and age_on(one.birth_date, today) < ADULT and one.guardian is None:
        raise InputError(
            _("Pemohon belum berumur 18 tahun."), field="birth_date", value=one.birth_date.isoformat(),
            remedy=_("Wali yang mengajukan: sebut namanya dan hubungannya."),
        )  # fmt: skip
    with everything_in_sight():
        before = list(Party.objects.filter(claim=claim, claimant=True, left_on=None))
        gone = [row.pk for row in before] + [row.guardian_id for row in before if row.guardian_id is not None]
        Party.objects.filter(pk__in=gone).update(left_on=today, left_because="replaced")
        made = add(claim, one, claimant=True, beneficiary=one.kin not in ("guardian", "employer", "facility"), today=today)
        Party.objects.filter(claim=claim, guardian_id__in=[row.pk for row in before], left_on=None).update(guardian=made)
        return made


def add_beneficiary(*, claim_id: int, one: Someone, today: dt.date) -> Party:
    """Somebody else who is to be paid: another heir, a child at school, the firm that went on paying the wage."""
    claim = held(claim_id, *(State.DRAFT, *OPEN))
    if claim.state == State.DRAFT:
        need_holder(claim)
    else:
        need(claim, Can.ASSESS_CLAIM)
    with everything_in_sight():
        made = add(claim, one, beneficiary=True, today=today)
        if claim.state != State.DRAFT:
            happened(claim, "party_added", today, shown=False, party=made.pk)
    return made


def remove(*, party_id: int, because: str, today: dt.date) -> None:
    """Somebody who turns out to have nothing to do with it; they stay in the history."""
    row = _party(party_id)
    claim = held(row.claim_id, *(State.DRAFT, *OPEN))
    if claim.state == State.DRAFT:
        need_holder(claim)
    else:
        need(claim, Can.ASSESS_CLAIM)
    if row.claimant:
        raise InputError(_("Pemohon tidak dapat dihapus."), remedy=_("Ganti pemohonnya, atau tarik kembali klaimnya."))
    row.left_on, row.left_because = today, words_wanted(because)
    row.save(update_fields=["left_on", "left_because"])
    if claim.state != State.DRAFT:
        happened(claim, "party_removed", today, shown=False, text=row.left_because, party=row.pk)


def _party(party_id: int) -> Party:
    row = Party.objects.select_for_update().filter(pk=party_id, left_on=None).first()
    if row is None:
        raise InputError(_("Orang ini tidak ada dalam klaim."), remedy=_("Muat ulang halamannya."))
    return row


# --- accounts -----------------------------------------------------------------------------------------------------------


def put_account(*, party_id: int, bank: str, number: str, name: str, today: dt.date) -> Party:
    """Another account to pay into. It counts as given till somebody else has verified it."""
    row = _party(party_id)
    claim = held(row.claim_id, *(State.DRAFT, *OPEN))
    need_holder(claim, office=claim.state != State.DRAFT)
    _put_account(row, bank, number, name, today)
    row.save()
    if claim.state != State.DRAFT:
        happened(claim, "account_given", today, party=row.pk)
        if claim.waiting_for == Waiting.ACCOUNT:
            from jamsostek.claims.actions.work import back_in_queue

            back_in_queue(claim, today)
    return row


def check_account(*, party_id: int, verified: bool, note: str, today: dt.date) -> Party:
    """Says that an account is the party's own, or that it is not. Nobody checks an account they wrote themself."""
    row = _party(party_id)
    claim = held(row.claim_id, *OPEN)
    user = need(claim, Can.ASSESS_CLAIM)
    if not row.account_state:
        raise InputError(_("Rekeningnya belum diisi."), field="account_number", remedy=_("Minta nomor rekening kepada pemohon."))
    if row.account_changed_by == user:
        raise InputError(
            _("Rekening yang Anda tulis sendiri diperiksa orang lain."), field="account_state", remedy=_("Minta rekan Anda.")
        )
    row.account_state = "verified" if verified else "differs"
    row.account_checked_by, row.account_checked_on = user, today
    row.account_note = one_line(note)[:200] if verified else words_wanted(note, "note")
    row.save()
    happened(
        claim,
        "account_checked",
        today,
        shown=not verified,
        text="" if verified else row.account_note,
        party=row.pk,
        verified=verified,
    )
    return row


def account_number(row: Party) -> str:
    """The number, for who makes the order; whoever shows it says so in the trail."""
    return key().open(f"account:{row.pk}", row.account_sealed) if row.account_sealed is not None else ""


def pays_into(row: Party) -> Party:
    """Whose account money for somebody goes to: their own, or their guardian's where they have none."""
    if row.account_state in ("", "failed") and row.guardian_id is not None:
        return Party.objects.get(pk=row.guardian_id)
    return row


def of_participant(person: Participant) -> Someone:
    """The participant as a party of their own claim, with the account we know."""
    known, secret = opened([person.pk]).get(person.pk, {}), ParticipantSecret.objects.filter(pk=person.pk).first()
    bank, number = secret.bank_code if secret else "", known.get("bank_account", "")
    return Someone(
        person.name,
        "self",
        person.birth_date,
        known.get("nik", ""),
        known.get("phone", ""),
        bank,
        number if bank else "",
        person.name,
    )
