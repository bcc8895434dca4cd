"""Cards of invented people, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jamsostek.core.numbers import make
from jamsostek.messages.card.claims import PROGRAMMES, CardClaims
from jamsostek.messages.card.draw import CardFace
from jamsostek.messages.card.keys import SigningKey, key_set
from jamsostek.messages.card.token import issue

ISSUER = "jamsostek"
URL = "https://jamsostek.example.id/kartu/periksa/"
TODAY = dt.date(2026, 11, 21)
OLD_KEY = SigningKey(
    Ed25519PrivateKey.from_private_bytes(bytes(range(32))), ISSUER, dt.date(2025, 1, 1), last_day=dt.date(2025, 12, 31)
)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))), ISSUER, dt.date(2026, 1, 1))
STRANGER = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), ISSUER, dt.date(2025, 1, 1))
KEYS = key_set([OLD_KEY.public, KEY.public])
NAMES = (
    "Siti Nurhaliza binti Abdullah",
    "Suparno",
    "Raden Ajeng Kusumaningtyas Prawirodihardjo Mangkunegara Atmo",
    "Ni Luh Putu Ayu Widyawati",
    "I Gusti Ngurah Agung Bagus Wirawan Kusuma",
    "Muhammad Abdurrahman Al-Ghifari Nasution",
    "X" * 60,
    "Élisabeth Ñuñez",
    "É" * 100,
    "A. Ma'ruf",
)


def card(name: str = NAMES[0], seed: int = 1, **said: object) -> CardClaims:
    """A card in force on `TODAY`."""
    source = random.Random(seed).randbytes
    given = {
        "issuer": ISSUER,
        "kpj": make("kpj", source),
        "serial": make("card", source),
        "name": name,
        "programmes": ("jkk", "jkm", "jht"),
        "segment": "bpu",
        "from_month": 202611,
        "until_month": 202704,
        "issued_on": TODAY,
    }
    return CardClaims(**{**given, **said})  # type: ignore[arg-type]


def face(claims: CardClaims, sample: bool = False) -> CardFace:
    """A card signed and ready to be drawn."""
    return CardFace(claims, issue(claims, KEY), URL, sample)


def faces(count: int) -> list[CardFace]:
    """Cards of every kind of name, with one to five programmes, some marked as samples."""
    return [face(card(NAMES[at % 10], seed=at, programmes=PROGRAMMES[: 1 + at % 5]), sample=at % 3 == 0) for at in range(count)]
