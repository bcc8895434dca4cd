"""Of how many workers coverage is told: every definition by itself, with its source; and no figure kept in two places."""

from __future__ import annotations

import pytest

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.coverage.denominators import DEFINITIONS, Denominator, denominator, denominators, latest, over_years
from jamsostek.coverage.published import DATA, NATION, STATUSES, old_map, sources
from jamsostek.synth import published as survey


def told(region: int, month: int, definition: str, group: str = "all") -> Denominator:
    found = denominator(region, month, definition, group)
    assert found and found.persons
    return found


def test_the_city_whose_indicator_was_printed_comes_out() -> None:
    found = {one.group: one.persons for one in denominators(1971, 202505) if one.definition == "ucj"}
    assert found == {"all": 70_426, "PU": 47_010, "BPU": 23_416}
    assert told(1971, 202505, "ucj").months_away == 0 and told(1971, 202605, "ucj").months_away == 12


def test_the_nations_labour_force_is_the_sum_of_the_provinces_and_of_the_sexes() -> None:
    whole, men, women = (told(0, 202508, "labour_force", group).persons or 0 for group in ("all", "men", "women"))
    assert abs(whole - men - women) < 100 and round(whole / 10**6) == 154
    each = sum(told(one, 202508, "employed").persons or 0 for one in PROVINCES)
    assert told(0, 202508, "employed").persons == each == 146_542_264


def test_definitions_of_one_place_stand_side_by_side_and_disagree() -> None:
    found = [(one.definition, one.persons) for one in denominators(0, 202606) if one.group == "all"]
    assert {definition for definition, _persons in found} == set(DEFINITIONS)
    persons = [count for _definition, count in found if count]
    assert len(set(persons)) == len(persons)


def test_what_was_said_of_coverage_stands_beside_the_survey_and_does_not_take_its_place() -> None:
    labour = [(one.as_of, one.persons, one.source) for one in denominators(0, 202512) if one.definition == "labour_force"]
    assert ("2024-12", 149_380_000, "C42") in labour and ("2025-08", 154_004_720, "S06") in labour
    assert told(0, 202512, "labour_force").source == "S06" and told(0, 202412, "labour_force").source == "C42"


def test_what_a_plan_did_not_print_is_missing_and_never_a_denominator() -> None:
    assert denominator(0, 202606, "rpjmn") is None
    (plan,) = [one for one in denominators(0, 202606) if one.definition == "rpjmn"]
    assert (plan.status, plan.persons) == ("missing", None)
    assert told(0, 202606, "strategic").status == told(0, 202606, "ucj").status == "derived"


def test_an_older_month_is_told_by_the_survey_nearest_to_it() -> None:
    found = told(0, 201805, "employed")
    assert (found.as_of, found.months_away) == ("2018-08", 3)


def test_a_regency_is_spread_by_population_and_says_so() -> None:
    found = denominators(3273, 202606)
    assert {one.status for one in found} == {"assumed"} and {one.region for one in found} == {3273}
    spread = sum(told(one.code, 202606, "employed").persons or 0 for one in REGENCIES.values() if one.province_code == 32)
    assert 0 <= (told(32, 202606, "employed").persons or 0) - spread < 30


def test_workers_of_provinces_add_up_to_the_nation() -> None:
    kinds = [
        ("employed", "all"),
        ("employed", "men"),
        ("employed", "women"),
        ("formal", "all"),
        ("informal", "all"),
        ("own", "all"),
    ]
    for definition, group in kinds:
        assert sum(latest(definition, group, code) for code in old_map()) == latest(definition, group), (definition, group)
    assert latest("employed", "men") + latest("employed", "women") == pytest.approx(latest("employed"), abs=5_000)
    assert latest("employed", region=91) > 434_016 and len(old_map()) == 34
    with pytest.raises(KeyError):
        latest("employed", "disabled", 11)


def test_every_year_has_its_estimate() -> None:
    assert [one.as_of for one in over_years("employed")] == [f"{year}-08" for year in range(2016, 2026)]
    persons = [one.persons or 0 for one in over_years("employed")]
    assert persons == sorted(persons)
    assert over_years("employed", "disabled") and over_years("employed", "disabled (any difficulty)")


def test_the_figures_that_people_are_invented_from_are_the_published_ones() -> None:
    for code, one in survey.labour_force().items():
        assert (one.employed, one.formal) == (over_years("employed", region=code)[-1].persons, latest_alone("formal", code))
        assert (one.men, one.women) == (latest_alone("labour_force", code, "men"), latest_alone("labour_force", code, "women"))


def latest_alone(definition: str, code: int, group: str = "all") -> int | None:
    return over_years(definition, group, code)[-1].persons


def test_one_file_has_the_figures() -> None:
    assert {one.name for one in DATA.glob("*.csv")} == {"published.csv", "sources.csv"}


@pytest.mark.parametrize("region", [NATION, *PROVINCES, 1971, 3510])
def test_every_figure_names_a_source_that_is_listed(region: int) -> None:
    found = denominators(region, 202606)
    assert found
    for one in found:
        assert set(one.source.split()) <= set(sources()) and one.status in {*STATUSES, "assumed"}
        assert one.title and one.months_away >= 0
