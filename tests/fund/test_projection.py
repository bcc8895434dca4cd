"""The projection of the nation: near what was published, moving the right way, the same for the same seed, fast."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from jamsostek.core.errors import InputError
from jamsostek.fund.projection import YEARS, base, chance, changing, project, result, sensitivity, suppose
from jamsostek.fund.projection.chance import CHUNK, Shocks, _Base, shocks
from jamsostek.fund.projection.economy import PROGRAMMES, Economy
from jamsostek.fund.projection.legal import legal
from jamsostek.fund.projection.pension import pension
from jamsostek.fund.projection.rates import rates
from jamsostek.fund.projection.supposing import tables
from jamsostek.fund.projection.whole import AHEAD, KNOWN

NOWHERE = {name: np.zeros((1, len(YEARS))) for name in ("inflation", "real_wage", "returns")}


@pytest.fixture(scope="module")
def whole() -> Any:
    return project()


def test_every_figure_has_source_grade_bounds_and_both_languages() -> None:
    for one in base().values():
        assert one.source.strip() and one.least <= one.value <= one.most and one.step > 0, one.id
        assert set(one.titles) == {"id", "en"} and one.grade in ("secondary", "derived", "memory", "assumed"), one.id


def test_jp_comes_near_what_was_published(whole: Any) -> None:
    """Contributions and assets of every year within a tenth; benefits of 2024 too, all years together within a fifth."""
    told = [one for one in result(whole, None)["backtest"] if one["programme"] == "jp"]
    for one in told:
        if one["item"] != "benefits":
            assert 0.9 < one["ratio"] < 1.1, one
    paid = [one for one in told if one["item"] == "benefits"]
    assert 0.9 < next(one["ratio"] for one in paid if one["year"] == 2024) < 1.1
    assert 0.8 < sum(one["modelled"] for one in paid) / sum(one["value"] for one in paid) < 1.2


@pytest.mark.parametrize("programme", ["jht", "jkk", "jkm", "jkp"])
def test_benefits_of_2023_come_near_what_was_published(whole: Any, programme: str) -> None:
    told = result(whole, None)["backtest"]
    (one,) = [one for one in told if (one["programme"], one["item"], one["year"]) == (programme, "benefits", 2023)]
    assert 0.8 < one["ratio"] < 1.2, one


@pytest.mark.parametrize(
    ("figure", "value", "dearer"),
    [
        ("economy.yield", 8.0, False), ("people.mortality_pensioners", 70, True), ("people.improvement", 2, True),
        ("people.growth", -1, True), ("jp.married", 95, True), ("jp.collected", 90, False),
    ],
)  # fmt: skip
def test_the_premium_moves_the_way_it_must(whole: Any, figure: str, value: float, dearer: bool) -> None:
    moved = project(suppose({figure: value}))
    assert (moved.measures.average_premium > whole.measures.average_premium) == dearer


def test_the_projection_begins_after_the_year_whose_assets_are_published() -> None:
    assert tables()["assets"]["known_year"] == KNOWN


def test_a_rate_that_rises_in_steps_reaches_eight_per_cent_and_saves_the_fund(whole: Any) -> None:
    risen = project(suppose({"jp.rate_step": 1}))
    at = YEARS.index(2043)
    assert risen.law.jp_rate[at] == pytest.approx(0.08) and risen.law.jp_rate[at - 17] == pytest.approx(0.03)
    assert whole.exhausted is not None and (risen.exhausted is None or risen.exhausted > whole.exhausted + 20)


def test_pension_age_rises_to_sixty_five_by_the_laws_own_kernel(whole: Any) -> None:
    reached = {born: int(whole.law.retire_year[born - 1900]) - born for born in (1961, 1964, 1967, 1978, 1985, 2020)}
    assert (reached[1961], reached[1964], reached[1985], reached[2020]) == (56, 57, 65, 65)
    assert all(a <= b for a, b in zip(reached.values(), list(reached.values())[1:], strict=False))
    years_without = [
        YEARS[at] for at in range(AHEAD, 35) if whole.people.retiring[at].sum() < whole.people.retiring[at - 1].sum()
    ]
    assert years_without, "each rise leaves a year in which nobody is old enough"


def test_a_path_without_shocks_is_the_deterministic_run(whole: Any) -> None:
    found = _Base(whole).follow(Shocks(**NOWHERE))
    for programme in PROGRAMMES:
        assert found[programme][0] == pytest.approx(whole.funds[programme].assets[AHEAD:], rel=1e-9), programme
    assert found["premium"][0] == pytest.approx(whole.measures.average_premium, rel=1e-12)


def test_shocked_paths_stay_near_going_through_every_person_again(whole: Any) -> None:
    """Earnings, contributions and outgo of single paths against the full engine under the same economy, to 2075."""
    moved = shocks(whole, 6, 11, 0)
    until = YEARS.index(2075) + 1 - AHEAD
    found = _Base(whole).follow(moved)
    for at in range(6):
        path = _economy(whole, moved, at)
        law, table = legal(whole.supposed, path), rates(whole.supposed)
        again = pension(whole.supposed, path, law, table, whole.people)
        exact = (again.outgo / again.earnings)[AHEAD:][:until]
        assert found["payg"][at][:until] == pytest.approx(exact, rel=0.06), at
        assert np.abs(found["payg"][at][:until] / exact - 1).mean() < 0.02


def _economy(whole: Any, moved: Shocks, at: int) -> Economy:
    """The economy of one path, year by year."""
    now = whole.economy
    inflation = now.inflation + moved.inflation[at]
    wage = now.wage.copy()
    for year in range(now.known, len(YEARS)):
        real = 1 + whole.supposed["economy.real_wage"] + moved.real_wage[at, year]
        wage[year] = wage[year - 1] * (1 + inflation[year]) * real
    yields = {p: now.yields[p] + moved.returns[at] for p in PROGRAMMES}
    return Economy(inflation, now.gdp + moved.real_wage[at], wage, yields, now.known)


def test_the_same_seed_gives_the_same_fan_and_more_paths_begin_with_the_same(whole: Any) -> None:
    first, again, other = chance(whole, 300, 5), chance(whole, 300, 5), chance(whole, 300, 6)
    assert (first.assets["jp"] == again.assets["jp"]).all() and (first.assets["jp"] != other.assets["jp"]).any()
    longer = chance(whole, CHUNK * 2, 5)
    assert (longer.exhausted[:CHUNK] == first.exhausted[:CHUNK]).all()


def test_shocks_have_the_spread_memory_and_correlation_that_is_supposed(whole: Any) -> None:
    drawn = [shocks(whole, CHUNK, 3, at) for at in range(12)]
    last = len(YEARS) - 1
    said = whole.supposed
    for name, key in (("inflation", "inflation"), ("real_wage", "wage"), ("returns", "yield")):
        moved = np.concatenate([getattr(one, name) for one in drawn])
        memory, size = said[f"chance.{key}_memory"], said[f"chance.{key}_sd"]
        assert moved[:, last].std() == pytest.approx(size / np.sqrt(1 - memory**2), rel=0.06)
        assert np.corrcoef(moved[:, last], moved[:, last - 1])[0, 1] == pytest.approx(memory, abs=0.05)
        assert (moved[:, : whole.economy.known] == 0).all()
    new = [np.concatenate([getattr(one, n)[:, last] - m * getattr(one, n)[:, last - 1] for one in drawn])
           for n, m in (("inflation", said["chance.inflation_memory"]), ("returns", said["chance.yield_memory"]))]  # fmt: skip
    assert np.corrcoef(*new)[0, 1] == pytest.approx(said["chance.inflation_yield"], abs=0.06)


def test_wide_shocks_of_any_size_stay_numbers() -> None:
    wild = project(
        suppose({"chance.inflation_sd": 10, "chance.yield_sd": 15, "chance.wage_sd": 10, "chance.inflation_memory": 95})
    )
    found = chance(wild, 100, 1)
    assert all(np.isfinite(found.assets[p]).all() for p in PROGRAMMES) and np.isfinite(found.premium).all()


@pytest.mark.parametrize("end", ["least", "most"])
def test_every_group_of_figures_at_either_bound_still_projects(end: str) -> None:
    """All figures of a group at once at their bound; JP's families may not be more than all."""
    kept = {"jp.children": 0, "people.disability": 10} if end == "most" else {}
    for group in ("people", "jp", "jht", "jkp"):
        figures = {one.id: getattr(one, end) for one in base().values() if one.group == group}
        found = project(suppose({**figures, **{id: value for id, value in kept.items() if id in figures}}))
        assert all(np.isfinite(fund.assets).all() for fund in found.funds.values()), group


