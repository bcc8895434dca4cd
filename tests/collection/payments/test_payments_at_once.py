"""Many at once: one effect for one reference, one winner for one bill, and the other says so or tries again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from paying import ACCOUNT, TODAY, ask, billed, code, firm, moment, notice

from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import AllocatedMeanwhile, Notice, PaidDifferently, taking
from jamsostek.collection.choices import Channel
from jamsostek.collection.models import Payment
from jamsostek.collection.queries import payments as queries
from jamsostek.core.errors import InputError
from jamsostek.ledger import checks
from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `count` threads got, each on a connection of its own, all begun at the same moment."""
    found: list[Any] = [None] * count
    ready = threading.Barrier(count)

    def one(at: int) -> None:
        try:
            ready.wait(30)
            found[at] = act(at)
        except Exception as error:
            found[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(at,)) for at in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def received(one: Notice) -> Any:
    with cast.everyone():
        return payments.receive(one, today=TODAY)


def holds() -> None:
    with cast.everyone():
        assert checks.check() == []


def test_fifty_threads_with_one_reference_have_one_effect_and_one_answer(committed_db: Database) -> None:
    with cast.everyone():
        bill = billed(firm(2))
    one = notice(code(bill), bill.total_rupiah, reference="SATU")
    found = together(50, lambda _at: received(one))
    assert {told.payment_id for told in found} == {one.payment_id}
    assert Counter(told.again for told in found) == {True: 49, False: 1}
    with cast.everyone():
        assert Payment.objects.count() == 1
    holds()


def test_the_same_reference_with_other_sums_at_once_is_one_payment_and_refusals(committed_db: Database) -> None:
    with cast.everyone():
        bill = billed(firm(1))
    found = together(12, lambda at: received(notice(code(bill), 1_000 + at % 3, reference="SATU")))
    kept = [one for one in found if not isinstance(one, PaidDifferently)]
    assert all(isinstance(one, PaidDifferently) or one.payment_id == kept[0].payment_id for one in found)
    assert (len(kept), len({one.payment_id for one in kept})) == (4, 1)
    holds()


def test_many_who_pay_one_bill_at_once_pay_it_once_and_the_rest_waits(committed_db: Database) -> None:
    with cast.everyone():
        bill = billed(firm(3))
    part = bill.total_rupiah // 8 + 1
    found = together(12, lambda _at: received(notice(code(bill), part)))
    assert all(hasattr(one, "payment_id") for one in found), found
    with cast.everyone():
        state = queries.bill_states([bill.pk], TODAY)[bill.pk]
        assert (state.standing, state.paid_rupiah) == ("paid", bill.total_rupiah)
        assert queries.free_rupiah(payer_kind=1, payer_id=bill.employer_id) == 12 * part - bill.total_rupiah
    holds()


def test_a_batch_beside_webhooks_loses_nothing(committed_db: Database) -> None:
    """The batch takes no locks on payers: it meets the webhooks at the bills themselves."""
    with cast.everyone():
        made = [billed(firm(1)) for _at in range(6)]

    def act(at: int) -> Any:
        if at % 2:
            return [received(notice(code(bill), 1_000)) for bill in made]
        rows = [
            Notice(ACCOUNT, f"S{at}{row}", code(bill), 2_000, moment(TODAY), Channel.WEBHOOK) for row, bill in enumerate(made)
        ]  # fmt: skip
        with cast.everyone():
            return payments.receive_many(rows, today=TODAY)

    found = together(6, act)
    assert all(isinstance(one, list) and len(one) == len(made) for one in found), found
    with cast.everyone():
        assert {one.paid_rupiah for one in queries.bill_states([one.pk for one in made], TODAY).values()} == {9_000}
    holds()


def test_of_two_who_use_the_same_money_one_wins_and_the_other_says_so(
    committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cast.everyone():
        employer = firm(1)
        old = billed(employer, 202610)
        payments.receive(notice(code(old), old.total_rupiah + 5_000), today=TODAY)
        billed(employer)
    meet = threading.Barrier(2)
    monkeypatch.setattr(taking.reading, "LOCKS", "SELECT one FROM unnest(%b::bigint[]) AS one")
    real = taking.write

    def write(events: Any, days: Any, **more: Any) -> None:
        meet.wait(30)
        real(events, days, **more)

    monkeypatch.setattr(taking, "write", write)

    def use(_at: int) -> Any:
        with cast.everyone():
            return payments.use_free_money(payer_kind=1, payer_id=employer.pk, today=TODAY)

    found = together(2, use)
    assert sorted(map(str, map(type, found))) == sorted([str(int), str(AllocatedMeanwhile)]), found
    assert 5_000 in found
    holds()


def test_a_bill_is_taken_back_or_paid_and_never_both(committed_db: Database) -> None:
    for _round in range(5):
        with cast.everyone():
            bill = billed(firm(1))

        def act(at: int, bill: Any = bill) -> Any:
            if at:
                return received(notice(code(bill), 1_000))
            with cast.everyone():
                return bills.void(bill_id=bill.pk, reason="salah", today=TODAY)

        found = together(2, act)
        [(paid, void)] = ask(
            "SELECT (SELECT count(*) FROM collection_allocation WHERE bill_id = %s),"
            " (SELECT count(*) FROM collection_void WHERE bill_id = %s)", bill.pk, bill.pk,
        )  # fmt: skip
        assert paid + void == 1, found
        assert not isinstance(found[1], Exception), "money is never refused"
        assert found[0] is None or isinstance(found[0], InputError)
    holds()
