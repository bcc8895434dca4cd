"""An order to pay, and what the bank answers. Nothing here is ever a NIK: every bank on the way reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from jamsostek.messages.bank.records import CAMT053, CAMT054, CSV
from jamsostek.messages.payout.checks import (
    check_account,
    check_amount,
    check_bank,
    check_id,
    check_made_at,
    check_name,
    check_purpose,
    check_text,
    check_transfers,
)
from jamsostek.messages.payout.problems import Problem

PAIN002 = "pain.002"
ANSWERS = (PAIN002, CAMT054, CAMT053, CSV)
BENEFIT, PENSION, SOCIAL_SECURITY = "BENE", "PENS", "SSBE"
"""Purposes (ISO 20022 ExternalPurpose1Code): unemployment and disability, a pension, any other social security benefit."""

ACCEPTED, PENDING, REJECTED, SETTLED, RETURNED = "accepted", "pending", "rejected", "settled", "returned"
STATUSES = (ACCEPTED, PENDING, REJECTED, SETTLED, RETURNED)
"""The bank will pay; it has not decided; it will not; the money left; the money came back."""
PARTIAL = "partial"
"""A batch some of whose transfers fare otherwise than the rest."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment to one person. Raises `InputError` where a bank could not carry it."""

    end_to_end_id: str
    """Our number of it, 1 to 35 signs: every answer names it, the receiver's bank too."""
    amount_rupiah: int
    creditor_name: str = field(repr=False)
    creditor_bank: str
    """A BIC, or the number of a member of a clearing."""
    creditor_account: str = field(repr=False)
    """Letters and digits only."""
    text: str = field(repr=False)
    """What the receiver reads, at most 140 signs; '' for nothing."""
    purpose: str = SOCIAL_SECURITY

    def __post_init__(self) -> None:
        check_id("end_to_end_id", self.end_to_end_id)
        check_amount(self.amount_rupiah)
        check_name("creditor_name", self.creditor_name)
        check_bank("creditor_bank", self.creditor_bank)
        check_account("creditor_account", self.creditor_account)
        check_text(self.text)
        check_purpose(self.purpose)


@dataclass(frozen=True)
class Batch:
    """Transfers that leave one account on one day. The same batch is always the same bytes. Raises `InputError`."""

    message_id: str
    """Our number of it: a bank pays a number once, however often it comes."""
    made_at: dt.datetime
    """With its offset."""
    pay_on: dt.date
    debtor_name: str
    debtor_bank: str
    debtor_account: str = field(repr=False)
    transfers: tuple[Transfer, ...] = field(repr=False)

    def __post_init__(self) -> None:
        check_id("message_id", self.message_id)
        check_made_at(self.made_at)
        check_name("debtor_name", self.debtor_name)
        check_bank("debtor_bank", self.debtor_bank)
        check_account("debtor_account", self.debtor_account)
        check_transfers((one.end_to_end_id for one in self.transfers), self.total_rupiah)

    @property
    def count(self) -> int:
        """How many transfers."""
        return len(self.transfers)

    @property
    def total_rupiah(self) -> int:
        """What leaves the account when all are paid."""
        return sum(one.amount_rupiah for one in self.transfers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bank says of one transfer."""

    end_to_end_id: str
    status: str
    """One of `STATUSES`."""
    reason_code: str = ""
    """ISO 20022, as AC04; '' where the bank gives none. In plain words: `reasons.reason`."""
    reason: str = field(default="", repr=False)
    """The bank's own words; they may name people."""
    reference: str = ""
    """The bank's own number of it."""
    booked_on: dt.date | None = None
    """The day the money left, or came back; None before that, and where the answer does not say."""
    amount_rupiah: int | None = None
    """Whole rupiah, always positive; None where the answer does not say."""


@dataclass(frozen=True)
class Answer:
    """What one file says of a batch, in its order. It need not name every transfer: banks often list the refused alone.

    A transfer that left and came back stands twice in a notification, settled and returned. What could not be read is in
    `problems`, never guessed at, and never among the outcomes.
    """

    kind: str
    """One of `ANSWERS`."""
    message_id: str
    """The answer's own number."""
    original_message_id: str
    """The batch it answers; '' where it does not say, or speaks of several."""
    status: str
    """Of the whole batch: one of `STATUSES`, `PARTIAL`, or '' where the answer does not say."""
    outcomes: tuple[Outcome, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    reason_code: str = ""
    """Why the batch as a whole is refused or waits."""
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything in the file was understood."""
        return not any(problem.severity == "error" for problem in self.problems)


def status_of(statuses: Iterable[str]) -> str:
    """The status of a batch whose transfers have these; '' for none."""
    found = set(statuses)
    return PARTIAL if len(found) > 1 else next(iter(found), "")
