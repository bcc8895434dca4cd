"""The reader's language: the account's, else the cookie's, else Indonesian."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from jamsostek.core.text import LANGUAGES, speaking

COOKIE = "jamsostek_language"


class LanguageMiddleware:
    """Speaks one language for one request, in our texts and in those of Django and its libraries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = language_of(request)
        with speaking(chosen), translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def language_of(request: HttpRequest) -> str:
    """'id' or 'en'."""
    asked = request.COOKIES.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    user = getattr(request, "user", None)
    known = getattr(user, "language", None) if user is not None and user.is_authenticated else None
    return known if known in LANGUAGES else settings.LANGUAGE_CODE
