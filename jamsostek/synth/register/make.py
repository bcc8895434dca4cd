"""The world put together: who is on which list, who stands there twice, what the registry knows of families."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.names import FEMALE
from jamsostek.synth.register import assumptions as assumed
from jamsostek.synth.register import numbers
from jamsostek.synth.register.errors import MEMBERS, USUAL, Errors
from jamsostek.synth.register.households import SIBLING, Population, age_of, make_population
from jamsostek.synth.register.people import TITLES, Called, Papers, clean_table, make_names, make_papers
from jamsostek.synth.register.places import Places, make_places, villages_elsewhere
from jamsostek.synth.register.spoil import Spoiled, spoil

_POOR_PER_HOUSEHOLD, _MEMBERS_PER_HOUSEHOLD = 2_000, 1_100
"""Fewer than live in a thousand households: enough are made, and those not needed stay off the lists."""
_SPARE_HOUSEHOLDS = 200


@dataclass(frozen=True)
class World:
    """Two lists and the truth between them; the columns stand in the package's docstring."""

    register: pa.Table
    members: pa.Table
    truth_register: pa.Table
    truth_members: pa.Table
    family: pa.Table


@dataclass(frozen=True)
class _Entries:
    """The rows of a list: a person each, in the order of the list."""

    person: Int64Array
    duplicate_of: Int64Array
    """The place of the first entry of a second one; -1 for a first."""


def make_world(
    seed: int,
    poor: int = 100_000,
    members: int = 1_000_000,
    province: int = 35,
    errors: Errors = USUAL,
    member_errors: Errors = MEMBERS,
) -> World:
    """A register of `poor` rows and a registry of `members` rows of a province's people, with the truth.

    Raises ValueError where the members are fewer than those the poor list alone has.
    """
    poor_people, member_people = _distinct(poor, errors), _distinct(members, member_errors)
    poor_members = (poor_people * assumed.POOR_ARE_MEMBERS + 500) // 1_000
    if poor < 1 or member_people < poor_members:
        raise ValueError(f"{members} members are too few: of {poor} rows of the register {poor_members} people are members")
    draw = Draw(seed, province, "register world")
    poor_households = poor_people * 1_000 // _POOR_PER_HOUSEHOLD + _SPARE_HOUSEHOLDS
    other_households = (member_people - poor_members) * 1_000 // _MEMBERS_PER_HOUSEHOLD + _SPARE_HOUSEHOLDS
    population = make_population(draw, poor_households + other_households)
    is_poor = np.arange(len(population.start)) < poor_households
    on_register = _on_register(draw, population, is_poor, poor_people)
    on_members = _on_members(draw, population, is_poor, on_register, poor_members, member_people)
    places = make_places(draw, province, poor_people + member_people - poor_members)
    papers = make_papers(draw, population, _homes(draw, is_poor, places), province, places)
    listed = np.union1d(on_register, on_members)
    called = make_names(draw, population, papers, listed, is_poor)
    people = _People(seed, province, population, papers, called, listed)
    register_entries, member_entries = _entries(draw, on_register, poor), _entries(draw, on_members, members)
    register = people.spoilt(register_entries, errors, "register")
    registry = people.spoilt(member_entries, member_errors, "members")
    return World(
        register=register.register,
        members=registry.register.rename_columns({"row": "member"}),
        truth_register=_truth_register(people, register_entries, register.states, member_entries, registry.states),
        truth_members=_with_duplicates(registry.states, member_entries).rename_columns({"row": "member"}),
        family=_family(draw, population, papers, member_entries.person),
    )


@dataclass(frozen=True)
class _People:
    seed: int
    province: int
    population: Population
    papers: Papers
    called: Called
    listed: Int64Array

    def spoilt(self, entries: _Entries, errors: Errors, purpose: str) -> Spoiled:
        """A list of these entries as clerks keep it."""
        draw = Draw(self.seed, self.province, "register people")
        places = np.searchsorted(self.listed, entries.person)
        clean = clean_table(draw, self.population, self.papers, self.called, self.listed, places)
        return spoil(self.seed, clean, errors, purpose=purpose)

    def has_single_name(self, person: Int64Array) -> pa.Array:
        """Whether the official name is one word."""
        names = self.called.name.take(pa.array(self.called.place[person]))
        return pc.invert(pc.match_substring(pc.replace_substring_regex(names, TITLES, ""), " "))


def _distinct(rows: int, errors: Errors) -> int:
    return rows - rows * errors.doubles // 1_000


