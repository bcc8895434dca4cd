"""The sender's own list given back: the rows to mend with what is wrong and how to mend it, ready to be sent again.

The cells are the sender's, whole and of their own kind (a number stays a number), for only the sender receives the file.
The columns added are passed over when the list comes again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jamsostek.core.text import N_, _, language, speaking
from jamsostek.messages.guards import Upload
from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, run_limited
from jamsostek.messages.roster.layouts import CHOICE, DATE, DIGITS, MONEY, REGION, layout_of
from jamsostek.messages.roster.original import DATE_CELL, NUMBER_CELL, original_cells
from jamsostek.messages.roster.problems import RosterProblem
from jamsostek.messages.roster.records import Roster
from jamsostek.messages.roster.sheets import FORM
from jamsostek.messages.tables.books import LINE_HEIGHT, Book, lines_in, written_whole
from jamsostek.messages.tables.problems import ERROR, WARNING

_WIDTH = 50
"""Letters in a line of what is wrong, and of how to mend it."""
_MOST_LINES = 20
"""Taller rows no screen shows."""
WRONG, ALL = "wrong", "all"
SUMMARY = N_("Ringkasan")
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (a cell's date has no zone)


class Result(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REFUSED = "refused"
    QUESTION = "question"
    ALREADY = "already"
    KEPT = "kept"

    @property
    def words(self) -> str:
        """In the reader's language."""
        return _(_RESULTS[self])

    @property
    def is_wrong(self) -> bool:
        """True where the sender has something to do."""
        return self in (Result.REFUSED, Result.QUESTION)


_RESULTS = {
    Result.ACCEPTED: N_("Diterima"),
    Result.WARNED: N_("Diterima, periksa"),
    Result.REFUSED: N_("Ditolak, perbaiki"),
    Result.QUESTION: N_("Ditahan, jawab pertanyaannya"),
    Result.ALREADY: N_("Sudah terdaftar"),
    Result.KEPT: N_("Data lama tidak ditimpa"),
}


@dataclass(frozen=True)
class RowVerdict:
    """What the registry says of a row that was read well: in words already, for the registry knows why."""

    result: Result
    problem: str = ""
    remedy: str = ""


