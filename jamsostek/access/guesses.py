"""Guessing passwords: how many tries failed, under a name that does not say what was typed.

People type NIK and even passwords into the box for the username. So django-axes counts under a blind index of it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from jamsostek.access.usernames import tidy
from jamsostek.access.vault import blind_index

OFFER_HELP_AFTER = 3


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name django-axes counts under (AXES_USERNAME_CALLABLE)."""
    given = credentials or {}
    typed = given.get("username") or given.get("login") or (request.POST.get("login") if request else "") or ""
    return _index(str(typed))


def failures(request: HttpRequest) -> int:
    """How often sign-in failed from here for the username just typed."""
    from axes.handlers.proxy import AxesProxyHandler

    return int(AxesProxyHandler.get_failures(request, {"login": request.POST.get("login", "")})) if request.POST else 0


def forgive(username: str) -> None:
    """Forgets the failures of an account whose holder has proved themself another way."""
    from axes.models import AccessAttempt

    AccessAttempt.objects.filter(username=_index(username)).delete()


def _index(typed: str) -> str:
    return blind_index("login", tidy(typed)).hex()
