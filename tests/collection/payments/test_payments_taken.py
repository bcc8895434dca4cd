"""Money in: told once, matched by rule, booked and divided to the rupiah; what no bill takes waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from paying import ACCOUNT, MONTH, TODAY, balances, billed, code, firm, members, notice, pay, person_bill

from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import PaidDifferently, PaidInFuture
from jamsostek.collection.models import Allocation, Bill, FreeMoney, Payment
from jamsostek.collection.queries import payments as queries
from jamsostek.ledger import checks
from tests import cast

LAST_MONTH = 202610


@pytest.fixture(autouse=True)
def everything_holds(db: Any) -> Any:
    """After every test the books say what bills and payments say."""
    with cast.everyone():
        yield
        assert checks.check() == []


def state(bill: Bill) -> Any:
    return queries.bill_states([bill.pk], TODAY)[bill.pk]


def test_a_bill_paid_whole_is_cash_of_the_funds_and_money_of_its_members() -> None:
    bill = billed(firm(3))
    told = pay(code(bill), bill.total_rupiah)
    assert not told.again
    found = balances()
    moved = bill.jkp_from_jkk_rupiah + bill.jkp_from_jkm_rupiah
    assert found == {
        "cash:jkk": bill.jkk_rupiah - bill.jkp_from_jkk_rupiah, "fund:jkk": bill.jkk_rupiah - bill.jkp_from_jkk_rupiah,
        "cash:jkm": bill.jkm_rupiah - bill.jkp_from_jkm_rupiah, "fund:jkm": bill.jkm_rupiah - bill.jkp_from_jkm_rupiah,
        "cash:jkp": moved, "fund:jkp": moved, "cash:jht": bill.jht_rupiah, "members:jht": bill.jht_rupiah,
        "cash:jp": bill.jp_rupiah, "members:jp": bill.jp_rupiah,
    }  # fmt: skip
    lines = {one.participant_id: one for one in _lines(bill)}
    assert members(1) == {who: one.jht_employer_rupiah + one.jht_worker_rupiah for who, one in lines.items()}
    assert members(2) == {who: one.jp_employer_rupiah + one.jp_worker_rupiah for who, one in lines.items()}
    assert (state(bill).standing, queries.one(told.payment_id).state) == ("paid", "allocated")


def _lines(bill: Bill) -> Any:
    from jamsostek.collection.models import BillLine

    return BillLine.objects.filter(bill_id=bill.pk)


def test_a_part_pays_programme_after_programme_and_divides_as_far_as_it_goes() -> None:
    bill = billed(firm(3))
    risk = bill.jkk_rupiah + bill.jkm_rupiah
    pay(code(bill), risk + 100)
    left = state(bill).outstanding
    assert (left["jkk"], left["jkm"], left["jht"], left["jp"]) == (0, 0, bill.jht_rupiah - 100, bill.jp_rupiah)
    assert sum(members(1).values()) + balances("undivided:jht").get("undivided:jht", 0) == 100
    assert balances("undivided:jht")["undivided:jht"] > 0, "three members and a hundred rupiah leave a rest"
    pay(code(bill), bill.total_rupiah - risk - 100 - 1)
    assert state(bill).outstanding_rupiah == 1
    pay(code(bill), 1)
    assert state(bill).standing == "paid"
    assert balances("undivided:jht", "undivided:jp") == {}
    assert sum(members(1).values()) == bill.jht_rupiah


def test_many_small_parts_come_to_the_same_as_one_payment() -> None:
    first, second = billed(firm(7)), billed(firm(7))
    pay(code(first), first.total_rupiah)
    left = second.total_rupiah
    while left:
        part = min(left, 137_731)
        pay(code(second), part)
        left -= part
    by_first, by_second = ({one.participant_id for one in _lines(bill)} for bill in (first, second))
    assert sorted(members(1, list(by_first)).values()) == sorted(members(1, list(by_second)).values())
    assert sorted(members(2, list(by_first)).values()) == sorted(members(2, list(by_second)).values())
    assert balances("undivided:jht", "undivided:jp") == {}


def test_the_oldest_month_is_paid_first_whichever_code_was_used() -> None:
    employer = firm(2)
    old, new = billed(employer, LAST_MONTH), billed(employer)
    pay(code(new), old.total_rupiah + 5)
    assert state(old).standing == "paid"
    assert state(new).outstanding_rupiah == new.total_rupiah - 5


def test_what_is_too_much_waits_and_pays_the_next_bill() -> None:
    employer = firm(2)
    old = billed(employer, LAST_MONTH)
    told = pay(code(old), old.total_rupiah + 250_000)
    assert balances("suspense:overpaid", "cash:clearing") == {"suspense:overpaid": 250_000, "cash:clearing": 250_000}
    assert (queries.one(told.payment_id).state, queries.free_rupiah(payer_kind=1, payer_id=employer.pk)) == ("partly", 250_000)
    new = billed(employer)
    assert payments.payers_to_serve() == [(1, employer.pk)]
    assert payments.use_all_free_money(today=TODAY) == 1
    assert state(new).outstanding_rupiah == new.total_rupiah - 250_000
    assert balances("suspense:overpaid", "cash:clearing") == {}
    assert queries.one(told.payment_id).state == "allocated"
    assert payments.use_all_free_money(today=TODAY) == 0


def test_a_code_paid_twice_waits_on_the_work_list() -> None:
    bill = billed(firm(1))
    pay(code(bill), bill.total_rupiah)
    told = pay(code(bill), bill.total_rupiah)
    assert [one.payment.pk for one in queries.told_of(list(queries.waiting(known=True)))] == [told.payment_id]
    assert state(bill).outstanding_rupiah == 0


def test_a_code_of_a_bill_that_was_taken_back_leaves_its_money_waiting() -> None:
    bill = billed(firm(1))
    bills.void(bill_id=bill.pk, reason="salah", today=TODAY)
    told = pay(code(bill), bill.total_rupiah)
    assert queries.one(told.payment_id).state == "waiting"
    assert state(bill).standing == "void"


@pytest.mark.parametrize("wrong", ["", "123", "999999999999999", "000000000000000", "NOTA-17"])
def test_an_unknown_code_goes_to_the_list_of_money_nobody_knows(wrong: str) -> None:
    told = pay(wrong, 75_000)
    assert queries.one(told.payment_id).state == "unknown"
    assert balances() == {"suspense:unknown": 75_000, "cash:clearing": 75_000}


def test_the_same_reference_again_changes_nothing_and_answers_the_same() -> None:
    bill = billed(firm(1))
    one = notice(code(bill), bill.total_rupiah)
    first = payments.receive(one, today=TODAY)
    again = payments.receive(one, today=TODAY)
    assert (again.payment_id, first.again, again.again) == (first.payment_id, False, True)
    assert Payment.objects.count() == 1


def test_the_same_reference_with_another_amount_or_code_is_refused() -> None:
    bill = billed(firm(1))
    one = notice(code(bill), bill.total_rupiah, reference="SAMA")
    payments.receive(one, today=TODAY)
    with pytest.raises(PaidDifferently, match="Pembayaran dengan nomor referensi ini"):
        payments.receive(notice(code(bill), bill.total_rupiah + 1, reference="SAMA"), today=TODAY)
    with pytest.raises(PaidDifferently):
        payments.receive(notice(code(billed(firm(1))), bill.total_rupiah, reference="SAMA"), today=TODAY)
    assert payments.receive(notice("", bill.total_rupiah, reference="SAMA"), today=TODAY).again, "a statement may know no code"
    assert Payment.objects.count() == 1


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(PaidInFuture):
        pay("123", 5, day=TODAY + dt.timedelta(days=2))


def test_ones_own_cover_is_paid_whole_or_waits() -> None:
    person, bill = person_bill(jht=True)
    short = pay(code(bill), bill.total_rupiah - 1_000)
    assert queries.one(short.payment_id).state == "waiting"
    assert members(1, [person.pk]) == {}
    rest = pay(code(bill), 1_500)
    assert state(bill).standing == "paid"
    assert members(1, [person.pk]) == {person.pk: bill.jht_rupiah}
    assert queries.one(short.payment_id).state == "allocated"
    assert queries.one(rest.payment_id).free_rupiah == 500
    assert balances("receivable:jkk:3515") == {}, "an offer was never owed"


def test_of_ones_own_covers_the_one_whose_code_was_paid_comes_first() -> None:
    person, first = person_bill(from_month=202601)
    _person, second = person_bill(person, from_month=202602)
    pay(code(second), second.total_rupiah)
    assert (state(first).outstanding_rupiah, state(second).outstanding_rupiah) == (first.total_rupiah, 0)


def test_a_credit_note_pays_with_the_next_money_whole() -> None:
    employer = firm(2)
    old = billed(employer, LAST_MONTH)
    pay(code(old), old.total_rupiah)
    note = credit_note(employer, old)
    assert note.total_rupiah < 0
    new = billed(employer)
    told = pay(code(new), new.total_rupiah + note.total_rupiah)
    assert (state(new).standing, state(note).standing) == ("paid", "paid")
    assert queries.one(told.payment_id).state == "allocated"
    assert balances("suspense:overpaid") == {}


def test_a_credit_note_alone_frees_money_of_an_earlier_payment() -> None:
    employer = firm(2)
    old = billed(employer, LAST_MONTH)
    told = pay(code(old), old.total_rupiah)
    note = credit_note(employer, old)
    assert payments.use_all_free_money(today=TODAY) == 1
    assert state(note).standing == "paid"
    assert queries.one(told.payment_id).free_rupiah == -note.total_rupiah
    assert balances("suspense:overpaid") == {"suspense:overpaid": -note.total_rupiah}
    assert sum(members(1).values()) == old.jht_rupiah + note.jht_rupiah


def credit_note(employer: Any, bill: Bill) -> Bill:
    """A tenth of a bill less, member by member."""
    from paying import difference_bill

    return difference_bill(employer, bill, -1, 10)


def test_money_of_a_closed_month_stands_on_the_first_open_day() -> None:
    from jamsostek.accounts.actions.lines import open_month
    from jamsostek.collection.actions.payments.reading import Days

    open_month(202609)
    days = Days(frozenset({202609}), frozenset({202610, 202611}), 0)
    assert days.effective(dt.date(2026, 9, 15)) == dt.date(2026, 10, 1)
    assert days.effective(dt.date(2026, 10, 15)) == dt.date(2026, 10, 15)
    credited = Days(frozenset(), frozenset({202609, 202610, 202611}), 202610)
    assert credited.effective(dt.date(2026, 9, 15)) == dt.date(2026, 11, 1)
    late = Days(frozenset(), frozenset({202610, 202611}), 0)
    assert late.effective(dt.date(2019, 3, 4)) == dt.date(2026, 10, 1), "no month is opened for one late message"


def test_the_payment_tells_what_it_paid_and_where_it_stands_in_the_books() -> None:
    bill = billed(firm(2))
    told = pay(code(bill), bill.total_rupiah + 10)
    uses = queries.uses(told.payment_id)
    assert [(one.bill.pk, one.total_rupiah) for one in uses] == [(bill.pk, bill.total_rupiah)]
    assert sum(uses[0].parts.values()) == bill.total_rupiah
    found = queries.one(told.payment_id)
    assert len(queries.groups(found.payment)) == 1, "one payment, one group"
    assert queries.by_name(found.name).payment.pk == told.payment_id
    listed = queries.listed(asked=code(bill))
    assert [one.pk for one in listed] == [told.payment_id]
    assert [one.pk for one in queries.of_payer(employer_id=bill.employer_id)] == [told.payment_id]


def test_a_payers_money_lies_in_their_own_sight_and_in_nobody_elses() -> None:
    bill = billed(firm(1))
    told = pay(code(bill), bill.total_rupiah)
    owner = cast.user("pemilik", "employer_clerk", "employer", bill.employer_id)
    other = cast.user("lain", "employer_clerk", "employer", bill.employer_id + 1)
    far = cast.user("jauh", "branch_officer", "region", cast.LUMAJANG)
    with cast.as_user(owner):
        assert queries.one(told.payment_id).state == "allocated"
        assert Allocation.objects.count() == 1
    for stranger in (other, far):
        with cast.as_user(stranger):
            assert (Payment.objects.count(), Allocation.objects.count(), FreeMoney.objects.count()) == (0, 0, 0)


def test_a_receipt_is_proved_by_its_seal_alone() -> None:
    bill = billed(firm(1))
    told = pay(code(bill), bill.total_rupiah)
    name, seal = queries.name_of(told.payment_id), queries.seal_of(told.payment_id)
    found = queries.proof(name, seal)
    assert found is not None
    assert (found.amount_rupiah, found.months, found.bounced) == (bill.total_rupiah, [MONTH], False)
    assert queries.proof(name, "a" * 12) is None
    assert queries.proof("00000000-00000000", seal) is None


def test_accounts_of_the_books_do_not_tell_the_account_number() -> None:
    told = pay("", 5)
    from paying import ask

    [(reference,)] = ask("SELECT reference FROM ledger_group WHERE kind = 'payment'")
    assert ACCOUNT not in reference
    assert reference == f"payment:{queries.name_of(told.payment_id)}"
