"""What no published table says: every number here is assumed, and the report marks what rests on it as assumed.

Shares are in permille unless named otherwise. The nation is seen on 1 January 2026: the minimum wages of 2026 apply.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTRACTS_RUN_IN = 202606
"""Migrants' contracts begin evenly over their length up to this month, so that some begin in the month the demo bills."""
AS_OF_YEAR = 2026

SEGMENTS = ("pu", "non_asn", "bpu", "construction", "migrant")
PU, NON_ASN, BPU, CONSTRUCTION, MIGRANT = range(5)
RISK_CLASSES = ("very_low", "low", "medium", "high", "very_high")
SCALES = ("large", "medium", "small", "micro")
SECTORS = ("transport", "other")
PAYERS = ("self", "apbn", "apbd", "village", "donor")
ROUTES = ("agency", "individual")
SEXES = ("male", "female")

AGE_BANDS = ((18, 19), (20, 24), (25, 29), (30, 34), (35, 39), (40, 44), (45, 49), (50, 54), (55, 59), (60, 64))
"""Completed years of age on 1 January 2026, first and last of each band."""

AGE_SHARES = (
    (20, 150, 190, 175, 150, 125, 95, 60, 30, 5),  # pu
    (5, 90, 190, 200, 180, 140, 105, 60, 25, 5),  # non_asn
    (10, 70, 100, 115, 130, 140, 140, 125, 100, 70),  # bpu
    (25, 140, 170, 165, 150, 130, 105, 70, 35, 10),  # construction
    (10, 190, 250, 210, 150, 100, 60, 22, 6, 2),  # migrant
)

WOMEN_ODDS = (1.0, 1.0, 1.0, 0.05, 3.0)
"""How much likelier than others a member of the segment is a woman (odds ratio); builders are mostly men."""

FORMAL_SEGMENTS, INFORMAL_SEGMENTS = (PU, NON_ASN), (BPU, CONSTRUCTION)
"""Formal work as Sakernas means it; builders on projects are mostly casual workers, so informal; migrants are neither."""

LARGE_OF_LARGE_AND_MEDIUM = 600
RISK_SHARES = (380, 260, 220, 90, 50)
LABOUR_INTENSIVE_OF_LARGE_AND_MEDIUM = 150

TRANSPORT_OF_BPU = 150
VILLAGE_OF_SUBSIDISED = 150
UNSUBSIDISED_PAYERS = (985, 5, 10)
"""self, apbn, donor: among BPU whose contribution neither region nor village pays."""
DECLARED_LOWEST_OF_SELF = 500
"""BPU who pay for themselves and declare the income of the lowest band."""
LOWEST_INCOME_RUPIAH = 1_000_000
"""Income of the lowest BPU band; what a subsidised worker is registered with (Rp16,800 a month)."""

AGENCY_OF_MIGRANTS = 850
CONTRACT_MONTHS = (24, 12, 6, 36, 18, 30, 9, 3)
CONTRACT_SHARES = (600, 250, 50, 50, 20, 15, 10, 5)


@dataclass(frozen=True)
class WageModel:
    """A wage or income as a multiple of the provincial minimum wage.

    `below_4096` of 4,096 people earn less than the minimum, down to `floor`; `at_4096` of 4,096 exactly the minimum.
    The others earn 1 + (median - 1) x a log-normal number of spread `sigma`, but the last share `tail` of them a Pareto
    number with exponent `alpha`. Without anyone at or below the minimum (`free`), the log-normal starts from `floor`.
    """

    below_4096: int
    at_4096: int
    floor: float
    median: float
    sigma: float
    tail: float
    alpha: float
    free: bool = False


WAGE_MODELS = (
    WageModel(0, 370, 1.0, 1.50, 0.90, 0.02, 2.2),  # pu, large
    WageModel(0, 740, 1.0, 1.32, 0.85, 0.01, 2.4),  # pu, medium
    WageModel(328, 1020, 0.60, 1.15, 0.80, 0.005, 2.6),  # pu, small: 8 % below
    WageModel(820, 1020, 0.45, 1.10, 0.75, 0.003, 2.8),  # pu, micro: 20 % below
    WageModel(410, 820, 0.40, 1.15, 0.70, 0.002, 3.0),  # non_asn: 10 % below (honoraria)
    WageModel(0, 0, 0.15, 0.75, 0.55, 0.01, 2.5, free=True),  # bpu, income
    WageModel(123, 410, 0.70, 1.20, 0.60, 0.002, 3.0),  # construction: 3 % below
)
WAGES_NON_ASN, WAGES_BPU, WAGES_CONSTRUCTION = 4, 5, 6
