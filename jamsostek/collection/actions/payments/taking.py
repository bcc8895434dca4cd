"""Money in: told once, whatever tells it, and in one transaction matched, booked and given to members. And free money used later.

Nothing that came is lost for what the books refuse: many that are refused together are tried apart; one that is refused is
tried again as others left things, then without credit notes, then with nothing allocated, to wait on the work list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import acting, current, everything_in_sight, system_scope
from jamsostek.collection.actions.payments import reading
from jamsostek.collection.actions.payments.notices import AllocatedMeanwhile, Notice, PaidDifferently, PaidInFuture, Told
from jamsostek.collection.actions.payments.planning import Money, Use, plan
from jamsostek.collection.actions.payments.reading import CodeOf, Days, Free, Payer
from jamsostek.collection.actions.payments.writing import Event, paid, used, write
from jamsostek.core.derived import derived_id
from jamsostek.core.errors import InputError
from jamsostek.ledger.errors import LedgerRefused, refused

TRIES = 4
MEANWHILE = frozenset({
    "collection_allocation_pkey", "collection_allocation_payment_id_step_key", "collection_allocation_order",
    "collection_not_overpaid", "collection_payment_enough", "collection_bill_void", "collection_payment_pkey",
    "collection_payment_bank_reference_key", "ledger_group_pkey", "ledger_group_reference_key", "ledger_reference_once",
    "ledger_period_closed", "ledger_period_open", "accounts_month_credited", "ledger_day_closed",
})  # fmt: skip
"""Refusals by what somebody else did at the same moment: as it stands now, it may well be taken."""
_DAY = dt.timedelta(days=1)


def receive(notice: Notice, *, today: dt.date) -> Told:
    """One payment. The same again changes nothing and is answered the same. Raises `PaidDifferently`, `PaidInFuture`."""
    current().need(Can.TAKE_PAYMENT)
    if day_of(notice.paid_at) > today + _DAY:
        raise PaidInFuture(day_of(notice.paid_at))
    with everything_in_sight():
        told = receive_many([notice], today=today)[0]
        if told.problem is not None:
            raise told.problem
        if not told.again:
            audit.record("payment.received", "payment", told.payment_id, fields=("amount_rupiah",))
    return told


def receive_many(notices: Sequence[Notice], *, today: dt.date) -> list[Told]:
    """Payments in their order, in one transaction; those told before are left. A contradiction is told with its notice.

    Call under a scope that sees everything.
    """
    for at in range(TRIES):
        try:
            return _attempt(notices, today)
        except LedgerRefused as error:
            if error.constraint not in MEANWHILE:
                break
        except DatabaseError as error:
            if not _meanwhile(error):
                raise
        if len(notices) > 1 and at:
            break
    if len(notices) > 1:
        half = len(notices) // 2
        return [*receive_many(notices[:half], today=today), *receive_many(notices[half:], today=today)]
    try:
        return _attempt(notices, today, credits=False)
    except (LedgerRefused, DatabaseError):
        return _attempt(notices, today, allocates=False)


def _meanwhile(error: DatabaseError) -> bool:
    """Whether it may work when tried again."""
    cause = error.__cause__
    if isinstance(error, OperationalError):
        return isinstance(cause, psycopg.errors.DeadlockDetected)
    found = refused(error)
    name = found.constraint if found else cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    return name in MEANWHILE


def _attempt(notices: Sequence[Notice], today: dt.date, *, credits: bool = True, allocates: bool = True) -> list[Told]:
    with transaction.atomic():
        named = reading.named(notices)
        told, fresh = _sorted_out(notices, named.known)
        if fresh:
            _take(fresh, named.codes, today, credits=credits, allocates=allocates)
    return told


def _sorted_out(notices: Sequence[Notice], known: dict[tuple[str, str], tuple[int, int, str]]) -> tuple[list[Told], list[Notice]]:
    """What is answered for each, and those that are new."""
    there = dict(known)
    told, fresh = [], []
    for one in notices:
        before = there.get((one.bank, one.reference))
        if before is None:
            there[one.bank, one.reference] = (one.payment_id, one.amount_rupiah, one.code)
            fresh.append(one)
            told.append(Told(one.payment_id))
            continue
        identity, rupiah, code = before
        same = rupiah == one.amount_rupiah and (not one.code or not code or code == one.code)
        problem = None
        if not same:
            problem = PaidDifferently(reference=one.reference, amount_rupiah=one.amount_rupiah, known_rupiah=rupiah)
        told.append(Told(identity, again=True, problem=problem))
    return told, fresh


def _take(notices: Sequence[Notice], owners: dict[str, CodeOf], today: dt.date, *, credits: bool, allocates: bool) -> None:
    """Allocates and writes new payments, and has the database check them."""
    payers = sorted({one.payer for one in owners.values()})
    found = reading.standing(payers if allocates else [], locked=[lock_of(one) for one in payers] if len(notices) == 1 else [])
    bills, free, days = found.bills, found.free, found.days
    events: list[Event] = []
    for one in notices:
        paid_on = min(day_of(one.paid_at), today)
        owner = owners.get(one.code)
        event = paid(one, owner, days.effective(paid_on), day_of(one.paid_at))
        events.append(event)
        if owner is None or not allocates:
            continue
        mine = Money(one.payment_id, one.amount_rupiah)
        earlier = free.setdefault(owner.payer, [])
        chosen = None if owner.void else owner.bill_id
        plan(bills.get(owner.payer, []), [*(other.money for other in earlier), mine], chosen=chosen, credits=credits)
        event.uses = taken_from(mine)
        events += events_of(earlier, days, today)
        if mine.free:
            earlier.append(Free(mine, event.paid_on))
    write(events, days, check=True)


def events_of(earlier: Sequence[Free], days: Days, today: dt.date) -> list[Event]:
    """What a plan used of earlier payments, a group each."""
    found = []
    for one in earlier:
        uses = taken_from(one.money)
        if uses:
            found.append(used(one.money.payment_id, uses[0].step, days.effective(today), one.paid_on, uses))
    return found


def taken_from(money: Money) -> list[Use]:
    """The uses of some money that were planned and not yet fetched."""
    uses, money.uses = money.uses, []
    return uses


def lock_of(payer: Payer) -> int:
    """The number that stands for a payer among locks."""
    return derived_id(f"payer:{payer[0]}:{payer[1]}")


def day_of(moment: dt.datetime) -> dt.date:
    """The legal day of a moment."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


