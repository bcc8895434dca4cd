"""What the work with money that comes in shares: payments by reference, decisions by two people, codes as people wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import StrictBool

from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.api.problems import Problem, unknown
from jamsostek.api.references import row_of
from jamsostek.api.v1.shapes import In, Line
from jamsostek.collection.actions.payments import AllocatedMeanwhile, PaidDifferently
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import payments as queries
from jamsostek.collection.queries.payments import Paid
from jamsostek.core import numbers
from jamsostek.core.errors import InputError
from jamsostek.ledger.queries import reference_words

READS = (Can.TAKE_PAYMENT, Can.APPROVE_PAYMENT)
TAKES = (Can.TAKE_PAYMENT,)
DECIDES = (Can.APPROVE_PAYMENT,)
NOT_FOUND = frozenset({404})
STATES = ["waiting", "approved", "refused"]


class DecisionIn(In):
    """Yes or no; a no says why."""

    approved: StrictBool
    reason: Line = ""


def payment_of(id: str) -> Paid:
    """A payment in sight; a 404 for all others."""
    try:
        return queries.one(row_of("payment", id))
    except Refused:
        raise unknown() from None


def decided(row: Any) -> str:
    """Where something stands that one person asks and another decides."""
    if row.decided_at is None:
        return "waiting"
    return "approved" if row.approved else "refused"


def payer_kind(kind: int | None) -> str | None:
    """`employer`, `sponsor` and so on; None where nobody knows."""
    return PayerKind(kind).name.lower() if kind else None


def code_words(code: str) -> str:
    """A payment code of ours as it is; what a payer wrote instead with its long numbers broken."""
    try:
        return numbers.check("bill", code)
    except InputError:
        return reference_words(code)


@contextmanager
def refusing() -> Iterator[None]:
    """Refusals as this API tells them: what somebody else was faster with is a conflict, and `amount` is `amount_rupiah`."""
    try:
        yield
    except (AllocatedMeanwhile, PaidDifferently) as error:
        raise Problem(409, error.message, error.remedy) from None
    except InputError as error:
        if error.field == "amount":
            error.field = "amount_rupiah"
        raise
