"""Who plays in the demo: one person for every role, and a month's file of one employer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import NO_DATE
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import roster
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import COMPANY, Employers
from jamsostek.synth.regency.family import NOBODY, SPOUSE, Relatives
from jamsostek.synth.regency.jobs import OPEN, Jobs
from jamsostek.synth.regency.members import MEMBER, PU, Members, Window
from jamsostek.synth.regency.names import Names, People
from jamsostek.synth.regency.people import Called, phones
from jamsostek.synth.regency.places import Places
from jamsostek.synth.regency.sponsors import Sponsors
from jamsostek.synth.regency.users import USERNAMES, Stage, users_table

_EMPLOYER_SIZE = 300
"""The demo employer has about so many workers: enough for pages, few enough to read."""
_VILLAGE_WITH_GAP = 1
"""The sponsor whose January is unpaid."""


def demo_employer(employers: Employers) -> int:
    """The company nearest to a few hundred workers."""
    size = np.where(employers.kind == COMPANY, employers.members[PU], 0)
    return int(np.argmin(np.abs(size - _EMPLOYER_SIZE)))


@dataclass(frozen=True)
class Cast:
    """The parts the demo people are chosen from."""

    members: Members
    jobs: Jobs
    employers: Employers
    relatives: Relatives
    sponsors: Sponsors
    places: Places


def _worker(cast: Cast, phone: pa.Array) -> int:
    """A worker of the demo employer, if there is one such, who had another job before, has a spouse, a child and a phone."""
    count = len(cast.members)
    spells = np.bincount(cast.jobs.person, minlength=count)
    here = np.zeros(count, dtype=np.int64)
    at_demo = (cast.jobs.employer == demo_employer(cast.employers)) & (cast.jobs.last == OPEN)
    here[cast.jobs.person[at_demo]] = 1
    family = [np.bincount(cast.relatives.person[cast.relatives.kind == kind], minlength=count) > 0 for kind in (0, 1)]
    points = 8 * here + 4 * (spells == 2) + 2 * (family[0] & family[1]) + pc.is_valid(phone).to_numpy(zero_copy_only=False)
    return int(np.argmax(np.where((cast.members.origin == MEMBER) & (cast.members.segment == PU), points, -1)))


def _heir(cast: Cast) -> int:
    """The place of the first widow or widower of somebody who died a member."""
    relatives = cast.relatives
    died = cast.members.died_day[relatives.person] != NO_DATE
    able = died & (relatives.kind == SPOUSE) & (relatives.is_person == NOBODY) & (relatives.ended == NO_DATE)
    return int(np.argmax(able))


def demo_users(draw: Draw, cast: Cast, names: Names, tables: dict[str, pa.Table], window: Window) -> pa.Table:
    """The table of users."""
    people, agents = tables["people"], tables["agents"]
    worker, heir = _worker(cast, people["phone"].combine_chunks()), _heir(cast)
    count = len(USERNAMES)
    staff = People(draw.whole(count, 0, 1), window.year - draw.whole(count, 28, 55), names.cultures(draw, count))
    agent_person = agents["person"][0].as_py()
    return users_table(
        Stage(
            worker=worker + 1,
            worker_name=people["name"][worker].as_py(),
            heir_of=int(cast.relatives.person[heir]) + 1,
            heir=heir + 1,
            heir_name=tables["relatives"]["name"][heir].as_py(),
            employer=demo_employer(cast.employers) + 1,
            sponsor=1,
            village_code=int(cast.places.villages[cast.sponsors.village[_VILLAGE_WITH_GAP]]),
            agent=1,
            agent_person=agent_person,
            agent_name=people["name"][agent_person - 1].as_py(),
            office=1,
            regency=cast.places.regency,
            staff_names=tuple(names.names(draw, staff, window.year).to_pylist()),
        )
    )


@dataclass(frozen=True)
class Newcomers:
    """People who are in no table and may come to work."""

    called: Called
    nik: Int64Array
    sex: Int64Array
    birth_day: Int64Array


def demo_roster(
    draw: Draw, cast: Cast, newcomers: Newcomers, tables: dict[str, pa.Table], minimum_rupiah: int, window: Window
) -> tuple[roster.Row, ...]:
    """Rows of the demo employer's file for the month."""
    new = _someones(newcomers, roster.wages_of_newcomers(draw, minimum_rupiah), phones(draw, len(newcomers.nik)))
    here = (cast.jobs.employer == demo_employer(cast.employers)) & (cast.jobs.last == OPEN) & (cast.jobs.segment == PU)
    here &= (cast.members.origin[cast.jobs.person] == MEMBER) & (cast.jobs.first < window.last)
    here &= cast.jobs.person != _worker(cast, tables["people"]["phone"].combine_chunks())  # stays, to have something to see
    spells = np.flatnonzero(here)[: roster.LEAVINGS + roster.CHANGES + 3]
    paid = _last_wages(tables["wages"], len(cast.jobs))
    rows = tables["people"].take(pa.array(cast.jobs.person[spells])).to_pylist()
    workers = [roster.someone(row, int(wage)) for row, wage in zip(rows, paid[spells], strict=True)]
    known = (_elsewhere(cast), int(np.argmax(cast.members.died_day != NO_DATE)))
    elsewhere, deceased = (roster.someone(row, minimum_rupiah) for row in tables["people"].take(pa.array(known)).to_pylist())
    who = roster.Cast(new, workers, elsewhere, deceased, minimum_rupiah)
    return roster.make_roster(draw, who, window.month)


def _someones(newcomers: Newcomers, wages: Int64Array, phone: pa.Array) -> list[roster.Someone]:
    columns = (
        newcomers.nik.tolist(),
        newcomers.called.name.to_pylist(),
        newcomers.birth_day.tolist(),
        newcomers.sex.tolist(),
        newcomers.called.mother_name.to_pylist(),
        phone.to_pylist(),
        wages.tolist(),
    )
    return [
        roster.Someone(f"{nik:016d}", name, roster.day(birth), bool(sex), mother, number or "", wage)
        for nik, name, birth, sex, mother, number, wage in zip(*columns, strict=True)
    ]


def _last_wages(wages: pa.Table, jobs: int) -> Int64Array:
    """The latest wage of each job."""
    paid = np.zeros(jobs, dtype=np.int64)
    paid[wages["employment"].to_numpy() - 1] = wages["wage_rupiah"].to_numpy()
    return paid


def _elsewhere(cast: Cast) -> int:
    """A member who never worked for the demo employer."""
    here = np.zeros(len(cast.members), dtype=np.bool_)
    here[cast.jobs.person[cast.jobs.employer == demo_employer(cast.employers)]] = True
    return int(np.argmax(~here & (cast.members.origin == MEMBER) & (cast.members.segment == PU)))
