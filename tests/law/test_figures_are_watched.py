"""No dated figure of the law can be wrong unseen: each is changed in turn, and the comparison with the oracle must tell.

A small run changes every number of a dated row at once; the proof changes them one by one. The change is an eighth, or the
opposite of a yes or no. Rows that cannot matter are named with their reason, so that a new one is a decision.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import comparing
import draws
import numpy as np
import pytest
from profiles import PROOF

from jamsostek import law
from jamsostek.law.figures import Parameter, Row
from jamsostek.law.parameters import InForce, Law

# A row is named by its parameter and its first day.
CANNOT_MATTER = {
    ("jkm.bpu_wait.funeral", "2015-07-01"): "nobody waited before 2025-02-24",
    ("scholarship.years_max", "2015-07-01"): "no yearly sum before 2019-12-02",
    ("scholarship.max_children", "2015-07-01"): "no yearly sum before 2019-12-02",
}
FIRST_ZEROS = (("jht.tax.final", "above_rupiah"), ("migrant.package", "months"))  # 1 instead of 0 changes no rupiah
NO_FIGURES = ("text", "list", "date")
ONLY_REFUSES = ("per_step",)  # a column that decides what is refused, never an amount


@dataclass(frozen=True)
class Planted:
    """One wrong figure: the row it stands in and, in the proof, which of its numbers."""

    id: str
    start: str
    place: Any = None


def changed(parameter: Parameter, value: Any, place: Any) -> Any:
    """The value with the number at `place` (all numbers when None) wrong."""
    if parameter.unit == "table":
        columns = {
            name: wrong(value[name], unit, inside(place, name))
            for name, unit in parameter.columns.items()
            if unit != "text" and name not in ONLY_REFUSES
        }
        return MappingProxyType({**value, **columns})
    if isinstance(value, np.ndarray):
        return wrong(value, parameter.unit, place)
    return int(wrong(np.array([value]), parameter.unit, None)[0])


def inside(place: Any, column: str) -> Any:
    """The line of a table's column that is to be wrong: None for all of them, -1 for none."""
    if place is None:
        return None
    return place[1] if place[0] == column else -1


def wrong(values: np.ndarray, unit: str, place: int | None) -> np.ndarray:
    """An eighth more and one; the opposite of a flag."""
    other = 1 - values if unit == "flag" else values + values // 8 + 1
    chosen = np.ones(len(values), bool) if place is None else np.arange(len(values)) == place
    return np.where(chosen, other, values)


@contextmanager
def planted(monkeypatch: pytest.MonkeyPatch, fault: Planted) -> Iterator[None]:
    """The law with one figure wrong; what was computed from it before is forgotten, before and after."""
    true_figure, true_series = Law.in_force, Law.series

    def in_force(self: Law, id: str) -> InForce:
        found = true_figure(self, id)
        if id != fault.id or first_day(found.row) != fault.start:
            return found
        return found._replace(value=changed(found.parameter, found.value, fault.place))

    def series(self: Law, id: str) -> Any:
        rows = true_series(self, id)
        if id != fault.id:
            return rows
        parameter = law.load().by_id[id]
        starts = [first_day(row) for row in parameter.rows if not row.temporary]
        return tuple(
            (first, last, changed(parameter, value, fault.place)) if start == fault.start else (first, last, value)
            for start, (first, last, value) in zip(starts, rows, strict=True)
        )

    with monkeypatch.context() as patch:
        patch.setattr(Law, "in_force", in_force)
        patch.setattr(Law, "series", series)
        forget()
        yield
    forget()


def forget() -> None:
    """Clears what the law's modules have computed and kept; the parsed files stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("jamsostek.law"):
            for kept in list(vars(module).values()):
                if hasattr(kept, "cache_clear") and kept.__name__ not in ("load", "programmes", "_boundaries"):
                    kept.cache_clear()


def first_day(row: Row | None) -> str:
    """How a row is named."""
    return "otherwise" if row is None else str(row.start)


@cache
def readers() -> dict[tuple[str, str], list[tuple[str, Any]]]:
    """For every dated row (parameter, first day) the rules that read it and when."""
    found: dict[tuple[str, str], dict[tuple[str, Any], None]] = {}
    current: list[tuple[str, Any]] = []
    true_figure, true_series = Law.in_force, Law.series

    def in_force(self: Law, id: str) -> InForce:
        seen = true_figure(self, id)
        found.setdefault((id, first_day(seen.row)), {})[current[-1]] = None
        return seen

    def series(self: Law, id: str) -> Any:
        for row in law.load().by_id[id].rows:
            found.setdefault((id, first_day(row)), {})[current[-1]] = None
        return true_series(self, id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Law, "in_force", in_force)
        patch.setattr(Law, "series", series)
        for rule, spec in draws.SPECS.items():
            for when in spec.whens:
                current.append((rule, when))
                forget()
                for draw in draws.borders(rule, when, 0):
                    comparing.kernel_columns(draw)
    return {row: list(read) for row, read in found.items()}


def places(parameter: Parameter, row: Row) -> list[Any]:
    """Where a row's numbers stand."""
    if parameter.unit == "table":
        lines = range(len(row.value))
        columns = [name for name, unit in parameter.columns.items() if unit != "text" and name not in ONLY_REFUSES]
        return [(name, line) for name in columns for line in lines]
    return list(range(len(parameter.keys))) if parameter.keys else [None]


def has_no_effect(parameter: Parameter, row: Row, place: Any) -> bool:
    """Whether one number of a table means nothing: the end of the last step, a side of what has none, a first zero."""
    if not isinstance(place, tuple):
        return False
    column, line = place
    if column == "up_to_months":
        return bool(line == len(row.value) - 1)
    if column == "swaps_sides":
        return not any(side in row.value[line]["code"] for side in ("_right", "_left"))
    if column == "minimum_permille" and row.value[line]["per_step"]:
        return True  # one step is worth more than any such minimum
    return line == 0 and row.value[line][column] == 0 and (parameter.id, column) in FIRST_ZEROS


def all_faults() -> list[Planted]:
    """Every dated row of every figure, or in the proof every number of it."""
    parameters = [p for p in law.load().by_id.values() if p.unit not in NO_FIGURES]
    rows = [
        (p, row)
        for p in parameters
        for row in p.rows
        if all(law.load().readings[name].default == option for name, option in row.reading.items())
    ]
    return [
        Planted(p.id, first_day(row), place)
        for p, row in rows
        if (p.id, first_day(row)) not in CANNOT_MATTER
        for place in (places(p, row) if PROOF else [None])
        if not has_no_effect(p, row, place)
    ]


def is_seen(fault: Planted) -> bool:
    """Whether the comparison of some rule that reads the figure now tells a difference, or the law refuses it."""
    for rule, when in readers()[fault.id, fault.start]:
        for draw in draws.borders(rule, when, 0):
            try:
                if comparing.differences(draw):
                    return True
            except ValueError:  # refused by the law itself: a relief that is not whole, a day that does not exist
                return True
    return False


def test_every_figure_a_rule_reads_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = []
    for fault in all_faults():
        if (fault.id, fault.start) in readers():
            with planted(monkeypatch, fault):
                if not is_seen(fault):
                    unseen.append(fault)
    assert unseen == []


@pytest.mark.parametrize("row", CANNOT_MATTER)
def test_a_figure_that_cannot_matter_is_read_and_its_change_not_seen(
    row: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert row in readers()
    fault = Planted(*row)
    with planted(monkeypatch, fault):
        assert not is_seen(fault)


def test_many_figures_are_read() -> None:
    assert len([row for row in readers() if row[1] != "otherwise"]) > 100
