"""Inputs Python makes one by one: numbers of persons, injuries, children, payments, years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np
import oracle
from columns import When, add_months, around

WAGE_MOST = 10**11
MEAN_MOST = 10**9


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
    single = [
        [{"code": c, "loss": loss, "left_handed": f}] for c in CODES for loss in (1, "0.5", "0.0001") for f in (False, True)
    ]
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
