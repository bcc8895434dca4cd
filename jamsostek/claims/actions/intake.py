"""A claim begun: by worker, heir, employer, hospital, officer, village; saved as it grows, come back to by a code, and sent.

A visitor who has not signed in holds a claim by its code alone (`Scope.claims`); the installation itself looks into the register
for them, and tells no more than whether number and birth date belong together.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.access.vault import blind_index
from jamsostek.claims.actions.common import happened, held, move, need_holder, words_wanted
from jamsostek.claims.actions.days import refuse_impossible_days
from jamsostek.claims.actions.parties import Someone, add, is_minor, of_participant
from jamsostek.claims.choices import Channel, Kind, State, Waiting
from jamsostek.claims.facts import checked
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Document, Fact, Party, ProofPaper
from jamsostek.claims.queries.knowing import facts_of, missing
from jamsostek.claims.queries.papers import checklist, needed, still_wanted
from jamsostek.core import numbers
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.nik import DIGITS
from jamsostek.core.text import _, one_line
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import Evidence
from jamsostek.registry.models import Employment, Participant
from jamsostek.registry.queries.merged import one_person, survivor

DRAFT_DAYS = 90
"""A draft nobody came back to is closed after so many days; its papers are forgotten."""
RETENTION = "claim"
MOST_DOCUMENTS = 60
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_BY_OTHERS = {Channel.EMPLOYER: (Kind.JKK, Kind.JKM, Kind.JKP), Channel.HOSPITAL: (Kind.JKK,)}
"""What an employer or a hospital reports for somebody; everything else is for the person or the heirs."""


@dataclass(frozen=True)
class Begun:
    """A claim that was begun, and the code by which it is come back to; the code is shown once and not kept."""

    claim: Claim
    code: str


def new_code() -> str:
    """Ten letters and digits that are not taken for one another, in groups: about 49 bits."""
    letters = "".join(secrets.choice(_LETTERS) for _at in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def code_form(code: str) -> str:
    """A code as it is compared: capitals, no signs between."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def code_digest(code: str) -> bytes:
    """What is kept of a code."""
    return blind_index("claim_code", code_form(code))


def begin(
    *, kind: Kind, participant_id: int, channel: Channel, today: dt.date, claimant: Someone | None = None, language: str = "id",
    employer_id: int | None = None, office_id: int | None = None, parent_id: int | None = None,
) -> Begun:  # fmt: skip
    """Begins a claim about a participant. Raises `Refused`, `InputError`.

    For oneself the claimant need not be named. Whoever has not signed in comes by `begin_as_visitor`.
    """
    _known_kind(kind)
    _allowed(kind, participant_id, channel, employer_id, office_id)
    with everything_in_sight():
        person = Participant.objects.get(pk=survivor(participant_id))
        return _begin(kind, person, channel, today, claimant, language, employer_id, office_id, parent_id)


def begin_as_visitor(
    *, kind: Kind, number: str, birth_date: dt.date, claimant: Someone, today: dt.date, language: str = "id"
) -> Begun:
    """Begins a claim for somebody without an account: an heir, or a worker who never signed in. `number` is KPJ or NIK.

    Raises `InputError`, the same for a wrong number and a wrong birth date. Guessing is limited at the door.
    """
    _known_kind(kind)
    if kind == Kind.SCHOLARSHIP:
        raise InputError(_("Beasiswa dimulai dari klaim kematian atau cacatnya."), remedy=_("Buka klaim itu dengan nomornya."))
    with everything_in_sight():
        person = _known(number, birth_date)
        channel = Channel.SELF if claimant.kin == "self" else Channel.HEIR
        return _begin(kind, person, channel, today, claimant, language, None, None, None)


def _known_kind(kind: str) -> None:
    if kind not in tuple(Kind):
        raise unknown_name(_("Jenis klaim"), kind, tuple(Kind))


def _refuse_parent(kind: Kind, person: Participant, parent_id: int | None) -> None:
    """A scholarship follows a claim about the same person, and nothing else follows one."""
    mine = Claim.objects.filter(pk=parent_id or 0, participant_id__in=one_person(person.pk))
    if (kind == Kind.SCHOLARSHIP) != (parent_id is not None) or (parent_id is not None and not mine.exists()):
        raise InputError(
            _("Beasiswa dimulai dari klaim kematian atau cacatnya."), field="parent", value=parent_id,
            remedy=_("Buka klaim itu dengan nomornya."),
        )  # fmt: skip


def _known(number: str, birth_date: dt.date) -> Participant:
    digits = "".join(letter for letter in number if letter.isdigit())
    rows = (
        Participant.objects.filter(nik_index=blind_index("nik", digits))
        if len(digits) == DIGITS
        else Participant.objects.filter(kpj=digits)
    )
    found = rows.first()
    person = Participant.objects.filter(pk=survivor(found.pk)).first() if found is not None else None
    if found is None or person is None or birth_date not in (found.birth_date, person.birth_date):
        raise InputError(
            _("Nomor dan tanggal lahir ini tidak cocok dengan peserta mana pun."), field="number",
            remedy=_("Periksa kartunya. Bila tetap tidak bisa, datang ke kantor cabang; petugas mencarikan."),
        )  # fmt: skip
    return person


