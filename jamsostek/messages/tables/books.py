"""Workbooks we write: text stays text, rows stream out, and a file appears under its name when it is whole."""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.tables.neutral import runs

CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001  (a fixed property: the same content must give the same bytes)
LINE_HEIGHT = 15
"""Points; Excel's own height of a row of one line."""
LONGEST_TEXT = 32_000
"""Below Excel's limit of a cell, 32,767."""
TITLE_COLOUR = "#DCEBE1"
_SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def written_whole(path: Path) -> Iterator[tuple[Path, str]]:
    """A scratch file beside `path` and its folder; renamed to `path` when the block ends well.

    Whatever happens, a file that was there before is whole or replaced as a whole, and nothing is left behind. Raises
    `InputError` where the disk is full or the folder not writable.
    """
    try:
        # Scratch beside the target: renaming stays on one disk, and whatever happens the folder goes as a whole.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as scratch:
            whole = Path(scratch) / path.name
            yield whole, scratch
            _to_disk(whole)
            whole.replace(path)
    except (OSError, FileCreateError) as error:
        raise _cannot_write(path, error) from error


def _to_disk(path: Path) -> None:
    """Waits until the bytes are on the disk: a name must never stand for a file that a power cut emptied."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _cannot_write(path: Path, error: Exception) -> InputError:
    cause = error.args[0] if isinstance(error, FileCreateError) and error.args else error
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return InputError(_("Tempat di disk habis; berkas tidak ditulis."), remedy=_("Kosongkan tempat, lalu jalankan lagi."))
    return InputError(
        _("Berkas tidak dapat ditulis ke {path}.").format(path=path),
        remedy=_("Periksa apakah foldernya ada dan boleh ditulisi."),
    )


class Book:
    """A workbook written top to bottom, so that memory does not grow with its rows."""

    def __init__(self, target: Path | BinaryIO, title: str, scratch: str | None = None) -> None:
        place = {"tmpdir": scratch} if scratch else {}
        self.book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, {**_SAFE, **place})
        self.book.set_properties({"title": title, "created": CREATED})
        self.plain = self.book.add_format({"valign": "top"})
        self.wrapped = self.book.add_format({"valign": "top", "text_wrap": True})
        self.bold = self.book.add_format({"bold": True})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.number = self.book.add_format({"valign": "top", "align": "left"})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": TITLE_COLOUR}
        self.head = self.book.add_format(head)
        self.quoted = self.book.add_format({"quote_prefix": True, "valign": "top"})

    def close(self) -> None:
        """Puts the file together."""
        self.book.close()

    def abandon(self) -> None:
        """Leaves the file unwritten: the library closes it when it is collected, and half a file must not be tried."""
        self.book.fileclosed = True

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Text as text: one that a spreadsheet could take for a formula also gets the quote prefix."""
        if runs(text):
            look = self.quoted
        elif text.startswith("<r>"):
            text = f" {text}"  # XlsxWriter takes <r>…</r> for markup of its own and would write it unescaped
        sheet.write_string(row, column, text[:LONGEST_TEXT], look or self.plain)

    def row(self, sheet: Worksheet, row: int, cells: Sequence[Any], text: Format, number: Format) -> None:
        """A row of texts and whole numbers."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, number)
            else:
                self.text(sheet, row, column, cell, text)

    def tall_row(self, sheet: Worksheet, row: int, cells: Sequence[Any], widths: Sequence[float]) -> None:
        """A row of wrapped text, as tall as its longest cell: office suites do not agree on doing this by themselves."""
        lines = max(lines_in(str(cell), width) for cell, width in zip(cells, widths, strict=False))
        sheet.set_row(row, LINE_HEIGHT * lines)
        self.row(sheet, row, cells, self.wrapped, self.number)

    def widths(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        """The width of each column from the first."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def printed(self, sheet: Worksheet) -> None:
        """On paper a page as wide as the columns."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)

    def heads(self, sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
        """A line of titles."""
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self.head)


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters; wide letters counted in."""
    return sum(1 + int(len(line) / (0.9 * width)) for line in text.split("\n"))
