"""Cells merged over rows: what holds for a family is read for each of its rows, what nobody shares is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from jamsostek.messages.register.columns import Block, Column
from jamsostek.messages.register.frame import Frame
from jamsostek.messages.register.package import Spans

_SHARED = frozenset({"kk", "village_code", "village", "district", "regency", "address", "hamlet", "decile", "source_id"})


class Merges:
    """Fills merged cells chunk after chunk; a cell merged over the end of a chunk goes on in the next."""

    def __init__(self, spans: Spans, positions: Mapping[str, Sequence[int]]) -> None:
        fields = {at: field for field, places in positions.items() for at in places}
        self.shared = {at: spans[at] for at in spans if fields.get(at) in _SHARED}
        self.own = {at: spans[at] for at in spans if at in fields and fields[at] not in _SHARED}
        self._top: dict[int, tuple[int, str | None, int]] = {}

    def filled(self, block: Block) -> tuple[Block, dict[int, np.ndarray]]:
        """The block with shared cells filled, and the places filled in each column."""
        columns, told = list(block.columns), {}
        for at, spans in self.shared.items():
            below = _below(block, spans)
            if below.size:
                columns[at], told[at] = self._fill(at, block, spans, below), below
            self._keep_last(at, block, columns[at])
        return Block(block.numbers, columns, block.widths), told

    def note(self, frame: Frame, block: Block, filled: Mapping[int, np.ndarray]) -> None:
        """Tells both kinds."""
        for at, places in filled.items():
            frame.note("merged_filled", places, None, column=at)
        for at, spans in self.own.items():
            frame.note("merged_cell", _below(block, spans), None, column=at)

    def _fill(self, at: int, block: Block, spans: np.ndarray, below: np.ndarray) -> Column:
        texts = block.columns[at].text.to_pylist()
        kinds = np.zeros(len(texts), dtype=np.int8) if (given := block.columns[at].kind) is None else given.copy()
        tops = spans[np.searchsorted(spans[:, 0], block.numbers[below], side="right") - 1, 0]
        for place, top in zip(below.tolist(), tops.tolist(), strict=True):
            source = int(np.searchsorted(block.numbers, top))
            if source < len(texts) and block.numbers[source] == top:
                texts[place], kinds[place] = texts[source], kinds[source]
            elif self._top.get(at, (-1,))[0] == top:
                texts[place], kinds[place] = self._top[at][1:]
        return Column(pa.array(texts, pa.string()), kinds if kinds.any() else None)

    def _keep_last(self, at: int, block: Block, column: Column) -> None:
        """Remembers the merged cell that is open at the end of the block."""
        last = int(block.numbers[-1])
        span = self.shared[at][int(np.searchsorted(self.shared[at][:, 0], last, side="right")) - 1]
        if span[0] <= last < span[1]:
            kind = 0 if column.kind is None else int(column.kind[-1])
            self._top[at] = (int(span[0]), column.text[-1].as_py(), kind)


def _below(block: Block, spans: np.ndarray) -> np.ndarray:
    """Places under the first row of a merged cell."""
    at = np.searchsorted(spans[:, 0], block.numbers, side="right") - 1
    inside = (at >= 0) & (block.numbers > spans[at, 0]) & (block.numbers <= spans[at, 1])
    return np.flatnonzero(inside)