def _allowed(kind: Kind, participant_id: int, channel: Channel, employer_id: int | None, office_id: int | None) -> None:
    scope = current()
    if channel in _BY_OTHERS and kind not in _BY_OTHERS[channel]:
        raise not_yours(_("Klaim ini diajukan peserta atau ahli warisnya sendiri."))
    if channel in (Channel.SELF, Channel.HEIR):
        scope.need(Can.FILE_CLAIM, Place(participant=participant_id))
        if (channel == Channel.SELF) != (participant_id in scope.own):
            raise not_yours()
    elif channel == Channel.EMPLOYER:
        scope.need(Can.FILE_CLAIM, Place(employer=employer_id or 0))
        if not Employment.objects.filter(employer_id=employer_id or 0, participant_id__in=one_person(participant_id)).exists():
            raise not_yours(_("Orang ini tidak pernah bekerja di perusahaan Anda."))
    elif channel == Channel.HOSPITAL:
        if office_id is None or office_id not in scope.targets(GrantKind.OFFICE):
            raise not_yours()
        scope.need(Can.FILE_CLAIM)
    else:
        person = Participant.objects.filter(pk=participant_id).first()
        if person is None:
            raise not_yours(_("Peserta ini tidak ada, atau bukan wewenang Anda."))
        scope.need(Can.FILE_CLAIM, Place(regency=person.regency_code, village=person.village_code))


def _begin(
    kind: Kind, person: Participant, channel: Channel, today: dt.date, claimant: Someone | None, language: str,
    employer_id: int | None, office_id: int | None, parent_id: int | None,
) -> Begun:  # fmt: skip
    _refuse_parent(kind, person, parent_id)
    code = new_code()
    claim = Claim.objects.create(
        number=numbers.make("claim", os.urandom),
        kind=kind,
        participant_id=person.pk,
        parent_id=parent_id,
        employer_id=employer_id,
        office_id=office_id,
        regency_code=person.regency_code,
        channel=channel,
        filed_by=current().user_id,
        language=language,
        resume_digest=code_digest(code),
        opened_on=today,
    )
    mine = kind not in (Kind.JKM, Kind.JP_SURVIVOR, Kind.SCHOLARSHIP)
    if claimant is None and mine:
        alone = channel not in (Channel.HEIR, *_BY_OTHERS)
        add(claim, of_participant(person), claimant=alone, beneficiary=True, today=today)
    elif claimant is not None:
        paid = claimant.kin not in ("guardian", "employer", "facility", "other")
        add(claim, claimant, claimant=True, beneficiary=paid, today=today)
        if mine and claimant.kin in ("employer", "facility"):
            add(claim, of_participant(person), beneficiary=True, today=today)
    happened(claim, "begun", today, channel=str(channel))
    return Begun(claim, code)


# --- filled in, piece by piece ------------------------------------------------------------------------------------------


def state_facts(*, claim_id: int, values: Mapping[str, Any], today: dt.date) -> list[str]:
    """What who files says, each fact checked by itself; the good ones are kept, and the names of all kept are given back.

    Raises `Wrong` after keeping the good ones' check: nothing is written where one is wrong.
    """
    claim = held(claim_id, State.DRAFT)
    need_holder(claim)
    of = OF[Kind(claim.kind)]
    read = {name: checked(of.asked, name, value) for name, value in values.items()}
    refuse_impossible_days(of.specs, read, today)
    for name, value in read.items():
        Fact.objects.create(claim=claim, name=name, value=value, found=False, by=current().user_id)
    if read.get(of.event):
        claim.event_on = dt.date.fromisoformat(str(read[of.event]))
        claim.save(update_fields=["event_on"])
    return list(read)


def add_document(
    *, claim_id: int, kind: str, content: bytes, file_name: str, party_id: int | None = None, today: dt.date
) -> Document:
    """A photo or PDF, cleaned and kept by its content. The same content for the same paper again is the same document."""
    return keep_evidence(
        claim_id=claim_id, kind=kind, got=clean(content, file_name), file_name=file_name, party_id=party_id, today=today
    )


