"""A workbook as tables, a chunk of rows at a time: XLSX from its XML as a stream, XLS and ODS by calamine, whole.

calamine reads an XLSX three times as fast, but a million rows of fifteen columns take it more than a gigabyte; the XML
read as a stream takes what the shared texts take. XLS ends at 65,536 rows, and ODS of such a size is not seen.
"""

from __future__ import annotations

import datetime as dt
import io
import mmap
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine as calamine

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.messages.guards import Limits, check_package
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.register import package
from jamsostek.messages.register.columns import DATE, ERROR, MOST_COLUMNS, NUMBER, TEXT, Block, Column, column_of_cells

_EPOCHS = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}
_LAST_SERIAL = 2_958_465


class StreamedBook:
    """An XLSX. Rows that the XML leaves out do not exist; each block carries the sheet's own row numbers."""

    rows: int | None = None

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if check_package(content, limits) != "xlsx":
                raise package.damaged("an ODS whose package does not begin with its type")
        self.package = zipfile.ZipFile(file)
        self.parts = {one.name: one for one in package.sheet_parts(self.package)}
        self.sheets = tuple(name for name, one in self.parts.items() if not one.hidden)
        self.hidden = tuple(name for name, one in self.parts.items() if one.hidden)
        self.dates = package.date_styles(self.package)
        self.epoch = _EPOCHS[package.counts_from_1904(self.package)]
        self.day = cache(self._day)
        self._texts: pa.LargeStringArray | None = None

    @property
    def texts(self) -> pa.LargeStringArray:
        """The shared texts, read when first needed."""
        if self._texts is None:
            self._texts = package.shared_texts(self.package)
        return self._texts

    def top(self, sheet: str | None, count: int) -> list[list[Any]]:
        """The first rows, blank ones between them too."""
        rows: list[list[Any]] = []
        for number, cells in islice(self._rows(self._path(sheet), MOST_COLUMNS), count):
            while len(rows) < min(number - 1, count):
                rows.append([])
            if len(rows) == count:
                break
            rows.append([self._value(cell) for cell in cells])
        width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell != ""), default=0)
        return [(row + [""] * width)[:width] for row in rows]

    def spans(self, sheet: str | None) -> package.Spans:
        """Cells merged over rows."""
        return package.merged_down(self.package, self._path(sheet))

    def blocks(self, sheet: str | None, begins: int, width: int, chunk_rows: int) -> Iterator[Block]:
        """Rows from number `begins`, so many at a time."""
        rows = (row for row in self._rows(self._path(sheet), width) if row[0] >= begins)
        while taken := list(islice(rows, chunk_rows)):
            numbers = np.fromiter((number for number, _cells in taken), dtype=np.int64, count=len(taken))
            columns = [self._column(cells) for cells in zip(*(cells for _number, cells in taken), strict=True)]
            yield Block(numbers, columns)

    def _path(self, sheet: str | None) -> str:
        name = sheet if sheet is not None else next(iter([*self.sheets, *self.hidden]), "")
        if name not in self.parts:
            raise no_sheet(name, list(self.parts))
        return self.parts[name].path

    # --- rows ---

    def _rows(self, path: str, width: int) -> Iterator[tuple[int, list[Any]]]:
        """Number and cells of each row: None, int (a shared text), str, bytes (a number), or (text, kind)."""
        columns: dict[str, int] = {}
        last = 0
        with self.package.open(path) as part:
            for row in package.elements(part, "row"):
                last = int(row.get("r") or last + 1)
                cells: list[Any] = [None] * width
                following = 0
                for cell in row:
                    name = (cell.get("r") or "").rstrip("0123456789")
                    at = columns.get(name, -1)
                    if at < 0:
                        at = columns[name] = package.position(name) if name else -1
                    if at < 0:
                        at = following
                    following = at + 1
                    if at < width and len(cell):
                        cells[at] = self._cell(cell)
                yield last, cells

    def _cell(self, cell: Any) -> Any:
        kind = cell.get("t")
        text = cell[-1].text
        if kind == "s":
            return int(text) if text and text.isdigit() else None
        if kind is None or kind == "n":
            if not text:
                return None
            return self.day(text) if cell.get("s") in self.dates else text.encode("ascii", "replace")
        if kind == "inlineStr":
            return package.text_in(cell[-1])
        if kind == "e":
            return (text or "#N/A", ERROR)
        if kind == "d":
            return ((text or "")[:10], DATE)
        return text

    def _day(self, text: str) -> Any:
        """A serial number of a date."""
        try:
            serial = float(text)
        except ValueError:
            return text
        if not 1 <= serial <= _LAST_SERIAL:
            return text.encode("ascii", "replace")
        return ((self.epoch + dt.timedelta(days=int(serial))).isoformat(), DATE)

    # --- columns ---

    def _column(self, cells: Sequence[Any]) -> Column:
        types = set(map(type, cells)) - {type(None)}
        if types <= {int}:
            return Column(self._shared(pa.array(cells, pa.int64())))
        if types == {bytes}:
            text = pa.array(cells, pa.binary()).cast(pa.string())
            return Column(text, np.where(text.is_valid().to_numpy(zero_copy_only=False), NUMBER, TEXT).astype(np.int8))
        own: list[str | None] = [None] * len(cells)
        kinds = np.zeros(len(cells), dtype=np.int8)
        for place, cell in enumerate(cells):
            if type(cell) is str:
                own[place] = cell
            elif type(cell) is bytes:
                own[place], kinds[place] = cell.decode(), NUMBER
            elif type(cell) is tuple:
                own[place], kinds[place] = cell
        texts = pa.array(own, pa.string())
        if int in types:
            shared = self._shared(pa.array([cell if type(cell) is int else None for cell in cells], pa.int64()))
            texts = pc.coalesce(texts, shared)
        return Column(texts, kinds if kinds.any() else None)

    def _shared(self, numbers: pa.Int64Array) -> pa.StringArray:
        beyond = pc.max(numbers).as_py()
        if beyond is not None and beyond >= len(self.texts):
            raise package.damaged("a cell points beyond the shared texts")
        return self.texts.take(numbers).cast(pa.string())

    def _value(self, cell: Any) -> Any:
        if type(cell) is int:
            return self.texts[cell].as_py() if cell < len(self.texts) else ""
        if type(cell) is bytes:
            return float(cell)
        if type(cell) is tuple:
            return dt.date.fromisoformat(cell[0]) if cell[1] == DATE else cell[0]
        return cell or ""


