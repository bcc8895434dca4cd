"""Accounts: opening one, changing its password and language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from jamsostek.access import audit, sessions
from jamsostek.access.actions.codes import issue_first_code
from jamsostek.access.actions.grants import give_grant
from jamsostek.access.actions.passwords import set_password
from jamsostek.access.errors import not_yours
from jamsostek.access.models import Grant, User
from jamsostek.access.roles import Can, Kind, Role
from jamsostek.access.scope import current
from jamsostek.access.usernames import KPJ, LONG_NUMBER, NAME, tidy
from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, _


@dataclass(frozen=True)
class Invitation:
    """A new account, and the code its holder sets a password with. The code is told this once."""

    user_id: int
    username: str
    code: str


@transaction.atomic
def invite(
    *,
    username: str,
    name: str,
    role: str,
    kind: str,
    target: int,
    from_month: int,
    now: dt.datetime,
    email: str = "",
    language: str = "id",
    reason: str = "",
) -> Invitation:
    """Opens an account for somebody else, with a role and a printed code. Raises `Refused`, `InputError`."""
    current().need(Can.GIVE_GRANT)
    user = _new_user(username, name, email, language)
    give_grant(user_id=user.pk, role=role, kind=kind, target=target, from_month=from_month, reason=reason)
    return Invitation(user.pk, user.username, issue_first_code(user_id=user.pk, now=now))


@transaction.atomic
def open_own_account(*, username: str, password: str, name: str, participant_id: int, month: int, language: str = "id") -> User:
    """Opens the account of somebody who has just registered themself; under the installation's own scope only."""
    if not current().system:
        raise not_yours()
    user = _new_user(username, name, "", language, own=True)
    set_password(user, password)
    give_grant(user_id=user.pk, role=Role.WORKER, kind=Kind.SELF, target=participant_id, from_month=month)
    return user


def _new_user(username: str, name: str, email: str, language: str, *, own: bool = False) -> User:
    username, name, email = tidy(username), " ".join(name.split()), email.strip().lower()
    _check_username(username, own)
    if User.objects.filter(username=username).exists():
        raise _taken(username)
    if not 2 <= len(name) <= 120:
        raise InputError(_("Nama belum diisi."), field="name", remedy=_("Tulis nama orangnya."))
    _check_email(email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, None, name=name, email=email, language=language)
    except IntegrityError:  # somebody took it in this very moment
        raise _taken(username) from None
    audit.record("account.opened", "user", user.pk)
    return user


def _check_username(username: str, own: bool) -> None:
    if own and KPJ.fullmatch(username):
        return
    if LONG_NUMBER.search(username):
        raise InputError(
            _("Nama pengguna memuat angka yang panjang."),
            field="username",
            remedy=_("Jangan memakai NIK atau nomor telepon; nama pengguna terlihat oleh orang lain."),
        )
    if not NAME.fullmatch(username):
        raise InputError(
            _("Nama pengguna ini tidak dapat dipakai."),
            field="username",
            value=username,
            remedy=_("Pakai 3 sampai 40 huruf kecil, angka, titik, atau garis; huruf di depan."),
        )


def _taken(username: str) -> InputError:
    told = _("Nama pengguna {name} sudah dipakai.").format(name=username)
    return InputError(told, field="username", value=username, remedy=_("Pilih nama lain."))


def _check_email(email: str) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise InputError(
            _("Alamat surel ini tidak terbaca."), field="email", remedy=_("Bentuknya nama@contoh.id, atau kosongkan.")
        ) from error


def close_accounts_of(participant_ids: Iterable[int], *, now: dt.datetime) -> None:
    """Ends the grants of people over themselves whose data are erased; an account that opens nothing else is closed, nameless.

    Whoever calls has asked for the right to erase.
    """
    own = Grant.objects.filter(kind=Kind.SELF, target__in=list(participant_ids), ended_at=None)
    users = list(User.objects.filter(pk__in=own.values("user_id")))
    own.update(ended_at=now, ended_by_id=current().user_id)
    for user in users:
        if Grant.objects.filter(user=user, ended_at=None).exists():
            continue
        sessions.end(user)
        user.name, user.email, user.is_active = "-", "", False
        user.set_unusable_password()
        user.save(update_fields=["name", "email", "is_active", "password"])
        audit.record("account.closed", "user", user.pk)


def choose_language(*, user: User, language: str) -> None:
    """Remembers in which language somebody reads."""
    if language in LANGUAGES and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
