"""Bodies with photos: refused by their announced length, before any of it is read."""

from __future__ import annotations

from django.http import HttpRequest

from jamsostek.core.errors import InputError
from jamsostek.messages.evidence.reader import too_large
from jamsostek.messages.evidence.records import DEFAULT, Limits

AT_ONCE = 4
"""So many photos come in one go; a phone sends one after the other all the same."""
FORM_BYTES = 64 << 10


def most_bytes() -> int:
    """What one sending may weigh: as many files as come at once, each at its most, and the form around them."""
    return AT_ONCE * DEFAULT.file_bytes + FORM_BYTES


def refused_by_length(request: HttpRequest) -> InputError | None:
    """What to say to a body that is too long; such an answer closes the connection, for nobody reads the rest."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if str(length).isdecimal() else most_bytes() + 1
    return too_large(size, Limits(file_bytes=most_bytes()))
