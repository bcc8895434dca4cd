"""Money in, for whoever looks: states of bills, a payer's payments, what one of them paid, what waits, what is to be decided.

Row rules hold: everybody sees their own, an office its region's, the head office all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.vault import Unreadable, blind_index, house_key
from jamsostek.collection.actions.payments.notices import State
from jamsostek.collection.actions.payments.planning import PARTS
from jamsostek.collection.choices import Channel, PayerKind, RowKind
from jamsostek.collection.codes import code_of, number_of
from jamsostek.collection.models import (
    Allocation,
    Bill,
    Bounce,
    FreeMoney,
    Match,
    Payment,
    Receipt,
    Refund,
    Statement,
    StatementRow,
    Void,
)
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.ledger.queries import number_of as id_of_name
from jamsostek.ledger.queries import number_words
from jamsostek.messages.bank.problems import Problem
from jamsostek.registry.models import Employer, Participant, Placement, Project, Sponsor

# --- bills ------------------------------------------------------------------------------------------------------------


class BillStanding(StrEnum):
    """How far a bill is."""

    OPEN = "open"
    PARTLY = "partly"
    PAID = "paid"
    OVERDUE = "overdue"
    CREDIT = "credit"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class BillState:
    """What is outstanding of a bill on a day, by part (`PARTS`); whole rupiah. `last_paid_on` is when its last money came in."""

    bill_id: int
    standing: BillStanding
    outstanding: dict[str, int]
    paid_rupiah: int
    last_paid_on: dt.date | None
    due_on: dt.date

    @property
    def outstanding_rupiah(self) -> int:
        """All parts together; less than nothing where the payer gets something back."""
        return sum(self.outstanding.values())


_ASKED = {"jkp": "CASE b.payer_kind WHEN 6 THEN b.jkp_government_rupiah ELSE 0 END"}
_BILLS = f"""
    SELECT b.id, ARRAY[{", ".join(_ASKED.get(name, f"b.{name}_rupiah") for name in PARTS)}],
           ARRAY[{", ".join(f"coalesce(p.{name}_rupiah, 0)" for name in PARTS)}],
           b.total_rupiah, b.due_on, b.jht_due_on, b.jp_due_on, p.last_paid_on,
           EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)
    FROM collection_bill b LEFT JOIN collection_paid p ON p.bill_id = b.id AND p.bill_id = ANY (%s::bigint[])
    WHERE b.id = ANY (%s::bigint[])
"""  # noqa: S608


def bill_states(bill_ids: Sequence[int], today: dt.date) -> dict[int, BillState]:
    """How far bills are paid on a day, by id; bills out of sight are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_BILLS, [list(bill_ids), list(bill_ids)])
        rows = cursor.fetchall()
    return {row[0]: _bill_state(*row, today=today) for row in rows}


def _bill_state(
    bill: int,
    asked: list[int],
    paid: list[int],
    total: int,
    due_on: dt.date,
    jht_due_on: dt.date,
    jp_due_on: dt.date,
    last_paid_on: dt.date | None,
    void: bool,
    *,
    today: dt.date,
) -> BillState:
    left = {name: a - p for name, a, p in zip(PARTS, asked, paid, strict=True)}
    days = {"jht": jht_due_on, "jp": jp_due_on}
    due = min((days.get(name, due_on) for name, rupiah in left.items() if rupiah), default=due_on)
    if void:
        return BillState(bill, BillStanding.VOID, dict.fromkeys(PARTS, 0), 0, None, due)
    if not any(left.values()):
        standing = BillStanding.PAID
    elif total < 0:
        standing = BillStanding.CREDIT
    elif due < today:
        standing = BillStanding.OVERDUE
    else:
        standing = BillStanding.PARTLY if any(paid) else BillStanding.OPEN
    return BillState(bill, standing, left, sum(paid), last_paid_on, due)


# --- payments ---------------------------------------------------------------------------------------------------------


def name_of(payment_id: int) -> str:
    """What a payment is called in addresses and on receipts."""
    return number_words(payment_id)


@dataclass(frozen=True)
class Paid:
    """A payment and how far it is used; whole rupiah."""

    payment: Payment
    state: State
    used_rupiah: int
    free_rupiah: int
    refunded_rupiah: int

    @property
    def name(self) -> str:
        """Its name in addresses and on receipts."""
        return name_of(self.payment.pk)


_STAND = "SELECT * FROM collection_payments_stand(%s::bigint[])"


