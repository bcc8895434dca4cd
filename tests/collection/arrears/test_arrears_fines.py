"""Fines by hand: each programme by its own due day and month's law, assessed once, billed, booked, taken back with a reversal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from owing import billed, firm, pays

from jamsostek.access.scope import current
from jamsostek.collection.actions import arrears, bills, payments
from jamsostek.collection.actions.arrears.fines import AT_ONCE
from jamsostek.collection.models import Bill, Fine
from jamsostek.collection.queries import arrears as owed
from tests import cast

pytestmark = pytest.mark.django_db
PARTS = ("fine_jkk_rupiah", "fine_jkm_rupiah", "fine_jht_rupiah", "fine_jp_rupiah")
MADE, DUE, LATE = dt.date(2025, 4, 2), dt.date(2025, 4, 15), dt.date(2025, 5, 20)


def parts(bill: Bill | None) -> tuple[int, ...]:
    assert bill is not None
    return tuple(getattr(bill, name) for name in PARTS)


def march(**given: Any) -> tuple[Any, Bill]:
    """A firm of class I with one worker of five million, and its bill of March 2025: 12,000, 15,000, 285,000, 150,000."""
    employer = firm(from_month=202501, **given)
    bill = billed(employer, 202503, MADE)
    assert (bill.jkk_rupiah, bill.jkm_rupiah, bill.jht_rupiah, bill.jp_rupiah) == (12_000, 15_000, 285_000, 150_000)
    return employer, bill


def test_two_months_begun_cost_four_per_cent_of_each_programme() -> None:
    with cast.everyone():
        employer, bill = march()
        pays(bill, LATE, today=LATE)
        fine = arrears.assess(employer_id=employer.pk, today=LATE)
        assert parts(fine) == (480, 600, 11_400, 6_000)
        assert fine is not None
        assert (fine.kind, fine.total_rupiah, fine.month, fine.jp_due_on) == (3, 18_480, 202505, LATE)
        assert fine.due_on == bills.writing.due_days(202505, 1).risk
        lines = owed.fines_in(fine.pk)
        assert [(one.programme, one.months, one.base_rupiah) for one in lines] == [
            ("jht", 2, 285_000), ("jkk", 2, 12_000), ("jkm", 2, 15_000), ("jp", 2, 150_000)
        ]  # fmt: skip


def test_a_fine_is_assessed_once_and_nothing_on_time_costs() -> None:
    with cast.everyone():
        employer, bill = march()
        pays(bill, DUE, rupiah=200_000, today=DUE)
        assert arrears.assess(employer_id=employer.pk, today=LATE) is None
        pays(bill, LATE, rupiah=262_000, today=LATE)
        first = arrears.assess(employer_id=employer.pk, today=LATE)
        assert first is not None
        assert first.total_rupiah == sum(one.rupiah for one in Fine.objects.filter(employer_id=employer.pk))
        assert 0 < first.total_rupiah <= 262_000 * 4 // 100 + 4
        assert arrears.assess(employer_id=employer.pk, today=LATE) is None
        line = Fine.objects.filter(fine_bill_id=first.pk).first()
        assert line is not None
        again = {field.attname: getattr(line, field.attname) for field in Fine._meta.concrete_fields if field.attname != "id"}
        with pytest.raises(IntegrityError, match="fine_once"), transaction.atomic():
            Fine.objects.create(**again)


def test_jp_is_fined_at_once_and_the_rest_with_the_next_bill() -> None:
    with cast.everyone():
        employer, bill = march()
        pays(bill, LATE, today=LATE)
        assert parts(arrears.assess(employer_id=employer.pk, today=LATE, programmes=AT_ONCE)) == (0, 0, 0, 6_000)
        assert parts(arrears.assess(employer_id=employer.pk, today=dt.date(2025, 6, 2))) == (480, 600, 11_400, 0)


def test_months_of_the_pandemic_cost_half_a_per_cent_by_the_law_of_their_month() -> None:
    with cast.everyone():
        employer = firm(from_month=202001)
        bill = billed(employer, 202008, dt.date(2020, 9, 2))
        assert bill.due_on == dt.date(2020, 9, 30)
        assert (bill.jkk_rupiah, bill.jkm_rupiah, bill.jht_rupiah, bill.jp_rupiah) == (120, 150, 285_000, 1_500)
        pays(bill, dt.date(2020, 10, 15), today=dt.date(2020, 10, 15))
        assert parts(arrears.assess(employer_id=employer.pk, today=dt.date(2020, 10, 15))) == (1, 1, 1_425, 8)


def test_every_late_payer_of_a_region_is_fined_in_one_call() -> None:
    with cast.everyone():
        here = [march(name=f"PT Telat {at}") for at in range(2)]
        there = march(name="PT Jauh", regency_code=cast.LUMAJANG)
        for _employer, bill in (*here, there):
            pays(bill, LATE, today=LATE)
        assert arrears.assess_late(scope=current(), today=LATE, since=dt.date(2025, 5, 1), region=cast.SIDOARJO) == 2
        assert arrears.assess_late(scope=current(), today=LATE, since=dt.date(2025, 5, 1)) == 1
        assert arrears.assess_late(scope=current(), today=LATE, since=dt.date(2025, 5, 1)) == 0


def test_money_that_the_bank_took_back_takes_its_fine_along() -> None:
    with cast.everyone():
        employer, bill = march()
        payment = pays(bill, LATE, today=LATE)
        arrears.assess(employer_id=employer.pk, today=LATE)
        payments.bounce(payment_id=payment, why="Cek kosong", today=LATE)
        assert arrears.assess(employer_id=employer.pk, today=LATE) is None, "a fine is never less than nothing"
        later = dt.date(2025, 7, 14)  # the third month had begun
        pays(bill, later, today=later)
        fine = arrears.assess(employer_id=employer.pk, today=later)
        assert parts(fine) == (240, 300, 5_700, 3_000), "three months less the two that are billed"


def test_a_fine_taken_back_is_not_taken_back_twice() -> None:
    with cast.everyone():
        employer, bill = march()
        payment = pays(bill, LATE, today=LATE)
        fine = arrears.assess(employer_id=employer.pk, today=LATE)
        assert fine is not None
        payments.bounce(payment_id=payment, why="Cek kosong", today=LATE)
        bills.void(bill_id=fine.pk, reason="Uangnya ditarik bank", today=LATE)
        later = dt.date(2025, 7, 14)
        pays(bill, later, today=later)
        assert parts(arrears.assess(employer_id=employer.pk, today=later)) == (720, 900, 17_100, 9_000)


def test_nobody_but_employers_is_fined() -> None:
    with cast.everyone():
        sponsor, person = cast.sponsor(), cast.participant()
        cast.covered(person, sponsor, 202501)
        bill = bills.bill_sponsor(sponsor_id=sponsor.pk, month=202503, today=dt.date(2025, 3, 3))
        assert [one.estimate_rupiah for one in owed.of_payer(LATE, sponsor_id=sponsor.pk)] == [0]
        pays(bill, LATE, today=LATE)
        assert arrears.assess_late(scope=current(), today=LATE, since=dt.date(2025, 1, 1)) == 0


def test_what_is_unpaid_has_an_estimate_of_its_fine() -> None:
    with cast.everyone():
        employer, _bill = march()
        (one,) = owed.of_payer(LATE, employer_id=employer.pk)
        assert {part.programme: part.estimate_rupiah for part in one.parts} == {
            "jkk": 480, "jkm": 600, "jht": 11_400, "jp": 6_000
        }  # fmt: skip
        assert (one.overdue_rupiah, one.estimate_rupiah) == (462_000, 18_480)
        (early,) = owed.of_payer(DUE, employer_id=employer.pk)
        assert (early.overdue_rupiah, early.estimate_rupiah) == (0, 0)


def test_a_fines_bill_that_is_not_the_sum_of_its_lines_is_refused() -> None:
    with cast.everyone():
        employer, bill = march()
        pays(bill, LATE, today=LATE)
        with pytest.raises(IntegrityError, match="fines assessed"), transaction.atomic():
            fine = arrears.assess(employer_id=employer.pk, today=LATE)
            assert fine is not None
            line = Fine.objects.filter(fine_bill_id=fine.pk).first()
            assert line is not None
            more = {field.attname: getattr(line, field.attname) for field in Fine._meta.concrete_fields if field.attname != "id"}
            Fine.objects.create(**{**more, "number": 77})
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_may_not_chase_arrears_assesses_nothing() -> None:
    from jamsostek.access.errors import Refused

    with cast.everyone():
        employer, bill = march()
        pays(bill, LATE, today=LATE)
        clerk = cast.user("staf.telat", "employer_clerk", "employer", employer.pk)
    with cast.as_user(clerk), pytest.raises(Refused):
        arrears.assess(employer_id=employer.pk, today=LATE)
