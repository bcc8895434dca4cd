"""Registering people: one way for all doors. One person is a list of one.

The duplicate check is part of it: the exact NIK answers at once with who it is; the same mother, birth date and a like
name is a question to a human (`DuplicateQuestion`), asked after the person has been registered, so that nobody waits
unprotected for a clerk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import ask, insert_rows, next_ids
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import blind_indexes, new_keys
from jamsostek.core import numbers
from jamsostek.linkage.names import person_key, same_name, search_key
from jamsostek.registry.choices import Via
from jamsostek.registry.identity import Person

ALIKE = 0.85
"""Names as alike as this, of people with one mother and one birth date, are worth a human's look."""

NEW, KNOWN, REPEATED = "new", "known", "repeated"
T = TypeVar("T")


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
    prepared: Prepared | None = None,
) -> list[Registered]:
    """Registers checked people in order; those whose NIK is known are found, not doubled. Raises `Refused`.

    `place` is where the right is asked for; by default each person's own regency and village. `prepared` is these people
    after `prepare`, where somebody did that beforehand.
    """
    scope = current()
    if place is not None:
        scope.need(can, place)
    else:
        for regency, village in {(p.regency_code, p.village_code) for p in people}:
            scope.need(can, Place(regency=regency, village=village))
    nik_indexes = prepared.nik_indexes if prepared else _optional_indexes("nik", [p.nik or "" for p in people])
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
    ready = prepared.only(fresh) if prepared else _prepared([people[at] for at in fresh], [nik_indexes[at] for at in fresh])
    for at, (participant_id, asked) in zip(fresh, _write_new(ready, via, today, reason), strict=True):
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
    rows = ask("SELECT nik_index, participant_id, died FROM registry_match(%b::bytea[])", ("bytea", nik_indexes))
    return {bytes(index): (person, died) for index, person, died in rows}


def _optional_indexes(kind: str, texts: Sequence[str]) -> list[bytes | None]:
    return [index if text else None for index, text in zip(blind_indexes(kind, texts), texts, strict=True)]


# --- all that needs no database ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prepared:
    """Checked people with what the database does not know to make: indexes to find them by, values sealed for ids set aside."""

    people: Sequence[Person]
    ids: Sequence[int]
    nik_indexes: Sequence[bytes | None]
    mother_indexes: Sequence[bytes | None]
    phone_indexes: Sequence[bytes | None]
    name_keys: Sequence[str]
    wrapped: Sequence[bytes]
    sealed: Mapping[str, Sequence[bytes | None]]

    def only(self, places: Sequence[int]) -> Prepared:
        """Some of them."""
        if len(places) == len(self.people):
            return self

        def some(column: Sequence[T]) -> list[T]:
            return [column[at] for at in places]

        return Prepared(
            some(self.people), some(self.ids), some(self.nik_indexes), some(self.mother_indexes), some(self.phone_indexes),
            some(self.name_keys), some(self.wrapped), {name: some(column) for name, column in self.sealed.items()},
        )  # fmt: skip


def set_aside(count: int) -> list[int]:
    """Ids for people to come; those not used are never given again."""
    return next_ids("registry_participant_id_seq", count)


def prepare(people: Sequence[Person], ids: Sequence[int], nik_indexes: Sequence[bytes | None] | None = None) -> Prepared:
    """Indexes, folded names and sealed values of checked people. Touches no database: another thread may do it."""
    keys = new_keys(f"participant:{one}" for one in ids)

    def sealed(field: str) -> list[bytes | None]:
        values = [getattr(person, field) for person in people]
        return [key.seal(field, value) if value else None for (key, _wrapped), value in zip(keys, values, strict=True)]

    return Prepared(
        people=people,
        ids=ids,
        nik_indexes=_optional_indexes("nik", [p.nik or "" for p in people]) if nik_indexes is None else nik_indexes,
        mother_indexes=_optional_indexes("mother", [person_key(p.mother_name) if p.mother_name else "" for p in people]),
        phone_indexes=_optional_indexes("phone", [p.phone for p in people]),
        name_keys=[search_key(p.name) for p in people],
        wrapped=[wrapped for _key, wrapped in keys],
        sealed={name: sealed(name) for name in ("nik", "phone", "mother_name", "bank_account")},
    )


