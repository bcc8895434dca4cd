"""A participant's family."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.registry.actions.changes import place_of
from jamsostek.registry.choices import Kin, Sex
from jamsostek.registry.models import Participant, Relative


@dataclass(frozen=True)
class Kinsman:
    """Somebody of the family, as told by the participant or an office."""

    kin: str
    name: str
    sex: str
    birth_date: dt.date | None = None
    nik: str = ""
    from_date: dt.date | None = None
    note: str = ""


def _allowed(person: Participant) -> None:
    scope = current()
    if person.pk not in scope.selves:
        scope.need(Can.EDIT_PERSON, place_of(person))


def add_relative(*, participant_id: int, kinsman: Kinsman, today: dt.date, reason: str = "") -> Relative:
    """Adds somebody to a participant's family."""
    person = Participant.objects.select_for_update(no_key=True).get(pk=participant_id)
    _allowed(person)
    name = " ".join(kinsman.name.split())
    if not name:
        raise InputError(_("Nama anggota keluarga belum diisi."), field="name", remedy=_("Tulis nama seperti di Kartu Keluarga."))
    if kinsman.kin not in tuple(Kin) or kinsman.sex not in tuple(Sex):
        raise InputError(_("Hubungan atau jenis kelamin belum dipilih."), field="kin", remedy=_("Pilih salah satu."))
    if kinsman.birth_date is not None and kinsman.birth_date > today:
        raise InputError(_("Tanggal lahir di masa depan."), field="birth_date", remedy=_("Periksa tahunnya."))
    key = audit.subject_key("participant", person.pk)
    relative = Relative.objects.create(
        participant=person,
        kin=kinsman.kin,
        name=name,
        sex=kinsman.sex,
        birth_date=kinsman.birth_date,
        nik=key.seal("relative_nik", kinsman.nik) if kinsman.nik else None,
        from_date=kinsman.from_date,
        note=kinsman.note,
        created_by=current().user_id,
    )
    audit.record("relative.added", "participant", person.pk, values={"kin": kinsman.kin, "name": name}, reason=reason)
    return relative


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
