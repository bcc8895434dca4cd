"""The people of the regency as rows: where they live, what they are called, how they are reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import NO_DATE, civil_from_days
from jamsostek.core.months import month_index
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.assumptions import SEXES
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.members import FORMER, NON_ASN, ORIGINS, SEGMENTS, Members, Window, month_index_of, year_months
from jamsostek.synth.regency.names import FEMALE, Names, People
from jamsostek.synth.regency.places import MARK, STREETS, Places
from jamsostek.synth.regency.schema import said, table, unless

BANKS = (f"Bank {MARK} Nusantara", f"Bank {MARK} Daerah", f"Bank {MARK} Syariah", f"Bank {MARK} Desa")
PHONE_START = "+628000"
"""0800 is Indonesia's freephone range (KM 28/2004); no mobile number begins so, and no freephone number goes on with 0."""
_STEP, _PHONES, _ACCOUNTS = 7_548_777, 10**7, 10**9
AWAY = -1
"""Instead of a village: lives outside the regency."""


@dataclass(frozen=True)
class Homes:
    """Where people live and where their number was issued."""

    village: Int64Array
    """Place among the villages; `AWAY` outside the regency."""
    regency: Int64Array
    nik_regency: Int64Array
    nik_district: Int64Array
    """Two digits."""
    moved: Int64Array
    """The people who moved."""
    moved_on: Int64Array
    moved_from_regency: Int64Array
    moved_from_village: Int64Array


def make_homes(draw: Draw, members: Members, fixed_village: Int64Array, places: Places, window: Window) -> Homes:
    """Villages by their size (where `fixed_village` gives none); a few moved within, in, or (who left) out."""
    count = len(members)
    village = np.where(fixed_village >= 0, fixed_village, draw.weighted(count, places.people))
    other = places.other_regencies[draw.whole(count, 0, len(places.other_regencies) - 1)]
    alive = members.died_day == NO_DATE
    out = (members.origin == FORMER) & draw.chance(count, assumed.MOVED_OUT_OF_FORMER)
    into = alive & ~out & (fixed_village < 0) & draw.chance(count, assumed.MOVED_IN)
    within = alive & ~out & ~into & (fixed_village < 0) & draw.chance(count, assumed.MOVED_WITHIN)
    old_village = draw.weighted(count, places.people)
    within &= old_village != village
    moved = np.flatnonzero(out | into | within)
    day = window.last_day - draw.whole(count, 20, assumed.HISTORY_MONTHS * 30)
    return Homes(
        village=np.where(out, AWAY, village),
        regency=np.where(out, other, places.regency),
        nik_regency=np.where(into, other, places.regency),
        nik_district=np.where(
            into, draw.whole(count, 1, 20), nik_districts(draw, places, np.where(within, old_village, village))
        ),
        moved=moved,
        moved_on=day[moved],
        moved_from_regency=np.where(into, other, places.regency)[moved],
        moved_from_village=np.select([into, within], [AWAY, old_village], village)[moved],
    )


def nik_districts(draw: Draw, places: Places, village: Int64Array) -> Int64Array:
    """Mostly the district of the home village; numbers stay when people move."""
    count = len(village)
    home = places.districts[places.village_district[village]] % 100
    other = places.districts[draw.whole(count, 0, len(places.districts) - 1)] % 100
    return np.where(draw.chance(count, assumed.HOME_DISTRICT_IN_NIK), home, other)


def moves_table(homes: Homes, places: Places) -> pa.Table:
    """Every move with both ends."""
    return table(
        "moves",
        {
            "person": homes.moved + 1,
            "moved_on": homes.moved_on,
            "from_regency": homes.moved_from_regency,
            "from_village": village_codes(places, homes.moved_from_village),
            "to_regency": homes.regency[homes.moved],
            "to_village": village_codes(places, homes.village[homes.moved]),
        },
    )


def village_codes(places: Places, village: Int64Array) -> pa.Array:
    """Codes of ten digits; null outside the regency."""
    return unless(village < 0, places.villages[village])


@dataclass(frozen=True)
class Called:
    """Names of people and of their mothers, and the naming culture of each."""

    culture: Int64Array
    name: pa.Array
    mother_name: pa.Array


def make_names(draw: Draw, names: Names, sex: Int64Array, birth_day: Int64Array, year: int, schooled: Bools) -> Called:
    """Names as on the card; mothers' without titles, as people write them on forms."""
    count = len(sex)
    born = civil_from_days(birth_day).year
    culture = names.cultures(draw, count)
    mothers = People(np.full(count, FEMALE), born - draw.whole(count, 18, 34), culture)
    return Called(
        culture=culture,
        name=names.names(draw, People(sex, born, culture, schooled), year),
        mother_name=names.names(draw, mothers, year),
    )