def write_returned(
    roster: Roster,
    original: Upload,
    target: Path | str | BinaryIO,
    *,
    rows: str = WRONG,
    verdicts: Mapping[int, RowVerdict] | None = None,
    speak: str | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> int:
    """Writes the rows to mend (or `ALL` rows) of a list to a workbook and returns how many rows it holds.

    `verdicts` (the sheet's row -> what the registry says) are told beside what the reader found. Raises `FileUnreadable`
    when the original can no longer be read, `InputError` where the folder is not writable.
    """
    with speaking(speak or language()):
        told = _told(roster, verdicts or {})
        wanted = None if rows == ALL else sorted(row for row, one in told.items() if one.result.is_wrong)
        columns = [column.position for column in roster.columns]
        options = {"kind": original.kind, "sheet": roster.sheet, "columns": columns, "rows": wanted, "begins": roster.body_row}
        cells = run_limited(original_cells, original.content, options=options, seconds=seconds, memory_bytes=memory_bytes)
        if isinstance(target, str | Path):
            with written_whole(Path(target)) as (whole, scratch):
                _Returned(roster, whole, scratch, told).write(cells)
        else:
            _Returned(roster, target, None, told).write(cells)
    return int(cells.num_rows)


@dataclass
class _Told:
    """All that is said of one row."""

    result: Result
    problems: list[str]
    remedies: list[str]
    columns: dict[int, str]
    """Position of each column with a problem -> its severity."""


def _told(roster: Roster, verdicts: Mapping[int, RowVerdict]) -> dict[int, _Told]:
    """What is said of each row that something is said of."""
    told: dict[int, _Told] = {}
    positions = {column.letter: column.position for column in roster.columns}
    for problem in roster.problems():
        if problem.row is not None:
            one = told.setdefault(problem.row, _Told(Result.WARNED, [], [], {}))
            _add(one, problem, positions.get(problem.column))
    for row, verdict in verdicts.items():
        one = told.setdefault(row, _Told(verdict.result, [], [], {}))
        if one.result != Result.REFUSED:
            one.result = verdict.result
        one.problems += [verdict.problem] if verdict.problem else []
        one.remedies += [verdict.remedy] if verdict.remedy else []
    return told


def _lines(told: _Told | None) -> int:
    """How many lines a row takes."""
    if told is None:
        return 1
    return min(max(lines_in("\n".join(texts), _WIDTH) for texts in (told.problems, told.remedies)), _MOST_LINES)


def _add(one: _Told, problem: RosterProblem, position: int | None) -> None:
    if problem.severity == ERROR:
        one.result = Result.REFUSED
    where = f"{problem.title}: " if problem.title else ""
    one.problems.append(f"{where}{problem.problem} ({problem.expected})".replace("\n", " "))
    if problem.remedy not in one.remedies:
        one.remedies.append(problem.remedy)
    if position is not None and one.columns.get(position) != ERROR:
        one.columns[position] = problem.severity


class _Returned(Book):
    """Two sheets: the rows with their remedies, and the kinds of problems counted."""

    def __init__(self, roster: Roster, target: Path | BinaryIO, scratch: str | None, told: Mapping[int, _Told]) -> None:
        super().__init__(target, _("Perbaikan: {name}").format(name=roster.name), scratch)
        self.roster = roster
        self.told = told
        self.layout = layout_of(roster.layout)
        self.added = [_("Hasil"), _("Yang perlu diperbaiki"), _("Cara memperbaiki"), _("Baris asal")]
        self.confirms = not any(column.field == "confirmed" for column in roster.columns)
        if self.confirms:
            self.added.append(_("Sudah cocok dengan KTP"))
        self.looks: dict[tuple[str, str], Format] = {}
        self.note = self.book.add_format({"valign": "top", "text_wrap": True, "font_color": "#7A1F1F"})

    def write(self, cells: pa.Table) -> None:
        """Both, and the file."""
        try:
            self._list(self.book.add_worksheet(_(FORM)), cells)
            self._summary(self.book.add_worksheet(_(SUMMARY)))
        except BaseException:
            self.abandon()
            raise
        self.close()

    # --- the rows ---

    def _list(self, sheet: Worksheet, cells: pa.Table) -> None:
        columns = self.roster.columns
        forms = [self._form(column.field) for column in columns]
        for place, (column, form) in enumerate(zip(columns, forms, strict=True)):
            sheet.set_column(place, place, 20 if column.field in ("nik", "account") else 16, self._look(form, ""))
        for place, width in enumerate((20, _WIDTH, _WIDTH, 9, 13)[: len(self.added)], len(columns)):
            sheet.set_column(place, place, width)
        self.printed(sheet)
        sheet.set_row(0, 32)
        self.heads(sheet, 0, [*(column.title.replace("\n", " ") for column in columns), *self.added])
        sheet.freeze_panes(1, 0)
        at = 1
        for batch in cells.to_batches(max_chunksize=4_096):
            at = self._rows(sheet, at, batch, forms)
        sheet.autofilter(0, 0, max(at - 1, 1), len(columns) + len(self.added) - 1)

    def _form(self, name: str) -> str:
        field = self.layout.field(name)
        return field.form if field else DIGITS if name in ("nik", "kpj", "employee_number") else ""

    def _rows(self, sheet: Worksheet, at: int, batch: pa.RecordBatch, forms: Sequence[str]) -> int:
        rows, *cells = (column.to_pylist() for column in batch.columns)
        texts, numbers, kinds = cells[0::3], cells[1::3], cells[2::3]
        for index, row in enumerate(rows):
            told = self.told.get(row)
            marked = told.columns if told else {}
            sheet.set_row(at, LINE_HEIGHT * _lines(told))
            for place, column in enumerate(self.roster.columns):
                look = self._look(forms[place], marked.get(column.position, ""))
                self._cell(sheet, at, place, texts[place][index], numbers[place][index], kinds[place][index], look)
            self._say(sheet, at, row, told)
            at += 1
        return at

    def _cell(
        self, sheet: Worksheet, at: int, place: int, text: str | None, number: float | None, kind: int, look: Format
    ) -> None:
        if kind == DATE_CELL and number is not None:
            sheet.write_datetime(at, place, _EPOCH + dt.timedelta(days=number), look)
        elif kind == NUMBER_CELL and number is not None:
            sheet.write_number(at, place, number, look)
        elif text:
            self.text(sheet, at, place, text, look)
        else:
            sheet.write_blank(at, place, None, look)

    def _say(self, sheet: Worksheet, at: int, row: int, told: _Told | None) -> None:
        first = len(self.roster.columns)
        result = told.result if told else Result.ACCEPTED
        problems, remedies = (told.problems, told.remedies) if told else ([], [])
        sheet.write_string(at, first, result.words, self.plain)
        self.text(sheet, at, first + 1, "\n".join(problems), self.note)
        self.text(sheet, at, first + 2, "\n".join(remedies), self.note)
        sheet.write_number(at, first + 3, row, self.number)

    def _look(self, form: str, severity: str) -> Format:
        """How a cell looks: its format by what it holds, its colour by what is wrong with it."""
        look = self.looks.get((form, severity))
        if look is None:
            numbers = {DIGITS: "@", REGION: "@", DATE: "dd/mm/yyyy", MONEY: "[$-421]#,##0", CHOICE: "@"}
            colours = {ERROR: "#F8C9C4", WARNING: "#FBE7B2"}
            given: dict[str, Any] = {"valign": "top"}
            if form in numbers:
                given["num_format"] = numbers[form]
            if severity in colours:
                given["bg_color"] = colours[severity]
            look = self.looks[form, severity] = self.book.add_format(given)
        return look

    # --- what there is to mend ---

    def _summary(self, sheet: Worksheet) -> None:
        widths = [17, 46, 9, 60]
        self.widths(sheet, widths)
        self.printed(sheet)
        counts = self.roster.counts
        sheet.write_string(0, 0, _("Perbaikan: {name}").format(name=self.roster.name), self.title)
        line = _("{read} baris dibaca: {good} diterima, {refused} harus diperbaiki, {warned} diterima dengan catatan.")
        told = line.format(read=counts.read, good=counts.good, refused=counts.refused, warned=counts.warned)
        sheet.write_string(1, 0, told, self.plain)
        self.heads(sheet, 3, [_("Tingkat"), _("Apa"), _("Jumlah"), _("Cara memperbaiki")])
        severities = {ERROR: _("harus diperbaiki"), WARNING: _("periksa")}
        for row, (_kind, count, problems) in enumerate(self.roster.problems_by_kind(each=1), 4):
            first = problems[0]
            self.tall_row(sheet, row, [severities[first.severity], first.problem, count, first.remedy], widths)
