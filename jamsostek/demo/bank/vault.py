"""What was paid, in memory: every payment once, in the order in which it came, and statements made of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from threading import Lock

from jamsostek.messages.bank.notification import TYPE, Notification, read_notification
from jamsostek.messages.bank.records import CAMT053, CSV, CURRENCY, MT940, Entry, Statement
from jamsostek.messages.bank.write import write_camt053, write_csv, write_mt940

WIB = dt.timezone(dt.timedelta(hours=7))
WRITERS: dict[str, tuple[str, Callable[[Statement], bytes], str]] = {
    "camt053": (CAMT053, write_camt053, "application/xml"),
    "mt940": (MT940, write_mt940, "text/plain; charset=us-ascii"),
    "csv": (CSV, write_csv, "text/csv; charset=utf-8"),
}
"""By the name a statement is asked for: its format, what writes it, its media type."""


@dataclass
class Vault:
    """The account: its number, what it held at first, and the payments it received; `first` is where they are numbered from."""

    bank: str
    account: str
    opening_rupiah: int
    first: int = 0
    payments: list[Notification] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def asked(self, code: object, amount: object, paid_at: object) -> Notification:
        """What a payer wants to pay, by the rules of a notice: it must be possible to tell it. Raises `NotificationError`."""
        data = {"payment_code": code, "amount": amount, "paid_at": paid_at, "currency": CURRENCY}
        told = {"type": TYPE, "data": {"bank": self.bank, "account": self.account, "reference": "-", **data}}
        return read_notification(json.dumps(told).encode())

    def receive(self, code: str, rupiah: Callable[[int], int], paid_at: dt.datetime) -> tuple[int, Notification]:
        """Takes a payment; `rupiah` gives the amount of the n-th. Returns its number (0 = the first) and what it is."""
        with self._lock:
            number = len(self.payments)
            payment = Notification(
                bank=self.bank,
                account=self.account,
                reference=f"SB{paid_at.astimezone(WIB):%y%m%d}{self.first + number + 1:06d}",
                payment_code=code,
                amount_rupiah=rupiah(number),
                paid_at=paid_at,
            )
            self.payments.append(payment)
        return number, payment

    def statement(self, day: dt.date, format: str, others: Iterable[Entry] = ()) -> Statement:
        """The statement of a day in Jakarta, `others` behind the payments; what is older is in its opening balance."""
        with self._lock:
            all_entries = [*map(_entry, self.payments), *others]
        opening = self.opening_rupiah + sum(entry.signed_rupiah for entry in all_entries if entry.booked_on < day)
        todays = (entry for entry in all_entries if entry.booked_on == day)
        entries = tuple(replace(entry, row=row) for row, entry in enumerate(todays, 1))
        return Statement(
            format=WRITERS[format][0],
            account=self.account,
            currency=CURRENCY,
            statement_id=f"{self.bank[:2].upper()}{day:%y%m%d}",
            from_date=day,
            to_date=day,
            opening_rupiah=opening,
            closing_rupiah=opening + sum(entry.signed_rupiah for entry in entries),
            entries=entries,
        )


def _entry(payment: Notification) -> Entry:
    day = payment.paid_at.astimezone(WIB).date()
    return Entry(
        row=0,
        reference=payment.reference,
        amount_rupiah=payment.amount_rupiah,
        credit=True,
        booked_on=day,
        valued_on=day,
        code=payment.payment_code,
        text=f"IURAN VA {payment.payment_code}",
    )
