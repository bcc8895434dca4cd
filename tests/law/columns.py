"""Kinds of input columns: how each is filled from a seed, which edges it has, how Hypothesis draws one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

EPOCH = dt.date(1970, 1, 1)
NO_DATE = int(np.iinfo(np.int64).min)
MONEY_MOST = 10**12
PPM = 10**6

Column = Any  # np.ndarray or, for ragged inputs and texts, a list
When = Any  # month YYYYMM, or datetime.date

# ---- amounts and months


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


NONE = -1


@dataclass(frozen=True)
class LeftOutUntil(Grained):
    """Shares that are at times not given in the months to `until`, where the law has its own; always given after."""

    until: int = 0

    def pool(self, when: When) -> np.ndarray:
        """See Whole.pool."""
        known = super().pool(when)
        return np.append(known, NONE) if when <= self.until else known

    def fill(self, rng: np.random.Generator, rows: int, when: When) -> np.ndarray:
        """See Whole.fill; what is not given stays so."""
        values = super().fill(rng, rows, when)
        return np.where(values < 0, NONE, values)

    def one(self, when: When) -> st.SearchStrategy[int]:
        """See Whole.one."""
        given = st.integers(self.least, self.most).map(lambda v: v // self.grain * self.grain)
        return given | st.just(NONE) if when <= self.until else given


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
