"""Three months of the invented regency: billed, paid by most, and the older ones credited and closed.

Who pays late, short or not at all follows from the bill's id, so that the demo is the same every time. The money comes into an
account of the practice bank (`demo.bank`).
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jamsostek.access.scope import acting, system_scope
from jamsostek.accounts.actions import crediting
from jamsostek.accounts.queries.crediting import next_month
from jamsostek.accounts.queries.rates import declared_rate
from jamsostek.collection import banks
from jamsostek.collection.actions import payments
from jamsostek.collection.actions.month import bill_month
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.actions.state import bill_state
from jamsostek.collection.choices import Channel, PayerKind
from jamsostek.collection.queries.asked import Asked, asked
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.core.text import _
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.demo.returns import know_rate
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.queries import periods

MONTHS = 3
ACCOUNT = "9900112233"
"""The collecting account at the practice bank; invented, as everything here."""
BATCH = 1_000
_ZONE = ZoneInfo("Asia/Jakarta")
_OF = 100
_PAYS_LATE, _PAYS_SHORT, _PAYS_NOTHING = 92, 95, 97
"""Of a hundred employers: the first so many pay in time, then late, then half, the rest not."""
_OWN_COVER_PAYS = 75
"""Of a hundred people who pay for themselves."""


def live_through(*, today: dt.date, tell: Tell) -> None:
    """Bills the three months before `today`'s, pays, credits and closes all but the last. Broken off, it goes on from there."""
    scope = system_scope(_(ACTOR))
    _open_account()
    months = [add_months(month_of(today), -back) for back in range(MONTHS, 0, -1)]
    if _closed(months[-2]):
        return
    for month in months:
        billed_on = first_day(add_months(month, 1))
        bill_month(month=month, today=billed_on, scope=scope)
        with acting(scope):
            bill_state(month=month, today=billed_on)
        _pay(month, billed_on, today, tell)
    with acting(scope):
        open_still = sorted(row.month for row in periods() if row.month < months[-1] and row.closed_at is None)
    for month in open_still:
        _credit(month, today)
        with acting(scope):
            ledger.close_period(month)


def _credit(month: int, today: dt.date) -> None:
    """The JHT return of a month, at a rate that is invented where the law's data have none; nothing where nobody has money."""
    with acting(system_scope(_(ACTOR))):
        if next_month() != month:
            return
    _declare(month, today)
    with acting(system_scope(_(ACTOR))):
        crediting.begin(month=month, today=today)
    crediting.credit(month=month)


def _declare(month: int, today: dt.date) -> None:
    """The demo's actuary proposes an example and its chief adopts it, unless there is a rate."""
    with acting(system_scope(_(ACTOR))):
        try:
            declared_rate(month)
        except InputError:
            pass
        else:
            return
    know_rate(month, today=today)


def _closed(month: int) -> bool:
    with acting(system_scope(_(ACTOR))):
        return any(row.month == month and row.closed_at is not None for row in periods())


def _open_account() -> None:
    if ACCOUNT not in banks.accounts():
        banks.add_account(ACCOUNT, _("Bank peragaan"))


def _pay(month: int, billed_on: dt.date, today: dt.date, tell: Tell) -> None:
    with acting(system_scope(_(ACTOR))):
        notices = [one for bill in asked(month) if (one := _payment(bill, billed_on, today)) is not None]
    notices.sort(key=lambda one: (one.paid_at, one.reference))
    for start in range(0, len(notices), BATCH):
        with acting(system_scope(_(ACTOR))):
            payments.receive_many(notices[start : start + BATCH], today=today)
        tell(_("Pembayaran {month}").format(month=month), min(start + BATCH, len(notices)), len(notices))


def _payment(bill: Asked, billed_on: dt.date, today: dt.date) -> Notice | None:
    """What a payer does about a bill; nobody pays before there is one."""
    chance = bill.bill_id * 2_654_435_761 % 2**32 % _OF
    rupiah, days = bill.total_rupiah, -(chance % 9)
    if bill.payer_kind == PayerKind.PERSON and chance >= _OWN_COVER_PAYS:
        return None
    if bill.payer_kind == PayerKind.EMPLOYER:
        if chance >= _PAYS_NOTHING:
            return None
        days = 12 if _PAYS_LATE <= chance < _PAYS_SHORT else days
        rupiah = rupiah // 2 if chance >= _PAYS_SHORT else rupiah
    day = max(bill.due_on + dt.timedelta(days), billed_on + dt.timedelta(days=1 + chance % 5))
    if day > today or rupiah == 0:
        return None
    paid_at = dt.datetime.combine(day, dt.time(9, chance % 60), _ZONE)
    return Notice(ACCOUNT, f"VA{bill.bill_id}", bill.code, rupiah, paid_at, Channel.WEBHOOK)
