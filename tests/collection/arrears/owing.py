"""Payers who owe and money that comes late: what the tests of arrears share. Calls stand inside `cast.everyone()`."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.choices import Channel
from jamsostek.collection.codes import code_of
from tests import cast

_number = count(1)


def firm(workers: int = 1, wage_rupiah: int = 5_000_000, from_month: int = 202601, **given: Any) -> Any:
    """A company (class I, large) with workers of one wage."""
    made = cast.employer(**given)
    for at in range(workers):
        cast.works(cast.participant(f"Pekerja {at}"), made, from_month, wage_rupiah)
    return made


def billed(employer: Any, month: int, today: dt.date | None = None) -> Any:
    """An employer's bill of a month, made on the last day that is not too late."""
    return bills.bill_employer(employer_id=employer.pk, month=month, today=today or cast.TODAY)


def pays(bill: Any, on: dt.date, rupiah: int | None = None, today: dt.date | None = None) -> int:
    """Money for a bill that came in on a day; the payment."""
    code = code_of(bill.number)
    moment = dt.datetime(on.year, on.month, on.day, 3, tzinfo=dt.UTC)
    notice = Notice("1234567890", f"T{next(_number):09d}", code, rupiah or bill.total_rupiah, moment, Channel.WEBHOOK)
    return payments.receive(notice, today=today or max(on, cast.TODAY)).payment_id


def alone(from_month: int = 202501, **given: Any) -> Any:
    """Somebody who means to pay for themself."""
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    person = cast.participant("Nelayan Sendiri", **given)
    cover_oneself(Covering(person.pk, from_month, 1_000_000, "Nelayan"))
    return person
