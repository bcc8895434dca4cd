"""From a file to chunks of good rows and problems, as Arrow tables one after the other. Runs in the limited child."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.dates import NO_DATE
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.register import births
from jamsostek.messages.register.chunks import SCHEMA
from jamsostek.messages.register.columns import DATE, TEXT, Block, Column
from jamsostek.messages.register.doubles import Seen, keys_of, marks_of
from jamsostek.messages.register.fields import IGNORED
from jamsostek.messages.register.files import Table, table_of
from jamsostek.messages.register.frame import Bools, Frame, Memo
from jamsostek.messages.register.household import Household
from jamsostek.messages.register.layout import fitted
from jamsostek.messages.register.mapping import Mapping
from jamsostek.messages.register.merges import Merges
from jamsostek.messages.register.passed import sort_rows
from jamsostek.messages.register.people import People
from jamsostek.messages.register.places import Gazetteer, Places
from jamsostek.messages.register.sheets import StreamedBook

Pairs = Sequence[tuple[int, Any]]


def read_chunks(
    file: IO[bytes],
    *,
    kind: str,
    mapping: str,
    month: int,
    today: str,
    chunk_rows: int,
    start_row: int,
    villages: Pairs,
    districts: Pairs,
    regencies: Pairs,
    former: Pairs,
    regency: int | None,
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Good rows as `SCHEMA` (what the chunk is, in the metadata) and problems as `PROBLEMS`, chunk by chunk."""
    table = table_of(file, kind)
    fits = fitted(table, Mapping.from_json(mapping))
    fits.check()
    gazetteer = Gazetteer(dict(villages), dict(districts), dict(regencies), dict(former), regency)
    reader = _Reader(table, fits, month, dt.date.fromisoformat(today), gazetteer)
    width = len(fits.columns)
    for block in table.blocks(fits.sheet, fits.header_row + 1, width, chunk_rows):
        first, last = int(block.numbers[0]), int(block.numbers[-1])
        if first < start_row <= last:
            raise InputError(
                _("Baris {row} bukan awal sebuah bagian.").format(row=start_row),
                field="start_row",
                remedy=_("Lanjutkan dari baris berikut yang tercatat, dengan ukuran bagian yang sama."),
            )
        tables = reader.read(block)
        if first >= start_row:
            yield tables


