"""How many of whom: the province's published shares, brought down to the people wanted, in whole people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as nation
from jamsostek.synth.allocate import split, spread
from jamsostek.synth.plan import Plan, make_plan, segment_weights


@dataclass(frozen=True)
class Shares:
    """People by segment, and what they are by segment; each table adds up to the one before it."""

    people: int
    segments: Int64Array
    """(segment,)"""
    sexes: Int64Array
    """(segment, male and female)"""
    ages: Int64Array
    """(segment, sex, age band)"""
    scales: Int64Array
    """(scale,), of pu"""
    payers: Int64Array
    """(payer,), of bpu"""
    jht: int
    """Of the bpu who pay for themselves: members of JHT."""
    transport: int
    """Of bpu: in the transport sector."""
    routes: Int64Array
    """(route,), of migrants"""


@cache
def _nation() -> Plan:
    """The nation at its published size, where rounding is smallest."""
    return make_plan(int(segment_weights().sum()))


def make_shares(province: int, people: int) -> Shares:
    """The active members of a regency of the province: its segments, women, scales and payers are the province's.

    Published by province: wage earners, BPU, men and women of the labour force. Published for the nation: who is in which
    programme, who pays for BPU, construction, migrants. Ages and the rest: `synth.assumptions`. No regency is published.
    """
    whole = _nation()
    place = whole.codes.index(province)
    segments = split(people, whole.segments[place])
    women = whole.women[place]
    sexes = np.stack(
        [
            split(int(count), (int(every - female), int(female)))
            for count, every, female in zip(segments, whole.segments[place], women, strict=True)
        ]
    )
    payers = split(int(segments[nation.BPU]), whole.payers[place])
    own = int(payers[nation.PAYERS.index("self")])
    own_in_province = int(whole.payers[place][nation.PAYERS.index("self")])
    jht = int(whole.jht[place])
    return Shares(
        people=people,
        segments=segments,
        sexes=sexes,
        ages=np.stack([spread(row, shares) for row, shares in zip(sexes, nation.AGE_SHARES, strict=True)]),
        scales=split(int(segments[nation.PU]), whole.scales[place]),
        payers=payers,
        jht=int(split(own, (jht, own_in_province - jht))[0]),
        transport=int(split(int(segments[nation.BPU]), (nation.TRANSPORT_OF_BPU, 1_000 - nation.TRANSPORT_OF_BPU))[0]),
        routes=split(int(segments[nation.MIGRANT]), whole.routes[place]),
    )
