"""A participant's family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows, next_ids
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import Kin, Sex
from jamsostek.registry.models import Participant, Relative


@dataclass(frozen=True)
class Kinsman:
    """Somebody of the family, as told by the participant or an office; `to_date` where the relation is over."""

    kin: str
    name: str
    sex: str
    birth_date: dt.date | None = None
    nik: str = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    note: str = ""


def _allowed(person: Participant) -> None:
    scope = current()
    if person.pk not in scope.own:
        scope.need(Can.EDIT_PERSON, place_of(person))


def add_relative(*, participant_id: int, kinsman: Kinsman, today: dt.date, reason: str = "") -> Relative:
    """Adds somebody to a participant's family."""
    (added,) = add_relatives(family=[(participant_id, kinsman)], today=today, reason=reason)
    return Relative.objects.get(pk=added)


def add_relatives(*, family: Sequence[tuple[int, Kinsman]], today: dt.date, reason: str = "") -> list[int]:
    """Adds people to participants' families, each with the participant's id; returns the new rows in order."""
    people = Participant.objects.in_bulk({participant_id for participant_id, _kinsman in family})
    for person in people.values():
        _allowed(person)
    rows = [(people[participant_id], _checked(kinsman, today)) for participant_id, kinsman in family]
    keys = audit.subject_keys(people)
    ids = next_ids("registry_relative_id_seq", len(rows)) if rows else []
    insert_rows(
        "registry_relative",
        {
            "id": ("bigint", ids),
            "participant_id": ("bigint", [person.pk for person, _one in rows]),
            "kin": ("text", [str(one.kin) for _person, one in rows]),
            "name": ("text", [one.name for _person, one in rows]),
            "sex": ("text", [str(one.sex) for _person, one in rows]),
            "birth_date": ("date", [one.birth_date for _person, one in rows]),
            "nik": ("bytea", [keys[person.pk].seal("relative_nik", one.nik) if one.nik else None for person, one in rows]),
            "from_date": ("date", [one.from_date for _person, one in rows]),
            "to_date": ("date", [one.to_date for _person, one in rows]),
            "note": ("text", [one.note for _person, one in rows]),
            "created_by": ("bigint", [current().user_id] * len(rows)),
        },
    )
    audit.record_many(
        audit.Entry(
            "relative.added",
            "participant",
            person.pk,
            ("kin", "name"),
            audit.seal_values(keys[person.pk], {"kin": one.kin, "name": one.name}),
            reason,
        )
        for person, one in rows
    )
    return ids


def _checked(kinsman: Kinsman, today: dt.date) -> Kinsman:
    """A kinsman in stored form; raises `InputError`."""
    name = " ".join(kinsman.name.split())
    if not name:
        raise InputError(_("Nama anggota keluarga belum diisi."), field="name", remedy=_("Tulis nama seperti di Kartu Keluarga."))
    if kinsman.kin not in tuple(Kin) or kinsman.sex not in tuple(Sex):
        raise InputError(_("Hubungan atau jenis kelamin belum dipilih."), field="kin", remedy=_("Pilih salah satu."))
    if kinsman.birth_date is not None and kinsman.birth_date > today:
        raise InputError(_("Tanggal lahir di masa depan."), field="birth_date", remedy=_("Periksa tahunnya."))
    return replace(kinsman, name=name)


def end_relative(*, relative_id: int, on: dt.date, died: bool = False, reason: str) -> None:
    """A relation ended (divorce, a mistake) or the relative died; the row stays."""
    relative = Relative.objects.select_related("participant").get(pk=relative_id)
    _allowed(relative.participant)
    if died:
        relative.died_on = on
    else:
        relative.to_date = on
    relative.save(update_fields=["died_on", "to_date"])
    audit.record("relative.ended", "participant", relative.participant_id, fields=("relative",), reason=reason)