def standings(rows: Sequence[Payment]) -> list[Paid]:
    """Payments with how far they are used, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [[one.pk for one in rows]])
        told = {row[0]: row[2:] for row in cursor.fetchall()}
    return [_standing(one, *told[one.pk]) for one in rows]


def _standing(payment: Payment, free: int, payer: int | None, bounced: bool, refunded: int) -> Paid:
    state, used = _state(payment.amount_rupiah, free, payer, bounced, refunded)
    return Paid(payment, state, used, free, refunded)


def _state(amount: int, free: int, payer: int | None, bounced: bool, refunded: int) -> tuple[State, int]:
    """How far a payment is used, in a word and in rupiah."""
    if bounced:
        return State.RETURNED, 0
    used = amount - free - refunded
    if not free:
        return State.ALLOCATED, used
    if payer is None:
        return State.UNKNOWN, used
    return (State.PARTLY if used else State.WAITING), used


def one(payment_id: int) -> Paid:
    """A payment in sight; raises `Refused`, the same whether it is there or not."""
    found = Payment.objects.filter(pk=payment_id).first()
    if found is None:
        raise not_yours(_("Pembayaran ini tidak ada, atau bukan wewenang Anda."))
    return standings([found])[0]


def by_name(name: str) -> Paid:
    """A payment by its name; raises `Refused`."""
    return one(id_of_name(name) or 0)


def listed(*, asked: str = "", state: str = "", channel: int | None = None) -> QuerySet[Payment]:
    """Payments in sight, the newest first. `asked` is a payment code, a bank's reference or a payment's name."""
    rows = Payment.objects.order_by("-recorded_at", "pk")
    if channel:
        rows = rows.filter(channel=channel)
    if state == "free":
        rows = rows.filter(pk__in=FreeMoney.objects.exclude(payer_id=None).values("pk"))
    elif state == "unknown":
        rows = rows.filter(pk__in=FreeMoney.objects.filter(payer_id=None).values("pk"))
    elif state == "returned":
        rows = rows.filter(pk__in=Bounce.objects.values("pk"))
    return rows.filter(_asked(asked)) if asked.strip() else rows


def _asked(text: str) -> Q:
    plain = text.strip()
    found = Q(reference=plain) | Q(pk=id_of_name(plain) or 0)
    try:
        number = number_of(plain)
    except InputError:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.payment_id FROM collection_code c JOIN collection_allocation a ON a.bill_id = c.bill_id"
            " WHERE c.number = %s",
            [number],
        )
        paying = [row[0] for row in cursor.fetchall()]
    return found | Q(code=code_of(number)) | Q(pk__in=paying)


def of_payer(
    *, employer_id: int | None = None, sponsor_id: int | None = None, participant_id: int | None = None
) -> QuerySet[Payment]:
    """A payer's payments, those that were matched to them too, the newest first."""
    whose = {"employer_id": employer_id, "sponsor_id": sponsor_id, "participant_id": participant_id}
    told = {name: value for name, value in whose.items() if value is not None}
    matched = Match.objects.filter(approved=True, **told).values("payment_id")
    return Payment.objects.filter(Q(**told) | Q(pk__in=matched)).order_by("-paid_at", "pk")


def of_bill(bill_id: int) -> list[Allocation]:
    """What was paid of a bill, in order, with its payments."""
    return list(Allocation.objects.filter(bill_id=bill_id).select_related("payment").order_by("number"))


@dataclass(frozen=True)
class Used:
    """What a payment was used for: the bill and the parts."""

    bill: Bill
    code: str
    parts: dict[str, int]
    total_rupiah: int
    effective_on: dt.date
    group_id: int


def uses(payment_id: int) -> list[Used]:
    """What a payment was used for, in order; bills out of sight are left out."""
    rows = list(Allocation.objects.filter(payment_id=payment_id).order_by("step"))
    bills = Bill.objects.in_bulk([row.bill_id for row in rows])
    return [
        Used(
            bills[row.bill_id], code_of(bills[row.bill_id].number), {name: getattr(row, f"{name}_rupiah") for name in PARTS},
            row.total_rupiah, row.effective_on, row.group_id,
        )
        for row in rows
        if row.bill_id in bills
    ]  # fmt: skip


def groups(payment: Payment) -> list[int]:
    """The groups of the books that a payment's money went through, in order."""
    found = [payment.group_id]
    found += Allocation.objects.filter(payment=payment).order_by("step").values_list("group_id", flat=True)
    found += [row.group_id for row in Match.objects.filter(payment=payment, approved=True) if row.group_id]
    for row in Refund.objects.filter(payment=payment, approved=True).order_by("pk"):
        found += [one for one in (row.group_id, row.paid_group_id) if one]
    found += Bounce.objects.filter(pk=payment.pk).values_list("group_id", flat=True)
    return list(dict.fromkeys(found))


