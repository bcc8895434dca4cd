"""How many people there are of each age, sex, segment and length of service, year by year. No money: economic paths share it.

A year goes so: whoever is at work on 1 January pays for the whole year; at its end some die, are disabled, reach pension age
or leave; some of
who left return, and new members come until the segment has as many as supposed. 2015 was half a year of JP and adds no year
of service.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.legal import T, retire_years
from jamsostek.fund.projection.rates import WORK_AGES, YOUNGEST, A, Rates
from jamsostek.fund.projection.supposing import FIRST, FORMAL, SEGMENTS, YEARS, Floats, Supposed, tables

S = 51
"""Years of service told apart: 0 to 50."""
FAR = 2046


@dataclass(frozen=True)
class People:
    """Head counts on 1 January.

    `active` and `dormant` are of JP by (year, sex, age, service); `others` of each further segment by (year, sex, age);
    `entrants` of JP by (year, sex, age) come on that day; `extra` is the share that leaves beyond the usual where a segment
    shrinks.
    """

    active: Floats
    dormant: Floats
    entrants: Floats
    extra: Floats
    others: dict[str, Floats]
    retiring: Floats
    """By (year, age): 1 where those of that age on 1 January reach pension age in the year."""

    def heads(self, segment: str) -> Floats:
        """(year, sex, age) of a segment."""
        return self.active.sum(axis=3) if segment == SEGMENTS[0] else self.others[segment]


@dataclass(frozen=True)
class Start:
    """Where people begin: members by segment, and JP heads by (sex, age, service) on the first day; `targets` by segment and
    year (None: nobody comes, and nobody leaves beyond the rates)."""

    active: Floats
    dormant: Floats
    others: dict[str, Floats]
    targets: dict[str, Floats] | None
    entry: dict[str, Floats]


def nation(supposed: Supposed) -> Start:
    """The published members of 2015 on, in thousands made persons."""
    told = tables()
    growth = np.where(np.array(YEARS) < FAR, supposed["people.growth"], supposed["people.growth_far"])
    targets, first = {}, {}
    for segment in SEGMENTS:
        known = np.array(told["members"][segment], dtype=np.float64) * 1000
        later = known[-1] * np.cumprod(1 + growth[len(known) :])
        targets[segment] = np.concatenate([known, later])
        first[segment] = targets[segment][0] * spread(told["ages"][segment], told["women"][segment])
    active = np.zeros((2, A, S))
    active[:, :, 0] = first[SEGMENTS[0]]
    entry = {
        segment: spread(told["entry_ages"]["formal" if segment in FORMAL else "informal"], told["women"][segment])
        for segment in SEGMENTS
    }
    others = {segment: first[segment] for segment in SEGMENTS[1:]}
    return Start(active, np.zeros((2, A, S)), others, targets, entry)


def spread(permille: list[float], women: float) -> Floats:
    """(sex, age) shares that add to 1 from shares of bands."""
    ages = np.zeros(A)
    for (low, high), share in zip(tables()["ages"]["bands"], permille, strict=True):
        ages[low - YOUNGEST : high - YOUNGEST + 1] = share / (high - low + 1)
    ages /= ages.sum()
    return np.stack([(1 - women) * ages, women * ages])


def retiring() -> Floats:
    """(year, age) 1 where pension age is reached in the year; of births at the middle of a year, by the law's kernel."""
    reached = retire_years()
    born = np.array(YEARS)[:, None] - 1 - WORK_AGES[None, :]
    return (reached[born - 1900] <= np.array(YEARS)[:, None]).astype(np.float64)


def people(start: Start, table: Rates) -> People:
    """Heads of every year."""
    mask = retiring()
    active, dormant, entrants, extra = _members(start, table, mask)
    others = {segment: _others(start, table, mask, segment) for segment in start.others}
    return People(active, dormant, entrants, extra, others, mask)


def _members(start: Start, table: Rates, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    active, dormant = np.zeros((T, 2, A, S)), np.zeros((T, 2, A, S))
    entrants, extra = np.zeros((T, 2, A)), np.zeros(T)
    active[0], dormant[0] = start.active, start.dormant
    target = start.targets[SEGMENTS[0]] if start.targets else None
    for at in range(T - 1):
        credit = int(YEARS[at] > FIRST)
        death, disabled = table.death[at][:, :, None], table.disability[at][:, :, None]
        goes_on = (1 - mask[at])[None, :, None]
        kept = active[at] * (1 - death) * (1 - disabled) * goes_on
        away = dormant[at] * (1 - death) * goes_on
        leave = table.leave[None, :, None]
        stay, left = _older(kept * (1 - leave), credit), _older(kept * leave, credit)
        pool = left + _older(away, 0)
        back = pool * table.back
        stay, pool = stay + back, pool - back
        if target is not None:
            wanted = target[at + 1] - stay.sum()
            if wanted >= 0:
                entrants[at + 1] = wanted * start.entry[SEGMENTS[0]]
                stay[:, :, 0] += entrants[at + 1]
            else:
                extra[at + 1] = -wanted / stay.sum()
                stay, pool = stay * (1 - extra[at + 1]), pool + stay * extra[at + 1]
        active[at + 1], dormant[at + 1] = stay, pool
    return active, dormant, entrants, extra


def _older(heads: Floats, credit: int) -> Floats:
    """A year later: one older, `credit` years more of service; who has the most stays there."""
    found = np.zeros_like(heads)
    if not credit:
        found[:, 1:] = heads[:, :-1]
        return found
    found[:, 1:, 1:] = heads[:, :-1, :-1]
    found[:, 1:, -1] += heads[:, :-1, -1]
    return found


def _others(start: Start, table: Rates, mask: Floats, segment: str) -> Floats:
    """Heads by sex and age alone; formal ones leave and retire, others leave and go on to 64."""
    formal = segment in FORMAL
    death = table.death if formal else table.death_informal
    found = np.zeros((T, 2, A))
    found[0] = start.others[segment]
    target = start.targets[segment] if start.targets else None
    for at in range(T - 1):
        ends = mask[at][None] if formal else 0.0
        kept = found[at] * (1 - death[at]) * (1 - table.disability[at]) * (1 - table.leave[None]) * (1 - ends)
        found[at + 1, :, 1:] = kept[:, :-1]
        if target is not None:
            total = found[at + 1].sum()
            wanted = target[at + 1] - total
            found[at + 1] = (
                found[at + 1] + wanted * start.entry[segment] if wanted >= 0 else found[at + 1] * (target[at + 1] / total)
            )
    return found
