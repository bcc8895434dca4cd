"""Months billed before and what is known now: differences in the open month, exact to the rupiah and to the person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from cast import MONTH, NOW, SIDOARJO, TODAY, as_user, covered, employer, everyone, participant, sponsor, user, works

from jamsostek.collection.actions import bills, differences, month, reassessment
from jamsostek.collection.choices import BillKind
from jamsostek.collection.models import Bill, BillLine, Reassessment, ReassessmentItem
from jamsostek.core.errors import InputError
from jamsostek.law import calculate
from jamsostek.ledger import actions as ledger
from jamsostek.ledger import queries as books
from jamsostek.registry.actions import employ

OCTOBER = 202610


@pytest.fixture
def firm(committed_db: Any) -> dict[str, Any]:
    """PT Contoh with two workers, billed for October."""
    with everyone():
        at = employer()
        people = [participant(f"Pekerja {n}") for n in range(2)]
        spells = [works(who, at, wage_rupiah=5_000_000) for who in people]
        bill = bills.bill_employer(employer_id=at.pk, month=OCTOBER, today=TODAY)
    return {"employer": at, "people": people, "spells": spells, "bill": bill}


def _sums(bill: Bill) -> tuple[int, ...]:
    return bill.jkk_rupiah, bill.jkm_rupiah, bill.jht_rupiah, bill.jp_rupiah


def test_a_wage_reported_too_low_becomes_the_difference_and_nothing_else(firm: dict[str, Any]) -> None:
    with everyone():
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=7_500_000)
        (made,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        who, risk = firm["people"][0], firm["bill"].inputs["risk_class"]
        law = {
            wage: calculate(
                "contribution.pu", month=OCTOBER, wage_rupiah=wage, risk_class=risk, scale="large", birth_date=who.birth_date
            )
            for wage in (5_000_000, 7_500_000)
        }
        (line,) = BillLine.objects.filter(bill_id=made.pk)
    assert (made.kind, made.month, made.from_month, made.people) == (BillKind.DIFFERENCE, MONTH, OCTOBER, 1)
    assert made.total_rupiah == law[7_500_000]["total_rupiah"] - law[5_000_000]["total_rupiah"]
    assert (line.participant_id, line.for_month, line.wage_rupiah) == (who.pk, OCTOBER, 7_500_000)
    assert made.jkp_government_rupiah == law[7_500_000]["jkp_government_rupiah"] - law[5_000_000]["jkp_government_rupiah"] == 0


def test_what_was_billed_stays_as_it_is_and_a_second_look_finds_nothing(firm: dict[str, Any]) -> None:
    with everyone():
        before = list(BillLine.objects.filter(bill_id=firm["bill"].pk).order_by("participant_id").values())
        employ.change_wage(employment_id=firm["spells"][1], from_month=OCTOBER, wage_rupiah=4_000_000)
        (made,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        assert made.total_rupiah < 0
        assert list(BillLine.objects.filter(bill_id=firm["bill"].pk).order_by("participant_id").values()) == before
        assert differences.preview_employer(employer_id=firm["employer"].pk, months=[OCTOBER]) == []
        assert differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY) == []


def test_a_difference_stands_beside_the_bill_that_a_run_made_in_the_open_month(firm: dict[str, Any]) -> None:
    with everyone():
        month.bill_region(month=MONTH, region=SIDOARJO, today=TODAY)
        regular = Bill.objects.get(month=MONTH, employer_id=firm["employer"].pk)
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=7_500_000)
        made = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
    assert regular.part > 0 and [(one.month, one.from_month, one.sequence) for one in made] == [(MONTH, OCTOBER, 1)]


def test_somebody_forgotten_and_somebody_who_had_left_stand_in_one_bill(firm: dict[str, Any]) -> None:
    with everyone():
        late = participant("Datang Terlambat")
        works(late, firm["employer"], OCTOBER, 6_000_000)
        employ.leave(employment_id=firm["spells"][0], left_on=dt.date(2026, 9, 30))
        (made,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        lines = {line.participant_id: line for line in BillLine.objects.filter(bill_id=made.pk)}
    gone, came = lines[firm["people"][0].pk], lines[late.pk]
    assert (gone.wage_rupiah, came.wage_rupiah) == (0, 6_000_000)
    assert gone.jkm_rupiah == -15_000
    assert came.jkm_rupiah == 18_000
    assert made.jkm_rupiah == 3_000


def test_the_receivable_follows_the_difference_either_way(firm: dict[str, Any]) -> None:
    code = f"receivable:jkm:{SIDOARJO}"
    with everyone():
        assert books.balance(code) == firm["bill"].jkm_rupiah
        employ.leave(employment_id=firm["spells"][0], left_on=dt.date(2026, 9, 30))
        (made,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        assert books.balance(code) == firm["bill"].jkm_rupiah + made.jkm_rupiah == 15_000


def test_a_difference_of_a_closed_month_stands_in_the_open_one(firm: dict[str, Any]) -> None:
    with everyone():
        ledger.close_period(OCTOBER)
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=9_000_000)
        (made,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        assert (made.month, made.from_month) == (MONTH, OCTOBER)
        with pytest.raises(InputError, match="sudah ditutup"):
            bills.bill_employer(employer_id=employer("PT Baru").pk, month=OCTOBER, today=TODAY)


def test_a_late_report_is_due_when_its_month_was_and_a_change_of_law_with_the_open_month(firm: dict[str, Any]) -> None:
    with everyone():
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=9_000_000)
        (late,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY)
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=9_500_000)
        (law,) = differences.reassess_employer(employer_id=firm["employer"].pk, months=[OCTOBER], today=TODAY, own_fault=False)
    assert (late.due_on, law.due_on) == (dt.date(2026, 11, 16), dt.date(2026, 12, 15))
    assert late.due_on == firm["bill"].due_on


def test_a_payer_who_was_not_billed_has_no_difference(committed_db: Any) -> None:
    with everyone():
        at = employer()
        works(participant(), at)
        assert differences.preview_employer(employer_id=at.pk, months=[OCTOBER]) == []


def test_people_taken_off_a_sponsors_list_come_back_as_money(committed_db: Any) -> None:
    with everyone():
        by = sponsor()
        people = [participant(f"Petani {n}") for n in range(3)]
        for who in people:
            covered(who, by)
        bill = bills.bill_sponsor(sponsor_id=by.pk, month=OCTOBER, today=TODAY)
        from jamsostek.registry.models import Cover

        for row in Cover.objects.filter(sponsor=by):
            row.to_month = 202609
            row.save()
        (made,) = differences.reassess_sponsor(sponsor_id=by.pk, months=[OCTOBER], today=TODAY)
    assert (bill.total_rupiah, made.total_rupiah, made.people) == (3 * 16_800, -3 * 16_800, 3)


# --- a region's months ----------------------------------------------------------------------------------------------------


@pytest.fixture
def two(firm: dict[str, Any]) -> dict[str, Any]:
    """Two supervisors of the regency, and a second firm whose wages also changed."""
    with everyone():
        other = employer("PT Lain")
        spell = works(participant("Pekerja lain"), other)
        bills.bill_employer(employer_id=other.pk, month=OCTOBER, today=TODAY)
        employ.change_wage(employment_id=spell, from_month=OCTOBER, wage_rupiah=8_000_000)
        employ.change_wage(employment_id=firm["spells"][0], from_month=OCTOBER, wage_rupiah=8_000_000)
        asks = user("penyelia1", "branch_supervisor", "region", SIDOARJO)
        decides = user("penyelia2", "branch_supervisor", "region", SIDOARJO)
    return {**firm, "other": other, "asks": asks, "decides": decides}


def _looked_at(two: dict[str, Any]) -> Reassessment:
    with as_user(two["asks"]):
        one = reassessment.ask(months=[OCTOBER], region_code=SIDOARJO, reason="Upah yang benar diketahui")
        assert reassessment.look(reassessment_id=one.pk, now=NOW) == 2
    return one


def _carry_out(one: Reassessment, who: Any) -> tuple[int, int]:
    from jamsostek.access.scope import scope_of

    return reassessment.carry_out(reassessment_id=one.pk, today=TODAY, now=NOW, scope=scope_of(who, MONTH))


def test_a_region_is_previewed_decided_by_another_and_carried_out_once(two: dict[str, Any]) -> None:
    one = _looked_at(two)
    with everyone():
        assert Bill.objects.filter(kind=BillKind.DIFFERENCE).count() == 0
    with as_user(two["asks"]), pytest.raises(InputError, match="tidak boleh memutuskan"):
        reassessment.decide(reassessment_id=one.pk, approve=True, now=NOW)
    with as_user(two["decides"]):
        reassessment.decide(reassessment_id=one.pk, approve=True, now=NOW)
    assert _carry_out(one, two["decides"]) == (2, 0)
    with everyone():
        items = list(ReassessmentItem.objects.filter(reassessment=one))
        found = {bill.pk: _sums(bill) for bill in Bill.objects.filter(kind=BillKind.DIFFERENCE)}
        assert {item.bill_id: (item.jkk_rupiah, item.jkm_rupiah, item.jht_rupiah, item.jp_rupiah) for item in items} == found
    with pytest.raises(InputError, match="tidak lagi di tahap itu"):
        _carry_out(one, two["decides"])


def test_a_payer_who_changed_after_the_preview_is_left_for_a_new_look(two: dict[str, Any]) -> None:
    one = _looked_at(two)
    with as_user(two["decides"]):
        reassessment.decide(reassessment_id=one.pk, approve=True, now=NOW)
    with everyone():
        employ.change_wage(employment_id=two["spells"][0], from_month=OCTOBER, wage_rupiah=8_100_000)
    assert _carry_out(one, two["decides"]) == (1, 1)
    with everyone():
        (left,) = ReassessmentItem.objects.filter(reassessment=one, skipped="changed")
    assert left.payer_id == two["employer"].pk


def test_a_job_goes_as_far_as_nobody_must_decide_and_again_from_where_it_was_killed(
    two: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> Reassessment:
        reassessment.work(one.pk, today=TODAY, now=lambda: NOW)
        with everyone():
            return Reassessment.objects.get(pk=one.pk)

    with as_user(two["asks"]):
        one = reassessment.ask(months=[OCTOBER], region_code=SIDOARJO, reason="Upah yang benar diketahui")
        assert reassessment.open_reassessments() == [one.pk]
    assert work().state == "ready"
    with everyone():
        assert reassessment.open_reassessments() == []
    assert work().looked_at == NOW, "what waits for a decision is left alone"
    with as_user(two["decides"]):
        reassessment.decide(reassessment_id=one.pk, approve=True, now=NOW)
    real, seen = reassessment._carry, []

    def killed(item_id: int, today: dt.date) -> int:
        seen.append(item_id)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(item_id, today)

    monkeypatch.setattr(reassessment, "_carry", killed)
    with pytest.raises(KeyboardInterrupt):
        work()
    with everyone():
        assert Bill.objects.filter(kind=BillKind.DIFFERENCE).count() == 1
        assert reassessment.open_reassessments() == [one.pk]
    assert work().state == "done"
    with everyone():
        assert Bill.objects.filter(kind=BillKind.DIFFERENCE).count() == 2


def test_what_cannot_be_worked_off_stops_says_so_and_is_taken_up_by_hand(
    two: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_user(two["asks"]):
        one = reassessment.ask(months=[OCTOBER], region_code=SIDOARJO, reason="Upah yang benar diketahui")

    def broken(*_given: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(reassessment, "_of_region", broken)
        for _time in range(reassessment.TRIES):
            with everyone():
                assert reassessment.open_reassessments() == [one.pk]
            with pytest.raises(ZeroDivisionError):
                reassessment.work(one.pk, today=TODAY, now=lambda: NOW)
        reassessment.work(one.pk, today=TODAY, now=lambda: NOW)  # it stopped: nothing is tried
    with everyone():
        assert reassessment.open_reassessments() == []
        assert "kesalahan pada sistem kami" in Reassessment.objects.get(pk=one.pk).problem
    with as_user(two["asks"]):
        reassessment.go_on(reassessment_id=one.pk)
    reassessment.work(one.pk, today=TODAY, now=lambda: NOW)
    with everyone():
        there = Reassessment.objects.get(pk=one.pk)
        assert (there.state, there.problem, there.tries) == ("ready", "", 0)


@pytest.mark.parametrize("given", [{"region_code": 999}, {"reason": " "}, {"months": []}], ids=str)
def test_what_is_asked_wrongly_is_refused_at_its_field(two: dict[str, Any], given: dict[str, Any]) -> None:
    (field,) = given
    with everyone(), pytest.raises(InputError) as refused:
        reassessment.ask(**{"months": [OCTOBER], "region_code": SIDOARJO, "reason": "Coba", **given})
    assert refused.value.field == field


def test_the_database_itself_refuses_that_one_person_asks_and_decides(two: dict[str, Any]) -> None:
    from django.db import IntegrityError

    one = _looked_at(two)
    with pytest.raises(IntegrityError, match="reassessment_by_two"), everyone():
        Reassessment.objects.filter(pk=one.pk).update(state="approved", decided_by=two["asks"].pk, decided_at=NOW)


def test_a_region_of_somebody_else_is_out_of_reach(two: dict[str, Any]) -> None:
    from jamsostek.access.errors import Refused

    with everyone():
        stranger = user("penyelia3", "branch_supervisor", "region", 3508)
    with as_user(stranger), pytest.raises(Refused):
        reassessment.ask(months=[OCTOBER], region_code=SIDOARJO, reason="Coba")
