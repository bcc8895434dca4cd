"""Paying out: what is due is gathered into a file for the bank by one, approved by another, exported once, and sent.

A batch is a state machine in the database: prepared, approved, exported, answered. Its file follows from its rows alone, so work
that was killed and done again gives the same bytes. What is in one batch cannot be in another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.errors import not_yours
from jamsostek.access.models import Grant
from jamsostek.access.roles import Can
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.access.scope import acting, current, system_scope
from jamsostek.access.vault import house_key
from jamsostek.claims.actions.common import SECRET
from jamsostek.claims.actions.late import late_payments
from jamsostek.claims.banks import code_of
from jamsostek.claims.choices import COMPONENTS, BatchState, Component, PayoutState
from jamsostek.claims.models import Batch, Debtor, Event, Party, Payout, Transfer
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, speaking
from jamsostek.files import actions as files
from jamsostek.ledger.errors import refusals
from jamsostek.messages.payout.checks import check_account, check_bank, check_name
from jamsostek.messages.payout.pain001 import write_pain001
from jamsostek.messages.payout.records import PENSION, SOCIAL_SECURITY
from jamsostek.messages.payout.records import Batch as Order
from jamsostek.messages.payout.records import Transfer as Line

EXPORT = "claims.export_batch"
MOST = 50_000
"""Transfers in one file; more are several files."""
FRESH = dt.timedelta(days=14)
"""A changed account and a payment within so many days need a second office."""
_READY = (PayoutState.DUE, PayoutState.FAILED)
_ORDER = ("due_on", "month", "claim_id", "party_id", "component")
RETENTION = "payment"
_LOCK = 820_232
WHY_NOT = {
    "account": N_("rekening belum diperiksa"),
    "second_office": N_("rekening baru diganti: perlu diperiksa kantor pusat"),
    "form": N_("nama atau rekening tidak dapat ditulis dalam berkas bank"),
}


@dataclass(frozen=True)
class Prepared:
    """What was gathered; `left` counts why others were not."""

    batches: Sequence[Batch]
    left: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Ready:
    payout: Payout
    pays_into: Party


def set_debtor(*, fund: str, name: str, bank: str, account: str) -> Debtor:
    """The account a fund pays from; the newest holds. Raises `InputError`, `Refused`."""
    current().need(Can.PAY_CLAIMS)
    code = code_of(bank)
    check_name("debtor_name", name)
    check_bank("debtor_bank", code)
    check_account("debtor_account", account)
    made = Debtor.objects.create(fund=fund, name=name, bank=code, account=account, set_by=current().user_id)
    audit.record("payout.debtor", "fund", None, fields=("account",), reason=fund)
    return made


def prepare(*, fund: str, pay_on: dt.date, today: dt.date, roll_id: int | None = None) -> Prepared:
    """Gathers what a fund owes and can pay into one or more batches. Raises `InputError`, `Refused`."""
    current().need(Can.PAY_CLAIMS)
    user = current().user_id
    if user is None:
        raise not_yours()
    if pay_on < today:
        raise InputError(
            _("Hari bayar sudah lewat."), field="pay_on", value=pay_on.isoformat(), remedy=_("Pilih hari ini atau sesudahnya.")
        )
    debtor = Debtor.objects.filter(fund=fund).order_by("-id").first()
    if debtor is None:
        raise InputError(
            _("Dana ini belum punya rekening untuk membayar."),
            field="fund",
            value=fund,
            remedy=_("Daftarkan rekeningnya dahulu."),
        )
    if roll_id is None:
        late_payments(fund=fund, pay_on=pay_on, today=today)
    left, batches, ready = Counter[str](), [], []
    for one, why in _looked_at(fund, roll_id, today):
        if why:
            left[why] += 1
            continue
        ready.append(one)
        if len(ready) == MOST:  # a million pensions are twenty files, and never all in memory
            batches.append(_batch(debtor, ready, pay_on, roll_id, user, today))
            ready = []
    if ready:
        batches.append(_batch(debtor, ready, pay_on, roll_id, user, today))
    return Prepared(batches, left)


def _looked_at(fund: str, roll_id: int | None, today: dt.date) -> Iterator[tuple[_Ready, str]]:
    """What a fund owes, in the order of its day, with where it goes and why it cannot yet; read in pieces of one file."""
    rows = Payout.objects.select_for_update().filter(fund=fund, state__in=_READY, roll_id=roll_id)
    after: tuple[Any, ...] | None = None
    while True:
        left = rows if after is None else rows.extra(where=[f"({', '.join(_ORDER)}) > (%s, %s, %s, %s, %s)"], params=after)  # noqa: S610
        piece = list(left.order_by(*_ORDER)[:MOST])
        if not piece:
            return
        parties = Party.objects.filter(pk__in={row.party_id for row in piece}).select_related("guardian").in_bulk()
        for row in piece:
            into = _pays_into(parties[row.party_id])
            yield _Ready(row, into), _why_not(into, today)
        after = tuple(getattr(piece[-1], name) for name in _ORDER)


def _pays_into(party: Party) -> Party:
    """Whose account takes it: their own where it is verified, else their guardian's."""
    guardian = party.guardian
    return guardian if party.account_state != "verified" and guardian is not None else party


