"""One person gets the same rupiah alone, in a block of any size, in any order and beside people of other months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import comparing
import draws
import numpy as np
import pytest
from profiles import PROOF

from jamsostek import law
from jamsostek.core.errors import InputError

RULES = list(draws.SPECS)
BLOCKS = (8_191, 8_192, 8_193, 65_536)
LARGE = ("contribution.pu", "contribution.bpu")
ROWS = 20_000 if PROOF else 400
LARGE_ROWS = 10_000_000 if PROOF else 70_000
CHUNK = 500_000  # rows held at once
ROWS_ALONE = 100_000 if PROOF else 300
ROWS_BY_SEVEN = 700_000 if PROOF else 7_000


def population(rule: str, rows: int, seed: int) -> dict[str, Any]:
    """Inputs of `rows` people, each with a month or day of their own out of those where the law changes."""
    spec = draws.SPECS[rule]
    rng = np.random.default_rng(seed)
    names = draws.choices_of_inputs(rule)[0]
    whens = [spec.whens[i] for i in rng.permutation(len(spec.whens))[:12].tolist()]
    parts = [draws.filled(rule, when, names, rows // 12 + (i < rows % 12), seed + i) for i, when in enumerate(whens)]
    columns = {name: joined([draws.kernel_inputs(part)[name] for part in parts]) for name in names}
    columns[next(iter(draws.as_moment(rule, whens[0])))] = joined([[part.when] * part.rows for part in parts])
    return columns


def joined(columns: Iterable[Any]) -> Any:
    """Columns put one below the other."""
    parts = list(columns)
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return [value for part in parts for value in part]


def taken(columns: Mapping[str, Any], rows: np.ndarray) -> dict[str, Any]:
    """The rows asked for of every column."""
    return {
        name: values[rows] if isinstance(values, np.ndarray) else [values[row] for row in rows.tolist()]
        for name, values in columns.items()
    }


def rows_of(columns: Mapping[str, Any]) -> int:
    """How many people there are."""
    return len(next(iter(columns.values())))


def in_blocks(rule: str, people: Mapping[str, Any], size: int) -> dict[str, Any]:
    """The outputs, computed so many people at a time."""
    rows = np.arange(rows_of(people))
    parts = [law.calculate_many(rule, **taken(people, rows[at : at + size])) for at in range(0, len(rows), size)]
    return {name: joined([part[name] for part in parts]) for name in parts[0]}


def assert_equal(left: Mapping[str, Any], right: Mapping[str, Any], told: str) -> None:
    """Every output column is the same."""
    unlike = [name for name in left if not comparing.equal_columns(left[name], right[name])]
    assert left.keys() == right.keys() and not unlike, f"{told}: {unlike}"


def assert_blocks_change_nothing(rule: str, people: Mapping[str, Any], by_seven: int) -> None:
    """All at once, shuffled, and in blocks of every size; the first `by_seven` people in blocks of seven."""
    rows = rows_of(people)
    together = law.calculate_many(rule, **people)
    order = np.random.default_rng(rows).permutation(rows)
    assert_equal(taken(together, order), law.calculate_many(rule, **taken(people, order)), f"{rule} shuffled")
    for size in BLOCKS:
        assert_equal(together, in_blocks(rule, people, size), f"{rule} in blocks of {size}")
    some = np.arange(min(rows, by_seven))
    if len(some):
        assert_equal(taken(together, some), in_blocks(rule, taken(people, some), 7), f"{rule} in blocks of 7")


def person_of(rule: str, people: Mapping[str, Any], row: int) -> tuple[int | dt.date, dict[str, Any]]:
    """The month or day and the inputs of one person in words."""
    inputs = {name: values[row] for name, values in people.items()}
    when = inputs.pop("month", None) or inputs.pop("date")
    return when, {
        name: value if draws.is_ppm(rule, name) else draws.spoken(rule, name, getattr(value, "item", lambda v=value: v)())
        for name, value in inputs.items()
    }


def assert_alone_is_the_same(rule: str, people: Mapping[str, Any], rows: int) -> None:
    """The first people one by one, by the one-person call."""
    some = taken(people, np.arange(min(rows, rows_of(people))))
    together = {name: draws.plain_list(values) for name, values in law.calculate_many(rule, **some).items()}
    for row in range(rows_of(some)):
        when, person = person_of(rule, some, row)
        alone = comparing.single(rule, when, person)
        unlike = [name for name, values in together.items() if not comparing.same(values[row], alone.get(name))]
        assert not unlike, f"{rule} row {row + 1} alone: {unlike} {when} {person}"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in LARGE and rule != "benefit.jp.limits"])
def test_people_get_the_same_in_blocks_and_shuffled(rule: str) -> None:
    assert_blocks_change_nothing(rule, population(rule, ROWS, seed=1), by_seven=ROWS)


@pytest.mark.parametrize("rule", LARGE)
def test_a_nation_gets_the_same_in_blocks_and_shuffled(rule: str) -> None:
    left, seed = LARGE_ROWS, 0
    while left:
        rows = min(left, CHUNK)
        assert_blocks_change_nothing(rule, population(rule, rows, seed), by_seven=ROWS_BY_SEVEN if seed == 0 else 0)
        left, seed = left - rows, seed + 1


@pytest.mark.parametrize("rule", RULES)
def test_a_person_alone_gets_the_same(rule: str) -> None:
    people = population(rule, ROWS_ALONE if rule in LARGE else min(ROWS_ALONE, ROWS), seed=2)
    assert_alone_is_the_same(rule, people, rows_of(people))


@pytest.mark.parametrize("months", [203, 204, 215, 216])
def test_a_balance_past_the_limit_is_refused_alone_and_in_company(months: int) -> None:
    large = {"opening_rupiah": 10**11, "annual_rate": "0.2", "monthly_contribution_rupiah": 10**9}
    with pytest.raises(InputError):
        law.calculate("benefit.jht.balance", date="2024-01-01", months=months, **large)
    with pytest.raises(InputError) as refused:
        law.calculate_many(
            "benefit.jht.balance",
            date="2024-01-01",
            months=np.array([600, months]),
            opening_rupiah=np.array([5, 10**11]),
            monthly_contribution_rupiah=np.array([0, 10**9]),
            annual_rate=["0.01", "0.2"],
        )
    assert refused.value.row == 2
