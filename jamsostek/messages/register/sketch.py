"""How many different values there are, in a fixed room: the smallest hashes seen (k minimum values).

Two sketches of parts make the sketch of the whole, so counts of a resumed import agree with those of one that was not
interrupted. Method: Bar-Yossef et al., "Counting distinct elements in a data stream" (2002).
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

SIZE = 2_048
_SPACE = 1 << 63


def of(values: pa.ChunkedArray) -> tuple[int, ...]:
    """The sketch of a column; nulls are no values. No value can be read back from it."""
    return _smallest(_hash(value) for value in pc.unique(values).to_pylist() if value is not None)


def union(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    """The sketch of both together."""
    return _smallest({*one, *other})


def count(sketch: Sequence[int]) -> int:
    """How many different values: exact below `SIZE`, else an estimate."""
    return len(sketch) if len(sketch) < SIZE else round((SIZE - 1) * _SPACE / sketch[-1])


def _smallest(hashes: Iterable[int]) -> tuple[int, ...]:
    return tuple(heapq.nsmallest(SIZE, hashes))


def _hash(value: str) -> int:
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big") >> 1
