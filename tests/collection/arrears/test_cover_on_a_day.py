"""Who is protected on a day, and who pays first: the edges of the law's grace, from bills and payments."""

from __future__ import annotations

import datetime as dt

import pytest
from owing import alone, billed, firm, pays

from jamsostek.collection.actions import bills
from jamsostek.collection.actions.payments.writing import check_now
from jamsostek.collection.queries import cover
from jamsostek.registry.actions import cards
from jamsostek.registry.models import Employment
from jamsostek.registry.queries import timeline
from tests import cast

pytestmark = pytest.mark.django_db
JANUARY_2026 = dt.date(2026, 1, 10)


def on(person: int, day: dt.date) -> cover.Cover:
    return cover.cover_on([person], day)[person]


def paid_alone(month: int, today: dt.date) -> int:
    """Somebody whose own bill of a month was made and paid on a day."""
    person = alone(month)
    pays(bills.bill_person(participant_id=person.pk, from_month=month, months=1, today=today), today, today=today)
    return int(person.pk)


@pytest.mark.parametrize(
    ("day", "covered", "why"),
    [
        (dt.date(2026, 1, 9), False, "never_paid"),
        (dt.date(2026, 1, 10), True, "paid"),
        (dt.date(2026, 2, 16), True, "paid"),  # 15 February 2026 is a Sunday: due the day after
        (dt.date(2026, 2, 17), True, "grace"),
        (dt.date(2026, 4, 30), True, "grace"),
        (dt.date(2026, 5, 15), True, "grace"),
        (dt.date(2026, 5, 16), False, "lapsed"),
    ],
)
def test_the_days_of_a_member_alone(day: dt.date, covered: bool, why: str) -> None:
    with cast.everyone():
        person = paid_alone(202601, JANUARY_2026)
        told = on(person, day)
        assert (told.covered, told.why) == (covered, why)
        assert told.pays_first == ("bpjs" if covered else "nobody")
        if covered:
            assert told.until == dt.date(2026, 5, 15)


@pytest.mark.parametrize(
    ("day", "pays_first"),
    [
        (dt.date(2026, 2, 20), "bpjs"), (dt.date(2026, 6, 15), "bpjs"), (dt.date(2026, 6, 16), "employer"),
        (dt.date(2026, 11, 1), "employer"),
    ],
)  # fmt: skip
def test_an_employers_worker_stays_protected_and_bpjs_pays_to_the_fifteenth_of_june(day: dt.date, pays_first: str) -> None:
    with cast.everyone():
        employer = firm(from_month=202601)
        worker = Employment.objects.get(employer=employer).participant_id
        bill = billed(employer, 202601, dt.date(2026, 2, 2))
        pays(bill, dt.date(2026, 2, 10), today=dt.date(2026, 2, 10))
        told = on(worker, day)
        assert (told.covered, told.pays_first, told.last_paid_month) == (True, pays_first, 202601)
        assert told.until == (dt.date(2026, 6, 15) if pays_first == "bpjs" else None)


def test_nobody_billed_yet_counts_as_reported() -> None:
    with cast.everyone():
        worker, helped, unknown = cast.participant(), cast.participant(), cast.participant()
        cast.works(worker, cast.employer())
        cast.covered(helped, cast.sponsor())
        found = cover.cover_on([worker.pk, helped.pk, unknown.pk, 999_999], cast.TODAY)
        assert [(one.covered, one.why) for one in found.values()] == [
            (True, "reported"), (True, "reported"), (False, "not_registered"), (False, "unknown")
        ]  # fmt: skip


def test_an_employer_that_never_paid_pays_first_once_the_first_bill_is_overdue() -> None:
    with cast.everyone():
        employer = firm(from_month=202601)
        worker = Employment.objects.get(employer=employer).participant_id
        billed(employer, 202601, dt.date(2026, 2, 2))
        assert on(worker, dt.date(2026, 2, 16)).why == "reported"  # the 15th is a Sunday
        late = on(worker, dt.date(2026, 2, 18))
        assert (late.covered, late.pays_first, late.why) == (True, "employer", "employer_late")


