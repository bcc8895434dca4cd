"""The cells of a list as its sender wrote them, for the file that goes back. Runs in the limited child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from jamsostek.messages.roster.sheets import put_errors, read_roster_sheet, spread_merged
from jamsostek.messages.tables.cells import text_of
from jamsostek.messages.tables.marks import read_marks

TEXT_CELL, NUMBER_CELL, DATE_CELL = 0, 1, 2
_EPOCH = dt.date(1970, 1, 1).toordinal()


def original_cells(
    content: bytes, *, kind: str, sheet: str, columns: Sequence[int], rows: Sequence[int] | None, begins: int
) -> pa.Table:
    """The sheet's row numbers (`row`), then for each column its text, its number, and which of them it is.

    `columns` are positions from column A = 0, `rows` the sheet's row numbers (None: every row from `begins` that holds
    anything). A date is a number of days since 1970.
    """
    found = read_roster_sheet(content, kind, None if kind == "csv" else sheet)
    if kind == "xlsx":
        put_errors(found, read_marks(content, found.name))
    spread_merged(found, found.header.row + found.header.height)
    first = found.first_row + 1
    chosen = [row for row in range(begins, first + len(found.rows)) if any(found.rows[row - first])] if rows is None else rows
    arrays: list[pa.Array] = [pa.array(chosen, pa.int32())]
    names = ["row"]
    for position in columns:
        at = position - found.first_column
        cells = [found.rows[row - first][at] for row in chosen]
        for name, array in zip(("text", "number", "kind"), _parts(cells), strict=True):
            arrays.append(array)
            names.append(f"{name}_{position}")
    return pa.Table.from_arrays(arrays, names=names)


def _parts(cells: Sequence[Any]) -> tuple[pa.Array, pa.Array, pa.Array]:
    texts: list[str | None] = []
    numbers: list[float | None] = []
    kinds: list[int] = []
    for cell in cells:
        text, number, kind = _part(cell)
        texts.append(text)
        numbers.append(number)
        kinds.append(kind)
    return pa.array(texts, pa.string()), pa.array(numbers, pa.float64()), pa.array(kinds, pa.int8())


def _part(cell: Any) -> tuple[str | None, float | None, int]:
    if type(cell) is str:
        return cell, None, TEXT_CELL
    if type(cell) is float or type(cell) is int:
        return None, float(cell), NUMBER_CELL
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return None, float(cell.toordinal() - _EPOCH), DATE_CELL
    return text_of(cell), None, TEXT_CELL
