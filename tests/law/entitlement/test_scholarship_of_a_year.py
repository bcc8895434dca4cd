"""A scholarship for one child and one school year: age, school, work, years left, and the law it goes by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from held import ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.jkm.scholarship import CAUSES, Scholar, conditions

LAW = "2025-06-15"
PUTRI = Scholar(
    cause="jkm_death", event_on=day(LAW), claimed_on=day("2025-09-01"), contribution_months=36,
    child_birth_date=day("2010-03-01"), is_child=True, married=False, working=False, job_months=0, bpu_or_intern=False,
    at_school=True, level="junior",
)  # fmt: skip


def job(**change: object) -> dict[str, object]:
    """She works."""
    return {"working": True, "job_months": 6, **change}


CASES = [
    Case({}, "scholarship.cause", MET),
    Case({"claimed_on": day("2025-06-14")}, "scholarship.cause", NOT_MET),
    Case({"cause": ""}, "scholarship.cause", UNKNOWN),
    Case({"event_on": None}, "scholarship.cause", UNKNOWN),
    Case({"contribution_months": 35, "membership_months": 35}, "scholarship.months", NOT_MET,
         says="Masa iur 35 bulan; paling sedikit 36 bulan."),
    Case({"contribution_months": 35, "membership_months": 36}, "scholarship.months", NOT_MET, 62, MET),
    Case({"contribution_months": 35}, "scholarship.months", NOT_MET, 62, UNKNOWN),
    Case({"contribution_months": 36}, "scholarship.months", MET),
    Case({"contribution_months": 37}, "scholarship.months", MET),
    Case({"contribution_months": None}, "scholarship.months", UNKNOWN),
    Case({"event_on": day("2019-12-01"), "contribution_months": 59, "membership_months": 59}, "scholarship.months", NOT_MET,
         law="2019-12-01"),
    Case({"event_on": day("2019-12-01"), "contribution_months": 60}, "scholarship.months", MET, law="2019-12-01"),
    Case({}, "scholarship.child", MET),
    Case({"is_child": False}, "scholarship.child", NOT_MET),
    Case({"is_child": None}, "scholarship.child", UNKNOWN),
    Case({"place": 2}, "scholarship.place", MET),
    Case({"place": 3}, "scholarship.place", NOT_MET, 63, UNKNOWN, says="Anak ke-3; paling banyak 2 anak."),
    Case({"event_on": day("2019-12-01"), "place": 2, "contribution_months": 60}, "scholarship.place", NOT_MET, law="2019-12-01"),
    Case({"child_birth_date": day("2002-09-01")}, "scholarship.young", NOT_MET, says="Berusia 23 tahun pada 1 September 2025."),
    Case({"child_birth_date": day("2002-09-02")}, "scholarship.young", MET),
    Case({"child_birth_date": day("2002-08-31")}, "scholarship.young", NOT_MET),
    Case({"child_birth_date": day("2004-02-29"), "claimed_on": day("2027-02-28")}, "scholarship.young", MET),
    Case({"child_birth_date": day("2004-02-29"), "claimed_on": day("2027-03-01")}, "scholarship.young", NOT_MET),
    Case({"child_birth_date": None}, "scholarship.young", UNKNOWN),
    Case({}, "scholarship.unmarried", MET),
    Case({"married": True}, "scholarship.unmarried", NOT_MET),
    Case({"married": None}, "scholarship.unmarried", UNKNOWN),
    Case({}, "scholarship.not_working", MET),
    Case({"working": None}, "scholarship.not_working", UNKNOWN),
    Case(job(job_months=5), "scholarship.not_working", MET),
    Case(job(job_months=6), "scholarship.not_working", MET),
    Case(job(job_months=7), "scholarship.not_working", NOT_MET, says="Bekerja 7 bulan berturut-turut; batasnya 6 bulan."),
    Case(job(job_months=None), "scholarship.not_working", UNKNOWN),
    Case(job(job_months=24, bpu_or_intern=True), "scholarship.not_working", MET),
    Case(job(job_months=7, bpu_or_intern=None), "scholarship.not_working", UNKNOWN),
    Case(job(at_school=False), "scholarship.not_working", NOT_MET),
    # a parent who died before the short job was forgiven
    Case(job(event_on=day("2021-06-15"), claimed_on=day("2025-02-23")), "scholarship.not_working", NOT_MET, law="2021-06-15"),
    Case(job(event_on=day("2021-06-15"), claimed_on=day("2025-02-24")), "scholarship.not_working", MET, 98, NOT_MET,
         "2021-06-15"),
    Case(job(event_on=day("2021-06-15"), job_months=7), "scholarship.not_working", NOT_MET, law="2021-06-15"),
    Case({}, "scholarship.at_school", MET),
    Case({"at_school": None}, "scholarship.at_school", UNKNOWN),
    Case({"at_school": False}, "scholarship.at_school", NOT_MET),
    Case({"at_school": False, "child_birth_date": day("2018-09-01")}, "scholarship.at_school", NOT_MET),
    Case({"at_school": False, "child_birth_date": day("2018-09-02")}, "scholarship.at_school", UNKNOWN),
    Case({"years_paid_of_level": 2}, "scholarship.years_left", MET),
    Case({"years_paid_of_level": 3}, "scholarship.years_left", NOT_MET, says="SMP: sudah dibayar 3 dari 3 tahun."),
    Case({"level": "higher", "years_paid_of_level": 4}, "scholarship.years_left", MET),
    Case({"level": "higher", "years_paid_of_level": 5}, "scholarship.years_left", NOT_MET),
    Case({"level": ""}, "scholarship.years_left", UNKNOWN),
    Case({}, "scholarship.not_again", MET),
    Case({"paid_this_school_year": True}, "scholarship.not_again", NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_a_scholarship(case: Case) -> None:
    one = held(case, PUTRI, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_a_scholarship_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(CASES, ("scholarship.place", "scholarship.not_again")) == []


@pytest.mark.parametrize("cause", CAUSES)
def test_putri_has_a_scholarship_and_only_a_jkm_death_asks_for_months(cause: str) -> None:
    found = conditions(of(LAW), replace(PUTRI, cause=cause))
    assert outcome(found) == ENTITLED
    assert ("scholarship.months" in by_key(found)) == (cause == "jkm_death")


def test_a_child_below_school_age_waits_and_is_not_refused() -> None:
    small = replace(PUTRI, child_birth_date=day("2022-01-01"), at_school=False, level="")
    found = conditions(of(LAW), small)
    assert outcome(found) == Outcome.UNKNOWN
    assert by_key(found)["scholarship.at_school"].fact_words == "Belum usia sekolah: beasiswa mulai saat anak masuk sekolah."
    grown = replace(small, child_birth_date=day("2015-01-01"))
    assert outcome(conditions(of(LAW), grown)) == NOT_ENTITLED


def test_the_old_scholarship_asks_nothing_of_school_and_goes_to_the_first_child() -> None:
    old = replace(PUTRI, event_on=day("2019-12-01"), contribution_months=60, at_school=None, level="", married=None)
    assert outcome(conditions(of("2019-12-01"), old)) == ENTITLED
    assert outcome(conditions(of("2019-12-01"), replace(old, place=2))) == NOT_ENTITLED


def test_a_third_child_is_for_a_human() -> None:
    assert outcome(conditions(of(LAW), replace(PUTRI, place=3))) == Outcome.UNSETTLED
