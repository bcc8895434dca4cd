"""People drawn for every rule: ordinary ones, and always those that stand on a border of the law.

A `Draw` is one rule at one month or day with one column per input. Columns are filled from a seed that Hypothesis draws
(fast, and the seed shrinks), while the number of rows, the month or day and up to three rows are drawn by Hypothesis
itself. About half the values of a column come from its `edges`: every ceiling, band, slice, half rupiah, age and limit.
`borders(rule, when)` is the same with every edge of every column present at least once.

Inputs have the form of the vocabulary except that a share is held as whole parts per million (`ppm`). `kernel_inputs`
and `persons` put it as the kernels and the oracle take it. The figures here only choose where to look: a wrong one
makes the search weaker, never a wrong rule right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import oracle
from hypothesis import strategies as st

EPOCH = dt.date(1970, 1, 1)
BORDER_ROWS = 60
NO_DATE = int(np.iinfo(np.int64).min)
WAGE_MOST = 10**11
DAILY_MOST = MEAN_MOST = 10**9
MONEY_MOST = 10**12
CONTRACT_MOST = 10**15
PPM = 10**6

Column = Any  # np.ndarray or, for ragged inputs and texts, a list
When = Any  # month YYYYMM, or datetime.date


# ---- where the law bends


def around(values: Iterable[int], most: int | None = None, step: int = 1) -> list[int]:
    """Each value with its neighbours below and above, inside 0 to `most`."""
    found = {v + d for v in values for d in (-step, 0, step)}
    return sorted(v for v in found if v >= 0 and (most is None or v <= most))


def half_rupiah(rate: Fraction | str, near: Sequence[int], most: int) -> list[int]:
    """Amounts near `near` whose product with the rate ends in exactly half a rupiah, with both neighbours."""
    rate = Fraction(rate)
    if rate.denominator % 2 or rate <= 0:
        return []
    first = pow(rate.numerator, -1, rate.denominator) * (rate.denominator // 2) % rate.denominator
    return around([first + max(0, (n - first) // rate.denominator) * rate.denominator for n in near], most)


def all_halves(rates: Iterable[str], near: Sequence[int], most: int) -> list[int]:
    """`half_rupiah` of several rates together."""
    return sorted({amount for rate in rates for amount in half_rupiah(rate, near, most)})


def add_months(month: int, count: int) -> int:
    """The month so many months later, YYYYMM."""
    index = month // 100 * 12 + month % 100 - 1 + count
    return index // 12 * 100 + index % 12 + 1


def first_day(month: int) -> dt.date:
    """The first day of a month YYYYMM."""
    return dt.date(month // 100, month % 100, 1)


CEILINGS = (
    7_000_000, 7_335_300, 7_703_500, 8_094_000, 8_512_400, 8_939_700, 8_754_600, 9_077_600, 9_559_600, 10_042_300,
    10_547_400, 11_086_300,
)  # fmt: skip
CLASS_RATES = ("0.0024", "0.0054", "0.0089", "0.0127", "0.0174")
PU_RATES = (
    *CLASS_RATES, *(str(Decimal(r) / 2) for r in CLASS_RATES), *(str(Decimal(r) / 100) for r in CLASS_RATES),
    "0.003", "0.00003", "0.037", "0.02", "0.01", "0.03", "0.0002", "0.0001", "0.0022", "0.0014", "0.001",
)  # fmt: skip
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
    "0.0021", "0.0017", "0.0013", "0.0011", "0.0009", "0.0003", "0.0002", "0.0001", "0.000021", "0.000017", "0.000003",
)  # fmt: skip
SLICES = (10**8, 5 * 10**8, 10**9, 5 * 10**9)

LAW_MONTHS = (
    201501, 201507, 202003, 202008, 202101, 202102, 202103, 202302, 202303, 202310, 202502, 202503, 202508, 202509,
    202601, 202602, 202603, 202604, 202612, 202701, 202703, 202704, *(year * 100 + 3 for year in range(2016, 2028)),
)  # fmt: skip
EDGE_MONTHS = sorted({add_months(m, d) for m in LAW_MONTHS for d in (-1, 0, 1)})
LAW_DAYS = (
    dt.date(2015, 7, 1), dt.date(2016, 2, 29), dt.date(2019, 1, 1), dt.date(2019, 12, 2), dt.date(2020, 2, 29),
    dt.date(2020, 9, 1), dt.date(2021, 2, 2), dt.date(2022, 1, 1), dt.date(2024, 2, 29), dt.date(2025, 2, 7),
    dt.date(2025, 2, 24), dt.date(2026, 2, 1), dt.date(2027, 3, 1), dt.date(2028, 2, 29),
    *(dt.date(year, 3, 1) for year in range(2016, 2028)),
)  # fmt: skip
EDGE_DAYS = sorted({d + dt.timedelta(days=n) for d in LAW_DAYS for n in (-1, 0, 1)})
LAST_MONTH, LAST_DAY = 203012, dt.date(2045, 12, 31)


# ---- columns


@dataclass(frozen=True)
class Whole:
    """Whole numbers: rupiah, counts, codes, parts per million."""

    edges: Sequence[int]
    least: int
    most: int
    usual: tuple[int, int]  # the span of ordinary values
    ppm: bool = False

    def pool(self, when: When) -> np.ndarray:
        """Every edge value."""
        return np.array([v for v in self.edges if self.least <= v <= self.most], dtype=np.int64)

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """Half edges, a third ordinary values, the rest anywhere, evenly by number of digits."""
        low, high = self.usual
        anywhere = np.exp(rng.uniform(0, np.log(self.most + 1), rows)).astype(np.int64).clip(self.least, self.most)
        values = np.where(rng.random(rows) < 0.6, rng.integers(low, high, rows, endpoint=True), anywhere)
        return np.where(rng.random(rows) < 0.5, rng.choice(self.pool(when), rows), values)

    def one(self, when: When) -> st.SearchStrategy[int]:
        """One value, for Hypothesis to shrink."""
        return st.integers(self.least, self.most) | st.sampled_from(self.pool(when).tolist())


def money(edges: Iterable[int], most: int = MONEY_MOST, usual: tuple[int, int] = (0, 20_000_000)) -> Whole:
    """A column of rupiah from 0 to `most`; the limits are always among the edges."""
    return Whole(sorted({0, 1, most - 1, most, *edges}), 0, most, usual)


def count(most: int, edges: Iterable[int] = (), least: int = 0) -> Whole:
    """A column of counts from `least` to `most`."""
    return Whole(sorted({least, least + 1, most - 1, most, *edges}), least, most, (least, min(most, 40)))


def ppm(least: int, most: int, edges: Iterable[int], grain: int = 1) -> Whole:
    """A column of shares in parts per million."""
    return Grained(sorted({least, most, *edges}), least, most, (least, most), True, grain)


@dataclass(frozen=True)
class Grained(Whole):
    """Whole numbers that are multiples of `grain`: shares with few decimals."""

    grain: int = 1

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """See Whole.fill."""
        return super().fill(rng, rows, when) // self.grain * self.grain

    def one(self, when: When) -> st.SearchStrategy[int]:
        """See Whole.one."""
        return super().one(when).map(lambda v: v // self.grain * self.grain)


@dataclass(frozen=True)
class OnlyBefore(Whole):
    """Whole numbers on the days before `until`; 0 from then on."""

    until: dt.date = dt.date.max

    def pool(self, when: When) -> np.ndarray:
        """See Whole.pool."""
        return super().pool(when) if when < self.until else np.zeros(1, dtype=np.int64)

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """See Whole.fill."""
        return super().fill(rng, rows, when) * (when < self.until)

    def one(self, when: When) -> st.SearchStrategy[int]:
        """See Whole.one."""
        return super().one(when) if when < self.until else st.just(0)


@dataclass(frozen=True)
class Choice:
    """Names of a vocabulary, held as positions."""

    options: tuple[str, ...]

    def pool(self, when: When) -> np.ndarray:
        """Every position."""
        return np.arange(len(self.options), dtype=np.int64)

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """Each name equally often."""
        return rng.integers(0, len(self.options), rows)

    def one(self, when: When) -> st.SearchStrategy[int]:
        """See Whole.one."""
        return st.integers(0, len(self.options) - 1)


FLAG = Choice(("false", "true"))


@dataclass(frozen=True)
class Listed:
    """Texts, lists or records: values Python makes one by one."""

    make: Callable[[np.random.Generator, When], Any]
    edges: Callable[[When], Sequence[Any]]

    def pool(self, when: When) -> Sequence[Any]:
        """Every edge value."""
        return self.edges(when)

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> list[Any]:
        """A quarter edges, the rest made."""
        pool = self.pool(when)
        return [pool[int(rng.integers(len(pool)))] if rng.random() < 0.25 else self.make(rng, when) for _ in range(rows)]

    def one(self, when: When) -> st.SearchStrategy[Any]:
        """See Whole.one."""
        made = st.integers(0, 2**32).map(lambda seed: self.make(np.random.default_rng(seed), when))
        return st.sampled_from(list(self.pool(when))) | made


@dataclass(frozen=True)
class Days:
    """Days since 1970-01-01; `edges` may depend on the month asked."""

    edges: Callable[[When], Iterable[dt.date | None]]
    least: Callable[[When], dt.date]
    most: Callable[[When], dt.date]

    def pool(self, when: When) -> np.ndarray:
        """Every edge day; None is the missing day."""
        low, high = self.least(when), self.most(when)
        days = {NO_DATE if d is None else (d - EPOCH).days for d in self.edges(when) if d is None or low <= d <= high}
        return np.array(sorted(days), dtype=np.int64)

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """Half edges, half any day of the span."""
        low, high = (self.least(when) - EPOCH).days, (self.most(when) - EPOCH).days
        return np.where(rng.random(rows) < 0.5, rng.choice(self.pool(when), rows), rng.integers(low, high + 1, rows))

    def one(self, when: When) -> st.SearchStrategy[int]:
        """See Whole.one."""
        span = st.integers((self.least(when) - EPOCH).days, (self.most(when) - EPOCH).days)
        return span | st.sampled_from(self.pool(when).tolist())


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

# ---- the ragged and the odd


def nik_text(region: int, day: int, month: int, year: int, serial: int) -> str:
    """Sixteen digits from their parts, whether they make sense or not."""
    return f"{region:06d}{day:02d}{month:02d}{year:02d}{serial:04d}"


def make_nik(rng: np.random.Generator, when: When) -> str:
    """Mostly a real person's number, else any digits in the day, month and year."""
    if rng.random() < 0.7:
        born = dt.date(1926, 1, 1) + dt.timedelta(days=int(rng.integers(0, 37_000)))
        day, month, year = born.day + 40 * int(rng.integers(2)), born.month, born.year % 100
    else:
        day, month, year = (int(rng.integers(100)) for _ in range(3))
    return nik_text(int(rng.integers(110101, 970000)), day, month, year, int(rng.integers(0, 10_000)))


