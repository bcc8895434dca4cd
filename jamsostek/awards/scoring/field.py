"""What is scored: one row a competitor, one column a criterion, whole parts per million."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Better = Literal["more", "less"]

MILLION = 1_000_000
HALF = MILLION // 2
MISSING = int(np.iinfo(np.int64).min)
"""Stands where a measure cannot be computed; never a value."""
LARGEST = 10**12
"""The largest measure (ppm): with it every product below stays inside 64 bits."""
MOST_ROWS = 2**21
MOST_CRITERIA = 30


@dataclass(frozen=True)
class Field:
    """Those who compete and what was measured: `values[i, j]` in ppm of competitor `keys[i]` on `criteria[j]`, or MISSING.

    Raises `ValueError` for shapes that do not agree, keys that come twice, measures beyond `LARGEST`.
    """

    keys: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Ints
    better: tuple[Better, ...]
    places: dict[str, int] = field(init=False, repr=False, compare=False)
    """Criterion -> its column."""

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.values, dtype=np.int64)
        if values.shape != (len(self.keys), len(self.criteria)) or len(self.better) != len(self.criteria):
            raise ValueError(f"{values.shape}: {len(self.keys)} keys, {len(self.criteria)} criteria, {len(self.better)} ways")
        if len(set(self.keys)) != len(self.keys) or len(set(self.criteria)) != len(self.criteria):
            raise ValueError("a key or a criterion comes twice")
        if len(self.keys) > MOST_ROWS or len(self.criteria) > MOST_CRITERIA:
            raise ValueError(f"at most {MOST_ROWS} competitors and {MOST_CRITERIA} criteria")
        if set(self.better) - {"more", "less"}:
            raise ValueError(f"better is more or less: {self.better}")
        if ((values != MISSING) & ((values > LARGEST) | (values < -LARGEST))).any():
            raise ValueError(f"a measure beyond {LARGEST} ppm")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "places", {name: at for at, name in enumerate(self.criteria)})

    def __len__(self) -> int:
        return len(self.keys)

    def column(self, criterion: str) -> tuple[Ints, Bools]:
        """A criterion with more always better (a measure where less is better is turned), and where it is known."""
        at = self.places[criterion]
        known = self.values[:, at] != MISSING
        turned = self.values[:, at] if self.better[at] == "more" else -np.where(known, self.values[:, at], 0)
        return np.where(known, turned, 0), known

    def only(self, rows: Ints) -> Field:
        """Some of the competitors, in the order given."""
        return Field(tuple(self.keys[at] for at in rows), self.criteria, self.values[rows], self.better)