def bounce_of(payment_id: int) -> Bounce | None:
    """Why the bank took it back, if it did."""
    return Bounce.objects.filter(pk=payment_id).first()


def payer_words(kind: int | None, payer_id: int | None) -> str:
    """Who pays, by name; nothing where nobody knows or nobody may know."""
    if payer_id is None:
        return ""
    if kind == PayerKind.PROJECT:
        project = Project.objects.select_related("employer").filter(pk=payer_id).first()
        return f"{project.employer.name} ({project.name})" if project else ""
    if kind == PayerKind.PLACEMENT:
        placement = Placement.objects.select_related("participant").filter(pk=payer_id).first()
        return str(placement.participant.name) if placement else ""
    model: Any = {PayerKind.EMPLOYER: Employer, PayerKind.SPONSOR: Sponsor, PayerKind.PERSON: Participant}.get(
        PayerKind(kind or 0) if kind else PayerKind.STATE
    )
    found = model.objects.filter(pk=payer_id).first() if model else None
    return str(found.name) if found else _("Pemerintah") if kind == PayerKind.STATE else ""


def payer_of(payment: Payment) -> tuple[int | None, int | None]:
    """Whose a payment is: as its code told, or as it was matched."""
    if payment.payer_id is not None:
        return payment.payer_kind, payment.payer_id
    row = Match.objects.filter(payment=payment, approved=True, whole=True).first()
    return (row.payer_kind, row.payer_id) if row else (None, None)


# --- receipts for payers ----------------------------------------------------------------------------------------------


def seal_of(payment_id: int) -> str:
    """Twelve letters that only we can make: whoever has them holds the receipt."""
    return "".join(chr(97 + byte % 26) for byte in blind_index("receipt", str(payment_id))[:12])


@dataclass(frozen=True)
class Proof:
    """What a receipt proves to anybody who holds it: no name, nobody's number."""

    amount_rupiah: int
    paid_on: dt.date
    recorded_at: dt.datetime
    used_rupiah: int
    bounced: bool
    months: Sequence[int]


def proof(name: str, seal: str) -> Proof | None:
    """What a receipt proves; None for one that we did not make."""
    identity = id_of_name(name)
    if identity is None or seal_of(identity) != seal:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM collection_receipt_shows(%s)", [identity])
        row = cursor.fetchone()
    if row is None:
        return None
    amount, paid_on, recorded_at, used, bounced, months = row
    return Proof(amount, paid_on, recorded_at, used, bounced, months or ())


# --- work lists -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Money that no bill has taken; `since` when it was recorded."""

    payment: Payment
    rupiah: int
    payer_kind: int | None
    payer_id: int | None
    since: dt.datetime
    asked: bool
    """Whether somebody asked already what to do with it."""


def waiting(*, known: bool | None = None, owner: tuple[int, int] | None = None) -> QuerySet[FreeMoney]:
    """Free money in sight, the oldest first: of nobody known, of payers known, or of one payer."""
    rows = FreeMoney.objects.select_related("payment").order_by("since", "pk")
    if known is not None:
        rows = rows.filter(payer_id__isnull=not known)
    return rows.filter(payer_kind=owner[0], payer_id=owner[1]) if owner else rows


def told_of(rows: Sequence[FreeMoney]) -> list[Waiting]:
    """Free money as a work list shows it."""
    ids = [one.pk for one in rows]
    asked = set(Match.objects.filter(payment_id__in=ids, decided_at=None).values_list("payment_id", flat=True))
    asked |= set(Refund.objects.filter(payment_id__in=ids, decided_at=None).values_list("payment_id", flat=True))
    return [Waiting(one.payment, one.rupiah, one.payer_kind, one.payer_id, one.since, one.pk in asked) for one in rows]


def free_rupiah(*, payer_kind: int, payer_id: int) -> int:
    """A payer's free money; whole rupiah."""
    return sum(one.rupiah for one in waiting(owner=(payer_kind, payer_id)))


def matches(payment_id: int | None = None, *, undecided: bool = False) -> QuerySet[Match]:
    """Proposals whose money is that, the newest first."""
    rows = Match.objects.select_related("payment").order_by("-pk")
    rows = rows.filter(payment_id=payment_id) if payment_id is not None else rows
    return rows.filter(decided_at=None) if undecided else rows


