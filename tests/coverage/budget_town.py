"""A town of which everything is known: a budget that pays from March to December, and firms whose people come and go."""

from __future__ import annotations

from pathlib import Path

from jamsostek.coverage.cube.schema import OPEN, PAYERS, SEGMENTS, at
from jamsostek.coverage.cube.store import Snapshot
from tests.coverage import invented_people as people_of
from tests.coverage.invented_people import Person, Tie

TOWN, HAMLET = 3273, 9501
PAID, WORKING, SELDOM = 400, 1_200, 60
"""People the budget pays for, people of firms, and the few of the hamlet."""
SINCE = at(202001)


def photographed(home: Path) -> Snapshot:
    """A snapshot of the town and the hamlet, of June 2026."""
    return people_of.photographed(home, [*_paid(), *_working(), *_few()])


def _tie(first: int, last: int, segment: str, payer: str) -> Tie:
    return Tie(first, last, True, SEGMENTS.index(segment), 3, PAYERS.index(payer), 1, 0)


def _person(number: int, regency: int, ties: tuple[Tie, ...]) -> Person:
    return Person(number, ties[0].first, OPEN, number % 2, 1_000, 0, regency, 0, ties)


def _paid() -> list[Person]:
    """All of them lapse every January and are paid for again from March."""
    spells = [(at(year * 100 + 3), at(year * 100 + 12) if year < 2026 else OPEN) for year in range(2020, 2027)]
    ties = tuple(_tie(first, last, "bpu_sponsored", "regional_government") for first, last in spells)
    return [_person(1 + one, TOWN, ties) for one in range(PAID)]


def _working() -> list[Person]:
    """Twenty a month for five years; every tenth leaves after a year and is back five months later."""
    found = []
    for one in range(WORKING):
        first = SINCE + one // 20
        work = (_tie(first, OPEN, "pu", "employer"),)
        if one % 10 == 0:
            work = (_tie(first, first + 11, "pu", "employer"), _tie(first + 17, OPEN, "pu", "employer"))
        found.append(_person(1_000 + one, TOWN, work))
    return found


def _few() -> list[Person]:
    return [_person(5_000 + one, HAMLET, (_tie(SINCE, OPEN, "pu", "employer"),)) for one in range(SELDOM)]
