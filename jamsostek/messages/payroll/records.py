"""What reading a payroll workbook gives: workers fit to be billed, and everything to mend, as frozen records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from jamsostek.messages.payroll.problems import RowProblem
from jamsostek.messages.tables.problems import ERROR, WARNING, by_kind


@dataclass(frozen=True, slots=True)
class PayrollRow:
    """One worker's line, every needed cell understood. Exactly one of the two wages is given, in whole rupiah."""

    row: int
    """The sheet's own row number, 1 = first."""
    name: str
    nik: str = field(repr=False)
    """16 digits, or '' for a worker known by KPJ alone."""
    kpj: str
    wage_rupiah: int | None
    daily_wage_rupiah: int | None
    birth_date: dt.date | None
    """From its column, else from the NIK."""
    sex: str | None
    risk_class: str | None
    position: str


@dataclass(frozen=True)
class ColumnFound:
    """A column understood: its letter, the title above it, the field it was read as."""

    letter: str
    title: str
    field: str


@dataclass(frozen=True)
class Payroll:
    """A payroll table read. Rows with an error are in `problems`, never in `rows`; the others are all in `rows`."""

    name: str
    """The file's name."""
    month: int
    sheet: str
    other_sheets: tuple[str, ...]
    """Sheets that hold a payroll table too and were not read."""
    header_row: int
    columns_found: tuple[ColumnFound, ...]
    columns_unused: tuple[ColumnFound, ...]
    """Titles that mean nothing to a bill; field is ''."""
    rows: tuple[PayrollRow, ...] = field(repr=False)
    problems: tuple[RowProblem, ...] = field(repr=False)
    """Errors and warnings, in the order of the sheet."""
    notes: tuple[RowProblem, ...] = field(repr=False)
    """What was decided and needs nothing done: columns left out, rows that are no workers."""
    rows_refused: int
    totals_compared: int
    """How many sums written in the file were compared with ours."""

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """Problems that keep a row out of the bill."""
        return tuple(problem for problem in self.problems if problem.severity == ERROR)

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """Problems of rows that are billed all the same."""
        return tuple(problem for problem in self.problems if problem.severity == WARNING)

    def problems_by_kind(self) -> dict[str, Sequence[RowProblem]]:
        """Problems grouped by the repair they need, errors first."""
        return dict(by_kind(self.problems))