def refunds(payment_id: int | None = None) -> QuerySet[Refund]:
    """Refunds in sight, those to be decided first, then those to be paid out, then the others."""
    rows = Refund.objects.select_related("payment").order_by("-pk")
    return rows.filter(payment_id=payment_id) if payment_id is not None else rows


def receipts() -> QuerySet[Receipt]:
    """Manual receipts in sight, the newest first."""
    return Receipt.objects.select_related("payment").order_by("-pk")


def receipt(receipt_id: int) -> Receipt:
    """One in sight; raises `Refused`."""
    found = receipts().filter(pk=receipt_id).first()
    if found is None:
        raise not_yours(_("Catatan ini tidak ada, atau bukan wewenang Anda."))
    return found


def refund(refund_id: int) -> Refund:
    """One in sight; raises `Refused`."""
    found = refunds().filter(pk=refund_id).first()
    if found is None:
        raise not_yours(_("Pengembalian ini tidak ada, atau bukan wewenang Anda."))
    return found


def match(match_id: int) -> Match:
    """One in sight; raises `Refused`."""
    found = matches().filter(pk=match_id).first()
    if found is None:
        raise not_yours(_("Usulan ini tidak ada, atau bukan wewenang Anda."))
    return found


@dataclass(frozen=True)
class Work:
    """How much waits on each list, in sight."""

    unknown: int
    overpaid: int
    matches: int
    refunds: int
    receipts: int
    statements: int


def work() -> Work:
    """What waits for somebody."""
    return Work(
        waiting(known=False).count(),
        waiting(known=True).count(),
        Match.objects.filter(decided_at=None).count(),
        Refund.objects.filter(Q(decided_at=None) | Q(approved=True, paid_on=None)).count(),
        Receipt.objects.filter(decided_at=None).count(),
        Statement.objects.filter(state="ready").count(),
    )


# --- statements -------------------------------------------------------------------------------------------------------


def statements() -> QuerySet[Statement]:
    """Statements in sight, the newest first."""
    return Statement.objects.order_by("-pk")


def statement(statement_id: int) -> Statement:
    """One in sight; raises `Refused`."""
    found = statements().filter(pk=statement_id).first()
    if found is None:
        raise not_yours(_("Rekening koran ini tidak ada, atau bukan wewenang Anda."))
    return found


def problems(row: Statement) -> list[Problem]:
    """What could not be read, in the reader's language."""
    return [Problem(**one) for one in row.problems]


def rows_of(row: Statement, kind: RowKind) -> QuerySet[StatementRow]:
    """Rows of a statement of which something became, of one kind."""
    return StatementRow.objects.filter(statement=row, kind=str(kind)).select_related("payment").order_by("row")


def text_of(row: StatementRow) -> str:
    """What payer and bank wrote on a row that somebody has to look into."""
    if row.text_sealed is None:
        return ""
    try:
        return house_key("statement").open(f"text:{row.statement_id}", row.text_sealed)
    except Unreadable:
        return ""


def text_of_payment(payment_id: int) -> str:
    """What payer and bank wrote with money of nobody known; it may name people."""
    row = StatementRow.objects.filter(payment_id=payment_id, kind=str(RowKind.UNKNOWN)).first()
    return text_of(row) if row else ""


def unseen(row: Statement) -> int:
    """Payments that the bank told of for a statement's days, and that no statement shows: to be asked at the bank."""
    if row.from_date is None or row.to_date is None:
        return 0
    seen = StatementRow.objects.filter(kind=str(RowKind.AGAIN), payment__bank=row.bank).values("payment_id")
    return (
        Payment.objects.filter(bank=row.bank, channel=Channel.WEBHOOK, paid_on__range=(row.from_date, row.to_date))
        .exclude(pk__in=seen)
        .count()
    )


def voided(bill_id: int) -> bool:
    """Whether a bill was taken back."""
    return Void.objects.filter(bill_id=bill_id).exists()


@dataclass(frozen=True)
class Answer:
    """What the bank that told of a payment is answered; whole rupiah."""

    state: State
    amount_rupiah: int
    used_rupiah: int
    free_rupiah: int


def answer(payment_id: int) -> Answer:
    """How far a payment is used, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [[payment_id]])
        _id, amount, free, payer, bounced, refunded = cursor.fetchone()
    state, used = _state(amount, free, payer, bounced, refunded)
    return Answer(state, amount, used, free)
