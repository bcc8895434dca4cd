"""What every rule takes, and where the law bends: the months, days and amounts at which a figure changes.

The figures here only choose where to look: a wrong one makes the search weaker, never a wrong rule right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import oracle
from columns import (
    FLAG,
    MONEY_MOST,
    PPM,
    Choice,
    Column,
    Days,
    LeftOutUntil,
    Listed,
    OnlyBefore,
    When,
    Whole,
    add_months,
    all_halves,
    around,
    count,
    first_day,
    money,
    ppm,
)
from hypothesis import strategies as st
from ragged import (
    MEAN_MOST,
    WAGE_MOST,
    child_edges,
    injury_edges,
    make_child,
    make_injury,
    make_nik,
    make_payments,
    make_years,
    nik_edges,
    payment_edges,
    year_edges,
)

DAILY_MOST = 10**9
CONTRACT_MOST = 10**15

CEILINGS = (
    7_000_000,
    7_335_300,
    7_703_500,
    8_094_000,
    8_512_400,
    8_939_700,
    8_754_600,
    9_077_600,
    9_559_600,
    10_042_300,
    10_547_400,
    11_086_300,
)
CLASS_RATES = ("0.0024", "0.0054", "0.0089", "0.0127", "0.0174")
PU_RATES = (
    *CLASS_RATES,
    *(str(Decimal(r) / 2) for r in CLASS_RATES),
    *(str(Decimal(r) / 100) for r in CLASS_RATES),
    "0.003",
    "0.00003",
    "0.037",
    "0.02",
    "0.01",
    "0.03",
    "0.0002",
    "0.0001",
    "0.0022",
    "0.0014",
    "0.001",
)
NEAR_WAGES = (1, 1_234_567, 4_321_000, 8_100_000, 77_000_000, 9_876_543_210)
PU_WAGES = sorted(
    {0, 1, 2, 24, 25, 49, 50, 99, 100, WAGE_MOST - 1, WAGE_MOST}
    | set(around((5_000_000, 5_833_333, 5_833_334, 2_916_666, *CEILINGS)))
    | set(around(CEILINGS, step=25))
    | set(all_halves(PU_RATES, NEAR_WAGES, WAGE_MOST))
)
BANDS = (
    0,
    *range(1_100_000, 2_700_000, 200_000),
    *range(2_700_000, 8_200_001, 500_000),
    *range(9_200_000, 20_200_001, 10**6),
)
CONTRACT_RATES = (
    "0.0021",
    "0.0017",
    "0.0013",
    "0.0011",
    "0.0009",
    "0.0003",
    "0.0002",
    "0.0001",
    "0.000021",
    "0.000017",
    "0.000003",
)
SLICES = (10**8, 5 * 10**8, 10**9, 5 * 10**9)

LAW_MONTHS = (
    201501,
    201507,
    202003,
    202008,
    202101,
    202102,
    202103,
    202302,
    202303,
    202310,
    202502,
    202503,
    202508,
    202509,
    202601,
    202602,
    202603,
    202604,
    202612,
    202701,
    202703,
    202704,
    *(year * 100 + 3 for year in range(2016, 2028)),
)
EDGE_MONTHS = sorted({add_months(m, d) for m in LAW_MONTHS for d in (-1, 0, 1)})
LAW_DAYS = (
    dt.date(2015, 7, 1),
    dt.date(2016, 2, 29),
    dt.date(2019, 1, 1),
    dt.date(2019, 12, 2),
    dt.date(2020, 2, 29),
    dt.date(2020, 9, 1),
    dt.date(2021, 2, 2),
    dt.date(2022, 1, 1),
    dt.date(2024, 2, 29),
    dt.date(2025, 2, 7),
    dt.date(2025, 2, 24),
    dt.date(2026, 2, 1),
    dt.date(2027, 3, 1),
    dt.date(2028, 2, 29),
    *(dt.date(year, 3, 1) for year in range(2016, 2028)),
)
EDGE_DAYS = sorted({d + dt.timedelta(days=n) for d in LAW_DAYS for n in (-1, 0, 1)})
LAST_MONTH, LAST_DAY = 203012, dt.date(2045, 12, 31)


def birthdays(year: int, month: int, day: int) -> dt.date:
    """The day, or 28 February where the year has no 29th."""
    return dt.date(year, month, 28 if (month, day) == (2, 29) and year % 4 else day)


def birth_edges(when: When) -> list[dt.date | None]:
    """Births about each cohort's border, leap days, and ages complete about the first day of the month."""
    cohorts = [dt.date(y, m, d) for y in range(1950, 1982) for m, d in ((1, 1), (1, 2), (12, 31))]
    leap = [dt.date(y, 2, 29) + dt.timedelta(days=n) for y in range(1944, 1988, 4) for n in (-1, 0, 1)]
    day = first_day(when) if isinstance(when, int) else when
    ages = [birthdays(day.year - a, day.month, day.day) + dt.timedelta(days=n) for a in range(54, 67) for n in (-1, 0, 1)]
    return [*cohorts, *leap, *ages]


