"""Stores, reads and forgets files: small ones whole, large ones in parts that are sealed one by one.

A file in parts begins with a nonce of its own; each part is sealed with that, its place and whether it is the last, so that parts
cannot be left out, added, or exchanged. Which way a file was stored shows in its name on the disk, never in its digest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from jamsostek.access.vault import new_key, unwrap
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.files.models import StoredFile

_NONCE = 12
_TAG = 16
_MARK = 7
PART = 1 << 20
"""Bytes of a part: what is in memory at once."""


class FileGone(InputError):
    """A file that was forgotten when its time was over."""


def store(content: bytes, *, retention: str) -> str:
    """Keeps a content and returns its digest; the same content again is the same file."""
    digest = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(pk=digest, forgotten_at=None).first()
    if known is not None and known.wrapped is not None and _stored(digest, known.wrapped) is not None:
        return digest
    key, wrapped = new_key(f"file:{digest}")
    _write(_path(digest, wrapped), _seal(key.cipher, digest, content))
    fresh = {"size": len(content), "wrapped": wrapped, "retention": retention, "forgotten_at": None}
    StoredFile.objects.update_or_create(digest=digest, defaults=fresh)
    return digest


def content_digest(content: bytes) -> str:
    """The SHA-256 of a content, as a file is kept under."""
    return hashlib.sha256(content).hexdigest()


def digest_of(file: IO[bytes]) -> str:
    """The SHA-256 of an open file, read in parts from its beginning."""
    file.seek(0)
    told = hashlib.sha256()
    while part := file.read(PART):
        told.update(part)
    return told.hexdigest()


def store_file(file: IO[bytes], *, retention: str) -> str:
    """As `store`, of an open file that is never whole in memory; it is read twice. `ValueError` where it changed meanwhile."""
    digest = digest_of(file)
    known = StoredFile.objects.filter(pk=digest, forgotten_at=None).first()
    if known is not None and known.wrapped is not None and _stored(digest, known.wrapped) is not None:
        return digest
    key, wrapped = new_key(f"file:{digest}")
    told = hashlib.sha256()
    size = _write_parts(_parts(digest, wrapped), key.cipher, digest, _told(file, told))
    if told.hexdigest() != digest:
        _parts(digest, wrapped).unlink()
        raise ValueError("the file changed while it was stored")
    fresh = {"size": size, "wrapped": wrapped, "retention": retention, "forgotten_at": None}
    StoredFile.objects.update_or_create(digest=digest, defaults=fresh)
    return digest


def read(digest: str) -> bytes:
    """A content again, whole in memory; raises `FileGone`."""
    return b"".join(_opened(digest))


@contextmanager
def opened(digest: str) -> Iterator[IO[bytes]]:
    """A content as an open file without a name, which is gone when it is closed; raises `FileGone`.

    It lies beside the stored files: a folder for temporary files may be in memory.
    """
    parts = _opened(digest)
    folder = Path(settings.JAMSOSTEK_DATA) / "files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=folder) as file:
        for part in parts:
            file.write(part)
        file.flush()
        file.seek(0)
        yield file


def _opened(digest: str) -> Iterator[bytes]:
    row = StoredFile.objects.filter(pk=digest).first()
    where = None if row is None or row.wrapped is None else _stored(digest, row.wrapped)
    if row is None or row.wrapped is None or where is None:
        raise FileGone(_("Berkas ini sudah dihapus."), remedy=_("Kirim ulang berkasnya bila masih diperlukan."))
    return _unsealed(where, unwrap(f"file:{digest}", row.wrapped).cipher, digest)


def _unsealed(where: Path, cipher: AESGCM, digest: str) -> Iterator[bytes]:
    with where.open("rb") as file:
        if where.suffix != ".parts":
            sealed = file.read()
            yield cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())
            return
        mark, place = file.read(_MARK), 0
        part = file.read(PART + _TAG)
        while part or place == 0:
            following = file.read(PART + _TAG)
            yield cipher.decrypt(_nonce(mark, place, last=not following), part, digest.encode())
            part, place = following, place + 1


def _told(file: IO[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    """The parts of a file, at least one; what they are is told to `digest`."""
    file.seek(0)
    part = file.read(PART)
    digest.update(part)
    yield part
    while part := file.read(PART):
        digest.update(part)
        yield part


def _nonce(mark: bytes, place: int, *, last: bool) -> bytes:
    return mark + place.to_bytes(4, "big") + bytes([last])


def forget(digest: str, *, now: dt.datetime) -> None:
    """Destroys the key and the bytes; what refers to the digest stays."""
    row = StoredFile.objects.filter(pk=digest).first()
    if row is not None and row.wrapped is not None:
        StoredFile.objects.filter(pk=digest).update(wrapped=None, forgotten_at=now)
        for where in (_path(digest, row.wrapped), _parts(digest, row.wrapped)):
            where.unlink(missing_ok=True)


def _seal(cipher: AESGCM, digest: str, content: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, content, digest.encode())


def _path(digest: str, wrapped: bytes | memoryview) -> Path:
    """Under its content and its key: two who keep the same content at once each write a file that their own key opens."""
    mark = hashlib.sha256(bytes(wrapped)).hexdigest()[:16]
    return Path(settings.JAMSOSTEK_DATA) / "files" / digest[:2] / f"{digest}.{mark}"


def _parts(digest: str, wrapped: bytes | memoryview) -> Path:
    path = _path(digest, wrapped)
    return path.with_name(f"{path.name}.parts")


def _stored(digest: str, wrapped: bytes | memoryview) -> Path | None:
    """Where it lies, whichever way it was stored."""
    return next((where for where in (_path(digest, wrapped), _parts(digest, wrapped)) if where.exists()), None)


def _write(path: Path, sealed: bytes) -> None:
    with _whole(path) as file:
        file.write(sealed)


def _write_parts(path: Path, cipher: AESGCM, digest: str, parts: Iterator[bytes]) -> int:
    """Seals each part as it comes; returns how many bytes there were."""
    mark, size, place = os.urandom(_MARK), 0, 0
    with _whole(path) as file:
        file.write(mark)
        part = next(parts)
        while part is not None:
            following = next(parts, None)
            file.write(cipher.encrypt(_nonce(mark, place, last=following is None), part, digest.encode()))
            size, place, part = size + len(part), place + 1, following  # type: ignore[assignment]
    return size


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file written whole or not at all: aside, flushed, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name[:8]}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
