"""The two sides of a run as linkage reads them, opened a part at a time and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from jamsostek.access.vault import blind_indexes
from jamsostek.linkage.normalise import WRITTEN
from jamsostek.outreach.models import Person, Register, Run
from jamsostek.outreach.sealing import key_of, opened
from jamsostek.registry.queries.linking import SEXES, written_people

PARTICIPANTS, REGISTER, WITHIN = "participants", "register", "within"
"""What a register is linked with."""
BATCH = 20_000


def members(run: Run, register: Register) -> Iterator[pa.Table]:
    """Everybody a register is compared with."""
    if run.against == PARTICIPANTS:
        return written_people()
    return records(register if run.against == WITHIN else Register.objects.get(pk=run.against_register_id or 0))


def records(register: Register) -> Iterator[pa.Table]:
    """Everybody of the register; `id` is the person's."""
    key, last = key_of(register), 0
    while rows := list(Person.objects.filter(register_id=register.pk, pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        people = []
        for one in rows:
            told = opened(one, key)
            people.append({
                "id": one.pk, "name": one.name, "nik": told["nik"], "kk": told["kk"], "sex": SEXES.get(one.sex or ""),
                "birth_date": one.birth_date, "birth_place": one.birth_place or None, "mother_name": told["mother"],
                "phone": told["phone"], "village_code": one.village_code, "family": None,
            })  # fmt: skip
        yield pa.Table.from_pylist(people, schema=pa.schema(list(WRITTEN.items())))


def record_keys(con: Any, table: str) -> dict[int, bytes]:
    """For each record a key that is the same for the same record in another snapshot, and tells nothing."""
    written = "concat_ws('|', name, coalesce(nik, ''), coalesce(born, ''), coalesce(village, 0), coalesce(mother, ''))"
    rows = con.sql(f"SELECT unique_id, {written} FROM {table}").fetchall()  # noqa: S608
    return dict(zip([row[0] for row in rows], blind_indexes("record", [row[1] for row in rows]), strict=True))


def participant_keys(ids: Iterable[int]) -> dict[int, bytes]:
    """The same for participants."""
    known = list(dict.fromkeys(ids))
    return dict(zip(known, blind_indexes("participant", [str(one) for one in known]), strict=True))
