"""Who joins, lapses and returns in this registry, by segment and by payer, in any place: from the night's protected cells.

    joining    became active for the first time, over the active of the month before
    lapsing    stopped or died, over the active of the month before; January apart, when budgets paid for a year end
    returning  came back, over those who had lapsed the month before and were last covered so

Somebody with two payers counts with both. Who changes from one to the other without a gap neither lapses nor joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jamsostek.core.months import add_months, span
from jamsostek.coverage import cube, protected
from jamsostek.coverage.cube.lattice import RECENT
from jamsostek.coverage.flow_rates import Floats, Rate, filled, rate
from jamsostek.coverage.flows import Flows
from jamsostek.coverage.starts import LEAST_MEMBERS

DIMENSIONS = ("segment", "payer")
WHOLE = "all"
STOCKS, MOVES = ("active", "ever"), ("joined", "returned", "lapsed", "died")
JANUARY = 1


@dataclass(frozen=True)
class Series:
    """Months YYYYMM in a row; stocks at their ends (under ten taken for none), flows within them (None: under ten)."""

    months: tuple[int, ...]
    stocks: dict[str, Floats]
    flows: dict[str, tuple[float | None, ...]]

    @property
    def lapsed_before(self) -> Floats:
        """Those who could return, a month before each month but the first."""
        return np.maximum(self.stocks["ever"] - self.stocks["active"], 0)[:-1]


@dataclass(frozen=True)
class Group:
    """A segment, a payer, or all: its rates a month. `lapsing` is of months other than January."""

    key: str
    active: int
    joining: Rate | None
    lapsing: Rate | None
    january: Rate | None
    returning: Rate | None


def months_told() -> tuple[int, ...]:
    """The months that the night's cells hold one by one; none without a snapshot."""
    found = cube.latest()
    if found is None:
        return ()
    return tuple(span(max(found.first_month, add_months(found.last_month, 1 - RECENT)), found.last_month))


def series(region: int, dimension: str | None = None) -> dict[str, Series]:
    """Stocks and flows of a place, month by month: of all, or by the values of a dimension."""
    months = months_told()
    by = ("month", dimension) if dimension else ("month",)
    lines = protected.told(months, (*STOCKS, *MOVES), by, **protected.at(region)) if months else []
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(line[dimension] if dimension else WHOLE, {})[line["month"]] = line
    return {key: _series(months, told) for key, told in found.items() if key != "none"}


def _series(months: tuple[int, ...], told: dict[int, dict[str, Any]]) -> Series:
    def column(name: str) -> list[float | None]:
        return [told.get(month, {}).get(name) for month in months]

    stocks = {name: np.array([one or 0.0 for one in column(name)]) for name in STOCKS}
    return Series(months, stocks, {name: tuple(column(name)) for name in MOVES})


def groups(region: int, dimension: str | None = None) -> list[Group]:
    """The rates of a place, the largest group first; groups with too few people are left out."""
    known = series(region, dimension)
    months = months_told()[1:]
    sums = {kind: _sums(region, dimension, some) for kind, some in _kinds(months).items()}
    enough = [key for key, one in known.items() if one.stocks["active"].mean() >= LEAST_MEMBERS]
    found = [_group(key, known[key], {kind: told.get(key, {}) for kind, told in sums.items()}) for key in enough]
    return sorted(found, key=lambda one: -one.active)


def _kinds(months: Sequence[int]) -> dict[str, tuple[int, ...]]:
    return {
        "all": tuple(months),
        "january": tuple(one for one in months if one % 100 == JANUARY),
        "others": tuple(one for one in months if one % 100 != JANUARY),
    }


def _sums(region: int, dimension: str | None, months: tuple[int, ...]) -> dict[str, dict[str, Any]]:
    """Flows of several months in one count, so that what is too few in each is told of all together."""
    if not months:
        return {}
    lines = protected.told(months, MOVES, (dimension,) if dimension else (), **protected.at(region))
    return {line[dimension] if dimension else WHOLE: line for line in lines}


def _group(key: str, one: Series, sums: dict[str, dict[str, Any]]) -> Group:
    months = one.months[1:]
    january = np.array([month % 100 == JANUARY for month in months])
    active = one.stocks["active"][:-1]

    def told(names: tuple[str, ...], kind: str, chosen: Any, could: Floats) -> Rate | None:
        counts = [sums[kind].get(name) for name in names]
        events = None if all(count is None for count in counts) else sum(count or 0 for count in counts)
        by_month = [_added([one.flows[name][at + 1] for name in names]) for at in np.flatnonzero(chosen)]
        return rate(events, by_month, could[chosen])

    always = np.ones(len(months), dtype=bool)
    return Group(
        key, int(one.stocks["active"][-1]),
        joining=told(("joined",), "all", always, active),
        lapsing=told(("lapsed", "died"), "others", ~january, active),
        january=told(("lapsed", "died"), "january", january, active),
        returning=told(("returned",), "all", always, one.lapsed_before),
    )  # fmt: skip


def as_flows(region: int, dimension: str | None = None) -> dict[str, Flows]:
    """Stocks and flows as a projection takes them, of groups with enough people."""
    sums = _sums(region, dimension, months_told()[1:])

    def made(key: str, one: Series) -> Flows:
        joined, returned = (
            np.concatenate([[0.0], filled(sums.get(key, {}).get(name) or 0, one.flows[name][1:])])
            for name in ("joined", "returned")
        )
        return Flows(one.months, one.stocks["active"], one.stocks["ever"], joined, returned)

    known = series(region, dimension)
    return {key: made(key, one) for key, one in known.items() if one.stocks["active"].mean() >= LEAST_MEMBERS}


def _added(counts: Sequence[float | None]) -> float | None:
    return None if all(one is None for one in counts) else sum(one or 0.0 for one in counts)


def steepest(found: Sequence[Group]) -> Group | None:
    """The group whose January stands out most; None where none lapses faster in January, beyond the intervals."""

    def above(one: Group) -> float:
        known = one.january and one.lapsing and one.january.middle is not None
        return one.january.low - one.lapsing.high if known and one.january and one.lapsing else 0.0

    return max((one for one in found if above(one) > 0), key=above, default=None)