def keep_evidence(
    *, claim_id: int, kind: str, got: Evidence, file_name: str, party_id: int | None = None, today: dt.date
) -> Document:
    """Keeps a paper that was cleaned before."""
    claim = held(claim_id, State.DRAFT, State.SUBMITTED, State.WAITING, State.PROPOSED, State.REFUSED)
    need_holder(claim, family=claim.state != State.DRAFT, office=claim.state != State.DRAFT)
    kept = Document.objects.filter(claim=claim).exclude(state="removed")
    if kept.count() >= MOST_DOCUMENTS:
        raise InputError(_("Sudah ada {most} berkas.").format(most=MOST_DOCUMENTS), remedy=_("Hapus yang tidak perlu."))
    if party_id is not None and not Party.objects.filter(pk=party_id, claim=claim).exists():
        raise InputError(_("Orang ini tidak ada dalam klaim."), field="party", remedy=_("Muat ulang halamannya."))
    digest = files.store(got.content, retention=RETENTION)
    same = kept.filter(digest=digest, kind=kind).first()
    if same is not None:
        return same
    row = Document.objects.create(
        claim=claim, party_id=party_id, kind=kind, digest=digest, media=got.media_type, file_name=one_line(file_name)[-120:],
        bytes=len(got.content), pages=got.pages, notes=list(got.notes), given_by=current().user_id,
    )  # fmt: skip
    if claim.state != State.DRAFT:
        happened(claim, "document_given", today, document=row.pk, of=kind)
    return row


def remove_document(*, document_id: int, today: dt.date) -> None:
    """Takes back a paper that nobody has looked at yet."""
    row = Document.objects.select_for_update().filter(pk=document_id).first()
    if row is None or row.state != "given":
        raise InputError(_("Berkas ini sudah diperiksa atau tidak ada."), remedy=_("Kirim berkas lain di sebelahnya."))
    need_holder(held(row.claim_id, State.DRAFT, State.WAITING, State.SUBMITTED))
    row.state = "removed"
    row.save(update_fields=["state"])


# --- sent ---------------------------------------------------------------------------------------------------------------


def submit(*, claim_id: int, today: dt.date, now: dt.datetime) -> Claim:
    """Sends a claim: the checklist is frozen, it gets its place in the order of service; whole papers start the clock.

    Sent again it is answered as before. Raises `InputError` naming what is still missing of the facts.
    """
    claim = held(claim_id)
    need_holder(claim)
    if claim.submitted_on is not None:
        return claim
    if claim.state != State.DRAFT:
        raise InputError(_("Klaim ini sudah ditutup."), field="state", value=claim.state, remedy=_("Mulai klaim baru."))
    with everything_in_sight():
        facts = facts_of(claim, today=today)
        _refuse_incomplete(claim, missing(claim, facts), today)
        claim.checklist = checklist(claim, needed(OF[Kind(claim.kind)], facts, today))
        claim.submitted_on, claim.submitted_at, claim.state = today, now, State.SUBMITTED
        claim.resume_digest = None if current().user_id else claim.resume_digest
        claim.save()
        claim.refresh_from_db()
        happened(claim, "submitted", today, papers=[one["document"] for one in claim.checklist])
        wanted = still_wanted(claim)
        if wanted:
            happened(claim, "papers_asked", today, papers=wanted)
            move(claim, State.WAITING, today, waiting_for=Waiting.PAPERS)
        else:
            move(claim, State.SUBMITTED, today)
    return claim


def _refuse_incomplete(claim: Claim, names: list[str], today: dt.date) -> None:
    if names:
        titles = {one.name: one.title for one in OF[Kind(claim.kind)].specs}
        raise InputError(
            _("Belum diisi: {names}.").format(names=", ".join(_(titles[name]) for name in names)), field=names[0],
            remedy=_("Lengkapi, lalu kirim."),
        )  # fmt: skip
    who = Party.objects.filter(claim=claim, left_on=None, claimant=True).first()
    if who is None:
        raise InputError(_("Pemohon belum diisi."), field="claimant", remedy=_("Tulis siapa yang mengajukan."))
    if is_minor(who, today) and who.guardian_id is None:
        raise InputError(
            _("Pemohon belum berumur 18 tahun."), field="claimant",
            remedy=_("Wali yang mengajukan: sebut namanya dan hubungannya."),
        )  # fmt: skip


def withdraw(*, claim_id: int, because: str, today: dt.date) -> Claim:
    """Taken back by who filed it, before anything is decided."""
    claim = held(claim_id, State.DRAFT, State.SUBMITTED, State.WAITING)
    need_holder(claim)
    with everything_in_sight():
        happened(claim, "withdrawn", today, text=words_wanted(because))
        move(claim, State.WITHDRAWN, today)
    return claim


def close_old_drafts(*, today: dt.date, now: dt.datetime) -> int:
    """Drafts nobody came back to are closed and their papers forgotten; how many."""
    old = Claim.objects.filter(state=State.DRAFT, opened_on__lt=today - dt.timedelta(days=DRAFT_DAYS))
    closed = 0
    for claim in old.order_by("id")[:1000]:
        with transaction.atomic():
            mine = Document.objects.filter(claim=claim)
            for digest in mine.values_list("digest", flat=True):
                elsewhere = Document.objects.filter(digest=digest).exclude(claim=claim)
                if not elsewhere.exists() and not ProofPaper.objects.filter(digest=digest).exists():
                    files.forget(digest, now=now)
            mine.update(state="removed")
            claim.state, claim.ended_on, claim.resume_digest = State.EXPIRED, today, None
            claim.save()
            audit.record("claim.expired", "participant", claim.participant_id, fields=("claim",))
            closed += 1
    return closed
