"""JHT, whole and in part: each event, its wait and its border days, under the old and the new law."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from held import COVER, DAY, ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.facts import Heirs
from jamsostek.law.jht.entitlement import CAUSES, Full, Partial, conditions, partial_ceiling

LAW = "2025-03-31"
SARI = Full(
    cause="resigned", event_on=day("2025-03-31"), claimed_on=day("2025-06-01"), birth_date=day("1990-05-01"), working=False,
    balance_rupiah=60_000_000, cover=COVER, foreigner=False, left_for_good=True, total_disability=True,
    heirs=Heirs("widow_widower_or_child", "widow_widower_or_child"), known_dead=True,
)  # fmt: skip
"""Sari resigned; what is asked only of other events is known as well."""

CASES = [
    Case({}, "jht.event", MET, says="Alasan: mengundurkan diri, 31 Maret 2025."),
    Case({"claimed_on": day("2025-03-30")}, "jht.event", NOT_MET),
    Case({"claimed_on": day("2025-03-31")}, "jht.event", MET),
    Case({"event_on": None}, "jht.event", UNKNOWN),
    Case({"cause": ""}, "jht.cause", UNKNOWN),
    Case({}, "jht.stopped", MET),
    Case({"working": True}, "jht.stopped", NOT_MET),
    Case({"working": None}, "jht.stopped", UNKNOWN),
    Case({}, "jht.balance", MET, says="Saldo Rp60.000.000."),
    Case({"balance_rupiah": 1}, "jht.balance", MET),
    Case({"balance_rupiah": 0}, "jht.balance", NOT_MET),
    Case({"balance_rupiah": None}, "jht.balance", UNKNOWN),
    Case({}, "jht.once", MET),
    Case({"paid_before": True}, "jht.once", NOT_MET),
    Case({}, "jht.registered", MET, says="Terdaftar pada 1 Januari 2016; kejadian pada 31 Maret 2025."),
    Case({"event_on": day("2015-12-31")}, "jht.registered", NOT_MET),
    Case({"event_on": day("2016-01-01")}, "jht.registered", MET),
    Case({"cover": replace(COVER, registered_on=None)}, "jht.registered", UNKNOWN),
    # the wait: a month on the day of the month, the last day where the month is shorter
    Case({"claimed_on": day("2025-04-29")}, "jht.wait", NOT_MET),
    Case({"claimed_on": day("2025-04-30")}, "jht.wait", MET),
    Case({"claimed_on": day("2025-05-01")}, "jht.wait", MET),
    Case({"claimed_on": day("2025-04-29"), "birth_date": day("1969-04-29")}, "jht.wait", MET),
    Case({"claimed_on": day("2025-05-10"), "letter_on": day("2025-04-11")}, "jht.wait", NOT_MET),
    Case({"claimed_on": day("2025-05-11"), "letter_on": day("2025-04-11")}, "jht.wait", MET),
    Case({"cause": "dismissed", "claimed_on": day("2025-04-29")}, "jht.wait", NOT_MET),
    Case({"cause": "dismissed", "claimed_on": day("2025-04-30"), "letter_on": day("2025-05-30")}, "jht.wait", MET),
    Case({"cause": "contract_ended", "claimed_on": day("2025-03-31")}, "jht.wait", MET),
    Case({"cause": "bpu_stopped", "claimed_on": day("2025-03-31")}, "jht.wait", MET),
    Case({"cause": "retired", "claimed_on": day("2025-03-31")}, "jht.wait", MET),
    # before 26 April 2022 our reading waits where the text names no wait
    Case({"cause": "contract_ended", "event_on": day("2022-04-25"), "claimed_on": day("2022-05-24")}, "jht.wait", NOT_MET, 89,
         MET, "2022-04-25"),
    Case({"cause": "contract_ended", "event_on": day("2022-04-25"), "claimed_on": day("2022-05-25")}, "jht.wait", MET,
         law="2022-04-25"),
    Case({"cause": "bpu_stopped", "event_on": day("2020-01-31"), "claimed_on": day("2020-02-28")}, "jht.wait", NOT_MET, 89, MET,
         "2020-01-31"),
    Case({"cause": "bpu_stopped", "event_on": day("2020-01-31"), "claimed_on": day("2020-02-29")}, "jht.wait", MET,
         law="2020-01-31"),
    Case({"cause": "retired", "event_on": day("2022-04-25"), "claimed_on": day("2022-04-25")}, "jht.wait", NOT_MET, 89, MET,
         "2022-04-25"),
    Case({"cause": "resigned", "event_on": day("2015-08-12"), "claimed_on": day("2015-09-11")}, "jht.wait", NOT_MET,
         law="2015-08-12"),
    # who left before 12 August 2015
    Case({"event_on": day("2015-08-11"), "claimed_on": day("2015-08-11")}, "jht.before_56", NOT_MET, law="2015-08-11"),
    Case({"event_on": day("2015-08-11"), "claimed_on": day("2015-08-12")}, "jht.before_56", NOT_MET, 90, MET, "2015-08-11"),
    Case({"event_on": day("2015-08-11"), "claimed_on": day("2015-08-11"), "birth_date": day("1959-08-11")}, "jht.before_56", MET,
         law="2015-08-11"),
    Case({"event_on": day("2015-08-12")}, "jht.before_56", MET, law="2015-08-12"),
    # 56 years
    Case({"cause": "age_56", "birth_date": day("1969-06-02")}, "jht.age", NOT_MET,
         says="Baru berusia 56 tahun pada 2 Juni 2025."),
    Case({"cause": "age_56", "birth_date": day("1969-06-01")}, "jht.age", MET),
    Case({"cause": "age_56", "birth_date": day("1969-05-31")}, "jht.age", MET),
    Case({"cause": "age_56", "birth_date": day("1968-02-29"), "claimed_on": day("2024-02-28")}, "jht.age", NOT_MET),
    Case({"cause": "age_56", "birth_date": day("1968-02-29"), "claimed_on": day("2024-02-29")}, "jht.age", MET),
    Case({"cause": "age_56", "birth_date": None}, "jht.age", UNKNOWN),
    Case({"cause": "age_56", "birth_date": day("1969-06-01"), "working": True}, "jht.may_go_on", MET),
    # leaving Indonesia
    Case({"cause": "leaving_indonesia"}, "jht.left", MET),
    Case({"cause": "leaving_indonesia", "left_for_good": False}, "jht.left", NOT_MET),
    Case({"cause": "leaving_indonesia", "left_for_good": None}, "jht.left", UNKNOWN),
    Case({"cause": "leaving_indonesia", "foreigner": False}, "jht.leaver", MET, 91, NOT_MET),
    Case({"cause": "leaving_indonesia", "foreigner": None}, "jht.leaver", MET, 91, UNKNOWN,
         says="Kewarganegaraan pemohon belum diketahui."),
    # disability, death
    Case({"cause": "total_disability"}, "jht.disabled", MET),
    Case({"cause": "total_disability", "total_disability": False}, "jht.disabled", NOT_MET),
    Case({"cause": "total_disability", "total_disability": None}, "jht.disabled", UNKNOWN),
    Case({"cause": "death"}, "jht.died", MET),
    Case({"cause": "death", "known_dead": False}, "jht.died", NOT_MET),
    Case({"cause": "death", "known_dead": None}, "jht.died", UNKNOWN),
    Case({"cause": "death"}, "jht.heir", MET),
    Case({"cause": "death", "heirs": Heirs("siblings", "widow_widower_or_child")}, "jht.heir", NOT_MET),
    Case({"cause": "death", "heirs": None}, "jht.heir", UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_jht(case: Case) -> None:
    one = held(case, SARI, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_jht_is_shown_met_not_met_and_unknown() -> None:
    told = ("jht.cause", "jht.leaver", "jht.may_go_on", "jht.once", "jht.before_56", "jht.wait")
    assert three_ways(CASES, told) == []


@pytest.mark.parametrize("cause", CAUSES)
def test_sari_may_take_jht_whatever_the_event_once_all_is_known(cause: str) -> None:
    sari = replace(SARI, cause=cause, birth_date=day("1969-01-01") if cause == "age_56" else SARI.birth_date, foreigner=True)
    assert outcome(conditions(of(LAW), sari)) == ENTITLED


def test_working_again_refuses_leaving_and_not_the_age() -> None:
    assert outcome(conditions(of(LAW), replace(SARI, working=True))) == NOT_ENTITLED
    aged = replace(SARI, cause="age_56", birth_date=day("1969-01-01"), working=True)
    assert outcome(conditions(of(LAW), aged)) == ENTITLED
    assert not by_key(conditions(of(LAW), aged))["jht.may_go_on"].required


def test_an_employers_arrears_are_noted_and_refuse_nobody() -> None:
    found = conditions(of(LAW), replace(SARI, cover=replace(COVER, arrears_months=5)))
    assert by_key(found)["jht.arrears"].met == NOT_MET
    assert outcome(found) == ENTITLED


def test_leaving_indonesia_before_2022_was_not_asked_by_citizenship() -> None:
    old = replace(SARI, cause="leaving_indonesia", event_on=day("2022-04-25"), foreigner=False)
    assert "jht.leaver" not in by_key(conditions(of("2022-04-25"), old))
    new = replace(old, event_on=day("2022-04-26"))
    assert outcome(conditions(of("2022-04-26"), new)) == Outcome.UNSETTLED
    assert outcome(conditions(of("2022-04-26"), replace(new, foreigner=True))) == ENTITLED


# ---- a part

BUDI = Partial("housing", day("2025-06-15"), day("2015-06-15"), True, 30_000_000, 100_000_000)
PART = [
    Case({"member_since": day("2015-06-16")}, "jht.partial_years", NOT_MET,
         says="Peserta sejak 16 Juni 2015; 10 tahun tercapai pada 16 Juni 2025."),
    Case({"member_since": day("2015-06-15")}, "jht.partial_years", MET),
    Case({"member_since": day("2015-06-14")}, "jht.partial_years", MET),
    Case({"member_since": None}, "jht.partial_years", UNKNOWN),
    Case({}, "jht.partial_working", MET),
    Case({"working": False}, "jht.partial_working", NOT_MET, 92, MET),
    Case({"working": None}, "jht.partial_working", UNKNOWN),
    Case({"amount_asked_rupiah": 29_999_999}, "jht.partial_share", MET),
    Case({"amount_asked_rupiah": 30_000_000}, "jht.partial_share", MET),
    Case({"amount_asked_rupiah": 30_000_001}, "jht.partial_share", NOT_MET,
         says="Diminta Rp30.000.001; paling banyak Rp30.000.000 untuk perumahan."),
    Case({"amount_asked_rupiah": 0}, "jht.partial_share", NOT_MET),
    Case({"purpose": "other", "amount_asked_rupiah": 10_000_000}, "jht.partial_share", MET),
    Case({"purpose": "other", "amount_asked_rupiah": 10_000_001}, "jht.partial_share", NOT_MET),
    Case({"purpose": ""}, "jht.partial_share", UNKNOWN, says="Jumlah, keperluan, atau saldo belum diketahui."),
    Case({"balance_rupiah": None}, "jht.partial_share", UNKNOWN),
    Case({"amount_asked_rupiah": None}, "jht.partial_share", UNKNOWN),
    Case({}, "jht.partial_once", MET),
    Case({"taken_before": True}, "jht.partial_once", NOT_MET),
    Case({}, "jht.partial_tax", MET, 34, NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize("case", PART, ids=str)
def test_a_fact_decides_its_condition_of_a_part(case: Case) -> None:
    one = held(case, BUDI, "2025-06-15", conditions)
    assert one.article and one.fact_words


def test_every_condition_of_a_part_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(PART, ("jht.partial_tax", "jht.partial_once")) == []


def test_budi_may_take_a_part_and_the_tax_is_only_noted() -> None:
    assert outcome(conditions(of("2025-06-15"), BUDI)) == ENTITLED
    assert outcome(conditions(of("2025-06-15"), replace(BUDI, working=False))) == Outcome.UNSETTLED
    assert outcome(conditions(of("2025-06-15"), replace(BUDI, taken_before=True))) == NOT_ENTITLED


@pytest.mark.parametrize(
    ("purpose", "balance", "most"),
    [
        ("housing", 100_000_000, 30_000_000),
        ("other", 100_000_000, 10_000_000),
        ("other", 4, 0),
        ("other", 5, 1),
        ("housing", 0, 0),
    ],
)
def test_the_ceiling_of_a_part_is_rounded_once(purpose: str, balance: int, most: int) -> None:
    assert partial_ceiling(of("2025-06-15"), purpose, balance) == most


def test_a_wait_that_is_not_over_says_from_which_day_to_ask() -> None:
    one = by_key(conditions(of(LAW), replace(SARI, claimed_on=day("2025-04-29"))))["jht.wait"]
    assert one.remedy_words == "Ajukan lagi mulai 30 April 2025."
    assert isinstance(one.values["first"], dt.date) and one.values["first"] - DAY == day("2025-04-29")
