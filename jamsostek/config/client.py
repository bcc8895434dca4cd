"""Who calls, for the lock against guessing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

COOL_OFF = timedelta(minutes=15)


def address(request: HttpRequest) -> str:
    """The visitor's address: of X-Forwarded-For only what our own proxies wrote is believed."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies: int = settings.JAMSOSTEK_PROXIES
    if not proxies or not told:
        return direct
    return str(told[-min(proxies, len(told))])


def cool_off(_request: HttpRequest | None = None) -> timedelta:
    """How long an account stays locked."""
    return COOL_OFF
