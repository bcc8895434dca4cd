"""What changes in a person's life: a corrected name or NIK, a move, a new phone or account, a disability, death."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Q

from jamsostek.access import audit
from jamsostek.access.actions.accounts import close_accounts_of
from jamsostek.access.models import SubjectKey
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import SubjectKey as OpenKey
from jamsostek.access.vault import blind_index
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.linkage.names import person_key, search_key
from jamsostek.registry.actions.people import match
from jamsostek.registry.choices import Leaving
from jamsostek.registry.identity import OLDEST, Person, check
from jamsostek.registry.models import Cover, Employment, Participant, ParticipantSecret
from jamsostek.registry.queries.merged import one_person

PLAIN = (
    "name",
    "sex",
    "birth_date",
    "birth_place",
    "regency_code",
    "village_code",
    "address",
    "disability_type",
    "disability_degree",
)
SECRET = ("nik", "phone", "mother_name", "bank_account")
OWN = frozenset({"phone", "address", "bank_code", "bank_account", "disability_type", "disability_degree"})
"""What a person may change about themself without an office; the rest is checked against papers."""


def _held(participant_id: int) -> Participant:
    found = Participant.objects.select_for_update(no_key=True).filter(pk=participant_id).first()
    if found is None:
        raise InputError(_("Peserta ini tidak ditemukan."), remedy=_("Periksa nomornya, atau hak akses Anda."))
    return found


def place_of(person: Participant) -> Place:
    """Where a right over a person is asked for."""
    return Place(participant=person.pk, regency=person.regency_code, village=person.village_code)


def change_person(
    *,
    participant_id: int,
    changes: Mapping[str, Any],
    today: dt.date,
    now: dt.datetime,
    reason: str,
    moved_on: dt.date | None = None,
) -> Participant:
    """Changes facts of a person after the same checks as at registration; raises `identity.Problems`, `InputError`, `Refused`.

    A new regency or village with `moved_on` is a move: past months stay where the person lived. Without it the place was wrong,
    and is corrected for as long as they were said to live there. `moved_on` with the same place corrects the day of the move.
    """
    person = _held(participant_id)
    scope = current()
    if not (set(changes) <= OWN and person.pk in scope.own):
        scope.need(Can.EDIT_PERSON, place_of(person))
    before = as_person(person)
    after = check(replace(before, **changes), today=today, youngest=0, oldest=OLDEST + 20)
    changed = [name for name in (*PLAIN, *SECRET, "bank_code") if getattr(after, name) != getattr(before, name)]
    elsewhere = "regency_code" in changed or "village_code" in changed
    moved = moved_on is not None and moved_on != person.domicile_since and (elsewhere or "address" not in changed)
    if moved_on is not None and not person.birth_date <= moved_on <= today:
        raise InputError(
            _("Hari pindah tidak mungkin."), field="domicile_since", value=moved_on.isoformat(),
            remedy=_("Isi hari sejak lahir sampai hari ini."),
        )  # fmt: skip
    if not changed and not moved:
        return person
    if "nik" in changed:
        _refuse_known_nik(after, person.pk)
    values = {name: [getattr(before, name), getattr(after, name)] for name in changed}
    if moved:
        values["domicile_since"] = [person.domicile_since, moved_on]
        person.domicile_since = moved_on
    _write(person, after, changed, now)
    audit.record("participant.changed", "participant", person.pk, values=values, reason=reason)
    return person


def as_person(person: Participant) -> Person:
    """A participant as the door saw them, secrets opened. Whoever shows them must say why (`queries.people.show`)."""
    secret = ParticipantSecret.objects.filter(pk=person.pk).first()
    key = audit.subject_key("participant", person.pk)
    opened = {name: _open(key, secret, name) for name in SECRET}
    return Person(
        **{name: getattr(person, name) for name in PLAIN},
        nik=opened["nik"] or None,
        phone=opened["phone"],
        mother_name=opened["mother_name"],
        bank_code=secret.bank_code if secret else "",
        bank_account=opened["bank_account"],
    )


def _open(key: OpenKey, secret: ParticipantSecret | None, name: str) -> str:
    sealed = getattr(secret, name, None)
    return key.open(name, sealed) if sealed else ""


def _refuse_known_nik(after: Person, participant_id: int) -> None:
    index = blind_index("nik", after.nik) if after.nik else None
    known = match([index]) if index else {}
    if index in known and known[index][0] != participant_id:
        raise InputError(
            _("NIK ini sudah menjadi NIK peserta lain."),
            field="nik",
            remedy=_("Bila keduanya orang yang sama, ajukan penggabungan; bila bukan, periksa NIK di KTP."),
        )


def _write(person: Participant, after: Person, changed: list[str], now: dt.datetime) -> None:
    for name in set(changed) & set(PLAIN):
        setattr(person, name, getattr(after, name))
    person.name_key = search_key(person.name)
    if "nik" in changed:
        person.nik_index = blind_index("nik", after.nik) if after.nik else None
    if "mother_name" in changed:
        person.mother_index = blind_index("mother", person_key(after.mother_name)) if after.mother_name else None
    if "phone" in changed:
        person.phone_index = blind_index("phone", after.phone) if after.phone else None
    person.save()
    if set(changed) & {*SECRET, "bank_code"}:
        key = audit.subject_key("participant", person.pk)
        fresh: dict[str, object] = {
            n: key.seal(n, getattr(after, n)) if getattr(after, n) else None for n in SECRET if n in changed
        }
        if "bank_code" in changed:
            fresh["bank_code"] = after.bank_code
        if {"bank_code", "bank_account"} & set(changed):
            fresh["bank_changed_at"] = now
        ParticipantSecret.objects.update_or_create(participant_id=person.pk, defaults=fresh)


def move(
    *,
    participant_id: int,
    regency_code: int,
    village_code: int | None,
    address: str,
    today: dt.date,
    now: dt.datetime,
    reason: str,
    moved_on: dt.date | None = None,
) -> Participant:
    """A new domicile, today or since `moved_on`.

    The office the person leaves writes it; the one they come to sees them from then on.
    """
    changes = {"regency_code": regency_code, "village_code": village_code, "address": address}
    return change_person(
        participant_id=participant_id, changes=changes, today=today, now=now, reason=reason, moved_on=moved_on or today
    )


def record_death(*, participant_id: int, died_on: dt.date, today: dt.date, reason: str) -> Participant:
    """Records a death: open work and cover end with its month. The heirs' claim starts from here (claims)."""
    person = _held(participant_id)
    current().need(Can.RECORD_DEATH, place_of(person))
    if died_on > today or died_on < person.birth_date:
        raise InputError(
            _("Tanggal meninggal tidak mungkin."), field="died_on", value=died_on.isoformat(), remedy=_("Periksa akta kematian.")
        )
    if person.died_on is not None:
        raise InputError(
            _("Kematian peserta ini sudah tercatat."), field="died_on", remedy=_("Untuk memperbaikinya, batalkan dahulu.")
        )
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    month = died_on.year * 100 + died_on.month
    for spell in Employment.objects.filter(participant=person, to_month=None):
        spell.to_month, spell.left_on, spell.leaving = max(month, spell.from_month), died_on, str(Leaving.DIED)
        spell.save(update_fields=["to_month", "left_on", "leaving"])
    for cover in Cover.objects.filter(participant=person):
        if cover.to_month is None or cover.to_month > month:
            cover.to_month = max(month, cover.from_month)
            cover.save(update_fields=["to_month"])
    audit.record("participant.died", "participant", person.pk, values={"died_on": died_on.isoformat()}, reason=reason)
    return person


