"""Work on own account: who pays for it, and the months that are paid; a village whose January waited for a grant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.regency import assumptions as assumed
from jamsostek.synth.regency.draw import Bools, Draw
from jamsostek.synth.regency.employers import Employers
from jamsostek.synth.regency.jobs import OPEN
from jamsostek.synth.regency.members import BPU, MEMBER, Members, Window
from jamsostek.synth.regency.places import MARK, SETTINGS, Places
from jamsostek.synth.regency.shares import Shares
from jamsostek.synth.wages import wages

KINDS = ("regional_government", "village", "csr", "private")
CSR_FIRMS = 3
SELF = nation.PAYERS.index("self")
_INCOME_STEP = 50_000
NO_GAP = -1


@dataclass(frozen=True)
class Sponsors:
    """One entry a sponsor: first the regional government, then villages, firms and a private person."""

    kind: Int64Array
    name: tuple[str, ...]
    village: Int64Array
    """-1 for who is not a village."""
    employer: Int64Array
    """The firm behind a CSR sponsor; -1 for others."""
    gap: Int64Array
    """A month left unpaid because a grant came late, as a count since year 0; `NO_GAP` elsewhere."""

    def __len__(self) -> int:
        return len(self.kind)


def make_sponsors(places: Places, employers: Employers, window: Window, regency_name: str) -> Sponsors:
    """The first sponsoring village is the one with the gap: January of the latest year that has a later month."""
    villages = places.desa[: assumed.SPONSORING_VILLAGES]
    kinds = [0, *[1] * len(villages), *[2] * CSR_FIRMS, 3]
    firms = list(range(CSR_FIRMS))
    january = window.last // 12 * 12
    gap = np.full(len(kinds), NO_GAP, dtype=np.int64)
    gap[1] = january if window.last > january else january - 12
    return Sponsors(
        kind=np.array(kinds),
        name=(
            f"Pemerintah {MARK} {regency_name}",
            *(f"Pemerintah {places.village_names[v]}" for v in villages),
            *(f"CSR {employers.name[firm]}" for firm in firms),
            f"Donatur {MARK} Pribadi",
        ),
        village=np.array([-1, *villages, *[-1] * CSR_FIRMS, -1]),
        employer=np.array([-1] * (1 + len(villages)) + firms + [-1]),
        gap=gap,
    )


@dataclass(frozen=True)
class OwnAccount:
    """One entry a person who works on own account."""

    person: Int64Array
    sponsor: Int64Array
    """-1 for who pays alone."""
    village: Int64Array
    """Where a person paid for by a village lives; -1 where it does not matter."""
    in_transport: Bools
    jht_member: Bools


def make_own_account(draw: Draw, members: Members, sponsors: Sponsors, shares: Shares) -> OwnAccount:
    """Payers, JHT members and transport workers of the plan, exactly; in proportion among who left or died."""
    people = members.of(BPU)
    people = people[np.argsort(members.origin[people] != MEMBER, kind="stable")]
    now = int((members.origin[people] == MEMBER).sum())
    payer = np.repeat(np.arange(len(nation.PAYERS)), shares.payers)[draw.order(now)]
    payer = np.concatenate([payer, draw.weighted(len(people) - now, shares.payers)])
    jht = np.zeros(len(people), dtype=np.bool_)
    jht[draw.some(np.flatnonzero(payer[:now] == SELF), shares.jht)] = True
    transport = np.zeros(len(people), dtype=np.bool_)
    transport[draw.some(np.arange(now), shares.transport)] = True
    sponsor = _sponsor_of(draw, payer, sponsors)
    village = np.where(sponsor >= 0, sponsors.village[sponsor], -1)
    return OwnAccount(people, sponsor, village, transport, jht)


def _sponsor_of(draw: Draw, payer: Int64Array, sponsors: Sponsors) -> Int64Array:
    """The region for apbd, one of the villages for village, a firm or the private donor for who else is paid for."""
    sponsor = np.full(len(payer), -1, dtype=np.int64)
    for kind, payers in (((0,), ("apbd",)), ((1,), ("village",)), ((2, 3), ("apbn", "donor"))):
        paid = np.flatnonzero(np.isin(payer, [nation.PAYERS.index(name) for name in payers]))
        options = np.flatnonzero(np.isin(sponsors.kind, kind))
        sponsor[paid] = options[draw.whole(len(paid), 0, len(options) - 1)]
    return sponsor


@dataclass(frozen=True)
class Covers:
    """One entry a span of cover: the months are counts since year 0, `last` is `OPEN` while it goes on."""

    person: Int64Array
    sponsor: Int64Array
    first: Int64Array
    last: Int64Array


def make_covers(
    draw: Draw, own: OwnAccount, members: Members, sponsors: Sponsors, free_from: Int64Array, window: Window
) -> Covers:
    """Sponsors pay by the calendar year; who pays alone goes on until it is left, a part with months not paid between.

    `free_from` holds each person's first month after any job before.
    """
    earliest = np.maximum(members.first[own.person], free_from[own.person])
    last = members.last[own.person]
    alone = np.flatnonzero(own.sponsor < 0)
    paid = np.flatnonzero(own.sponsor >= 0)
    by_self = _by_self(draw, own.person[alone], earliest[alone], last[alone], members.is_now[own.person[alone]])
    begun = earliest[paid] + draw.below(last[paid] - earliest[paid] + 1) * ~draw.chance(len(paid), assumed.FROM_THE_START)
    still = members.is_now[own.person[paid]]
    by_sponsor = _by_sponsor(own.person[paid], own.sponsor[paid], begun, last[paid], still, sponsors, window)
    columns = [np.concatenate([a, b]) for a, b in zip(by_self, by_sponsor, strict=True)]
    order = np.lexsort((columns[2], columns[0]))
    return Covers(*(column[order] for column in columns))


def _by_self(draw: Draw, person: Int64Array, earliest: Int64Array, last: Int64Array, still: Bools) -> tuple[Int64Array, ...]:
    first = earliest + draw.below(last - earliest + 1) * ~draw.chance(len(person), assumed.FROM_THE_START)
    gap = draw.whole(len(person), 1, 4)
    # Some stopped for a while: the span ends, and after the gap another begins.
    stops = (last - first > gap + 2) & draw.chance(len(person), assumed.SELF_PAYER_GAP)
    until = first + draw.below(last - first - gap - 1)
    none = np.full(int(stops.sum()), -1)
    begin = np.where(stops, until + gap + 1, first)
    return (
        np.concatenate([person[stops], person]),
        np.concatenate([none, np.full(len(person), -1)]),
        np.concatenate([first[stops], begin]),
        np.concatenate([until[stops], np.where(still, OPEN, last)]),
    )


def _by_sponsor(
    person: Int64Array, sponsor: Int64Array, begun: Int64Array, last: Int64Array, still: Bools, sponsors: Sponsors, window: Window
) -> tuple[Int64Array, ...]:
    """A row for each calendar year that is paid; a sponsor's gap is left out of it."""
    rows = []
    for year in range(window.first // 12, window.last // 12 + 1):
        january, december = year * 12, year * 12 + 11
        opened = january + (sponsors.gap[sponsor] == january)
        first = np.maximum(begun, opened)
        until = np.where(still, december, np.minimum(last, december))
        paid = (first <= until) & (first <= window.last)
        rows.append([person[paid], sponsor[paid], first[paid], until[paid]])
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return tuple(columns)


def occupations(draw: Draw, in_transport: Bools, setting: Int64Array) -> list[str]:
    """What people on own account do, by where they live."""
    found = np.empty(len(setting), dtype=object)
    found[in_transport] = draw.among(int(in_transport.sum()), assumed.TRANSPORT_JOBS)
    for number, name in enumerate(SETTINGS):
        here = ~in_transport & (setting == number)
        found[here] = draw.among(int(here.sum()), assumed.OTHER_JOBS[name])
    return list(found)


def incomes(draw: Draw, is_sponsored: Bools, minimum_rupiah: int) -> Int64Array:
    """Declared incomes: the lowest band for who is paid for and half of the others, in steps of Rp50,000 above it."""
    count = len(is_sponsored)
    lowest = is_sponsored | draw.chance(count, nation.DECLARED_LOWEST_OF_SELF)
    earned = wages(np.full(count, nation.WAGES_BPU), draw.bits(count), minimum_rupiah)
    stepped = np.maximum(earned // _INCOME_STEP * _INCOME_STEP, nation.LOWEST_INCOME_RUPIAH)
    return np.where(lowest, nation.LOWEST_INCOME_RUPIAH, stepped)
