"""What kinds of groups are called. The ledger means nothing by them; a room that posts another kind says how it is read, by
`named`, when its app is ready.
"""

from __future__ import annotations

from jamsostek.core.text import N_, _

_named: dict[str, str] = {
    "opening": N_("Saldo awal"), "bill": N_("Tagihan"), "void": N_("Tagihan dibatalkan"), "payment": N_("Pembayaran"),
    "use": N_("Uang bebas dipakai"), "bounce": N_("Pembayaran ditarik bank"),
    "refund": N_("Pengembalian disetujui"), "refund_paid": N_("Pengembalian dibayarkan"),
    "jht_return": N_("Hasil JHT dikreditkan"), "reversal": N_("Pembukuan balik"),
}  # fmt: skip


def named(kind: str, words: str) -> None:
    """Says what groups of a kind are called, in Indonesian."""
    _named[kind] = words


def kind_words(kind: str) -> str:
    """A kind in the reader's language; as it is stored where nobody named it."""
    return _(_named[kind]) if kind in _named else kind
