"""The papers a claim asks for: which, why, by what article, and what we hold ourselves."""

from __future__ import annotations

from typing import Any

import pytest
from held import of

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.law import load
from jamsostek.law.documents import DOCUMENTS, FORM, PROGRAMMES, REGISTRY, required
from jamsostek.law.jht.entitlement import CAUSES
from jamsostek.law.parameters import NoLawError

FIGURES = sorted(id for id in load().by_id if ".documents" in id)


def asked(law: str, programme: str, **facts: Any) -> list[str]:
    """The names of the papers asked for."""
    return [one.document for one in required(of(law), programme, **facts)]


def still(law: str, programme: str, **facts: Any) -> list[str]:
    """Of these, what has to be sent."""
    return [one.document for one in required(of(law), programme, **facts) if not one.held]


def test_every_paper_the_law_names_is_known_and_every_known_paper_is_named() -> None:
    named = {name for id in FIGURES for row in load().by_id[id].rows for name in row.value}
    assert named == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_paper_has_a_title_and_a_hint_in_both_languages(name: str) -> None:
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            told[language] = (DOCUMENTS[name].title_words, DOCUMENTS[name].hint_words)
    assert told["id"][1] != told["en"][1] and all(told["id"]) and all(told["en"])
    assert told["id"][0][0].isupper() and told["id"][1].endswith(".")
    assert max(len(word) for word in told["id"][1].split()) < 20 and len(told["id"][1].split()) <= 16
    assert DOCUMENTS[name].held_by in ("", REGISTRY, FORM)


def test_every_figure_of_papers_is_asked_by_some_claim() -> None:
    kinds = [*CAUSES, "housing", "widow", "disability", ""]
    seen = {
        one.figure
        for programme in PROGRAMMES
        for kind in kinds
        for one in required(
            of("2025-06-15"), programme, kind=kind, dead=True, transport=True, outside_network=True, balance_rupiah=60_000_000
        )
    }
    assert sorted(seen) == FIGURES


def test_every_paper_says_its_article_and_its_reason() -> None:
    for programme in PROGRAMMES:
        for one in required(of("2025-06-15"), programme, kind="death", dead=True):
            assert one.article_words and one.because_words and one.grade and one.kind is DOCUMENTS[one.document]


def test_card_application_and_a_proven_identity_are_never_asked_again() -> None:
    assert still("2025-06-15", "jkm") == ["death_certificate", "heir_letter"]
    assert still("2025-06-15", "jht", kind="age_56") == []
    assert still("2025-06-15", "jht", kind="age_56", identity_proven=False) == ["identity_card"]


def test_jkk_asks_for_more_after_a_death_transport_and_care_outside() -> None:
    assert asked("2025-06-15", "jkk") == ["participant_card", "identity_card", "doctors_letter"]
    more = asked("2025-06-15", "jkk", dead=True, transport=True, outside_network=True)
    assert set(more) - set(asked("2025-06-15", "jkk")) == {"transport_receipt", "treatment_receipt", "family_card", "heir_letter"}


def test_jht_asked_for_four_papers_until_april_2022_and_two_since() -> None:
    assert asked("2022-04-25", "jht", kind="age_56") == ["participant_card", "identity_card", "family_card", "bank_book"]
    assert asked("2022-04-26", "jht", kind="age_56") == ["participant_card", "identity_card"]


def test_one_proof_of_dismissal_is_enough() -> None:
    found = required(of("2025-06-15"), "jht", kind="dismissed")
    assert [one.document for one in found if not one.any_of] == ["participant_card", "identity_card"]
    assert len([one for one in found if one.any_of == "dismissal"]) == 5
    jkp = required(of("2025-06-15"), "jkp")
    assert {one.document: one.along_with for one in jkp if one.along_with} == {"labour_office_receipt": "dismissal_notice"}
    assert "report_of_dismissal" in asked("2025-02-07", "jkp") and "report_of_dismissal" not in asked("2025-02-06", "jkp")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"balance_rupiah": 50_000_000}, False),
        ({"balance_rupiah": 50_000_001}, True),
        ({}, False),
        ({"taken_before": True}, True),
    ],
)
def test_a_tax_number_is_asked_only_where_there_is_tax(facts: dict[str, Any], wanted: bool) -> None:
    assert ("tax_number" in asked("2025-06-15", "jht", kind="resigned", **facts)) == wanted


def test_a_part_for_a_house_asks_for_the_papers_of_the_house() -> None:
    assert set(asked("2025-06-15", "jht_partial", kind="housing")) - set(asked("2025-06-15", "jht_partial", kind="other")) == {
        "housing_papers"
    }


def test_survivors_are_not_asked_for_a_letter_of_having_stopped_work() -> None:
    assert "stop_work_letter" in asked("2031-06-15", "jp", kind="old_age")
    widow = asked("2031-06-15", "jp", kind="widow")
    assert "stop_work_letter" not in widow and {"death_certificate", "heir_letter"} <= set(widow)
    assert "doctors_letter" in asked("2031-06-15", "jp", kind="disability")


def test_nothing_is_asked_twice_and_an_unknown_programme_is_refused() -> None:
    for programme in PROGRAMMES:
        names = asked("2025-06-15", programme, kind="death", dead=True, balance_rupiah=60_000_000)
        assert len(names) == len(set(names))
    with pytest.raises(ValueError, match="jkx"):
        required(of("2025-06-15"), "jkx")
    with pytest.raises(NoLawError):
        required(of("2021-02-01"), "jkp")
