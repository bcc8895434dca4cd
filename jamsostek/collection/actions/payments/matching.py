"""Money without a known code finds its payer: one officer says whose bill it was for, another confirms. Whole, or in parts."""

from __future__ import annotations

import datetime as dt

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.collection.actions.payments import reading
from jamsostek.collection.actions.payments.booking import OVERPAID, UNKNOWN
from jamsostek.collection.actions.payments.deciding import asker, decider, reason
from jamsostek.collection.actions.payments.planning import Money, plan
from jamsostek.collection.actions.payments.taking import lock_of, taken_from
from jamsostek.collection.actions.payments.writing import Event, check_now, lock, write
from jamsostek.collection.models import Allocation, FreeMoney, Match, Payment
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals


def propose(*, payment_id: int, code: str, why: str, amount_rupiah: int | None = None) -> Match:
    """Says that money, or a part of it, was for the payer of a bill. Raises `InputError`, `Refused`."""
    user = asker()
    payment, free = _waiting(payment_id)
    with everything_in_sight():
        owner = reading.codes([code]).get(code)
    if owner is None:
        raise InputError(
            _("Kode bayar ini tidak dikenal."), field="code", value=code[:20], remedy=_("Salin kodenya dari tagihan pembayar.")
        )
    current().need(Can.TAKE_PAYMENT, Place(regency=owner.regency_code))
    amount = free if amount_rupiah is None else amount_rupiah
    if not 0 < amount <= free:
        raise InputError(
            _("Uang yang masih bebas {free}.").format(free=format_rupiah(free)),
            field="amount",
            value=amount,
            remedy=_("Tulis jumlah yang tidak melebihinya."),
        )
    if Match.objects.filter(payment=payment, decided_at=None).exists():
        raise InputError(_("Uang ini sudah diusulkan untuk seseorang."), remedy=_("Tunggu keputusannya."))
    made = Match(
        payment=payment, amount_rupiah=amount, whole=amount == free, payer_kind=owner.payer[0], payer_id=owner.payer[1],
        employer_id=owner.employer_id, sponsor_id=owner.sponsor_id, participant_id=owner.participant_id,
        regency_code=owner.regency_code, bill_id=owner.bill_id, reason=reason(why), asked_by=user,
    )  # fmt: skip
    with refusals():
        made.save()
    audit.record("payment.match_asked", "payment", payment.pk, fields=("payer",), reason=made.reason)
    return made


def _waiting(payment_id: int) -> tuple[Payment, int]:
    """Money of nobody known, and how much of it."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        raise not_yours(_("Pembayaran ini tidak ada, atau bukan wewenang Anda."))
    free = FreeMoney.objects.filter(pk=payment_id, payer_id=None).first()
    if free is None:
        raise InputError(
            _("Uang ini sudah diketahui pemiliknya, atau sudah terpakai."), remedy=_("Lihat keadaannya di halaman pembayaran.")
        )
    return payment, free.rupiah


def decide(*, match_id: int, approved: bool, decision: str, today: dt.date, now: dt.datetime) -> Match:
    """Confirms or refuses; confirmed money pays the payer's bills in the same transaction. Raises `InputError`, `Refused`."""
    row = Match.objects.filter(pk=match_id).first()
    if row is None:
        raise not_yours(_("Usulan ini tidak ada, atau bukan wewenang Anda."))
    user = decider(row, row.asked_by, Place(regency=row.regency_code))
    row.decided_by, row.decided_at, row.approved, row.decision = user, now, approved, decision.strip()
    if not approved:
        row.decision = reason(decision)
    with everything_in_sight():
        if approved:
            row.group_id = _book(row, today)
        with refusals():
            row.save(update_fields=["decided_by", "decided_at", "approved", "decision", "group_id"])
        check_now()
        audit.record("payment.match_decided", "payment", row.payment_id, fields=("payer", "approved"), reason=row.decision)
    return row


def _book(row: Match, today: dt.date) -> int:
    payment, free = _waiting(row.payment_id)
    if row.amount_rupiah > free or (row.whole and row.amount_rupiah != free):
        raise InputError(_("Uang yang masih bebas berubah sejak diusulkan."), remedy=_("Tolak usulan ini, lalu usulkan lagi."))
    payer = (row.payer_kind, row.payer_id)
    lock(row.payment_id, lock_of(payer))
    last = Allocation.objects.filter(payment=payment).order_by("-step").values_list("step", flat=True).first()
    mine = Money(payment.pk, row.amount_rupiah, last or 0)
    plan(reading.open_bills(payer), [mine], chosen=row.bill_id, credits=False)
    if mine.free and not row.whole:
        raise InputError(
            _("Tagihan pembayar ini hanya mengambil {rupiah}.").format(rupiah=format_rupiah(row.amount_rupiah - mine.free)),
            field="amount",
            value=row.amount_rupiah,
            remedy=_("Tolak usulan ini, lalu usulkan bagian sebesar itu, atau seluruh uangnya."),
        )
    days = reading.days()
    event = Event(
        payment.pk, f"match:{row.pk}", "match", days.effective(today), payment.paid_on, suspense=UNKNOWN, uses=taken_from(mine)
    )
    event.moves.add(UNKNOWN, OVERPAID, mine.free)
    write([event], days)
    return event.group_id
