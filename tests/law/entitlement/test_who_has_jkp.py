"""JKP: the dismissal, the contributions before it, how late and how often; and each of the six months."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from held import ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.jkp.entitlement import EXCLUDED, REASONS, Dismissal, conditions, month_conditions

LAW = "2025-06-15"
OLD = "2024-10-15"
RINA = Dismissal(
    left_on=day(LAW), claimed_on=day("2025-08-01"), reason="dismissed", citizen=True, birth_date=day("1990-05-01"),
    registered_on=day("2021-03-01"), programmes=("jkn", "jkk", "jkm", "jht", "jp"), scale="large", contribution_months_24=24,
    consecutive_6=24, working_again=False, willing=True, proof=True, contract="permanent",
)  # fmt: skip


def then(**change: Any) -> dict[str, Any]:
    """Dismissed in October 2024 and claimed in November, all under the old law."""
    return {"left_on": day(OLD), "claimed_on": day("2024-11-15"), **change}


def across(**change: Any) -> dict[str, Any]:
    """Dismissed under the old law, claimed under the new."""
    return {"left_on": day("2024-12-15"), "claimed_on": day("2025-02-07"), **change}


CASES = [
    Case({}, "jkp.dismissed", MET, says="Terkena PHK pada 15 Juni 2025."),
    Case({"reason": ""}, "jkp.dismissed", UNKNOWN),
    *[Case({"reason": reason, "contract_end_on": day(LAW)}, "jkp.dismissed", NOT_MET) for reason in EXCLUDED],
    Case({"left_on": None}, "jkp.dismissed", UNKNOWN),
    Case({"reason": "contract_ended", "contract_end_on": day("2025-06-14")}, "jkp.dismissed", NOT_MET),
    Case({"reason": "contract_ended", "contract_end_on": day("2025-06-16")}, "jkp.dismissed", MET),
    Case({"reason": "contract_ended"}, "jkp.dismissed", UNKNOWN),
    Case({"contract": "fixed", "contract_end_on": day("2025-06-15")}, "jkp.dismissed", NOT_MET,
         says="Alasan berhenti: kontrak kerja berakhir pada waktunya; tidak termasuk PHK yang dijamin."),
    Case({"contract": "fixed", "contract_end_on": day("2025-06-16")}, "jkp.dismissed", MET),
    Case({"contract": "fixed"}, "jkp.dismissed", UNKNOWN),
    Case({"contract": None, "contract_end_on": day("2025-06-15")}, "jkp.dismissed", NOT_MET),
    Case({"contract": None}, "jkp.dismissed", MET),
    Case({}, "jkp.citizen", MET),
    Case({"citizen": False}, "jkp.citizen", NOT_MET),
    Case({"citizen": None}, "jkp.citizen", UNKNOWN),
    Case({"birth_date": day("1967-03-02")}, "jkp.age", MET),
    Case({"birth_date": day("1967-03-01")}, "jkp.age", NOT_MET,
         says="Terdaftar pada 1 Maret 2021; berusia 54 tahun pada 1 Maret 2021."),
    Case({"birth_date": day("1967-02-28")}, "jkp.age", NOT_MET),
    Case({"birth_date": None}, "jkp.age", UNKNOWN),
    Case({"registered_on": None}, "jkp.age", UNKNOWN),
    Case({"programmes": ("jkk", "jkm", "jht")}, "jkp.programmes", NOT_MET, says="Belum ikut: JKN, JP."),
    Case({"programmes": ("jkn", "jkk", "jkm", "jht")}, "jkp.programmes", NOT_MET),
    Case({"programmes": ("jkn", "jkk", "jkm", "jht"), "scale": "small"}, "jkp.programmes", MET),
    Case({"programmes": ("jkn", "jkk", "jkm"), "scale": "small"}, "jkp.programmes", NOT_MET),
    Case({"programmes": ("jkn_other", "jkk", "jkm", "jht", "jp")}, "jkp.programmes", MET),
    Case(then(programmes=("jkn_other", "jkk", "jkm", "jht", "jp")), "jkp.programmes", NOT_MET, law=OLD),
    Case(across(programmes=("jkn_other", "jkk", "jkm", "jht", "jp")), "jkp.programmes", MET, law="2024-12-15"),
    Case({"programmes": None}, "jkp.programmes", UNKNOWN),
    Case({"scale": ""}, "jkp.programmes", UNKNOWN),
    Case({"scale": "micro"}, "jkp.scale", NOT_MET, 59, MET),
    Case({"contribution_months_24": 11}, "jkp.contributions", NOT_MET,
         says="11 bulan iuran dalam 24 bulan; paling sedikit 12 bulan."),
    Case({"contribution_months_24": 12}, "jkp.contributions", MET),
    Case({"contribution_months_24": 13}, "jkp.contributions", MET),
    Case({"contribution_months_24": None}, "jkp.contributions", UNKNOWN),
    Case(then(consecutive_6=5), "jkp.consecutive", NOT_MET, law=OLD,
         says="Hanya 5 bulan iuran berturut-turut; dahulu disyaratkan 6 bulan."),
    Case(then(consecutive_6=6), "jkp.consecutive", MET, law=OLD),
    Case(then(consecutive_6=7), "jkp.consecutive", MET, law=OLD),
    Case(then(consecutive_6=None), "jkp.consecutive", UNKNOWN, law=OLD),
    Case(across(consecutive_6=6), "jkp.consecutive", MET, law="2024-12-15"),
    Case(across(consecutive_6=5), "jkp.consecutive", MET, 96, NOT_MET, "2024-12-15"),
    Case(across(consecutive_6=None), "jkp.consecutive", MET, 96, UNKNOWN, "2024-12-15"),
    Case({}, "jkp.not_working", MET),
    Case({"working_again": True}, "jkp.not_working", NOT_MET),
    Case({"working_again": None}, "jkp.not_working", UNKNOWN),
    Case({}, "jkp.willing", MET),
    Case({"willing": False}, "jkp.willing", NOT_MET),
    Case({"willing": None}, "jkp.willing", UNKNOWN),
    Case({}, "jkp.proof", MET),
    Case({"proof": False}, "jkp.proof", NOT_MET),
    Case({"proof": None}, "jkp.proof", UNKNOWN),
    Case({"claims_before": 2, "contribution_years_since_last": 5}, "jkp.times", MET),
    Case({"claims_before": 3}, "jkp.times", NOT_MET),
    Case({"claims_before": 1, "contribution_years_since_last": 4}, "jkp.years_between", NOT_MET,
         says="Mengiur 4 tahun sejak JKP sebelumnya; paling sedikit 5 tahun."),
    Case({"claims_before": 1, "contribution_years_since_last": 5}, "jkp.years_between", MET),
    Case({"claims_before": 2, "contribution_years_since_last": 4}, "jkp.years_between", NOT_MET),
    Case({"claims_before": 2, "contribution_years_since_last": None}, "jkp.years_between", UNKNOWN),
    # six months to claim, three before 7 February 2025
    Case({"claimed_on": day("2025-12-14")}, "jkp.in_time", MET),
    Case({"claimed_on": day("2025-12-15")}, "jkp.in_time", MET),
    Case({"claimed_on": day("2025-12-16")}, "jkp.in_time", NOT_MET),
    Case(then(claimed_on=day("2025-01-15")), "jkp.in_time", MET, law=OLD),
    Case(then(claimed_on=day("2025-01-16")), "jkp.in_time", NOT_MET, law=OLD),
    Case(then(claimed_on=day("2025-02-06")), "jkp.in_time", NOT_MET, law=OLD),
    Case(then(claimed_on=day("2025-02-07")), "jkp.in_time", NOT_MET, 96, MET, OLD),
    Case(then(claimed_on=day("2025-04-15")), "jkp.in_time", NOT_MET, 96, MET, OLD),
    Case(then(claimed_on=day("2025-04-16")), "jkp.in_time", NOT_MET, law=OLD),
    Case(across(claimed_on=day("2025-03-15")), "jkp.in_time", MET, law="2024-12-15"),
    Case(across(claimed_on=day("2025-03-16")), "jkp.in_time", MET, 96, NOT_MET, "2024-12-15"),
    Case(across(claimed_on=day("2025-06-15")), "jkp.in_time", MET, 96, NOT_MET, "2024-12-15"),
    Case(across(claimed_on=day("2025-06-16")), "jkp.in_time", NOT_MET, law="2024-12-15"),
    Case(across(left_on=day("2024-11-07"), claimed_on=day("2025-02-08")), "jkp.in_time", MET, 96, NOT_MET, "2024-11-07"),
    Case(across(left_on=day("2024-11-06"), claimed_on=day("2025-02-08")), "jkp.in_time", NOT_MET, 96, MET, "2024-11-06"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_jkp(case: Case) -> None:
    one = held(case, RINA, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_jkp_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(CASES, ("jkp.scale", "jkp.times", "jkp.in_time")) == []


def test_rina_is_entitled_under_the_old_law_and_the_new() -> None:
    assert outcome(conditions(of(LAW), RINA)) == ENTITLED
    assert "jkp.consecutive" not in by_key(conditions(of(LAW), RINA))
    assert outcome(conditions(of(OLD), replace(RINA, **then()))) == ENTITLED
    assert outcome(conditions(of("2024-12-15"), replace(RINA, **across()))) == ENTITLED


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != "dismissed"])
def test_who_left_otherwise_has_no_jkp(reason: str) -> None:
    rina = replace(RINA, reason=reason, contract_end_on=day(LAW))
    assert outcome(conditions(of(LAW), rina)) == NOT_ENTITLED


def test_a_micro_business_and_the_change_of_law_are_for_a_human() -> None:
    assert outcome(conditions(of(LAW), replace(RINA, scale="micro"))) == Outcome.UNSETTLED
    revived = replace(RINA, **then(claimed_on=day("2025-03-01")))
    assert outcome(conditions(of(OLD), revived)) == Outcome.UNSETTLED


@pytest.mark.parametrize(
    ("months", "closed", "noted"), [(3, None, False), (4, None, True), (4, True, False), (6, True, False), (7, True, True)]
)
def test_an_employer_far_in_arrears_pays_first_and_the_worker_keeps_the_right(
    months: int, closed: bool | None, noted: bool
) -> None:
    found = conditions(of(LAW), replace(RINA, arrears_months=months, employer_closed=closed))
    assert ("jkp.employer_pays_first" in by_key(found)) == noted
    assert outcome(found) == ENTITLED


def test_a_closed_employer_had_no_longer_grace_before_february_2025() -> None:
    found = conditions(of(OLD), replace(RINA, **then(arrears_months=4, employer_closed=True)))
    assert by_key(found)["jkp.employer_pays_first"].met == NOT_MET


# ---- month by month

MONTH: list[tuple[str, int, dict[str, Any], str, Any]] = [
    ("2025-06-15", 2, {"applications": 4}, "jkp.active", NOT_MET),
    ("2025-06-15", 2, {"applications": 5}, "jkp.active", MET),
    ("2025-06-15", 6, {"applications": 0, "interviews": 1}, "jkp.active", MET),
    ("2025-06-15", 3, {"applications": 0, "interviews": 0}, "jkp.active", NOT_MET),
    ("2025-06-15", 3, {"attendance_ppm": 799_999}, "jkp.active", NOT_MET),
    ("2025-06-15", 3, {"attendance_ppm": 800_000}, "jkp.active", MET),
    ("2025-06-15", 3, {}, "jkp.active", UNKNOWN),
    ("2025-02-07", 2, {"applications": 5}, "jkp.active", MET),
    ("2025-02-06", 2, {"confirmed_in_time": True}, "jkp.confirmed", MET),
    ("2025-02-06", 6, {"confirmed_in_time": False}, "jkp.confirmed", NOT_MET),
    ("2025-02-06", 2, {}, "jkp.confirmed", UNKNOWN),
    ("2025-06-15", 1, {"working_again": False}, "jkp.not_working", MET),
    ("2025-06-15", 4, {"working_again": True}, "jkp.not_working", NOT_MET),
    ("2025-06-15", 4, {"working_again": None}, "jkp.not_working", UNKNOWN),
]


@pytest.mark.parametrize(("on", "number", "facts", "key", "met"), MONTH)
def test_a_fact_decides_its_condition_of_a_month(on: str, number: int, facts: dict[str, Any], key: str, met: Any) -> None:
    one = by_key(month_conditions(of(on), number, **facts))[key]
    assert one.met == met and one.article and one.fact_words


def test_a_month_says_what_was_done_and_what_is_asked() -> None:
    one = by_key(month_conditions(of(LAW), 2, applications=4, interviews=0, attendance_ppm=790_000))["jkp.active"]
    assert one.fact_words == "4 lamaran, 0 wawancara, hadir pelatihan 79 %."
    assert one.remedy_words == "Kirim bukti 5 lamaran, atau 1 wawancara, atau hadir pelatihan 80 %."


def test_the_first_month_asks_for_no_search() -> None:
    for on in ("2025-02-06", "2025-06-15"):
        assert list(by_key(month_conditions(of(on), 1, working_again=False))) == ["jkp.not_working"]


def test_a_month_confirmed_late_under_the_old_procedure_is_for_a_human() -> None:
    found = month_conditions(of("2025-02-06"), 3, working_again=False, confirmed_in_time=False)
    assert by_key(found)["jkp.confirmed"].unsettled == 97 and outcome(found) == Outcome.UNSETTLED


@pytest.mark.parametrize("number", [0, 7])
def test_there_are_six_months(number: int) -> None:
    with pytest.raises(ValueError, match="none of 1 to 6"):
        month_conditions(of(LAW), number)
