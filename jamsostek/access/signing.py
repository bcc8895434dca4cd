"""Ed25519 keys of the installation, one set for each purpose ("audit", "card"), outside the database, rotated by adding.

A purpose is a file `<keys>/<purpose>.json`: key ids with private keys, the newest last; it signs. Old ones stay, so that
what they signed can be verified for ever. A key id is the first eight bytes of the SHA-256 of the public key, in hex.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Key:
    """A signing key and its id."""

    id: str
    private: Ed25519PrivateKey
    since: str
    """The day it was made, YYYY-MM-DD."""

    @property
    def public(self) -> Ed25519PublicKey:
        """What verifies."""
        return self.private.public_key()


def key_id(public: Ed25519PublicKey) -> str:
    """Sixteen hex digits that name a public key."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.JAMSOSTEK_KEYS)


def keys(purpose: str) -> tuple[Key, ...]:
    """All keys of a purpose, the newest last; makes the first where there is none."""
    path = _folder() / f"{purpose}-signing.json"
    if not path.exists():
        rotate(purpose)
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> tuple[Key, ...]:
    found = []
    for one in json.loads(path.read_text()):
        private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(one["private"]))
        found.append(Key(key_id(private.public_key()), private, one["since"]))
    return tuple(found)


def key(purpose: str) -> Key:
    """The key that signs now."""
    return keys(purpose)[-1]


def public(purpose: str, wanted: str) -> Ed25519PublicKey:
    """The public key with an id; raises KeyError."""
    return {one.id: one.public for one in keys(purpose)}[wanted]


FIRST_DAY = "2015-07-01"
"""The first key of a purpose answers for every day since the scheme in force began."""


def rotate(purpose: str, since: str = FIRST_DAY) -> None:
    """Adds a key, which signs from the day `since` (YYYY-MM-DD) on; the one before signs no more."""
    path = _folder() / f"{purpose}-signing.json"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = json.loads(path.read_text()) if path.exists() else []
    private = Ed25519PrivateKey.generate()
    known.append({"since": since, "private": base64.b64encode(private.private_bytes_raw()).decode()})
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(known, file)
        file.flush()
        os.fsync(file.fileno())
    if len(known) == 1:
        with contextlib.suppress(FileExistsError):  # of two processes that make the first key at once, one wins
            os.link(fresh, path)
        fresh.unlink()
    else:
        fresh.replace(path)
