"""Passwords: set after the rules, changed by their owner."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jamsostek.access import audit, sessions
from jamsostek.access.errors import Refused
from jamsostek.access.models import User
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _


def set_password(user: User, password: str, *, field: str = "password") -> None:
    """Sets a password after the rules for passwords; raises `InputError` in their words."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(" ".join(error.messages), field=field) from error
    user.set_password(password)
    user.save(update_fields=["password"])


def change_password(*, user: User, old: str, new: str, session_key: str | None) -> None:
    """Changes one's own password; every other device is signed out. Raises `InputError`, `Refused`."""
    if user.pk != current().user_id:
        raise Refused(_("Kata sandi orang lain tidak dapat diubah dari sini."))
    if not user.check_password(old):
        audit.record("account.password_refused", "user", user.pk)
        raise InputError(_("Kata sandi sekarang salah."), field="old", remedy=_("Ketik ulang kata sandi yang dipakai sekarang."))
    set_password(user, new, field="new")
    sessions.end(user, but=session_key)
    audit.record("account.password_changed", "user", user.pk)