BIRTHS = Days(lambda w: [None, *birth_edges(w)], lambda _: dt.date(1925, 1, 1), lambda _: dt.date(2012, 12, 31))
BIRTHS_GIVEN = Days(birth_edges, lambda _: dt.date(1925, 1, 1), lambda _: dt.date(2012, 12, 31))

# ---- the rules


@dataclass(frozen=True)
class Spec:
    """What a rule takes: when it can be asked, the inputs always given, those that may be left out, and either-or's."""

    whens: Sequence[When]
    usual: tuple[When, When]
    columns: Mapping[str, Any] = field(default_factory=dict)
    optional: Mapping[str, Any] = field(default_factory=dict)
    one_of: Sequence[Mapping[str, Any]] = ({},)
    mend: Callable[[dict[str, Column]], dict[str, Column]] = dict  # inputs that only together leave the rule's limits

    def when(self) -> st.SearchStrategy[When]:
        """A month or a day: half of them stand beside a change of law."""
        low, high = self.usual
        if isinstance(low, int):
            span = (high // 100 - low // 100) * 12 + high % 100 - low % 100
            return st.sampled_from(self.whens) | st.integers(0, span).map(lambda n: add_months(low, n))
        return st.sampled_from(self.whens) | st.dates(low, high)


def months(first: int, last: int = LAST_MONTH, **inputs: Any) -> Spec:
    """A rule asked by contribution month."""
    return Spec([m for m in EDGE_MONTHS if first <= m <= last] + [last], (first, last), **inputs)


def days(first: dt.date, last: dt.date = LAST_DAY, **inputs: Any) -> Spec:
    """A rule asked by day of event."""
    return Spec([d for d in EDGE_DAYS if first <= d <= last] + [last], (first, last), **inputs)


PP_44 = dt.date(2015, 7, 1)
RISKS = Choice(("very_low", "low", "medium", "high", "very_high"))
SEGMENTS = Choice(("pu", "bpu"))
WAGE = money(PU_WAGES, WAGE_MOST)
DAILY = money([*(w // 25 for w in PU_WAGES), 200_001, 150_000], DAILY_MOST, (1, 1_000_000))
DUES = money(all_halves(("0.02", "0.005", "0.001", "0.01"), (*NEAR_WAGES, 10**11), MONEY_MOST))
BENEFIT_WAGE = money(
    [
        *around((416_666, 416_667, 337_500, 5_000_000)),
        *all_halves(("0.45", "0.25", "0.6", "0.5", "0.025"), NEAR_WAGES, WAGE_MOST),
    ],
    WAGE_MOST,
)
PROGRAMME_SETS = tuple([name for bit, name in enumerate(("jkk", "jkm", "jht")) if mask >> bit & 1] for mask in range(1, 8))
PROGRAMMES = Listed(lambda rng, _: PROGRAMME_SETS[int(rng.integers(7))], lambda _: PROGRAMME_SETS)
INJURIES = Listed(lambda rng, _: [make_injury(rng) for _ in range(int(rng.integers(1, 5)))], injury_edges)
CHILDREN = Listed(lambda rng, _: [make_child(rng) for _ in range(int(rng.integers(0, 5)))], child_edges)
KINDS = Choice(("old_age", "disability", "widow", "child", "parent"))


def short_enough(columns: dict[str, Column]) -> dict[str, Column]:
    """Accounts that would pass 2 trillion, beyond what the rule takes, are kept for at most five years."""
    paid_in = columns.get("monthly_contribution_rupiah", np.zeros_like(columns["months"]))
    growth = (1 + columns["annual_rate"] / PPM) ** (columns["months"] / 12)
    largest = (columns["opening_rupiah"] + paid_in * columns["months"]) * growth
    return columns | {"months": np.where(largest > 2e12, columns["months"] % 61, columns["months"])}


DECLARED = LeftOutUntil(
    (0, 1, 50_000, 56_300, 73_000, 199_900, 200_000), 0, 200_000, (0, 200_000), ppm=True, grain=100, until=202012
)
RUPIAH_DAYS = 31 * MONEY_MOST


def stands(columns: dict[str, Column]) -> dict[str, Column]:
    """Never more goes out of an account than stood in it for the shortest month."""
    if "movement_rupiah_days" not in columns:
        return columns
    least = -28 * columns["opening_rupiah"]
    return columns | {"movement_rupiah_days": np.maximum(columns["movement_rupiah_days"], least)}


def due_days(when: When) -> list[dt.date]:
    """Due days about the month asked: the 15th and what it moves to, the 30th, and the ends of months."""
    first = first_day(add_months(when, 1))
    return [first + dt.timedelta(days=n) for n in (0, 13, 14, 15, 16, 17, 27, 28, 29, 30, 31)]


def paid_days(when: When) -> list[dt.date]:
    """The days about a due day and about the same day of later months."""
    months = [first_day(add_months(when, n)) for n in (0, 1, 2, 3, 4, 12, 13, 24)]
    return [m + dt.timedelta(days=n) for m in months for n in (0, 13, 14, 15, 16, 17, 18, 26, 27, 28, 29, 30)]


DUE_DAY = Days(due_days, first_day, lambda w: first_day(w) + dt.timedelta(days=90))
PAID_DAY = Days(paid_days, first_day, lambda w: first_day(w) + dt.timedelta(days=1_200))


def paid_edges(when: When) -> list[int]:
    """The months up to eight before the month asked, and the first month of the law."""
    return [m for m in (201506, *(add_months(when, -n) for n in range(9))) if m >= 201506]


def make_paid(rng: np.random.Generator, when: When) -> int:
    """A month last paid up to two years before the month asked, or a few after it."""
    return max(201506, add_months(when, -int(rng.integers(-3, 25))))


def status_days(when: When) -> list[dt.date]:
    """Every day of the month asked: the due dates of earlier months lie among them."""
    return [first_day(when) + dt.timedelta(days=n) for n in range(31)]


STATUS_DAY = Days(status_days, first_day, lambda w: first_day(w) + dt.timedelta(days=60))

SPECS: dict[str, Spec] = {
    "contribution.pu": months(
        201501,
        columns={"risk_class": RISKS},
        optional={
            "scale": Choice(("large", "medium", "small", "micro")),
            "labour_intensive": FLAG,
            "birth_date": BIRTHS,
            "jkp_member": FLAG,
        },
        one_of=({"wage_rupiah": WAGE}, {"wage_rupiah": WAGE}, {"daily_wage_rupiah": DAILY}),
    ),
    "contribution.non_asn": months(201507, columns={"wage_rupiah": WAGE}),
    "contribution.bpu": months(
        201507,
        columns={"income_rupiah": money(around(BANDS), WAGE_MOST)},
        optional={
            "programmes": PROGRAMMES,
            "sector": Choice(("transport", "other")),
            "payer": Choice(("self", "apbn", "apbd", "village", "donor")),
        },
    ),
    "contribution.construction": months(
        201507,
        one_of=(
            {
                "contract_value_rupiah": money(
                    [
                        *around(SLICES),
                        *all_halves(CONTRACT_RATES, (1, 45_005_000, 3 * 10**8, 7 * 10**8, 2 * 10**9), CONTRACT_MOST),
                    ],
                    CONTRACT_MOST,
                    (0, 8 * 10**9),
                )
            },
            {
                "contract_value_with_vat_rupiah": money(
                    around([s * r // 100 for s in SLICES for r in (110, 111, 112)]), CONTRACT_MOST, (0, 8 * 10**9)
                ),
                "vat_rate": ppm(0, PPM, (100_000, 110_000, 120_000, 111_111, 1), grain=1),
            },
        ),
    ),
    "contribution.migrant": months(
        201901,
        columns={
            "route": Choice(("agency", "individual")),
            "months": count(600, (5, 6, 7, 11, 12, 13, 23, 24, 25), least=1),
        },
    ),
    "penalty.late": months(
        201507, columns={"due_rupiah": DUES, "months_late": count(400, (2, 12, 24))}, optional={"segment": SEGMENTS}
    ),
    "penalty.months_late": months(201507, columns={"due_date": DUE_DAY, "paid_on": PAID_DAY}),
    "penalty.administrative": months(201401, columns={"due_rupiah": DUES, "months": count(400, (2, 12, 24))}),
    "calendar.due_date": months(201507, columns={"segment": SEGMENTS}),
    "calendar.contract_due": days(dt.date(2018, 12, 10), columns={"contract": Choice(("project", "migrant"))}),
    "relief.labour_intensive": months(
        201507,
        columns={
            "industry": Choice((*oracle.LABOUR_INTENSIVE, "other")),
            "active_workers": count(10**8, (48, 49, 50, 51)),
            "last_paid_month": Listed(make_paid, lambda w: [202412, 202501, 202502, *paid_edges(w)]),
        },
    ),
    "relief.bpu": months(
        201507,
        optional={
            "sector": Choice(("transport", "other")),
            "payer": Choice(("self", "apbn", "apbd", "village", "donor")),
        },
    ),
    "cover.status": months(
        201507,
        columns={"segment": SEGMENTS, "last_paid_month": Listed(make_paid, paid_edges), "on_date": STATUS_DAY},
    ),
    "identity.nik": months(201507, columns={"nik": Listed(make_nik, nik_edges)}),
    "benefit.jkk.death": days(PP_44, one_of=({"wage_rupiah": BENEFIT_WAGE}, {"daily_wage_rupiah": DAILY})),
    "benefit.jkk.total_disability": days(PP_44, columns={"wage_rupiah": BENEFIT_WAGE}),
    "benefit.jkk.partial_disability": days(PP_44, columns={"wage_rupiah": BENEFIT_WAGE, "injuries": INJURIES}),
    "benefit.jkk.temporary_incapacity": days(
        dt.date(2010, 1, 1),
        columns={"wage_rupiah": BENEFIT_WAGE},
        one_of=(
            {"months": count(1_200, (3, 4, 5, 6, 7, 8, 9, 12, 13))},
            {"days": count(36_500, around((30, 120, 180, 240, 360)))},
        ),
    ),
    "benefit.jkk.transport": days(
        PP_44,
        optional={
            f"{way}_rupiah": money(around((10**6, 15 * 10**5, 25 * 10**5, 5 * 10**6, 2 * 10**6, 10**7)), WAGE_MOST)
            for way in ("land", "sea", "air")
        },
    ),
    "benefit.jkk.late_payment": days(PP_44, columns={"benefit_rupiah": DUES, "days_late": count(900, (5, 99, 100, 101))}),
    "benefit.jkm.late_payment": days(PP_44, columns={"benefit_rupiah": DUES, "days_late": count(900, (3, 99, 100, 101))}),
    "benefit.jkm.death": days(
        PP_44,
        optional={
            "segment": SEGMENTS,
            "membership_months": count(1_200, (2, 3, 4)),
            "arrears_months": count(1_200, (2, 3, 4)),
        },
    ),
    "benefit.scholarship": days(
        PP_44,
        optional={"cause": Choice(("jkk", "jkm")), "contribution_months": count(1_200, (35, 36, 37, 59, 60, 61))},
        one_of=({"children": CHILDREN}, {"children": CHILDREN}, {"children_count": count(50, (2, 3))}),
    ),
    "benefit.jht.balance": days(
        PP_44,
        columns={
            "opening_rupiah": money(around((20_000_000, 7_654_321)), WAGE_MOST),
            "months": count(600, (11, 12, 13, 23, 24, 25)),
            "annual_rate": ppm(0, 200_000, (1, 50_000, 71_900, 78_300, 61_000, 60_800, 56_300), grain=100),
        },
        optional={"monthly_contribution_rupiah": money((1, 57_000, 249_375), 10**9, (0, 2_000_000))},
        mend=short_enough,
    ),
    "benefit.jht.monthly_return": months(
        201507,
        columns={
            "opening_rupiah": money(around((20_000_000, 7_654_321)), MONEY_MOST, (0, 200_000_000)),
            "annual_rate": DECLARED,
        },
        optional={
            "returned_rupiah": money((1, 495_890), MONEY_MOST, (0, 2_000_000)),
            "movement_rupiah_days": Whole(
                (-RUPIAH_DAYS, -31, -1, 0, 1, 2_500, 7_500, 5_472_000, RUPIAH_DAYS),
                -RUPIAH_DAYS,
                RUPIAH_DAYS,
                (-200_000_000, 200_000_000),
            ),
        },
        mend=stands,
    ),
    "benefit.jht.tax": days(
        dt.date(2009, 12, 31),
        columns={"payments": Listed(make_payments, payment_edges)},
        optional={"tax_number": FLAG},
    ),
    "benefit.jp.pension_age": days(PP_44, columns={"birth_date": BIRTHS_GIVEN}),
    "benefit.jp.limits": days(PP_44),
    "benefit.jp.indexed_wages": days(PP_44, columns={"years": Listed(make_years, year_edges)}),
    "benefit.jp.pension": days(
        PP_44,
        columns={
            "kind": KINDS,
            "contribution_months": count(1_200, (9, 10, 11, 12, 13, 14, 15, 179, 180, 181)),
            "mean_indexed_wage_rupiah": money(
                [
                    *around((2_000_000, 2_664_666, 2_664_667, 9_736_693, 31_948_666)),
                    *all_halves(("0.15", "0.075", "0.03"), NEAR_WAGES[:-1], MEAN_MOST),
                ],
                MEAN_MOST,
            ),
        },
        optional={"density": ppm(0, PPM, (799_900, 800_000, 800_100, 833_300, 900_000, 916_600, 1), grain=100)},
    ),
    "benefit.jp.growth": days(
        PP_44,
        columns={
            "kind": KINDS,
            "monthly_rupiah": money((399_700, 411_400, 1_460_504, 4_932_300), MEAN_MOST),
            "inflation": ppm(0, PPM, (15_000, 29_200, 29_250, 500_000), grain=100),
        },
    ),
    "benefit.jp.late_payment": days(PP_44, columns={"due_rupiah": DUES, "months_late": count(400, (2, 3, 12))}),
    "benefit.jkp": days(
        dt.date(2021, 2, 2),
        columns={"wage_rupiah": BENEFIT_WAGE},
        optional={"months_already_paid_before_2025_02_07": OnlyBefore(range(7), 0, 6, (0, 6), until=dt.date(2025, 2, 7))},
    ),
}