def schooled(draw: Draw, members: Members) -> Bools:
    """Who may have studied: government workers, and a fifth of the others."""
    return np.asarray((members.segment == NON_ASN) | draw.chance(len(members), 200))


def addresses(draw: Draw, count: int) -> pa.Array:
    """Streets that are nowhere."""
    number = pa.array([f"No. {n}" for n in range(1, 100)]).take(pa.array(draw.whole(count, 0, 98)))
    street = pa.array([f"Jl. {MARK} {name}" for name in STREETS]).take(pa.array(draw.whole(count, 0, len(STREETS) - 1)))
    corner = pa.array([f"RT {rt:03d}/RW {rw:03d}" for rw in range(1, 9) for rt in range(1, 7)])
    return pc.binary_join_element_wise(street, number, corner.take(pa.array(draw.whole(count, 0, 47))), " ")


def phones(draw: Draw, count: int) -> pa.Array:
    """Numbers of nobody, one each; some have none, a few share a neighbour's."""
    number = (np.arange(count) * _STEP + draw.whole(1, 0, _PHONES - 1)) % _PHONES
    shared = draw.chance(count, assumed.PHONE_SHARED)
    number[1:] = np.where(shared[1:], number[:-1], number[1:])
    has = draw.chance(count, assumed.PHONE)
    text = pc.binary_join_element_wise(PHONE_START, _padded(number, 7), "")
    return pc.if_else(pa.array(has), text, None)


def accounts(draw: Draw, count: int) -> tuple[pa.Array, pa.Array]:
    """Banks that do not exist and account numbers of twelve digits beginning 000; null for who has none."""
    has = pa.array(draw.chance(count, assumed.BANK_ACCOUNT))
    number = (np.arange(count) * _STEP + draw.whole(1, 0, _ACCOUNTS - 1)) % _ACCOUNTS
    text = pc.binary_join_element_wise("000", _padded(number, 9), "")
    bank = said(draw.weighted(count, (600, 250, 100, 50)), BANKS)
    return pc.if_else(has, bank, None), pc.if_else(has, text, None)


def _padded(numbers: Int64Array, digits: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), digits, "0")


def disabilities(draw: Draw, count: int) -> tuple[pa.Array, pa.Array]:
    """Type and degree; null for most."""
    has = pa.array(draw.chance(count, assumed.DISABLED))
    kinds, degrees = (tuple(name for name, _ in group) for group in (assumed.DISABILITY_TYPES, assumed.DISABILITY_DEGREES))
    kind = draw.weighted(count, [weight for _, weight in assumed.DISABILITY_TYPES])
    degree = draw.weighted(count, [weight for _, weight in assumed.DISABILITY_DEGREES])
    return pc.if_else(has, said(kind, kinds), None), pc.if_else(has, said(degree, degrees), None)


def member_since(draw: Draw, first_month: Int64Array, birth_day: Int64Array, window: Window) -> Int64Array:
    """First month of membership as YYYYMM: before the books open for most who were members then."""
    grown = month_index_of(birth_day, assumed.ADULT_YEARS)
    earliest = np.maximum(grown, month_index(assumed.FIRST_MEMBERSHIP))
    room = np.maximum(window.first - earliest, 0)
    since = window.first - draw.below(room + 1)
    return year_months(np.where((first_month == window.first) & (room > 0), since, first_month))


def people_table(
    draw: Draw,
    members: Members,
    homes: Homes,
    called: Called,
    nik: Int64Array,
    first_month: Int64Array,
    places: Places,
    window: Window,
) -> pa.Table:
    """One row a person, in the order of `members`; `first_month` is each one's first, as a count since year 0."""
    count = len(members)
    bank, account = accounts(draw, count)
    disability, degree = disabilities(draw, count)
    return table(
        "people",
        {
            "person": np.arange(1, count + 1),
            "origin": said(members.origin, ORIGINS),
            "segment": said(members.segment, SEGMENTS),
            "nik": nik,
            "name": called.name,
            "sex": said(members.sex, SEXES),
            "birth_date": members.birth_day,
            "mother_name": called.mother_name,
            "regency_code": homes.regency,
            "village_code": village_codes(places, homes.village),
            "address": addresses(draw, count),
            "phone": phones(draw, count),
            "bank_name": bank,
            "bank_account": account,
            "disability_type": disability,
            "disability_degree": degree,
            "died_on": members.died_day,
            "member_since": member_since(draw, first_month, members.birth_day, window),
        },
    )
