"""What rules compute on: int64 arrays, the marks for 'not given', and lists of different lengths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from jamsostek.core.rupiah import Int64Array

NO_DATE = int(np.iinfo(np.int64).min)
"""A date that is not given."""
NONE = -1
"""A number that is not given."""
Array: TypeAlias = Int64Array
Outputs: TypeAlias = dict[str, Any]
EPOCH = dt.date(1970, 1, 1)
RISK_CLASSES = ("very_low", "low", "medium", "high", "very_high")
SCALES = ("large", "medium", "small", "micro")


@dataclass(frozen=True)
class Ragged:
    """Lists of different lengths, one per row: row i holds lines starts[i] to starts[i+1] of every column."""

    starts: Array
    columns: Mapping[str, Array]

    def rows(self) -> int:
        """How many lists there are."""
        return len(self.starts) - 1

    def row_of_line(self) -> Array:
        """The row each line belongs to."""
        return np.repeat(np.arange(self.rows(), dtype=np.int64), np.diff(self.starts))

    def sums(self, lines: Array) -> Array:
        """The sum of `lines` (one int64 per line) for each row; exact."""
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(lines, dtype=np.int64)])
        found: Array = running[self.starts[1:]] - running[self.starts[:-1]]
        return found