# --- money that waits -------------------------------------------------------------------------------------------------


def use_free_money(*, payer_kind: int, payer_id: int, today: dt.date) -> int:
    """Uses a payer's free money for what they owe now, and applies credit notes; gives the rupiah that bills took.

    Raises `AllocatedMeanwhile`.
    """
    payer = (payer_kind, payer_id)
    with everything_in_sight():
        for credits in (True, False):
            try:
                with transaction.atomic():
                    return _use_free(payer, today, credits=credits)
            except DatabaseError as error:
                if _meanwhile(error):
                    raise AllocatedMeanwhile from error
                raise
            except LedgerRefused as error:
                if error.constraint in MEANWHILE:
                    raise AllocatedMeanwhile from error
                if not credits:
                    raise
    return 0


def _use_free(payer: Payer, today: dt.date, *, credits: bool) -> int:
    found = reading.standing([payer], locked=[lock_of(payer)])
    bills, earlier = found.bills.get(payer, []), found.free.get(payer, [])
    if credits and any(min(bill.outstanding) < 0 for bill in bills):
        earlier = [*earlier, *reading.used_money(payer)]
    uses = plan(bills, [one.money for one in earlier], credits=credits)
    if uses:
        write(events_of(earlier, found.days, today), found.days, check=True)
        audit.record("payment.used", "payment", uses[0].payment_id, fields=("allocated",))
    return sum(use.total for use in uses if use.total > 0)


def payers_to_serve(limit: int = 1_000, after: Payer = (0, 0)) -> list[Payer]:
    """Payers who have free money and owe something, or a credit note that nothing bears yet; in order, after one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payer_kind, payer_id FROM ("
            "SELECT f.payer_kind, f.payer_id FROM collection_free f WHERE f.payer_id IS NOT NULL"
            " AND EXISTS (SELECT FROM collection_open o WHERE o.payer_id = f.payer_id AND o.payer_kind = f.payer_kind)"
            " UNION SELECT payer_kind, payer_id FROM collection_open WHERE credit) AS waiting"
            " WHERE (payer_kind, payer_id) > (%s, %s) ORDER BY 1, 2 LIMIT %s",
            [*after, limit],
        )
        return [(int(kind), int(payer)) for kind, payer in cursor.fetchall()]


def use_all_free_money(*, today: dt.date) -> int:
    """Uses everybody's free money, each payer in a transaction of its own; gives how many payers there were.

    Somebody whose money is used by another at this moment comes round again with the next run.
    """
    after, served = (0, 0), 0
    while True:
        with acting(system_scope("payments.use_free_money")):
            payers = payers_to_serve(after=after)
        if not payers:
            return served
        for kind, payer in payers:
            with suppress(InputError), acting(system_scope("payments.use_free_money")):
                use_free_money(payer_kind=kind, payer_id=payer, today=today)
        after, served = payers[-1], served + len(payers)
