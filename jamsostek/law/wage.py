"""The monthly wage that contributions and benefits start from."""

from __future__ import annotations

import numpy as np

from jamsostek.core.text import N_
from jamsostek.law.engine import NONE, Array
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law


@step(N_("Upah sebulan"), "{wage_rupiah|daily_wage_rupiah × wage.daily_multiplier}")
def monthly_wage(law: Law, wage_rupiah: Array, daily_wage_rupiah: Array) -> Array:
    """The monthly wage; a daily wage counts for 25 days. PP 44/2015 Art 19(2), 32(1); PP 46/2015 Art 17."""
    return np.where(daily_wage_rupiah == NONE, wage_rupiah, daily_wage_rupiah * _days(law, daily_wage_rupiah))


def _days(law: Law, daily_wage_rupiah: Array) -> int:
    """The multiplier, asked for only where a daily wage is given (it has no figure for the months before July 2015)."""
    return int(law.number("wage.daily_multiplier")) if (daily_wage_rupiah != NONE).any() else 0
