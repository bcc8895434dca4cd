"""A region's month for who heads it: covered people, what changed, villages and firms to visit, and the money left.

Sums only: of registered people the head of a region sees no row. What is read further than their own sight is asked for by
the right over the whole region first. A village's score is its people found without cover and not yet enrolled, and those whose
cover ends with the month or the next: one person, one point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from jamsostek.access.roles import Can
from jamsostek.access.scope import everything_in_sight, regencies_below
from jamsostek.collection.queries.visits import Firm, firms_at_risk
from jamsostek.core.months import add_months, last_day, month_of
from jamsostek.outreach import plan
from jamsostek.outreach.models import Candidate, FundedMonth, Programme
from jamsostek.outreach.queries.money import months_cost, purses
from jamsostek.outreach.strategy import need_there
from jamsostek.registry.queries.changed import Segment, Village, changed_in, ending_with_year

KEPT_SECONDS = 900
VISITED_VILLAGES, VISITED_FIRMS = 10, 5


@dataclass(frozen=True)
class Place:
    """A village: people found and not yet enrolled, cover that ends with the month or the next, people covered now and before."""

    code: int
    found: int
    ending: int
    now: int
    before: int
    programme: int | None
    """The number of the programme that found the most of them."""

    @property
    def score(self) -> int:
        """One point a person."""
        return self.found + self.ending


@dataclass(frozen=True)
class Money:
    """A source of an open programme: whole rupiah, months YYYYMM; `more` people it still pays for from the next month on."""

    programme: int
    title: str
    kind: str
    rupiah: int
    left_rupiah: int
    to_month: int
    people: int
    more: int


@dataclass(frozen=True)
class Changes:
    """People of the month: first cover, cover again, cover ended, enrolled by the programmes, cover about to end."""

    joined: int
    returned: int
    ended: int
    enrolled: int
    ends_now: int
    ends_next: int


@dataclass(frozen=True)
class Monthly:
    """The whole page. `money` is None for a past month: what was left then is not kept."""

    region: int
    month: int
    day: dt.date
    at: dt.datetime
    segments: Sequence[Segment]
    villages: Sequence[Village]
    places: Sequence[Place]
    firms: Sequence[Firm]
    changes: Changes
    money: Sequence[Money] | None
    year_end: int
    """People whom others pay for until December of this year and who have no cover in January."""
    found_elsewhere: int = 0
    """People found and not yet enrolled whose village is not known, beside those of `places`."""

    def count(self, name: str, sex: str | None = None) -> int:
        """People of all villages by a figure of `Village`."""
        return sum(getattr(one, name) for one in self.villages if sex in (None, one.sex))

    @property
    def found(self) -> int:
        """People found and not yet enrolled."""
        return sum(one.found for one in self.places) + self.found_elsewhere

    @property
    def empty(self) -> bool:
        """Whether nothing at all is known of the region."""
        return not (self.villages or self.places or self.firms or self.money)


def monthly(region: int, month: int, *, today: dt.date, now: dt.datetime) -> Monthly:
    """A month of a region, counted at most a quarter of an hour ago; a past one as on its last day. Raises `Refused`."""
    need_there(Can.SEE_MOVEMENT, region)
    key = f"monthly:{region}:{month}:{today:%Y%m%d}"
    kept = cache.get(key)
    if isinstance(kept, Monthly):
        return kept
    with everything_in_sight():
        made = _monthly(region, month, today, now)
    cache.set(key, made, KEPT_SECONDS)
    return made


def _monthly(region: int, month: int, today: dt.date, now: dt.datetime) -> Monthly:
    past = month < month_of(today)
    day = last_day(month) if past else today
    regencies = regencies_below(region)
    regions = sorted({region, *regencies})
    segments, villages = changed_in(regencies, month)
    firms = [one for one in firms_at_risk(regencies, day, month) if one.at_risk or one.case]
    joined, returned, ended, ends_now, ends_next = (
        sum(getattr(one, name) for one in villages) for name in ("joined", "returned", "ended", "ends_now", "ends_next")
    )
    changes = Changes(joined, returned, ended, _enrolled(regions, month), ends_now, ends_next)
    found = _found(regions, day, past=past)
    elsewhere, _programme = found.pop(None, (0, 0))
    return Monthly(
        region, month, day, now, segments, villages, _places(villages, found), firms, changes,
        None if past else _money(regions, month), 0 if past else _year_end(regions, regencies, month, villages), elsewhere,
    )  # fmt: skip


# --- villages ---------------------------------------------------------------------------------------------------------------


def _places(villages: Sequence[Village], found: Mapping[int | None, tuple[int, int]]) -> list[Place]:
    """Villages with somebody to visit, the most first."""
    codes = {code for code in (*(one.code for one in villages), *found) if code is not None}
    sums: dict[int, dict[str, int]] = {code: dict.fromkeys(("now", "before", "ending"), 0) for code in codes}
    for one in villages:
        if one.code is not None:
            mine = sums[one.code]
            mine["now"], mine["before"] = mine["now"] + one.now, mine["before"] + one.before
            mine["ending"] += one.ends_now + one.ends_next
    made = []
    for code, mine in sums.items():
        people, programme = found.get(code, (0, None))
        made.append(Place(code, people, mine["ending"], mine["now"], mine["before"], programme))
    return sorted((one for one in made if one.score), key=lambda one: (-one.score, one.now, one.code))


_PEOPLE = """
    known AS (
        SELECT coalesce(c.nik_index, c.record_key) AS key, max(coalesce(m.into_id, c.participant_id)) AS participant
        FROM outreach_candidate c LEFT JOIN registry_merge m ON m.source_id = c.participant_id AND m.undone_at IS NULL
        WHERE c.region_code = ANY (%(regions)s) AND c.participant_id IS NOT NULL GROUP BY 1)