def test_a_figure_of_the_base_is_no_change_and_an_unknown_one_is_told_with_its_neighbour() -> None:
    assert suppose({"economy.yield": 6.5}).changed == {} and suppose().digest == suppose({"economy.yield": 6.5}).digest
    with pytest.raises(InputError, match=r"economy\.yield"):
        suppose({"economy.yeild": 1})


def test_sensitivity_moves_one_figure_and_leaves_the_others(whole: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    three = {id: base()[id] for id in ("economy.yield", "jht.cash_out", "jp.rate_step")}
    monkeypatch.setattr(changing, "base", lambda: three)
    by_id = {one.id: one for one in sensitivity(whole)}
    again = project(suppose({"economy.yield": 7.0}))
    assert by_id["economy.yield"].high is not None
    assert by_id["economy.yield"].high[1].premium == pytest.approx(again.measures.average_premium, rel=1e-12)
    assert by_id["jp.rate_step"].low is None, "below nothing there is no step"
    assert by_id["jht.cash_out"].high is not None
    assert by_id["jht.cash_out"].high[1].premium == whole.measures.average_premium
    assert by_id["jht.cash_out"].high[1].assets["jht"] < whole.funds["jht"].assets[YEARS.index(2050)]


def test_the_whole_scheme_takes_under_two_seconds_of_work() -> None:
    begun = time.process_time()
    project(suppose({"economy.yield": 6.1}))
    assert time.process_time() - begun < 2
