"""Who stood in an earlier row: keys of the whole file in sixteen bytes a row, looked up a chunk at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import Int64Array

NO_KEY = np.iinfo(np.int64).min
Rows = npt.NDArray[np.uint64]


class Seen:
    """Keys seen, each with the row and the 32-bit mark (of a name) it came with; sorted runs, merged as they grow."""

    def __init__(self) -> None:
        self._runs: list[tuple[Int64Array, Rows]] = []

    def find(
        self, keys: Int64Array, rows: Int64Array, marks: Int64Array, kept: npt.NDArray[np.bool_]
    ) -> tuple[Int64Array, Int64Array]:
        """For each key the first earlier row (0: none) and its mark; keys of rows `kept` and new are remembered.

        Rows not kept neither count as first nor are asked about.
        """
        asked = kept & (keys != NO_KEY)
        first, mark = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        for known, told in self._runs:
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            hit = asked & (known[at] == keys) & (first == 0)
            first[hit], mark[hit] = told[at[hit]] >> np.uint64(32), told[at[hit]] & np.uint64(0xFFFFFFFF)
        fresh = np.flatnonzero(asked & (first == 0))
        order = fresh[np.argsort(keys[fresh], kind="stable")]
        leads = np.ones(len(order), dtype=np.bool_)
        leads[1:] = keys[order][1:] != keys[order][:-1]
        leader = order[np.maximum.accumulate(np.where(leads, np.arange(len(order)), 0))] if len(order) else order
        later = ~leads
        first[order[later]], mark[order[later]] = rows[leader[later]], marks[leader[later]]
        news = order[leads]
        self._keep(keys[news], (rows[news].astype(np.uint64) << np.uint64(32)) | marks[news].astype(np.uint64))
        return first, mark

    def _keep(self, keys: Int64Array, told: Rows) -> None:
        if not len(keys):
            return
        self._runs.append((keys, told))
        while len(self._runs) > 1 and len(self._runs[-2][0]) <= 2 * len(self._runs[-1][0]):
            (one, one_told), (other, other_told) = self._runs.pop(), self._runs.pop()
            both = np.concatenate([one, other])
            order = np.argsort(both, kind="stable")
            self._runs.append((both[order], np.concatenate([one_told, other_told])[order]))


def marks_of(texts: Sequence[str | None]) -> Int64Array:
    """32 bits for each text, letters only and capitals aside."""
    return np.fromiter((hash(_letters(text)) & 0xFFFFFFFF if text else 0 for text in texts), dtype=np.int64, count=len(texts))


def keys_of(names: Sequence[str | None], days: Int64Array, places: Sequence[int | str | None]) -> Int64Array:
    """64 bits for name, birth date and village; `NO_KEY` where any is missing."""
    none = np.iinfo(np.int64).min
    return np.fromiter(
        (
            hash((_letters(name), day, place)) if name and day != none and place is not None else NO_KEY
            for name, day, place in zip(names, days.tolist(), places, strict=True)
        ),
        dtype=np.int64,
        count=len(names),
    )


def _letters(text: str) -> str:
    key = text.casefold().replace(" ", "")
    return key if key.isalnum() else "".join(filter(str.isalnum, key))
