"""Giving and ending roles. Nobody gives to themself (the database refuses it too), and an ended grant stays in sight."""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.authority import may_give
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Kind, Role
from jamsostek.access.scope import Held, current
from jamsostek.access.targets import find_one
from jamsostek.core.errors import InputError
from jamsostek.core.text import _


def give_grant(
    *, user_id: int, role: str, kind: str, target: int, from_month: int, to_month: int | None = None, reason: str = ""
) -> int:
    """Gives a role over something from a month on; returns the grant. Raises `Refused` and `InputError`."""
    scope = current()
    one = _checked(role, kind, target)
    if user_id == scope.user_id:
        raise Refused(_("Hak akses untuk diri sendiri diberikan oleh orang lain."), field="username")
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise InputError(_("Pengguna ini tidak ada."), field="username", remedy=_("Periksa nama penggunanya."))
    if to_month is not None and to_month < from_month:
        raise InputError(
            _("Bulan terakhir mendahului bulan pertama."), field="to_month", value=to_month, remedy=_("Tukar kedua bulannya.")
        )
    if Grant.objects.filter(user=user, role=one.role, kind=one.kind, target=target, ended_at=None).exists():
        raise InputError(
            _("{name} sudah memegang peran ini.").format(name=user.name),
            field="role",
            remedy=_("Tidak ada yang perlu dilakukan."),
        )
    made = Grant.objects.create(
        user=user,
        role=one.role,
        kind=one.kind,
        target=target,
        from_month=from_month,
        to_month=to_month,
        given_by_id=scope.user_id,
    )
    audit.record("grant.given", "user", user.pk, values=_told(one), reason=reason)
    return made.pk


def end_grant(*, grant_id: int, now: dt.datetime, reason: str = "") -> None:
    """Ends a grant at once; the next page its holder opens is refused."""
    scope = current()
    row = Grant.objects.select_for_update(no_key=True).filter(pk=grant_id).first()
    if row is None:
        raise not_yours(_("Hak akses ini tidak ada, atau di luar kewenangan Anda."))
    one = Held(Role(row.role), Kind(row.kind), row.target)
    if row.user_id == scope.user_id or not may_give(scope, one, find_one(one.kind, one.target)):
        raise not_yours(_("Hak akses ini tidak ada, atau di luar kewenangan Anda."))
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_by_id = now, scope.user_id
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record("grant.ended", "user", row.user_id, values=_told(one), reason=reason)


def _checked(role: str, kind: str, target: int) -> Held:
    """The grant asked for, if there can be such a one and it is ours to give."""
    if role not in set(Role) or kind not in set(Kind):
        raise InputError(_("Peran ini tidak ada."), field="role", value=role)
    one = Held(Role(role), Kind(kind), target)
    if one.kind not in ROLES[one.role].kinds:
        raise InputError(
            _("Peran {role} tidak dipegang atas hal ini.").format(role=_(ROLES[one.role].title)), field="role", value=role
        )
    found = find_one(one.kind, one.target)
    if not may_give(current(), one, found):
        raise not_yours(_("Peran ini, atas hal ini, bukan wewenang Anda untuk memberikannya."))
    if found is None:
        raise InputError(
            _("Yang akan dilayani tidak ditemukan."), field="target", value=target, remedy=_("Periksa nomor atau kodenya.")
        )
    return one


def _told(one: Held) -> dict[str, str]:
    return {"role": str(one.role), "over": f"{one.kind}:{one.target}"}
