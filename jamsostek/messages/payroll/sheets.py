"""A workbook's bytes as plain rows of cells: XLSX, XLS, ODS by calamine, CSV by the standard library.

Runs in the limited child. The sheet chosen is the one whose header names most of what a bill needs; visible sheets come
before hidden ones, earlier before later.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.payroll.titles import HEADER_ROWS, WAGE_FIELDS, Header, find_header, nearest_title

_CSV_NAME = "CSV"
_DELIMITERS = ";,\t|"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from its first used row and column (0 = row 1, column A)."""

    name: str
    rows: list[list[Any]]
    first_row: int
    first_column: int
    header: Header
    others: tuple[str, ...]
    """Other sheets that hold a payroll table too."""


def read_sheet(content: bytes, kind: str, wanted: str | None) -> Sheet:
    """The sheet with the payroll table (or the one `wanted`); raises `FileUnreadable` when there is none."""
    if kind == "csv":
        rows = _csv_rows(content)
        header = find_header(rows)
        return Sheet(_CSV_NAME, rows, 0, 0, _complete(header, rows, _CSV_NAME), ())
    try:
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            return _best_sheet(workbook, wanted)
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


def _best_sheet(workbook: calamine.CalamineWorkbook, wanted: str | None) -> Sheet:
    names = [meta.name for meta in _worksheets(workbook)]
    if wanted is not None and wanted not in names:
        error = unknown_name(_("Lembar"), wanted, names)
        raise FileUnreadable(error.message, kind="no_sheet", remedy=error.remedy)
    found: list[tuple[float, calamine.CalamineSheet, Header]] = []
    tops: list[tuple[str, list[list[Any]]]] = []
    for order, meta in enumerate(_worksheets(workbook)):
        if wanted not in (None, meta.name):
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        top = sheet.to_python(nrows=HEADER_ROWS + 1) if sheet.start else []
        tops.append((meta.name, top))
        header = find_header(top, _merged(sheet))
        if header:
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            score = header.score + 10 * header.complete - 20 * hidden + min(sheet.height, 1000) / 10_000 - order / 10**6
            found.append((score, sheet, header))
    if not found:
        raise _no_header(tops)
    _score, sheet, header = max(found, key=lambda item: item[0])
    others = tuple(other.name for _score, other, rival in found if other is not sheet and _holds_payroll(other, rival))
    start = sheet.start or (0, 0)
    rows = sheet.to_python()
    return Sheet(sheet.name, rows, start[0], start[1], _complete(header, rows, sheet.name), others)


def _holds_payroll(sheet: calamine.CalamineSheet, header: Header) -> bool:
    """True for a sheet that must not go unread without a word: names, wages, and rows below them."""
    named = header.has("name") and header.has(*(field for field in WAGE_FIELDS if field != "gross"))
    return named and sheet.height > header.row + header.height


def _worksheets(workbook: calamine.CalamineWorkbook) -> Iterator[calamine.SheetMetadata]:
    return (meta for meta in workbook.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet)


def _merged(sheet: calamine.CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged ranges counted from the sheet's first used cell, as the rows are."""
    row, column = sheet.start or (0, 0)
    return [
        ((max(top - row, 0), max(left - column, 0)), (bottom - row, right - column))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if bottom >= row and right >= column and top <= row + HEADER_ROWS
    ]


def _csv_rows(content: bytes) -> list[list[Any]]:
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


def _complete(header: Header | None, rows: Sequence[Sequence[Any]], sheet: str) -> Header:
    """The header, or the refusal that names the column missing and the nearest title seen."""
    if header is None:
        raise _no_header([(sheet, list(map(list, rows[:HEADER_ROWS])))])
    if header.complete:
        return header
    wages = ("basic", "reported", "wage", "daily")
    missing = _("nama pekerja") if not header.has("name") else _("upah")
    free = [title for title, field in zip(header.titles, header.fields, strict=True) if title and field in ("", "net")]
    near = nearest_title(("name",) if not header.has("name") else wages, free)
    seen = ", ".join(f"“{title}”" for title in header.titles if title)
    closest = _(" Judul terdekat: “{title}”.").format(title=near) if near else ""
    raise FileUnreadable(
        _("Kolom {missing} tidak ditemukan di lembar “{sheet}”.").format(missing=missing, sheet=sheet) + closest,
        kind="no_column",
        remedy=_("Judul yang ada: {seen}. Ubah judulnya, misalnya menjadi Nama, NIK, Upah, Gaji Pokok, Tunjangan Tetap.").format(
            seen=seen
        ),
    )


def _no_header(tops: Sequence[tuple[str, list[list[Any]]]]) -> FileUnreadable:
    words = [cell for _name, rows in tops for row in rows for cell in row if isinstance(cell, str) and len(cell) < 40]
    near = nearest_title(("name", "nik", "wage", "basic"), words[:500])
    closest = _(" Tulisan terdekat: “{title}”.").format(title=near) if near else ""
    return FileUnreadable(
        _("Tidak ada baris judul (Nama, NIK, Upah, …) di {rows} baris pertama lembar mana pun.").format(rows=HEADER_ROWS)
        + closest,
        kind="no_header",
        remedy=_("Beri satu baris judul di atas tabel: Nama, NIK, Tanggal Lahir, Upah."),
    )
