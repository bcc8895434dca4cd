"""Shares: each over its own denominator, provinces of 2022 with their parents, and a range that says how much hangs on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jamsostek.core.regions import PROVINCES
from jamsostek.coverage.denominators import over_years
from jamsostek.coverage.published import counted_with, figures
from jamsostek.coverage.shares import LABOUR_FORCE, OFFICE, OWN, WAGE, WAYS, WORKERS, share, spread


def test_the_nation_by_every_definition() -> None:
    found = {key: one for key in WAYS if (one := share(key))}
    assert (found[WORKERS].active, found[WORKERS].eligible) == (35_837_987, 146_542_264)
    assert {key: round(one.percent, 1) for key, one in found.items()} == {
        WORKERS: Decimal("24.5"), LABOUR_FORCE: Decimal("23.3"), WAGE: Decimal("46.6"), OWN: Decimal("10.5")
    }  # fmt: skip


def test_provinces_and_segments_add_up_to_the_nation() -> None:
    whole, wage, own = share(WORKERS), share(WAGE), share(OWN)
    assert whole and wage and own
    assert wage.active + own.active == whole.active and wage.eligible + own.eligible == whole.eligible
    parents = [code for code in PROVINCES if counted_with(code)[0] == code]
    parts = [one for code in parents if (one := share(WORKERS, code))]
    assert (len(parts), sum(one.active for one in parts), sum(one.eligible for one in parts)) == (
        34,
        whole.active,
        whole.eligible,
    )


def test_the_four_provinces_of_2022_have_the_figure_of_all_they_are_counted_with() -> None:
    assert counted_with(93) == counted_with(91) == (91, 93, 94, 95) and counted_with(96) == (92, 96) and counted_with(35) == (35,)
    new, old = share(WORKERS, 93), share(WORKERS, 91)
    assert new and old and (new.active, new.eligible) == (old.active, old.eligible)
    assert old.eligible == sum(
        int(one.value or 0) for code in counted_with(91) for one in figures("labour", "employed", segment="all", region=code)
    )


def test_offices_register_workers_of_other_provinces() -> None:
    office, home = share(OFFICE, 31), share(WORKERS, 31)
    assert office and home and office.percent > 100 > home.percent
    assert share(OFFICE) is None and share(OFFICE, 91) is None, "six provinces were not printed"


@pytest.mark.parametrize("code", [0, *PROVINCES])
def test_the_range_holds_the_share(code: int) -> None:
    reach, one, labour = spread(code), share(WORKERS, code), share(LABOUR_FORCE, code)
    assert reach and one and labour
    assert reach[0] <= labour.percent < one.percent <= reach[1]


def test_the_survey_is_the_one_the_words_of_the_ways_name() -> None:
    for way in WAYS.values():
        assert over_years(way.denominator)[-1].as_of == "2025-08" and "Agustus 2025" in way.below
