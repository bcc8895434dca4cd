"""From the rows under a header to workers, problems and skipped rows. Runs in the limited child.

Work goes column by column, so that an ordinary cell costs a few steps; only odd cells take the long way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from jamsostek.core.months import last_day
from jamsostek.core.nik import decode
from jamsostek.core.rupiah import format_number
from jamsostek.messages.payroll import cells
from jamsostek.messages.payroll.cells import Reading, is_blank, text_of
from jamsostek.messages.payroll.problems import ERROR, severity_of
from jamsostek.messages.payroll.titles import Header
from jamsostek.messages.payroll.wages import WageReader, read_amounts, wage_columns

_LABEL = re.compile(r"(sub[\s\-]*(total|jumlah)|grand[\s\-]*total|total|jumlah|jml|jlh)\b", re.IGNORECASE)
_MONEY_FIELDS = ("basic", "reported", "wage", "daily", "gross", "fixed", "variable", "unclear")
_EPOCH = dt.date(1970, 1, 1)

Problem = tuple[int | None, int, str, str, dict[str, Any]]
"""Row index in the body (None: the sheet), column position, kind, whole value, detail."""


@dataclass
class Body:
    """The rows under the header, sorted into workers, totals and the rest."""

    workers: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)


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
        self.nik_column = self._nik_column()
        self.wages = wage_columns(header)

    # --- columns ---

    def column(self, name: str) -> int | None:
        """The position of a field's column, or None."""
        found = self.header.columns(name)
        return found[0] if found else None

    def _nik_column(self) -> int | None:
        """Of several NIK columns (employers also call their own number NIK), the one that holds 16 digits."""
        columns = self.header.columns("nik")
        sample = self.body[:200]

        def looks_like_nik(column: int) -> int:
            return sum(len(re.sub(r"\D", "", text_of(row[column]))) == 16 for row in sample)

        return max(columns, key=looks_like_nik) if columns else None

    def cells_of(self, column: int, rows: Sequence[int]) -> list[Any]:
        """The cells of a column in the given rows."""
        body = self.body
        return [body[at][column] for at in rows]

    # --- which rows are workers ---

    def sort_rows(self) -> Body:
        """Workers, total rows, and rows that are neither (blank, separators, titles repeated, notes, signatures)."""
        sorted_rows = Body()
        nik = self.nik_column
        last_strong = -1
        weak: list[int] = []
        for at, row in enumerate(self.body):
            cell = row[nik] if nik is not None else ""
            kind = "strong" if _is_long_number(cell) else self._kind_of_row(row)
            if kind == "strong":
                sorted_rows.workers.append(at)
                last_strong = at
            elif kind == "weak":
                sorted_rows.workers.append(at)
                weak.append(at)
            elif kind == "total":
                sorted_rows.totals.append(at)
            elif kind == "other":
                sorted_rows.skipped.append(at)
        # Below the last worker stand dates, names and functions of those who sign, but no numbered names.
        below = {at for at in weak if at > last_strong and not self._is_numbered(self.body[at])}
        if below:
            sorted_rows.workers = [at for at in sorted_rows.workers if at not in below]
            sorted_rows.skipped = sorted(sorted_rows.skipped + list(below))
        return sorted_rows

    def _kind_of_row(self, row: Sequence[Any]) -> str:
        filled = [(column, cell) for column, cell in enumerate(row) if cell != "" and not is_blank(cell)]
        if not filled:
            return "blank"
        texts = [text_of(cell) for _column, cell in filled]
        nik_digits = len(re.sub(r"\D", "", text_of(row[self.nik_column]))) if self.nik_column is not None else 0
        if nik_digits < 12 and self._is_total(row, filled):
            return "total"
        if len(filled) == 1 or self._repeats_titles(texts) or _numbers_columns(texts):
            return "other"
        return "strong" if nik_digits >= 8 or self._has_key(row) else "weak"

    def _is_total(self, row: Sequence[Any], filled: list[tuple[int, Any]]) -> bool:
        """A row labelled `Jumlah`, or one of sums alone with nobody's name or number in it."""
        kpj = self.column("kpj")
        if kpj is not None and len(re.sub(r"\D", "", text_of(row[kpj]))) >= 8:
            return False
        first_text = next((cell for _column, cell in filled if type(cell) is str), "")
        if len(first_text) <= 60 and _LABEL.match(first_text.strip()):
            return True
        return len(filled) > 1 and all(
            type(cell) is float and self.header.fields[column] in _MONEY_FIELDS for column, cell in filled
        )

    def _is_numbered(self, row: Sequence[Any]) -> bool:
        """True for a row with a number in the `No` column and a name: somebody, even with nothing else filled in."""
        number, name = self.column("number"), self.column("name")
        return number is not None and name is not None and text_of(row[number]).isdigit() and not is_blank(row[name])

    def _repeats_titles(self, texts: Sequence[str]) -> bool:
        titles = {title.casefold() for title in self.header.titles if title}
        titles |= {word for title in titles for word in title.split()}
        same = sum(text.casefold() in titles for text in texts)
        return same >= 2 and 2 * same > len(texts)

    def _has_key(self, row: Sequence[Any]) -> bool:
        kpj = self.column("kpj")
        if kpj is not None and len(re.sub(r"\D", "", text_of(row[kpj]))) >= 8:
            return True
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
        column = self.column("position")
        positions = [""] * len(at) if column is None else [text_of(cell)[:200] for cell in self.cells_of(column, at)]
        return Workers(at, name, nik, kpj, wage, daily, birth_date, sex, risk_class, positions)

    def note(self, at: int | None, column: int | None, kind: str, value: object = "", **detail: Any) -> None:
        """Notes a problem; an amount is shown with its groups of three."""
        if type(value) in (float, int) and column is not None and self.header.fields[column] in _MONEY_FIELDS:
            value = format_number(int(value)) if float(value).is_integer() else value  # type: ignore[arg-type, call-overload]
        self.problems.append((at, -1 if column is None else column, kind, text_of(value)[:500], detail))

    def _names(self, at: list[int]) -> list[str]:
        column = self.column("name")
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
        column = self.column("kpj")
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
            if self.column("kpj") is None:
                self.note(None, None, "no_identity_column")
            return
        told = {row for row, where, _kind, _value, _detail in self.problems if where == column}
        for row, nik, kpj in zip(at, niks, kpjs, strict=True):
            if not nik and not kpj and row not in told:
                self.note(row, column, "nik_missing")

    def _birth_dates(self, at: list[int]) -> list[dt.date | None]:
        column = self.column("birth_date")
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
        column = self.column(name)
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
        column, date_column, sex_column = self.nik_column, self.column("birth_date"), self.column("sex")
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
        for kind, name in (("variable_left_out", "variable"), ("allowance_unclear", "unclear")):
            for column in self.header.columns(name):
                self.note(None, column, kind, self.header.titles[column])
        if self.wages.is_gross:
            self.note(None, self.wages.parts[0], "wage_from_gross", self.header.titles[self.wages.parts[0]])
        if len(self.wages.parts) > 1:
            titles = " + ".join(self.header.titles[column] for column in self.wages.parts)
            self.note(None, self.wages.parts[0], "wage_parts", titles)

    def refused(self) -> set[int]:
        """Body rows with at least one error."""
        return {at for at, _c, kind, _v, _d in self.problems if at is not None and severity_of(kind) == ERROR}


def _is_long_number(cell: Any) -> bool:
    """True for what nearly every NIK cell holds: many digits, as text or number."""
    if type(cell) is str:
        return len(cell) >= 12 and cell[-1].isdigit()
    return type(cell) is float and cell > 1e9


def _numbers_columns(texts: Sequence[str]) -> bool:
    """True for the row `1 2 3 4 …` (or `(1) (2) …`) that forms have under their titles."""
    numbers = [text.strip("() ") for text in texts]
    if len(numbers) < 3 or not all(number.isdigit() and len(number) <= 2 for number in numbers):
        return False
    return all(int(b) - int(a) == 1 for a, b in pairwise(numbers)) and int(numbers[0]) <= 2
