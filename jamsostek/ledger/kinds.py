"""What kinds of groups are called. The ledger knows none of them: rooms above say how theirs are read.

kinds.named("payment", N_("Pembayaran iuran"))      once, when the room's app is ready
"""

from __future__ import annotations

from jamsostek.core.text import _

_named: dict[str, str] = {}


def named(kind: str, words: str) -> None:
    """Says what groups of a kind are called, in Indonesian."""
    _named[kind] = words


def kind_words(kind: str) -> str:
    """A kind in the reader's language; as it is stored where nobody named it."""
    return _(_named[kind]) if kind in _named else kind
