"""Commutation values and annuities of a table of deaths: what a rupiah a year for life is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jamsostek.fund.projection.supposing import Floats


@dataclass(frozen=True)
class Commutation:
    """lx, dx, Dx, Nx, Cx, Mx of a table of yearly deaths from its first age, at a rate of interest."""

    lx: Floats
    dx: Floats
    Dx: Floats
    Nx: Floats
    Cx: Floats
    Mx: Floats

    def annuity(self, age: int) -> float:
        """A rupiah at the beginning of each year for life, to who is so many years past the first age: Nx / Dx."""
        return float(self.Nx[age] / self.Dx[age])

    def temporary(self, age: int, years: int) -> float:
        """The same for at most so many years: (Nx - Nx+n) / Dx."""
        return float((self.Nx[age] - self.Nx[age + years]) / self.Dx[age])

    def insurance(self, age: int) -> float:
        """A rupiah at the end of the year of death: Mx / Dx."""
        return float(self.Mx[age] / self.Dx[age])


def commutation(deaths: Floats, interest: float) -> Commutation:
    """Of one column of yearly probabilities; the last must be 1."""
    alive = np.concatenate([[1.0], np.cumprod(1 - deaths)])[: len(deaths)]
    value = (1 + interest) ** -np.arange(len(deaths), dtype=np.float64)
    died = alive * deaths
    begins, ends = alive * value, died * value / (1 + interest)
    back = [np.cumsum(one[::-1])[::-1] for one in (begins, ends)]
    return Commutation(alive, died, begins, back[0], ends, back[1])
