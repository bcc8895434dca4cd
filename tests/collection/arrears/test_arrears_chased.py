"""Arrears by age, agreements and sanctions: rows by hand, two people by the database, terms by the calendar of holidays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from owing import billed, firm, pays

from jamsostek.access.errors import Refused
from jamsostek.collection.actions import arrears, bills
from jamsostek.collection.actions.arrears.cases import term_ends, working_days_after
from jamsostek.collection.actions.payments.writing import check_now
from jamsostek.collection.models import Agreement, Bill, Case, Step
from jamsostek.collection.queries import arrears as owed
from jamsostek.core.errors import InputError
from tests import cast

pytestmark = pytest.mark.django_db
MADE, DUE, LATE = dt.date(2025, 4, 2), dt.date(2025, 4, 15), dt.date(2025, 5, 20)


def officer(name: str = "petugas.tagih", role: str = "branch_officer", region: int = cast.SIDOARJO) -> Any:
    return cast.user(name, role, "region", region)


def supervisor(name: str = "penyelia.tagih", region: int = cast.SIDOARJO) -> Any:
    return officer(name, "branch_supervisor", region)


def debtor(**given: Any) -> tuple[Any, Bill]:
    employer = firm(from_month=202501, **given)
    return employer, billed(employer, 202503, MADE)


# --- by age -----------------------------------------------------------------------------------------------------------------


def test_arrears_by_age_programme_and_region_on_any_day() -> None:
    with cast.everyone():
        employer, _bill = debtor()
        sponsor, person = cast.sponsor(region_code=cast.LUMAJANG), cast.participant()
        cast.covered(person, sponsor, 202501)
        bills.bill_sponsor(sponsor_id=sponsor.pk, month=202503, today=dt.date(2025, 3, 3))
        assert owed.ageing(DUE).whole.total == 10_000 + 6_800, "an employer's bill is not overdue on its due day"
        found = owed.ageing(LATE)
        assert found.whole.total == 462_000 + 16_800
        assert found.whole.payers == 2
        by = {one.key: one.rupiah for one in found.programmes}
        assert by["jkk"] == (0, 12_000, 10_000, 0, 0, 0), "two months of the employer, three of the sponsor"
        assert by["jht"] == (0, 285_000, 0, 0, 0, 0)
        assert {one.key: one.total for one in found.regencies} == {cast.SIDOARJO: 462_000, cast.LUMAJANG: 16_800}
        assert [(one.name, one.months, one.rupiah) for one in owed.debtors(LATE)] == [
            (employer.name, 2, 462_000), (sponsor.name, 3, 16_800)
        ]  # fmt: skip
        assert [one.kind for one in owed.debtors(LATE, kind="sponsor")] == ["sponsor"]
        assert owed.debtors(LATE, age=2)[0].kind == "sponsor"
        assert [one.kind for one in owed.debtors(LATE, regency=cast.LUMAJANG)] == ["sponsor"]
        assert owed.ageing(dt.date(2026, 6, 16)).whole.rupiah[5] == 462_000 + 16_800


def test_what_was_paid_later_was_owed_before() -> None:
    with cast.everyone():
        _employer, bill = debtor()
        pays(bill, LATE, today=LATE)
        assert owed.ageing(LATE).whole.total == 0
        assert owed.ageing(LATE - dt.timedelta(days=1)).whole.total == 462_000


def test_part_paid_leaves_the_rest_and_a_bill_taken_back_leaves_nothing() -> None:
    with cast.everyone():
        employer, bill = debtor()
        pays(bill, DUE, rupiah=100_000, today=DUE)
        assert owed.debtors(LATE)[0].rupiah == 362_000
        _other, second = debtor(name="PT Batal")
        check_now()
        bills.void(bill_id=second.pk, reason="Salah", today=MADE)
        assert [one.payer_id for one in owed.debtors(cast.TODAY)] == [employer.pk]


def test_an_office_sees_the_arrears_of_its_region_and_nobody_elses() -> None:
    with cast.everyone():
        here, _bill = debtor()
        there, _other = debtor(name="PT Jauh", regency_code=cast.LUMAJANG)
        one, clerk = officer(), cast.user("staf.pt", "employer_clerk", "employer", here.pk)
        village = cast.user("operator", "village_operator", "village", 3515012001)
    with cast.as_user(one):
        assert [each.payer_id for each in owed.debtors(LATE)] == [here.pk]
        assert owed.of_payer(LATE, employer_id=there.pk) == []
    with cast.as_user(clerk):
        assert len(owed.of_payer(LATE, employer_id=here.pk)) == 1
        assert owed.of_payer(LATE, employer_id=there.pk) == []
    with cast.as_user(village):
        assert owed.debtors(LATE) == []


# --- agreements -------------------------------------------------------------------------------------------------------------


def agreed(count: int = 3, first_on: dt.date = dt.date(2025, 6, 10)) -> tuple[Any, Bill, Agreement]:
    with cast.everyone():
        employer, bill = debtor()
        one, two = officer(), supervisor()
    with cast.as_user(one):
        schedule = arrears.equal_parts(462_000, count, first_on)
        made = arrears.propose(employer_id=employer.pk, schedule=schedule, reason="Pesanan tertunda", today=LATE)
    with cast.as_user(two):
        arrears.decide_agreement(agreement_id=made.pk, approve=True, today=LATE)
        check_now()
    return employer, bill, made


def test_instalments_add_up_to_the_rupiah_and_keep_their_day() -> None:
    assert arrears.equal_parts(100, 3, dt.date(2025, 1, 31)) == [
        (dt.date(2025, 1, 31), 34), (dt.date(2025, 2, 28), 33), (dt.date(2025, 3, 31), 33)
    ]  # fmt: skip


def test_an_agreement_is_kept_by_paying_and_broken_by_not() -> None:
    employer, bill, made = agreed()
    with cast.everyone():
        made = Agreement.objects.get(pk=made.pk)
        assert owed.kept(made, dt.date(2025, 6, 10)).state == "kept"
        assert owed.kept(made, dt.date(2025, 6, 11)).state == "broken"
        pays(bill, dt.date(2025, 6, 10), rupiah=154_000, today=dt.date(2025, 6, 10))
        first = owed.kept(made, dt.date(2025, 7, 10))
        assert (first.state, first.paid_rupiah, first.next_due.number if first.next_due else 0) == ("kept", 154_000, 2)
        assert owed.kept_agreement(employer.pk, dt.date(2025, 7, 10)) is not None
        assert owed.kept(made, dt.date(2025, 7, 11)).state == "broken"
        assert owed.kept_agreement(employer.pk, dt.date(2025, 7, 11)) is None
        pays(bill, dt.date(2025, 7, 12), rupiah=308_000, today=dt.date(2025, 7, 12))
        assert owed.kept(made, dt.date(2025, 7, 12)).state == "done"


def test_an_agreement_takes_two_people_also_for_the_database() -> None:
    with cast.everyone():
        employer, _bill = debtor()
        one = supervisor()
    with cast.as_user(one):
        made = arrears.propose(
            employer_id=employer.pk, schedule=arrears.equal_parts(462_000, 2, LATE), reason="Banjir", today=LATE
        )
        check_now()
        with pytest.raises(InputError, match="Orang lain"):
            arrears.decide_agreement(agreement_id=made.pk, approve=True, today=LATE)
        with pytest.raises(IntegrityError, match="agreement_by_two"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE collection_agreement SET decided_by = %s, decided_on = %s, approved = true WHERE id = %s",
                [one.pk, LATE, made.pk],
            )


def test_instalments_that_are_not_what_is_owed_are_refused() -> None:
    with cast.everyone():
        employer, _bill = debtor()
        one = officer()
    with cast.as_user(one):
        for schedule in (
            [(LATE, 461_999)],
            [(dt.date(2025, 6, 1), 231_000), (dt.date(2025, 5, 25), 231_000)],
            [(dt.date(2025, 5, 1), 462_000)],
        ):
            with pytest.raises(InputError):
                arrears.propose(employer_id=employer.pk, schedule=schedule, reason="Banjir", today=LATE)
        made = arrears.propose(employer_id=employer.pk, schedule=[(LATE, 462_000)], reason="Banjir", today=LATE)
        with pytest.raises(IntegrityError, match="are not what is owed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO collection_instalment VALUES (%s, 2, %s, 5)", [made.pk, dt.date(2025, 9, 1)])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_decision_is_taken_once() -> None:
    _employer, _bill, made = agreed()
    with cast.everyone(), pytest.raises(IntegrityError, match="was said already"), transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(approved=False)


# --- sanctions --------------------------------------------------------------------------------------------------------------


def test_ten_working_days_step_over_weekends_and_holidays() -> None:
    # Delivered on Wednesday 21 May 2025: 29 May (Ascension), 1 June (Sunday), 6 June (Eid al-Adha) are off.
    assert working_days_after(dt.date(2025, 5, 21), 10) == dt.date(2025, 6, 5)
    assert term_ends(3, dt.date(2025, 5, 21)) == dt.date(2025, 6, 20)


def test_a_case_goes_step_by_step_with_two_people_and_its_terms() -> None:
    with cast.everyone():
        employer, bill = debtor()
        one, two = officer(), supervisor()
    with cast.as_user(one):
        case = arrears.open_case(employer_id=employer.pk, today=LATE)
        assert (case.facts["rupiah"], case.facts["months"]) == (462_000, [202503])
        with pytest.raises(InputError, match="sudah terbuka"):
            arrears.open_case(employer_id=employer.pk, today=LATE)
    day = LATE
    for step, title in ((1, "first warning"), (2, "second warning")):
        with cast.as_user(one):
            assert owed.standing(case, day).act == "decide", title
            made = arrears.decide_step(case_id=case.pk, today=day, reason="Belum membayar")
            assert made.step == step
        with cast.as_user(two):
            arrears.sign(step_id=made.pk, today=day, approve=True)
        with cast.as_user(one):
            assert owed.standing(case, day).act == "deliver"
            sent = arrears.deliver(step_id=made.pk, on=day, how="post", today=day)
            assert sent.due_on == working_days_after(day, 10)
            with pytest.raises(InputError, match="belum lewat"):
                arrears.decide_step(case_id=case.pk, today=sent.due_on, reason="Terlalu cepat")
        day = sent.due_on + dt.timedelta(days=1)
    with cast.as_user(one):
        fine = arrears.decide_step(case_id=case.pk, today=day, reason="Dua teguran tidak diindahkan")
        assert fine.step == 3
        assert fine.facts["fine"] == {"jkk": 12, "jkm": 15, "jht": 285, "jp": 150}, "0.1 % for the month begun"
    with cast.as_user(two):
        signed = arrears.sign(step_id=fine.pk, today=day, approve=True)
        check_now()
    with cast.everyone():
        asked = Bill.objects.get(pk=signed.fine_bill_id)
        assert (asked.rule, asked.kind, asked.total_rupiah) == ("penalty.administrative", 3, 462)
        assert asked.due_on == day + dt.timedelta(days=30)
    with cast.as_user(one):
        sent = arrears.deliver(step_id=fine.pk, on=day, how="hand", today=day)
        day = sent.due_on + dt.timedelta(days=1)
        last = arrears.decide_step(case_id=case.pk, today=day, reason="Denda tidak dibayar")
        assert last.step == 4
        assert "tender_permits" in last.facts["services"]
    with cast.everyone():
        pays(bill, day, today=day)
        for each in Bill.objects.filter(employer_id=employer.pk, kind=3):
            pays(each, day, today=day)
    with cast.as_user(two):
        arrears.sign(step_id=last.pk, today=day, approve=False, note="Sudah lunas hari ini")
        assert owed.standing(Case.objects.get(pk=case.pk), day).act == "mended"
        closed = arrears.close(case_id=case.pk, outcome="mended", closing="Lunas", today=day)
        assert closed.outcome == "mended"
        assert owed.standing(closed, day).act == "closed"


def case_with_step() -> tuple[Any, Any, Case, Step]:
    with cast.everyone():
        employer, _bill = debtor()
        one, two = supervisor("penyelia.satu"), supervisor("penyelia.dua")
    with cast.as_user(one):
        case = arrears.open_case(employer_id=employer.pk, today=LATE)
        return one, two, case, arrears.decide_step(case_id=case.pk, today=LATE, reason="Belum membayar")


def test_nobody_signs_what_they_decided_also_for_the_database() -> None:
    one, _two, _case, step = case_with_step()
    with cast.as_user(one):
        with pytest.raises(InputError, match="Orang lain"):
            arrears.sign(step_id=step.pk, today=LATE, approve=True)
        with pytest.raises(IntegrityError, match="step_by_two"), transaction.atomic():
            Step.objects.filter(pk=step.pk).update(signed_by=one.pk, signed_on=LATE, signed=True)


def test_the_database_refuses_a_step_before_its_time_and_one_in_a_closed_case() -> None:
    one, _two, case, _step = case_with_step()
    facts = {"decided_by": one.pk, "reason": "x", "facts": {}}
    with cast.as_user(one):
        with pytest.raises(IntegrityError, match="has not passed"), transaction.atomic():
            Step.objects.create(case=case, step=2, decided_on=dt.date(2026, 1, 1), **facts)
        arrears.close(case_id=case.pk, outcome="withdrawn", closing="Salah orang", today=LATE)
        with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
            Step.objects.create(case=case, step=1, decided_on=LATE, **facts)


def test_an_officer_signs_nothing_and_a_refused_step_may_be_decided_again() -> None:
    one, two, case, step = case_with_step()
    with cast.everyone():
        clerk = officer("petugas.lain")
    with cast.as_user(clerk), pytest.raises(Refused):
        arrears.sign(step_id=step.pk, today=LATE, approve=True)
    with cast.as_user(two):
        arrears.sign(step_id=step.pk, today=LATE, approve=False, note="Alamatnya salah")
    with cast.as_user(one):
        assert arrears.decide_step(case_id=case.pk, today=LATE, reason="Alamat diperbaiki").step == 1


def test_while_an_agreement_is_kept_no_sanction_goes_on() -> None:
    employer, _bill, _made = agreed()
    with cast.everyone():
        one = officer("petugas.dua")
    with cast.as_user(one):
        with pytest.raises(InputError, match="sedang ditepati"):
            arrears.open_case(employer_id=employer.pk, today=LATE)
        case = arrears.open_case(employer_id=employer.pk, today=dt.date(2025, 6, 11))
        assert owed.standing(case, dt.date(2025, 6, 10)).act == "kept"
        with pytest.raises(InputError, match="sedang ditepati"):
            arrears.decide_step(case_id=case.pk, today=dt.date(2025, 6, 10), reason="Coba")


def test_a_case_is_not_mended_while_something_is_owed_and_is_seen_by_its_employer_only() -> None:
    one, _two, case, _step = case_with_step()
    with cast.everyone():
        mine = cast.user("staf.mine", "employer_clerk", "employer", case.employer_id)
        other = cast.user("staf.other", "employer_clerk", "employer", cast.employer("PT Lain").pk)
        far = officer("petugas.jauh", region=cast.LUMAJANG)
    with cast.as_user(one), pytest.raises(InputError, match="Masih ada tunggakan"):
        arrears.close(case_id=case.pk, outcome="mended", closing="Katanya lunas", today=LATE)
    with cast.as_user(mine):
        assert Case.objects.filter(pk=case.pk).exists()
        with pytest.raises(Refused):
            arrears.close(case_id=case.pk, outcome="withdrawn", closing="Tutup saja", today=LATE)
    for nobody in (other, far):
        with cast.as_user(nobody):
            assert not Case.objects.filter(pk=case.pk).exists()
            with pytest.raises(Refused):
                arrears.decide_step(case_id=case.pk, today=LATE, reason="Coba")
