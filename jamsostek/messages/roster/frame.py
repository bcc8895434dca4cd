"""The people of a table, column by column, and what was noted about them. Runs in the limited child.

A column is read once for each different cell, not for each row: a hundred thousand rows have a few thousand dates and a
handful of words. A person's place is its position among the people (0 = first), not the sheet's row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from jamsostek.core.rupiah import format_number
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.roster.layouts import EXPECTED, WISHED, Layout
from jamsostek.messages.roster.problems import ERRORS, STATED
from jamsostek.messages.tables.cells import ERROR_TEXTS, Reading, text_of
from jamsostek.messages.tables.problems import WARNING
from jamsostek.messages.tables.titles import Header

MOST_TEXT = 500
"""Letters of a cell that a problem keeps."""
Read = Callable[[Any], Reading]
Detail = Mapping[str, Any]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Noted:
    """One kind of problem at several places (None: the sheet as a whole), in one column (None: none)."""

    kind: str
    places: Sequence[int] | None
    column: int | None
    values: Sequence[str]
    details: Sequence[Detail]


class Frame:
    """People's cells by column. `rows` are the sheet's rows of people, `layout` says which cells matter."""

    def __init__(self, rows: Sequence[Sequence[Any]], header: Header, layout: Layout, nik_column: int | None) -> None:
        self.rows = rows
        self.header = header
        self.layout = layout
        self.size = len(rows)
        self.noted: list[Noted] = []
        self.stated: Bools = np.zeros(self.size, dtype=np.bool_)
        """Rows that the sender says match the ID card."""
        self._columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _title in header.titles]
        self._positions = {field: position for position, field in reversed(list(enumerate(header.fields))) if field}
        if nik_column is not None:
            self._positions["nik"] = nik_column

    def column(self, field: str) -> int | None:
        """The position of a field's column, or None."""
        return self._positions.get(field)

    def cells(self, field: str) -> Sequence[Any]:
        """A field's cells, one for each person; blanks where there is no such column."""
        position = self.column(field)
        return [""] * self.size if position is None else self._columns[position]

    def has(self, *fields: str) -> bool:
        """True when any of the fields has a column."""
        return any(field in self._positions for field in fields)

    # --- reading ---

    def readings(self, field: str, read: Read) -> tuple[list[Any], dict[str, list[int]]]:
        """A field's values by place, and the places of each kind of problem, not yet noted."""
        position = self.column(field)
        if position is None:
            return [None] * self.size, {}
        cells = self._columns[position]
        distinct = set(cells)
        if 2 * len(distinct) > self.size:
            # Mostly different cells: looking them up would only cost.
            found = [read(cell) for cell in cells]
            values = [reading[0] for reading in found]
            problems = [(place, reading[1]) for place, reading in enumerate(found) if reading[1]]
        else:
            known = {cell: read(cell) for cell in distinct}
            told = {cell: reading[1] for cell, reading in known.items() if reading[1]}
            values = [known[cell][0] for cell in cells]
            problems = [(place, told[cell]) for place, cell in enumerate(cells) if cell in told] if told else []
        odd: dict[str, list[int]] = {}
        for place, problem in problems:
            odd.setdefault(problem, []).append(place)
        if broken := [text for text in ERROR_TEXTS if text in distinct]:
            self._put_errors(field, cells, frozenset(broken), values, odd)
        return values, odd

    def _put_errors(
        self, field: str, cells: Sequence[Any], broken: frozenset[str], values: list[Any], odd: dict[str, list[int]]
    ) -> None:
        """A formula in error is told as such, whatever the field would make of its text."""
        at = [place for place, cell in enumerate(cells) if cell in broken]
        for place in at:
            values[place] = None
        for places in odd.values():
            places[:] = sorted({*places} - {*at})
        column = self.layout.field(field)
        wished = column is None or column.need in (EXPECTED, WISHED)
        odd["cell_ignored" if wished else "cell_error"] = at

    def values(self, field: str, read: Read, detail: Callable[[Any], Detail] | None = None) -> list[Any]:
        """A field's values by place; its problems are noted, each with the detail made from its cell."""
        values, odd = self.readings(field, read)
        cells = self.cells(field)
        for kind, places in odd.items():
            details = [detail(cells[place]) for place in places] if detail else ()
            self.note(kind, places, field, details=details)
        return values

    # --- noting ---

    def note(
        self,
        kind: str,
        places: Iterable[int],
        field: str | None,
        *,
        column: int | None = None,
        values: Sequence[Any] = (),
        details: Sequence[Detail] = (),
    ) -> None:
        """Notes one kind of problem at places; the values shown are the cells there when none are given."""
        at = [int(place) for place in places]
        if not at:
            return
        position = self.column(field) if field is not None and column is None else column
        if kind in STATED and self.stated[at].any():
            self._note_stated(kind, at, position, values, details)
            return
        shown = list(values) or self._shown(at, position)
        self.noted.append(Noted(kind, at, position, [text_of(value)[:MOST_TEXT] for value in shown], list(details)))

    def _shown(self, at: list[int], position: int | None) -> list[Any]:
        if position is None:
            return [""] * len(at)
        cells = self._columns[position]
        money = self.header.fields[position] in ("wage", "basic", "fixed", "reported", "daily", "gross", "income")
        return [_money(cells[place]) if money else cells[place] for place in at]

    def _note_stated(
        self, kind: str, at: list[int], position: int | None, values: Sequence[Any], details: Sequence[Detail]
    ) -> None:
        """Parts the rows said to match the ID card from the others: they only get a warning."""
        stated = self.stated[at]
        shown = [text_of(value)[:MOST_TEXT] for value in (list(values) or self._shown(at, position))]
        told = list(details) or [{}] * len(at)
        for is_stated, called in ((False, kind), (True, "stated_correct")):
            chosen = np.flatnonzero(stated == is_stated).tolist()
            if chosen:
                own = [{**told[one], "about": kind} if is_stated else told[one] for one in chosen]
                self.noted.append(Noted(called, [at[one] for one in chosen], position, [shown[one] for one in chosen], own))

    def note_sheet(self, kind: str, value: object = "", *, column: int | None = None, **detail: Any) -> None:
        """Notes something about the sheet as a whole."""
        self.noted.append(Noted(kind, None, column, [text_of(value)[:MOST_TEXT]], [detail] if detail else ()))

    # --- what came of it ---

    def noted_at(self, kinds: Iterable[str]) -> Bools:
        """Where a problem of one of these kinds was noted."""
        wanted, found = frozenset(kinds), np.zeros(self.size, dtype=np.bool_)
        for one in self.noted:
            if one.kind in wanted and one.places is not None:
                found[list(one.places)] = True
        return found

    def refused(self) -> Bools:
        """People whose row has an error."""
        return self.noted_at(ERRORS)

    def warned(self) -> Bools:
        """People whose row has a warning."""
        return self.noted_at(kind for kind, told in KINDS.items() if told.severity == WARNING)


def _money(cell: Any) -> Any:
    """An amount with its groups of three."""
    return format_number(int(cell)) if type(cell) is float and cell.is_integer() else cell
