"""Bad years: what falls, what is sold first, when cash is gone, and how bad a year breaks a fund."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.fund import scenarios, stress
from jamsostek.fund.liquidity import HORIZON, Forecast, Holding, Series, Standing
from jamsostek.fund.stress import SCENARIOS, Floor, Shock, breaks_at, no_shock, outcome, shock

ON = dt.date(2026, 6, 30)
HAIRCUTS = {"deposit": 0, "government_bond": 20_000, "equity": 100_000}
EQUITY = Holding("equity", "market", 1_000, 1_000)
BOND = Holding("government_bond", "amortised", 2_000, 1_900, duration=5.0)


def flat(rupiah: int) -> Series:
    return Series((rupiah,) * HORIZON, 0.0, False, 12)


def standing(
    fund: str = "jkk", *, cash: int = 1_000, held: tuple[Holding, ...] = (), came: int = 0, paid: int = 0, members: int = 0
) -> Standing:
    assets = cash + sum(one.carrying_rupiah + one.accrued_rupiah for one in held)
    forecast = Forecast(202607, flat(came), flat(paid), flat(0))
    return Standing(fund, ON, assets, members, members, cash, 12 * paid, forecast, held)


def assumed(**changed: int) -> stress.Assumed:
    named = {name.replace("__", "."): value for name, value in changed.items()}
    return scenarios.assumed(ON, named, members=100_000, wage_members=1_000_000)


def test_nothing_happens_where_nothing_is_shocked() -> None:
    found = outcome(standing(held=(EQUITY,)), no_shock(), HAIRCUTS)
    assert (found.worth_after_rupiah, found.lowest_rupiah, found.sales, found.empty_at) == (2_000, 2_000, (), None)
    assert set(found.cash) == {1_000}


def test_a_fall_takes_what_is_at_market_value_and_leaves_the_books_of_what_is_amortised() -> None:
    fallen = outcome(standing(held=(EQUITY, BOND)), Shock({"equity": 0.4}, 0.02, (1.0,) * HORIZON, (0,) * HORIZON), HAIRCUTS)
    assert fallen.worth_rupiah - fallen.worth_after_rupiah == 400
    assert stress.fallen(BOND, Shock({}, 0.02, (), ())).market_rupiah == 1_800  # 5 years x 2 points
    assert stress.fallen(BOND, Shock({}, 0.02, (), ())).carrying_rupiah == 1_900


def test_what_costs_least_to_sell_is_sold_first() -> None:
    deposit = Holding("deposit", "cost", 300, 300)
    found = outcome(standing(cash=0, held=(EQUITY, BOND, deposit), paid=100), no_shock(), HAIRCUTS)
    assert [one.asset_class for one in found.sales[:3]] == ["deposit"] * 3
    order = list(dict.fromkeys(one.asset_class for one in found.sales))
    assert order == ["deposit", "government_bond", "equity"]
    assert found.cash_short_at == 0
    assert (found.empty_at, found.unpaid_rupiah) == (None, 0)
    assert sum(one.fetched_rupiah for one in found.sales) == 24 * 100


def test_when_all_is_sold_cash_is_gone_and_what_stays_unpaid_is_told() -> None:
    found = outcome(standing(cash=150, held=(EQUITY,), paid=100), no_shock(), HAIRCUTS)
    assert found.empty_at == 10  # 150 + 900 after the haircut pay ten months and a half
    assert found.unpaid_rupiah == 24 * 100 - 150 - 900
    assert sum(one.lost_rupiah for one in found.sales) == 100


def test_what_cannot_be_sold_saves_nobody() -> None:
    found = outcome(standing(cash=0, held=(Holding("property", "cost", 9_999, 9_999),), paid=1), no_shock(), HAIRCUTS)
    assert (found.empty_at, found.sales) == (0, ())


def test_a_repayment_comes_once_and_is_no_income() -> None:
    pays = tuple((10 if at % 6 == 0 else 0, 500 if at == 12 else 0) for at in range(HORIZON))
    paper = Holding("government_bond", "amortised", 490, 495, 1.0, 1.0, pays, 4, 202707)
    found = outcome(standing(cash=0, held=(paper,)), no_shock(), HAIRCUTS)
    assert found.cash[-1] == 500 + 3 * 10
    assert found.worth[-1] == 495 + 4 + (10 - 4) + 10 + 10 + (500 - 495)


@given(
    st.sampled_from(SCENARIOS), st.sampled_from(("jkk", "jkm", "jht", "jp", "jkp")), st.integers(0, 10**15),
    st.integers(0, 10**15), st.integers(0, 10**13), st.integers(0, 10**13), st.floats(0, 20),
)  # fmt: skip
def test_money_is_conserved_whatever_happens(
    scenario: str, fund: str, cash: int, market: int, came: int, paid: int, severity: float
) -> None:
    members = market // 2 if fund == "jht" else 0
    held = (Holding("equity", "market", market, market), Holding("deposit", "cost", market // 3, market // 3))
    here = standing(fund, cash=cash, held=held, came=came, paid=paid, members=members)
    by = shock(scenario, here, assumed(), severity)
    found = outcome(here, by, {"equity": 100_000, "deposit": 5_000})
    flows = sum(round(came * by.contributions[at]) - paid - by.claims[at] for at in range(HORIZON))
    sold = sum(one.fetched_rupiah for one in found.sales)
    assert found.cash[-1] == cash + flows + sold + found.unpaid_rupiah
    assert all(one >= 0 for one in found.cash)
    assert sold <= sum(stress.fallen(one, by).market_rupiah for one in held)
    if fund != "jht":
        assert found.worth[-1] == found.worth_after_rupiah + flows - found.lost_by_sales_rupiah


@given(st.sampled_from(SCENARIOS), st.floats(0, 5), st.floats(0, 5))
def test_a_worse_year_never_leaves_more(scenario: str, one: float, other: float) -> None:
    here = standing("jkm", cash=10**12, held=(Holding("equity", "market", 10**12, 10**12),), came=10**10, paid=10**10)
    mild, bad = sorted((one, other))
    worths = [outcome(here, shock(scenario, here, assumed(), how), HAIRCUTS).lowest_rupiah for how in (mild, bad)]
    assert worths[0] >= worths[1]


def test_the_break_is_where_it_was_reckoned_to_be() -> None:
    held = (Holding("equity", "market", 600, 600),)
    jht = standing("jht", cash=500, held=held, members=1_000)  # 1,100 for 1,000: a loss of 100 is borne
    floor = Floor("funding", 1_000_000)
    at = breaks_at("market", jht, assumed(fall__equity=100_000), floor, HAIRCUTS, 10.0)
    assert at == pytest.approx(100 / 60, abs=0.01)
    assert breaks_at("market", standing("jht", cash=900, members=1_000), assumed(), floor, HAIRCUTS, 10.0) == 0.0
    assert breaks_at("market", standing("jht", cash=2_000, members=1_000), assumed(), floor, HAIRCUTS, 10.0) is None


def test_an_earthquake_asks_jkk_for_those_at_work_and_jkm_for_the_others() -> None:
    given_ = assumed(quake__deaths=10_000, quake__injured=0, quake__at_work=250_000, wage_rupiah=4_000_000)
    jkk = shock("quake", standing("jkk"), given_)
    jkm = shock("quake", standing("jkm"), given_)
    assert sum(jkk.claims) == 250 * 214_000_000  # a quarter of a thousand dead; article and amount as benefit.jkk.death
    assert sum(jkm.claims) == 750 * 42_000_000
    assert sum(shock("quake", standing("jp"), given_).claims) == 0


def test_lay_offs_take_members_money_and_contributions() -> None:
    given_ = assumed(layoffs__share=200_000, layoffs__withdraw=500_000, layoffs__months=4, layoffs__return_months=3)
    found = shock("layoffs", standing("jht", members=10**9), given_)
    assert found.claims[:5] == (25_000_000,) * 4 + (0,)
    assert found.contributions[:4] == (0.8, 0.8, 0.8, 1.0)


def test_every_parameter_says_where_it_comes_from_or_that_nobody_said_it() -> None:
    for one in scenarios.parameters(ON).values():
        assert one.titles.keys() == {"id", "en"}
        assert one.grade in scenarios.GRADES
        assert one.source or one.grade == "assumed", one.id
        assert one.least <= one.value <= one.most
