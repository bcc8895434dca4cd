"""JKK: what came of work, reported and claimed in time, on the border days of the old and the new law."""

from __future__ import annotations

from dataclasses import replace

import pytest
from held import COVER, ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.facts import BPU, Heirs
from jamsostek.law.jkk.entitlement import KINDS, Accident, conditions

LAW = "2025-06-15"
JOKO = Accident(
    happened_on=day(LAW), claimed_on=day("2025-09-01"), kind="accident", by_work=True, cover=COVER, reported_on=day("2025-06-16"),
    concluded_on=day("2025-08-20"), second_report_on=day("2025-08-21"), diagnosed_on=day(LAW), hours_to_death=3, result="healed",
    listed_disease=True, heirs=Heirs("widow_widower_or_child", "widow_widower_or_child"),
)  # fmt: skip
"""Joko fell at work; what is asked only of other kinds is known as well."""


def ill(**change: object) -> dict[str, object]:
    """A disease instead."""
    return {"kind": "disease", **change}


CASES = [
    Case({}, "jkk.happened", MET, says="Kejadian: kecelakaan di tempat kerja, 15 Juni 2025."),
    Case({"claimed_on": day("2025-06-14")}, "jkk.happened", NOT_MET),
    Case({"claimed_on": day("2025-06-15")}, "jkk.happened", MET),
    Case({"kind": ""}, "jkk.happened", UNKNOWN),
    Case({"happened_on": None}, "jkk.happened", UNKNOWN),
    Case({}, "jkk.by_work", MET),
    Case({"by_work": False}, "jkk.by_work", NOT_MET),
    Case({"by_work": None}, "jkk.by_work", UNKNOWN),
    Case({}, "jkk.covered", MET),
    Case({"cover": replace(COVER, protected=False)}, "jkk.covered", NOT_MET),
    Case({"cover": replace(COVER, protected=None)}, "jkk.covered", UNKNOWN),
    Case({"cover": replace(COVER, registered_on=day("2025-06-14"))}, "jkk.registered", MET),
    Case({"cover": replace(COVER, registered_on=day("2025-06-15"))}, "jkk.registered", MET),
    Case({"cover": replace(COVER, registered_on=day("2025-06-16"))}, "jkk.registered", NOT_MET),
    Case({"cover": replace(COVER, registered_on=None)}, "jkk.registered", UNKNOWN),
    # disease
    Case(ill(), "jkk.disease_listed", MET),
    Case(ill(listed_disease=False), "jkk.disease_listed", NOT_MET),
    Case(ill(listed_disease=None), "jkk.disease_listed", UNKNOWN),
    Case(ill(happened_on=day("2019-01-28")), "jkk.disease_listed", MET, law="2019-01-28"),
    Case(ill(work_ended_on=day("2022-06-14")), "jkk.disease_in_time", NOT_MET,
         says="Didiagnosis pada 15 Juni 2025; batasnya 14 Juni 2025, 3 tahun setelah berhenti bekerja."),
    Case(ill(work_ended_on=day("2022-06-15")), "jkk.disease_in_time", MET),
    Case(ill(work_ended_on=day("2022-06-16")), "jkk.disease_in_time", MET),
    Case(ill(work_ended_on=day("2020-02-29"), diagnosed_on=day("2023-03-01")), "jkk.disease_in_time", MET),
    Case(ill(work_ended_on=day("2022-06-15"), diagnosed_on=None), "jkk.disease_in_time", UNKNOWN),
    # violence, named since 24 February 2025
    Case({"kind": "violence", "happened_on": day("2025-02-23")}, "jkk.violence", NOT_MET, 93, MET, "2025-02-23"),
    Case({"kind": "violence", "happened_on": day("2025-02-24")}, "jkk.violence", MET, law="2025-02-24"),
    # sudden death
    Case({"kind": "sudden_death", "hours_to_death": 23}, "jkk.sudden_death", MET),
    Case({"kind": "sudden_death", "hours_to_death": 24}, "jkk.sudden_death", MET),
    Case({"kind": "sudden_death", "hours_to_death": 25}, "jkk.sudden_death", NOT_MET,
         says="Meninggal 25 jam setelah dibawa dari tempat kerja; batasnya 24 jam."),
    Case({"kind": "sudden_death", "hours_to_death": 0}, "jkk.sudden_death", MET),
    Case({"kind": "sudden_death", "hours_to_death": None}, "jkk.sudden_death", UNKNOWN),
    # reports
    Case({"reported_on": day("2025-06-15")}, "jkk.report_first", MET),
    Case({"reported_on": day("2025-06-17")}, "jkk.report_first", MET,
         says="Dilaporkan pada 17 Juni 2025; batasnya 48 jam sejak 15 Juni 2025."),
    Case({"reported_on": day("2025-06-18")}, "jkk.report_first", NOT_MET),
    Case({"reported_on": None}, "jkk.report_first", UNKNOWN),
    Case(ill(diagnosed_on=day("2025-07-01"), reported_on=day("2025-07-03")), "jkk.report_first", MET),
    Case({"second_report_on": day("2025-08-22")}, "jkk.report_second", MET),
    Case({"second_report_on": day("2025-08-23")}, "jkk.report_second", NOT_MET),
    Case({"second_report_on": None}, "jkk.report_second", UNKNOWN),
    Case({"concluded_on": None}, "jkk.report_second", UNKNOWN),
    Case({"reported_on": day("2025-06-18")}, "jkk.late_report", MET, 46, NOT_MET),
    Case({"reported_on": day("2025-06-18"), "cover": replace(COVER, segment=BPU)}, "jkk.late_report", MET, 94, NOT_MET),
    # only suspected
    Case({"by_work": None}, "jkk.suspected", UNKNOWN),
    Case(ill(by_work=None), "jkk.suspected", UNKNOWN, 45, UNKNOWN),
    # lapse: five years, and two before 2 December 2019
    Case({"claimed_on": day("2030-06-14")}, "jkk.in_time", MET),
    Case({"claimed_on": day("2030-06-15")}, "jkk.in_time", MET),
    Case({"claimed_on": day("2030-06-16")}, "jkk.in_time", NOT_MET,
         says="Diajukan pada 16 Juni 2030; gugur setelah 15 Juni 2030, 5 tahun sejak 15 Juni 2025."),
    Case(ill(diagnosed_on=day("2025-07-01"), claimed_on=day("2030-07-01")), "jkk.in_time", MET),
    Case(ill(diagnosed_on=None), "jkk.in_time", UNKNOWN),
    Case({"happened_on": day("2019-12-01"), "claimed_on": day("2021-12-01")}, "jkk.in_time", MET, law="2019-12-01"),
    Case({"happened_on": day("2019-12-01"), "claimed_on": day("2021-12-02")}, "jkk.in_time", NOT_MET, 78, MET, "2019-12-01"),
    Case({"happened_on": day("2019-12-01"), "claimed_on": day("2024-12-01")}, "jkk.in_time", NOT_MET, 78, MET, "2019-12-01"),
    Case({"happened_on": day("2019-12-01"), "claimed_on": day("2024-12-02")}, "jkk.in_time", NOT_MET, law="2019-12-01"),
    Case({"happened_on": day("2017-12-02"), "claimed_on": day("2019-12-03")}, "jkk.in_time", NOT_MET, 78, MET, "2017-12-02"),
    Case({"happened_on": day("2017-12-01"), "claimed_on": day("2019-12-03")}, "jkk.in_time", NOT_MET, law="2017-12-01"),
    Case({"happened_on": day("2019-12-02"), "claimed_on": day("2024-12-02")}, "jkk.in_time", MET, law="2019-12-02"),
    Case({"happened_on": day("2020-02-29"), "claimed_on": day("2025-03-01")}, "jkk.in_time", MET, law="2020-02-29"),
    Case({"happened_on": day("2020-02-29"), "claimed_on": day("2025-03-02")}, "jkk.in_time", NOT_MET, law="2020-02-29"),
    # result, once, heirs
    Case({}, "jkk.result", MET, says="Hasil akhir: sembuh."),
    Case({"result": "healing"}, "jkk.result", UNKNOWN, says="Masih dirawat: manfaat dihitung setelah dokter menyimpulkan."),
    Case({"result": ""}, "jkk.result", UNKNOWN, says="Hasil akhir belum diketahui."),
    Case({}, "jkk.once", MET),
    Case({"paid_before": True}, "jkk.once", NOT_MET),
    Case({"result": "dead"}, "jkk.heir", MET),
    Case({"result": "dead", "heirs": Heirs("siblings", "widow_widower_or_child")}, "jkk.heir", NOT_MET),
    Case({"result": "dead", "heirs": None}, "jkk.heir", UNKNOWN),
]  # fmt: skip
TWO_WAYS = ("jkk.violence", "jkk.late_report", "jkk.suspected", "jkk.result", "jkk.once")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_jkk(case: Case) -> None:
    one = held(case, JOKO, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_jkk_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(CASES, TWO_WAYS) == []


@pytest.mark.parametrize("kind", KINDS)
def test_joko_is_entitled_whatever_kind_it_was_once_all_is_known(kind: str) -> None:
    joko = replace(JOKO, kind=kind, result="dead" if kind == "sudden_death" else "healed")
    assert outcome(conditions(of(LAW), joko)) == ENTITLED


def test_a_late_report_refuses_nobody_and_since_2025_asks_who_bears_the_cost() -> None:
    late = replace(JOKO, reported_on=day("2025-06-20"), second_report_on=day("2025-12-01"))
    assert outcome(conditions(of(LAW), late)) == Outcome.UNSETTLED
    own = replace(late, cover=replace(COVER, segment=BPU))
    assert outcome(conditions(of(LAW), own)) == ENTITLED
    old = replace(late, happened_on=day("2025-02-23"), diagnosed_on=day("2025-02-23"))
    found = conditions(of("2025-02-23"), old)
    assert "jkk.late_report" not in by_key(found) and outcome(found) == ENTITLED


def test_a_disease_off_the_list_is_decided_by_the_doctors_proof() -> None:
    off = replace(JOKO, kind="disease", listed_disease=False)
    assert outcome(conditions(of(LAW), off)) == ENTITLED
    assert outcome(conditions(of(LAW), replace(off, by_work=False))) == NOT_ENTITLED


def test_a_disease_after_the_end_of_work_looks_at_cover_on_the_last_day_of_work() -> None:
    found = conditions(of(LAW), replace(JOKO, kind="disease", work_ended_on=day("2023-01-31")))
    assert by_key(found)["jkk.registered"].values["day"] == day("2023-01-31")


def test_a_suspected_case_says_until_when_it_is_concluded() -> None:
    one = by_key(conditions(of(LAW), replace(JOKO, by_work=None)))["jkk.suspected"]
    assert one.values["last"] == day("2025-07-16") and not one.required
    before = replace(JOKO, by_work=None, happened_on=day("2023-09-30"))
    assert "jkk.suspected" not in by_key(conditions(of("2023-09-30"), before))


def test_arrears_of_a_non_wage_member_are_noted_while_there_is_a_right() -> None:
    owing = replace(COVER, segment=BPU, arrears_months=3)
    found = conditions(of(LAW), replace(JOKO, cover=owing))
    assert by_key(found)["jkk.arrears_settled"].met == NOT_MET and outcome(found) == ENTITLED
    lost = conditions(of(LAW), replace(JOKO, cover=replace(owing, protected=False, arrears_months=4)))
    assert "jkk.arrears_settled" not in by_key(lost) and outcome(lost) == NOT_ENTITLED


def test_an_employer_in_arrears_pays_first_and_the_worker_keeps_the_right() -> None:
    found = conditions(of(LAW), replace(JOKO, cover=replace(COVER, pays_first="employer", arrears_months=4)))
    assert by_key(found)["jkk.employer_pays_first"].met == NOT_MET and outcome(found) == ENTITLED