def _on_register(draw: Draw, population: Population, is_poor: Bools, wanted: int) -> Int64Array:
    """People of poor households: nearly all the grown, some of the children."""
    grown = population.age >= assumed.GROWN_YEARS
    listed = draw.chance(len(population), np.where(grown, assumed.POOR_ADULTS_LISTED, assumed.POOR_CHILDREN_LISTED))
    people = np.flatnonzero(listed & is_poor[population.household])[:wanted]
    assert len(people) == wanted, "too few poor households were made"
    return people


def _on_members(
    draw: Draw, population: Population, is_poor: Bools, on_register: Int64Array, poor_members: int, wanted: int
) -> Int64Array:
    """Exactly `poor_members` of the register and, of other households, as many as are wanted."""
    first, last = assumed.MEMBER_AGES
    age = population.age
    works = (age >= first) & (age <= last)
    able = on_register[works[on_register]]
    weight = np.where(population.sex[able] == FEMALE, assumed.POOR_WOMEN_TO_MEN, 1_000)
    lot = draw.bits(len(able)) // weight
    assert len(able) >= poor_members, "too few of the poor are of working age"
    chosen = able[np.argsort(lot, kind="stable")[:poor_members]]
    rate = np.where(population.sex == FEMALE, assumed.MEMBER_WOMEN, assumed.MEMBER_MEN)
    others = np.flatnonzero(works & ~is_poor[population.household] & draw.chance(len(population), rate))
    others = others[: wanted - poor_members]
    assert len(others) == wanted - poor_members, "too few households were made"
    return np.sort(np.concatenate([chosen, others]))


def _homes(draw: Draw, is_poor: Bools, places: Places) -> Int64Array:
    """Villages of the households: by size, the poor's more in some than in others; a few of the others live elsewhere."""
    count = len(is_poor)
    poorer = places.people * draw.whole(len(places.people), 1, 5)
    village = places.villages[draw.weighted(count, places.people)]
    village[is_poor] = places.villages[draw.weighted(int(is_poor.sum()), poorer)]
    elsewhere = np.flatnonzero(~is_poor & draw.chance(count, assumed.ELSEWHERE))
    village[elsewhere] = villages_elsewhere(draw, places, len(elsewhere))
    return village


def _entries(draw: Draw, people: Int64Array, rows: int) -> _Entries:
    """Everybody once and some twice, shuffled."""
    twice = draw.some(np.arange(len(people)), rows - len(people))
    first = np.concatenate([np.full(len(people), -1), twice])
    order = draw.order(rows)
    place = np.empty(rows, dtype=np.int64)
    place[order] = np.arange(rows)
    first = first[order]
    return _Entries(np.concatenate([people, people[twice]])[order], np.where(first < 0, -1, place[first]))


def _with_duplicates(states: pa.Table, entries: _Entries) -> pa.Table:
    return states.append_column("duplicate_of", pa.array(entries.duplicate_of + 1, mask=entries.duplicate_of < 0))


def _truth_register(
    people: _People, entries: _Entries, states: pa.Table, member_entries: _Entries, member_states: pa.Table
) -> pa.Table:
    person = entries.person
    moved = member_entries.person[member_states["moved"].to_numpy()]
    columns = {
        "is_member": np.isin(person, member_entries.person),
        "single_name": people.has_single_name(person),
        "age": age_of(people.papers.birth_day[person]),
        "moved": np.isin(person, moved),
    }
    truth = _with_duplicates(states.drop_columns(["moved"]), entries)
    duplicate_of = truth["duplicate_of"]
    truth = truth.drop_columns(["duplicate_of"])
    for name, values in columns.items():
        truth = truth.append_column(name, pa.array(values) if isinstance(values, np.ndarray) else values)
    return truth.append_column("duplicate_of", duplicate_of)


def _family(draw: Draw, population: Population, papers: Papers, member: Int64Array) -> pa.Table:
    """True NIKs of spouses, children and parents of some of the married, by member row."""
    known = np.flatnonzero(population.is_married[member] & draw.chance(len(member), assumed.FAMILY_KNOWN))
    whose, person = population.members_of(member[known])
    relative = (person != member[known][whose]) & (population.role[person] != SIBLING)
    kept = np.flatnonzero(relative & draw.chance(len(person), assumed.RELATIVE_KNOWN))
    return pa.table({"member": known[whose[kept]] + 1, "nik": numbers.digits(papers.nik[person[kept]])})
