"""A delimited text file as rows, a chunk at a time: any delimiter, UTF-8, UTF-16 or what Excel on Windows writes.

Runs in the limited child.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

import numpy as np

from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.register.columns import MOST_COLUMNS, Block, columns_of_rows

_DELIMITERS = ";,\t|"
_LONGEST_CELL = 1 << 20


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 read as Windows writes it: one wrong letter must not cost a file of millions."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("jamsostek-windows", _as_windows)


class TextTable:
    """A CSV file as a table of one sheet."""

    sheets: tuple[str, ...] = ("CSV",)
    hidden: tuple[str, ...] = ()
    rows: int | None = None

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        file.seek(0)
        start = file.read(1 << 16)
        self.encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        first, _newline, rest = start.decode(self.encoding, "replace").partition("\n")
        self.passed = 0
        if first.lower().startswith("sep=") and len(first.strip()) == 5:
            self.delimiter, self.passed = first.strip()[4], 1
        else:
            self.delimiter = _delimiter(f"{first}\n{rest}"[:20_000].splitlines()[:40])

    def top(self, sheet: str | None, count: int) -> list[list[Any]]:
        """The first rows."""
        rows: list[list[Any]] = [list(row[:MOST_COLUMNS]) for row in islice(self._rows(), count)]
        width = max(map(len, rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]

    def blocks(self, sheet: str | None, begins: int, width: int, chunk_rows: int) -> Iterator[Block]:
        """Rows from number `begins` (1 = first), so many at a time."""
        rows = islice(self._rows(), begins - 1, None)
        number = begins
        while taken := list(islice(rows, chunk_rows)):
            numbers = np.arange(number, number + len(taken), dtype=np.int64)
            widths = np.fromiter((_cells_in(row, width) for row in taken), dtype=np.int64, count=len(taken))
            yield Block(numbers, columns_of_rows(taken, width), widths)
            number += len(taken)

    def _rows(self) -> Iterator[list[str]]:
        self.file.seek(0)
        csv.field_size_limit(_LONGEST_CELL)
        errors = "jamsostek-windows" if self.encoding == "utf-8-sig" else "replace"
        text = io.TextIOWrapper(io.BufferedReader(_Kept(self.file), 1 << 18), encoding=self.encoding, errors=errors, newline="")
        reader = csv.reader(text, delimiter=self.delimiter)
        try:
            yield from islice(reader, self.passed, None)
        except (csv.Error, UnicodeError) as error:
            raise FileUnreadable(
                _("Berkas CSV rusak di sekitar baris {row}.").format(row=reader.line_num),
                kind="damaged",
                remedy=_("Periksa tanda petik yang tidak ditutup di baris itu, atau simpan ulang sebagai .xlsx."),
                detail=str(error),
            ) from None


class _Kept(io.RawIOBase):
    """Reads from a file and leaves it open when the text around it is dropped."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Bytes from the file."""
        part = self.file.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _cells_in(row: list[str], width: int) -> int:
    """How many cells a row has, blank ones beyond the titles not counted."""
    count = len(row)
    while count > width and not row[count - 1].strip():
        count -= 1
    return count


def _delimiter(lines: list[str]) -> str:
    """The mark that divides most lines into the same number of fields, more than one."""

    def agreement(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if line.strip())
        counts.pop(0, None)
        return max(((agreeing, count) for count, agreeing in counts.items()), default=(0, 0))

    return max(_DELIMITERS, key=agreement)
