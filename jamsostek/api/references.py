"""Names for rows that have no public number, and places in a list: sealed, so that they say nothing and cannot be made up.

The same row always has the same reference (AES-SIV), so that an address can be kept.
"""

from __future__ import annotations

import base64
import binascii
import json
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from jamsostek.access.vault import blind_index
from jamsostek.api.problems import Problem, Wrong, unknown
from jamsostek.core.text import _

REFERENCE_LETTERS = 32
"""24 bytes: the id and its seal."""


@cache
def _cipher(kind: str) -> AESSIV:
    return AESSIV(blind_index("api_reference", f"{kind}:1") + blind_index("api_reference", f"{kind}:2"))


def _sealed(kind: str, content: bytes) -> str:
    return base64.urlsafe_b64encode(_cipher(kind).encrypt(content, None)).rstrip(b"=").decode()


def _opened(kind: str, text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return _cipher(kind).decrypt(raw, None)
    except (binascii.Error, InvalidTag, ValueError):
        return None


def reference(kind: str, row_id: int) -> str:
    """The name of a row outside: 32 letters, digits, - and _."""
    return _sealed(kind, row_id.to_bytes(8, "big"))


def row_of(kind: str, text: str) -> int:
    """The row of a reference; raises a 404 for one that we did not make."""
    content = _opened(kind, text)
    if content is None:
        raise unknown()
    return int.from_bytes(content, "big")


def cursor(listed: str, place: list[Any]) -> str:
    """Where the next page of a list begins; `listed` names the list with its filters."""
    return _sealed(f"cursor:{listed}", json.dumps(place, separators=(",", ":")).encode())


def place_of(listed: str, text: str | None) -> list[Any] | None:
    """The place a cursor stands for; raises a 422 for a cursor of another list, other filters, or none of ours."""
    if text is None:
        return None
    content = _opened(f"cursor:{listed}", text)
    if content is None:
        told = Wrong("cursor", _("Penanda halaman ini bukan dari daftar ini."), None, _("Mulai lagi tanpa cursor."))
        raise Problem(422, told.message, errors=(told,))
    place: list[Any] = json.loads(content)
    return place
