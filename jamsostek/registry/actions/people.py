"""Registering people: one way for all doors. One person is a list of one.

The duplicate check is part of it: the exact NIK answers at once with who it is; the same mother, birth date and a like
name is a question to a human (`DuplicateQuestion`), asked after the person has been registered, so that nobody waits
unprotected for a clerk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows, next_ids
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import SubjectKey, blind_indexes, new_keys
from jamsostek.core import numbers
from jamsostek.linkage.names import person_key, same_name, search_key
from jamsostek.registry.choices import Via
from jamsostek.registry.identity import Person

ALIKE = 0.85
"""Names as alike as this, of people with one mother and one birth date, are worth a human's look."""

NEW, KNOWN, REPEATED = "new", "known", "repeated"


@dataclass(frozen=True)
class Registered:
    """What became of a person: `new`, `known` (the NIK was in the registry), or `repeated` (earlier in the same list)."""

    participant_id: int
    status: str
    asked: int = 0
    """How many people this one may be the same as, now before a human."""
    died: bool = False


def register_person(
    person: Person,
    *,
    via: Via,
    today: dt.date,
    place: Place | None = None,
    reason: str = "",
    can: Can = Can.REGISTER_PERSON,
) -> Registered:
    """Registers one checked person (`identity.check`); raises `Refused`."""
    return register_people([person], via=via, today=today, place=place, reason=reason, can=can)[0]


def register_people(
    people: Sequence[Person],
    *,
    via: Via,
    today: dt.date,
    place: Place | None = None,
    reason: str = "",
    can: Can = Can.REGISTER_PERSON,
) -> list[Registered]:
    """Registers checked people in order; those whose NIK is known are found, not doubled. Raises `Refused`.

    `place` is where the right is asked for; by default each person's own regency and village.
    """
    scope = current()
    if place is not None:
        scope.need(can, place)
    else:
        for regency, village in {(p.regency_code, p.village_code) for p in people}:
            scope.need(can, Place(regency=regency, village=village))
    nik_indexes = _optional_indexes("nik", [p.nik or "" for p in people])
    known = match([index for index in nik_indexes if index])
    answers: list[Registered | None] = [None] * len(people)
    fresh: list[int] = []
    first: dict[bytes, int] = {}
    for at, index in enumerate(nik_indexes):
        if index and index in known:
            answers[at] = Registered(known[index][0], KNOWN, died=known[index][1])
        elif index and index in first:
            pass  # answered below, once the first has its number
        else:
            fresh.append(at)
            if index:
                first[index] = at
    ids = _write_new([people[at] for at in fresh], [nik_indexes[at] for at in fresh], via, today, reason)
    for at, (participant_id, asked) in zip(fresh, ids, strict=True):
        answers[at] = Registered(participant_id, NEW, asked)
    for at, answer in enumerate(answers):
        if answer is None:
            earlier = answers[first[nik_indexes[at] or b""]]
            assert earlier is not None
            answers[at] = Registered(earlier.participant_id, REPEATED)
    return [answer for answer in answers if answer is not None]


def match(nik_indexes: Sequence[bytes]) -> dict[bytes, tuple[int, bool]]:
    """Blind indexes of NIK that are known: the participant (after merges) and whether they died. In sight or not."""
    if not nik_indexes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik_index, participant_id, died FROM registry_match(%s)", [list(nik_indexes)])
        return {bytes(index): (person, died) for index, person, died in cursor.fetchall()}


def _optional_indexes(kind: str, texts: Sequence[str]) -> list[bytes | None]:
    return [index if text else None for index, text in zip(blind_indexes(kind, texts), texts, strict=True)]


def _write_new(
    people: Sequence[Person], nik_indexes: Sequence[bytes | None], via: Via, today: dt.date, reason: str
) -> list[tuple[int, int]]:
    """Writes new people; returns id and how many questions were asked about each."""
    if not people:
        return []
    mothers = _optional_indexes("mother", [person_key(p.mother_name) if p.mother_name else "" for p in people])
    ids = next_ids("registry_participant_id_seq", len(people))
    keys = new_keys(f"participant:{one}" for one in ids)
    _write_participants(people, ids, nik_indexes, mothers, via, today)
    _write_secrets(people, ids, [key for key, _wrapped in keys])
    insert_rows(
        "access_subjectkey", {"participant_id": ("bigint", ids), "wrapped": ("bytea", [wrapped for _key, wrapped in keys])}
    )
    alike = _alike(people, mothers, ids)
    _ask(ids, alike)
    fields = ("name", "birth_date", "sex", "nik", "regency_code")
    audit.record_many(audit.Entry("participant.registered", "participant", one, fields, None, reason) for one in ids)
    return [(one, len(found)) for one, found in zip(ids, alike, strict=True)]


