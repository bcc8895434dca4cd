"""Values as 64-bit keys, the same from SQL and from Python, and sorted arrays to look them up in.

Keys are the last eight bytes of MD5, which does not change between versions of an engine. Two values meet by chance once in
10^19; among 5 million members that adds a candidate, who is then weighed like any other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.uint32]
_BETWEEN = 31
_EQUAL = re.compile(r"l\.(\w+)\s*=\s*r\.(\w+)")


def columns_of(rule: str) -> tuple[str, ...]:
    """The columns of a blocking rule `l.a = r.a AND l.b = r.b`; ValueError for a rule of another form."""
    equal = [_EQUAL.fullmatch(part.strip()) for part in rule.split(" AND ")]
    if not all(one and one[1] == one[2] for one in equal):
        raise ValueError(f"{rule!r} is not made of equal columns only")
    return tuple(one[1] for one in equal if one)


def key_sql(columns: Iterable[str]) -> str:
    """The key of these columns as SQL; null where one of them is."""
    told = f" || chr({_BETWEEN}) || ".join(f"{name}::varchar" for name in columns)
    return f"md5_number_lower({told})"


def key_of(values: Iterable[object]) -> int | None:
    """The key of values (texts and whole numbers), as `key_sql` gives it."""
    told = list(values)
    if any(value is None for value in told):
        return None
    digest = hashlib.md5(chr(_BETWEEN).join(map(str, told)).encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")


@dataclass(frozen=True)
class Places:
    """For each key the rows that have it: two arrays of one order, sorted by key."""

    keys: Keys
    rows: Rows

    def of(self, key: int) -> Rows:
        """The rows of a key."""
        wanted = np.uint64(key)
        start = int(np.searchsorted(self.keys, wanted))
        return np.asarray(self.rows[start : start + _run(self.keys, start, wanted)])

    def count(self, key: int, most: int) -> int:
        """How many rows a key has; `most` + 1 stands for more."""
        wanted = np.uint64(key)
        start = int(np.searchsorted(self.keys, wanted))
        return int(np.count_nonzero(self.keys[start : start + most + 1] == wanted))


def _run(keys: Keys, start: int, wanted: np.uint64) -> int:
    return int(np.searchsorted(keys[start:], wanted, side="right"))


@dataclass(frozen=True)
class Frequencies:
    """How often each value of a column is written, in both tables together, as Splink counts."""

    keys: Keys
    counts: npt.NDArray[np.uint32]
    total: int
    """Entries that are not null."""

    def of(self, values: Iterable[object]) -> npt.NDArray[np.float64]:
        """The share of each value among all entries; 0 for null and for values that are on neither list."""
        keys = [key_of([value]) for value in values]
        wanted = np.array([key or 0 for key in keys], dtype=np.uint64)
        if not len(self.keys):
            return np.zeros(len(keys))
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = (self.keys[places] == wanted) & np.array([key is not None for key in keys], dtype=bool)
        return np.where(known, self.counts[places] / max(self.total, 1), 0.0)


def sorted_places(keys: npt.NDArray[np.uint64], rows: npt.NDArray[np.integer]) -> Places:
    """Places of keys in any order."""
    order = np.argsort(keys, kind="stable")
    return Places(keys[order], rows[order].astype(np.uint32))


def opened(path: Path) -> npt.NDArray[np.unsignedinteger]:
    """An array of the folder, read where it is looked at."""
    return np.asarray(np.load(path, mmap_mode="r"))
