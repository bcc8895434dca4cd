"""A participant's family, and who of them are heirs in the order of law."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import StrictBool

from jamsostek.access import audit
from jamsostek.access.roles import SIGNED_IN, Can
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, person_of
from jamsostek.api.v1.shapes import Day, In, Kpj, Line, Name, Out, Reason, Reference, text
from jamsostek.core.text import N_
from jamsostek.registry import heirs
from jamsostek.registry.actions import family
from jamsostek.registry.choices import Kin, Sex
from jamsostek.registry.queries import registers

relatives = Resource("relatives", N_("Keluarga dan ahli waris"))
NOT_FOUND = frozenset({404})


class RelativeOut(Out):
    """Somebody of the family. `heir` marks those of the first step of the order where somebody stands (JKM)."""

    id: str
    kin: Kin
    name: str
    sex: Sex
    birth_date: dt.date | None
    from_date: dt.date | None
    to_date: dt.date | None
    died_on: dt.date | None
    heir: bool


class StepOut(Out):
    """One step of the order of heirs."""

    name: str
    members: list[str]
    entitled: bool


class FamilyOut(Out):
    """The family, and the order of heirs as the law of today has it."""

    items: list[RelativeOut]
    order: list[StepOut]


class RelativeIn(In):
    """Somebody of the family, as on the family card."""

    kin: Kin
    name: Name
    sex: Sex
    birth_date: Day | None = None
    nik: text(25) = ""  # type: ignore[valid-type]
    from_date: Day | None = None
    note: Line = ""
    reason: Line = ""


class RelativeMade(Out):
    """The name of a new row."""

    id: str


class RelativeEndIn(In):
    """From which day the relation is over; `died` where the relative died."""

    on: Day
    died: StrictBool = False
    reason: Reason


@relatives.get(
    "/participants/{kpj}/relatives", FamilyOut, title=N_("Keluarga seorang peserta"), needs=SIGNED_IN, problems=NOT_FOUND
)
def index(request: HttpRequest, kpj: Kpj) -> Any:
    """The family, and who stands where in the order of heirs."""
    person = person_of(kpj)
    rows = registers.relatives(person.pk)
    names = {one.pk: reference("relative", one.pk) for one in rows}
    steps = heirs.order(rows, on=timezone.localdate())
    entitled = {one.pk for step in steps if step.entitled for one in step.members}  # type: ignore[attr-defined]
    audit.looked([person.pk], ("relatives",), "API")
    fields = ("kin", "name", "sex", "birth_date", "from_date", "to_date", "died_on")
    return {
        "items": [
            {**{name: getattr(one, name) for name in fields}, "id": names[one.pk], "heir": one.pk in entitled} for one in rows
        ],
        "order": [
            {"name": step.name, "members": [names[one.pk] for one in step.members], "entitled": step.entitled}  # type: ignore[attr-defined]
            for step in steps
        ],
    }


@relatives.post(
    "/participants/{kpj}/relatives", RelativeMade, status=201, title=N_("Tambah anggota keluarga"),
    needs=(Can.EDIT_PERSON, Can.REGISTER_SELF), problems=NOT_FOUND,
)  # fmt: skip
def create(request: HttpRequest, kpj: Kpj, given: RelativeIn, response: HttpResponse) -> Any:
    """Adds somebody to the family."""
    person = person_of(kpj)
    facts = given.model_dump(exclude={"reason", "kin", "sex"})
    kinsman = family.Kinsman(kin=str(given.kin), sex=str(given.sex), **facts)
    made = family.add_relative(participant_id=person.pk, kinsman=kinsman, today=timezone.localdate(), reason=given.reason)
    located(response, f"/participants/{person.kpj}/relatives")
    return {"id": reference("relative", made.pk)}


@relatives.post(
    "/participants/{kpj}/relatives/{id}/ending", RelativeMade, title=N_("Akhiri hubungan keluarga"),
    needs=(Can.EDIT_PERSON, Can.REGISTER_SELF), problems=NOT_FOUND,
)  # fmt: skip
def end(request: HttpRequest, kpj: Kpj, id: Reference, given: RelativeEndIn) -> Any:
    """A divorce, a mistake, or a death; the row stays."""
    person = person_of(kpj)
    found = next((one for one in registers.relatives(person.pk) if one.pk == row_of("relative", id)), None)
    if found is None:
        raise unknown()
    family.end_relative(relative_id=found.pk, on=given.on, died=given.died, reason=given.reason)
    return {"id": id}
