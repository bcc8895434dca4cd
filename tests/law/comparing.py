"""Kernel against oracle, row by row and output by output, with a count of the rows compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import draws
import numpy as np
import oracle

from jamsostek import law

ROWS_COMPARED: Counter[str] = Counter()
SHOWN = 3


def kernel_columns(draw: draws.Draw) -> dict[str, list[Any]]:
    """What the population call of a rule gives, each output as a list of Python values."""
    when = draws.as_moment(draw.rule, draw.when)
    if not draw.columns:
        when = {name: [value] * draw.rows for name, value in when.items()}
    outputs = law.calculate_many(draw.rule, **when, **draws.kernel_inputs(draw))
    return {name: draws.plain_list(values) for name, values in outputs.items()}


def same(got: Any, expected: Any) -> bool:
    """Equal, and of a kind: True is not 1, and a figure that is not given is None or -1 in an array of counts."""
    if expected is None:
        return got is None or (got == -1 and not isinstance(got, bool))
    if isinstance(expected, bool) or isinstance(got, bool):
        return got is expected
    return bool(got == expected)


def differences(draw: draws.Draw) -> list[str]:
    """One line for each output of each row on which kernel and oracle disagree."""
    got = kernel_columns(draw)
    found = []
    for row, person in enumerate(draws.persons(draw)):
        expected = oracle.RULES[draw.rule](draw.when, **person)
        found += [
            f"{draw.rule} {draw.when} row {row + 1} {name}: kernel {values[row]}, oracle {expected.get(name)}, {person}"
            for name, values in got.items()
            if not same(values[row], expected.get(name))
        ]
        found += [f"{draw.rule} gives no {name}" for name in expected.keys() - got.keys()]
    ROWS_COMPARED[draw.rule] += draw.rows
    return found


def assert_same(draw: draws.Draw) -> None:
    """Fails with the first differences."""
    found = differences(draw)
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


def single_inputs(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person as `law.calculate` takes one: exact shares as decimals, what is not given left out."""
    return {
        name: Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
        for name, value in person.items()
        if value is not None
    }


def single(rule: str, when: int | dt.date, person: Mapping[str, Any]) -> dict[str, Any]:
    """What the one-person call gives."""
    return law.calculate(rule, **draws.as_moment(rule, when), **single_inputs(person))


def equal_columns(left: Any, right: Any) -> bool:
    """Whether two output columns are the same, rows in the same order."""
    if isinstance(left, np.ndarray):
        return bool(left.dtype == right.dtype and np.array_equal(left, right, equal_nan=left.dtype.kind == "M"))
    return bool(left == right)
