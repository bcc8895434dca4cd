"""Planted questions: people registered twice under a mistyped number, pairs that only look so, names spelled otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from jamsostek.core.dates import NO_DATE, civil_from_days, days_from_civil, days_in_month
from jamsostek.core.nik import compose
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import Employers
from jamsostek.synth.regency.jobs import NONE, OPEN, Jobs, another, joined
from jamsostek.synth.regency.members import BPU, LOOKALIKE, MEMBER, PU, REGISTERED_TWICE, Members, Window, ages
from jamsostek.synth.regency.people import Called, Homes
from jamsostek.synth.regency.schema import table
from jamsostek.synth.regency.sponsors import Covers, OwnAccount

DIFFERENCES = ("nik_district", "nik_district_and_name", "nik_and_birth_date", "other_person")
_DISTRICT, _AND_NAME, _AND_DATE, _OTHER = range(4)
LISTS = ("employer_list", "village_list", "old_card")
_SPELLINGS = (
    ("Muhammad ", "Moh. "), ("Mohammad ", "Muhammad "), ("Moh. ", "Mohamad "), ("M. ", "Muhammad "), ("Mochamad ", "Moch. "),
    ("Ahmad ", "Akhmad "), ("Achmad ", "Ahmad "), ("Akhmad ", "Achmad "), ("Abdul ", "Abd. "), ("Abd. ", "Abdul "),
    ("Siti ", "Sitti "), ("Sri ", "Srie "), ("Nur ", "Noor "), ("H. ", ""), ("Hj. ", ""), ("Soe", "Su"), ("Djo", "Jo"),
    ("Su", "Soe"), ("Yu", "Ju"), ("dh", "d"), ("kh", "h"), ("sh", "s"), ("iy", "i"), ("dy", "di"), ("v", "f"), ("f", "p"),
    ("oe", "u"), ("nn", "n"), ("ti", "ty"), ("i", "ie"),
)  # fmt: skip


@dataclass(frozen=True)
class Twins:
    """One entry a planted pair: who is there already, and what the second row is."""

    person: Int64Array
    difference: Int64Array
    nik: Int64Array
    birth_day: Int64Array
    name: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.person)


def respell(name: str) -> str:
    """The name as somebody else may have written it: without its degree, and the first known variant put in."""
    bare = name.split(",")[0]
    for one, other in _SPELLINGS:
        if one in bare:
            changed = bare.replace(one, other, 1)
            return changed[:1].upper() + changed[1:]
    return bare if bare != name else f"{name[:-1]}{name[-1] * 2}"


def make_twins(draw: Draw, members: Members, called: Called, nik: Int64Array, taken: Int64Array, window: Window) -> Twins:
    """Pairs of members between 25 and 60; `taken` are all numbers in use, none of which is used again."""
    age = ages(window, members.birth_day)
    able = (members.origin == MEMBER) & (age >= 25) & (age <= 60) & np.isin(members.segment, (PU, BPU))
    chosen = np.flatnonzero(able)[draw.order(int(able.sum()))[: assumed.DUPLICATES + assumed.LOOKALIKES]]
    kinds = np.arange(len(chosen)) % 5
    difference = np.select([kinds < 3, kinds == 3], [_DISTRICT, _AND_NAME], _AND_DATE)
    difference[-assumed.LOOKALIKES :] = _OTHER
    used = set(taken.tolist())
    numbers, births, names = [], [], []
    for person, what in zip(chosen.tolist(), difference.tolist(), strict=True):
        birth = int(members.birth_day[person])
        if what == _AND_DATE:
            birth = _misread(birth)
        number = _near(int(nik[person]), birth, bool(members.sex[person]), used)
        used.add(number)
        numbers.append(number)
        births.append(birth)
        name = called.name[person].as_py()
        names.append(respell(name) if what == _AND_NAME else name)
    return Twins(chosen, difference, np.array(numbers), np.array(births), tuple(names))


def _misread(birth_day: int) -> int:
    """The date with its day read as another: ten days later, or earlier where the month ends before."""
    year, month, day = (int(part) for part in civil_from_days(birth_day))
    later = day + 10 if day + 10 <= int(days_in_month(year, month)) else day - 10
    return int(days_from_civil(year, month, later))


def _near(nik: int, birth_day: int, is_female: bool, used: set[int]) -> int:
    """A free number that a slip of the hand makes of `nik`: another digit of the district, the date as given."""
    region, district = divmod(nik // 10**10, 100)
    digits = [district // 10 * 10 + (district + step) % 10 for step in range(1, 10)] + list(range(1, 100))
    candidates = (int(compose(region * 100 + d, birth_day, is_female, 0)) for d in digits if d)
    return next(number for number in candidates if number not in used)


def with_twins(
    members: Members, homes: Homes, called: Called, nik: Int64Array, twins: Twins, other_village: Int64Array
) -> tuple[Members, Homes, Called, Int64Array]:
    """The people and after them the second rows; a look-alike lives in `other_village`."""
    two = twins.person
    is_other = twins.difference == _OTHER
    more = Members(
        origin=np.where(is_other, LOOKALIKE, REGISTERED_TWICE),
        segment=members.segment[two],
        sex=members.sex[two],
        birth_day=twins.birth_day,
        first=members.first[two],
        last=members.last[two],
        died_day=np.full(len(two), NO_DATE),
    )
    village = np.where(is_other, other_village, homes.village[two])
    grown = replace(
        homes,
        village=np.concatenate([homes.village, village]),
        regency=np.concatenate([homes.regency, homes.regency[two]]),
    )
    return (
        Members(*(np.concatenate([getattr(members, name), getattr(more, name)]) for name in Members.__dataclass_fields__)),
        grown,
        Called(
            np.concatenate([called.culture, called.culture[two]]),
            pa.concat_arrays([called.name, pa.array(twins.name)]),
            pa.concat_arrays([called.mother_name, called.mother_name.take(pa.array(two))]),
        ),
        np.concatenate([nik, twins.nik]),
    )


Work = tuple[Jobs, OwnAccount, Covers]


def twin_work(
    draw: Draw, twins: Twins, first_twin: int, work: Work, members: Members, employers: Employers, window: Window
) -> Work:
    """The work of all with that of the second rows: half at another employer, half paid for by the region this year."""
    jobs, own, covers = work
    count = len(twins)
    twin = first_twin + np.arange(count)
    employed = np.arange(count) % 2 == 0
    usual = np.full(first_twin, -1, dtype=np.int64)
    usual[jobs.person] = jobs.employer
    employer = another(draw, employers.members[PU], usual[twins.person])
    begun = window.last - draw.below(window.last - members.first[twin] + 1)
    alike = np.zeros(count, dtype=np.int64)
    more = Jobs(twin, employer, alike + PU, alike + NONE, begun, alike + OPEN)
    paid = twin[~employed]
    nothing = np.zeros(len(paid), dtype=np.bool_)
    region = np.zeros(len(paid), dtype=np.int64)
    january = window.last // 12 * 12
    first = np.maximum(january, members.first[paid])
    added = Covers(paid, region, first, np.full(len(paid), january + 11))
    accounts = OwnAccount(paid, region, region - 1, nothing, nothing)
    return (
        joined([jobs, more.take(employed)]),
        OwnAccount(*(np.concatenate(two) for two in zip(vars(own).values(), vars(accounts).values(), strict=True))),
        Covers(*(np.concatenate(two) for two in zip(vars(covers).values(), vars(added).values(), strict=True))),
    )


def duplicates_table(twins: Twins, first_twin: int) -> pa.Table:
    """The truth about the planted pairs; the second rows begin at place `first_twin` of the people."""
    return table(
        "duplicates",
        {
            "person": twins.person + 1,
            "twin": first_twin + 1 + np.arange(len(twins)),
            "same_person": twins.difference != _OTHER,
            "difference": [DIFFERENCES[d] for d in twins.difference],
        },
    )


def spellings_table(draw: Draw, called: Called) -> pa.Table:
    """Names as they stand on some other list."""
    people = np.flatnonzero(draw.chance(len(called.culture), assumed.MISSPELT))
    names = called.name.take(pa.array(people)).to_pylist()
    return table(
        "spellings",
        {
            "person": people + 1,
            "name": [respell(name) for name in names],
            "seen_on": draw.among(len(people), [(name, 1) for name in LISTS]),
        },
    )
