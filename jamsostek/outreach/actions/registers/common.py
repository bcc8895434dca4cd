"""What the steps of a register share."""

from __future__ import annotations

from jamsostek.access.errors import not_yours
from jamsostek.core.text import _
from jamsostek.outreach.models import Register


def held(register_id: int) -> Register:
    """A register in sight, kept from others until the transaction ends; raises `Refused`."""
    register = Register.objects.select_for_update(no_key=True).filter(pk=register_id).first()
    if register is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    return register
