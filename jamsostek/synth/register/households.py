"""Households as integer arrays: heads, spouses, children (some of them twins), parents and siblings, with their mothers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.names import FEMALE, MALE
from jamsostek.synth.register import assumptions as assumed

HEAD, SPOUSE, PARENT, SIBLING, CHILD = range(5)
NOBODY = -1
_YEAR = 365.2425


@dataclass(frozen=True)
class Population:
    """Everybody, household after household, the head first; a person is a place in these arrays."""

    household: Int64Array
    role: Int64Array
    sex: Int64Array
    birth_day: Int64Array
    """The true one, days since 1970."""
    start: Int64Array
    """The head of each household."""
    mother: Int64Array
    """The mother among the people; `NOBODY` where she lives elsewhere or is dead."""
    leader: Int64Array
    """Whose mother this one's is where she is nobody here: the first of the siblings."""
    is_married: Bools
    """Heads and spouses who live together."""

    def __len__(self) -> int:
        return len(self.household)

    @property
    def age(self) -> Int64Array:
        """Whole years on the day of the lists."""
        return age_of(self.birth_day)

    def members_of(self, people: Int64Array) -> tuple[Int64Array, Int64Array]:
        """Everybody who lives with each of `people`, themselves too: places in `people`, and persons."""
        ends = np.append(self.start, len(self))
        first = ends[self.household[people]]
        count = ends[self.household[people] + 1] - first
        whose = np.repeat(np.arange(len(people)), count)
        return whose, first[whose] + np.arange(len(whose)) - np.repeat(np.cumsum(count) - count, count)


