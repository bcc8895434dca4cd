"""How often somebody may guess: at a member's birth date, at a claim's code, at a claim's number.

Many people share one address in a village hall, so asking is counted widely; what is counted narrowly is being wrong, from
one address and about one number, wherever the guesses come from.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from jamsostek.access.vault import blind_index
from jamsostek.core.text import _
from jamsostek.portal.filing.words import home_crumbs
from jamsostek.portal.screens import page

HOUR = 3600


@dataclass(frozen=True)
class Guess:
    """What may be guessed at, and how often in an hour: asked and wrong from one address, wrong about one number."""

    name: str
    asked: int = 300
    wrong: int = 20
    about: int = 10


MEMBER, CODE, NUMBER = Guess("member"), Guess("code"), Guess("number")


def used_up(request: HttpRequest, guess: Guess, about: str = "") -> bool:
    """Whether this address, or this number, has had its share of the hour."""
    here = _address(request)
    counts = ((guess.asked, "asked", here), (guess.wrong, "wrong", here), *([(guess.about, "about", about)] if about else []))
    return any(int(cache.get(_key(guess, what, whose), 0)) >= most for most, what, whose in counts)


def asked(request: HttpRequest, guess: Guess) -> None:
    """Counts a question."""
    _count(_key(guess, "asked", _address(request)))


def wrong(request: HttpRequest, guess: Guess, about: str = "") -> None:
    """Counts a wrong one, for the address and for the number."""
    _count(_key(guess, "wrong", _address(request)))
    if about:
        _count(_key(guess, "about", about))


def _address(request: HttpRequest) -> str:
    return str(get_client_ip_address(request))


def _count(key: str) -> None:
    if not cache.add(key, 1, HOUR):
        try:
            cache.incr(key)
        except ValueError:  # its hour ended in this very moment
            cache.set(key, 1, HOUR)


def _key(guess: Guess, what: str, whose: str) -> str:
    """Names no address and no number."""
    digits = "".join(sign for sign in whose if sign.isalnum()) or whose
    return f"filing:{guess.name}:{what}:{int(time.time()) // HOUR}:{blind_index('filing', digits).hex()}"


def too_often(request: HttpRequest) -> HttpResponse:
    """Too many wrong ones; an office goes on without that limit."""
    response = page(request, "filing/too_often.html", title=_("Terlalu sering"), crumbs=home_crumbs(), status=429)
    response["Retry-After"] = str(HOUR)
    return response