def _prepared(people: Sequence[Person], nik_indexes: Sequence[bytes | None]) -> Prepared:
    return prepare(people, set_aside(len(people)) if people else [], nik_indexes)


# --- writing ----------------------------------------------------------------------------------------------------------


def _write_new(new: Prepared, via: Via, today: dt.date, reason: str) -> list[tuple[int, int]]:
    """Writes new people; returns id and how many questions were asked about each."""
    if not new.people:
        return []
    _write_participants(new, via, today)
    _write_secrets(new)
    insert_rows("access_subjectkey", {"participant_id": ("bigint", new.ids), "wrapped": ("bytea", new.wrapped)})
    alike = _alike(new)
    _ask(alike)
    fields = ("name", "birth_date", "sex", "nik", "regency_code")
    audit.record_many(audit.Entry("participant.registered", "participant", one, fields, None, reason) for one in new.ids)
    return [(one, len(alike.get(one, ()))) for one in new.ids]


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


def _write_participants(new: Prepared, via: Via, today: dt.date) -> None:
    people = new.people
    insert_rows(
        "registry_participant",
        {
            "id": ("bigint", new.ids),
            "kpj": ("text", new_numbers("kpj", len(people))),
            "name": ("text", [p.name for p in people]),
            "name_key": ("text", new.name_keys),
            "sex": ("text", [str(p.sex) for p in people]),
            "birth_date": ("date", [p.birth_date for p in people]),
            "birth_place": ("text", [p.birth_place for p in people]),
            "nik_index": ("bytea", new.nik_indexes),
            "mother_index": ("bytea", new.mother_indexes),
            "phone_index": ("bytea", new.phone_indexes),
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


def _write_secrets(new: Prepared) -> None:
    insert_rows(
        "registry_participantsecret",
        {
            "participant_id": ("bigint", new.ids),
            "nik": ("bytea", new.sealed["nik"]),
            "phone": ("bytea", new.sealed["phone"]),
            "mother_name": ("bytea", new.sealed["mother_name"]),
            "bank_code": ("text", [p.bank_code for p in new.people]),
            "bank_account": ("bytea", new.sealed["bank_account"]),
        },
    )


Alike = Mapping[int, Sequence[tuple[int, dict[str, str]]]]
"""For a new person's id: others who may be the same, each with the clues."""


def _alike(new: Prepared) -> Alike:
    """Those who may be somebody the registry has already, others of this list among them."""
    asked = {one: at for at, one in enumerate(new.ids) if new.mother_indexes[at] is not None}
    if not asked:
        return {}
    pairs = ask(
        "SELECT id, other_id, name_key, sex, regency_code FROM registry_alike_pairs(%b::bigint[])", ("bigint", list(asked))
    )
    found: dict[int, list[tuple[int, dict[str, str]]]] = {}
    for one, other, name_key, sex, regency_code in pairs:
        at = asked[one]
        if clues := _clues(new.people[at], new.name_keys[at], name_key, sex, regency_code):
            found.setdefault(one, []).append((other, clues))
    return found


def _clues(person: Person, own_key: str, name_key: str, sex: str, regency_code: int) -> dict[str, str] | None:
    """What agrees, in words for the reviewer; None where the names are too far apart (twins, siblings)."""
    likeness = same_name(own_key, name_key)
    if likeness < ALIKE or sex != person.sex:
        return None
    return {
        "name": "same" if likeness == 1 else "alike",
        "birth_date": "same",
        "mother": "same",
        "sex": "same",
        "region": "same" if regency_code == person.regency_code else "different",
    }


def _ask(alike: Alike) -> None:
    both = {(min(one, other), max(one, other)): clues for one, found in alike.items() for other, clues in found}
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
