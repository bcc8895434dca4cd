"""One chunk of a register, field by field, and what was noted about its rows. Runs in the limited child.

What nearly every cell looks like is recognised for the whole column at once; only the others are read one by one, each
different cell once. A row's place is its position in the chunk; problems carry the file's own row numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.messages.register.chunks import PROBLEMS, shown
from jamsostek.messages.register.columns import ERROR, TEXT, Block, Column
from jamsostek.messages.register.kinds import ERRORS, NOTES
from jamsostek.messages.tables.cells import ERROR_TEXTS, Reading

Bools = npt.NDArray[np.bool_]
Read = Callable[[Any], Reading]
_HIDDEN = r"[\x{200B}-\x{200F}\x{2060}\x{FEFF}\x{00AD}\x{202A}-\x{202E}\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
_UNCLEAN = rf"^[\s'’`]|\s$|\s\s|[\t\r\n\x{{00A0}}]|{_HIDDEN}"
_BLANK = r"^[\s\-–—_.*=]*$"
_ERROR_TEXT = r"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|GETTING_DATA)$"
_REMEMBERED = 1 << 16
Memo = dict[str, dict[tuple[str, int], Reading]]


@dataclass(frozen=True)
class Noted:
    """One kind of problem at places, with the column it is in (None: none)."""

    kind: str
    places: npt.NDArray[np.int64]
    column: int | None
    values: Sequence[str]
    details: Sequence[Mapping[str, Any]]


class Frame:
    """The rows of people of one chunk. `positions`: field -> columns; `memo` lives as long as the file is read."""

    def __init__(
        self, block: Block, positions: Mapping[str, Sequence[int]], memo: Memo, origins: Mapping[int, int] | None = None
    ) -> None:
        self.block = block
        self.numbers = block.numbers
        self.origins = origins or {}
        """Columns made of a part of another -> that other."""
        self.size = len(block.numbers)
        self.positions = positions
        self.noted: list[Noted] = []
        self.memo = memo
        self.columns = block.columns
        self._clean: dict[int, pa.StringArray] = {}

    def has(self, field: str) -> bool:
        """True where the mapping names a column for the field."""
        return bool(self.positions.get(field))

    def position(self, field: str) -> int | None:
        """The first column of a field."""
        return next(iter(self.positions.get(field, ())), None)

    def column(self, field: str) -> Column:
        """A field's first column, cleaned; all empty where there is none."""
        position = self.position(field)
        if position is None:
            return Column(pa.nulls(self.size, pa.string()))
        return Column(self.clean(position), self.columns[position].kind)

    def texts(self, field: str) -> pa.StringArray:
        """A field's cleaned texts; null where empty."""
        return self.column(field).text

    def clean(self, position: int) -> pa.StringArray:
        """A column without blanks around, hidden marks and dashes typed for nothing; broken formulas are noted and dropped."""
        if position not in self._clean:
            self._clean[position] = self._cleaned(position)
        return self._clean[position]

    def _cleaned(self, position: int) -> pa.StringArray:
        column = self.columns[position]
        text = column.text
        if where(pc.match_substring_regex(text, _UNCLEAN)).any():
            hidden = np.flatnonzero(where(pc.match_substring_regex(text, _HIDDEN)))
            self.note("hidden_marks", hidden, None, column=position)
            text = pc.replace_substring_regex(text, _HIDDEN, "")
            text = pc.replace_substring_regex(text, r"[\s\x{00A0}]+", " ")
            text = pc.utf8_trim(pc.replace_substring_regex(text, "^[\\s'’`]+", ""), " ")
        broken = column.is_kind(ERROR) | where(pc.match_substring_regex(text, _ERROR_TEXT))
        if broken.any():
            self.note(
                "cell_error", np.flatnonzero(broken), None, column=position, values=text.filter(pa.array(broken)).to_pylist()
            )
        empty = broken | where(pc.match_substring_regex(text, _BLANK))
        return pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), text) if empty.any() else text

    def only(self, chosen: Bools) -> Frame:
        """The frame of some of the rows, with what was noted about their mapped columns so far."""
        if chosen.all() and len({at for places in self.positions.values() for at in places}) == len(self.columns):
            return self
        frame = Frame(self.block.only(chosen), self.positions, self.memo, self.origins)
        mask = pa.array(chosen)
        frame._clean = {at: text.filter(mask) for at, text in self._clean.items()}
        mapped = {at for places in self.positions.values() for at in places}
        new_places = np.cumsum(chosen) - 1
        for one in self.noted:
            stays = chosen[one.places]
            if one.column in mapped and stays.any():
                values = one.values if one.kind in NOTES else [v for v, stay in zip(one.values, stays, strict=True) if stay]
                details = [detail for detail, stay in zip(one.details, stays, strict=False) if stay]
                details = [{"count": int(stays.sum())}] if one.kind in NOTES else details
                frame.noted.append(Noted(one.kind, new_places[one.places[stays]], one.column, values, details))
        return frame

    # --- reading ---

    def read(
        self, field: str, read: Read, plain: str | None = None, unlike: str | None = None
    ) -> tuple[list[Any], dict[str, Any]]:
        """A field's values, and the places of each kind of problem, not yet noted.

        Texts that match `plain` (and not `unlike`) are values as they stand; every other cell is given to `read`.
        """
        column = self.column(field)
        values: list[Any] = column.text.to_pylist()
        odd = where(column.text.is_valid())
        if plain is not None:
            is_plain = where(pc.match_substring_regex(column.text, plain)) & column.is_kind(TEXT)
            if unlike is not None:
                is_plain &= ~where(pc.match_substring_regex(column.text, unlike))
            odd &= ~is_plain
        memo = self.memo.setdefault(field, {})
        if len(memo) > _REMEMBERED:
            memo.clear()
        told: dict[str, list[int]] = {}
        for place in np.flatnonzero(odd).tolist():
            key = (values[place], TEXT if column.kind is None else int(column.kind[place]))
            reading = memo.get(key)
            if reading is None:
                reading = memo[key] = read(column.cell(place))
            values[place] = reading[0]
            if reading[1]:
                told.setdefault(reading[1], []).append(place)
        return values, {kind: np.array(places, dtype=np.int64) for kind, places in told.items()}

    def values(
        self, field: str, read: Read, plain: str | None = None, *, detail: Callable[[Any], Mapping[str, Any]] | None = None
    ) -> list[Any]:
        """A field's values; its problems are noted, each with the detail made from its cell."""
        values, told = self.read(field, read, plain)
        column = self.column(field)
        for kind, places in told.items():
            self.note(kind, places, field, details=[detail(column.cell(place)) for place in places.tolist()] if detail else ())
        return values

    # --- noting ---

    def note(
        self,
        kind: str,
        places: Iterable[int] | npt.NDArray[np.int64],
        field: str | None,
        *,
        column: int | None = None,
        values: Sequence[str | None] | None = None,
        details: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Notes one kind of problem; the values shown are the cells there, masked."""
        at = np.asarray(places if isinstance(places, np.ndarray) else list(places), dtype=np.int64)
        if not at.size:
            return
        position = self.position(field) if field is not None and column is None else column
        if kind in NOTES:
            self.noted.append(Noted(kind, at, position, [""], [{"count": int(at.size)}]))
            return
        if values is None:
            values = self.clean(position).take(pa.array(at)).to_pylist() if position is not None else [""] * at.size
        name = field or ""
        self.noted.append(Noted(kind, at, position, [shown(value or "", name) for value in values], list(details)))

    def noted_at(self, kinds: Iterable[str]) -> Bools:
        """Where a problem of one of these kinds was noted."""
        wanted, found = frozenset(kinds), np.zeros(self.size, dtype=np.bool_)
        for one in self.noted:
            if one.kind in wanted:
                found[one.places] = True
        return found

    def refused(self) -> Bools:
        """Rows with an error."""
        return self.noted_at(ERRORS)

    def problems(self) -> pa.Table:
        """All that was noted, in the order of the file; of a note its first row."""
        tables = [self._part(one) for one in self.noted]
        table = pa.concat_tables([PROBLEMS.empty_table(), *tables])
        row, column = (table[name].fill_null(-1).to_numpy() for name in ("row", "column"))
        return table.take(pa.array(np.lexsort((column, row))))

    def _part(self, one: Noted) -> pa.Table:
        places = one.places[:1] if one.kind in NOTES else one.places
        details = [json.dumps(detail, ensure_ascii=False) for detail in one.details] or [""] * len(places)
        arrays = [
            pa.array(self.numbers[places], pa.int64()),
            pa.array([self._origin(one.column)] * len(places), pa.int16()),
            pa.array([one.kind] * len(places), pa.string()),
            pa.array(one.values, pa.string()),
            pa.array(details, pa.string()),
        ]
        return pa.Table.from_arrays(arrays, schema=PROBLEMS)

    def _origin(self, column: int | None) -> int | None:
        return column if column is None else self.origins.get(column, column)


def where(found: pa.BooleanArray) -> Bools:
    """An Arrow answer as numpy's; nothing is False."""
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


assert all(pc.match_substring_regex(pa.array(sorted(ERROR_TEXTS)), _ERROR_TEXT).to_pylist())
