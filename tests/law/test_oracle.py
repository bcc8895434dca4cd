"""Every rule gives, for every row and every output, what the law written a second time gives (see oracle.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import comparing
import draws
import numpy as np
import oracle
import pytest
from hypothesis import given, settings
from profiles import LAW_PROFILE, MAX_ROWS, NO_SHRINK, PROOF

from jamsostek import law
from jamsostek.core.errors import InputError
from jamsostek.law import engine
from jamsostek.law.parameters import InForce, Law, NoLawError

RULES = list(draws.SPECS)
ROWS_PROVED = 100_000
BEFORE_THE_LAW: list[tuple[str, Any]] = [
    ("contribution.pu", 201412),
    ("contribution.non_asn", 201506),
    ("contribution.bpu", 201506),
    ("contribution.construction", 201506),
    ("contribution.migrant", 201812),
    ("penalty.late", 201506),
    ("penalty.months_late", 201506),
    ("benefit.jht.monthly_return", 201506),
    ("calendar.contract_due", dt.date(2015, 11, 30)),
    ("penalty.administrative", 201312),
    ("calendar.due_date", 201506),
    *((rule, dt.date(2015, 6, 30)) for rule in RULES if rule.startswith(("benefit.jkk", "benefit.jkm", "benefit.sch"))),
    *((f"benefit.jp.{name}", dt.date(2015, 6, 30)) for name in ("limits", "indexed_wages", "pension", "late_payment")),
    ("benefit.jkp", dt.date(2021, 2, 1)),
]
BEFORE_THE_LAW.remove(("benefit.jkk.temporary_incapacity", dt.date(2015, 6, 30)))  # older law is in the data


@pytest.fixture(scope="module", autouse=True)
def tell_rows_compared(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints how many rows of each rule were compared."""
    yield
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print()
        for rule, rows in sorted(comparing.ROWS_COMPARED.items()):
            print(f"{rule}: {rows:,} rows compared")


def check_with(rule: str, profile: settings) -> None:
    """Draws people of a rule and compares them."""

    @profile
    @given(draws.draws(rule, MAX_ROWS))
    def check(draw: draws.Draw) -> None:
        comparing.assert_same(draw)

    check()


def top_up(rule: str) -> None:
    """More people, until the rows the proof asks for are compared."""
    spec, seed = draws.SPECS[rule], 0
    while comparing.ROWS_COMPARED[rule] < ROWS_PROVED:
        when = spec.whens[seed % len(spec.whens)]
        names = draws.choices_of_inputs(rule)[seed % (len(spec.one_of) + 1)]
        comparing.assert_same(draws.filled(rule, when, names, MAX_ROWS, seed))
        seed += 1


@pytest.mark.parametrize("rule", RULES)
def test_the_kernel_of_a_rule_equals_the_oracle(rule: str) -> None:
    check_with(rule, LAW_PROFILE)
    if PROOF:
        top_up(rule)


@pytest.mark.parametrize("rule", RULES)
def test_the_kernel_equals_the_oracle_on_every_border_of_the_law(rule: str) -> None:
    for seed in range(5 if PROOF else 1):
        for when in draws.SPECS[rule].whens:
            for draw in draws.borders(rule, when, seed):
                comparing.assert_same(draw)


def test_every_rule_has_an_oracle_and_draws() -> None:
    extra = {"contribution.construction_wage"}  # wage known: no rule of the shared vocabulary
    assert set(oracle.RULES) == set(draws.SPECS) == set(engine.RULES) - extra


@pytest.mark.parametrize(("rule", "when"), BEFORE_THE_LAW)
def test_before_its_first_day_a_rule_says_that_no_law_is_in_force(rule: str, when: Any) -> None:
    names = draws.choices_of_inputs(rule)[0]
    draw = draws.filled(
        rule, when, [n for n in names if n in draws.SPECS[rule].columns or n in draws.SPECS[rule].one_of[0]], 3, 1
    )
    with pytest.raises(oracle.NoLaw):
        oracle.RULES[rule](when, **next(draws.persons(draw)))
    with pytest.raises(NoLawError):
        comparing.kernel_columns(draw)


MONEY_INPUTS = [
    (rule, name) for rule in RULES for names in draws.choices_of_inputs(rule) for name in names if name.endswith("_rupiah")
]


@pytest.mark.parametrize(("rule", "name"), sorted(set(MONEY_INPUTS)))
@pytest.mark.parametrize("wrong", ["negative", "missing", "too large"])
def test_an_amount_outside_the_law_is_refused_and_its_row_named(rule: str, name: str, wrong: str) -> None:
    column = draws.column_of(rule, name)
    amount = {"negative": -2, "missing": -1, "too large": column.most + 1}[wrong]
    names = next(names for names in draws.choices_of_inputs(rule) if name in names)
    draw = draws.filled(rule, draws.SPECS[rule].whens[-1], names, 5, 1)
    draw.columns[name][:] = [1, 2, amount, 4, amount]
    with pytest.raises(InputError) as refused:
        comparing.kernel_columns(draw)
    assert refused.value.row == 3
    assert refused.value.field == name


ONE_PAYMENT = [{"month": 201101, "amount_rupiah": 5}]
WRONG_FOURTH_ROW: list[tuple[str, dict[str, Any]]] = [
    ("benefit.jkp", {"wage_rupiah": 4_000_000, "months_already_paid_before_2025_02_07": [1, 0, 1, 2]}),
    ("benefit.jht.tax", {"payments": [ONE_PAYMENT] * 3 + [[*ONE_PAYMENT, {"month": 201012, "amount_rupiah": 5}]]}),
    (
        "benefit.jp.indexed_wages",
        {"years": [[{"year": y, "wage_rupiah": 5, "inflation_percent": 1}] for y in (2023, 2025, 2023, 2024)]},
    ),
    (
        "benefit.jkk.partial_disability",
        {"wage_rupiah": 1, "injuries": [[{"code": "thumb_right", "loss": loss}] for loss in (1, 1, 1, 2)]},
    ),
]


@pytest.mark.parametrize(("rule", "inputs"), WRONG_FOURTH_ROW)
def test_a_wrong_person_is_named_by_the_callers_row(rule: str, inputs: dict[str, Any]) -> None:
    days = [dt.date(2024, 1, 1), dt.date(2026, 1, 1), dt.date(2024, 6, 1), dt.date(2026, 1, 1)]  # two laws
    with pytest.raises(InputError) as refused:
        law.calculate_many(rule, date=days, **inputs)
    assert refused.value.row == 4


def test_a_rate_one_millionth_too_high_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    true_figure = Law.in_force

    def shifted(self: Law, id: str) -> InForce:
        found = true_figure(self, id)
        if id != "jkk.pu.rate" or self.day.year > 2019:  # later reliefs refuse a rate they cannot halve
            return found
        return found._replace(value=found.value + np.array([0, 0, 1, 0, 0]))

    monkeypatch.setattr(Law, "in_force", shifted)
    with pytest.raises(AssertionError, match=r"jkk_employer_rupiah: kernel \d+, oracle \d+.*medium"):
        check_with("contribution.pu", NO_SHRINK)
