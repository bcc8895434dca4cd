"""What is sealed of a register's people, and what opens it: the register's own key, destroyed with them."""

from __future__ import annotations

from jamsostek.access.vault import SubjectKey, unwrap
from jamsostek.outreach.models import Candidate, Person, Register

SEALED = ("nik", "kk", "mother", "phone")
"""Of `Person`."""


def subject(register_id: int) -> str:
    """Whose key seals what is personal in a register."""
    return f"register:{register_id}"


def key_of(register: Register) -> SubjectKey:
    """The key of a register that is there."""
    return unwrap(subject(register.pk), register.wrapped or b"")


def kept_key(register_id: int) -> SubjectKey | None:
    """The same by the register's id; None where the register was deleted or is out of sight."""
    wrapped = Register.objects.filter(pk=register_id).values_list("wrapped", flat=True).first()
    return unwrap(subject(register_id), wrapped) if wrapped else None


def field_of(row_number: int, name: str) -> str:
    """What a value of a row is sealed as."""
    return f"{row_number}:{name}"


def told_field(candidate: Candidate) -> str:
    """What a NIK that the village told is sealed as."""
    return f"candidate:{candidate.pk}:nik"


def open_one(person: Person, name: str, key: SubjectKey) -> str | None:
    """One sealed value of somebody; None where there is none."""
    sealed = getattr(person, name)
    return key.open(field_of(person.row_number, name), sealed) if sealed else None


def opened(person: Person, key: SubjectKey) -> dict[str, str | None]:
    """All of them, by field."""
    return {name: open_one(person, name, key) for name in SEALED}


def nik_of(one: Candidate, key: SubjectKey | None) -> str:
    """A candidate's whole NIK: what the village told, or what the register says; '' where the register is gone."""
    if key is None:
        return ""
    if one.nik is not None:
        return key.open(told_field(one), one.nik)
    return (open_one(one.person, "nik", key) or "") if one.person is not None else ""
