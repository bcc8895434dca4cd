"""Money in: `receive` one payment, `receive_many` of a statement, `use_free_money` that waits, `bounce` what the bank took back.

Promises: a payment is told once whatever tells it (bank and reference); what came is never lost, at worst it waits; no bill is
paid beyond itself; what members get sums to what was paid, to the rupiah when a bill is paid whole; the books say the same.

`matching` (whose money is that), `refunds`, `receipts` (by hand) and `statements` need two people each.
"""

from jamsostek.collection.actions.payments.bouncing import bounce
from jamsostek.collection.actions.payments.notices import (
    AllocatedMeanwhile,
    Notice,
    PaidDifferently,
    PaidInFuture,
    State,
    Told,
    payment_id,
)
from jamsostek.collection.actions.payments.taking import (
    payers_to_serve,
    receive,
    receive_many,
    use_all_free_money,
    use_free_money,
)

__all__ = [
    "AllocatedMeanwhile", "Notice", "PaidDifferently", "PaidInFuture", "State", "Told", "bounce", "payers_to_serve",
    "payment_id", "receive", "receive_many", "use_all_free_money", "use_free_money",
]  # fmt: skip
