"""From numbers to tables: the ground (who there is, who employs and pays), their lives, and both written down.

Every part draws from a stream of its own, so that a change of one leaves the others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import demo, tables
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.employers import Employers, make_employers
from jamsostek.synth.regency.family import Relatives, make_relatives, relatives_table
from jamsostek.synth.regency.jobs import OPEN, Jobs, make_jobs
from jamsostek.synth.regency.members import BPU, CONSTRUCTION, MIGRANT, Members, Window, make_members
from jamsostek.synth.regency.minimum import minimum_wages
from jamsostek.synth.regency.names import Names
from jamsostek.synth.regency.niks import unique_niks
from jamsostek.synth.regency.people import (
    Called,
    Homes,
    make_homes,
    make_names,
    moves_table,
    nik_districts,
    people_table,
    schooled,
)
from jamsostek.synth.regency.places import Places, make_places
from jamsostek.synth.regency.projects import Projects, make_projects
from jamsostek.synth.regency.roster import NEWCOMERS, Row, newcomers_born
from jamsostek.synth.regency.schema import SCHEMAS
from jamsostek.synth.regency.shares import Shares, make_shares
from jamsostek.synth.regency.sponsors import Covers, OwnAccount, Sponsors, make_covers, make_own_account, make_sponsors
from jamsostek.synth.regency.twins import Twins, duplicates_table, make_twins, spellings_table, twin_work, with_twins
from jamsostek.synth.regency.unregistered import Candidates, make_candidates, unregistered_table


@dataclass(frozen=True)
class Ground:
    """What is there before anybody has lived: the map, the members, who employs them and who pays for them."""

    seed: int
    name: str
    window: Window
    minimum: Int64Array
    """The minimum wage of each year of the window."""
    names: Names
    shares: Shares
    places: Places
    employers: Employers
    members: Members
    projects: Projects
    sponsors: Sponsors
    own: OwnAccount

    def draw(self, purpose: str) -> Draw:
        """Random numbers for one purpose."""
        return Draw(self.seed, self.places.regency, purpose)


def make_ground(seed: int, workers: int, employers: int, code: int, name: str, month: int) -> Ground:
    """The regency `code` with `workers` active members in `month`."""
    window = Window(month)
    minimum = np.array(minimum_wages(code, window.first // 12, window.last // 12), dtype=np.int64)
    shares = make_shares(code // 100, workers)
    places = make_places(Draw(seed, code, "places"), code)
    firms = make_employers(Draw(seed, code, "employers"), places, shares, employers)
    members = make_members(Draw(seed, code, "members"), code // 100, workers, window)
    builders = int(shares.segments[CONSTRUCTION])
    sponsors = make_sponsors(places, firms, window, name)
    return Ground(
        seed=seed,
        name=name,
        window=window,
        minimum=minimum,
        names=Names(code // 100),
        shares=shares,
        places=places,
        employers=firms,
        members=members,
        projects=make_projects(Draw(seed, code, "projects"), places, firms, window, builders, int(minimum[-1])),
        sponsors=sponsors,
        own=make_own_account(Draw(seed, code, "own account"), members, sponsors, shares),
    )


@dataclass(frozen=True)
class Others:
    """People beside the members: sex, birth day and names."""

    sex: Int64Array
    birth_day: Int64Array
    called: Called
    nik: Int64Array


@dataclass(frozen=True)
class Life:
    """What became of the members, the second registrations among them, and the people beside them."""

    members: Members
    homes: Homes
    called: Called
    nik: Int64Array
    jobs: Jobs
    own: OwnAccount
    covers: Covers
    relatives: Relatives
    relative_nik: Int64Array
    candidates: Candidates
    candidate: Others
    newcomer: Others
    twins: Twins


def make_life(ground: Ground) -> Life:
    """Jobs, covers, homes, names and families, every number given out once; then the planted second registrations."""
    members, window = ground.members, ground.window
    jobs = make_jobs(ground.draw("jobs"), members, ground.employers, ground.projects, window)
    covers = make_covers(ground.draw("covers"), ground.own, members, ground.sponsors, _free_from(jobs, members), window)
    homes = make_homes(ground.draw("homes"), members, _fixed_villages(ground), ground.places, window)
    called = make_names(
        ground.draw("names"), ground.names, members.sex, members.birth_day, window.year, schooled(ground.draw("study"), members)
    )
    relatives = make_relatives(ground.draw("relatives"), members, homes.village, window)
    candidates = make_candidates(ground.draw("candidates"), ground.places, ground.shares.people, window)
    newcomer_birth = newcomers_born(ground.draw("newcomers"), window.last_day)
    newcomer_sex = ground.draw("newcomers' sex").whole(NEWCOMERS, 0, 1)
    nik, relative_nik, candidate_nik, newcomer_nik = _numbers(ground, homes, relatives, candidates, newcomer_sex, newcomer_birth)
    taken = np.concatenate([nik, relative_nik, candidate_nik, newcomer_nik])
    twins = make_twins(ground.draw("twins"), members, called, nik, taken, window)
    count = len(members)
    other_village = ground.draw("look-alikes").weighted(len(twins), ground.places.people)
    members, homes, called, nik = with_twins(members, homes, called, nik, twins, other_village)
    more = twin_work(ground.draw("twins' work"), twins, count, (jobs, ground.own, covers), members, ground.employers, window)
    return Life(
        members=members,
        homes=homes,
        called=called,
        nik=nik,
        jobs=more[0],
        own=more[1],
        covers=more[2],
        relatives=relatives,
        relative_nik=relative_nik,
        candidates=candidates,
        candidate=_others(ground, "candidate", candidates.sex, candidates.birth_day, candidate_nik),
        newcomer=_others(ground, "newcomer", newcomer_sex, newcomer_birth, newcomer_nik),
        twins=twins,
    )


def _others(ground: Ground, who: str, sex: Int64Array, birth_day: Int64Array, nik: Int64Array) -> Others:
    plain = np.zeros(len(sex), dtype=np.bool_)
    called = make_names(ground.draw(f"{who} names"), ground.names, sex, birth_day, ground.window.year, plain)
    return Others(sex, birth_day, called, nik)


def _free_from(jobs: Jobs, members: Members) -> Int64Array:
    """The month after the last job of each person on own account; their first month for who had none."""
    free = members.first.copy()
    before = jobs.take(members.segment[jobs.person] == BPU)
    np.maximum.at(free, before.person, before.last + 1)
    return free


def _fixed_villages(ground: Ground) -> Int64Array:
    """Who is paid for by a village lives there; -1 for everyone else."""
    fixed = np.full(len(ground.members), -1, dtype=np.int64)
    fixed[ground.own.person] = ground.own.village
    return fixed


def _numbers(
    ground: Ground, homes: Homes, relatives: Relatives, candidates: Candidates, sex: Int64Array, birth_day: Int64Array
) -> tuple[Int64Array, ...]:
    """One number for every human being, no two alike: people, relatives, candidates, newcomers."""
    members, places = ground.members, ground.places
    new = relatives.new
    draw = ground.draw("numbers")
    homes_of = (homes.village[relatives.person[new]], candidates.village, draw.weighted(len(sex), places.people))
    districts = [homes.nik_district, *(nik_districts(draw, places, village) for village in homes_of)]
    counts = [len(part) for part in districts]
    numbers = unique_niks(
        np.concatenate([homes.nik_regency, np.full(sum(counts[1:]), places.regency)]),
        np.concatenate(districts),
        np.concatenate([members.birth_day, relatives.birth_day[new], candidates.birth_day, birth_day]),
        np.concatenate([members.sex, relatives.sex[new], candidates.sex, sex]),
    )
    return tuple(np.split(numbers, np.cumsum(counts)[:-1]))


def make_tables(ground: Ground, life: Life) -> tuple[dict[str, pa.Table], tuple[Row, ...]]:
    """Every table by name, and the demo employer's rows."""
    window, places = ground.window, ground.places
    abroad = ground.members.of(MIGRANT)
    placements, begun = tables.placements_table(
        ground.draw("placements"), abroad, ground.members.first[abroad], ground.shares.routes, window
    )
    first_month = _first_months(life, abroad, begun, window)
    now = np.flatnonzero(ground.members.is_now)
    found = tables.place_tables(places, ground.name) | {
        "people": people_table(
            ground.draw("people"), life.members, life.homes, life.called, life.nik, first_month, places, window
        ),
        "relatives": relatives_table(
            ground.draw("families"), ground.names, life.relatives, life.called, life.relative_nik, life.nik, window.year
        ),
        "moves": moves_table(life.homes, places),
        "spellings": spellings_table(ground.draw("spellings"), life.called),
        "duplicates": duplicates_table(life.twins, len(ground.members)),
        "projects": tables.projects_table(ground.projects, places),
        "sponsors": tables.sponsors_table(ground.sponsors, places),
        "covers": tables.covers_table(
            ground.draw("cover rows"), life.covers, life.own, life.homes, places, int(ground.minimum[-1]), window
        ),
        "placements": placements,
        "agents": tables.agents_table(ground.draw("agents"), ground.own, now, window),
        "unregistered": unregistered_table(
            ground.draw("unregistered"), life.candidates, life.candidate.called, life.candidate.nik, places
        ),
    }
    found |= tables.employer_tables(ground.employers, _workers(life.jobs, ground), places)
    found |= tables.job_tables(ground.draw("job rows"), life.jobs, ground.employers, ground.minimum, window)
    cast = demo.Cast(life.members, life.jobs, ground.employers, life.relatives, ground.sponsors, places)
    found["users"] = demo.demo_users(ground.draw("users"), cast, ground.names, found, window)
    new = life.newcomer
    newcomers = demo.Newcomers(new.called, new.nik, new.sex, new.birth_day)
    roster = demo.demo_roster(ground.draw("roster"), cast, newcomers, found, int(ground.minimum[-1]), window)
    return {name: found[name] for name in SCHEMAS}, roster


def _first_months(life: Life, abroad: Int64Array, begun: Int64Array, window: Window) -> Int64Array:
    """Each person's first month in the books, as a count since year 0."""
    first = np.full(len(life.members), window.last, dtype=np.int64)
    np.minimum.at(first, life.jobs.person, life.jobs.first)
    np.minimum.at(first, life.covers.person, life.covers.first)
    np.minimum.at(first, abroad, begun)
    return first


def _workers(jobs: Jobs, ground: Ground) -> Int64Array:
    """How many work for each employer in the month."""
    now = (jobs.last == OPEN) | (jobs.last >= ground.window.last)
    return np.bincount(jobs.employer[now], minlength=len(ground.employers))
