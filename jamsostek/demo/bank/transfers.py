"""The bank's desk for transfers: an order is taken once, answered at once, and paid on its day.

What becomes of a transfer follows from how the receiver's account number ends:

    …01    refused: there is no such account (AC01)
    …04    refused: the account is closed (AC04)
    …07    taken and paid, and sent back two days later: the account is blocked (AC06)
    …08    waits, and is paid a day later
    else   taken and paid

A whole order is refused where it is not from this bank's account (AC02), a transfer where its number was taken before (DU04).
Days are not working days, and the account may owe: the bank lends. What is due on a day can be asked for before it comes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.bank.records import CAMT054, Entry
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.pain002 import write_pain002
from jamsostek.messages.payout.reader import read_order
from jamsostek.messages.payout.records import (
    ACCEPTED,
    PAIN002,
    PENDING,
    REJECTED,
    RETURNED,
    SETTLED,
    Answer,
    Batch,
    Outcome,
    Transfer,
    status_of,
)

REFUSED = {"01": "AC01", "04": "AC04"}
"""By the last two signs of an account: why it is refused."""
COMES_BACK, COMES_BACK_DAYS, COMES_BACK_REASON = "07", 2, "AC06"
WAITS, WAITS_DAYS = "08", 1
NOT_AT_ONCE = frozenset({*REFUSED, COMES_BACK, WAITS})
"""Accounts that money does not reach, or not the same day."""
_NOT_OURS, _KNOWN = "AC02", "DU04"


class OrderConflict(InputError):
    """Another order under a number that was taken."""


@dataclass(frozen=True)
class Move:
    """Money that left for a transfer, or came back; `message_id` is its order's."""

    message_id: str
    outcome: Outcome
    day: dt.date
    amount_rupiah: int

    def entry(self) -> Entry:
        """As it stands in the account's statement; the row is given there."""
        back = self.outcome.status == RETURNED
        told = f"{'RETUR' if back else 'TRANSFER'} {self.outcome.end_to_end_id} {self.outcome.reason_code}".strip()
        return Entry(0, self.outcome.reference, self.amount_rupiah, back, self.day, self.day, "", told)


class Desk:
    """The orders taken, each with its answer, and what they moved; `first` is where transfers are numbered from."""

    def __init__(self, bank: str, account: str, first: int = 0) -> None:
        self.bank, self.account, self.first = bank, account, first
        self.moves: list[Move] = []
        self._answers: dict[str, tuple[str, bytes]] = {}
        """By the order's number: the digest of its bytes, and the answer."""
        self._taken: set[str] = set()
        self._lock = Lock()

    def take(self, content: bytes, now: dt.datetime) -> bytes:
        """Takes an order (pain.001) and answers it (pain.002); the same bytes again change nothing. Raises `InputError`."""
        batch, digest = read_order(content), hashlib.sha256(content).hexdigest()
        with self._lock:
            known, answer = self._answers.get(batch.message_id, (digest, b""))
            if known != digest:
                raise OrderConflict(
                    _("Nomor berkas {id} sudah dipakai untuk isi yang lain.").format(id=batch.message_id),
                    field="message_id",
                    value=batch.message_id,
                    remedy=_("Kirim isi yang sama lagi, atau beri nomor berkas baru."),
                )
            if not answer:
                answer = write_pain002(self._decide(batch, now), now)
                self._answers[batch.message_id] = digest, answer
        return answer

    def notification(self, day: dt.date) -> bytes:
        """The money of transfers that moved on a day (camt.054)."""
        with self._lock:
            moves = [move for move in self.moves if move.day == day]
        orders = {move.message_id for move in moves}
        answer = Answer(
            kind=CAMT054,
            message_id=f"{self.bank[:2].upper()}N{day:%y%m%d}",
            original_message_id=orders.pop() if len(orders) == 1 else "",
            status="",
            outcomes=tuple(move.outcome for move in moves),
        )
        return write_camt054(answer, self.account, day)

    def entries(self) -> list[Entry]:
        """All that moved, in the order in which it was decided."""
        with self._lock:
            return [move.entry() for move in self.moves]

    # --- the caller holds the lock

    def _decide(self, batch: Batch, now: dt.datetime) -> Answer:
        ours = batch.debtor_account == self.account
        outcomes = tuple(self._outcomes(batch, max(batch.pay_on, now.date()))) if ours else ()
        return Answer(
            kind=PAIN002,
            message_id=f"{self.bank[:2].upper()}A{now:%y%m%d}{len(self._answers) + 1:06d}",
            original_message_id=batch.message_id,
            status=status_of(outcome.status for outcome in outcomes) if ours else REJECTED,
            outcomes=outcomes,
            reason_code="" if ours else _NOT_OURS,
        )

    def _outcomes(self, batch: Batch, day: dt.date) -> Iterable[Outcome]:
        """What each transfer is answered; those taken are booked."""
        for transfer in batch.transfers:
            id, ending = transfer.end_to_end_id, transfer.creditor_account[-2:]
            refused = _KNOWN if id in self._taken else REFUSED.get(ending, "")
            if refused:
                yield Outcome(id, REJECTED, refused, amount_rupiah=transfer.amount_rupiah)
                continue
            self._taken.add(id)
            number = self.first + len(self._taken)
            waits = ending == WAITS
            self._book(batch.message_id, transfer, day + dt.timedelta(days=WAITS_DAYS * waits), number)
            yield Outcome(id, PENDING if waits else ACCEPTED, amount_rupiah=transfer.amount_rupiah)

    def _book(self, message_id: str, transfer: Transfer, day: dt.date, number: int) -> None:
        """The money leaves, and perhaps comes back."""
        id, rupiah = transfer.end_to_end_id, transfer.amount_rupiah
        left = Outcome(id, SETTLED, "", "", f"ST{day:%y%m%d}{number:06d}", day, rupiah)
        self.moves.append(Move(message_id, left, day, rupiah))
        if transfer.creditor_account.endswith(COMES_BACK):
            later = day + dt.timedelta(days=COMES_BACK_DAYS)
            back = Outcome(id, RETURNED, COMES_BACK_REASON, "", f"SR{later:%y%m%d}{number:06d}", later, rupiah)
            self.moves.append(Move(message_id, back, later, rupiah))
