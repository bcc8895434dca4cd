"""Codes that bring somebody back in: printed at an office or mailed, good once, for two days, for five tries.

A code is ten letters and digits (49 bits); only its HMAC is kept, under a key outside the database. A code of kind FACTOR
takes away a lost second factor and asks for the password too; nobody issues both kinds to one account, so that one
officer alone never holds all that opens it.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets

from django.db.models import F, QuerySet
from django.utils import timezone

from jamsostek.access import audit, sessions
from jamsostek.access.actions.passwords import set_password
from jamsostek.access.authority import may_repair
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.guesses import forgive
from jamsostek.access.models import ResetCode, User
from jamsostek.access.queries import held_by
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.access.usernames import tidy
from jamsostek.access.vault import blind_index
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _

LIVES = dt.timedelta(hours=48)
TRIES = 5
MAIL_AGAIN = dt.timedelta(minutes=10)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without signs that look alike on paper: 0 O, 1 I L, U V."""
LENGTH = 10
PRINTED, MAILED, FACTOR = "printed", "mailed", "factor"


def issue_code(*, user_id: int, now: dt.datetime, reason: str = "") -> str:
    """A printed code for a user in one's scope; codes before it are void. Raises `Refused`."""
    user = _repairable(user_id, now)
    _two_people(user, FACTOR, now)
    return _new_code(user, PRINTED, now, reason)


def issue_first_code(*, user_id: int, now: dt.datetime) -> str:
    """As `issue_code`, by whoever may give grants, for an account whose holder has not chosen a password yet."""
    user = _repairable(user_id, now, Can.GIVE_GRANT)
    if user.has_usable_password():
        raise not_yours(_("Akun ini sudah dipakai; kode baru dibuat oleh kantor cabang."))
    return _new_code(user, PRINTED, now, "")


def issue_factor_code(*, user_id: int, now: dt.datetime, reason: str = "") -> str:
    """A printed code that takes away a lost second factor. Raises `Refused`."""
    user = _repairable(user_id, now)
    _two_people(user, PRINTED, now)
    return _new_code(user, FACTOR, now, reason)


def issue_for_mail(*, user_id: int, made_by: int | None, now: dt.datetime) -> tuple[User, str] | None:
    """A code to be mailed, for the job that mails it; None where the account takes no mail, or has just been sent one."""
    if not current().system:
        raise not_yours()
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or ResetCode.objects.filter(user=user, way=MAILED, made_at__gt=now - MAIL_AGAIN).exists():
        return None
    return user, _new_code(user, MAILED, now, "", made_by)


def check_mailable(*, user_id: int, now: dt.datetime) -> None:
    """Raises `Refused` where an account is not one's own to repair, `InputError` where it takes no mail."""
    if not _repairable(user_id, now).email:
        raise InputError(_("Akun ini tidak punya alamat surel."), remedy=_("Cetak kodenya."))


def _repairable(user_id: int, now: dt.datetime, can: Can = Can.RESET_LOGIN) -> User:
    scope = current()
    if user_id == scope.user_id:
        raise Refused(_("Kode untuk akun sendiri dibuat oleh petugas lain."))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not may_repair(scope, can, held_by(user_id, month_of(timezone.localdate(now)))):
        raise not_yours(_("Akun ini tidak ada, atau di luar kewenangan Anda."))
    return user


def _two_people(user: User, other: str, now: dt.datetime) -> None:
    """Refuses whoever issued the other kind of code to this account while that one may still be in use."""
    by = current().user_id
    if by is not None and ResetCode.objects.filter(user=user, way=other, made_by_id=by, made_at__gt=now - LIVES).exists():
        raise Refused(
            _("Kode sandi dan kode pengaman untuk satu akun dibuat oleh dua petugas."),
            remedy=_("Minta petugas lain yang berwenang membuat kode yang kedua."),
        )


def _new_code(user: User, way: str, now: dt.datetime, reason: str, made_by: int | None = None) -> str:
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    _live(user, way == FACTOR, now).update(expires_at=now)
    ResetCode.objects.create(
        user=user, digest=_digest(user.pk, code), way=way, made_by_id=current().user_id or made_by, expires_at=now + LIVES
    )
    audit.record("account.code_issued", "user", user.pk, fields=(way,), reason=reason)
    return f"{code[:5]}-{code[5:]}"


def _live(user: User, factor: bool, now: dt.datetime) -> QuerySet[ResetCode]:
    rows = ResetCode.objects.filter(user=user, used_at=None, expires_at__gt=now, tries__lt=TRIES)
    return rows.filter(way=FACTOR) if factor else rows.exclude(way=FACTOR)


def _digest(user_id: int, code: str) -> bytes:
    return blind_index("reset", f"{user_id}:{code}")


def use_code(*, username: str, code: str, password: str, now: dt.datetime) -> bool:
    """Sets a new password by a code. False for a code that is wrong, void or of nobody: which, is not said.

    A wrong try is counted in this transaction: the caller commits, whatever the answer. Raises `InputError` for a password
    that cannot be taken; the code stays good.
    """
    row = _right(username, code, False, now)
    if row is None:
        return False
    set_password(row.user, password)
    _spend(row, now)
    sessions.end(row.user)
    audit.record("account.password_reset", "user", row.user_id, fields=(row.way,))
    return True


def use_factor_code(*, username: str, code: str, password: str, now: dt.datetime) -> bool:
    """Takes away the second factor of whoever holds both the code and the password. Else as `use_code`."""
    from allauth.mfa.models import Authenticator

    row = _right(username, code, True, now)
    if row is None:
        return False
    if not row.user.check_password(password):
        ResetCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        return False
    _spend(row, now)
    Authenticator.objects.filter(user=row.user).delete()
    sessions.end(row.user)
    audit.record("account.second_factor_dropped", "user", row.user_id)
    return True


def _right(username: str, code: str, factor: bool, now: dt.datetime) -> ResetCode | None:
    """The live code of this account, if that is what was typed; else a try is counted where there is one to count."""
    typed = "".join(code.upper().split()).replace("-", "")
    user = User.objects.filter(username=tidy(username), is_active=True).first()
    wanted = _digest(user.pk if user else 0, typed)
    row = (
        _live(user, factor, now).select_for_update(of=("self",)).select_related("user").order_by("-id").first() if user else None
    )
    if row is None:
        return None
    if hmac.compare_digest(bytes(row.digest), wanted):
        return row
    ResetCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    audit.record("account.code_refused", "user", row.user_id)
    return None


def _spend(row: ResetCode, now: dt.datetime) -> None:
    row.used_at = now
    row.save(update_fields=["used_at"])
    forgive(row.user.username)


def check_typed(code: str) -> None:
    """Raises `InputError` for what cannot be a code at all, whoever it is for."""
    if len("".join(code.split()).replace("-", "")) != LENGTH:
        raise InputError(
            _("Kode terdiri dari {count} huruf dan angka.").format(count=LENGTH),
            field="code",
            remedy=_("Salin dari kertas atau surel; tanda hubung boleh dilewati."),
        )
