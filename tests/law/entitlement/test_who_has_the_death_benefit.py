"""JKM: died, not by work, covered that day; what the unsettled points do to a claim."""

from __future__ import annotations

from dataclasses import replace

import pytest
from held import COVER, ENTITLED, MET, NOT_ENTITLED, NOT_MET, UNKNOWN, Case, by_key, day, held, of, refuses_alone, three_ways

from jamsostek.law.entitlement import Outcome, outcome
from jamsostek.law.facts import BPU, Heirs
from jamsostek.law.jkm.entitlement import Death, conditions

LAW = "2025-06-15"
HEIR = Heirs("widow_widower_or_child", "widow_widower_or_child")
MADE = Death(day(LAW), day("2025-09-01"), True, "illness", replace(COVER, membership_months=113), HEIR)
NEW = replace(COVER, registered_on=day("2025-04-20"), membership_months=1)

CASES = [
    Case({}, "jkm.died", MET),
    Case({"known_dead": False}, "jkm.died", NOT_MET, says="Peserta tercatat masih hidup."),
    Case({"known_dead": None}, "jkm.died", UNKNOWN, says="Kematian belum terbukti."),
    Case({"died_on": None}, "jkm.died", UNKNOWN),
    Case({"cause": "accident_outside_work"}, "jkm.not_by_work", MET),
    Case({"cause": "work"}, "jkm.not_by_work", NOT_MET),
    Case({"cause": "other"}, "jkm.not_by_work", UNKNOWN),
    Case({"cause": ""}, "jkm.not_by_work", UNKNOWN),
    Case({}, "jkm.covered", MET),
    Case({"cover": replace(COVER, protected=False)}, "jkm.covered", NOT_MET),
    Case({"cover": replace(COVER, protected=None)}, "jkm.covered", UNKNOWN),
    Case({"cover": replace(COVER, registered_on=day("2025-06-15"))}, "jkm.registered", MET),
    Case({"cover": replace(COVER, registered_on=day("2025-06-16"))}, "jkm.registered", NOT_MET),
    Case({"cover": replace(COVER, registered_on=None)}, "jkm.registered", UNKNOWN),
    # the wait of new members
    Case({"cover": NEW}, "jkm.wait", MET, 24, NOT_MET),
    Case({"cover": replace(NEW, segment=BPU)}, "jkm.wait", NOT_MET),
    Case({"cover": replace(NEW, segment=BPU, registered_on=day("2025-03-17"), membership_months=2)}, "jkm.wait", NOT_MET, 25,
         MET),
    Case({"cover": replace(NEW, segment=BPU, registered_on=day("2025-03-18"), membership_months=2)}, "jkm.wait", NOT_MET),
    # no lapse was found; beyond JKK's years the other reading refuses
    Case({"claimed_on": day("2030-06-15")}, "jkm.in_time", MET),
    Case({"claimed_on": day("2030-06-16")}, "jkm.in_time", MET, 43, NOT_MET),
    Case({"cover": replace(COVER, employers=2)}, "jkm.one_benefit", MET, 44, NOT_MET),
    Case({}, "jkm.once", MET),
    Case({"paid_before": True}, "jkm.once", NOT_MET),
    Case({}, "jkm.heir", MET),
    Case({"heirs": Heirs("siblings", "widow_widower_or_child")}, "jkm.heir", NOT_MET),
    Case({"heirs": Heirs()}, "jkm.heir", UNKNOWN),
    Case({}, "jkm.undisputed", MET),
    Case({"heirs": replace(HEIR, spouses=2)}, "jkm.undisputed", UNKNOWN),
    Case({"heirs": replace(HEIR, disputed=True)}, "jkm.undisputed", UNKNOWN),
    Case({}, "jkm.guardian", MET),
    Case({"heirs": replace(HEIR, minors=1)}, "jkm.guardian", UNKNOWN),
]  # fmt: skip
FEWER_WAYS = ("jkm.wait", "jkm.in_time", "jkm.one_benefit", "jkm.once", "jkm.undisputed", "jkm.guardian")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fact_decides_its_condition_of_jkm(case: Case) -> None:
    one = held(case, MADE, LAW, conditions)
    assert one.article and one.title_words and one.fact_words
    assert refuses_alone(one) == (one.met == NOT_MET and one.unsettled is None and one.required)


def test_every_condition_of_jkm_is_shown_met_not_met_and_unknown() -> None:
    assert three_ways(CASES, FEWER_WAYS) == []


def test_mades_heirs_are_entitled_and_what_is_unsettled_goes_to_a_human() -> None:
    assert outcome(conditions(of(LAW), MADE)) == ENTITLED
    for change in (
        {"cover": NEW}, {"claimed_on": day("2031-01-01")}, {"cover": replace(COVER, employers=2)},
        {"cover": replace(NEW, segment=BPU, registered_on=day("2025-03-17"), membership_months=2)},
    ):  # fmt: skip
        assert outcome(conditions(of(LAW), replace(MADE, **change))) == Outcome.UNSETTLED, change


def test_the_wait_of_a_new_non_wage_member_lowers_the_amount_and_refuses_nobody() -> None:
    found = conditions(of(LAW), replace(MADE, cover=replace(NEW, segment=BPU)))
    assert not by_key(found)["jkm.wait"].required and outcome(found) == ENTITLED
    before = conditions(
        of("2025-02-23"), replace(MADE, died_on=day("2025-02-23"), cover=replace(NEW, registered_on=day("2025-01-02")))
    )
    assert "jkm.wait" not in by_key(before)
    grown = conditions(of(LAW), replace(MADE, cover=replace(NEW, segment=BPU, membership_months=3)))
    assert "jkm.wait" not in by_key(grown)


def test_what_two_readings_refuse_is_refused_and_a_missing_fact_does_not_save_it() -> None:
    assert outcome(conditions(of(LAW), replace(MADE, cause="work", known_dead=None))) == NOT_ENTITLED
    assert outcome(conditions(of(LAW), replace(MADE, cause=""))) == Outcome.UNKNOWN
