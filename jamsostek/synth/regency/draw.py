"""Random choices in whole numbers: a stream of its own for every purpose, so that one more draw moves nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array

Bools = npt.NDArray[np.bool_]
Choice = TypeVar("Choice")


class Draw:
    """Random numbers by seed, regency and purpose; the same on every machine."""

    def __init__(self, seed: int, regency: int, purpose: str) -> None:
        key = int.from_bytes(purpose.encode(), "big")
        sequence = np.random.SeedSequence(seed, spawn_key=(regency, key))
        self._rng = np.random.Generator(np.random.SFC64(sequence))

    def chance(self, count: int, permille: int | Int64Array) -> Bools:
        """Which of `count` things happen, each with `permille` of a thousand (one number or one for each)."""
        return np.asarray(self._rng.integers(0, 1_000, count) < permille)

    def below(self, limits: Int64Array) -> Int64Array:
        """A number from 0 up to (not with) each limit; 0 where the limit is less than one."""
        bits = self._rng.integers(0, 2**31, len(limits))
        return np.asarray(bits * np.maximum(limits, 1) >> 31)

    def whole(self, count: int, least: int, most: int) -> Int64Array:
        """`count` numbers from `least` to `most`."""
        return self._rng.integers(least, most + 1, count)

    def weighted(self, count: int, weights: npt.ArrayLike) -> Int64Array:
        """`count` places in `weights`, each as often as it weighs."""
        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self._rng.integers(0, int(ends[-1]), count), side="right")

    def among(self, count: int, options: Sequence[tuple[Choice, int]]) -> list[Choice]:
        """`count` of the options, each as often as it weighs."""
        return [options[place][0] for place in self.weighted(count, [weight for _, weight in options])]

    def numbers(self, count: int, options: Sequence[tuple[int, int]]) -> Int64Array:
        """`count` of the numbers, each as often as it weighs."""
        values = np.array([value for value, _ in options], dtype=np.int64)
        return values[self.weighted(count, [weight for _, weight in options])]

    def order(self, count: int) -> Int64Array:
        """The numbers 0 to `count` - 1, shuffled."""
        return self._rng.permutation(count)

    def some(self, places: Int64Array, count: int) -> Int64Array:
        """At most `count` of the places, in their order, none twice."""
        return np.sort(self._rng.permutation(places)[:count])

    def bits(self, count: int) -> Int64Array:
        """32 random bits each."""
        return self._rng.integers(0, 2**32, count)