"""
"""Participants by a candidate's NIK, or by their record where that has none: so one person of two lists is one."""
_WHO = "coalesce(int8send(k.participant), c.nik_index, c.record_key)"
_FOUND = """
    WITH {people}, people AS (
        SELECT DISTINCT ON (who) {who} AS who, c.village_code, g.number, bool_or({state} = 'enrolled') OVER same AS enrolled,
               bool_or({state} IN ('proposed', 'verified', 'waiting', 'funded')) OVER same AS open
        FROM outreach_candidate c JOIN outreach_programme g ON g.id = c.programme_id {steps}
        LEFT JOIN known k ON k.key = coalesce(c.nik_index, c.record_key)
        WHERE c.region_code = ANY (%(regions)s) AND g.state <> 'closed'
        WINDOW same AS (PARTITION BY {who})
        ORDER BY who, {state} IN ('proposed', 'verified', 'waiting', 'funded') DESC, c.village_code IS NULL,
                 g.number DESC, c.id DESC)
    SELECT village_code, count(*), mode() WITHIN GROUP (ORDER BY number DESC) FROM people WHERE open AND NOT enrolled GROUP BY 1
"""
_ENROLLED = """
    WITH {people} SELECT count(DISTINCT {who}) FROM outreach_candidate c
    JOIN outreach_candidatestep s ON s.candidate_id = c.id AND s.state = 'enrolled'
    LEFT JOIN known k ON k.key = coalesce(c.nik_index, c.record_key)
    WHERE c.region_code = ANY (%(regions)s) AND s.on_date BETWEEN %(first)s AND %(last)s
"""
_STEPS = """
    JOIN LATERAL (SELECT t.state FROM outreach_candidatestep t WHERE t.candidate_id = c.id AND t.on_date <= %(day)s
                  ORDER BY t.id DESC LIMIT 1) s ON true
"""


def _found(regions: Sequence[int], day: dt.date, *, past: bool) -> dict[int | None, tuple[int, int]]:
    """People whom open programmes know and have not enrolled by the day, by village, and the number of their programme.

    Everybody once, in the village the newest programme tells; under None who has no village.
    """
    # Only words of this file are put together.
    words = {"people": _PEOPLE, "who": _WHO, "state": "s.state" if past else "c.state", "steps": _STEPS if past else ""}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(**words), {"regions": list(regions), "day": day})
        return {village: (people, programme) for village, people, programme in cursor.fetchall()}


def _enrolled(regions: Sequence[int], month: int) -> int:
    """People whom the programmes enrolled in the month."""
    asked: dict[str, list[int] | dt.date] = {
        "regions": list(regions),
        "first": last_day(month).replace(day=1),
        "last": last_day(month),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENROLLED.format(people=_PEOPLE, who=_WHO), asked)
        return int(cursor.fetchone()[0])


# --- money ------------------------------------------------------------------------------------------------------------------


def _money(regions: Collection[int], month: int) -> list[Money]:
    """Sources of open programmes that still pay, the newest programme first."""
    made = []
    for programme in Programme.objects.filter(region_code__in=regions, state="open").order_by("-year", "-pk"):
        for purse in purses(programme):
            source, first = purse.source, max(purse.source.from_month, add_months(month, 1))
            each = months_cost(source.kind, first, source.to_month, programme.income_rupiah, programme.programmes)
            made.append(Money(
                programme.number, purse.title, source.kind, source.rupiah, purse.left_rupiah, source.to_month, purse.people,
                plan.persons_for(purse.left_rupiah, each),
            ))  # fmt: skip
    return made


def _year_end(regions: Sequence[int], regencies: Collection[int], month: int, villages: Sequence[Village]) -> int:
    """The cliff of January: whom others pay for until December and nothing covers after, registered or about to be.

    Who is enrolled stands in the registry, and counts where they live; who is only funded is looked up there.
    """
    year = month // 100
    funded = Candidate.objects.filter(region_code__in=regions, state="funded", to_month=year * 100 + 12).exclude(
        nik_index__in=FundedMonth.objects.filter(month=(year + 1) * 100 + 1).values("nik_index")
    )
    niks = [bytes(one) for one in funded.order_by().values_list("nik_index", flat=True) if one is not None]
    return sum(one.year_end for one in villages) + (ending_with_year(niks, regencies, month) if niks else 0)
