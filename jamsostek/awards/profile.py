"""How somebody does in a contest: each criterion beside the middle and the best, strong and weak, the cheapest ways up. Pure.

Of whoever competed, on all criteria; of a region that was measured and did not compete, on what was measured alone. The
middle, the best and the rank of a firm or a village are among those that compete; where fewer than `LEAST_FIRMS` firms do, the
middle and the best are left out, for they would tell what a single other firm does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jamsostek.awards.edition import Edition
from jamsostek.awards.outcome import field_in, measured_in, measured_of, yardstick
from jamsostek.awards.scoring import MISSING, Field, Scored, StepsUp, screen, steps_up

SHOWN = 3
"""Strengths and weaknesses told."""
LEAST_FIRMS = 5
"""So many firms compete before one reads the middle and the best of them."""


@dataclass(frozen=True)
class Measure:
    """A criterion of a profile; figures in ppm, None where it cannot be computed. `rank` of `count` on this criterion alone."""

    criterion: str
    weight: int
    value: int | None
    median: int | None
    best: int | None
    rank: int | None
    count: int
    normal: int | None
    """Made comparable, 0 to a million."""
    above: int
    """Weight times what it lies above the middle, made comparable; below zero where it lies beneath."""


@dataclass(frozen=True)
class Profile:
    """Somebody in a contest. `competed`: with marks of juries; else measured alone."""

    name: str
    competed: bool
    rank: int
    count: int
    score: int
    measures: tuple[Measure, ...]
    strengths: tuple[Measure, ...]
    weaknesses: tuple[Measure, ...]
    ways: StepsUp
    few: bool = False
    """Too few firms compete to tell the middle and the best."""


def of_entry(edition: Edition, said: Mapping[str, Any], entry: str) -> Profile | None:
    """Of an entry; None where it is not in the result."""
    row = next((one for one in said["rows"] if one["entry"] == entry), None)
    return None if row is None else _profile(edition, said, field_in(said), entry, row, competed=True)


def of_region(edition: Edition, said: Mapping[str, Any], code: int) -> Profile | None:
    """Of a region: as it competed, or else as it was measured; None where it is in neither."""
    row = next((one for one in said["rows"] if one["code"] == str(code)), None)
    if row is not None:
        return of_entry(edition, said, row["entry"])
    field = measured_in(said)
    row = next((one for one in said.get("measured", ()) if one["code"] == str(code)), None)
    if row is None or field is None or not field.criteria:
        return None
    return _profile(edition, said, field, str(code), row, competed=False)


def _profile(
    edition: Edition, said: Mapping[str, Any], field: Field, key: str, row: Mapping[str, Any], *, competed: bool
) -> Profile:
    category = edition.category(said["category"])
    done = screen(category, field)
    at = field.keys.index(key)
    everyone = measured_in(said)
    few = row.get("subject") == "employer" and len(field) < LEAST_FIRMS
    measures = tuple(_measure(done, field, everyone, said, place, at, row) for place in range(len(done.criteria)))
    measures = tuple(replace(one, median=None, best=None) for one in measures) if few else measures
    ordered = sorted((one for one in measures if one.normal is not None), key=lambda one: (-one.above, one.criterion))
    improvements = {name: one.improvement for name, one in edition.criteria.items()}
    return Profile(
        row["name"], competed, int(done.ranks[at]), len(field), int(done.scores[at]), measures,
        tuple(one for one in ordered if one.above > 0)[:SHOWN], tuple(one for one in reversed(ordered) if one.above < 0)[:SHOWN],
        steps_up(category, field, key, measured_of(row), improvements), few,
    )  # fmt: skip


def _measure(
    done: Scored, field: Field, everyone: Field | None, said: Mapping[str, Any], place: int, at: int, row: Mapping[str, Any]
) -> Measure:
    """One criterion: its rank among all that were measured where that is told, else among those who competed."""
    name = done.criteria[place]
    wide = everyone if everyone is not None and name in everyone.criteria and str(row["code"]) in everyone.keys else field
    mine = wide.keys.index(str(row["code"])) if wide is everyone else at
    stick = (said["yardstick"].get(name) if everyone is not None else None) or yardstick(field)[name]
    turned, known = wide.column(name)
    rank = int((turned[known] > turned[mine]).sum()) + 1 if known[mine] else None
    normal = int(done.normal[at, place])
    column = done.normal[:, place]
    there = np.sort(column[column != MISSING])
    middle = int(there[(there.size - 1) // 2]) if there.size else 0
    known_normal = None if normal == MISSING else normal
    above = 0 if known_normal is None else int(done.weights[place]) * (known_normal - middle)
    value = int(field.values[at, field.places[name]])
    return Measure(
        name,
        int(done.weights[place]),
        None if value == MISSING else value,
        stick["median"],
        stick["best"],
        rank,
        int(known.sum()),
        known_normal,
        above,
    )


def in_results(said: Sequence[Mapping[str, Any]], code: int) -> list[Mapping[str, Any]]:
    """The results that tell of a region."""
    wanted = str(code)
    return [
        one for one in said
        if any(row["code"] == wanted for row in one["rows"]) or any(row["code"] == wanted for row in one.get("measured", ()))
    ]  # fmt: skip
