"""The cells of some rows as their sender wrote them, for the file that goes back. Runs in the limited child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

import numpy as np
import pyarrow as pa

from jamsostek.messages.register.columns import Column
from jamsostek.messages.register.files import table_of

CHUNK_ROWS = 20_000


def original_rows(
    file: IO[bytes], *, kind: str, sheet: str | None, begins: int, width: int, rows: Sequence[int]
) -> Iterator[pa.Table]:
    """For each part of the file: row numbers (`row`), and of each column its text and what it was (`columns.TEXT`, ...)."""
    wanted = np.array(sorted(rows), dtype=np.int64)
    last = int(wanted[-1]) if wanted.size else 0
    for block in table_of(file, kind).blocks(sheet, begins, width, CHUNK_ROWS):
        if int(block.numbers[0]) > last:
            break
        chosen = np.isin(block.numbers, wanted)
        if chosen.any():
            some = block.only(chosen)
            arrays = [pa.array(some.numbers), *(array for column in some.columns for array in _parts(column))]
            names = ["row", *(f"{part}_{at}" for at in range(width) for part in ("text", "kind"))]
            yield pa.Table.from_arrays(arrays, names=names)


def _parts(column: Column) -> tuple[pa.Array, pa.Array]:
    kinds = np.zeros(len(column.text), dtype=np.int8) if column.kind is None else column.kind
    return column.text, pa.array(kinds, pa.int8())