class WholeBook:
    """An XLS or ODS, read whole by calamine."""

    rows: int | None = None

    def __init__(self, file: IO[bytes], kind: str, limits: Limits) -> None:
        file.seek(0)
        content = file.read()
        if kind == "ods":
            check_package(content, limits)
        try:
            self.book = calamine.load_workbook(io.BytesIO(content))
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise package.damaged(str(error)) from None
        metas = [meta for meta in self.book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        visible = calamine.SheetVisibleEnum.Visible
        self.sheets = tuple(meta.name for meta in metas if meta.visible == visible)
        self.hidden = tuple(meta.name for meta in metas if meta.visible != visible)

    def top(self, sheet: str | None, count: int) -> list[list[Any]]:
        """The first rows."""
        return self._sheet(sheet)[:count]

    def blocks(self, sheet: str | None, begins: int, width: int, chunk_rows: int) -> Iterator[Block]:
        """Rows from number `begins`, so many at a time."""
        rows = self._sheet(sheet)
        for start in range(begins - 1, len(rows), chunk_rows):
            taken = rows[start : start + chunk_rows]
            even = [(row + [""] * width)[:width] for row in taken]
            columns = [column_of_cells(cells) for cells in zip(*even, strict=True)]
            yield Block(np.arange(start + 1, start + 1 + len(taken), dtype=np.int64), columns)

    def _sheet(self, name: str | None) -> list[list[Any]]:
        wanted = name if name is not None else next(iter([*self.sheets, *self.hidden]), "")
        if wanted not in (*self.sheets, *self.hidden):
            raise no_sheet(wanted, [*self.sheets, *self.hidden])
        try:
            sheet = self.book.get_sheet_by_name(wanted)
            return [row[:MOST_COLUMNS] for row in sheet.to_python(skip_empty_area=False)] if sheet.start else []
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise package.damaged(str(error)) from None


def no_sheet(name: str, known: Sequence[str]) -> FileUnreadable:
    """The refusal where a sheet is not in the workbook."""
    error = unknown_name(_("Lembar"), name, known)
    return FileUnreadable(error.message, kind="no_sheet", remedy=error.remedy)
