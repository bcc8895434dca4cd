"""The end of a register: stopped, deleted, its right over. Millions of people go in a job, in a few statements."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, everything_in_sight, system_scope
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files import actions as files
from jamsostek.outreach.actions.registers.common import held
from jamsostek.outreach.models import Register

CLEAR = "registers.clear"
AT_ONCE = 20_000
"""So many people go while somebody waits; more in a job."""
_GONE = ("cancelled", "deleted")


def cancel(*, register_id: int, now: dt.datetime) -> Register:
    """Stops a register that waits for its columns or is read; what was read goes."""
    register = held(register_id)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state not in ("mapping", "received", "reading"):
        raise InputError(_("Daftar ini sudah selesai dibaca."), remedy=_("Hapus daftarnya bila tidak diperlukan."))
    kept = {"file_kind": register.profile.get("file_kind", "")}
    Register.objects.filter(pk=register.pk).update(state="cancelled", finished_at=now, profile=kept)
    audit.record("register.cancelled", "register", register.pk, fields=("state",))
    _gone(register, now)
    return held(register_id)


def delete(*, register_id: int, reason: str, now: dt.datetime) -> Register:
    """Deletes everybody of a register with the key of what was sealed; counts and decisions without names stay.

    Of a large one nothing can be seen or used from now on, and a job deletes the rows.
    """
    register = held(register_id)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state == "deleted" or register.deleted_reason:
        return register
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa daftar ini dihapus."))
    Register.objects.filter(pk=register.pk).update(deleted_reason=reason.strip(), deleted_by=current().user_id)
    audit.record("register.deleted", "register", register.pk, fields=("people",), reason=reason.strip())
    _gone(register, now)
    return held(register_id)


def _gone(register: Register, now: dt.datetime) -> None:
    if register.rows_kept > AT_ONCE:
        enqueue(CLEAR, register_id=register.pk)
    else:
        _clear(register.pk, now)


def clear(register_id: int, *, now: dt.datetime) -> None:
    """Deletes the rows of a register that was cancelled or is to be deleted; of any other nothing."""
    with acting(system_scope(_("Penghapus daftar"))):
        _clear(register_id, now)


def _clear(register_id: int, now: dt.datetime) -> None:
    register = held(register_id)
    if register.state != "cancelled" and not register.deleted_reason:
        return
    with connection.cursor() as cursor:
        runs = "SELECT id FROM outreach_run WHERE register_id = %(id)s"
        cursor.execute(f"DELETE FROM outreach_link WHERE run_id IN ({runs})", {"id": register_id})  # noqa: S608
        for table in ("problem", "person"):
            cursor.execute(f"DELETE FROM outreach_{table} WHERE register_id = %(id)s", {"id": register_id})  # noqa: S608
    if register.deleted_reason and register.state != "deleted":
        Register.objects.filter(pk=register_id).update(state="deleted", wrapped=None, deleted_at=now, profile={}, kinds={})
    with everything_in_sight():  # another region may have sent the same file
        if not Register.objects.filter(file_digest=register.file_digest).exclude(state__in=_GONE).exists():
            files.forget(register.file_digest, now=now)


def expire(*, today: dt.date, now: dt.datetime) -> int:
    """Deletes registers whose right has ended; returns how many."""
    ended = Register.objects.filter(keep_until__lt=today, deleted_reason="").exclude(state="deleted")
    for register_id in (numbers := list(ended.values_list("pk", flat=True))):
        delete(register_id=register_id, reason=_("Dasar hukumnya berakhir."), now=now)
    return len(numbers)
