"""The floor of the JHT return: one person records the banks' mean deposit rate with its source, another confirms it.

Rows are never changed. A correction is a further row; a rate already confirmed that falls below it is credited no longer.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.accounts.actions.rates import MOST_PPM, takes_examples
from jamsostek.accounts.errors import refusals
from jamsostek.accounts.queries.floors import Floor, floors
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import _

RECORD = (Can.PROJECT, Can.CLOSE_BOOKS)
CONFIRM = (Can.APPROVE_FUND, Can.CLOSE_BOOKS)


@dataclass(frozen=True)
class NewFloor:
    """What is recorded: the mean yearly deposit rate for the months from `from_month` to December, and where it stands.

    `invented` marks an example, which only an installation for demonstrations takes.
    """

    from_month: int
    rate_ppm: int
    source: str
    invented: bool = False


def _need(*one_of: Can) -> None:
    if not any(current().may(can) for can in one_of):
        raise not_yours()


def record(new: NewFloor) -> Floor:
    """Writes a deposit rate down; it holds once another person has confirmed it. Raises `InputError`, `Refused`."""
    _need(*RECORD)
    _check(new)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_floor (from_month, rate_ppm, source, invented, recorded_by) VALUES (%s, %s, %s, %s, %s)"
            " RETURNING id",
            [new.from_month, new.rate_ppm, new.source.strip(), new.invented, current().user_id],
        )
        (made,) = floors(ids=[cursor.fetchone()[0]])
    audit.record("accounts.floor_recorded", "floor", made.id, fields=("rate_ppm",))
    return made


def _check(new: NewFloor) -> None:
    if not 0 <= new.rate_ppm <= MOST_PPM:
        raise InputError(
            _("Tingkat setahun harus antara 0 dan {most}.").format(most=format_percent(MOST_PPM)), field="rate",
            value=new.rate_ppm, remedy=_("Tulis dalam persen setahun, misalnya 5,63."),
        )  # fmt: skip
    if not new.source.strip():
        raise InputError(_("Sumbernya belum diisi."), field="source", remedy=_("Tulis di mana bunga deposito ini diumumkan."))
    if new.invented and not takes_examples():
        raise InputError(
            _("Angka rekaan hanya untuk peragaan."), field="invented", remedy=_("Catat tingkat yang sungguh diumumkan.")
        )


def answer(*, floor_id: int, confirmed: bool, reason: str = "") -> Floor:
    """Confirms a deposit rate, another person than who recorded it; or refuses it and says why. Raises as `record`."""
    _need(*CONFIRM)
    asked = next(iter(floors(ids=[floor_id])), None)
    if asked is None:
        raise not_yours(_("Catatan bunga deposito ini tidak ada."))
    if asked.confirmed is not None:
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus disahkan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    if confirmed and user == asked.recorded_by:
        raise Refused(_("Anda sendiri yang mencatatnya."), remedy=_("Orang lain yang memeriksa sumbernya dan mengesahkannya."))
    if not confirmed and not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_flooranswer (floor_id, confirmed, reason, answered_by) VALUES (%s, %s, %s, %s)",
            [floor_id, confirmed, reason.strip(), user],
        )
    audit.record("accounts.floor_confirmed" if confirmed else "accounts.floor_refused", "floor", floor_id, reason=reason.strip())
    return floors(ids=[floor_id])[0]


__all__ = ["CONFIRM", "RECORD", "NewFloor", "answer", "record"]
