"""Keys outside the database: seals personal values, and finds them again without opening them.

- A person's values are sealed with that person's own key (AES-256-GCM; the row and field are associated data, so a value
  moved to another row does not open). The key is kept in the database only wrapped by the master key; destroying the
  wrapped key erases the person's values everywhere, in the audit trail too.
- A blind index is HMAC-SHA256 cut to 16 bytes, under a key that never enters the database: the space of NIK is only
  about 2^42, so a plain hash would protect nothing.

Keys are files in `settings.JAMSOSTEK_KEYS`, made on first use by an embedded installation; production provides them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
INDEX_BYTES = 16


class Unreadable(Exception):
    """A sealed value that this key does not open: another row's, altered, or the key is gone."""


@dataclass(frozen=True)
class Keys:
    """Master keys by name (the newest seals), and the key of the blind index."""

    current: str
    masters: dict[str, bytes]
    index: bytes

    def master(self, name: str) -> AESGCM:
        """The cipher of a master key; raises `Unreadable` for a name that is not kept any more."""
        if name not in self.masters:
            raise Unreadable(f"master key {name!r} is not here")
        return AESGCM(self.masters[name])


@cache
def keys_at(folder: Path) -> Keys:
    """The keys in a folder; makes them where the folder has none."""
    path = folder / "vault.json"
    if not path.exists():
        _make(path)
    told = json.loads(path.read_text())
    return Keys(told["current"], {name: _bytes(text) for name, text in told["masters"].items()}, _bytes(told["index"]))


def keys() -> Keys:
    """The keys of this installation."""
    from django.conf import settings

    return keys_at(Path(settings.JAMSOSTEK_KEYS))


def _make(path: Path) -> None:
    """Writes new keys once; of two processes at once the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = {"current": "m1", "masters": {"m1": _text(secrets.token_bytes(32))}, "index": _text(secrets.token_bytes(32))}
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


# --- a person's own key -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SubjectKey:
    """The open key of one subject ("participant:42")."""

    subject: str
    cipher: AESGCM

    def seal(self, field: str, text: str) -> bytes:
        """The value sealed for this subject and field."""
        nonce = os.urandom(_NONCE)
        return nonce + self.cipher.encrypt(nonce, text.encode(), f"{self.subject}:{field}".encode())

    def open(self, field: str, value: bytes | memoryview) -> str:
        """The value again; raises `Unreadable`."""
        sealed = bytes(value)
        try:
            return self.cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{self.subject}:{field}".encode()).decode()
        except (InvalidTag, ValueError):  # altered, or cut short
            raise Unreadable(field) from None


def new_key(subject: str) -> tuple[SubjectKey, bytes]:
    """A fresh key for a subject, and the same wrapped for the database."""
    mine = keys()
    key, nonce = os.urandom(32), os.urandom(_NONCE)
    wrapped = mine.current.encode() + b"\0" + nonce + mine.master(mine.current).encrypt(nonce, key, subject.encode())
    return SubjectKey(subject, AESGCM(key)), wrapped


def new_keys(subjects: Iterable[str]) -> list[tuple[SubjectKey, bytes]]:
    """As `new_key`, for many: the master cipher is made once."""
    mine = keys()
    master, head = mine.master(mine.current), mine.current.encode() + b"\0"
    made = []
    for subject in subjects:
        random = os.urandom(32 + _NONCE)
        key, nonce = random[:32], random[32:]
        made.append((SubjectKey(subject, AESGCM(key)), head + nonce + master.encrypt(nonce, key, subject.encode())))
    return made


def unwrap(subject: str, wrapped: bytes | memoryview) -> SubjectKey:
    """The key of a subject from its wrapped form; raises `Unreadable`."""
    name, _zero, rest = bytes(wrapped).partition(b"\0")
    try:
        key = keys().master(name.decode()).decrypt(rest[:_NONCE], rest[_NONCE:], subject.encode())
    except InvalidTag:
        raise Unreadable(subject) from None
    return SubjectKey(subject, AESGCM(key))


def house_key(purpose: str) -> SubjectKey:
    """A key of the installation for values that belong to no person (an employer's NPWP), derived from the master key."""
    mine = keys()
    key = hmac.new(mine.masters["m1"], b"house:" + purpose.encode(), hashlib.sha256).digest()
    return SubjectKey(purpose, AESGCM(key))


# --- finding without opening ------------------------------------------------------------------------------------------


def blind_index(kind: str, text: str) -> bytes:
    """Sixteen bytes that are equal when the values are; `kind` keeps equal texts of different fields apart."""
    return blind_indexes(kind, [text])[0]


def blind_indexes(kind: str, texts: Iterable[str]) -> list[bytes]:
    """As `blind_index`, for many."""
    key, head = keys().index, f"{kind}:"
    return [hmac.digest(key, (head + text).encode(), "sha256")[:INDEX_BYTES] for text in texts]