def take_back_death(*, participant_id: int, reason: str) -> Participant:
    """A death recorded of the wrong person. Work that ended with it is opened again by hand, knowingly; cover is begun anew."""
    person = _held(participant_id)
    current().need(Can.RECORD_DEATH, place_of(person))
    person.died_on = None
    person.save(update_fields=["died_on"])
    audit.record("participant.death_taken_back", "participant", person.pk, fields=("died_on",), reason=reason)
    return person


def erase_person(*, participant_id: int, today: dt.date, now: dt.datetime, reason: str) -> None:
    """Destroys a person's keys and removes what names them, under all their numbers and in their account, which is closed.

    Number, months and money stay (UU 27/2022 Pasal 8 and 15). Raises `InputError` while somebody pays for the person.
    """
    person = _held(participant_id)
    current().need(Can.ERASE, place_of(person))
    numbers, month = one_person(person.pk), month_of(today)
    going = Q(to_month=None) | Q(to_month__gte=month)
    if any(rows.filter(going, participant_id__in=numbers).exists() for rows in (Employment.objects, Cover.objects)):
        raise InputError(
            _("Orang ini masih terlindungi atau masih bekerja bulan ini."),
            remedy=_("Akhiri dahulu hubungan kerja dan perlindungannya, lalu hapus sesudah bulan itu lewat."),
        )
    for one in numbers:
        audit.record("participant.erased", "participant", one, fields=("all",), reason=reason)
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_erase(%s)", [one])
        SubjectKey.objects.filter(pk=one).update(wrapped=None, destroyed_at=now)
    close_accounts_of(numbers, now=now)
