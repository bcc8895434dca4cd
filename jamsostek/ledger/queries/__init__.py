"""Reading the books: balances now and at any past moment, statements, single groups, the digest of a period.

Two times: what was *effective* up to a day (when money moved), and what was *known* at a moment (when it was recorded).
Row rules hold: without the right to read the books every figure is nothing.
"""

from jamsostek.ledger.queries.balances import (
    Balance,
    FundBalance,
    accounts,
    balance,
    fund_balance,
    fund_balances,
    last_closed_day,
    periods,
    settled_moment,
    trial_balance,
)
from jamsostek.ledger.queries.digest import PeriodDigest, period_digest
from jamsostek.ledger.queries.entries import Entry, EntryLeg, entry, number_of, number_words, reference_words
from jamsostek.ledger.queries.movements import Movement, Statement, statement

__all__ = [
    "Balance", "Entry", "EntryLeg", "FundBalance", "Movement", "PeriodDigest", "Statement", "accounts", "balance", "entry",
    "fund_balance", "fund_balances", "last_closed_day", "number_of", "number_words", "period_digest", "periods",
    "reference_words", "settled_moment", "statement", "trial_balance",
]  # fmt: skip
