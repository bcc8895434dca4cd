"""Keys for programs. A token never allows more than its owner's grants do at the moment it is used, and may allow less."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import ApiToken, User
from jamsostek.access.roles import ROLES, Can
from jamsostek.access.scope import current
from jamsostek.access.vault import blind_index
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

FORM = re.compile(r"jk_[A-Za-z0-9_-]{43}")
LONGEST = dt.timedelta(days=366)
AT_MOST = 20
SEEN_EVERY = dt.timedelta(minutes=1)
FOR_PEOPLE = frozenset({Can.GIVE_GRANT, Can.RESET_LOGIN, Can.SERVE_TICKET, Can.SHOW_SECRET, Can.ERASE, Can.MERGE})
"""What only somebody at the screen does: a stolen token shall not open doors, show whole numbers or undo people."""


@dataclass(frozen=True)
class Issued:
    """A new token; its text is told this once."""

    token_id: int
    text: str


def allowable() -> frozenset[Can]:
    """What a token of whoever asks could allow: what their roles may do, but for what only people do."""
    roles = current().roles
    return frozenset().union(*(ROLES[role].can for role in roles)) - FOR_PEOPLE


def issue_token(*, name: str, scopes: Collection[str], expires_at: dt.datetime, now: dt.datetime) -> Issued:
    """Makes a token for oneself; without scopes it only reads. Raises `InputError`, `Refused`."""
    scope = current()
    if scope.user_id is None or scope.allowed is not None:
        raise not_yours(_("Token dibuat oleh orangnya sendiri, di layar."))
    name = " ".join(name.split())
    if not 2 <= len(name) <= 80:
        raise InputError(
            _("Nama token belum diisi."), field="name", remedy=_("Tulis untuk apa token ini, misalnya nama programnya.")
        )
    unknown = sorted(set(scopes) - {str(can) for can in allowable()})
    if unknown:
        raise InputError(
            _("Peran Anda tidak mengizinkan ini."), field="scopes", value=", ".join(unknown), remedy=_("Pilih dari daftar.")
        )
    if not now < expires_at <= now + LONGEST:
        raise InputError(
            _("Masa berlaku token paling lama satu tahun."), field="expires", remedy=_("Pilih tanggal yang lebih dekat.")
        )
    if ApiToken.objects.filter(user_id=scope.user_id, revoked_at=None, expires_at__gt=now).count() >= AT_MOST:
        raise InputError(
            _("Sudah ada {count} token yang berlaku.").format(count=AT_MOST), remedy=_("Cabut yang tidak dipakai lagi.")
        )
    text = f"jk_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        user_id=scope.user_id, name=name, hint=text[-4:], digest=_digest(text), scopes=sorted(scopes), expires_at=expires_at
    )
    audit.record("token.issued", "user", scope.user_id, values={"name": name, "scopes": sorted(scopes)})
    return Issued(made.pk, text)


def revoke_token(*, token_id: int, now: dt.datetime) -> None:
    """Ends one of one's own tokens at once; raises `Refused`."""
    scope = current()
    row = ApiToken.objects.filter(pk=token_id, user_id=scope.user_id or 0).first()
    if row is None:
        raise not_yours(_("Token ini tidak ada."))
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        audit.record("token.revoked", "user", scope.user_id, values={"name": row.name})


def find_token(text: str, now: dt.datetime) -> tuple[User, frozenset[Can]] | None:
    """Whose token this is, and what it allows; None where it is none, lapsed or revoked. Needs no scope in force."""
    if not FORM.fullmatch(text):
        return None
    row = ApiToken.objects.select_related("user").filter(digest=_digest(text), revoked_at=None, expires_at__gt=now).first()
    if row is None or not row.user.is_active:
        return None
    if row.last_used_at is None or now - row.last_used_at > SEEN_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    known = set(Can)
    return row.user, frozenset(Can(one) for one in row.scopes if one in known)


def _digest(text: str) -> bytes:
    return blind_index("token", text)
