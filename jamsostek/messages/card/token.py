"""A card's token: claims signed with Ed25519 as COSE_Sign1 (RFC 9052), in base45 (RFC 9285), prefix `JK1:`.

The two signs of base45 that a URL cannot carry, space and %, are percent-encoded (RFC 3986), always: so there is one
text of a token, on paper, in a link and in a message, and white space that slips in means nothing.

The envelope has one form only, compared byte for byte before anything is decoded; claims are decoded only when the
signature holds. One card, one token: no byte of it can be changed or written otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

import base45

from jamsostek.core.months import first_day
from jamsostek.core.text import N_, _, language
from jamsostek.messages.card.claims import CardClaims, from_payload, to_payload
from jamsostek.messages.card.keys import KEY_ID_BYTES, PublicKey, SigningKey

PREFIX = "JK1:"
LONGEST_TEXT = 4_000
"""Characters looked at; a token has about 300."""

_HEAD = bytes.fromhex("d2 84 4d a2 01 27 04 48")
"""COSE_Sign1 (tag 18), an array of 4; protected header of 13 bytes {1: -8 (EdDSA), 4: key id of 8 bytes}."""
_UNPROTECTED = b"\xa0"
_SIGNATURE = b"\x58\x40"
_SIGNATURE_BYTES = 64
_CONTEXT = b"\x84\x6aSignature1"
"""Sig_structure: an array of 4 that begins so, then the protected header, no external data, the payload."""
_TOKEN = re.compile(r"JK1:([0-9A-Z$%*+\-./:]+)(?:&.*)?\Z")


class State(StrEnum):
    """What verifying a token came to."""

    VALID = "valid"
    LAPSED = "lapsed"
    NOT_YET = "not_yet"
    NOT_GENUINE = "not_genuine"
    UNKNOWN_KEY = "unknown_key"
    UNREADABLE = "unreadable"


TITLES = {
    State.VALID: N_("Kartu berlaku"),
    State.LAPSED: N_("Kartu sudah tidak berlaku"),
    State.NOT_YET: N_("Kartu belum berlaku"),
    State.NOT_GENUINE: N_("Kartu tidak asli"),
    State.UNKNOWN_KEY: N_("Penerbit kartu tidak dikenal"),
    State.UNREADABLE: N_("Kode tidak terbaca"),
}
TEXTS = {
    State.VALID: N_("Kartu ini asli dan berlaku sampai akhir {until}."),
    State.LAPSED: N_("Kartu ini asli, tetapi masanya habis pada akhir {until}. Mintalah kartu baru sesudah iuran dibayar."),
    State.NOT_YET: N_("Kartu ini asli, tetapi baru berlaku mulai {since}. Periksa juga tanggal di perangkat Anda."),
    State.NOT_GENUINE: N_("Tanda tangannya tidak cocok dengan isinya. Jangan terima kartu ini; hubungi kantor cabang."),
    State.UNKNOWN_KEY: N_("Kunci tanda tangannya tidak ada di daftar kunci. Perbarui daftar kunci, lalu periksa lagi."),
    State.UNREADABLE: N_("Ini bukan kode kartu peserta, atau kodenya terpotong. Pindai lagi seluruh kode di kartu."),
}


@dataclass(frozen=True)
class Verdict:
    """What a token turned out to be. `claims` are there whenever the signature holds, and only then."""

    state: State
    claims: CardClaims | None = None

    @property
    def title(self) -> str:
        """The verdict in a few words, in the reader's language."""
        return _(TITLES[self.state])

    @property
    def text(self) -> str:
        """What it means and what to do, in the reader's language."""
        text = _(TEXTS[self.state])
        if self.claims is None:
            return text
        return text.format(since=month_words(self.claims.from_month), until=month_words(self.claims.until_month))


def month_words(month: int) -> str:
    """`202606` -> `Juni 2026`, in English `June 2026`."""
    from babel.dates import format_date

    return format_date(first_day(month), "MMMM y", locale=language())