def test_a_sponsors_people_stay_protected_within_the_grace_and_not_beyond() -> None:
    with cast.everyone():
        sponsor, person = cast.sponsor(), cast.participant()
        cast.covered(person, sponsor, 202601)
        bill = bills.bill_sponsor(sponsor_id=sponsor.pk, month=202601, today=dt.date(2026, 1, 5))
        pays(bill, dt.date(2026, 1, 14), today=dt.date(2026, 1, 14))
        bills.bill_sponsor(sponsor_id=sponsor.pk, month=202602, today=dt.date(2026, 2, 2))
        assert on(person.pk, dt.date(2026, 1, 20)).why == "paid"
        assert on(person.pk, dt.date(2026, 5, 15)).why == "grace"
        gone = on(person.pk, dt.date(2026, 5, 16))
        assert (gone.covered, gone.why, gone.last_paid_month) == (False, "lapsed", 202601)


def test_money_that_comes_after_a_day_does_not_change_that_day() -> None:
    with cast.everyone():
        person = paid_alone(202601, JANUARY_2026)
        bill = bills.bill_person(participant_id=person, from_month=202607, months=1, today=dt.date(2026, 7, 1))
        pays(bill, dt.date(2026, 7, 20), today=dt.date(2026, 7, 20))
        assert not on(person, dt.date(2026, 7, 19)).covered
        assert on(person, dt.date(2026, 7, 20)).covered
        assert not on(person, dt.date(2026, 6, 1)).covered


def test_part_of_the_risk_paid_is_not_paid() -> None:
    with cast.everyone():
        employer = firm(from_month=202601)
        worker = Employment.objects.get(employer=employer).participant_id
        bill = billed(employer, 202601, dt.date(2026, 2, 2))
        pays(bill, dt.date(2026, 2, 10), rupiah=1_000, today=dt.date(2026, 2, 10))
        assert on(worker, dt.date(2026, 7, 1)).last_paid_month is None


def test_who_died_is_not_covered_after_that_day() -> None:
    from jamsostek.registry.actions.changes import record_death

    with cast.everyone():
        person = cast.participant()
        cast.works(person, cast.employer())
        record_death(participant_id=person.pk, died_on=dt.date(2026, 10, 3), today=cast.TODAY, reason="Akta kematian")
        assert on(person.pk, dt.date(2026, 10, 3)).covered
        assert on(person.pk, dt.date(2026, 10, 4)).why == "died"


# --- the registry's timeline ------------------------------------------------------------------------------------------------


def test_own_cover_is_split_into_paid_grace_and_unpaid_months() -> None:
    with cast.everyone():
        person = paid_alone(202601, JANUARY_2026)
        spells = sorted(timeline.spells_of([person], 202603)[person], key=lambda one: one.from_month)
        assert [(one.from_month, one.to_month, one.paid, one.grace) for one in spells] == [
            (202601, 202601, True, False), (202602, 202604, False, True), (202605, None, False, False)
        ]  # fmt: skip
        assert timeline.standings([person], 202604)[person].grace
        assert person not in timeline.standings([person], 202605)
        assert [(one.from_month, one.to_month) for one in timeline.gaps(spells, 202606)] == [(202605, None)]


def test_months_paid_ahead_are_paid_and_a_gap_between_is_one() -> None:
    with cast.everyone():
        person = paid_alone(202601, JANUARY_2026)
        bill = bills.bill_person(participant_id=person, from_month=202608, months=3, today=dt.date(2026, 8, 3))
        pays(bill, dt.date(2026, 8, 3), today=dt.date(2026, 8, 3))
        spells = sorted(timeline.spells_of([person], 202608)[person], key=lambda one: one.from_month)
        assert [(one.from_month, one.to_month, one.paid, one.grace) for one in spells] == [
            (202601, 202601, True, False), (202602, 202604, False, True), (202605, 202607, False, False),
            (202608, 202610, True, False), (202611, 202701, False, True), (202702, None, False, False),
        ]  # fmt: skip
        assert [(one.from_month, one.to_month) for one in timeline.gaps(spells, 202609)] == [(202605, 202607)]


