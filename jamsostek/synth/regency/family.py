"""Families: spouses, children, parents and siblings with their dates, for who made them known; some couples are both here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import NO_DATE, civil_from_days
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.assumptions import SEXES
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.members import MEMBER, Members, Window, ages, years_before
from jamsostek.synth.regency.names import FEMALE, MALE, Names, People
from jamsostek.synth.regency.people import Called
from jamsostek.synth.regency.schema import said, table, unless

KINDS = ("spouse", "child", "parent", "sibling")
SPOUSE, CHILD, PARENT, SIBLING = range(4)
NOBODY = -1
_YEAR = 365
_MARRIED_FROM = 19 * _YEAR + 5
_MOTHER_UNTIL = 45 * _YEAR
_AFTER_WEDDING, _BETWEEN_CHILDREN = 280, 900


@dataclass(frozen=True)
class Relatives:
    """One entry a relative of a person, by person; days are since 1970-01-01."""

    person: Int64Array
    kind: Int64Array
    sex: Int64Array
    birth_day: Int64Array
    begun: Int64Array
    """Wedding of a spouse, else the day both were alive."""
    ended: Int64Array
    """Divorce; `NO_DATE` while it holds."""
    is_person: Int64Array
    """Who of the people this is; `NOBODY` for who is not registered."""
    same_as: Int64Array
    """The entry with the same human being: a child stands under both parents of a couple. Its own place elsewhere."""

    def __len__(self) -> int:
        return len(self.person)

    @property
    def new(self) -> Int64Array:
        """Entries that need a number and a name of their own."""
        return np.flatnonzero((self.is_person == NOBODY) & (self.same_as == np.arange(len(self))))


@dataclass(frozen=True)
class _Marriages:
    """For each person: whether married (now or once), when, to whom."""

    is_married: Bools
    spouse_birth: Int64Array
    wedding: Int64Array
    divorce: Int64Array
    partner: Int64Array
    """The spouse among the people; `NOBODY` elsewhere."""


def make_relatives(draw: Draw, members: Members, village: Int64Array, window: Window) -> Relatives:
    """Who the office knows of each person's family; nothing happens after a death or after the window."""
    known = draw.chance(len(members), assumed.FAMILY_KNOWN)
    marriages = _marriages(draw, members, village, known, window)
    blocks = [
        _spouses(members, marriages),
        _children(draw, members, marriages, window),
        _parents(draw, members, known, marriages.is_married, window),
        _siblings(draw, members, known & ~marriages.is_married, window),
    ]
    columns = [np.concatenate(column) for column in zip(*blocks, strict=True)]
    columns = [column[np.lexsort((columns[3], columns[1], columns[0]))] for column in columns]
    person, kind, sex, birth_day, begun, ended, is_person = columns
    same_as = np.arange(len(person))
    return _with_fathers(Relatives(person, kind, sex, birth_day, begun, ended, is_person, same_as), marriages)


def _end_of_life(members: Members, window: Window) -> Int64Array:
    """The last day anything can have happened to each person."""
    return np.where(members.died_day == NO_DATE, window.last_day, members.died_day - 1)


def _marriages(draw: Draw, members: Members, village: Int64Array, known: Bools, window: Window) -> _Marriages:
    count, age, own = len(members), ages(window, members.birth_day), members.birth_day
    wanted = known & draw.chance(count, _by_age(age, assumed.MARRIED_BY_AGE))
    partner = _couples(draw, members, village, wanted, age)
    older = draw.whole(count, -2 * _YEAR, 7 * _YEAR)
    spouse_birth = np.where(members.sex == MALE, own + older, own - older)
    spouse_birth = np.where(partner == NOBODY, spouse_birth, own[partner])
    wedding = np.maximum(own, spouse_birth) + _MARRIED_FROM + draw.whole(count, 0, 8 * _YEAR)
    wives = np.flatnonzero((partner != NOBODY) & (members.sex == FEMALE))
    wedding[partner[wives]] = wedding[wives]
    end = _end_of_life(members, window)
    end = np.where(partner == NOBODY, end, np.minimum(end, end[partner]))
    oldest = years_before(window, np.array([assumed.OLDEST_YEARS]))[0]
    married = wanted & (wedding < end) & (spouse_birth > oldest)
    over = married & (partner == NOBODY) & draw.chance(count, assumed.DIVORCED)
    divorce = np.where(over, wedding + draw.whole(count, _YEAR, 10 * _YEAR), NO_DATE)
    return _Marriages(
        married, spouse_birth, wedding, np.where(divorce < end, divorce, NO_DATE), np.where(married, partner, NOBODY)
    )


