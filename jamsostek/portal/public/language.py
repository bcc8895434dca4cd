"""The switch of language: remembered in a cookie, which the language middleware reads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jamsostek.access.actions.accounts import choose_language
from jamsostek.access.doors import PUBLIC, door
from jamsostek.access.language import COOKIE
from jamsostek.core.text import LANGUAGES
from jamsostek.portal.screens import back_to


# Exempt so that a page for everyone needs no token of its own and stays the same for all: the worst a forged request
# can do is change the language.
@csrf_exempt
@door(PUBLIC)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Sets the cookie and goes back to the page the switch was on."""
    response = HttpResponseRedirect(back_to(request, "/"))
    chosen = request.POST.get("language")
    if chosen in LANGUAGES:
        if request.user.is_authenticated:
            choose_language(user=request.user, language=chosen)
        response.set_cookie(
            COOKIE, chosen, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response
