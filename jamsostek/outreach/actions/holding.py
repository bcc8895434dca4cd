"""A programme held while something is done to it."""

from __future__ import annotations

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.outreach.models import Programme


def held(programme_id: int, can: Can, *states: str) -> Programme:
    """A programme held for this transaction, where the right is there and it is in one of `states`."""
    row = Programme.objects.select_for_update(no_key=True, of=("self",)).select_related("rule").filter(pk=programme_id).first()
    if row is None:
        raise not_yours(_("Program ini tidak ada, atau bukan milik daerah Anda."))
    current().need(can, Place(regency=row.region_code))
    if states and row.state not in states:
        raise InputError(
            _("Program ini belum dibuka, atau sudah ditutup."), remedy=_("Minta kepala daerah membukanya lebih dahulu.")
        )
    return row