class _Reader:
    """Reads the chunks of one file; what must be known of earlier rows stays here."""

    def __init__(self, table: Table, mapping: Mapping, month: int, today: dt.date, gazetteer: Gazetteer) -> None:
        self.mapping = mapping
        self.month = month
        self.today = today
        self.titles = mapping.titles
        self.width = len(mapping.columns)
        self.places = Places(gazetteer)
        self.memo: Memo = {}
        self.niks, self.names = Seen(), Seen()
        fields = {one for column in mapping.columns for one in column.fields} - {IGNORED}
        self.positions: dict[str, list[int]] = {field: mapping.positions(field) for field in fields}
        self.merges = Merges(table.spans(mapping.sheet) if isinstance(table, StreamedBook) else {}, self.positions)
        self.pair = next((one.position for one in mapping.columns if len(one.fields) == 2), None)
        self.origins: dict[int, int] = {}
        if self.pair is not None:
            self.positions |= {"birth_place": [self.width], "birth_date": [self.width + 1]}
            self.origins = {self.width: self.pair, self.width + 1: self.pair}

    def read(self, block: Block) -> tuple[pa.Table, pa.Table]:
        """One chunk."""
        filled, merged = self.merges.filled(block)
        if self.pair is not None:
            filled = _split(filled, self.pair)
        whole = Frame(filled, self.positions, self.memo, self.origins)
        self.merges.note(whole, filled, merged)
        self._note_widths(whole)
        found = sort_rows(whole, self.titles)
        frame = whole.only(found.people)
        people, household = People(frame, self.month, self.today), Household(frame)
        people.read()
        household.read()
        villages = self.places.read(frame)
        unknown = (people.number < 0) & (people.birth_day == NO_DATE) & _without(villages)
        unknown &= np.asarray(household.texts["village"].is_null())
        frame.note("person_unidentifiable", np.flatnonzero(unknown & ~frame.refused()), "name")
        self._note_doubles(frame, people, villages, household)
        rows = self._rows(frame, people, household, villages)
        if whole is not frame:
            whole.noted.clear()  # what was noted about people went with them into their frame
        for kind, places in found.passed.items():
            whole.note(kind, places, None)
        problems = frame.problems() if whole is frame else _in_order([whole.problems(), frame.problems()])
        passed = sum(map(len, found.passed.values()))
        told = {
            "first_row": int(block.numbers[0]),
            "next_row": int(block.numbers[-1]) + 1,
            "counts": [len(block.numbers), rows.num_rows, frame.size - rows.num_rows, passed],
            "sheet": self.mapping.sheet,
            "titles": self.titles,
        }
        return rows.replace_schema_metadata({"chunk": json.dumps(told)}), problems

    def _note_widths(self, frame: Frame) -> None:
        """Rows with fewer or more cells than titles (CSV)."""
        widths = frame.block.widths
        if widths is None:
            return
        titled = max((at + 1 for at, title in enumerate(self.titles) if title), default=self.width)
        for kind, odd in (("row_short", (widths < titled) & (widths > 1)), ("row_long", widths > self.width)):
            places = np.flatnonzero(odd)
            details = [{"count": int(widths[at]), "expected": titled} for at in places]
            frame.note(kind, places, "name", details=details)

    def _note_doubles(self, frame: Frame, people: People, villages: list[int | None], household: Household) -> None:
        """Rows about somebody who stood in the file before; the first row that was kept is the one that counts."""
        kept = ~frame.refused()
        marks = marks_of(people.name)
        numbers = np.where(people.number < 0, np.iinfo(np.int64).min, people.number)
        first, mark = self.niks.find(numbers, frame.numbers, marks, kept)
        for kind, odd in (("row_repeated", (first > 0) & (mark == marks)), ("nik_two_people", (first > 0) & (mark != marks))):
            places = np.flatnonzero(odd)
            frame.note(kind, places, "nik", details=[{"first_row": int(first[at])} for at in places])
        names = household.texts["village"].to_pylist()
        where_from = [code if code is not None else name for code, name in zip(villages, names, strict=True)]
        keys = keys_of(people.name, people.birth_day, where_from)
        first, _mark = self.names.find(keys, frame.numbers, marks, kept & (first == 0))
        places = np.flatnonzero(first > 0)
        frame.note("person_double", places, "name", details=[{"first_row": int(first[at])} for at in places])

    def _rows(self, frame: Frame, people: People, household: Household, villages: list[int | None]) -> pa.Table:
        dead = people.death_hint | household.dead
        columns: dict[str, Any] = {
            "row_number": frame.numbers, "name": people.name, "nik": people.nik(), "nik_written": people.written(),
            "nik_state": people.nik_state, "kk": people.card, "sex": people.sex, "birth_date": people.birth_day,
            "mother_name": people.mother, "phone": people.phone, "village_code": villages, **household.texts,
            "relation": household.relation, "decile": household.decile, "income_rupiah": household.income,
            "disability": household.disability, "marital": household.marital, "woman_head": household.woman_head,
            "children_school": household.children, "is_asn": household.asn, "civil_status": household.status,
            "death_hint": dead, "moved_hint": household.moved,
        }  # fmt: skip
        good = pa.array(~frame.refused())
        return pa.Table.from_arrays([_array(columns[one.name], one.type).filter(good) for one in SCHEMA], schema=SCHEMA)


def _array(column: Any, kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        none = column == NO_DATE
        return pa.array(np.where(none, 0, column).astype(np.int32), pa.int32(), mask=none).cast(kind)
    return column if isinstance(column, pa.Array) else pa.array(column, kind)


def _without(values: list[int | None]) -> Bools:
    return np.fromiter((value is None for value in values), dtype=np.bool_, count=len(values))


def _split(block: Block, at: int) -> Block:
    """The block with two more columns: place and date of birth from the one that holds both."""
    column = block.columns[at]
    dates = column.is_kind(DATE)
    halves = [
        ("", text) if is_date or text is None else births.place_and_date(text)
        for text, is_date in zip(column.text.to_pylist(), dates.tolist(), strict=True)
    ]
    places = Column(pa.array([place or None for place, _date in halves], pa.string()))
    kinds = np.where(dates, DATE, TEXT).astype(np.int8)
    return Block(
        block.numbers, [*block.columns, places, Column(pa.array([date or None for _place, date in halves]), kinds)], block.widths
    )


def _in_order(tables: list[pa.Table]) -> pa.Table:
    table = pa.concat_tables(tables)
    return table.take(pc.sort_indices(table, [("row", "ascending")]))
