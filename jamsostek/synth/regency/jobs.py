"""Jobs over the window: who worked where from when to when, with what came before and what runs beside."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.employers import COMPANY, OFFICE, Employers
from jamsostek.synth.regency.members import (
    BPU,
    CONSTRUCTION,
    NON_ASN,
    PU,
    TRAINING,
    Members,
    Window,
)
from jamsostek.synth.regency.projects import Projects

OPEN = -1
"""Instead of a last month: the job goes on."""
NONE = -1
"""Instead of a project or a unit."""


@dataclass(frozen=True)
class Jobs:
    """One entry a spell of work; months are counts since year 0, `last` is `OPEN` while it goes on."""

    person: Int64Array
    employer: Int64Array
    segment: Int64Array
    project: Int64Array
    first: Int64Array
    last: Int64Array

    def __len__(self) -> int:
        return len(self.person)

    def take(self, which: Int64Array | Bools) -> Jobs:
        """Those spells only, in that order."""
        return Jobs(*(getattr(self, field.name)[which] for field in fields(self)))


def joined(parts: list[Jobs]) -> Jobs:
    """All spells of the parts."""
    return Jobs(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Jobs)))


def make_jobs(draw: Draw, members: Members, employers: Employers, projects: Projects, window: Window) -> Jobs:
    """Every spell of work, by person and then by time; spells of one person at one employer never overlap."""
    employed = [_employed(draw, members, employers, segment) for segment in (PU, NON_ASN)]
    now = [*employed, _trainees(draw, members, employers), _builders(draw, members, projects, window)]
    current = joined([_begun(draw, part, members, projects) for part in now])
    before = _before(draw, current, members, employers, projects, assumed.JOB_BEFORE)
    earlier = _before(draw, before, members, employers, projects, assumed.JOB_BEFORE_THAT)
    beside = _beside(draw, current, members, employers, joined([before, earlier]))
    return _in_order(joined([current, before, earlier, beside, _before_own_account(draw, members, employers)]))


def _in_order(jobs: Jobs) -> Jobs:
    return jobs.take(np.lexsort((jobs.employer, jobs.first, jobs.person)))


def _spells(members: Members, person: Int64Array, employer: Int64Array, segment: int, project: Int64Array | int = NONE) -> Jobs:
    """Spells that still want their first month; the last is the person's."""
    last = np.where(members.is_now[person], OPEN, members.last[person])
    alike = np.zeros(len(person), dtype=np.int64)
    return Jobs(person, employer, alike + segment, alike + project, alike, last)


def _employed(draw: Draw, members: Members, employers: Employers, segment: int) -> Jobs:
    """The plan's members at the employers that hold them; who left or died worked anywhere."""
    people = members.of(segment)
    now, gone = people[members.is_now[people]], people[~members.is_now[people]]
    seats = np.repeat(np.arange(len(employers)), employers.members[segment])
    place = draw.weighted(len(gone), employers.members[segment])
    return _spells(members, np.concatenate([now, gone]), np.concatenate([seats[draw.order(len(seats))], place]), segment)


def _trainees(draw: Draw, members: Members, employers: Employers) -> Jobs:
    people = members.of(TRAINING)
    large = np.where((employers.kind == COMPANY) & (employers.scale < 2) | (employers.kind == OFFICE), 1, 0)
    return _spells(members, people, draw.weighted(len(people), large), TRAINING)


def _builders(draw: Draw, members: Members, projects: Projects, window: Window) -> Jobs:
    people = members.of(CONSTRUCTION)
    running = projects.running(window)
    project = running[draw.weighted(len(people), projects.workers[running])]
    return _spells(members, people, projects.employer[project], CONSTRUCTION, project)


def _begun(draw: Draw, jobs: Jobs, members: Members, projects: Projects) -> Jobs:
    """Gives each spell its first month: as early as it can be for a part, evenly after it for the others."""
    earliest = members.first[jobs.person]
    on_project = jobs.project != NONE
    earliest = np.where(on_project, np.maximum(earliest, projects.first[jobs.project]), earliest)
    latest = np.where(jobs.last == OPEN, members.last[jobs.person], jobs.last)
    room = np.maximum(latest - earliest + 1, 1)
    later = draw.below(room) * ~draw.chance(len(jobs), assumed.FROM_THE_START)
    return replace(jobs, first=np.minimum(earliest + later, latest))


def _before(draw: Draw, jobs: Jobs, members: Members, employers: Employers, projects: Projects, permille: int) -> Jobs:
    """For a part of the spells the one that came before, at another employer of the same kind, after a gap."""
    earliest = members.first[jobs.person]
    chosen = np.flatnonzero((jobs.first - earliest >= 3) & draw.chance(len(jobs), permille) & (jobs.segment != TRAINING))
    after = jobs.take(chosen)
    last = after.first - 1 - draw.numbers(len(chosen), assumed.GAPS_MONTHS)
    earliest = earliest[chosen]
    employer, project, opened = after.employer.copy(), after.project.copy(), earliest.copy()
    for segment in (PU, NON_ASN):
        here = np.flatnonzero(after.segment == segment)
        employer[here] = another(draw, employers.members[segment], after.employer[here])
    builders = np.flatnonzero(after.segment == CONSTRUCTION)
    project[builders] = draw.whole(len(builders), 0, len(projects) - 1)
    employer[builders] = projects.employer[project[builders]]
    opened[builders] = np.maximum(earliest[builders], projects.first[project[builders]])
    last[builders] = np.minimum(last[builders], projects.last[project[builders]])
    first = opened + draw.below(last - opened + 1)
    found = Jobs(after.person, employer, after.segment, project, first, last)
    return found.take(last >= opened)


def another(draw: Draw, weights: Int64Array, than: Int64Array) -> Int64Array:
    """An employer of those with weight, not the one given (unless it is the only one)."""
    some = np.flatnonzero(weights)
    found = np.searchsorted(some, some[draw.weighted(len(than), weights[some])])
    same = some[found] == than
    return np.asarray(some[(found + same) % len(some)])


def _beside(draw: Draw, current: Jobs, members: Members, employers: Employers, others: Jobs) -> Jobs:
    """A second job of a few who have one: with an employer they never worked for."""
    able = (current.last == OPEN) & ((current.segment == PU) | (current.segment == NON_ASN))
    first = current.take(np.flatnonzero(able & draw.chance(len(current), assumed.SECOND_JOB)))
    employer = another(draw, employers.members[PU], first.employer)
    count = len(employers)
    new = ~np.isin(first.person * count + employer, others.person * count + others.employer)
    second = _spells(members, first.person, employer, PU).take(new)
    earliest = members.first[second.person]
    return replace(second, first=earliest + draw.below(members.last[second.person] - earliest + 1))


def _before_own_account(draw: Draw, members: Members, employers: Employers) -> Jobs:
    """Jobs that people on own account had before; they end before any later month of cover begins."""
    people = members.of(BPU)
    people = people[draw.chance(len(people), assumed.HISTORY_OF_BPU)]
    earliest = members.first[people]
    room = (members.last[people] - earliest) // 3
    last = earliest + draw.below(room)
    found = _spells(members, people, draw.weighted(len(people), employers.members[PU]), PU)
    return replace(found, first=earliest, last=last).take(room > 3)