def new_numbers(kind: str, count: int) -> list[str]:
    """Public numbers that nobody has."""
    wanted = numbers.make_many(kind if kind != "sponsor" else "npp", count, os.urandom)
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_taken(%s, %s)", [kind, wanted])
        taken = {row[0] for row in cursor.fetchall()}
    if not taken:
        return wanted
    free = [one for one in wanted if one not in taken]
    return free + new_numbers(kind, count - len(free))


def _write_participants(
    people: Sequence[Person],
    ids: Sequence[int],
    nik_indexes: Sequence[bytes | None],
    mothers: Sequence[bytes | None],
    via: Via,
    today: dt.date,
) -> None:
    insert_rows(
        "registry_participant",
        {
            "id": ("bigint", ids),
            "kpj": ("text", new_numbers("kpj", len(people))),
            "name": ("text", [p.name for p in people]),
            "name_key": ("text", [search_key(p.name) for p in people]),
            "sex": ("text", [str(p.sex) for p in people]),
            "birth_date": ("date", [p.birth_date for p in people]),
            "birth_place": ("text", [p.birth_place for p in people]),
            "nik_index": ("bytea", nik_indexes),
            "mother_index": ("bytea", mothers),
            "phone_index": ("bytea", _optional_indexes("phone", [p.phone for p in people])),
            "regency_code": ("int", [p.regency_code for p in people]),
            "village_code": ("bigint", [p.village_code for p in people]),
            "address": ("text", [p.address for p in people]),
            "disability_type": ("text", [p.disability_type for p in people]),
            "disability_degree": ("text", [p.disability_degree for p in people]),
            "registered_on": ("date", [today] * len(people)),
            "registered_via": ("text", [str(via)] * len(people)),
            "created_by": ("bigint", [current().user_id] * len(people)),
        },
    )


def _write_secrets(people: Sequence[Person], ids: Sequence[int], keys: Sequence[SubjectKey]) -> None:
    def sealed(field: str) -> list[bytes | None]:
        values = [getattr(person, field) for person in people]
        return [key.seal(field, value) if value else None for key, value in zip(keys, values, strict=True)]

    insert_rows(
        "registry_participantsecret",
        {
            "participant_id": ("bigint", ids),
            "nik": ("bytea", sealed("nik")),
            "phone": ("bytea", sealed("phone")),
            "mother_name": ("bytea", sealed("mother_name")),
            "bank_code": ("text", [p.bank_code for p in people]),
            "bank_account": ("bytea", sealed("bank_account")),
        },
    )


def _alike(
    people: Sequence[Person], mothers: Sequence[bytes | None], ids: Sequence[int]
) -> list[list[tuple[int, dict[str, str]]]]:
    """For each person, now written, those who may be the same, with the clues: others of this list among them."""
    asked = [at for at, mother in enumerate(mothers) if mother is not None]
    if not asked:
        return [[] for _person in people]
    births, indexes = [people[at].birth_date for at in asked], [mothers[at] for at in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT birth_date, mother_index, participant_id, name_key, sex, regency_code FROM registry_alike(%s, %s)",
            [births, indexes],
        )
        found: dict[tuple[dt.date, bytes], list[tuple[int, str, str, int]]] = {}
        for birth, mother, *rest in cursor.fetchall():
            found.setdefault((birth, bytes(mother)), []).append(tuple(rest))
    answers = []
    for person, mother, mine in zip(people, mothers, ids, strict=True):
        others = [one for one in found.get((person.birth_date, mother or b""), ()) if one[0] != mine]
        answers.append([(one[0], clues) for one in others if (clues := _clues(person, *one[1:]))])
    return answers


def _clues(person: Person, name_key: str, sex: str, regency_code: int) -> dict[str, str] | None:
    """What agrees, in words for the reviewer; None where the names are too far apart (twins, siblings)."""
    likeness = same_name(search_key(person.name), name_key)
    if likeness < ALIKE or sex != person.sex:
        return None
    return {
        "name": "same" if likeness == 1 else "alike",
        "birth_date": "same",
        "mother": "same",
        "sex": "same",
        "region": "same" if regency_code == person.regency_code else "different",
    }


def _ask(ids: Sequence[int], alike: Sequence[list[tuple[int, dict[str, str]]]]) -> None:
    both = {(min(one, other), max(one, other)): clues for one, found in zip(ids, alike, strict=True) for other, clues in found}
    pairs = [(first, second, clues) for (first, second), clues in both.items()]
    insert_rows(
        "registry_duplicatequestion",
        {
            "first_id": ("bigint", [first for first, _second, _clues in pairs]),
            "second_id": ("bigint", [second for _first, second, _clues in pairs]),
            "clues": ("jsonb", [json.dumps(clues) for *_both, clues in pairs]),
            "state": ("text", ["open"] * len(pairs)),
            "asked_by": ("bigint", [current().user_id] * len(pairs)),
            "reason": ("text", [""] * len(pairs)),
        },
    )
