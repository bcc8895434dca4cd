"""The keys of cards: one signs, many verify, and a public file says which (a JSON Web Key Set, RFC 7517 and RFC 8037).

Keys rotate by adding: a key signs between its days, and what it signed in those days stays verifiable as long as it
stands in the file. A key that was stolen is taken out of the file; its cards then answer "unknown key".
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.card.claims import day_of, instant

KEY_ID_BYTES = 8
_ONE_DAY = dt.timedelta(days=1)


def key_id(public: bytes) -> bytes:
    """What names a key in a token: the first eight bytes of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


@dataclass(frozen=True)
class PublicKey:
    """A key that verifies: its 32 bytes, whose it is, and the days (in Jakarta) on which it signs or signed."""

    raw: bytes
    issuer: str
    first_day: dt.date
    last_day: dt.date | None = None

    @cached_property
    def id(self) -> bytes:
        """What names this key in a token."""
        return key_id(self.raw)

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether this key made the signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def could_sign_on(self, day: dt.date) -> bool:
        """Whether this key signed on that day."""
        return self.first_day <= day <= (self.last_day or dt.date.max)


KeySet: TypeAlias = dict[bytes, PublicKey]
"""Public keys by their ids."""


@dataclass(frozen=True)
class SigningKey:
    """A key that signs cards of one issuer. The private half is never shown."""

    private: Ed25519PrivateKey = field(repr=False)
    issuer: str
    first_day: dt.date
    last_day: dt.date | None = None
    public: PublicKey = field(init=False)
    """The half to publish; derived once, for a bulk run signs 50,000 times."""

    def __post_init__(self) -> None:
        raw = self.private.public_key().public_bytes_raw()
        object.__setattr__(self, "public", PublicKey(raw, self.issuer, self.first_day, self.last_day))


def key_set(keys: Iterable[PublicKey]) -> KeySet:
    """Keys by their ids."""
    return {key.id: key for key in keys}


def publish(keys: Iterable[PublicKey]) -> str:
    """The file of public keys, oldest first: what `/kartu/kunci.json` serves and `jamsostek card verify --keys` reads."""
    ordered = sorted(keys, key=lambda key: (key.first_day, key.id))
    return json.dumps({"keys": [_to_jwk(key) for key in ordered]}, indent=1) + "\n"


def _to_jwk(key: PublicKey) -> dict[str, Any]:
    jwk: dict[str, Any] = {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": _base64url(key.id),
        "x": _base64url(key.raw),
        "iss": key.issuer,
        "nbf": instant(key.first_day),
    }
    if key.last_day:
        jwk["exp"] = instant(key.last_day + _ONE_DAY)
    return jwk


def read_keys(text: str | bytes) -> KeySet:
    """Reads a file of public keys; raises `InputError` for what is not one. Keys of other kinds are passed over."""
    try:
        jwks = json.loads(text)["keys"]
        return key_set(_from_jwk(jwk) for jwk in jwks if jwk.get("crv") == "Ed25519")
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise InputError(
            _("Berkas kunci kartu tidak terbaca."),
            field="keys",
            remedy=_("Unduh lagi kunci.json dari halaman Periksa kartu."),
        ) from error


def _from_jwk(jwk: dict[str, Any]) -> PublicKey:
    last_day = day_of(jwk["exp"]) - _ONE_DAY if "exp" in jwk else None
    key = PublicKey(_bytes(jwk["x"]), str(jwk["iss"]), day_of(jwk["nbf"]), last_day)
    if len(key.raw) != 32 or _bytes(jwk["kid"]) != key.id:
        raise ValueError("a key and its id do not belong together")
    return key


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
