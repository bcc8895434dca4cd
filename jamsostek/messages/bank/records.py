"""What reading a statement gives: the account, its balances, every movement of money, and what could not be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jamsostek.messages.bank.problems import Problem
from jamsostek.messages.tables.problems import ERROR

CURRENCY = "IDR"
CAMT053, CAMT054, MT940, CSV = "camt.053", "camt.054", "mt940", "csv"
FORMATS = (CAMT053, CAMT054, MT940, CSV)
LARGEST_RUPIAH = 10**15
"""The largest amount or balance believed: more than all funds hold together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of money. Amounts are whole rupiah, always positive; `credit` says whether the account received it."""

    row: int
    """Where it stands: the line of an MT940, the row of a CSV as a spreadsheet numbers it, the number of the `Ntry` in a camt."""
    reference: str
    """What names it among all entries of its account: see `references`."""
    amount_rupiah: int
    credit: bool
    booked_on: dt.date
    valued_on: dt.date
    code: str
    """The payment code it was paid under (15 digits, the last a check), or '' where none or more than one is found."""
    text: str = field(repr=False)
    """What payer and bank wrote, white space made single; it may name people."""

    @property
    def signed_rupiah(self) -> int:
        """The amount as it changes the balance."""
        return self.amount_rupiah if self.credit else -self.amount_rupiah


@dataclass(frozen=True)
class Statement:
    """An account's movements over some days, oldest first. Lines in `problems` are never in `entries`; the others all are.

    A statement whose money does not add up is no statement: it is refused (`FileUnreadable`). One with lines that could
    not be read is given, so that good lines are not lost, and says so: `whole` is false and `unread_rupiah` is what is
    missing between the balances. Its entries may be booked: when the mended file comes, their references are known.
    """

    format: str
    """One of `FORMATS`."""
    account: str
    """The account's number, letters and digits only."""
    currency: str
    statement_id: str
    """What the bank calls this statement; '' where it has no name."""
    from_date: dt.date
    to_date: dt.date
    opening_rupiah: int | None
    """None where the file gives no balances (camt.054, some CSV)."""
    closing_rupiah: int | None
    entries: tuple[Entry, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    proven: bool = True
    """Whether balances or sums that the bank wrote show that no line is missing; else a file cut short looks like a whole one."""

    @property
    def unread_rupiah(self) -> int | None:
        """Closing less opening less all entries: what the lines that could not be read come to. None without balances."""
        if self.opening_rupiah is None or self.closing_rupiah is None:
            return None
        return self.closing_rupiah - self.opening_rupiah - sum(entry.signed_rupiah for entry in self.entries)

    @property
    def whole(self) -> bool:
        """Whether every line that moves money is among the entries."""
        return not self.unread_rupiah and not any(problem.severity == ERROR for problem in self.problems)
