"""People drawn for every rule: ordinary ones, and always those that stand on a border of the law.

A `Draw` is one rule at one month or day with one column per input. Columns are filled from a seed that Hypothesis draws
(fast, and the seed shrinks), while the number of rows, the month or day and up to three rows are drawn by Hypothesis
itself. About half the values of a column come from its `edges`: every ceiling, band, slice, half rupiah, age and limit
(see specs.py). `borders(rule, when)` is the same with every edge of every column present at least once.

Inputs have the form of the vocabulary except that a share is held as whole parts per million (`ppm`). `kernel_inputs`
and `persons` put it as the kernels and the oracle take it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from columns import EPOCH, FLAG, NO_DATE, NONE, PPM, Choice, Column, Days, When, Whole
from hypothesis import strategies as st
from specs import SPECS

BORDER_ROWS = 60


@dataclass(frozen=True)
class Draw:
    """Some rows of one rule at one month or day."""

    rule: str
    when: When
    rows: int
    columns: Mapping[str, Column]

    def __repr__(self) -> str:
        """Short: the first rows only."""
        shown = {name: plain_list(values[:5]) for name, values in self.columns.items()}
        return f"Draw({self.rule} {self.when}, {self.rows} rows, the first {shown})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What Hypothesis prints of a failing example."""
        printer.text(repr(self))


def column_of(rule: str, name: str) -> Any:
    """The kind of an input of a rule."""
    spec = SPECS[rule]
    for group in (spec.columns, spec.optional, *spec.one_of):
        if name in group:
            return group[name]
    raise KeyError(name)


def filled(rule: str, when: When, names: Iterable[str], rows: int, seed: int) -> Draw:
    """A draw of so many rows, every column filled from the seed."""
    rng = np.random.default_rng(seed)
    columns = {name: column_of(rule, name).fill(rng, rows, when) for name in names}
    return Draw(rule, when, rows, SPECS[rule].mend(columns))


def with_rows(draw: Draw, explicit: Sequence[Mapping[str, Any]]) -> Draw:
    """The draw with these rows put first."""
    columns = {}
    for name, values in draw.columns.items():
        first = [row[name] for row in explicit]
        columns[name] = first + values if isinstance(values, list) else np.concatenate([np.array(first, np.int64), values])
    return Draw(draw.rule, draw.when, draw.rows + len(explicit), SPECS[draw.rule].mend(columns))


@st.composite
def draws(draw: Callable[..., Any], rule: str, max_rows: int = 1_000) -> Draw:
    """One draw of a rule: 1 to `max_rows` rows at one month or day."""
    spec = SPECS[rule]
    when = draw(spec.when())
    names = [*spec.columns, *draw(st.sampled_from(spec.one_of))]
    names += [name for name in spec.optional if draw(st.booleans())]
    if not names:
        return Draw(rule, when, 1, {})
    one_row = st.fixed_dictionaries({name: column_of(rule, name).one(when) for name in names})
    explicit = draw(st.lists(one_row, min_size=0, max_size=min(3, max_rows)))
    rows = draw(st.integers(0 if explicit else 1, max_rows - len(explicit)))
    return with_rows(filled(rule, when, names, rows, draw(st.integers(0, 2**32))), explicit)


def choices_of_inputs(rule: str) -> list[list[str]]:
    """Every either-or of a rule with all optional inputs, and once with none of them."""
    spec = SPECS[rule]
    full = [[*spec.columns, *group, *spec.optional] for group in spec.one_of]
    return [*full, [*spec.columns, *spec.one_of[0]]]


def borders(rule: str, when: When, seed: int) -> Iterator[Draw]:
    """Draws in which every edge of every column stands at least once, beside edges of the others."""
    rng = np.random.default_rng([seed, when if isinstance(when, int) else when.toordinal()])
    for names in choices_of_inputs(rule):
        pools = {name: column_of(rule, name).pool(when) for name in names}
        rows = max(BORDER_ROWS, *(len(pool) for pool in pools.values())) if pools else 1
        columns = {}
        for name, pool in pools.items():
            places = np.concatenate([rng.permutation(len(pool)) for _ in range(-(-rows // len(pool)))])[:rows]
            columns[name] = pool[places] if isinstance(pool, np.ndarray) else [pool[i] for i in places.tolist()]
        yield Draw(rule, when, rows, SPECS[rule].mend(columns))


# ---- the two forms of a draw


def as_moment(rule: str, when: When) -> dict[str, Any]:
    """The month or date argument of the public functions."""
    return {"month": when} if isinstance(when, int) else {"date": when}


def kernel_inputs(draw: Draw) -> dict[str, Any]:
    """The columns as `law.calculate_many` takes them: shares as decimals, all else as drawn."""
    return {
        name: [None if v == NONE else Decimal(v) / PPM for v in values.tolist()] if is_ppm(draw.rule, name) else values
        for name, values in draw.columns.items()
    }


def is_ppm(rule: str, name: str) -> bool:
    """Whether a column holds shares."""
    column = column_of(rule, name)
    return isinstance(column, Whole) and column.ppm


def persons(draw: Draw) -> Iterator[dict[str, Any]]:
    """Each row as the oracle takes it: names, flags, dates and exact shares instead of codes."""
    lists = [[spoken(draw.rule, name, v) for v in plain_list(values)] for name, values in draw.columns.items()]
    for row in range(draw.rows):
        yield {name: values[row] for name, values in zip(draw.columns, lists, strict=True)}


def plain_list(values: Column) -> list[Any]:
    """A column as a list of Python values."""
    return values.tolist() if isinstance(values, np.ndarray) else values


def spoken(rule: str, name: str, value: Any) -> Any:
    """One value in the oracle's words."""
    column = column_of(rule, name)
    if column is FLAG:
        return bool(value)
    if isinstance(column, Choice):
        return column.options[value]
    if isinstance(column, Days):
        return None if value == NO_DATE else EPOCH + dt.timedelta(days=value)
    if is_ppm(rule, name):
        return None if value == NONE else Fraction(value, PPM)
    return value
