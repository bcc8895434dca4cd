"""A region's last months as the night counted them, exact, for who works for it: active members, who came and went, who pays.

And the straight paths of its goals of coverage, in people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from jamsostek.access.roles import Can
from jamsostek.core.months import add_months
from jamsostek.core.regions import PROVINCES
from jamsostek.coverage import cube
from jamsostek.outreach.goals import WHOLE, GoalState, Measured, last_month_of, on_path
from jamsostek.outreach.models import RegionGoal
from jamsostek.outreach.queries.goals import here
from jamsostek.outreach.strategy import need_there

MONTHS, AHEAD = 24, 12
"""Months told, and how much further a path is drawn."""
_MEASURES = ("active", "joined", "returned", "lapsed")


@dataclass(frozen=True)
class Flow:
    """People of a month (YYYYMM)."""

    month: int
    active: int
    joined: int
    returned: int
    lapsed: int


@dataclass(frozen=True)
class Path:
    """A confirmed goal of coverage: people that its straight path asks for, by month."""

    goal: RegionGoal
    people: Mapping[int, int]


@dataclass(frozen=True)
class Course:
    """The months up to one, oldest first; active people of the last by who pays, some of whom have two; the day of the count."""

    as_of: dt.date
    flows: Sequence[Flow]
    payers: Mapping[str, int]
    paths: Sequence[Path]


def course(region: int, month: int) -> Course | None:
    """Up to a month, or the last one counted; None where no night was counted, or nobody is known there. Raises `Refused`."""
    need_there(Can.SEE_MOVEMENT, region)
    found = cube.latest()
    if found is None or month < found.first_month:
        return None
    last = min(month, found.last_month)
    first = max(found.first_month, add_months(last, 1 - MONTHS))
    flows, payers = _counted(str(found.folder), region, first, last)
    if not any(one.active or one.lapsed for one in flows):
        return None
    rows = here(region).filter(state=GoalState.CONFIRMED, kind="coverage", start_month__lte=month)
    return Course(found.as_of, flows, payers, [_path(one, first, last) for one in rows])


@lru_cache(maxsize=64)
def _counted(_folder: str, region: int, first: int, last: int) -> tuple[list[Flow], dict[str, int]]:
    """Kept while the snapshot is the newest."""
    months = [first]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    where = {"province" if region in PROVINCES else "regency": (region,)}
    lines = {one["month"]: one for one in cube.ask(cube.Question(tuple(months), _MEASURES, ("month",), where)).dicts()}
    flows = [Flow(month, *(int(lines[month][name]) if month in lines else 0 for name in _MEASURES)) for month in months]
    paid = cube.ask(cube.Question((last,), ("active",), ("payer",), where)).dicts()
    return flows, {one["payer"]: int(one["active"]) for one in paid if one["active"]}


def _path(goal: RegionGoal, first: int, last: int) -> Path:
    start = Measured(goal.start_month or 0, goal.start_persons or 0, goal.start_base)
    month, people = max(start.month, first), {}
    while month <= min(add_months(last, AHEAD), last_month_of(goal.year)):
        people[month] = ceil(on_path(start, goal.target, goal.year, month) * (goal.start_base or 0) / WHOLE)
        month = add_months(month, 1)
    return Path(goal, people)