def _by_age(age: Int64Array, steps: Iterable[tuple[int, int]]) -> Int64Array:
    """The value of the step each age is on."""
    firsts, values = zip(*steps, strict=True)
    return np.array([0, *values])[np.searchsorted(firsts, age, side="right")]


def _couples(draw: Draw, members: Members, village: Int64Array, wanted: Bools, age: Int64Array) -> Int64Array:
    """Partners of the same village and about the same age, for a part of the married members."""
    partner = np.full(len(members), NOBODY, dtype=np.int64)
    able = wanted & (members.origin == MEMBER) & draw.chance(len(members), assumed.COUPLES)
    seats = {}
    for sex in (MALE, FEMALE):
        people = np.flatnonzero(able & (members.sex == sex))
        people = people[np.lexsort((members.birth_day[people], village[people]))]
        turn = np.arange(len(people)) - np.searchsorted(village[people], village[people])
        seats[sex] = (village[people] * len(members) + turn, people)
    _same, his, hers = np.intersect1d(seats[MALE][0], seats[FEMALE][0], return_indices=True)
    men, women = seats[MALE][1][his], seats[FEMALE][1][hers]
    close = np.abs(age[men] - age[women]) <= 10
    partner[men[close]], partner[women[close]] = women[close], men[close]
    return partner


Block = tuple[Int64Array, ...]
"""Columns: person, kind, sex, birth day, begun, ended, who it is among the people."""


def _block(person: Int64Array, kind: int, sex: Int64Array, birth: Int64Array, **others: Int64Array) -> Block:
    count = len(person)
    begun = others.get("begun", birth)
    ended = others.get("ended", np.full(count, NO_DATE))
    return person, np.full(count, kind), sex, birth, begun, ended, others.get("is_person", np.full(count, NOBODY))


def _spouses(members: Members, marriages: _Marriages) -> Block:
    people = np.flatnonzero(marriages.is_married)
    return _block(
        people,
        SPOUSE,
        1 - members.sex[people],
        marriages.spouse_birth[people],
        begun=marriages.wedding[people],
        ended=marriages.divorce[people],
        is_person=marriages.partner[people],
    )


def _children(draw: Draw, members: Members, marriages: _Marriages, window: Window) -> Block:
    """Children of marriages; a couple's are reckoned with the mother."""
    count = draw.numbers(len(members), assumed.CHILDREN)
    count[~marriages.is_married | ((marriages.partner != NOBODY) & (members.sex == MALE))] = 0
    person = np.repeat(np.arange(len(members)), count)
    turn = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count)
    birth = marriages.wedding[person] + _AFTER_WEDDING + turn * _BETWEEN_CHILDREN + draw.whole(len(person), 0, 600)
    mother = np.where(members.sex == FEMALE, members.birth_day, marriages.spouse_birth)[person]
    until = np.where(marriages.divorce == NO_DATE, _end_of_life(members, window), marriages.divorce)[person]
    father = marriages.partner[person]
    until = np.where(father == NOBODY, until, np.minimum(until, _end_of_life(members, window)[father]))
    born = (birth < until) & (birth - mother < _MOTHER_UNTIL)
    return _block(person[born], CHILD, draw.whole(len(person), 0, 1)[born], birth[born])


