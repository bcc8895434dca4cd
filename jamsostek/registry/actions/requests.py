"""What a participant asks an office for: a correction of checked facts, another wage, the deletion of their data.

It becomes a ticket of the office where they live. Name, number and telephone go along, so that nothing is told twice.
"""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.actions.tickets import CORRECTION, DELETION, WAGE, open_ticket
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.regions import successor
from jamsostek.core.text import _
from jamsostek.registry.actions.changes import as_person
from jamsostek.registry.models import Participant, ParticipantSecret

REQUESTS = (CORRECTION, WAGE, DELETION)
"""Kinds of tickets that a participant asks for."""


def has_phone(participant_id: int) -> bool:
    """Whether an office knows where to call this person back."""
    return ParticipantSecret.objects.filter(pk=participant_id).exclude(phone=None).exists()


def ask_office(*, participant_id: int, what: str, told: str, now: dt.datetime, phone: str = "") -> str:
    """Asks for something only an office does; returns the ticket's number. `phone` is for who has none on record.

    Raises `Refused`, `InputError`.
    """
    person = Participant.objects.filter(pk=participant_id).first()
    if person is None or not current().may(Can.REGISTER_SELF, Place(participant=participant_id)):
        raise not_yours()
    if len(told.strip()) < 5:
        raise InputError(_("Permintaan belum ditulis."), field="told", remedy=_("Tulis dengan kata-kata Anda sendiri."))
    if what not in REQUESTS:
        raise ValueError(f"{what!r} is not one of {REQUESTS}")
    number = open_ticket(
        kind=what,
        who=f"{person.name}, KPJ {person.kpj}",
        phone=as_person(person).phone or phone,
        regency_code=successor(person.regency_code),
        told=told.strip(),
        now=now,
    )
    audit.record(f"request.{what}", "participant", person.pk, fields=("ticket",))
    return number
