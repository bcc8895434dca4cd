"""What is searched for in a list of people. A search is posted, so that a NIK never stands in an address; all else goes on
to an address of its own, which can be kept and paged through."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect

LONGEST = 60


def asked(request: HttpRequest, name: str, default: str = "") -> str:
    """A field of the search, from wherever it came."""
    source = request.POST if request.method == "POST" else request.GET
    return str(source.get(name, default)).strip()[:LONGEST]


def to_address(request: HttpRequest, *names: str) -> HttpResponseRedirect | None:
    """The address of a search that was posted; None where there is nothing to go to: it was not posted, or it is a NIK."""
    if request.method != "POST" or _is_nik(asked(request, "cari")):
        return None
    query = {name: asked(request, name) for name in ("cari", *names)}
    return HttpResponseRedirect(f"{request.path}?{urlencode({name: text for name, text in query.items() if text})}")


def words(request: HttpRequest) -> str:
    """The words searched for; a NIK only where it was posted."""
    text = asked(request, "cari")
    return "" if request.method != "POST" and _is_nik(text) else text


def shown(request: HttpRequest) -> str:
    """What stands in the box again: never a NIK."""
    text = asked(request, "cari")
    return "" if _is_nik(text) else text


def _is_nik(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) > 13
