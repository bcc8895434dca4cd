"""How much each figure matters: one at a time a step down and a step up, and what becomes of the funds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.legal import T
from jamsostek.fund.projection.pension import Pension
from jamsostek.fund.projection.people import People
from jamsostek.fund.projection.rates import Rates, rates
from jamsostek.fund.projection.supposing import FIRST, Assumption, Floats, Supposed, base
from jamsostek.fund.projection.whole import AHEAD, Whole, project

LOOKED_AT = 2050
"""The year in which the assets of every fund are compared."""
NOT_JP = ("jht", "jkk", "jkm", "jkp", "law")
"""Groups of figures that JP does not read, so that it is not gone through again."""


@dataclass(frozen=True)
class Outcome:
    """What is compared: JP's year of exhaustion to a fraction (none: beyond 2100), premium and balance, the assets of 2050."""

    exhausted: float | None
    premium: float
    balance: float
    assets: dict[str, float]


@dataclass(frozen=True)
class Changed:
    """An assumption a step down and a step up; None where its bounds end."""

    id: str
    low: tuple[float, Outcome] | None
    high: tuple[float, Outcome] | None


def outcome(whole: Whole) -> Outcome:
    """Of a run."""
    assets = {p: float(fund.assets[LOOKED_AT - FIRST]) for p, fund in whole.funds.items()}
    return Outcome(crossing(whole.funds["jp"].assets), whole.measures.average_premium, whole.measures.balance, assets)


def crossing(assets: Floats) -> float | None:
    """The moment assets are gone, in years with a fraction: between two year-ends by a line."""
    gone = np.flatnonzero(assets[AHEAD:] < 0)
    if not len(gone):
        return None
    at = AHEAD + int(gone[0])
    before, after = float(assets[at - 1]), float(assets[at])
    return float(FIRST + at + before / (before - after))


def sensitivity(whole: Whole, tell: Callable[[int, int], None] | None = None) -> list[Changed]:
    """Every figure that the deterministic run reads; `tell` hears how many are done of how many, and may raise."""
    said = whole.supposed
    found = []
    ids = [one for one in base().values() if one.group != "chance"]
    heads = (rates(said), whole.people)
    for number, one in enumerate(ids, start=1):
        keep = None if one.group == "people" else heads
        old = whole.pension if one.group in NOT_JP else None
        found.append(Changed(one.id, _moved(said, one, -1, keep, old), _moved(said, one, 1, keep, old)))
        if tell:
            tell(number, len(ids))
    return found


def _moved(
    said: Supposed, one: Assumption, way: int, heads: tuple[Rates, People] | None, old: Pension | None
) -> tuple[float, Outcome] | None:
    value = round(said.in_unit(one.id) + way * one.step, 9)
    if not one.least <= value <= one.most:
        return None
    run = project(Supposed({**said.changed, one.id: value}), heads=heads, old=old)
    return value, outcome(run)


assert FIRST + T - 1 >= LOOKED_AT
