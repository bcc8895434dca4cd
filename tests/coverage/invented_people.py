"""People with random histories for tests of the cube, and what is true of them, told month by month in plain Python."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from jamsostek.coverage.cube.folding import FEW, FORMER, PEOPLE, SPELLS, fold, tables
from jamsostek.coverage.cube.making import make
from jamsostek.coverage.cube.schema import (
    AGES,
    DISABILITIES,
    NEVER,
    OCCUPATIONS,
    OPEN,
    PAYERS,
    PROGRAMMES,
    SEGMENTS,
    SEXES,
    Question,
    at,
    month_at,
)
from jamsostek.coverage.cube.store import Snapshot

DAY = dt.date(2026, 6, 17)
LAST = at(202606)
REGENCIES = (1101, 1171, 1971, 3201, 3273, 9471)
VILLAGES = (0, 11001, 11002, 21001)


@dataclass(frozen=True)
class Tie:
    """A spell; months as the files count."""

    first: int
    last: int
    covers: bool
    segment: int
    programmes: int
    payer: int
    occupation: int
    office: int


@dataclass(frozen=True)
class Home:
    """Where somebody lived before, up to a month."""

    last: int
    regency: int
    village: int


@dataclass(frozen=True)
class Person:
    """Somebody with their ties, where they live and where they lived before, the first home first."""

    number: int
    begins: int
    ends: int
    sex: int
    birth: int
    disability: int
    regency: int
    village: int
    ties: tuple[Tie, ...] = field(default=())
    former: tuple[Home, ...] = field(default=())

    @property
    def died(self) -> bool:
        return self.ends != OPEN

    def home(self, month: int) -> tuple[int, int]:
        """Regency and village of a month; of the dead, where they died."""
        lived = [one for one in self.former if one.last >= min(month, self.ends)]
        return (lived[0].regency, lived[0].village) if lived else (self.regency, self.village)


def drawn(count: int, seed: int) -> list[Person]:
    """People of whom many have gaps, ties at once, ends in the future and deaths."""
    chance = random.Random(seed)
    return [_person(chance, number) for number in range(1, count + 1)]


def _person(chance: random.Random, number: int) -> Person:
    begins = LAST - chance.randrange(0, 70)
    ends = min(begins + chance.randrange(0, 60), LAST) if chance.random() < 0.15 else OPEN
    regency = chance.choice(REGENCIES)
    birth = (chance.randrange(1940, 2024) - 1900) * 12 + chance.randrange(12)
    ties = tuple(_tie(chance, begins) for _each in range(chance.choice((0, 1, 1, 1, 2, 3))))
    return Person(
        number, min([begins, *(one.first for one in ties)]) if ties else begins, ends, chance.randrange(2), birth,
        chance.choice((0, 0, 0, 1, 4)), regency, chance.choice(VILLAGES), ties, _homes(chance, begins),
    )  # fmt: skip


def _homes(chance: random.Random, begins: int) -> tuple[Home, ...]:
    """None mostly; some moves are before the registration, some within a province or a regency, some back and forth."""
    lasts = sorted({begins + chance.randrange(-5, 70) for _each in range(chance.choice((0, 0, 0, 1, 1, 2)))})
    return tuple(Home(last, chance.choice(REGENCIES), chance.choice(VILLAGES)) for last in lasts)


def _tie(chance: random.Random, begins: int) -> Tie:
    first = begins + chance.choice((0, 0, 1, 5, 20, 40))
    last = chance.choice((OPEN, first, first + 3, first + 11, first + 30))
    segment, covers = chance.randrange(len(SEGMENTS)), chance.random() < 0.85
    return Tie(
        first, last, covers, segment, chance.choice((3, 7, 15, 31)), chance.randrange(len(PAYERS)),
        chance.randrange(1, len(OCCUPATIONS)), chance.choice((0, *REGENCIES, 3200)),
    )  # fmt: skip


def photographed(home: Path, people: list[Person], master: str | None = None, *, few: int = FEW) -> Snapshot:
    """A snapshot of them; with `few` 0 a file a province, as of many people."""

    def fill(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        tables(con)
        _insert(con, "people", len(PEOPLE), [
            [p.number, p.begins, p.ends, p.died, p.sex, p.birth, p.disability, p.regency, p.village] for p in people
        ])  # fmt: skip
        _insert(con, "spells", len(SPELLS), [
            [p.number, t.first, t.last, t.covers, t.segment, t.programmes, t.payer, t.occupation, t.office]
            for p in people for t in p.ties
        ])  # fmt: skip
        _insert(con, "former", len(FORMER), [
            [p.number, before.last + 1 if before else -32768, h.last, h.regency, h.village]
            for p in people for before, h in zip((None, *p.former), p.former, strict=False)
        ])  # fmt: skip
        fold(con, folder, few=few)

    return make(home, DAY, fill, master=master)


def _insert(con: duckdb.DuckDBPyConnection, table: str, columns: int, rows: list[list[Any]]) -> None:
    if rows:
        assert len(rows[0]) == columns
        con.execute(f"INSERT INTO {table} VALUES {', '.join(str(tuple(row)) for row in rows)}")


@dataclass(frozen=True)
class Then:
    """A person in a month: what is counted of them, and under what."""

    person: Person
    month: int
    counted: frozenset[str]
    best: Tie | None
    ties: tuple[Tie, ...]
    reported: frozenset[str]


def _in_force(person: Person, month: int) -> tuple[Tie, ...]:
    if month > person.ends:
        return ()
    return tuple(one for one in person.ties if one.covers and one.first <= month <= one.last)


def _weight(tie: Tie, person: Person) -> tuple[int, ...]:
    return tie.programmes.bit_count(), min(tie.last, person.ends), tie.segment, tie.payer, tie.occupation, tie.office


def month_of(person: Person, month: int) -> Then | None:
    """What is true of somebody in a month; None where they are not counted at all."""
    now, before = _in_force(person, month), _in_force(person, month - 1)
    earlier = [m for m in range(person.begins, month) if _in_force(person, m)]
    if month == person.ends + 1 and before:
        return Then(person, month, frozenset({"died"}), max(before, key=lambda t: _weight(t, person)), before, frozenset())
    if not person.begins <= month <= person.ends:
        return None
    counted = {"registered"}
    if now or earlier:
        counted.add("ever")
    if now:
        counted.add("active")
        counted |= set() if before else {"returned"} if earlier else {"joined"}
    elif before:
        counted.add("lapsed")
    last = now or (_in_force(person, earlier[-1]) if earlier else ())
    best = max(last, key=lambda t: _weight(t, person)) if last else None
    reported = frozenset(SEGMENTS[t.segment] for t in person.ties if t.first <= month <= t.last)
    return Then(person, month, frozenset(counted | ({"reported"} if reported else set())), best, last, reported)


def _values(then: Then, name: str, question: Question) -> Iterator[Any]:
    person, best = then.person, then.best
    place, village = person.home(then.month)
    home = place
    if question.basis == "office" and best is not None and best.office not in (0, home // 100 * 100):
        place = best.office
    if name == "month":
        yield month_at(then.month)
    elif name == "province":
        yield place // 100
    elif name == "regency":
        yield place if place % 100 else place // 100
    elif name == "village":
        yield home * 1_000_000 + village if village else None
    elif name == "sex":
        yield SEXES[person.sex]
    elif name == "age":
        years = (then.month + 1308 - person.birth) // 12
        yield AGES[0 if years < 15 else min((years - 15) // 10 + 1, 6)]
    elif name == "disability":
        yield DISABILITIES[person.disability]
    elif name == "occupation":
        yield OCCUPATIONS[best.occupation] if best else NEVER
    elif name == "segment" and "reported" in question.measures:
        yield from then.reported or {NEVER}
    elif name == "segment":
        yield from {SEGMENTS[t.segment] for t in then.ties} or {NEVER}
    elif name == "payer":
        yield from {PAYERS[t.payer] for t in then.ties} or {NEVER}
    else:
        bits = {one for t in then.ties for place, one in enumerate(PROGRAMMES) if t.programmes >> place & 1}
        yield from bits or {NEVER}


def truth(people: list[Person], question: Question) -> dict[tuple[Any, ...], list[int]]:
    """The answer, by line."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for person in people:
        for month in question.months:
            then = month_of(person, at(month))
            if then is None:
                continue
            told = {name: set(_values(then, name, question)) for name in {*question.by, *question.where}}
            wanted = {name: told[name] & set(question.where[name]) if name in question.where else told[name] for name in told}
            if not all(wanted[name] for name in question.where):
                continue
            for line in _product([wanted[name] for name in question.by]):
                found.setdefault(line, Counter()).update(then.counted & set(question.measures))
    return {line: [counts[one] for one in question.measures] for line, counts in found.items() if any(counts.values())}


def _product(sets: list[set[Any]]) -> Iterator[tuple[Any, ...]]:
    if not sets:
        yield ()
        return
    for first in sets[0]:
        for rest in _product(sets[1:]):
            yield (first, *rest)


def moved(person: Person, regency: int, month: int) -> Person:
    """The same who lives elsewhere from a month (as the files count) on."""
    return replace(person, regency=regency, former=(*person.former, Home(month - 1, person.regency, person.village)))
