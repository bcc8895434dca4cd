"""Who calls: a token in the `Authorization` header, or the same browser session as the portal's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from ninja.utils import check_csrf

from jamsostek.access.actions.tokens import find_token
from jamsostek.access.doors import has_second_factor
from jamsostek.access.roles import STAFF
from jamsostek.access.scope import Scope, scope_of
from jamsostek.api.problems import Problem
from jamsostek.core.months import month_of
from jamsostek.core.text import _

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="jamsostek"'}
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Caller:
    """Who calls, and what the counters know them by."""

    scope: Scope
    known_by: str


class NotAToken(Problem):
    """A token that is not, or no longer, one of ours; guesses are counted."""


def caller_of(request: HttpRequest, now: dt.datetime, today: dt.date, address: str) -> Caller:
    """The caller of a request; a visitor without a sign-in is one too. Raises `Problem`."""
    given = request.headers.get("Authorization")
    if given is not None:
        return _by_token(given, now, today, request.id)  # type: ignore[attr-defined]
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if scope.user_id is None:
        return Caller(scope, f"address:{address}")
    return _by_session(request, scope)


def _by_token(given: str, now: dt.datetime, today: dt.date, request_id: str) -> Caller:
    kind, _space, text = given.partition(" ")
    found = find_token(text.strip(), now) if kind.lower() == "bearer" and text.isascii() and text.isprintable() else None
    if found is None:
        raise NotAToken(
            401,
            _("Token ini tidak dikenal, sudah dicabut, atau habis masanya."),
            _("Kirim Authorization: Bearer jk_… dengan token yang berlaku; token baru dibuat di halaman akun Anda."),
            headers={"WWW-Authenticate": f'{CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'},
        )
    user, allowed = found
    return Caller(scope_of(user, month_of(today), allowed=allowed, request=request_id), f"user:{user.pk}")


def _by_session(request: HttpRequest, scope: Scope) -> Caller:
    """As the door took them in; what a page of another site sends is refused."""
    if request.method not in SAFE and check_csrf(request) is not None:
        raise Problem(
            403,
            _("Permintaan ini tidak berasal dari halaman kami."),
            _("Dari peramban, kirim X-CSRFToken; dari program, pakai token API."),
        )
    if scope.roles & STAFF and not has_second_factor(request):
        raise Problem(403, _("Akun petugas memerlukan langkah kedua saat masuk."), resolve_url(settings.MFA_SETUP_URL))
    return Caller(scope, f"user:{scope.user_id}")
