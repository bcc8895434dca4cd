"""What a killed worker left."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from jamsostek.outreach.models import Person, Register


def open_registers() -> list[int]:
    """What should be read: after a kill or a restart these are taken up again."""
    waiting = Register.objects.filter(state__in=("received", "reading"), deleted_reason="")
    return list(waiting.values_list("pk", flat=True))


def open_clearings() -> list[int]:
    """What should be deleted."""
    someone = Exists(Person.objects.filter(register_id=OuterRef("pk")))
    asked = Q(state="cancelled") & Q(someone) | ~Q(deleted_reason="") & ~Q(state="deleted")
    return list(Register.objects.filter(asked).values_list("pk", flat=True))
