"""Cells of a register by column, as any kind of file gives them: the text, and what it was where it was no text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.core.rupiah import Int64Array
from jamsostek.messages.tables.cells import ERROR_TEXTS, text_of

TEXT, NUMBER, DATE, ERROR = 0, 1, 2, 3
Kinds = npt.NDArray[np.int8]
MOST_COLUMNS = 400
"""A sheet can have 16,384; nobody's register has."""


@dataclass(frozen=True)
class Column:
    """Texts (null: empty) and what each cell was; `kind` None: all text. A date is YYYY-MM-DD, a number as the file has it."""

    text: pa.StringArray
    kind: Kinds | None = None

    def cell(self, place: int) -> Any:
        """One cell as the cell readers of `tables.cells` take it."""
        text = self.text[place].as_py()
        kind = TEXT if self.kind is None else int(self.kind[place])
        if text is None:
            return ""
        if kind == NUMBER:
            return float(text)
        return dt.date.fromisoformat(text) if kind == DATE else text

    def is_kind(self, kind: int) -> npt.NDArray[np.bool_]:
        """Where cells were of this kind."""
        if self.kind is None:
            return np.full(len(self.text), kind == TEXT, dtype=np.bool_)
        return np.asarray(self.kind == kind, dtype=np.bool_)


@dataclass(frozen=True)
class Block:
    """Rows that follow each other: their numbers in the file (1 = first), their columns, how many cells each had."""

    numbers: Int64Array
    columns: list[Column]
    widths: Int64Array | None = None
    """Cells in each row, where the kind of file tells (CSV)."""

    def only(self, chosen: npt.NDArray[np.bool_]) -> Block:
        """Some of the rows."""
        mask = pa.array(chosen)
        columns = [Column(one.text.filter(mask), None if one.kind is None else one.kind[chosen]) for one in self.columns]
        return Block(self.numbers[chosen], columns, None if self.widths is None else self.widths[chosen])


def column_of_cells(cells: Sequence[Any]) -> Column:
    """A column of Python's own values (calamine's)."""
    texts: list[str | None] = []
    kinds = np.zeros(len(cells), dtype=np.int8)
    for place, cell in enumerate(cells):
        text, kinds[place] = text_and_kind(cell)
        texts.append(text or None)
    return Column(pa.array(texts, pa.string()), kinds if kinds.any() else None)


def text_and_kind(cell: Any) -> tuple[str, int]:
    """A cell's text and what it was."""
    if type(cell) is str:
        return cell, ERROR if cell in ERROR_TEXTS else TEXT
    if type(cell) is float or type(cell) is int:
        return repr(cell), NUMBER
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10], DATE
    return text_of(cell), TEXT


def columns_of_rows(rows: Sequence[Sequence[str]], width: int) -> list[Column]:
    """Columns of rows of text; a short row is filled up, what stands beyond `width` is left out."""
    even = [row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for row in rows]
    return [Column(pa.array(cells, pa.string())) for cells in zip(*even, strict=True)]
