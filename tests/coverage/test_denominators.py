"""Of how many workers coverage is told: every definition by itself, with its source."""

from __future__ import annotations

import pytest

from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.coverage.denominators import DEFINITIONS, denominator, denominators
from jamsostek.coverage.published import sources


def test_the_city_whose_indicator_was_printed_comes_out() -> None:
    found = {one.group: one.persons for one in denominators(1971, 202505) if one.definition == "ucj"}
    assert found == {"all": 70_426, "pu": 47_010, "bpu": 23_416}
    assert denominator(1971, 202505, "ucj").months_away == 0  # type: ignore[union-attr]


def test_the_nations_labour_force_is_the_sum_of_the_provinces_and_of_the_sexes() -> None:
    whole, men, women = (denominator(0, 202508, "labour_force", group) for group in ("all", "m", "f"))
    assert whole and men and women
    assert whole.persons == (men.persons or 0) + (women.persons or 0)
    assert round((whole.persons or 0) / 10**6) == 154
    each = sum(denominator(one, 202508, "employed").persons or 0 for one in PROVINCES)  # type: ignore[union-attr]
    assert denominator(0, 202508, "employed").persons == each == 146_542_264  # type: ignore[union-attr]


def test_definitions_of_one_place_stand_side_by_side_and_disagree() -> None:
    found = {one.definition: one.persons for one in denominators(0, 202606) if one.group == "all"}
    assert set(found) == set(DEFINITIONS)
    assert found["rpjmn"] is None
    assert len({one for one in found.values() if one}) == len(found) - 1


def test_what_a_plan_did_not_print_is_missing_and_never_a_denominator() -> None:
    assert denominator(0, 202606, "rpjmn") is None
    (told,) = [one for one in denominators(0, 202606) if one.definition == "rpjmn"]
    assert told.status == "missing"


def test_a_regency_is_spread_by_population_and_says_so() -> None:
    found = denominators(3273, 202606)
    assert {one.status for one in found} == {"assumed"}
    spread = sum(denominator(one.code, 202606, "employed").persons or 0 for one in REGENCIES.values() if one.province_code == 32)  # type: ignore[union-attr]
    province = denominator(32, 202606, "employed").persons or 0  # type: ignore[union-attr]
    assert 0 <= province - spread < 30


@pytest.mark.parametrize("region", [0, 11, 33, 34, 1971, 3510])
def test_every_figure_names_a_source_that_is_listed(region: int) -> None:
    known = {*sources(), "S06", "SEED"}
    assert denominators(region, 202606)
    for one in denominators(region, 202606):
        assert set(one.source.split(";")) <= known
        assert one.title
