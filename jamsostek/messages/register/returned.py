"""The sender's own register given back: the wrong rows in their own columns, what is wrong, and how to mend it.

The cells are the sender's, whole and of their own kind, for only the sender receives the file. Nothing in it can run as
a formula. The columns added are passed over when the file comes again: their titles mean nothing to the mapping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jamsostek.core.text import _, language, speaking
from jamsostek.messages.limited import MEMORY_BYTES, stream_limited
from jamsostek.messages.register.columns import DATE, NUMBER
from jamsostek.messages.register.files import SECONDS, Source, opened
from jamsostek.messages.register.mapping import Mapping as Decided
from jamsostek.messages.register.original import original_rows
from jamsostek.messages.register.problems import RegisterProblem
from jamsostek.messages.tables.books import LINE_HEIGHT, Book, lines_in, written_whole
from jamsostek.messages.tables.problems import ERROR, NOTE

MOST_ROWS = 100_000
"""Rows in one workbook: who must mend more mends the source."""
_WIDTH, _MOST_LINES = 50, 20
_LONGEST_EXACT = 10**15
_COLOURS = {"error": "#F8C9C4", "warning": "#FBE7B2"}


@dataclass
class _Told:
    """What is said of one row."""

    severity: str = "warning"
    problems: list[str] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)


def write_returned(
    problems: Iterable[RegisterProblem],
    source: Source,
    mapping: Decided,
    target: Path | str | BinaryIO,
    *,
    warnings: bool = False,
    speak: str | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> int:
    """Writes the refused rows (with `warnings` also those kept with a remark) to a workbook; how many it holds.

    `problems` are those of the chunks; at most the first `MOST_ROWS` rows are written. `mapping` is the one read with.
    Raises `FileUnreadable` when the file can no longer be read, `InputError` where the folder is not writable.
    """
    with speaking(speak or language()), opened(source) as (file, kind, name):
        told = _told(problems, mapping, warnings)
        options = {
            "kind": kind,
            "sheet": mapping.sheet,
            "begins": mapping.header_row + 1,
            "width": len(mapping.columns),
            "rows": sorted(told),
        }
        parts = stream_limited(original_rows, file, options=options, seconds=seconds, memory_bytes=memory_bytes)
        if isinstance(target, str | Path):
            with written_whole(Path(target)) as (whole, scratch):
                return _Returned(mapping, told, whole, name, scratch).write(parts)
        return _Returned(mapping, told, target, name, None).write(parts)


def _told(problems: Iterable[RegisterProblem], mapping: Decided, warnings: bool) -> Mapping[int, _Told]:
    found: dict[int, _Told] = {}
    positions = {column.letter: column.position for column in mapping.columns}
    for problem in problems:
        if problem.row is None or problem.severity == NOTE:
            continue
        if problem.row not in found and len(found) >= 2 * MOST_ROWS:
            break
        _add(found.setdefault(problem.row, _Told()), problem, positions.get(problem.column))
    chosen = [row for row, one in found.items() if warnings or one.severity == ERROR]
    return {row: found[row] for row in sorted(chosen)[:MOST_ROWS]}


def _add(one: _Told, problem: RegisterProblem, position: int | None) -> None:
    if problem.severity == ERROR:
        one.severity = ERROR
    where = f"{problem.title}: " if problem.title else ""
    one.problems.append(f"{where}{problem.problem} ({problem.expected})")
    if problem.remedy not in one.remedies:
        one.remedies.append(problem.remedy)
    if position is not None and one.columns.get(position) != ERROR:
        one.columns[position] = problem.severity


class _Returned(Book):
    """One sheet: the sender's columns, then what is wrong, how to mend it, and the row it came from."""

    def __init__(
        self, mapping: Decided, told: Mapping[int, _Told], target: Path | BinaryIO, name: str, scratch: str | None
    ) -> None:
        super().__init__(target, _("Perbaikan: {name}").format(name=name), scratch)
        self.mapping = mapping
        self.told = told
        self.note = self.book.add_format({"valign": "top", "text_wrap": True, "font_color": "#7A1F1F"})
        self.looks: dict[tuple[int, str], Format] = {}

    def write(self, parts: Iterable[pa.Table]) -> int:
        """The rows, and the file."""
        try:
            sheet = self.book.add_worksheet(_("Formulir"))
            titles = [column.title or column.letter for column in self.mapping.columns]
            width = len(titles)
            sheet.set_column(0, max(width - 1, 0), 18)
            sheet.set_column(width, width + 1, _WIDTH)
            self.heads(sheet, 0, [*titles, _("Yang perlu diperbaiki"), _("Cara memperbaiki"), _("Baris asal")])
            sheet.freeze_panes(1, 0)
            at = 1
            for part in parts:
                at = self._rows(sheet, at, part)
        except BaseException:
            self.abandon()
            raise
        self.close()
        return at - 1

    def _rows(self, sheet: Worksheet, at: int, part: pa.Table) -> int:
        rows, *cells = (column.to_pylist() for column in part.columns)
        texts, kinds = cells[0::2], cells[1::2]
        for index, row in enumerate(rows):
            told = self.told[row]
            lines = max(lines_in("\n".join(said), _WIDTH) for said in (told.problems, told.remedies))
            sheet.set_row(at, LINE_HEIGHT * min(lines, _MOST_LINES))
            for place, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
                self._cell(sheet, at, place, text[index], kind[index], told.columns.get(place, ""))
            self._say(sheet, at, len(texts), row, told)
            at += 1
        return at

    def _cell(self, sheet: Worksheet, at: int, place: int, text: str | None, kind: int, severity: str) -> None:
        look = self._look(kind, severity)
        if not text:
            sheet.write_blank(at, place, None, look)
        elif kind == DATE and (day := _day(text)):
            sheet.write_datetime(at, place, day, look)
        elif kind == NUMBER and abs(float(text)) < _LONGEST_EXACT:
            sheet.write_number(at, place, float(text), look)
        else:
            self.text(sheet, at, place, text, look)

    def _say(self, sheet: Worksheet, at: int, first: int, row: int, told: _Told) -> None:
        said: Sequence[list[str]] = (told.problems, told.remedies)
        for place, texts in enumerate(said, first):
            self.text(sheet, at, place, "\n".join(texts), self.note)
        sheet.write_number(at, first + 2, row, self.number)

    def _look(self, kind: int, severity: str) -> Format:
        found = self.looks.get((kind, severity))
        if found is None:
            given: dict[str, object] = {
                "valign": "top",
                "num_format": "dd/mm/yyyy" if kind == DATE else "@" if kind != NUMBER else "0",
            }
            if severity in _COLOURS:
                given["bg_color"] = _COLOURS[severity]
            found = self.looks[kind, severity] = self.book.add_format(given)
        return found


def _day(text: str) -> dt.datetime | None:
    """A date that a spreadsheet can hold."""
    try:
        day = dt.datetime.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year >= 1900 else None
