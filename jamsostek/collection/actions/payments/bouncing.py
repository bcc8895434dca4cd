"""A payment that the bank took back: what it paid is owed again, what members got of it goes, and the cash too.

Refused where it cannot be undone: money that was refunded, members who have withdrawn it, cash that is invested.
"""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.collection.actions.payments import reading
from jamsostek.collection.actions.payments.booking import OVERPAID, UNKNOWN
from jamsostek.collection.actions.payments.deciding import reason
from jamsostek.collection.actions.payments.planning import PARTS, Use
from jamsostek.collection.actions.payments.taking import lock_of
from jamsostek.collection.actions.payments.writing import Event, lock, write
from jamsostek.collection.models import Allocation, Bounce, Match, Payment, Refund
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals
from jamsostek.ledger.queries import number_words


def bounce(*, payment_id: int, why: str, today: dt.date) -> Bounce:
    """Takes a payment back. Raises `InputError`, `LedgerRefused`, `Refused`."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        raise not_yours(_("Pembayaran ini tidak ada, atau bukan wewenang Anda."))
    current().need(Can.APPROVE_PAYMENT, Place(regency=payment.regency_code))
    told = reason(why)
    with everything_in_sight():
        whole = Match.objects.filter(payment=payment, approved=True, whole=True).first()
        payer = (payment.payer_kind, payment.payer_id) if payment.payer_id else whole and (whole.payer_kind, whole.payer_id)
        lock(payment.pk, *([lock_of(payer)] if payer else []))  # type: ignore[arg-type]
        _refuse(payment)
        days = reading.days()
        event = Event(
            payment.pk, f"bounce:{number_words(payment.pk)}", "bounce", days.effective(today), payment.paid_on,
            incoming=-payment.amount_rupiah, suspense=OVERPAID if payer else UNKNOWN, uses=_undone(payment),
        )  # fmt: skip
        made = Bounce(
            payment=payment, reason=told, effective_on=event.effective_on, group_id=event.group_id, made_by=current().user_id
        )  # fmt: skip

        def note() -> None:
            with refusals():
                made.save(force_insert=True)

        write([event], days, booked=note, check=True)
        audit.record("payment.bounced", "payment", payment.pk, fields=("allocated",), reason=told)
    return made


def _refuse(payment: Payment) -> None:
    if Bounce.objects.filter(pk=payment.pk).exists():
        raise InputError(_("Pembayaran ini sudah ditarik kembali oleh bank."), remedy=_("Tidak ada yang perlu dilakukan."))
    if Refund.objects.filter(payment=payment).exclude(approved=False).exists():
        raise InputError(
            _("Sebagian uang ini sudah dikembalikan, atau diminta kembali."),
            remedy=_("Tolak permintaannya dahulu; yang sudah keluar ditagih kembali kepada penerimanya."),
        )
    if Match.objects.filter(payment=payment, decided_at=None).exists():
        raise InputError(_("Uang ini sedang diusulkan untuk seseorang."), remedy=_("Putuskan usulannya dahulu."))


def _undone(payment: Payment) -> list[Use]:
    """What takes back all that a payment was used for, bill by bill."""
    used: dict[int, list[int]] = {}
    step = 0
    for row in Allocation.objects.filter(payment=payment).order_by("step"):
        parts = used.setdefault(row.bill_id, [0] * len(PARTS))
        for at, name in enumerate(PARTS):
            parts[at] += getattr(row, f"{name}_rupiah")
        step = row.step
    bills = reading.bills_paid([bill for bill, parts in used.items() if any(parts)])
    uses = []
    for at, bill in enumerate(bills.values(), 1):
        uses.append(Use(payment.pk, step + at, bill, bill.number + 1, tuple(-part for part in used[bill.id]), bill.paid))
    return uses