def _why_not(into: Party, today: dt.date) -> str:
    if into.account_state != "verified" or into.account_sealed is None:
        return "account"
    if _changed_lately(into, today) and not _by_head_office(into.account_checked_by):
        return "second_office"
    try:
        check_name("creditor_name", into.account_name)
        check_bank("creditor_bank", code_of(into.account_bank))
    except InputError:
        return "form"
    return ""


def _changed_lately(into: Party, today: dt.date) -> bool:
    if into.account_changed_on is None or today - into.account_changed_on > FRESH:
        return False
    return Event.objects.filter(claim_id=into.claim_id, kind="account_given", data__party=into.pk).exists()


def _by_head_office(user_id: int | None) -> bool:
    return Grant.objects.filter(user_id=user_id or 0, kind=GrantKind.NATION, ended_at=None).exists()


def _batch(debtor: Debtor, ready: Sequence[_Ready], pay_on: dt.date, roll_id: int | None, user: int, today: dt.date) -> Batch:
    with connection.cursor() as cursor:
        # No sequence: what was killed and is prepared again has the same number, and so the same file.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM claims_batch")
        number = int(cursor.fetchone()[0])
    amounts = [one.payout.gross_rupiah - one.payout.tax_rupiah for one in ready]
    batch = Batch.objects.create(
        pk=number,
        fund=debtor.fund,
        roll_id=roll_id,
        message_id=f"JS-{debtor.fund.upper()}-{number}",
        pay_on=pay_on,
        count=len(ready),
        rupiah=sum(amounts),
        debtor_name=debtor.name,
        debtor_bank=debtor.bank,
        debtor_account=debtor.account,
        prepared_by=user,
        prepared_on=today,
    )
    Transfer.objects.bulk_create(
        [
            Transfer(
                batch=batch,
                number=place,
                month=one.payout.month,
                claim_id=one.payout.claim_id,
                party_id=one.payout.party_id,
                component=one.payout.component,
                rupiah=rupiah,
                account_party_id=one.pays_into.pk,
                account_name=one.pays_into.account_name,
                account_bank=code_of(one.pays_into.account_bank),
                account_sealed=one.pays_into.account_sealed,
            )
            for place, (one, rupiah) in enumerate(zip(ready, amounts, strict=True), 1)
        ],
        batch_size=5_000,
    )
    move_payouts(batch, PayoutState.BATCHED)
    audit.record("payout.prepared", "batch", batch.pk, fields=("rupiah", "count"))
    return batch


def move_payouts(batch: Batch, state: PayoutState) -> None:
    """Brings every payout of a batch to a state, in one statement. What never left for the bank was no attempt."""
    into = None if state in (PayoutState.DUE, PayoutState.FAILED) else batch.pk
    with connection.cursor() as cursor, refusals():
        cursor.execute(
            "UPDATE claims_payout p SET state = %s, batch_id = %s, attempts = p.attempts + %s FROM claims_transfer t"
            " WHERE t.batch_id = %s"
            " AND (p.month, p.claim_id, p.party_id, p.component) = (t.month, t.claim_id, t.party_id, t.component)",
            [int(state), into, {PayoutState.BATCHED: 1, PayoutState.DUE: -1}.get(state, 0), batch.pk],
        )


def _held(batch_id: int, *states: BatchState) -> Batch:
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise not_yours(_("Berkas pembayaran ini tidak ada, atau bukan wewenang Anda."))
    if states and BatchState(batch.state) not in states:
        raise InputError(
            _("Berkas pembayaran ini tidak lagi di tahap itu."),
            field="state",
            value=batch.state,
            remedy=_("Muat ulang halamannya."),
        )
    return batch


