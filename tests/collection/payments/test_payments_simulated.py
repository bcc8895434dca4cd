"""The practice bank against the real webhook: it delays, drops, doubles, reorders, signs wrongly; in the end all money
is there once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from paying import ACCOUNT, billed, code, firm

from jamsostek.collection import banks
from jamsostek.collection.actions.payments import statement_work, statements
from jamsostek.collection.models import Payment
from jamsostek.collection.queries import payments as queries
from jamsostek.core.months import month_of
from jamsostek.demo.bank import Bank, Troubles
from jamsostek.ledger import checks
from tests import cast

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

PATH = "/api/v1/payments/notifications"
EVERYTHING = Troubles(
    drop=25, wrong_signature=15, old_timestamp=15, duplicate=40, reorder=30, partial=20, over=20, delay_seconds=0.01
)


@pytest.fixture
def account(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[banks.Account]:
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    yield banks.add_account(ACCOUNT, "SIMULASI")


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_goes_wrong_on_the_way_every_payment_is_there_once(
    portal_server: LiveServer, account: banks.Account, seed: int
) -> None:
    today = timezone.localdate()
    with cast.everyone():
        made = [billed(firm(workers), month_of(today), today) for workers in (1, 2, 3) for _more in range(6)]
    with Bank(
        notify=portal_server.url + PATH, secret=account.secrets[0], seed=seed, troubles=EVERYTHING, account=ACCOUNT,
        retry_seconds=0.02, hold_seconds=0.1,
    ) as bank:  # fmt: skip
        for bill in made:
            bank.pay(code(bill), bill.total_rupiah)
        bank.pay("123456789", 75_000)
        assert bank.settle(60)
        assert {one.spoilt for one in bank.attempts} == {"", "drop", "wrong_signature", "old_timestamp"}, "it did go wrong"
        content = bank.statement("camt053", bank.payments[0].paid_at.astimezone(dt.timezone(dt.timedelta(hours=7))).date())
        told = {one.reference: one.amount_rupiah for one in bank.payments}
    with cast.everyone():
        assert {one.reference: one.amount_rupiah for one in Payment.objects.all()} == told
        assert checks.check() == []
        states = queries.bill_states([one.pk for one in made], today)
        paid = {one.payment_code: one.amount_rupiah for one in bank.payments}
        assert {bill: states[bill].paid_rupiah for bill in states} == {
            one.pk: min(one.total_rupiah, paid[code(one)]) for one in made
        }
        row = statements.send(content=content, file_name="koran.xml")
    statement_work.read(row.pk, now=timezone.now())
    with cast.everyone():
        statements.confirm(statement_id=row.pk, now=timezone.now())
    statement_work.book(row.pk, today=today, now=timezone.now())
    with cast.everyone():
        done = queries.statement(row.pk)
        assert done.counts["kinds"] == {"again": len(told)}, done.counts
        assert queries.unseen(done) == 0
        assert Payment.objects.count() == len(told)
