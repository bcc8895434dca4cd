"""People of a list made participants, and covered by the programme's sponsor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from jamsostek.access.vault import SubjectKey
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.nik import decode, parse_niks
from jamsostek.core.text import _
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.sealing import kept_key, nik_of, open_one
from jamsostek.registry import occupations
from jamsostek.registry.actions.people import register_people
from jamsostek.registry.actions.sponsors import Covering, cover_by_sponsor
from jamsostek.registry.choices import Disability, Via
from jamsostek.registry.identity import Person, check, phone_form
from jamsostek.registry.queries.timeline import standings

Done = list[tuple[Candidate, int]]
Refused = list[tuple[Candidate, str]]
EPOCH = dt.date(1970, 1, 1)


def enrol(programme: Programme, rows: Sequence[Candidate], *, today: dt.date, reason: str) -> tuple[Done, Refused]:
    """Registers and covers people who are funded; returns those covered with their participant, and those who cannot be, and why.

    Who an employer began to cover meanwhile, or who died, is not covered twice or for nothing.
    """
    people, refused = _people(rows, today)
    known = register_people([person for _row, person in people], via=Via.SPONSOR, today=today, reason=reason)
    met = [(row, one.participant_id, one.died) for (row, _person), one in zip(people, known, strict=True)]
    refused += [(row, _("Tercatat meninggal.")) for row, _participant, died in met if died]
    alive = [(row, participant) for row, participant, died in met if not died]
    free, covered = _free(alive, today)
    refused += [(row, _("Sudah terlindungi lewat jalur lain.")) for row in covered]
    cover_by_sponsor(sponsor_id=programme.sponsor_id, people=[_covering(programme, *one) for one in free], reason=reason)
    return free, refused


def _free(rows: Sequence[tuple[Candidate, int]], today: dt.date) -> tuple[Done, list[Candidate]]:
    held = standings([participant for _row, participant in rows], month_of(today))
    busy = {participant for participant, one in held.items() if one.employer_id is not None}
    return [one for one in rows if one[1] not in busy], [row for row, participant in rows if participant in busy]


def _covering(programme: Programme, row: Candidate, participant_id: int) -> Covering:
    kind = occupations.BY_KEY.get(row.facts.get("occupation") or "", occupations.OTHER)
    assert row.from_month is not None
    return Covering(
        participant_id=participant_id, from_month=row.from_month, to_month=row.to_month, income_rupiah=programme.income_rupiah,
        occupation=kind.title, sector="transport" if kind.key == "driver" else "other", jht_member="jht" in programme.programmes,
    )  # fmt: skip


def _people(rows: Sequence[Candidate], today: dt.date) -> tuple[list[tuple[Candidate, Person]], Refused]:
    keys = {register: kept_key(register) for register in {one.register_id for one in rows}}
    people, refused = [], []
    for row in rows:
        key = keys[row.register_id]
        if key is None or row.person is None:
            refused.append((row, _("Daftar asalnya sudah dihapus.")))
            continue
        try:
            people.append((row, check(_person(row, key, today), today=today)))
        except InputError as error:
            refused.append((row, str(error)))
    return people, refused


def _person(row: Candidate, key: SubjectKey, today: dt.date) -> Person:
    """Somebody of a register as the registry takes them. The NIK's birth date goes before the list's: lists round and mistype;
    its sex is taken where the list tells none."""
    told = row.person
    assert told is not None
    nik = nik_of(row, key)
    born, sex = _by_nik(nik, month_of(today))
    born = born or told.birth_date
    if born is None:
        raise InputError(_("Tanggal lahir belum diisi."), field="birth_date", remedy=_("Tulis tanggal lahir seperti di KTP."))
    person = Person(
        name=told.name, sex=told.sex or sex, birth_date=born, regency_code=told.regency_code, nik=nik or None,
        mother_name=open_one(told, "mother", key) or "", birth_place=told.birth_place, village_code=told.village_code,
        disability_type=told.disability if told.disability in tuple(Disability) else None,
    )  # fmt: skip
    return replace(person, phone=_phone(open_one(told, "phone", key) or ""))


def _by_nik(nik: str, month: int) -> tuple[dt.date | None, str]:
    """Birth date and sex that the NIK says; who is of working age can be read from two digits of a year."""
    if nik:
        parts = decode(parse_niks([nik]), month)
        if parts.valid[0]:
            return EPOCH + dt.timedelta(days=int(parts.birth_day[0])), "f" if parts.is_female[0] else "m"
    return None, ""


def _phone(text: str) -> str:
    """A number that cannot be one is left out: nobody goes without cover for it."""
    try:
        return phone_form(text)
    except InputError:
        return ""
