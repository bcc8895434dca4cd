"""What is told of a payment, whoever tells it, and what is answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from jamsostek.collection.choices import Channel
from jamsostek.core.derived import body_digest, derived_id
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.queries import number_words


def payment_id(bank: str, reference: str) -> int:
    """The id of the payment that an account's number and the bank's reference name."""
    return derived_id(f"payment:{bank}:{reference}")


@dataclass(frozen=True, slots=True)
class Notice:
    """Money that came into an account of ours. `bank` is the account's number; bank and reference name the payment."""

    bank: str
    reference: str
    code: str
    amount_rupiah: int
    paid_at: dt.datetime
    channel: Channel
    statement_id: int | None = None
    statement_row: int | None = None
    receipt_id: int | None = None

    @property
    def payment_id(self) -> int:
        """The id follows from bank and reference."""
        return payment_id(self.bank, self.reference)

    @property
    def posting_reference(self) -> str:
        """The reference under which it stands in the books: without the account's number."""
        return f"payment:{number_words(self.payment_id)}"

    @property
    def body(self) -> bytes:
        """Digest of what was told."""
        return body_digest(self.bank, self.reference, self.code, self.amount_rupiah)


class State(StrEnum):
    """How far a payment is."""

    ALLOCATED = "allocated"
    PARTLY = "partly"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a notice. `again`: it was told before; `problem`: it contradicts that, nothing was written."""

    payment_id: int
    again: bool = False
    problem: PaidDifferently | None = None


class PaidDifferently(InputError):
    """The same bank and reference with another amount or code."""

    def __init__(self, *, reference: str, amount_rupiah: int, known_rupiah: int) -> None:
        super().__init__(
            _("Pembayaran dengan nomor referensi ini sudah tercatat dengan isi yang lain."),
            field="reference",
            value=reference[:40],
            remedy=_("Tercatat {known}, sekarang disebut {told}; satu referensi bank untuk satu pembayaran.").format(
                known=format_rupiah(known_rupiah), told=format_rupiah(amount_rupiah)
            ),
        )


class AllocatedMeanwhile(InputError):
    """Somebody else used the money, or paid the bill, at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            _("Tagihan atau uang ini baru saja dipakai oleh proses lain."), remedy=_("Lihat keadaannya sekarang, lalu ulangi.")
        )


class PaidInFuture(InputError):
    """A payment of a day that has not come."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(
            _("Hari pembayaran belum tiba."), field="paid_at", value=day.isoformat(), remedy=_("Periksa jam server bank.")
        )