def nik_edges(when: When) -> list[str]:
    """Days 0 to 99, months 0 to 14, leap days of every year, the edge of the century, and what is no NIK at all."""
    days = [nik_text(351514, day, 1, 80, 1) for day in range(100)]
    ends = [nik_text(351514, day + f, m, 81, 2) for day in (28, 29, 30, 31) for m in range(1, 13) for f in (0, 40)]
    months = [nik_text(351514, 15, month, 80, 1) for month in (*range(15), 20, 99)]
    leap = [nik_text(351514, 29 + f, 2, year, 0) for year in range(100) for f in (0, 40)]
    around_now = [
        nik_text(351514, day, month % 100, (month // 100 + years) % 100, 0)
        for month in (add_months(when, -1), when, add_months(when, 1))
        for years in (-100, -1, 0, 1)
        for day in (1, 28, 30, 31, 41, 71)
    ]
    regions = [nik_text(region, 5, 8, 68, 0) for region in (0, 1, 100000, 110101, 999999, 17020, 12345)]
    odd = ["", "0", "351514050868", "35151405086800001", "351514050868000", "35151405O8680000", "abcdefghijklmnop"]
    odd += [
        "3515140508680.00",
        "-351514050868000",
        "+351514050868000",
        "３５１５１４０５０８６８００００",
        "3515 14050868000",
    ]
    odd += ["0" * 16, "9" * 16, "35151405086800²0"]
    return [*days, *ends, *months, *leap, *around_now, *regions, *odd]


STEP_CODES = tuple(code for code in oracle.DISABILITY_PERCENT if "_per_10_" in code)
CODES = tuple(code for code in oracle.DISABILITY_PERCENT if code not in STEP_CODES)
LOSSES = ("0.0001", "0.3333", "0.3334", "0.4", "0.5", "0.9999", "1")


def make_injury(rng: np.random.Generator) -> dict[str, Any]:
    """Any line of the table; a share with up to four decimals, or a number of steps."""
    if rng.random() < 0.2:
        return {"code": STEP_CODES[int(rng.integers(4))], "loss": int(rng.integers(1, 11))}
    whole = rng.random() < 0.3
    injury: dict[str, Any] = {
        "code": CODES[int(rng.integers(len(CODES)))],
        "loss": 1 if whole else str(Decimal(int(rng.integers(1, 10_001))) / 10_000),
    }
    if rng.random() < 0.5:
        injury["left_handed"] = bool(rng.integers(2))
    return injury


def injury_edges(when: When) -> list[list[dict[str, Any]]]:
    """Every code on either hand, every loss that turns a corner, and sums about the cap of 70."""
    single = [[{"code": c, "loss": loss, "left_handed": f}] for c in CODES for loss in (1, "0.5") for f in (False, True)]
    parts = [[{"code": c, "loss": loss}] for c in ("thumb_right", "scalp_avulsion", "both_eyes") for loss in LOSSES]
    steps = [[{"code": c, "loss": n}] for c in STEP_CODES for n in range(1, 11)]
    capped = [
        [{"code": "both_eyes", "loss": 1}, {"code": "thumb_right", "loss": "0.0001"}],
        [{"code": "one_leg_from_groin", "loss": 1}, {"code": "arm_from_shoulder_left", "loss": 1}],
        [{"code": "one_leg_from_groin", "loss": 1}, {"code": "arm_from_shoulder_left", "loss": "0.9999"}],
        [{"code": "scalp_avulsion", "loss": "0.3333"}, {"code": "scalp_avulsion", "loss": "0.3334"}],
        [{"code": c, "loss": 1} for c in CODES],
    ]
    return [*single, *parts, *steps, *capped]


LEVELS = {"kindergarten": 2, "primary": 6, "junior": 3, "senior": 3, "higher": 5}


def make_child(rng: np.random.Generator) -> dict[str, Any]:
    """A child with any of the levels before it, at times more years than the law pays."""
    chosen = [level for level in LEVELS if rng.random() < 0.6]
    return {"levels": {level: int(rng.integers(0, LEVELS[level] + 3)) for level in chosen}}


def child_edges(when: When) -> list[list[dict[str, Any]]]:
    """None to four children, each level alone at its maximum and past it."""
    every = {"levels": dict(LEVELS)}
    single = [[{"levels": {level: years + d}}] for level, years in LEVELS.items() for d in (-1, 0, 1)]
    return [*([every] * n for n in range(5)), *single, [{"levels": {}}], [{"levels": {}}, every, every]]


def make_payments(rng: np.random.Generator, when: When) -> list[dict[str, int]]:
    """Up to six payments in order of month, from 2009-12 to the day asked."""
    last = when.year * 12 + when.month - 1
    first = int(rng.integers(2009 * 12 + 11, last + 1))
    near = min(last, first + int(rng.integers(1, 60)))
    months = np.sort(rng.integers(first, near + 1, int(rng.integers(1, 7))))
    amounts = np.where(
        rng.random(len(months)) < 0.5,
        rng.choice([0, 1, 50_000_000, 49_999_999, 60_000_000, 190_000_000, 10_000_010, 5 * 10**9, WAGE_MOST], len(months)),
        np.exp(rng.uniform(0, np.log(WAGE_MOST), len(months))).astype(np.int64),
    )
    return payments(zip((index // 12 * 100 + index % 12 + 1 for index in months.tolist()), amounts.tolist(), strict=True))


def payments(pairs: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    """Records of payments from (month, rupiah)."""
    return [{"month": month, "amount_rupiah": amount} for month, amount in pairs]


def payment_edges(when: When) -> list[list[dict[str, int]]]:
    """Amounts about every band alone, in the window, and in the third year before and after the change of 2022."""
    bounds = (50, 60, 250, 500, 5000)
    amounts = sorted({0, 1, 9, 10, 19, 20, WAGE_MOST, *around([b * 10**6 for b in bounds], step=10)})
    amounts += [m * 10**6 + r for m in bounds for r in (-30, -1, 1, 9, 11, 30)]
    alone = [[(200912, a)] for a in amounts]
    twice = [[(201901, 30_000_000), (month, a)] for a in amounts for month in (202012, 202101, 202112, 202201)]
    thirds = [[(201906, 1), (202105, a), (202106, 40_000_000), (202205, a), (202206, 7)] for a in amounts]
    last = when.year * 100 + when.month
    known = [p for p in (*alone, *twice, *thirds) if p[-1][0] <= last]
    return [payments(p) for p in known]


def make_years(rng: np.random.Generator, when: When) -> list[dict[str, Any]]:
    """One to forty years, none before 1990, that end the year before the day asked."""
    rows = int(rng.integers(1, min(41, when.year - 1989)))
    wages = np.exp(rng.uniform(0, np.log(MEAN_MOST), rows)).astype(np.int64)
    usual = rng.random(rows) < 0.6
    inflation = rng.integers(0, 2001, rows)
    return [
        {
            "year": when.year - rows + i,
            "wage_rupiah": int(rng.integers(10**6, 2 * 10**7)) if usual[i] else int(wages[i]),
            "inflation_percent": str(Decimal(int(inflation[i])) / 100),
        }
        for i in range(rows)
    ]


def year_edges(when: When) -> list[list[dict[str, Any]]]:
    """One year, every year since 1990, nothing earned, no inflation, half a rupiah at the end, the largest wage."""

    def years(*lines: tuple[int, str]) -> list[dict[str, Any]]:
        return [
            {"year": when.year - len(lines) + i, "wage_rupiah": wage, "inflation_percent": inflation}
            for i, (wage, inflation) in enumerate(lines)
        ]

    return [
        years((0, "0")),
        years((50, "1")),
        years((49, "1"), (1, "0")),
        years((5_000, "0.01"), (3, "0")),
        years((1, "0"), (2, "0")),
        years((MEAN_MOST, "4.75")),
        years(*[(4_000_000 + i, "0") for i in range(15)]),
        years(*[(3_456_789 + 7 * i, "6.75") for i in range(when.year - 1990)]),
    ]


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
    "penalty.late": months(201507, columns={"due_rupiah": DUES, "months_late": count(400, (2, 12, 24))}),
    "penalty.administrative": months(201401, columns={"due_rupiah": DUES, "months": count(400, (2, 12, 24))}),
    "calendar.due_date": months(201507, columns={"segment": SEGMENTS}),
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
    "benefit.jp.late_payment": days(PP_44, columns={"due_rupiah": DUES, "months_late": count(400, (2, 3, 12))}),
    "benefit.jkp": days(
        dt.date(2021, 2, 2),
        columns={"wage_rupiah": BENEFIT_WAGE},
        optional={"months_already_paid_before_2025_02_07": OnlyBefore(range(7), 0, 6, (0, 6), until=dt.date(2025, 2, 7))},
    ),
}


# ---- draws


@dataclass(frozen=True)
class Draw:
    """Some rows of one rule at one month or day."""

    rule: str
    when: When
    rows: int
    columns: Mapping[str, Column]

    def __repr__(self) -> str:
        """Short: the first rows only."""
        shown = {name: plain_list(values[:5]) for name, values in self.columns.items()}
        return f"Draw({self.rule} {self.when}, {self.rows} rows, the first {shown})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What Hypothesis prints of a failing example."""
        printer.text(repr(self))


def column_of(rule: str, name: str) -> Any:
    """The kind of an input of a rule."""
    spec = SPECS[rule]
    for group in (spec.columns, spec.optional, *spec.one_of):
        if name in group:
            return group[name]
    raise KeyError(name)


def filled(rule: str, when: When, names: Iterable[str], rows: int, seed: int) -> Draw:
    """A draw of so many rows, every column filled from the seed."""
    rng = np.random.default_rng(seed)
    columns = {name: column_of(rule, name).fill(rng, rows, when) for name in names}
    return Draw(rule, when, rows, SPECS[rule].mend(columns))


def with_rows(draw: Draw, explicit: Sequence[Mapping[str, Any]]) -> Draw:
    """The draw with these rows put first."""
    columns = {}
    for name, values in draw.columns.items():
        first = [row[name] for row in explicit]
        columns[name] = first + values if isinstance(values, list) else np.concatenate([np.array(first, np.int64), values])
    return Draw(draw.rule, draw.when, draw.rows + len(explicit), SPECS[draw.rule].mend(columns))


@st.composite
def draws(draw: Callable[..., Any], rule: str, max_rows: int = 1_000) -> Draw:
    """One draw of a rule: 1 to `max_rows` rows at one month or day."""
    spec = SPECS[rule]
    when = draw(spec.when())
    names = [*spec.columns, *draw(st.sampled_from(spec.one_of))]
    names += [name for name in spec.optional if draw(st.booleans())]
    if not names:
        return Draw(rule, when, 1, {})
    one_row = st.fixed_dictionaries({name: column_of(rule, name).one(when) for name in names})
    explicit = draw(st.lists(one_row, min_size=0, max_size=min(3, max_rows)))
    rows = draw(st.integers(0 if explicit else 1, max_rows - len(explicit)))
    return with_rows(filled(rule, when, names, rows, draw(st.integers(0, 2**32))), explicit)


def choices_of_inputs(rule: str) -> list[list[str]]:
    """Every either-or of a rule with all optional inputs, and once with none of them."""
    spec = SPECS[rule]
    full = [[*spec.columns, *group, *spec.optional] for group in spec.one_of]
    return [*full, [*spec.columns, *spec.one_of[0]]]


def borders(rule: str, when: When, seed: int) -> Iterator[Draw]:
    """Draws in which every edge of every column stands at least once, beside edges of the others."""
    rng = np.random.default_rng([seed, when if isinstance(when, int) else when.toordinal()])
    for names in choices_of_inputs(rule):
        pools = {name: column_of(rule, name).pool(when) for name in names}
        rows = max(BORDER_ROWS, *(len(pool) for pool in pools.values())) if pools else 1
        columns = {}
        for name, pool in pools.items():
            places = np.concatenate([rng.permutation(len(pool)) for _ in range(-(-rows // len(pool)))])[:rows]
            columns[name] = pool[places] if isinstance(pool, np.ndarray) else [pool[i] for i in places.tolist()]
        yield Draw(rule, when, rows, SPECS[rule].mend(columns))


# ---- the two forms of a draw


def as_moment(rule: str, when: When) -> dict[str, Any]:
    """The month or date argument of the public functions."""
    return {"month": when} if isinstance(when, int) else {"date": when}


def kernel_inputs(draw: Draw) -> dict[str, Any]:
    """The columns as `law.calculate_many` takes them: shares as decimals, all else as drawn."""
    return {
        name: [Decimal(v) / PPM for v in values.tolist()] if is_ppm(draw.rule, name) else values
        for name, values in draw.columns.items()
    }


def is_ppm(rule: str, name: str) -> bool:
    """Whether a column holds shares."""
    column = column_of(rule, name)
    return isinstance(column, Whole) and column.ppm


def persons(draw: Draw) -> Iterator[dict[str, Any]]:
    """Each row as the oracle takes it: names, flags, dates and exact shares instead of codes."""
    lists = [[spoken(draw.rule, name, v) for v in plain_list(values)] for name, values in draw.columns.items()]
    for row in range(draw.rows):
        yield {name: values[row] for name, values in zip(draw.columns, lists, strict=True)}


def plain_list(values: Column) -> list[Any]:
    """A column as a list of Python values."""
    return values.tolist() if isinstance(values, np.ndarray) else values


def spoken(rule: str, name: str, value: Any) -> Any:
    """One value in the oracle's words."""
    column = column_of(rule, name)
    if column is FLAG:
        return bool(value)
    if isinstance(column, Choice):
        return column.options[value]
    if isinstance(column, Days):
        return None if value == NO_DATE else EPOCH + dt.timedelta(days=value)
    return Fraction(value, PPM) if is_ppm(rule, name) else value
