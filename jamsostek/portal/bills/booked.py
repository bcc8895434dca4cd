"""From a group of the books to the bill it was posted for, or that its payment was used for."""

from __future__ import annotations

from jamsostek.collection.models import Bill
from jamsostek.collection.queries import payments
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.ledger.queries import number_of
from jamsostek.portal.bills import words
from jamsostek.portal.bills.who import url
from jamsostek.portal.books import behind
from jamsostek.portal.screens import Link


def of_bill(reference: str) -> Link | None:
    """`bill:…` names one; a region's whole month (`bills:…`) names too many."""
    room, _mark, number = reference.partition(":")
    bill = Bill.objects.filter(pk=int(number)).first() if room in ("bill", "void") else None
    return Link(words.title(bill), url(bill)) if bill is not None else None


def of_payment(reference: str) -> Link | None:
    """`payment:…` and `use:…` name the payment; the first bill that took its money, and how many others did."""
    payment_id = number_of(reference.split(":")[1])
    used = payments.uses(payment_id) if payment_id is not None else []
    if not used:
        return None
    bills = list({one.bill.pk: one.bill for one in used}.values())
    title = words.title(bills[0])
    if len(bills) > 1:
        title = _("{title} dan {count} tagihan lain").format(title=title, count=format_number(len(bills) - 1))
    return Link(title, url(bills[0]))


for kind, finder in {"bill": of_bill, "void": of_bill, "payment": of_payment, "use": of_payment}.items():
    behind.shown_by(kind, finder)