def age_of(birth_day: Int64Array) -> Int64Array:
    """Whole years on the day of the lists, a day more or less."""
    return np.asarray((assumed.AS_OF_DAY - birth_day) * 10_000 // 3_652_425)


class _Block(NamedTuple):
    household: Int64Array
    role: Int64Array
    sex: Int64Array
    birth_day: Int64Array


class _Heads(NamedTuple):
    sex: Int64Array
    birth_day: Int64Array
    has_spouse: Bools
    spouse_birth: Int64Array

    @property
    def mother_birth(self) -> Int64Array:
        """Birth day of the mother of the children: the head, the wife, or a wife who is no longer there."""
        return np.where(self.sex == FEMALE, self.birth_day, self.spouse_birth)


def make_population(draw: Draw, households: int) -> Population:
    """`households` households of the day of the lists."""
    heads = _heads(draw, households)
    blocks = [
        _block(np.ones(households, dtype=np.bool_), HEAD, heads.sex, heads.birth_day),
        _block(heads.has_spouse, SPOUSE, 1 - heads.sex, heads.spouse_birth),
        _parents(draw, heads),
        _siblings(draw, heads),
        *_children(draw, heads),
    ]
    household, role, sex, birth = (np.concatenate(column) for column in zip(*blocks, strict=True))
    order = np.argsort(household * 8 + role, kind="stable")
    return _with_mothers(household[order], role[order], sex[order], birth[order])


def _block(wanted: Bools, role: int, sex: Int64Array, birth_day: Int64Array) -> _Block:
    """Those of one role, in the households that have one; nobody of them is too old or not yet born."""
    alive = (birth_day < assumed.AS_OF_DAY) & (age_of(birth_day) <= assumed.OLDEST_YEARS)
    household = np.flatnonzero(wanted & alive)
    return _Block(household, np.full(len(household), role), sex[household], birth_day[household])


def _years(draw: Draw, years: Int64Array) -> Int64Array:
    """Days of so many years, and some of the next."""
    return (years * _YEAR).astype(np.int64) + draw.whole(len(years), 0, 364)


def by_age(age: Int64Array, bands: Iterable[tuple[int, int]]) -> Int64Array:
    """The value of the first band whose age is reached."""
    bands = list(bands)
    return np.asarray(np.select([age >= first for first, _ in bands], [value for _, value in bands]))


def _heads(draw: Draw, count: int) -> _Heads:
    birth = assumed.AS_OF_DAY - _years(draw, draw.numbers(count, assumed.HEAD_AGES) + draw.whole(count, 0, 4))
    age = age_of(birth)
    sex = np.where(draw.chance(count, by_age(age, assumed.WOMEN_AS_HEAD)), FEMALE, MALE)
    men = np.where(age < 25, assumed.MARRIED_YOUNG_MEN, assumed.MARRIED_MEN)
    has_spouse = draw.chance(count, np.where(sex == FEMALE, assumed.MARRIED_WOMEN_AS_HEAD, men))
    younger = _years(draw, draw.numbers(count, assumed.WIFE_YOUNGER_YEARS))
    spouse = np.where(sex == FEMALE, birth - younger, birth + younger)
    youngest = assumed.AS_OF_DAY - draw.whole(count, 18 * 366, 20 * 366)
    return _Heads(sex, birth, has_spouse, np.minimum(spouse, youngest))


def _children(draw: Draw, heads: _Heads) -> list[_Block]:
    """Children at home, first-born first; twins have one birth day."""
    count = len(heads.sex)
    had = heads.has_spouse | ((age_of(heads.birth_day) > 25) & draw.chance(count, assumed.ALONE_WITH_CHILDREN))
    births = np.where(had, draw.numbers(count, assumed.CHILDREN), 0)
    mother = heads.mother_birth
    day = mother + _years(draw, 17 + draw.whole(count, 0, 8) + draw.whole(count, 0, 6))
    sex = draw.whole(count, MALE, FEMALE)
    blocks, was_twin = [], np.zeros(count, dtype=np.bool_)
    for number in range(assumed.MOST_CHILDREN):
        wanted = (births > number) & (day - mother < 45 * _YEAR)
        wanted &= draw.chance(count, by_age(age_of(day), assumed.AT_HOME))
        blocks.append(_block(wanted, CHILD, sex, day))
        twin = ~was_twin & draw.chance(count, assumed.TWINS)
        births += twin
        day = np.where(twin, day, day + draw.whole(count, 500, 2_200))
        sex = np.where(twin & draw.chance(count, assumed.TWINS_ALIKE), sex, draw.whole(count, MALE, FEMALE))
        was_twin = twin
    return blocks


def _parents(draw: Draw, heads: _Heads) -> _Block:
    count = len(heads.sex)
    sex = np.where(draw.chance(count, assumed.MOTHERS_OF_PARENTS), FEMALE, MALE)
    birth = heads.birth_day - _years(draw, draw.whole(count, 18, 36))
    return _block(draw.chance(count, assumed.PARENT_AT_HOME), PARENT, sex, birth)


def _siblings(draw: Draw, heads: _Heads) -> _Block:
    """Unmarried younger siblings of young heads."""
    count = len(heads.sex)
    birth = heads.birth_day + _years(draw, draw.whole(count, 1, 8))
    wanted = (age_of(heads.birth_day) < 45) & (age_of(birth) >= 10) & draw.chance(count, assumed.SIBLING_AT_HOME)
    return _block(wanted, SIBLING, draw.whole(count, MALE, FEMALE), birth)


def _with_mothers(household: Int64Array, role: Int64Array, sex: Int64Array, birth_day: Int64Array) -> Population:
    start = np.flatnonzero(role == HEAD)
    households = len(start)
    parents = _place(household, households, (role == PARENT) & (sex == FEMALE))
    wives = _place(household, households, (role <= SPOUSE) & (sex == FEMALE))
    children = np.flatnonzero(role == CHILD)[::-1]
    # Written last first, so that the first-born child of each household stays.
    eldest = np.full(households, NOBODY)
    eldest[household[children]] = children
    person = np.arange(len(household))
    is_child, of_head = role == CHILD, (role == HEAD) | (role == SIBLING)
    married = _place(household, households, role == SPOUSE)[household] != NOBODY
    return Population(
        household=household,
        role=role,
        sex=sex,
        birth_day=birth_day,
        start=start,
        mother=np.select([is_child, of_head], [wives[household], parents[household]], NOBODY),
        leader=np.select([is_child, of_head], [eldest[household], start[household]], person),
        is_married=married & (role <= SPOUSE),
    )


def _place(household: Int64Array, households: int, wanted: Bools) -> Int64Array:
    """The person wanted of each household, of whom it has one at most."""
    places = np.full(households, NOBODY)
    people = np.flatnonzero(wanted)
    places[household[people]] = people
    return places
