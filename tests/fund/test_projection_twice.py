"""The projection beside the same scheme written apart in modelx, to the rupiah; and beside closed-form annuities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jamsostek.fund.projection import YEARS, Supposed, project, suppose
from jamsostek.fund.projection.annuities import commutation
from jamsostek.fund.projection.economy import economy
from jamsostek.fund.projection.people import Start
from jamsostek.fund.projection.rates import A
from jamsostek.fund.projection.supposing import mortality, tables
from tests.fund.scheme_in_cells import scheme
from tests.fund.scheme_of_risks import risks

COHORTS = ((0, 24, 0, 900.0), (1, 38, 0, 700.0), (0, 47, 12, 400.0), (1, 54, 3, 250.0))
"""JP members: sex, age, years of service and heads on 1 January 2015."""
GROUPS = (("formal_small", 0, 29, 300.0), ("public", 1, 41, 220.0), ("bpu", 0, 45, 480.0), ("construction", 0, 33, 160.0))
FIGURES = {
    "base": {},
    "other": {
        "economy.inflation": 4, "economy.yield": 5.5, "people.mortality": 140, "people.disability": 30, "jp.dense": 85,
        "jp.children": 20, "law.sums_follow": 50, "jht.cash_out": 30, "jkk.days": 400, "jkp.months": 5.5,
        "people.leave_young": 30,
    },
}  # fmt: skip


def both(changed: dict[str, float], *, ours: bool = True, cells: bool = True) -> tuple[Any, Any, Any]:
    """Ours over a small closed group, and the two models in cells; a benchmark asks for one of them."""
    supposed = suppose({**changed, "people.return": 0})
    active = np.zeros((2, A, 51))
    for sex, age, service, heads in COHORTS:
        active[sex, age - 15, service] += heads
    others = {segment: np.zeros((2, A)) for segment in ("formal_small", "public", "bpu", "construction")}
    for segment, sex, age, heads in GROUPS:
        others[segment][sex, age - 15] += heads
    start = Start(active, np.zeros((2, A, 51)), others, None, {})
    assets = dict.fromkeys(("jp", "jht", "jkk", "jkm", "jkp"), 1e11)
    done = project(supposed, start=start, assets=assets, balances=0.0) if ours else None
    if not cells:
        return done, None, None
    figures, path, lives = given(supposed)
    made = scheme(figures, path, lives)
    return done, made, risks(figures, path, lives, made.Law)


def given(supposed: Supposed) -> tuple[dict[str, float], dict[str, Any], dict[str, Any]]:
    """What is supposed, in the form in which the cells read it."""
    told, path, table = tables(), economy(supposed), mortality()
    figures = {id: supposed[id] for id in supposed.values()}
    by_year = {
        "wage": path.wage,
        "inflation": path.inflation,
        "gdp": path.gdp,
        "jp": path.yields["jp"],
        "jht": path.yields["jht"],
    }
    better = 1 - figures["people.improvement"]

    def death(year: int, sex: int, age: int, share: float) -> float:
        return 1.0 if age >= 111 else min(table[sex][age] * better ** (year - 2019) * share, 1.0)

    def married(sex: int, age: int) -> float:
        grown = min(max((age - 18) / 12, 0), 1)
        later = min(max(1 - (age - 60) * (0.010, 0.025)[sex], 0), 1) if age > 60 else 1.0
        return figures["jp.married"] * grown * later

    def profile(sex: int, age: int) -> float:
        return float(np.interp(age, told["wage_by_age"]["ages"], told["wage_by_age"][("male", "female")[sex]]))

    lives = {
        "cohorts": COHORTS, "death": death, "married": married, "profile": profile, "table": table,
        "groups": [("formal_large", sex, age, heads) for sex, age, _service, heads in COHORTS] + list(GROUPS),
        "class_share": told["classes"]["share"], "class_wage": told["classes"]["wage"], "small": told["wages"]["small"],
        "public": told["wages"]["public"], "bpu_wage": told["wages"]["bpu"], "jht_of_bpu": told["programmes"]["jht_of_bpu"],
        "jkp_share": told["programmes"]["jkp_of_formal_large"],
    }  # fmt: skip
    return figures, {name: dict(zip(YEARS, values.tolist(), strict=True)) for name, values in by_year.items()}, lives


def cohorts(cells: Any) -> list[Any]:
    return [cells.Cohort(who, klass) for who in range(len(COHORTS)) for klass in range(5)]


def same(ours: Any, theirs: list[float], what: str) -> None:
    """To the rupiah in every year."""
    apart = np.abs(np.asarray(ours) - np.array(theirs))
    assert apart.max() < 0.5, (what, YEARS[int(apart.argmax())], float(apart.max()))
    assert max(theirs) > 0, what


@pytest.mark.parametrize("figures", FIGURES)
def test_jp_agrees_to_the_rupiah_with_the_scheme_written_apart(figures: str) -> None:
    ours, cells, _risks = both(FIGURES[figures])
    lives, old = cohorts(cells), ours.pension
    same(old.contributions, [sum(one.active(t) * one.paid(t) for one in lives if one.active(t)) for t in YEARS], "contributions")
    own = {kind: [0.0] * len(YEARS) for kind in ("old", "disability")}
    for one in lives:
        for first in YEARS[:-1]:
            for place, (kind, _heads, _amount) in enumerate(one.awarded(first)):
                for t in range(first + 1, YEARS[-1] + 1):
                    heads = one.own(first, place, t)
                    if not heads:
                        break
                    own[kind][t - YEARS[0]] += 12 * heads * one.own_amount(first, place, t)
    same(old.pensions[:, 0], own["old"], "old age")
    same(old.pensions[:, 1], own["disability"], "disability")
    for place, name in ((2, "widow_money"), (3, "parent_money"), (4, "child_money")):
        theirs = [0.0] + [12 * sum(getattr(one, name)(t) for one in lives) for t in YEARS[1:]]
        same(old.pensions[:, place], theirs, name)
    same(old.due, [0.0] + [sum(one.due(t) for one in lives) for t in YEARS[1:]], "sums due")


@pytest.mark.parametrize("figures", FIGURES)
def test_jht_jkk_jkm_and_jkp_agree_to_the_rupiah_with_the_scheme_written_apart(figures: str) -> None:
    ours, _cells, model = both(FIGURES[figures])
    groups, whole = [model.Group(at) for at in range(len(COHORTS) + len(GROUPS))], model.Whole
    savers = [one for one in groups if one.segment() in ("formal_large", "formal_small", "bpu")]
    working = [[one for one in savers if one.age(t) <= 64] for t in YEARS]
    same(ours.savings.contributions, [sum(one.jht_in(t) for one in savers) for t in YEARS], "JHT contributions")
    same(ours.savings.benefits, [sum(one.taken(t) for one in at) for t, at in zip(YEARS, working, strict=True)], "JHT paid")
    for name in ("jkk", "jkm", "jkp"):
        risk = ours.risks[name]
        same(risk.contributions.sum(axis=1), [getattr(whole, f"{name}_in")(t) for t in YEARS], f"{name} contributions")
        same(risk.benefits.sum(axis=1), [getattr(whole, f"{name}_paid")(t) for t in YEARS], f"{name} benefits")


def test_a_fund_is_what_it_was_with_what_came_went_and_was_earned() -> None:
    whole = project()
    for name, fund in whole.funds.items():
        rate = whole.economy.yields[name]
        for at in range(10, len(YEARS)):
            before, net = fund.assets[at - 1], fund.contributions[at] - fund.benefits[at] - fund.costs[at]
            assert fund.assets[at] == pytest.approx(before * (1 + rate[at]) + net * (1 + rate[at] / 2), rel=1e-12)


# ---- closed forms


@pytest.mark.parametrize(("death", "interest"), [(0.02, 0.065), (0.0, 0.03), (0.3, 0.0)])
def test_annuities_of_constant_mortality_are_their_closed_form(death: float, interest: float) -> None:
    years = 4000
    values = commutation(np.append(np.full(years, death), 1.0), interest)
    kept = (1 - death) / (1 + interest)
    assert values.annuity(0) == pytest.approx(1 / (1 - kept) if kept < 1 else years + 1, rel=1e-9)
    assert values.temporary(3, 10) == pytest.approx((1 - kept**10) / (1 - kept), rel=1e-9)
    if death:
        assert values.insurance(5) == pytest.approx(death / (1 + interest) / (1 - kept), rel=1e-9)


def test_insurance_and_annuity_of_the_table_add_to_one() -> None:
    for deaths in mortality():
        values = commutation(deaths, 0.065)
        for age in (0, 25, 59, 80):
            assert values.insurance(age) + 0.065 / 1.065 * values.annuity(age) == pytest.approx(1, abs=1e-12)


def test_the_old_age_pension_of_a_closed_group_is_worth_its_annuity() -> None:
    """Who retires together costs, in real terms and without mortality improvement, the annuity of the table for each rupiah."""
    supposed = suppose({"people.improvement": 0, "people.return": 0, "jp.married": 0, "people.disability": 0, "jp.costs": 0})
    active = np.zeros((2, A, 51))
    active[0, 58 - 15, 20] = 1000.0
    empty = {segment: np.zeros((2, A)) for segment in ("formal_small", "public", "bpu", "construction")}
    whole = project(
        supposed,
        start=Start(active, np.zeros((2, A, 51)), empty, None, {}),
        assets=dict.fromkeys(("jp", "jht", "jkk", "jkm", "jkp"), 0.0),
    )
    paid, prices = whole.pension.pensions[:, 0], whole.economy.prices
    first = int(np.flatnonzero(paid)[0])
    real = paid[first:] / prices[first - 1 : -1] * prices[first - 1]
    age = 58 + first
    alone = commutation(mortality()[0][age:], 0.0)
    worth = alone.temporary(0, len(real)) if len(real) < len(alone.lx) else alone.annuity(0)
    assert real.sum() / real[0] == pytest.approx(worth, rel=1e-9)
