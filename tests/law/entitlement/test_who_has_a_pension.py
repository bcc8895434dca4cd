"""JP: pension age, disability, survivors; what makes it monthly or one sum; and whether a pension goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from held import DAY, ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.jp.entitlement import KINDS, PaidAs, Pension, conditions, continues, paid_as

LAW = "2030-06-15"
WAYAN = Pension(
    kind="old_age", event_on=day(LAW), claimed_on=day("2030-09-01"), birth_date=day("1970-06-15"),
    registered_on=day("2015-07-01"), contribution_months=180, membership_months=191, working=False, total_disability=True,
    known_dead=True, related=True, married=False, child_birth_date=day("2015-01-01"), child_working=False, child_married=False,
    has_spouse=False, has_child=False, density_in_time_ppm=900_000,
)  # fmt: skip
"""Wayan is 60 on the day; what is asked only of other kinds is known as well."""
WIDOW: dict[str, Any] = {"kind": "widow"}
SHORT: dict[str, Any] = {"kind": "widow", "contribution_months": 60, "membership_months": 70}


def child(**change: object) -> dict[str, object]:
    """A child's pension instead."""
    return {"kind": "child", **change}


CASES = [
    Case({"event_on": day("2030-06-14")}, "jp.age", NOT_MET, says="Usia pensiun 60 tahun tercapai pada 15 Juni 2030."),
    Case({"event_on": day("2030-06-15")}, "jp.age", MET),
    Case({"event_on": day("2030-06-16")}, "jp.age", MET),
    Case({"event_on": None, "claimed_on": day("2030-06-14")}, "jp.age", NOT_MET),
    Case({"birth_date": None}, "jp.age", UNKNOWN),
    # who turns the age of the year before in the year it rises: number 42
    Case({"birth_date": day("1965-01-01"), "event_on": day("2021-12-31")}, "jp.age", NOT_MET, law="2021-12-31"),
    Case({"birth_date": day("1965-01-01"), "event_on": day("2022-01-01")}, "jp.age", NOT_MET, 42, MET, "2022-01-01"),
    Case({"birth_date": day("1965-01-01"), "event_on": day("2022-12-31")}, "jp.age", NOT_MET, 42, MET, "2022-12-31"),
    Case({"birth_date": day("1965-01-01"), "event_on": day("2023-01-01")}, "jp.age", MET, law="2023-01-01"),
    Case({"birth_date": day("1966-01-01"), "event_on": day("2023-12-31")}, "jp.age", NOT_MET, law="2023-12-31"),
    Case({"birth_date": day("1972-02-29"), "event_on": day("2033-02-28")}, "jp.age", NOT_MET, law="2033-02-28"),
    Case({"birth_date": day("1972-02-29"), "event_on": day("2033-03-01")}, "jp.age", MET, law="2033-03-01"),
    Case({"working": True}, "jp.deferral", MET,
         says="Masih bekerja: pensiun boleh ditunda paling lama sampai 15 Juni 2033."),
    Case({"deferred_until": day("2033-06-15")}, "jp.deferral", MET),
    Case({"deferred_until": day("2033-06-16")}, "jp.deferral", NOT_MET,
         says="Ditunda sampai 16 Juni 2033; paling lama sampai 15 Juni 2033."),
    Case(WIDOW, "jp.event", MET),
    Case({**WIDOW, "claimed_on": day("2030-06-14")}, "jp.event", NOT_MET),
    Case({**WIDOW, "claimed_on": day("2030-06-15")}, "jp.event", MET),
    Case({**WIDOW, "event_on": None}, "jp.event", UNKNOWN),
    Case({"kind": "disability"}, "jp.disabled", MET),
    Case({"kind": "disability", "total_disability": False}, "jp.disabled", NOT_MET),
    Case({"kind": "disability", "total_disability": None}, "jp.disabled", UNKNOWN),
    Case(WIDOW, "jp.died", MET),
    Case({**WIDOW, "known_dead": False}, "jp.died", NOT_MET),
    Case({**WIDOW, "known_dead": None}, "jp.died", UNKNOWN),
    Case(WIDOW, "jp.related", MET),
    Case({**WIDOW, "related": False}, "jp.related", NOT_MET),
    Case({**WIDOW, "related": None}, "jp.related", UNKNOWN),
    Case(WIDOW, "jp.not_remarried", MET),
    Case({**WIDOW, "married": True}, "jp.not_remarried", NOT_MET),
    Case({**WIDOW, "married": None}, "jp.not_remarried", UNKNOWN),
    # children
    Case(child(child_birth_date=day("2007-06-16")), "jp.child_young", MET),
    Case(child(child_birth_date=day("2007-06-15")), "jp.child_young", NOT_MET),
    Case(child(child_birth_date=day("2007-06-14")), "jp.child_young", NOT_MET),
    Case(child(child_birth_date=None), "jp.child_young", UNKNOWN),
    Case(child(), "jp.child_not_working", MET),
    Case(child(child_working=True), "jp.child_not_working", NOT_MET),
    Case(child(child_working=None), "jp.child_not_working", UNKNOWN),
    Case(child(), "jp.child_unmarried", MET),
    Case(child(child_married=True), "jp.child_unmarried", NOT_MET),
    Case(child(child_married=None), "jp.child_unmarried", UNKNOWN),
    Case(child(child_birth_date=day(LAW) + 299 * DAY), "jp.child_posthumous", MET),
    Case(child(child_birth_date=day(LAW) + 300 * DAY), "jp.child_posthumous", MET),
    Case(child(child_birth_date=day(LAW) + 301 * DAY), "jp.child_posthumous", NOT_MET),
    Case(child(children_entitled=2), "jp.child_listed", MET),
    Case(child(children_entitled=3), "jp.child_listed", NOT_MET),
    Case(child(children_entitled=2), "jp.child_split", MET, 40, NOT_MET),
    Case(child(after_widow=True), "jp.child_share", MET, 71, NOT_MET),
    Case(child(), "jp.no_spouse", MET),
    Case(child(has_spouse=True), "jp.no_spouse", NOT_MET),
    Case(child(has_spouse=None), "jp.no_spouse", UNKNOWN),
    Case({"kind": "parent"}, "jp.no_child", MET),
    Case({"kind": "parent", "has_child": True}, "jp.no_child", NOT_MET),
    Case({"kind": "parent", "has_child": None}, "jp.no_child", UNKNOWN),
    # months, density, membership
    Case({"contribution_months": 1}, "jp.contributed", MET, says="Masa iur 1 bulan."),
    Case({"contribution_months": 0}, "jp.contributed", NOT_MET),
    Case({"contribution_months": None}, "jp.contributed", UNKNOWN),
    Case({"contribution_months": 179}, "jp.months", NOT_MET, says="Masa iur 179 bulan, kurang dari 180 bulan."),
    Case({"contribution_months": 180}, "jp.months", MET),
    Case({"contribution_months": 181}, "jp.months", MET),
    Case({"contribution_months": None}, "jp.months", UNKNOWN),
    Case({**SHORT, "density_ppm": 790_000}, "jp.density", NOT_MET, says="Kepadatan iuran 79 %; paling rendah 80 %."),
    Case({**SHORT, "density_ppm": 799_999}, "jp.density", NOT_MET),
    Case({**SHORT, "density_ppm": 800_000}, "jp.density", MET),
    Case({**SHORT, "contribution_months": 80, "membership_months": 100}, "jp.density", MET),
    Case({**SHORT, "contribution_months": 79, "membership_months": 99}, "jp.density", NOT_MET),
    Case({**SHORT, "membership_months": None}, "jp.density", UNKNOWN),
    Case({**SHORT, "density_in_time_ppm": 800_000}, "jp.density", MET),
    Case({**SHORT, "density_in_time_ppm": 799_999}, "jp.density", MET, 36, NOT_MET),
    Case({**SHORT, "density_in_time_ppm": None}, "jp.density", MET, 36, UNKNOWN),
    Case({**SHORT, "registered_on": day("2029-06-15")}, "jp.membership", MET,
         says="Terdaftar pada 15 Juni 2029; 12 bulan tercapai pada 15 Juni 2030."),
    Case({**SHORT, "registered_on": day("2029-06-14")}, "jp.membership", MET),
    Case({**SHORT, "registered_on": day("2029-06-16")}, "jp.membership", NOT_MET, 70, MET),
    Case({**SHORT, "kind": "disability", "registered_on": day("2030-05-15")}, "jp.membership", MET),
    Case({**SHORT, "kind": "disability", "registered_on": day("2030-05-16")}, "jp.membership", NOT_MET),
    Case({**SHORT, "registered_on": None, "membership_months": 12}, "jp.membership", MET),
    Case({**SHORT, "registered_on": None, "membership_months": 11}, "jp.membership", NOT_MET, 70, MET),
    Case({**SHORT, "registered_on": None, "membership_months": None}, "jp.membership", UNKNOWN),
    Case({}, "jp.once", MET),
    Case({"paid_before": True}, "jp.once", NOT_MET),
]  # fmt: skip
FEWER_WAYS = ("jp.deferral", "jp.child_posthumous", "jp.child_listed", "jp.child_split", "jp.child_share", "jp.once")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_jp(case: Case) -> None:
    one = held(case, WAYAN, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_jp_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(CASES, FEWER_WAYS) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_pension_of_every_kind_is_due_once_all_is_known(kind: str) -> None:
    found = conditions(of(LAW), replace(WAYAN, kind=kind))
    assert outcome(found) == ENTITLED and paid_as(found) == PaidAs.MONTHLY


PAID: list[tuple[dict[str, Any], PaidAs]] = [
    ({}, PaidAs.MONTHLY),
    ({"contribution_months": 179}, PaidAs.LUMP_SUM),
    ({"contribution_months": None}, PaidAs.UNKNOWN),
    (SHORT, PaidAs.MONTHLY),
    ({**SHORT, "density_ppm": 799_999}, PaidAs.LUMP_SUM),
    ({**SHORT, "density_in_time_ppm": 799_999}, PaidAs.UNSETTLED),
    ({**SHORT, "registered_on": day("2030-01-01")}, PaidAs.UNSETTLED),
    ({**SHORT, "registered_on": day("2030-01-01"), "density_ppm": 0}, PaidAs.LUMP_SUM),
    ({**SHORT, "membership_months": None}, PaidAs.UNKNOWN),
    ({**SHORT, "kind": "disability", "registered_on": day("2030-06-01")}, PaidAs.LUMP_SUM),
    ({**SHORT, "kind": "disability"}, PaidAs.MONTHLY),
]


@pytest.mark.parametrize(("change", "paid"), PAID)
def test_months_density_and_membership_decide_how_it_is_paid_and_refuse_nobody(change: dict[str, Any], paid: PaidAs) -> None:
    found = conditions(of(LAW), replace(WAYAN, **change))
    assert paid_as(found) == paid
    if change.get("contribution_months", 180) is not None:
        assert outcome(found) == ENTITLED


def test_two_children_together_are_for_a_human() -> None:
    assert outcome(conditions(of(LAW), replace(WAYAN, kind="child", children_entitled=2))) == Outcome.UNSETTLED
    assert outcome(conditions(of(LAW), replace(WAYAN, kind="child", children_entitled=3))) == NOT_ENTITLED


def test_a_delay_beyond_three_years_is_noted_and_refuses_nobody() -> None:
    found = conditions(of(LAW), replace(WAYAN, deferred_until=day("2040-01-01")))
    assert by_key(found)["jp.deferral"].met == NOT_MET and outcome(found) == ENTITLED


# ---- in payment

GOING: dict[str, Any] = {
    "confirmed_on": day("2030-01-31"), "known_dead": False, "married": False, "birth_date": day("2015-01-01"), "working": False,
    "total_disability": True,
}  # fmt: skip
ON = day("2030-03-01")


@pytest.mark.parametrize("kind", KINDS)
def test_a_pension_goes_on_while_all_holds(kind: str) -> None:
    found = continues(of("2030-03-01"), kind, ON, **GOING)
    assert outcome(found) == ENTITLED and all(one.article for one in found)
    assert outcome(continues(of("2030-03-01"), kind, ON)) == Outcome.UNKNOWN


STOPS: list[tuple[str, dict[str, Any], str]] = [
    ("old_age", {"known_dead": True}, "jp.alive"),
    ("disability", {"total_disability": False}, "jp.still_disabled"),
    ("widow", {"married": True}, "jp.not_remarried"),
    ("child", {"married": True}, "jp.child_unmarried"),
    ("child", {"working": True}, "jp.child_not_working"),
    ("child", {"birth_date": day("2007-03-01")}, "jp.child_young"),
]


@pytest.mark.parametrize(("kind", "change", "key"), STOPS)
def test_a_pension_stops_by_what_the_law_names(kind: str, change: dict[str, Any], key: str) -> None:
    found = continues(of("2030-03-01"), kind, ON, **{**GOING, **change})
    assert by_key(found)[key].met == NOT_MET and outcome(found) == NOT_ENTITLED
    unknown = continues(of("2030-03-01"), kind, ON, **{**GOING, **dict.fromkeys(change)})
    assert by_key(unknown)[key].met == UNKNOWN


@pytest.mark.parametrize(("on", "met"), [("2030-04-29", MET), ("2030-04-30", MET), ("2030-05-01", NOT_MET)])
def test_a_proof_of_life_holds_for_three_months(on: str, met: Any) -> None:
    assert by_key(continues(of(on), "widow", day(on), **GOING))["jp.confirmed"].met == met


def test_a_pension_in_payment_says_until_when_it_is_confirmed() -> None:
    found = by_key(continues(of("2030-03-01"), "widow", ON, **GOING))
    assert found["jp.confirmed"].fact_words == "Konfirmasi terakhir 31 Januari 2030; berlaku sampai 30 April 2030."
    assert found["jp.not_lapsed"].fact_words == "Tanpa konfirmasi berhenti setelah 31 Januari 2040."


def test_a_child_born_on_the_day_of_death_is_no_posthumous_child() -> None:
    born = replace(WAYAN, kind="child", child_birth_date=day(LAW))
    assert "jp.child_posthumous" not in by_key(conditions(of(LAW), born))


@pytest.mark.parametrize(("on", "met"), [("2040-01-31", MET), ("2040-02-01", NOT_MET)])
def test_after_ten_years_without_confirmation_it_stops_for_good(on: str, met: Any) -> None:
    assert by_key(continues(of(on), "widow", day(on), **GOING))["jp.not_lapsed"].met == met


def test_a_child_of_23_on_the_day_has_no_pension_and_the_day_before_has_one() -> None:
    born = {**GOING, "birth_date": day("2007-03-02")}
    assert by_key(continues(of("2030-03-01"), "child", ON, **born))["jp.child_young"].met == MET
    assert by_key(continues(of("2030-03-02"), "child", ON + DAY, **born))["jp.child_young"].met == NOT_MET
