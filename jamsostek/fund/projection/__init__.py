"""The programmes' funds to 2100: people by age, sex, segment, service and wage; what they pay and are paid; what is left.
Pure NumPy.

    whole = project(suppose({"economy.yield": 6.0}))       the deterministic run: `whole.measures`, `whole.funds["jp"].exhausted`
    fan = chance(whole, paths=5000, seed=1)                 thousands of economic paths over the same people
    table = sensitivity(whole)                              each figure a step down and up
    result(whole, fan, table)                               all of it as plain data

Estimates in floats: nothing here is owed, paid or held. The law is read from `jamsostek.law`; what is supposed stands in
assumptions/*.yaml.
"""

from __future__ import annotations

from jamsostek.fund.projection.chance import MOST_PATHS, PATHS, POINTS, SEED, Cancelled, Chance, chance
from jamsostek.fund.projection.changing import Changed, Outcome, outcome, sensitivity
from jamsostek.fund.projection.economy import PROGRAMMES
from jamsostek.fund.projection.legal import law_digest
from jamsostek.fund.projection.supposing import (
    GRADES,
    GROUPS,
    LAST,
    UNITS,
    YEARS,
    Assumption,
    Supposed,
    base,
    files_digest,
    sources,
    suppose,
)
from jamsostek.fund.projection.told import FORM, result
from jamsostek.fund.projection.whole import Fund, Measures, Whole, project

__all__ = [
    "FORM", "GRADES", "GROUPS", "LAST", "MOST_PATHS", "PATHS", "POINTS", "PROGRAMMES", "SEED", "UNITS", "YEARS",
    "Assumption", "Cancelled", "Chance", "Changed", "Fund", "Measures", "Outcome", "Supposed", "Whole", "base",
    "chance", "files_digest", "law_digest", "outcome", "project", "result", "sensitivity", "sources", "suppose",
]  # fmt: skip
