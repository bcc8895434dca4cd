"""A table written row by row to CSV, XLSX or Parquet: whole or not at all, and no text in it is ever run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.messages.tables.books import Book, written_whole
from jamsostek.messages.tables.neutral import neutral

ENDINGS = (".csv", ".xlsx", ".parquet")
SHEET_ROWS = 1_048_575
Row = Sequence[Any]


class Table(Protocol):
    """A table that is being written."""

    def add(self, rows: Iterable[Row]) -> None:
        """Writes rows; values stand in the order of the columns."""

    def end(self) -> None:
        """Puts the file together."""


@contextmanager
def table_file(path: Path, columns: Sequence[str]) -> Iterator[Table]:
    """A table whose form is told by the ending of its name; raises `InputError` for another ending."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            _("Bentuk berkas {suffix} tidak dikenal.").format(suffix=path.suffix or path.name),
            field="out",
            remedy=_("Akhiri nama berkas dengan {endings}.").format(endings=", ".join(ENDINGS)),
        )
    with written_whole(path) as (whole, scratch):
        table = kind(whole, scratch, columns)
        yield table
        table.end()


class _Csv:
    """UTF-8 with the mark that Excel needs."""

    def __init__(self, path: Path, scratch: str, columns: Sequence[str]) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(columns)

    def add(self, rows: Iterable[Row]) -> None:
        self.writer.writerows([neutral("" if cell is None else cell) for cell in row] for row in rows)

    def end(self) -> None:
        self.file.close()


class _Xlsx:
    """One sheet; memory stays flat."""

    def __init__(self, path: Path, scratch: str, columns: Sequence[str]) -> None:
        self.book = Book(path, path.stem, scratch)
        self.sheet = self.book.book.add_worksheet(_("Data"))
        self.sheet.freeze_panes(1, 0)
        self.book.widths(self.sheet, [18] * len(columns))
        self.book.heads(self.sheet, 0, columns)
        self.rows = 0

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows += 1
            if self.rows > SHEET_ROWS:
                self.book.abandon()
                raise InputError(_("Baris terlalu banyak untuk satu lembar kerja."), remedy=_("Pakai .csv atau .parquet."))
            self.book.row(self.sheet, self.rows, [_cell(cell) for cell in row], self.book.plain, self.book.number)

    def end(self) -> None:
        self.book.close()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else "" if value is None else str(value)


class _Parquet:
    """Text, whole numbers, days and flags; a column's type is that of its first value."""

    def __init__(self, path: Path, scratch: str, columns: Sequence[str]) -> None:
        self.path = path
        self.columns = columns
        self.writer: Any = None
        self.kept: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        self._write(list(rows))

    def _write(self, rows: list[Row]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        values = [list(column) for column in zip(*rows, strict=True)] or [[] for _name in self.columns]
        if self.writer is None:
            kinds = [_kind(column) for column in values]
            self.schema = pa.schema(list(zip(self.columns, kinds, strict=True)))
            self.writer = pq.ParquetWriter(self.path, self.schema, compression="zstd")
        arrays = [pa.array(column, type=field.type) for column, field in zip(values, self.schema, strict=True)]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))

    def end(self) -> None:
        if self.writer is None:
            self._write([])
        self.writer.close()


def _kind(values: list[Any]) -> Any:
    import pyarrow as pa

    first = next((value for value in values if value is not None), "")
    kinds = ((bool, pa.bool_()), (int, pa.int64()), (dt.date, pa.date32()))
    return next((kind for known, kind in kinds if isinstance(first, known)), pa.string())


KINDS: dict[str, Any] = {".csv": _Csv, ".xlsx": _Xlsx, ".parquet": _Parquet}
