"""The counts that a nation's files must have, read off its plan: the comparison at any size without writing anybody."""

from __future__ import annotations

import numpy as np

from jamsostek.core.rupiah import Int64Array
from jamsostek.synth import assumptions as assumed
from jamsostek.synth.measure import Counts
from jamsostek.synth.plan import Plan, ProvincePlan, Work
from jamsostek.synth.report import wage_targets


def planned_counts(plan: Plan) -> dict[int, Counts]:
    """As `measure.count_nation` finds them in the files. Wages are drawn by chance: here they are those expected."""
    return {code: _planned(one) for code, one in plan.provinces.items()}


def _planned(one: ProvincePlan) -> Counts:
    pu, bpu, migrant = (one.work[segment] for segment in (assumed.PU, assumed.BPU, assumed.MIGRANT))
    ages = one.who.sum(axis=(1, 2))
    return Counts(
        segment_sex=one.who.sum(axis=(2, 3)),
        regency=np.append(one.who.sum(axis=(0, 1, 3)), 0),
        age=np.pad(ages, ((0, 0), (0, 1))),
        scale_jkp=_of(pu, ("scale", 4), ("jkp_member", 2)),
        scale_intensive=_of(pu, ("scale", 4), ("labour_intensive", 2)),
        risk=_of(pu, ("risk_class", 5)),
        wage=wage_targets(_of(pu, ("scale", 4))),
        payer=_of(bpu, ("payer", 5)),
        sector=_of(bpu, ("sector", 2)),
        jht=_of(bpu, ("jht_member", 2)),
        route=_of(migrant, ("route", 2)),
        months=np.array([*(_where(migrant, "contract_months", length) for length in assumed.CONTRACT_MONTHS), 0]),
    )


def _of(work: Work, *axes: tuple[str, int]) -> Int64Array:
    """People by columns, each from 0 to its size."""
    table = np.zeros([size for _name, size in axes], dtype=np.int64)
    np.add.at(table, tuple(work.columns[name] for name, _size in axes), work.people)
    return table


def _where(work: Work, name: str, value: int) -> int:
    return int(work.people[work.columns[name] == value].sum())
