"""From a list's bytes to good rows and problems, both as Arrow tables. Runs in the limited child."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from jamsostek.core.dates import NO_DATE
from jamsostek.core.rupiah import Int64Array
from jamsostek.messages.roster import choices
from jamsostek.messages.roster.contact import Contact
from jamsostek.messages.roster.frame import Bools, Frame, Noted
from jamsostek.messages.roster.layouts import READ, Ages, Layout
from jamsostek.messages.roster.people import People
from jamsostek.messages.roster.places import Places
from jamsostek.messages.roster.records import PROBLEMS, SCHEMA
from jamsostek.messages.roster.sheets import no_people, places_of, put_errors, read_roster_sheet, spread_merged
from jamsostek.messages.roster.twins import Twins
from jamsostek.messages.roster.work import Work
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.bodies import Body, RowSorter
from jamsostek.messages.tables.cells import is_blank
from jamsostek.messages.tables.marks import NO_MARKS, Marks, read_marks
from jamsostek.messages.tables.sheets import Sheet
from jamsostek.messages.tables.vocabulary import WAGE_FIELDS

_MOST_ROWS_NAMED = 20


def interpret(
    content: bytes,
    *,
    kind: str,
    layout: str,
    month: int,
    sheet: str | None,
    villages: Sequence[tuple[int, str]],
    limits: tuple[int, int, int],
) -> tuple[pa.Table, pa.Table]:
    """Good rows as `SCHEMA` (what the sheet is, in the metadata) and problems as `PROBLEMS`."""
    found = read_roster_sheet(content, kind, sheet)
    marks = read_marks(content, found.name) if kind == "xlsx" else NO_MARKS
    put_errors(found, marks)
    return _List(found, marks, READ[layout], month).tables(dict(villages), limits)


class _List:
    """One list being read: its people's frame, and where they stand in the sheet."""

    def __init__(self, found: Sheet, marks: Marks, layout: Layout, month: int) -> None:
        self.found = found
        self.month = month
        self.begins = found.header.row + found.header.height
        filled, left = spread_merged(found, self.begins)
        body = found.rows[self.begins :]
        sorter = RowSorter(body, found.header, money_fields=WAGE_FIELDS, is_somebody=self._is_somebody)
        self.body = sorter.sort()
        if not self.body.workers:
            raise no_people(found.name)
        people = [body[at] for at in self.body.workers]
        found.rows.clear()  # the frame has them by column; the sheet's own rows would double the memory
        self.frame = Frame(people, found.header, layout, sorter.nik_column)
        self._note_sheet(marks, self.body)
        for kind, merged in (("merged_filled", filled), ("merged_cell", left)):
            for column, places in places_of(merged, self.body.workers).items():
                self.frame.note(kind, places, None, column=column)

    def _is_somebody(self, row: Sequence[Any]) -> bool:
        """True for a row without a NIK that holds what only a person has: a birth date, a sex, an activity."""
        readers = (("activity", _activity), ("sex", cells.sex), ("birth_date", _any_date))
        return any(
            read(row[column]).value is not None
            for field, read in readers
            for column in self.found.header.columns(field)
            if not is_blank(row[column])
        )

    # --- reading ---

    def tables(self, villages: Mapping[int, str], limits: tuple[int, int, int]) -> tuple[pa.Table, pa.Table]:
        """Reads everything, then parts the good rows from what is told."""
        frame = self.frame
        answers = {field: frame.values(field, choices.answer) for field in ("confirmed", "overwrite", "unpaid")}
        frame.stated = np.fromiter((one is True for one in answers["confirmed"]), dtype=np.bool_, count=frame.size)
        work = Work(frame, self.month, limits[2])
        work.read_activities()
        people = People(frame, self.month, Ages(*limits[:2]))
        people.read(work.does("join"), work.does("leave", "wage", "change"))
        work.read(people.birth_day)
        places = Places(frame, villages)
        places.read(work.does("join"))
        contact = Contact(frame)
        contact.read()
        Twins(frame, people, work.activity).note(contact.account)
        columns: dict[str, Any] = {
            "row": self._sheet_rows(), "activity": work.activity, "nik": people.nik, "kpj": people.kpj, "name": people.name,
            "birth_date": people.birth_day, "sex": people.sex, "mother_name": people.mother, **work.texts,
            "regency_code": places.regency, "village_code": places.village, "phone": contact.phone, "bank": contact.bank,
            "account": contact.account, "start_date": work.start, "end_date": work.end, "leave_reason": work.leave_reason,
            "wage_rupiah": work.wage, "daily_wage_rupiah": work.daily_wage, "segment": work.segment,
            "income_rupiah": work.income, "disability_type": contact.disability_type,
            "disability_degree": contact.disability_degree, "overwrite": answers["overwrite"], "stated_correct": frame.stated,
            "unpaid": answers["unpaid"],
        }  # fmt: skip
        refused, warned = frame.refused(), frame.warned()
        rows = _good_rows(columns, ~refused)
        told = self._told(int(refused.sum()), int((warned & ~refused).sum()))
        return rows.replace_schema_metadata({"roster": json.dumps(told)}), self._problem_table()

    def _sheet_rows(self) -> Int64Array:
        """The sheet's own row number of each person."""
        return np.asarray(self.body.workers, dtype=np.int64) + self.found.first_row + self.begins + 1

    def _told(self, refused: int, warned: int) -> dict[str, Any]:
        found, frame = self.found, self.frame
        used = {frame.column(field): field for field in found.header.fields if field}
        columns = [
            (found.first_column + position, title, used.get(position, ""))
            for position, title in enumerate(found.header.titles)
            if title or position in used
        ]
        return {
            "sheet": found.name,
            "header_row": found.first_row + found.header.row + 1,
            "body_row": found.first_row + self.begins + 1,
            "columns": columns,
            "read": frame.size,
            "refused": refused,
            "warned": warned,
        }

    # --- what is told ---

    def _note_sheet(self, marks: Marks, body: Body) -> None:
        note, first = self.frame.note_sheet, self.found.first_row + self.begins + 1
        for kind, names in (
            ("other_table", self.found.others),
            ("hidden_sheet", self.found.hidden),
            ("sheets_passed_over", self.found.passed_over),
        ):
            if names:
                note(kind, ", ".join(names))
        if marks.macros:
            note("macros_ignored")
        people = set(body.workers)
        hidden = [row + 1 for row in marks.hidden_rows if row + 1 - first in people]
        for kind, rows in (("rows_hidden", hidden), ("rows_skipped", [first + at for at in sorted(body.skipped + body.totals)])):
            if rows:
                more = ", …" if len(rows) > _MOST_ROWS_NAMED else ""
                note(kind, ", ".join(map(str, rows[:_MOST_ROWS_NAMED])) + more)

    def _problem_table(self) -> pa.Table:
        """All that was noted, in the order of the sheet, the sheet's own first."""
        sheet_rows = self._sheet_rows()
        parts = [self._part(one, sheet_rows) for one in self.frame.noted]
        table = pa.concat_tables([PROBLEMS.empty_table(), *parts])
        row, column = (table[name].fill_null(-1).to_numpy() for name in ("row", "column"))
        return table.take(pa.array(np.lexsort((column, row))))

    def _part(self, one: Noted, sheet_rows: Int64Array) -> pa.Table:
        rows: list[int | None] = [None] if one.places is None else sheet_rows[list(one.places)].tolist()
        details = [_in_sheet(detail, sheet_rows) for detail in one.details] or [""] * len(rows)
        column = None if one.column is None else self.found.first_column + one.column
        return pa.table(
            {
                "row": pa.array(rows, pa.int32()),
                "column": pa.array([column] * len(rows), pa.int16()),
                "kind": pa.array([one.kind] * len(rows), pa.string()),
                "value": pa.array(one.values, pa.string()),
                "detail": pa.array(details, pa.string()),
            },
            schema=PROBLEMS,
        )


def _in_sheet(detail: Mapping[str, Any], sheet_rows: Int64Array) -> str:
    """A problem's detail as JSON, with the sheet's row in place of a place."""
    if not detail:
        return ""
    told = dict(detail)
    if "first_row" in told:
        told["first_row"] = int(sheet_rows[told["first_row"]])
    return json.dumps(told, ensure_ascii=False)


def _good_rows(columns: Mapping[str, Any], good: Bools) -> pa.Table:
    chosen = pa.array(good)
    arrays = [_array(columns[field.name], field.type).filter(chosen) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _array(column: Any, kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        days = np.where(column == NO_DATE, 0, column).astype(np.int32)
        return pa.array(days, pa.int32(), mask=column == NO_DATE).cast(kind)
    return pa.array(column, kind)


def _activity(cell: object) -> cells.Reading:
    return choices.choice("activity", cell)


def _any_date(cell: object) -> cells.Reading:
    return cells.calendar_date(cell, cells.FIRST_DATE, _LATEST, _LATEST.year)


_LATEST = cells.FIRST_DATE.replace(year=2100)
