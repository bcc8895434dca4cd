"""Who holds a draft: the browser with its secret in a cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jamsostek.registry.actions.drafts import KEPT, Begun, find_draft

NAME = "jamsostek_draft"


def cookie_name() -> str:
    """With https the browser itself sees to it that nobody else may set it."""
    return f"__Host-{NAME}" if settings.SESSION_COOKIE_SECURE else NAME


def held(request: HttpRequest) -> tuple[str, Begun | None]:
    """The secret this browser holds, and the draft it opens."""
    secret = request.COOKIES.get(cookie_name(), "")[:100]
    return secret, find_draft(secret, now=timezone.now())


def hand(response: HttpResponse, secret: str) -> HttpResponse:
    """Gives the browser its secret, out of reach of scripts."""
    response.set_cookie(
        cookie_name(), secret, max_age=KEPT, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )
    return response


def take_back(response: HttpResponse) -> HttpResponse:
    """The browser forgets its secret."""
    response.delete_cookie(cookie_name(), samesite="Lax")
    return response
