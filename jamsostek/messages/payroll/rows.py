"""From the rows under a header to workers, problems and skipped rows. Runs in the limited child.

Work goes column by column, so that an ordinary cell costs a few steps; only odd cells take the long way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jamsostek.core.months import last_day
from jamsostek.core.nik import decode
from jamsostek.core.rupiah import format_number
from jamsostek.messages.payroll.problems import severity_of
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.bodies import Body, RowSorter
from jamsostek.messages.tables.cells import Reading, is_blank, text_of
from jamsostek.messages.tables.problems import ERROR
from jamsostek.messages.tables.titles import Header
from jamsostek.messages.tables.wages import WageReader, column_notes, read_amounts, wage_columns

_MONEY_FIELDS = ("basic", "reported", "wage", "daily", "gross", "fixed", "variable", "unclear")
_EPOCH = dt.date(1970, 1, 1)

Problem = tuple[int | None, int, str, str, dict[str, Any]]
"""Row index in the body (None: the sheet), column position, kind, whole value, detail."""


@dataclass
class Workers:
    """Columns of equal length, one entry per worker row."""

    at: list[int]
    name: list[str]
    nik: list[str]
    kpj: list[str]
    wage: list[int | None]
    daily: list[int | None]
    birth_date: list[dt.date | None]
    sex: list[str | None]
    risk_class: list[str | None]
    position: list[str]


class Interpreter:
    """Reads one table; `problems` fills as it goes."""

    def __init__(self, body: Sequence[Sequence[Any]], header: Header, month: int) -> None:
        self.body = body
        self.header = header
        self.month = month
        self.today = last_day(month)
        self.problems: list[Problem] = []
        self.wages = wage_columns(header)
        self.sorter = RowSorter(body, header, money_fields=_MONEY_FIELDS, is_somebody=self._has_amount)
        self.nik_column = self.sorter.nik_column

    # --- columns ---

    def cells_of(self, column: int, rows: Sequence[int]) -> list[Any]:
        """The cells of a column in the given rows."""
        body = self.body
        return [body[at][column] for at in rows]

    # --- which rows are workers ---

    def sort_rows(self) -> Body:
        """Workers, total rows, and rows that are neither (blank, separators, titles repeated, notes, signatures)."""
        return self.sorter.sort()

    def _has_amount(self, row: Sequence[Any]) -> bool:
        readings = [cells.amount(row[column]) for column in {*self.wages.parts, *self.wages.sources}]
        return any(reading.value is not None or reading.problem not in ("", "wage_text") for reading in readings)

    # --- workers ---

    def read_workers(self, at: list[int]) -> Workers:
        """All columns of the worker rows, every problem noted."""
        name = self._names(at)
        nik = self._niks(at)
        kpj = self._kpjs(at)
        self._missing_numbers(at, nik, kpj)
        wage, daily = WageReader(self.wages, self.body, at, self.note).read()
        birth_date, sex = self._birth_dates(at), self._choices(at, "sex", cells.sex)
        self._check_niks(at, nik, birth_date, sex)
        risk_class = self._choices(at, "risk_class", cells.risk_class)
        column = self.header.column("position")
        positions = [""] * len(at) if column is None else [text_of(cell)[:200] for cell in self.cells_of(column, at)]
        return Workers(at, name, nik, kpj, wage, daily, birth_date, sex, risk_class, positions)

    def note(self, at: int | None, column: int | None, kind: str, value: object = "", **detail: Any) -> None:
        """Notes a problem; an amount is shown with its groups of three."""
        if type(value) in (float, int) and column is not None and self.header.fields[column] in _MONEY_FIELDS:
            value = format_number(int(value)) if float(value).is_integer() else value  # type: ignore[arg-type, call-overload]
        self.problems.append((at, -1 if column is None else column, kind, text_of(value)[:500], detail))

    def _names(self, at: list[int]) -> list[str]:
        column = self.header.column("name")
        assert column is not None, "a header without names is refused before"
        names = []
        for row, cell in zip(at, self.cells_of(column, at), strict=True):
            name = text_of(cell)[:200]
            if not name or is_blank(cell):
                self.note(row, column, "name_missing", cell)
            elif len(name) >= 10 and sum(map(str.isdigit, name)) >= 10:
                self.note(row, column, "name_digits", cell)
            names.append(name)
        return names

    def _niks(self, at: list[int]) -> list[str]:
        column = self.nik_column
        if column is None:
            return [""] * len(at)
        niks: list[str] = []
        seen: dict[str, int] = {}
        for row, cell in zip(at, self.cells_of(column, at), strict=True):
            reading = cells.nik(cell)
            nik = reading.value or ""
            if reading.problem:
                self.note(row, column, reading.problem, cell)
            elif nik and seen.setdefault(nik, row) != row:
                self.note(row, column, "nik_duplicate", cell, first_row=seen[nik])
            niks.append(nik)
        return niks

    def _kpjs(self, at: list[int]) -> list[str]:
        column = self.header.column("kpj")
        if column is None:
            return [""] * len(at)
        kpjs: list[str] = []
        seen: dict[str, int] = {}
        for row, cell in zip(at, self.cells_of(column, at), strict=True):
            reading = cells.kpj(cell) if not is_blank(cell) else cells.BLANK
            kpj = reading.value or ""
            if reading.problem:
                self.note(row, column, reading.problem, cell)
            elif kpj and seen.setdefault(kpj, row) != row:
                self.note(row, column, "kpj_duplicate", cell, first_row=seen[kpj])
            kpjs.append(kpj)
        return kpjs

    def _missing_numbers(self, at: list[int], niks: list[str], kpjs: list[str]) -> None:
        """A worker needs a number: the NIK, or the KPJ of one already registered."""
        column = self.nik_column
        if column is None:
            if self.header.column("kpj") is None:
                self.note(None, None, "no_identity_column")
            return
        told = {row for row, where, _kind, _value, _detail in self.problems if where == column}
        for row, nik, kpj in zip(at, niks, kpjs, strict=True):
            if not nik and not kpj and row not in told:
                self.note(row, column, "nik_missing")

    def _birth_dates(self, at: list[int]) -> list[dt.date | None]:
        column = self.header.column("birth_date")
        if column is None:
            return [None] * len(at)
        dates: list[dt.date | None] = []
        for row, cell in zip(at, self.cells_of(column, at), strict=True):
            reading = cells.birth_date(cell, self.today)
            if reading.problem:
                detail = {"used": reading.value.isoformat()} if reading.value else {}
                self.note(row, column, reading.problem, cell, **detail)
            dates.append(reading.value)
        return dates

    def _choices(self, at: list[int], name: str, read: Any) -> list[str | None]:
        column = self.header.column(name)
        if column is None:
            return [None] * len(at)
        known: dict[Any, Reading] = {}
        values: list[str | None] = []
        for row, cell in zip(at, self.cells_of(column, at), strict=True):
            reading = known.get(cell)
            if reading is None:
                reading = known[cell] = read(cell)
            if reading.problem:
                self.note(row, column, reading.problem, cell)
            values.append(reading.value)
        return values

    def _check_niks(self, at: list[int], niks: list[str], birth_dates: list[dt.date | None], sexes: list[str | None]) -> None:
        """Decodes the NIKs; compares with birth date and sex; fills a missing birth date from the NIK."""
        column, date_column, sex_column = self.nik_column, self.header.column("birth_date"), self.header.column("sex")
        parts = decode(np.array([int(nik or 0) for nik in niks], dtype=np.int64), self.month)
        valid, female, days = parts.valid.tolist(), parts.is_female.tolist(), parts.birth_day.tolist()
        unreadable = self._take_unreadable_dates(date_column)
        for position, (row, nik) in enumerate(zip(at, niks, strict=True)):
            own = birth_dates[position]
            if nik and not valid[position]:
                self.note(row, column, "nik_impossible", nik)
            elif nik:
                from_nik = _EPOCH + dt.timedelta(days=days[position])
                if own is None:
                    birth_dates[position] = from_nik
                elif own != from_nik:
                    self.note(row, date_column, "nik_birth_mismatch", own, from_nik=from_nik.isoformat())
                says = "female" if female[position] else "male"
                if sexes[position] not in (None, says):
                    self.note(row, sex_column, "nik_sex_mismatch", self.body[row][sex_column or 0], from_nik=says)
            if row in unreadable:
                self._unreadable_date(row, date_column, unreadable[row], birth_dates[position])
            self._check_age(row, date_column if own else column, birth_dates[position])

    def _take_unreadable_dates(self, column: int | None) -> dict[int, str]:
        """Takes the unreadable dates back out of the problems: with a NIK they are only worth a warning."""
        kinds = ("birth_date_unreadable", "birth_date_impossible")
        taken = {p[0]: p[2] for p in self.problems if p[1] == column and p[2] in kinds and p[0] is not None}
        if taken:
            self.problems = [p for p in self.problems if not (p[1] == column and p[2] in kinds)]
        return taken

    def _unreadable_date(self, row: int, column: int | None, kind: str, used: dt.date | None) -> None:
        cell = self.body[row][column or 0]
        if used is None:
            self.note(row, column, kind, cell)
        else:
            self.note(row, column, "birth_date_from_nik", cell, used=used.isoformat())

    def _check_age(self, row: int, column: int | None, born: dt.date | None) -> None:
        if born is None:
            return
        age = self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))
        if not 15 <= age <= 80:
            self.note(row, column, "age_unusual", born, age=age)

    # --- the sheet as a whole ---

    def check_totals(self, rows: Body) -> int:
        """Compares each total with our sums since the last total and from the top; returns how many were compared."""
        columns = [at for at, name in enumerate(self.header.fields) if name in _MONEY_FIELDS]
        compared = 0
        for column in columns if rows.totals else []:
            values = read_amounts(self.cells_of(column, rows.workers)).values
            sums = np.concatenate([[0], np.cumsum([value or 0 for value in values], dtype=np.int64)])
            begins = 0
            for total_row in rows.totals:
                ends = int(np.searchsorted(rows.workers, total_row))
                stated = cells.amount(self.body[total_row][column])
                if stated.value is not None:
                    compared += 1
                    part, whole = int(sums[ends] - sums[begins]), int(sums[ends])
                    if min(abs(stated.value - part), abs(stated.value - whole)) > 1:
                        nearer = min((part, whole), key=lambda ours: abs(ours - stated.value))
                        self.note(total_row, column, "total_differs", stated.value, computed=nearer)
                begins = ends if ends > begins else begins
        return compared

    def note_columns(self) -> None:
        """Says which allowances are left out, and where the wage comes from when it is not plain."""
        for column, kind, titles in column_notes(self.header, self.wages):
            self.note(None, column, kind, titles)

    def refused(self) -> set[int]:
        """Body rows with at least one error."""
        return {at for at, _c, kind, _v, _d in self.problems if at is not None and severity_of(kind) == ERROR}
