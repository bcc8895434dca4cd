"""Who sent a webhook: Standard Webhooks (https://www.standardwebhooks.com, version 1.0.0), symmetric signatures `v1`.

Three headers: `webhook-id` (the same however often a notice is sent again), `webhook-timestamp` (Unix seconds of this
attempt), `webhook-signature` (`v1,` and the base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}`; several, blank between,
while a secret is changed). Secrets are `whsec_` and the base64 of 24 to 64 random bytes.

The library standardwebhooks reads the clock itself and knows one secret; tests use it to check this one. Not modelled:
asymmetric signatures (`v1a`), which are passed over. That a notice was not seen before (`Verified.id`) is for the receiver
to know: within the tolerance a copy verifies like the first.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jamsostek.core.errors import InputError
from jamsostek.core.numbers import RandomBytes
from jamsostek.core.text import _

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
SECRET_PREFIX = "whsec_"  # noqa: S105  (the prefix of all of them)
TOLERANCE_SECONDS = 300
_LONGEST_HEADER = 4096
_ID = re.compile(r"[!-\-/-~]{1,255}")
"""Printable, without blank and without the point that divides what is signed."""
_VERSION = "v1"


class SignatureError(InputError):
    """A webhook that is not to be believed; its sender is told no more than the class."""


class MissingHeader(SignatureError):
    """One of the three headers is missing or not of its form."""


class StaleTimestamp(SignatureError):
    """Sent too long ago, or too far ahead: a replay, or a clock that is wrong."""


class WrongSignature(SignatureError):
    """No signature was made with a secret we know, over what we received."""


@dataclass(frozen=True)
class Verified:
    """A webhook that its sender signed. `id` is the same in every attempt: what was done for it once is not done again."""

    id: str
    sent_at: dt.datetime


def make_secret(random: RandomBytes) -> str:
    """A new secret: 32 bytes of `random` (`os.urandom`)."""
    return SECRET_PREFIX + base64.b64encode(random(32)).decode()


def sign(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """The signature `v1,…` of a body sent at `timestamp` (Unix seconds) under `id`.

    Raises `InputError` for a secret that is none, ValueError for an id that could not be told from what follows it.
    """
    if not _ID.fullmatch(id):
        raise ValueError("a webhook's id is 1 to 255 printable signs without blanks and points")
    return f"{_VERSION},{base64.b64encode(_digest(_key(secret), id, timestamp, body)).decode()}"


def signed_headers(secret: str, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a signed body."""
    return {ID: id, TIMESTAMP: str(timestamp), SIGNATURE: sign(secret, id, timestamp, body)}


def verify(
    secrets: Iterable[str],
    headers: Mapping[str, str],
    body: bytes,
    now: dt.datetime,
    tolerance_seconds: int = TOLERANCE_SECONDS,
) -> Verified:
    """Says who a webhook is, if one of `secrets` signed exactly this body; `now` has a time zone.

    Raises `MissingHeader`, `StaleTimestamp` or `WrongSignature`; `InputError` for a secret of ours that is none. Every
    signature is compared with every secret in constant time.
    """
    assert now.tzinfo is not None
    keys = [_key(secret) for secret in secrets]
    given = {name.lower(): value for name, value in headers.items() if name.lower() in (ID, TIMESTAMP, SIGNATURE)}
    id, timestamp = _well_formed(given, ID, _ID), int(_well_formed(given, TIMESTAMP, re.compile(r"[0-9]{1,12}")))
    signatures = _well_formed(given, SIGNATURE, re.compile(rf"[ -~]{{1,{_LONGEST_HEADER}}}")).split()
    if abs(int(now.timestamp()) - timestamp) > tolerance_seconds:
        raise StaleTimestamp(
            _("Waktu kirim pemberitahuan terlalu jauh dari sekarang."),
            field=TIMESTAMP,
            value=timestamp,
            remedy=_("Kirim ulang dengan waktu yang baru; periksa jam kedua server."),
        )
    expected = [_digest(key, id, timestamp, body) for key in keys]
    matches = [hmac.compare_digest(one, _decoded(given_one)) for one in expected for given_one in signatures]
    if not any(matches):
        raise WrongSignature(
            _("Tanda tangan pemberitahuan tidak cocok."),
            field=SIGNATURE,
            remedy=_("Periksa rahasia bersama (whsec_…), dan tanda tangani byte yang persis dikirim."),
        )
    return Verified(id, dt.datetime.fromtimestamp(timestamp, dt.UTC))


def _well_formed(given: Mapping[str, str], name: str, form: re.Pattern[str]) -> str:
    value = given.get(name, "").strip()
    if not form.fullmatch(value):
        raise MissingHeader(
            _("Kepala {name} tidak ada atau tidak sesuai bentuknya.").format(name=name),
            field=name,
            value=value[:40],
            remedy=_("Kirim webhook-id, webhook-timestamp, dan webhook-signature menurut Standard Webhooks."),
        )
    return value


def _digest(key: bytes, id: str, timestamp: int, body: bytes) -> bytes:
    return hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()


def _decoded(signature: str) -> bytes:
    """The bytes of a signature of our version; of any other, bytes that match nothing."""
    version, _comma, text = signature.partition(",")
    try:
        return base64.b64decode(text, validate=True) if version == _VERSION else b""
    except binascii.Error:
        return b""


def _key(secret: str) -> bytes:
    """The bytes of a secret, which no error ever repeats."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True) if secret.startswith(SECRET_PREFIX) else b""
    except (binascii.Error, ValueError):
        key = b""
    if not 24 <= len(key) <= 64:
        raise InputError(
            _("Rahasia webhook tidak sesuai bentuknya."),
            field="secret",
            remedy=_("Bentuknya whsec_ diikuti base64 dari 24 sampai 64 byte acak."),
        )
    return key
