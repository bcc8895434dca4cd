"""Whatever is known or not, every condition has its article and reads whole in both languages, stored and read again too."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from held import empty_holes
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.law import law_on, load
from jamsostek.law.entitlement import NOT_READ, Condition, Met, Outcome, filled, outcome
from jamsostek.law.facts import Covered, Heirs
from jamsostek.law.figures import GRADES
from jamsostek.law.jht import entitlement as jht
from jamsostek.law.jkk import entitlement as jkk
from jamsostek.law.jkm import entitlement as jkm
from jamsostek.law.jkm import scholarship
from jamsostek.law.jkp import entitlement as jkp
from jamsostek.law.jp import entitlement as jp
from jamsostek.law.labels import citation, fact_label
from jamsostek.law.texts import FACTS

CHANGES = (
    "2015-07-01 2015-08-11 2019-12-01 2019-12-02 2022-04-25 2022-04-26 2023-10-01 2024-02-29 2025-02-06 2025-02-07 2025-02-23"
    " 2025-02-24 2026-06-15"
)
EDGES = [dt.date.fromisoformat(text) for text in CHANGES.split()]
DAYS = st.sampled_from(EDGES) | st.dates(dt.date(2015, 7, 1), dt.date(2040, 12, 31))
MAYBE_DAY = st.none() | DAYS
BORN = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1))
FACT = st.none() | st.booleans()
MONTHS = st.none() | st.integers(0, 400)
FEW = st.integers(0, 9)
MAYBE_FEW = st.none() | FEW
JKP_DAYS = st.sampled_from([one for one in EDGES if one.year > 2021])
RUPIAH = st.none() | st.integers(0, 10**9)
SHARE = st.none() | st.integers(0, 1_000_000)
STEPS = st.sampled_from(["", "widow_widower_or_child", "siblings", "person_in_will"])
COVER = st.builds(
    Covered, protected=FACT, pays_first=st.sampled_from(["bpjs", "employer", "nobody"]),
    why=st.sampled_from(["Iuran belum diketahui.", "Berhenti bekerja."]), segment=st.sampled_from(["pu", "bpu"]),
    arrears_months=FEW, registered_on=MAYBE_DAY, membership_months=MONTHS, employers=st.integers(0, 3),
)  # fmt: skip
HEIRS = st.builds(Heirs, claimant=STEPS, entitled=STEPS, spouses=FEW, disputed=st.booleans(), minors=FEW)
WAYS: dict[str, tuple[Callable[..., list[Condition]], st.SearchStrategy[Any]]] = {
    "jkm": (jkm.conditions, st.builds(jkm.Death, MAYBE_DAY, DAYS, FACT, st.sampled_from(["", *jkm.CAUSES]), COVER, HEIRS)),
    "jht": (
        jht.conditions,
        st.builds(
            jht.Full, cause=st.sampled_from(["", *jht.CAUSES]), event_on=MAYBE_DAY, claimed_on=DAYS, birth_date=BORN,
            working=FACT, balance_rupiah=RUPIAH, cover=st.none() | COVER, foreigner=FACT, left_for_good=FACT,
            total_disability=FACT, letter_on=MAYBE_DAY, heirs=st.none() | HEIRS, known_dead=FACT, paid_before=st.booleans(),
        ),
    ),
    "jht_partial": (
        jht.conditions,
        st.builds(jht.Partial, st.sampled_from(["", *jht.PURPOSES]), DAYS, MAYBE_DAY, FACT, RUPIAH, RUPIAH, st.booleans()),
    ),
    "jkk": (
        jkk.conditions,
        st.builds(
            jkk.Accident, happened_on=MAYBE_DAY, claimed_on=DAYS, kind=st.sampled_from(["", *jkk.KINDS]), by_work=FACT,
            cover=COVER, reported_on=MAYBE_DAY, concluded_on=MAYBE_DAY, second_report_on=MAYBE_DAY, work_ended_on=MAYBE_DAY,
            diagnosed_on=MAYBE_DAY, hours_to_death=st.none() | st.integers(0, 99), heirs=st.none() | HEIRS,
            result=st.sampled_from(["", *jkk.RESULTS]), paid_before=st.booleans(), listed_disease=FACT,
        ),
    ),
    "scholarship": (
        scholarship.conditions,
        st.builds(
            scholarship.Scholar, cause=st.sampled_from(["", *scholarship.CAUSES]), event_on=MAYBE_DAY, claimed_on=DAYS,
            contribution_months=MONTHS, child_birth_date=BORN, is_child=FACT, married=FACT, working=FACT, job_months=MAYBE_FEW,
            bpu_or_intern=FACT, at_school=FACT, level=st.sampled_from(["", *scholarship.LEVELS]), years_paid_of_level=FEW,
            paid_this_school_year=st.booleans(), place=st.integers(1, 5), membership_months=MONTHS,
        ),
    ),
    "jp": (
        jp.conditions,
        st.builds(
            jp.Pension, kind=st.sampled_from(jp.KINDS), event_on=MAYBE_DAY, claimed_on=DAYS, birth_date=BORN,
            registered_on=MAYBE_DAY, contribution_months=MONTHS, membership_months=MONTHS, density_ppm=SHARE,
            density_in_time_ppm=SHARE, working=FACT, total_disability=FACT, known_dead=FACT, related=FACT, married=FACT,
            child_birth_date=BORN, child_working=FACT, child_married=FACT, children_entitled=FEW, has_spouse=FACT, has_child=FACT,
            after_widow=st.booleans(), deferred_until=MAYBE_DAY, paid_before=st.booleans(),
        ),
    ),
    "jkp": (
        jkp.conditions,
        st.builds(
            jkp.Dismissal, left_on=st.none() | JKP_DAYS, claimed_on=JKP_DAYS,
            reason=st.sampled_from(["", *jkp.REASONS]), citizen=FACT, birth_date=BORN, registered_on=MAYBE_DAY,
            programmes=st.none() | st.lists(st.sampled_from(["jkn", "jkn_other", "jkk", "jkm", "jht", "jp"])).map(tuple),
            scale=st.sampled_from(["", *jkp.SCALES]), contribution_months_24=MONTHS, consecutive_6=MAYBE_FEW, working_again=FACT,
            willing=FACT, proof=FACT, claims_before=FEW, contribution_years_since_last=MAYBE_FEW,
            contract=st.sampled_from([None, jkp.FIXED, jkp.PERMANENT]), contract_end_on=MAYBE_DAY, arrears_months=FEW,
            employer_closed=FACT,
        ),
    ),
}  # fmt: skip
CODE = re.compile(r"\{|\}|\bNone\b|\bTrue\b|\bFalse\b|\b[a-z]+_[a-z_]+\b|\d{4}-\d\d-\d\d")


def day_of(facts: Any) -> dt.date:
    """The day whose law is asked for: of the event where it is known, else of the claim."""
    names = ("event_on", "happened_on", "died_on", "left_on")
    return next((found for name in names if (found := getattr(facts, name, None))), facts.claimed_on)


def read_whole(found: list[Condition]) -> None:
    """Every text of every condition reads whole in both languages, as it is and as it is stored."""
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys)) and keys
    for one in found:
        again = Condition.from_plain(json.loads(json.dumps(one.plain)))
        assert one.article.strip() and one.grade in ("", *GRADES) and (NOT_READ in one.article) <= (one.grade != "gazette")
        assert (one.unsettled is None) == (one.other is None)
        assert empty_holes(one) == []
        said = {}
        for language in LANGUAGES:
            with speaking(language):
                remedy = filled(one.remedy, one.values) if one.remedy else ""
                texts = (one.title_words, one.fact_words, remedy, one.met_words, one.article_words)
                assert all(texts[at].strip() for at in (0, 1, 3, 4)), one
                assert not any(CODE.search(text) for text in texts), texts
                assert (again.fact_words, again.remedy_words) == (one.fact_words, one.remedy_words)
                said[language] = texts
        assert said["id"][0] != said["en"][0] and said["id"][3] != said["en"][3]


@pytest.mark.parametrize("name", WAYS)
def test_whatever_is_known_every_condition_reads_whole_in_both_languages(name: str) -> None:
    conditions, facts = WAYS[name]

    @settings(max_examples=150)
    @given(facts)
    def walk(person: Any) -> None:
        found = conditions(law_on(day_of(person)), person)
        read_whole(found)
        if outcome(found) == Outcome.NOT_ENTITLED:
            refused = [one for one in found if one.required and one.met == Met.NOT_MET]
            assert any(one.unsettled is None or one.other == Met.NOT_MET for one in refused)

    walk()


@settings(max_examples=100)
@given(
    st.sampled_from(jp.KINDS), DAYS,
    st.fixed_dictionaries({"confirmed_on": MAYBE_DAY, "birth_date": BORN, "known_dead": FACT, "married": FACT, "working": FACT,
                           "total_disability": FACT}),
)  # fmt: skip
def test_a_pension_in_payment_reads_whole(kind: str, on: dt.date, facts: dict[str, Any]) -> None:
    read_whole(jp.continues(law_on(on), kind, on, **facts))


@settings(max_examples=100)
@given(
    JKP_DAYS, st.integers(1, 6),
    st.fixed_dictionaries({"applications": MAYBE_FEW, "interviews": MAYBE_FEW, "attendance_ppm": SHARE, "working_again": FACT,
                           "confirmed_in_time": FACT}),
)  # fmt: skip
def test_a_month_of_jkp_reads_whole(on: dt.date, number: int, facts: dict[str, Any]) -> None:
    read_whole(jkp.month_conditions(law_on(on), number, **facts))


@pytest.mark.parametrize("other", [Met.MET, Met.UNKNOWN])
def test_an_unsettled_point_never_refuses_alone(other: Met) -> None:
    one = Condition("trial", "Ada saldo", Met.NOT_MET, "Saldo kosong.", "PP 46/2015 Pasal 22", unsettled=90, other=other)
    assert outcome([one]) == Outcome.UNSETTLED
    assert outcome([Condition(**{**vars(one), "other": Met.NOT_MET})]) == Outcome.NOT_ENTITLED


def test_words_of_facts_have_both_languages() -> None:
    for name, words in FACTS.items():
        for code in words:
            with speaking("en"):
                english = fact_label(name, code)
            assert english and "_" not in english and fact_label(name, code) != code


def test_citations_of_conditions_are_translated() -> None:
    with speaking("en"):
        assert citation("Keppres 22/1993 (naskah tidak dibaca)") == "Keppres 22/1993 (text not read)"
    assert {p.interpretation for p in load().by_id.values()} >= {89, 92}
