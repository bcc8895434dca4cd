"""Inflation, wages, output and returns of every year: as they were, then as supposed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from jamsostek.fund.projection.supposing import FIRST, YEARS, Floats, Supposed, tables

PROGRAMMES = ("jp", "jht", "jkk", "jkm", "jkp")
FAR = 2046
"""From when the far rates hold."""


@dataclass(frozen=True)
class Economy:
    """By year from 2015: rates as shares; `wage` is the mean monthly wage of formal members in rupiah; `known` years were."""

    inflation: Floats
    gdp: Floats
    wage: Floats
    yields: dict[str, Floats]
    known: int = field(default=0)

    @property
    def prices(self) -> Floats:
        """Level at the end of each year, 1 at the end of the first."""
        found: Floats = np.cumprod(1 + self.inflation) / (1 + self.inflation[0])
        return found


def economy(supposed: Supposed) -> Economy:
    """What is supposed, after what was."""
    told = tables()
    past = told["economy"]["years"]
    known, years = len(past), np.array(YEARS)
    ahead = years[known:]
    near = ahead < FAR
    inflation = np.concatenate([np.array(told["economy"]["inflation"]) / 100, np.full(len(ahead), supposed["economy.inflation"])])
    gdp = np.concatenate(
        [np.array(told["economy"]["gdp"]) / 100, np.where(near, supposed["economy.gdp"], supposed["economy.gdp_far"])]
    )
    growth = (1 + supposed["economy.inflation"]) * (1 + supposed["economy.real_wage"])
    before = np.array(told["wages"]["mean_formal"], dtype=np.float64)
    wage = np.concatenate([before, before[-1] * growth ** np.arange(1, len(ahead) + 1)])
    yields = {
        p: np.concatenate([np.array(told["yields"][p]) / 100, np.full(len(ahead), supposed["economy.yield"])]) for p in PROGRAMMES
    }
    assert past[0] == FIRST
    return Economy(inflation, gdp, wage, yields, known)
