"""Stores, reads and forgets files."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from jamsostek.access.vault import new_key, unwrap
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files.models import StoredFile

_NONCE = 12


class FileGone(InputError):
    """A file that was forgotten when its time was over."""


def store(content: bytes, *, retention: str) -> str:
    """Keeps a content and returns its digest; the same content again is the same file."""
    digest = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(pk=digest, forgotten_at=None).first()
    if known is not None and known.wrapped is not None and _path(digest, known.wrapped).exists():
        return digest
    key, wrapped = new_key(f"file:{digest}")
    _write(_path(digest, wrapped), _seal(key.cipher, digest, content))
    fresh = {"size": len(content), "wrapped": wrapped, "retention": retention, "forgotten_at": None}
    StoredFile.objects.update_or_create(digest=digest, defaults=fresh)
    return digest


def read(digest: str) -> bytes:
    """A content again; raises `FileGone`."""
    row = StoredFile.objects.filter(pk=digest).first()
    if row is None or row.wrapped is None:
        raise FileGone(_("Berkas ini sudah dihapus."), remedy=_("Kirim ulang berkasnya bila masih diperlukan."))
    sealed = _path(digest, row.wrapped).read_bytes()
    key = unwrap(f"file:{digest}", row.wrapped)
    return key.cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())


def forget(digest: str, *, now: dt.datetime) -> None:
    """Destroys the key and the bytes; what refers to the digest stays."""
    row = StoredFile.objects.filter(pk=digest).first()
    if row is not None and row.wrapped is not None:
        StoredFile.objects.filter(pk=digest).update(wrapped=None, forgotten_at=now)
        _path(digest, row.wrapped).unlink(missing_ok=True)


def _seal(cipher: AESGCM, digest: str, content: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, content, digest.encode())


def _path(digest: str, wrapped: bytes | memoryview) -> Path:
    """Under its content and its key: two who keep the same content at once each write a file that their own key opens."""
    mark = hashlib.sha256(bytes(wrapped)).hexdigest()[:16]
    return Path(settings.JAMSOSTEK_DATA) / "files" / digest[:2] / f"{digest}.{mark}"


def _write(path: Path, sealed: bytes) -> None:
    """Whole or not at all: written aside, flushed, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name[:8]}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