def test_a_card_comes_with_the_first_contribution() -> None:
    with cast.everyone():
        person = alone(202611)
        assert cards.issue_cards(participant_ids=[person.pk], today=cast.TODAY) == []
        pays(bills.bill_person(participant_id=person.pk, from_month=202611, months=1, today=cast.TODAY), cast.TODAY)
        (card,) = cards.issue_cards(participant_ids=[person.pk], today=cast.TODAY)
        assert card.programmes == ["jkk", "jkm"]


def test_a_sponsor_who_stopped_paying_covers_no_more_and_one_who_pays_does() -> None:
    with cast.everyone():
        sponsor, person = cast.sponsor(), cast.participant()
        cast.covered(person, sponsor, 202601)
        assert timeline.standings([person.pk], 202603)[person.pk].until is None
        pays(bills.bill_sponsor(sponsor_id=sponsor.pk, month=202601, today=dt.date(2026, 1, 5)), dt.date(2026, 1, 14))
        assert timeline.standings([person.pk], 202602)[person.pk].until is None  # this month's bill is not overdue
        assert timeline.standings([person.pk], 202604)[person.pk].until is None
        assert person.pk not in timeline.standings([person.pk], 202605)


# --- month by month -----------------------------------------------------------------------------------------------------------


def test_the_months_of_a_person_say_who_paid_and_what_is_missing() -> None:
    with cast.everyone():
        employer = firm(from_month=202601)
        worker = Employment.objects.get(employer=employer).participant_id
        first = billed(employer, 202601, dt.date(2026, 2, 2))
        pays(first, dt.date(2026, 2, 10), today=dt.date(2026, 2, 10))
        second = billed(employer, 202602, dt.date(2026, 3, 2))
        told = cover.months_of(worker, dt.date(2026, 4, 20))
        months = {one.month: one for one in told.months}
        assert (months[202601].state, months[202601].paid_on, months[202601].on_bill) == ("paid", dt.date(2026, 2, 10), True)
        assert months[202601].reference.startswith("T")
        assert (months[202602].state, months[202602].bill_id) == ("late", second.pk)
        assert months[202604].state == "reported"
        assert told.warning is not None
        assert (told.warning.bill_id, told.warning.month, told.warning.until) == (second.pk, 202602, dt.date(2026, 6, 15))


def test_a_worker_whom_the_bill_does_not_name_is_told_so() -> None:
    with cast.everyone():
        employer = firm(from_month=202601)
        billed(employer, 202601, dt.date(2026, 2, 2))
        forgotten = cast.participant("Terlupa")
        cast.works(forgotten, employer, 202601)
        (month,) = [one for one in cover.months_of(forgotten.pk, dt.date(2026, 2, 3)).months if one.month == 202601]
        assert month.on_bill is False


def test_a_member_alone_is_warned_with_what_to_pay() -> None:
    with cast.everyone():
        person = paid_alone(202601, JANUARY_2026)
        warned = cover.months_of(person, dt.date(2026, 3, 20)).warning
        assert warned is not None
        assert (warned.month, warned.until, warned.pay_by) == (202602, dt.date(2026, 5, 15), dt.date(2026, 2, 16))


def test_a_bill_taken_back_pays_nothing() -> None:
    with cast.everyone():
        person = alone(202611)
        bill = bills.bill_person(participant_id=person.pk, from_month=202611, months=1, today=cast.TODAY)
        check_now()
        bills.void(bill_id=bill.pk, reason="Salah bulan", today=cast.TODAY)
        assert on(person.pk, cast.TODAY).why == "never_paid"
        again = bills.bill_person(participant_id=person.pk, from_month=202611, months=1, today=cast.TODAY)
        pays(again, cast.TODAY)
        assert on(person.pk, cast.TODAY).why == "paid"
