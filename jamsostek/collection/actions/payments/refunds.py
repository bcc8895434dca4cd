"""Free money goes back: asked by one, approved by another, gone when the bank's statement shows it or an officer says so."""

from __future__ import annotations

import datetime as dt
import re

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current, everything_in_sight
from jamsostek.access.vault import SubjectKey, house_key
from jamsostek.collection.actions.payments import reading
from jamsostek.collection.actions.payments.booking import CLEARING, OVERPAID, REFUNDS, UNKNOWN
from jamsostek.collection.actions.payments.deciding import asker, decider, reason
from jamsostek.collection.actions.payments.writing import lock, open_for
from jamsostek.collection.models import FreeMoney, Match, Payment, Refund
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.errors import refusals

_ACCOUNT = re.compile(r"[0-9]{5,25}")
MARK = re.compile(r"\bPGB[ -]?([0-9]{1,12})\b")
"""What the order of a refund carries in its text, so that the statement tells which it was."""


def mark_of(refund_id: int) -> str:
    """The text by which a statement tells a refund."""
    return f"PGB{refund_id}"


def ask(*, payment_id: int, amount_rupiah: int, why: str, account_name: str, account_bank: str, account_number: str) -> Refund:
    """Asks for free money to go back. Raises `InputError`, `Refused`."""
    user = asker()
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        raise not_yours(_("Pembayaran ini tidak ada, atau bukan wewenang Anda."))
    current().need(Can.TAKE_PAYMENT, Place(regency=payment.regency_code))
    free = FreeMoney.objects.filter(pk=payment_id).first()
    if free is None or not 0 < amount_rupiah <= free.rupiah:
        raise InputError(
            _("Uang yang masih bebas {free}.").format(free=format_rupiah(free.rupiah if free else 0)),
            field="amount",
            value=amount_rupiah,
            remedy=_("Tulis jumlah yang tidak melebihinya."),
        )
    if Refund.objects.filter(payment=payment, decided_at=None).exists() or Match.objects.filter(payment=payment, decided_at=None):
        raise InputError(_("Uang ini sudah diusulkan untuk dikembalikan atau dicocokkan."), remedy=_("Tunggu keputusannya."))
    number = re.sub(r"[ .\-]", "", account_number)
    if not _ACCOUNT.fullmatch(number):
        raise InputError(
            _("Nomor rekening terdiri dari 5 sampai 25 angka."), field="account_number", remedy=_("Salin dari buku rekeningnya.")
        )
    if not account_name.strip() or not account_bank.strip():
        raise InputError(_("Nama pemilik rekening dan banknya wajib diisi."), field="account_name")
    made = Refund(
        payment=payment, amount_rupiah=amount_rupiah, reason=reason(why), account_name=account_name.strip(),
        account_bank=account_bank.strip(), account_sealed=_key().seal(f"account:{payment_id}", number), asked_by=user,
    )  # fmt: skip
    with refusals():
        made.save()
    audit.record("refund.asked", "payment", payment.pk, fields=("amount_rupiah", "account"), reason=made.reason)
    return made


def account_of(row: Refund) -> str:
    """The account number that money goes back to; whoever shows it says so in the trail."""
    return _key().open(f"account:{row.payment_id}", row.account_sealed)


def show_account(*, refund_id: int, why: str) -> str:
    """The account number, for whoever makes the order; kept in the trail."""
    row = _held(refund_id)
    current().need(Can.TAKE_PAYMENT, _place(row))
    audit.record("refund.account_shown", "payment", row.payment_id, fields=("account",), reason=reason(why))
    return account_of(row)


def _key() -> SubjectKey:
    return house_key("refund")


def decide(*, refund_id: int, approved: bool, decision: str, today: dt.date, now: dt.datetime) -> Refund:
    """Approves (the money leaves suspense for what is to be paid out) or refuses. Raises `InputError`, `Refused`."""
    row = _held(refund_id)
    user = decider(row, row.asked_by, _place(row))
    row.decided_by, row.decided_at, row.approved, row.decision = user, now, approved, decision.strip()
    if not approved:
        row.decision = reason(decision)
    with everything_in_sight():
        if approved:
            lock(row.payment_id)
            free = FreeMoney.objects.filter(pk=row.payment_id).first()
            if free is None or free.rupiah < row.amount_rupiah:
                raise InputError(_("Uang ini sudah terpakai sejak diminta."), remedy=_("Tolak permintaan ini."))
            source = UNKNOWN if free.payer_id is None else OVERPAID
            row.group_id = _post(f"refund:{row.pk}", "refund", today, source, REFUNDS, row.amount_rupiah)
        with refusals():
            row.save(update_fields=["decided_by", "decided_at", "approved", "decision", "group_id"])
        audit.record("refund.decided", "payment", row.payment_id, fields=("amount_rupiah", "approved"), reason=row.decision)
    return row


def paid(*, refund_id: int, paid_on: dt.date, reference: str, today: dt.date, by_statement: bool = False) -> Refund:
    """Says that a refund has left the account: an officer who saw it at the bank, or the bank's statement."""
    row = _held(refund_id)
    current().need(Can.TAKE_PAYMENT, _place(row))
    if not row.approved or row.paid_on is not None:
        raise InputError(_("Pengembalian ini belum disetujui, atau sudah keluar."), remedy=_("Lihat keadaannya."))
    if paid_on > today or (row.decided_at is not None and paid_on < row.decided_at.date() - dt.timedelta(days=1)):
        raise InputError(
            _("Hari keluarnya tidak mungkin."), field="paid_on", value=paid_on.isoformat(),
            remedy=_("Tulis hari sesudah disetujui, sampai hari ini."),
        )  # fmt: skip
    with everything_in_sight():
        row.paid_on, row.paid_by, row.paid_reference = paid_on, None if by_statement else current().user_id, reference.strip()
        row.paid_group_id = _post(f"refund_paid:{row.pk}", "refund_paid", paid_on, REFUNDS, CLEARING, row.amount_rupiah)
        with refusals():
            row.save(update_fields=["paid_on", "paid_group_id", "paid_by", "paid_reference"])
        audit.record("refund.paid", "payment", row.payment_id, fields=("amount_rupiah",))
    return row


def _held(refund_id: int) -> Refund:
    row = Refund.objects.select_related("payment").filter(pk=refund_id).first()
    if row is None:
        raise not_yours(_("Pengembalian ini tidak ada, atau bukan wewenang Anda."))
    return row


def _place(row: Refund) -> Place:
    return Place(regency=row.payment.regency_code)


def _post(reference: str, kind: str, day: dt.date, debit: str, credit: str, rupiah: int) -> int:
    days = reading.days()
    posting = ledger.Posting(reference, kind, days.effective(day), (ledger.Leg(debit, credit, rupiah),))
    open_for([posting.effective_on], days)
    ledger.post(posting)
    return posting.group_id
