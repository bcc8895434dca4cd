"""What people are called and what their papers say: the clean list that both lists are spoilt from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import civil_from_days, days_from_civil
from jamsostek.core.regions import regency
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.assumptions import SEXES
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.names import FEMALE, Names, People
from jamsostek.synth.regency.schema import said
from jamsostek.synth.register import assumptions as assumed
from jamsostek.synth.register import numbers
from jamsostek.synth.register.households import CHILD, HEAD, NOBODY, SPOUSE, Population, age_of, by_age
from jamsostek.synth.register.places import Places, districts_elsewhere, near

TITLES = r"^Hj?\. |, .*$"
"""What `Names` writes before and behind a name."""


@dataclass(frozen=True)
class Papers:
    """What the population register has: of everybody, and of each household."""

    birth_day: Int64Array
    nik: Int64Array
    card: Int64Array
    village: Int64Array
    """Code of each household's village."""
    naming: Int64Array
    """The province whose names each household bears."""
    culture: Int64Array
    """The head's naming culture, as `Names` of that province counts them."""


def make_papers(draw: Draw, population: Population, village: Int64Array, province: int, places: Places) -> Papers:
    """Official dates, places of first registration and numbers of everybody."""
    households = len(village)
    options = np.array([code for code in assumed.NAMING_PROVINCES if code != province])
    foreign = draw.chance(households, assumed.NAMED_AS_ELSEWHERE)
    naming = np.where(foreign, options[draw.whole(households, 0, len(options) - 1)], province)
    birth_day = _official_days(draw, population.birth_day)
    district = _registered(draw, population, village, foreign, places)
    nik = numbers.niks(draw, district, birth_day, population.sex)
    card = numbers.family_cards(draw, village // 10_000)
    return Papers(birth_day, nik, card, village, naming, _cultures(draw, naming))


def _cultures(draw: Draw, naming: Int64Array) -> Int64Array:
    culture = np.zeros(len(naming), dtype=np.int64)
    for code in np.unique(naming).tolist():
        here = np.flatnonzero(naming == code)
        culture[here] = Names(code).cultures(draw, len(here))
    return culture


def _official_days(draw: Draw, birth_day: Int64Array) -> Int64Array:
    """Birth days on papers: default dates for some of the old, in a year that is not always right."""
    default = np.flatnonzero(draw.chance(len(birth_day), by_age(age_of(birth_day), assumed.DEFAULT_OFFICIAL)))
    year = civil_from_days(birth_day[default]).year + draw.numbers(len(default), assumed.DEFAULT_YEARS_OFF)
    day = draw.numbers(len(default), assumed.DEFAULT_DAYS)
    official = birth_day.copy()
    official[default] = days_from_civil(np.minimum(year, assumed.AS_OF_YEAR - 1), day // 100, day % 100)
    return official


def _registered(draw: Draw, population: Population, village: Int64Array, foreign: Bools, places: Places) -> Int64Array:
    """The district of first registration of everybody: mostly the home's."""
    home = (village // 10_000)[population.household]
    is_child = population.role == CHILD
    comer = foreign[population.household] & ~is_child
    count = len(population)
    where = np.select(
        [comer, is_child],
        [draw.numbers(count, assumed.REGISTERED[kind]) for kind in ("comer", "child")],
        draw.numbers(count, assumed.REGISTERED["grown"]),
    )
    district = home.copy()
    for distance, unit in ((1, 100), (2, 10_000)):
        gone = np.flatnonzero(where == distance)
        district[gone] = near(draw, home[gone], places.districts, unit)
    gone = np.flatnonzero(where == 3)
    district[gone] = districts_elsewhere(draw, places, len(gone))
    return district


@dataclass(frozen=True)
class Called:
    """Names of those who need one: `name[place[person]]`, and `mother` for those on a list."""

    place: Int64Array
    name: pa.Array
    mother: pa.Array
    """One for each of the people given to `make_names`, as relatives write it: without titles."""


def make_names(draw: Draw, population: Population, papers: Papers, listed: Int64Array, poor: Bools) -> Called:
    """Names of the `listed` and of their mothers; `poor` says which households."""
    mother, leader = population.mother[listed], population.leader[listed]
    named = np.unique(np.concatenate([listed, mother[mother != NOBODY]]))
    leaders, ghost = np.unique(leader, return_inverse=True)
    place = np.full(len(population), NOBODY)
    place[named] = np.arange(len(named))
    names = _named(draw, population, papers, named, poor)
    plain = pc.replace_substring_regex(names, TITLES, "")
    here = pa.array(place[np.where(mother == NOBODY, named[0], mother)], mask=mother == NOBODY)
    elsewhere = _mothers(draw, population, papers, leaders).take(pa.array(ghost))
    return Called(place, names, pc.coalesce(plain.take(here), elsewhere))


def _named(draw: Draw, population: Population, papers: Papers, people: Int64Array, poor: Bools) -> pa.Array:
    """Official names; everybody is of the head's culture, a spouse mostly."""
    household = population.household[people]
    schooled = draw.chance(len(people), np.where(poor[household], assumed.SCHOOLED_POOR, assumed.SCHOOLED))
    other = (population.role[people] == SPOUSE) & ~draw.chance(len(people), assumed.SPOUSE_OF_SAME_NAMING)
    year = civil_from_days(population.birth_day[people]).year
    who = People(population.sex[people], year, papers.culture[household], schooled)
    return _by_naming(draw, papers.naming[household], who, other)


def _mothers(draw: Draw, population: Population, papers: Papers, leaders: Int64Array) -> pa.Array:
    """Mothers who are nobody here: 17 to 38 years older than the eldest child at home."""
    household = population.household[leaders]
    birth = population.birth_day[leaders] - draw.whole(len(leaders), 17 * 365, 38 * 365)
    sex = np.full(len(leaders), FEMALE)
    who = People(sex, civil_from_days(birth).year, papers.culture[household])
    return _by_naming(draw, papers.naming[household], who, np.zeros(len(leaders), dtype=np.bool_))


def _by_naming(draw: Draw, naming: Int64Array, who: People, other: Bools) -> pa.Array:
    """Names by the province they are of; those who are `other` draw a culture of it for themselves."""
    parts, where = [], []
    for code in np.unique(naming).tolist():
        here = np.flatnonzero(naming == code)
        names = Names(code)
        culture = np.where(other[here], names.cultures(draw, len(here)), who.culture[here])
        schooled = None if who.schooled is None else who.schooled[here]
        parts.append(names.names(draw, People(who.sex[here], who.birth_year[here], culture, schooled), assumed.AS_OF_YEAR))
        where.append(here)
    back = np.argsort(np.concatenate(where), kind="stable")
    return pa.concat_arrays(parts).take(pa.array(back))


def clean_table(
    draw: Draw, population: Population, papers: Papers, called: Called, listed: Int64Array, entries: Int64Array
) -> pa.Table:
    """The columns `spoil` takes, one row for each of `entries`: places in `listed`, somebody's place as often as entered.

    A `draw` of the same seed and purpose gives the same people the same numbers and birth places.
    """
    person = listed[entries]
    household = population.household[person]
    birthplace = _birthplaces(draw, papers, population, listed)
    return pa.table(
        {
            "person": person + 1,
            "household": household + 1,
            "name": called.name.take(pa.array(called.place[person])),
            "nik": numbers.digits(papers.nik[person]),
            "kk": numbers.digits(papers.card[household]),
            "sex": said(population.sex[person], SEXES),
            "birth_date": pa.array(papers.birth_day[person].astype(np.int32)).cast(pa.date32()),
            "birth_place": birthplace.take(pa.array(entries)),
            "mother_name": called.mother.take(pa.array(entries)),
            "phone": numbers.phones(draw, person),
            "village_code": papers.village[household],
            "is_head": population.role[person] == HEAD,
            "head_nik": numbers.digits(papers.nik[population.start[household]]),
        }
    )


def _birthplaces(draw: Draw, papers: Papers, population: Population, listed: Int64Array) -> pa.Array:
    """Regencies, mostly those of first registration, else the home's."""
    registered = papers.nik[listed] // 10**12
    home = papers.village[population.household[listed]] // 1_000_000
    code = np.where(draw.chance(len(listed), assumed.BORN_WHERE_REGISTERED), registered, home)
    codes, place = np.unique(code, return_inverse=True)
    return pa.array([place_name(int(one)) for one in codes]).take(pa.array(place))


def place_name(code: int) -> str:
    """A regency's name without its kind: Malang for Kota Malang."""
    name = regency(code).name
    for kind in ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota "):
        name = name.removeprefix(kind)
    return name
