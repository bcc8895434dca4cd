"""Ids that follow from what they name, so that work done again writes the same bytes."""

from __future__ import annotations

import hashlib


def derived_id(text: str) -> int:
    """A positive 63-bit number from a reference; two share one about once in 10^18 pairs, and the table refuses."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def body_digest(*parts: object) -> bytes:
    """SHA-256 of what was asked, to tell the same request from another one under the same key."""
    return hashlib.sha256(repr(parts).encode()).digest()