def issue(card: CardClaims, key: SigningKey) -> str:
    """Signs a card: `JK1:…`. Raises ValueError where the key does not sign for this issuer on this day."""
    if card.issuer != key.issuer or not key.public.could_sign_on(card.issued_on):
        raise ValueError("the key signs for another issuer or on other days")
    protected, payload = _HEAD[2:] + key.public.id, _byte_string(to_payload(card))
    signature = key.private.sign(_signed_part(protected, payload))
    return write_token(_HEAD + key.public.id + _UNPROTECTED + payload + _SIGNATURE + signature)


def verify(text: str, keys: Mapping[bytes, PublicKey], *, today: dt.date) -> Verdict:
    """What a scanned, pasted or linked text says about a card, on a day in Jakarta."""
    try:
        parts = _open(read_token(text))
    except ValueError:
        return Verdict(State.UNREADABLE)
    key = keys.get(parts.key_id)
    if key is None:
        return Verdict(State.UNKNOWN_KEY)
    if not key.signed(_signed_part(parts.protected, parts.payload), parts.signature):
        return Verdict(State.NOT_GENUINE)
    try:
        claims = from_payload(parts.claims)
    except ValueError:
        return Verdict(State.UNREADABLE)
    return Verdict(_state(claims, key, today), claims)


def _state(claims: CardClaims, key: PublicKey, today: dt.date) -> State:
    if claims.issuer != key.issuer or not key.could_sign_on(claims.issued_on):
        return State.NOT_GENUINE
    month = today.year * 100 + today.month
    if month > claims.until_month:
        return State.LAPSED
    return State.NOT_YET if month < claims.from_month else State.VALID


def read_token(text: str) -> bytes:
    """The COSE bytes of the token in a text: bare, in a link, in a message. Raises ValueError."""
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long for a token")
    words = text.split()
    for candidate in ("".join(words), *words):  # a token broken into lines, or one among words
        found = _TOKEN.search(candidate) or _TOKEN.search(unquote(candidate))  # a link that was passed on is encoded once more
        if found:
            return bytes(base45.b45decode(unquote(found[1])))
    raise ValueError("no token")


def write_token(cose: bytes) -> str:
    """The text of a token's COSE bytes."""
    text: str = base45.b45encode(cose).decode()
    return PREFIX + text.replace("%", "%25").replace(" ", "%20")


@dataclass(frozen=True)
class _Parts:
    """A token's envelope. `protected` and `payload` stand as CBOR byte strings, as they are signed."""

    key_id: bytes
    protected: bytes
    payload: bytes
    claims: bytes
    signature: bytes


def _open(cose: bytes) -> _Parts:
    """Takes the envelope apart; ValueError for any other than the one that `issue` makes."""
    start = len(_HEAD) + KEY_ID_BYTES
    end = len(cose) - _SIGNATURE_BYTES
    head, body, signature = cose[: start + 1], cose[start + 1 : end], cose[end:]
    payload = body.removesuffix(_SIGNATURE)
    claims = payload[2:] if payload[:1] == b"\x58" else payload[3:]
    shaped = head.startswith(_HEAD) and head.endswith(_UNPROTECTED) and body.endswith(_SIGNATURE)
    if not shaped or len(head) != start + 1 or payload != _byte_string(claims):
        raise ValueError("not the envelope of a card")
    return _Parts(cose[len(_HEAD) : start], cose[2:start], payload, claims, signature)


def _byte_string(content: bytes) -> bytes:
    """A CBOR byte string with its length in the shortest form; claims of a card have 24 to 65,535 bytes."""
    if len(content) < 256:
        return b"\x58" + len(content).to_bytes(1, "big") + content
    return b"\x59" + len(content).to_bytes(2, "big") + content


def _signed_part(protected: bytes, payload: bytes) -> bytes:
    return _CONTEXT + protected + b"\x40" + payload