def approve(*, batch_id: int, now: dt.datetime) -> Batch:
    """Another person lets it go to the bank; the file is made next, by a worker. Raises `InputError`, `Refused`."""
    batch = _held(batch_id, BatchState.PREPARED)
    current().need(Can.APPROVE_PAYOUT)
    user = current().user_id
    if user is None or user == batch.prepared_by:
        raise InputError(
            _("Yang menyiapkan tidak menyetujui."), field="approved_by", remedy=_("Minta rekan Anda menyetujui berkas ini.")
        )
    batch.state, batch.approved_by, batch.approved_at = BatchState.APPROVED, user, now
    with refusals():
        batch.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record("payout.approved", "batch", batch.pk, fields=("rupiah", "count"))
    enqueue(EXPORT, batch_id=batch.pk)
    return batch


def cancel(*, batch_id: int, reason: str) -> Batch:
    """Takes a batch apart before it went to the bank; what was in it is due again."""
    batch = _held(batch_id, BatchState.PREPARED, BatchState.APPROVED)
    current().need(Can.PAY_CLAIMS)
    if len(reason.strip()) < 3:
        raise InputError(_("Alasannya belum ditulis."), field="reason", remedy=_("Tulis sekurang-kurangnya satu kalimat."))
    move_payouts(batch, PayoutState.DUE)
    batch.state, batch.reason = BatchState.CANCELLED, reason.strip()
    batch.save(update_fields=["state", "reason"])
    audit.record("payout.cancelled", "batch", batch.pk, reason=batch.reason)
    return batch


# --- the file -----------------------------------------------------------------------------------------------------------


def end_to_end(batch_id: int, number: int) -> str:
    """What a transfer is called at every bank."""
    return f"JS{batch_id}-{number}"


def order_of(batch: Batch) -> Order:
    """The order a batch is: the same rows give the same order, whenever and however often it is made."""
    key = house_key(SECRET)
    assert batch.approved_at is not None
    with speaking("id"):
        lines = tuple(
            Line(
                end_to_end(batch.pk, row.number), row.rupiah, row.account_name, row.account_bank,
                key.open(f"account:{row.account_party_id}", row.account_sealed), _text(row), _purpose(row),
            )
            for row in Transfer.objects.filter(batch=batch).order_by("number").iterator(chunk_size=5_000)
        )  # fmt: skip
    return Order(
        batch.message_id,
        batch.approved_at.replace(microsecond=0),
        batch.pay_on,
        batch.debtor_name,
        batch.debtor_bank,
        batch.debtor_account,
        lines,
    )


def _text(row: Transfer) -> str:
    """What the receiver reads; it names no person."""
    return f"BPJS Ketenagakerjaan {COMPONENTS[Component(row.component)].title} {row.month % 100:02d}/{row.month // 100}"[:140]


def _purpose(row: Transfer) -> str:
    return PENSION if Component.JP_OLD_AGE <= row.component <= Component.JP_PARENT else SOCIAL_SECURITY


def export(*, batch_id: int, now: dt.datetime) -> Batch:
    """Makes the file of an approved batch and says that it is sent; done again it changes nothing."""
    with acting(system_scope(EXPORT)):
        batch = _held(batch_id)
        if batch.state in (BatchState.EXPORTED, BatchState.ANSWERED):
            return batch
        if batch.state != BatchState.APPROVED:
            raise InputError(_("Berkas ini belum disetujui."), field="state", value=batch.state)
        digest = files.store(write_pain001(order_of(batch)), retention=RETENTION)
        move_payouts(batch, PayoutState.SENT)
        batch.state, batch.exported_at, batch.file_digest = BatchState.EXPORTED, now, digest
        batch.save(update_fields=["state", "exported_at", "file_digest"])
        audit.record("payout.exported", "batch", batch.pk, fields=("file",))
    return batch


def file_of(*, batch_id: int) -> tuple[bytes, str]:
    """The file for the bank and its name; who took it is remembered."""
    current().need(Can.PAY_CLAIMS)
    batch = _held(batch_id, BatchState.EXPORTED, BatchState.ANSWERED)
    audit.record("payout.file_taken", "batch", batch.pk, fields=("file",))
    return files.read(batch.file_digest), f"{batch.message_id}.xml"


def open_exports() -> list[int]:
    """Batches that were approved and have no file yet: a killed worker left them."""
    return list(Batch.objects.filter(state=BatchState.APPROVED).values_list("pk", flat=True))


def release(*, claim_id: int, today: dt.date) -> int:
    """What was held for arrears becomes due once they are paid; how many payouts."""
    from jamsostek.claims.actions.common import happened, held, need

    claim = held(claim_id)
    need(claim, Can.DECIDE_CLAIM)
    with transaction.atomic():
        count = Payout.objects.filter(claim_id=claim.pk, state=PayoutState.HELD).update(state=PayoutState.DUE)
        if count:
            happened(claim, "released", today, count=count)
    return count