def _parents(draw: Draw, members: Members, known: Bools, married: Bools, window: Window) -> Block:
    share = np.where(married, assumed.PARENT_KNOWN_OF_MARRIED, assumed.PARENT_KNOWN_OF_UNMARRIED)
    oldest = years_before(window, np.array([assumed.OLDEST_YEARS]))[0]
    persons, sexes, births = [], [], []
    for sex in (FEMALE, MALE):
        has = known & draw.chance(len(members), share)
        birth = members.birth_day - draw.whole(len(members), 19 * _YEAR, 34 * _YEAR) - (sex == MALE) * 2 * _YEAR
        has &= birth > oldest
        persons.append(np.flatnonzero(has))
        sexes.append(np.full(len(persons[-1]), sex))
        births.append(birth[has])
    person = np.concatenate(persons)
    return _block(person, PARENT, np.concatenate(sexes), np.concatenate(births), begun=members.birth_day[person])


def _siblings(draw: Draw, members: Members, able: Bools, window: Window) -> Block:
    person = np.flatnonzero(able & draw.chance(len(members), assumed.SIBLING_KNOWN_OF_UNMARRIED))
    apart = draw.whole(len(person), 2 * _YEAR, 7 * _YEAR) * (2 * draw.whole(len(person), 0, 1) - 1)
    birth = members.birth_day[person] + apart
    born = birth < _end_of_life(members, window)[person]
    begun = np.maximum(birth, members.birth_day[person])
    return _block(person[born], SIBLING, draw.whole(len(person), 0, 1)[born], birth[born], begun=begun[born])


def _with_fathers(found: Relatives, marriages: _Marriages) -> Relatives:
    """A couple's children under the father too, as the same human beings."""
    father = marriages.partner[found.person]
    shared = np.flatnonzero((found.kind == CHILD) & (father != NOBODY))
    place = np.concatenate([np.arange(len(found)), shared])
    person = np.concatenate([found.person, father[shared]])
    order = np.lexsort((found.birth_day[place], found.kind[place], person))
    new_place = np.empty(len(order), dtype=np.int64)
    new_place[order] = np.arange(len(order))
    source = place[order]
    return Relatives(
        person=person[order],
        kind=found.kind[source],
        sex=found.sex[source],
        birth_day=found.birth_day[source],
        begun=found.begun[source],
        ended=found.ended[source],
        is_person=found.is_person[source],
        same_as=new_place[source],
    )


def relatives_table(
    draw: Draw, names: Names, relatives: Relatives, called: Called, new_nik: Int64Array, nik: Int64Array, year: int
) -> pa.Table:
    """Rows with names and numbers: a person's own where it is one of the people, the mother's as the person wrote it.

    `new_nik` holds the numbers of `relatives.new`, `nik` those of the people.
    """
    place = np.zeros(len(relatives), dtype=np.int64)
    place[relatives.new] = np.arange(len(relatives.new))
    place = place[relatives.same_as]
    is_here = relatives.is_person != NOBODY
    born = civil_from_days(relatives.birth_day).year
    made = names.names(draw, People(relatives.sex, born, called.culture[relatives.person]), year)
    made = made.take(pa.array(relatives.same_as))
    is_mother = (relatives.kind == PARENT) & (relatives.sex == FEMALE)
    named = pc.if_else(pa.array(is_mother), called.mother_name.take(pa.array(relatives.person)), made)
    own = called.name.take(pa.array(np.where(is_here, relatives.is_person, 0)))
    return table(
        "relatives",
        {
            "relative": np.arange(1, len(relatives) + 1),
            "person": relatives.person + 1,
            "kind": said(relatives.kind, KINDS),
            "name": pc.if_else(pa.array(is_here), own, named),
            "sex": said(relatives.sex, SEXES),
            "birth_date": relatives.birth_day,
            "nik": np.where(is_here, nik[relatives.is_person], new_nik[place]),
            "relative_person": unless(~is_here, relatives.is_person + 1),
            "from_date": relatives.begun,
            "to_date": relatives.ended,
        },
    )
