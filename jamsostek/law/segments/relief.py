"""Which relief reaches a non-wage member: by sector and by who pays, each told on its own."""

from __future__ import annotations

import numpy as np

from jamsostek.core.rupiah import PPM
from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Choice, Output, Outputs, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.segments.contribution import PAYERS, SECTORS, bpu_relief

PERCENT = 10
"""Parts of a percentage output in one part per million."""


@rule(
    "relief.bpu",
    N_("Keringanan iuran BPU"),
    when="month",
    inputs=(
        Choice("sector", default="other", required=False, options=SECTORS),
        Choice("payer", default="self", required=False, options=PAYERS),
    ),
    outputs=(
        Output("relieved", "flag"),
        Output("relief_in_force", "flag"),
        Output("payer_qualifies", "flag"),
        Output("paid_percent", "percent"),
    ),
    source="PP 50/2025",
)
def bpu(law: Law, *, sector: Array, payer: Array) -> Outputs:
    """Whether a non-wage member's JKK and JKM are relieved by PP 50/2025, which condition fails, and the share still paid.

    The relief of the COVID months reaches everybody and asks no facts; it is in `contribution.bpu` only.
    """
    share = bpu_relief(law, sector, payer)
    return {
        "relieved": (share < PPM).astype(np.int64),
        "relief_in_force": sector_relieved(law, sector),
        "payer_qualifies": payer_qualifies(law, payer),
        "paid_percent": share * PERCENT,
    }


@step(N_("Keringanan berlaku bulan ini bagi sektor itu"), "{bpu.relief[sector]} < 100 %", unit="flag")
def sector_relieved(law: Law, sector: Array) -> Array:
    """1 in the contribution months of the sector's relief, whoever pays."""
    found: Array = (law.ppms("bpu.relief")[sector] < PPM).astype(np.int64)
    return found


@step(N_("Pembayar tidak dikecualikan"), "{bpu.relief.payers[payer]}", unit="flag")
def payer_qualifies(law: Law, payer: Array) -> Array:
    """1 where the relief reaches members with this payer."""
    found: Array = law.flags("bpu.relief.payers")[payer]
    return found
