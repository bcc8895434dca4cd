"""Where a region is heading: its own flows where the registry knows it, the nation's step where only a year was published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jamsostek.core.errors import InputError
from jamsostek.coverage import forecast
from jamsostek.coverage.nation_history import outlook
from jamsostek.coverage.published import old_map
from jamsostek.coverage.region_outlook import DISTANCES, by_flows, like_nation
from jamsostek.coverage.starts import start_of
from tests.coverage import budget_town


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    budget_town.photographed(folder / "coverage")
    return folder


@pytest.fixture
def here(town: Path, settings: Any) -> None:
    settings.JAMSOSTEK_DATA = town


def test_the_flows_of_a_town_are_carried_on_with_bounds_that_widen(here: None) -> None:
    found = by_flows(budget_town.TOWN)
    assert [round(one.time) - 1 for one in found.told] == list(range(2026, 2046)) and found.since == 2026.5
    best = found.trials[0]
    assert best.way in ("payers", "whole") and set(best.by_months) == set(DISTANCES)
    naive = next(one for one in found.trials if one.way == "last")
    assert best.mean < naive.mean and best.by_months[3] < naive.by_months[3] / 2, "the flows see the budget's year"
    for one in found.told:
        assert one.low_95 <= one.low_80 <= one.middle <= one.high_80 <= one.high_95 <= one.most
    widths = [one.high_80 / one.low_80 for one in found.told]
    assert widths == sorted(widths)
    # At the end of a year the budget still pays; a month later it does not, which a yearly table does not show.
    assert found.told[0].middle == pytest.approx(found.active, rel=0.1)


def test_a_course_comes_out_the_same_again(here: None) -> None:
    from jamsostek.coverage import region_outlook

    first = by_flows(budget_town.TOWN)
    region_outlook._by_flows.cache_clear()
    assert by_flows(budget_town.TOWN) == first


def test_why_there_is_none_is_said(here: None, settings: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"1\.000"):
        by_flows(budget_town.HAMLET)
    settings.JAMSOSTEK_DATA = tmp_path
    with pytest.raises(InputError, match="potret"):
        by_flows(budget_town.TOWN)
    for unpublished in (93, 3273):
        with pytest.raises(InputError, match="terbit"):
            like_nation(unpublished)


def test_a_province_takes_the_nations_step_on_the_logit_scale() -> None:
    nation = outlook()
    then = nation.past.active[-1] / nation.past.most(nation.past.times[-1:])[0]

    def step(first: float, last: float) -> float:
        return float(np.diff(forecast.logit(np.array([first, last])))[0])

    for region in old_map():
        found, start = like_nation(region), start_of(region, 2027)
        for year in (2030, 2045):
            told, whole = found.at(year), nation.at(year)
            assert step(start.active / start.workers, told.middle / told.most) == pytest.approx(
                step(then, whole.middle / whole.most), abs=1e-9
            )
            assert 0 < told.low_80 < told.middle < told.high_80 < told.most and told.spread == whole.spread
