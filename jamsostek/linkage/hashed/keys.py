"""The secret that two owners share for one agreement: made, kept as text, compared by its fingerprint, never shown."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

KEY_BYTES = 32
_HEAD = "jamsostek-hashed-key-1"
_CONSTANT = b"jamsostek hashed linkage: fingerprint"
_LONGEST_FILE = 1_000
_LONGEST_AGREEMENT = 200


def new_key() -> bytes:
    """A new random key. One for each agreement; never for a second."""
    return secrets.token_bytes(KEY_BYTES)


def checked_key(key: bytes) -> bytes:
    """The key, if it is one. Raises InputError for any other length, and for a key of equal bytes."""
    if len(key) != KEY_BYTES or len(set(key)) == 1:
        raise InputError(
            _("Kunci harus {wanted} byte acak; yang diberikan {seen} byte.").format(wanted=KEY_BYTES, seen=len(key)),
            field="key",
            remedy=_("Buat kunci baru, lalu berikan kepada mitra lewat jalur yang aman."),
        )
    return key


def fingerprint(key: bytes) -> str:
    """Eight hex digits that two owners read to each other to know that they have the same key."""
    return hmac.digest(checked_key(key), _CONSTANT, "sha256").hex()[:8]


def write_key(key: bytes, path: Path) -> str:
    """Writes a key as text that only its owner may read; gives its fingerprint. Raises InputError where a file is already."""
    mark = fingerprint(key)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InputError(
            _("Berkas {path} sudah ada; kunci tidak pernah ditimpa.").format(path=path), remedy=_("Pilih nama lain.")
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{_HEAD}\n{key.hex()}\n{mark}\n")
    return mark


def read_key(path: Path) -> bytes:
    """The key of a file of `write_key`. Raises InputError where it is none, or where a letter of it was changed."""
    with path.open("rb") as file:
        lines = file.read(_LONGEST_FILE).decode("ascii", "replace").split()
    try:
        head, text, mark = lines
        key = bytes.fromhex(text)
    except ValueError:
        head, key, mark = "", b"", ""
    if head != _HEAD:
        raise InputError(_("{path} bukan berkas kunci.").format(path=path), remedy=_("Minta kembali berkas kunci dari mitra."))
    if fingerprint(key) != mark:
        raise InputError(
            _("Kunci di {path} rusak: sidik jarinya tidak cocok.").format(path=path),
            remedy=_("Minta kembali berkas kunci dari mitra."),
        )
    return key


def checked_agreement(agreement: str) -> str:
    """The agreement's name without spaces around it. Raises InputError where it is empty or too long."""
    text = " ".join(agreement.split())
    if not text or len(text) > _LONGEST_AGREEMENT:
        raise InputError(
            _("Nama perjanjian harus 1 sampai {most} huruf.").format(most=_LONGEST_AGREEMENT),
            field="agreement",
            remedy=_("Tulis nomor perjanjian kerja sama persis seperti mitra menulisnya."),
        )
    return text


def secret_for(key: bytes, agreement: str, purpose: str) -> bytes:
    """A key for one purpose under one agreement: codes of two purposes, or of two agreements, have nothing in common."""
    return hmac.digest(checked_key(key), f"hashed-1\x00{agreement}\x00{purpose}".encode(), "sha256")
