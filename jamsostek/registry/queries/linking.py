"""Participants as linkage reads them (`linkage.normalise.WRITTEN`): everybody, opened a part at a time and kept nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import connection

from jamsostek.access.vault import SubjectKey, Unreadable, unwrap
from jamsostek.linkage.normalise import WRITTEN
from jamsostek.registry.models import Participant

BATCH = 20_000
SEXES = {"f": "female", "m": "male"}
"""As linkage writes them."""
_COLUMNS = """
    SELECT p.id, p.name, p.sex, p.birth_date, p.birth_place, p.village_code, s.nik, s.phone, s.mother_name, k.wrapped,
           (SELECT array_agg(r.nik) FROM registry_relative r WHERE r.participant_id = p.id AND r.nik IS NOT NULL)
    FROM registry_participant p
    LEFT JOIN registry_participantsecret s ON s.participant_id = p.id
    LEFT JOIN access_subjectkey k ON k.participant_id = p.id
"""
_PEOPLE = f"""{_COLUMNS}
    WHERE p.id > %s AND p.erased_at IS NULL AND registry_survivor(p.id) = p.id ORDER BY p.id LIMIT %s"""


def written_people(batch: int = BATCH) -> Iterator[pa.Table]:
    """Everybody in sight but those merged into another or erased, in `WRITTEN` columns; `id` is the participant's."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_PEOPLE, [last, batch])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield pa.Table.from_pylist([_written(*row) for row in rows], schema=pa.schema(list(WRITTEN.items())))


def written_some(ids: Sequence[int]) -> pa.Table:
    """The same of some people in sight."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_COLUMNS} WHERE p.id = ANY (%s) AND p.erased_at IS NULL", [list(ids)])
        rows = cursor.fetchall()
    return pa.Table.from_pylist([_written(*row) for row in rows], schema=pa.schema(list(WRITTEN.items())))


def _written(  # one column each
    number: int, name: str, sex: str, born: object, birth_place: str, village: int | None, nik: bytes | None,
    phone: bytes | None, mother: bytes | None, wrapped: bytes | None, relatives: list[bytes] | None,
) -> dict[str, object]:  # fmt: skip
    key = unwrap(f"participant:{number}", wrapped) if wrapped else None
    return {
        "id": number,
        "name": name,
        "nik": _open(key, "nik", nik),
        "kk": None,
        "sex": SEXES.get(sex),
        "birth_date": born,
        "birth_place": birth_place or None,
        "mother_name": _open(key, "mother_name", mother),
        "phone": _open(key, "phone", phone),
        "village_code": village,
        "family": [text for sealed in relatives or [] if (text := _open(key, "relative_nik", sealed))],
    }


def _open(key: SubjectKey | None, field: str, sealed: bytes | None) -> str | None:
    if key is None or not sealed:
        return None
    try:
        return key.open(field, sealed)
    except Unreadable:
        return None


@dataclass(frozen=True)
class Known:
    """What of a participant decides whether somebody else pays for them."""

    died_on: dt.date | None
    regency_code: int | None
    nik_index: bytes | None


def known_of(participant_ids: Collection[int]) -> dict[int, Known]:
    """By participant, of those in sight."""
    rows = Participant.objects.filter(pk__in=list(participant_ids)).values_list("pk", "died_on", "regency_code", "nik_index")
    return {pk: Known(died, regency, None if index is None else bytes(index)) for pk, died, regency, index in rows}
