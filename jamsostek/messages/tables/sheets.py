"""A workbook's bytes as plain rows of cells: XLSX, XLS, ODS by calamine, CSV by the standard library.

Runs in the limited child. The sheet chosen is the one whose header names most of what is looked for; visible sheets come
before hidden ones, earlier before later. Formulas give their values; macros are never run.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.tables.titles import HEADER_ROWS, Header, Ranges, Vocabulary

_CSV_NAME = "CSV"
_DELIMITERS = ";,\t|"
Tops = Sequence[tuple[str, list[list[Any]]]]
"""The first rows of each sheet looked at, by its name."""


@dataclass(frozen=True)
class Search:
    """What a reader looks for in a workbook.

    `is_table`: a sheet with this header must not go unread without a word. `checked`: gives a header back when it is
    complete and raises `FileUnreadable` when not. `no_header`: the refusal of a workbook without any header.
    """

    vocabulary: Vocabulary
    is_table: Callable[[Header], bool]
    checked: Callable[[Header, str], Header]
    no_header: Callable[[Tops], FileUnreadable]
    passed_over: frozenset[str] = frozenset()
    """Names (lower case) of sheets that are never read: instructions and examples of our own template."""
    hidden: Callable[[str], FileUnreadable] | None = None
    """The refusal of a workbook whose only table is hidden; None: a hidden table is read when no other is there."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from its first used row and column (0 = row 1, column A)."""

    name: str
    rows: list[list[Any]]
    first_row: int
    first_column: int
    header: Header
    others: tuple[str, ...] = ()
    """Other sheets that hold such a table too."""
    passed_over: tuple[str, ...] = ()
    """Sheets not looked at because of their name."""
    hidden: tuple[str, ...] = ()
    """Hidden sheets that hold such a table."""
    merged: Ranges = ()
    """Merged ranges below the header, counted as the rows are."""


def read_sheet(content: bytes, kind: str, wanted: str | None, search: Search) -> Sheet:
    """The sheet with the table (or the one `wanted`); raises `FileUnreadable` when there is none."""
    if kind == "csv":
        rows = csv_rows(content)
        header = search.vocabulary.find_header(rows)
        if header is None:
            raise search.no_header([(_CSV_NAME, list(map(list, rows[:HEADER_ROWS])))])
        return Sheet(_CSV_NAME, rows, 0, 0, search.checked(header, _CSV_NAME))
    try:
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            return _best_sheet(workbook, wanted, search)
    except calamine.PasswordError:
        raise FileUnreadable(
            _("Buku kerja ini dikunci dengan kata sandi."),
            kind="password",
            remedy=_("Buka di Excel, hapus kata sandinya (File, Info, Lindungi Buku Kerja), simpan, lalu kirim lagi."),
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable(
            _("Isi buku kerja ini rusak."),
            kind="damaged",
            remedy=_("Buka di Excel, simpan sebagai buku kerja baru (.xlsx), lalu kirim lagi."),
            detail=str(error),
        ) from None


@dataclass(frozen=True)
class _Candidate:
    score: float
    sheet: calamine.CalamineSheet
    header: Header
    is_hidden: bool


def _best_sheet(workbook: calamine.CalamineWorkbook, wanted: str | None, search: Search) -> Sheet:
    names = [meta.name for meta in _worksheets(workbook)]
    if wanted is not None and wanted not in names:
        error = unknown_name(_("Lembar"), wanted, names)
        raise FileUnreadable(error.message, kind="no_sheet", remedy=error.remedy)
    passed_over = tuple(name for name in names if wanted is None and name.strip().lower() in search.passed_over)
    found, tops = _candidates(workbook, wanted, passed_over, search)
    if not found:
        raise search.no_header(tops)
    best = max(found, key=lambda one: one.score)
    if best.is_hidden and wanted is None and search.hidden:
        raise search.hidden(best.sheet.name)
    others = [one for one in found if one is not best and _is_table(one, search)]
    sheet, start = best.sheet, best.sheet.start or (0, 0)
    return Sheet(
        sheet.name,
        sheet.to_python(),
        start[0],
        start[1],
        search.checked(best.header, sheet.name),
        others=tuple(one.sheet.name for one in others if not (one.is_hidden and search.hidden)),
        passed_over=passed_over,
        hidden=tuple(one.sheet.name for one in others if one.is_hidden),
        merged=_merged(sheet, below=best.header.row + best.header.height),
    )


def _candidates(
    workbook: calamine.CalamineWorkbook, wanted: str | None, passed_over: Sequence[str], search: Search
) -> tuple[list[_Candidate], Tops]:
    """Every sheet with a header, and the first rows of all that were looked at."""
    found: list[_Candidate] = []
    tops: list[tuple[str, list[list[Any]]]] = []
    for order, meta in enumerate(_worksheets(workbook)):
        if wanted not in (None, meta.name) or meta.name in passed_over:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        top = sheet.to_python(nrows=HEADER_ROWS + 1) if sheet.start else []
        tops.append((meta.name, top))
        header = search.vocabulary.find_header(top, _merged(sheet, above=HEADER_ROWS))
        if header:
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            score = header.score + 10 * header.complete - 20 * hidden + min(sheet.height, 1000) / 10_000 - order / 10**6
            found.append(_Candidate(score, sheet, header, hidden))
    return found, tops


def _is_table(one: _Candidate, search: Search) -> bool:
    return search.is_table(one.header) and one.sheet.height > one.header.row + one.header.height


def _worksheets(workbook: calamine.CalamineWorkbook) -> Iterator[calamine.SheetMetadata]:
    return (meta for meta in workbook.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet)


def _merged(sheet: calamine.CalamineSheet, above: int | None = None, below: int = 0) -> Ranges:
    """Merged ranges counted from the sheet's first used cell, as the rows are: those that touch `below` <= row <= `above`."""
    row, column = sheet.start or (0, 0)
    return [
        ((max(top - row, 0), max(left - column, 0)), (bottom - row, right - column))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if bottom >= row + below and right >= column and (above is None or top <= row + above)
    ]


def csv_rows(content: bytes) -> list[list[Any]]:
    """A CSV's rows, whatever parts its cells and however its letters are written; raises `FileUnreadable`."""
    text = _decoded(content)
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = _delimiter(text[:20_000].splitlines()[: HEADER_ROWS + 10])
    csv.field_size_limit(1 << 20)
    try:
        rows: list[list[Any]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileUnreadable(
            _("Berkas CSV rusak."),
            kind="damaged",
            remedy=_("Simpan ulang sebagai .xlsx, lalu kirim lagi."),
            detail=str(error),
        ) from None
    width = max((len(row) for row in rows[:1000]), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Excel on Windows writes


def _delimiter(lines: Sequence[str]) -> str:
    """The mark that divides most lines into the same number of fields, more than one."""

    def agreement(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if line.strip())
        counts.pop(0, None)
        return max(((lines_agreeing, count) for count, lines_agreeing in counts.items()), default=(0, 0))

    return max(_DELIMITERS, key=agreement)
