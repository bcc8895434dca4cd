"""Which file somebody sent, checked before anything reads it, and opened as tables in the limited child.

A register can be too large to be in memory: the file is opened once, its kind told by its first bytes, and the same open
file goes to the child, which checks a workbook's package before it reads a cell.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from jamsostek.core.text import _
from jamsostek.messages.guards import DEFAULT_LIMITS, Upload, check_upload
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.register.parquets import ParquetTable
from jamsostek.messages.register.sheets import StreamedBook, WholeBook
from jamsostek.messages.register.texts import TextTable

Table = TextTable | ParquetTable | StreamedBook | WholeBook

LARGEST = {"csv": 2 << 30, "parquet": 2 << 30, "xlsx": 300 << 20, "xls": 100 << 20, "ods": 100 << 20}
"""Bytes, by kind."""
LIMITS = replace(
    DEFAULT_LIMITS, file_bytes=LARGEST["xlsx"], directory_bytes=1 << 20, entry_bytes=2 << 30, total_bytes=3 << 30, ratio=120
)
"""Of a workbook with a million people: a sheet of 15 columns is 0.6 GB of XML, a twelfth of that when zipped."""
SECONDS = 3_600.0
"""A chunk takes a second; this ends a file that never ends."""
_HEAD = 1 << 16


@dataclass(frozen=True)
class Held:
    """An open file on a disk that somebody sent; `kind` is what its bytes are."""

    name: str
    kind: str
    file: IO[bytes] = field(repr=False)


Source = Path | str | Upload | Held
"""What is read as a register."""


@contextmanager
def opened(source: Source) -> Iterator[tuple[IO[bytes], str, str]]:
    """The open file, its kind (csv, parquet, xlsx, xls, ods) and its name. Raises `FileUnreadable`, `OSError`."""
    if isinstance(source, Upload):
        with tempfile.TemporaryFile() as file:
            file.write(source.content)
            file.flush()
            yield file, source.kind, source.name
        return
    if isinstance(source, Held):
        source.file.seek(0)
        yield source.file, source.kind, source.name
        return
    path = Path(source)
    with path.open("rb") as file:
        yield file, kind_of(file), path.name


def kind_of(file: IO[bytes]) -> str:
    """What a file is by its bytes; refuses what is no register, and one too large."""
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(b"PAR1"):
        return _fitting("parquet", size)
    if head.startswith(b"PK\x03\x04"):
        return _fitting(_zipped(file), size)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        _fitting("xls", size)
        file.seek(0)
        return check_upload(file.read(), "", LIMITS).kind
    return _fitting(check_upload(head, "", LIMITS).kind, size)


def _zipped(file: IO[bytes]) -> str:
    """`ods` where the package begins with its type, as the standard asks; else `xlsx`, which the child makes sure of."""
    file.seek(0)
    return "ods" if b"opendocument.spreadsheet" in file.read(200) else "xlsx"


def _fitting(kind: str, size: int) -> str:
    if size > LARGEST[kind]:
        raise FileUnreadable(
            _("Berkas lebih besar dari {size} MB.").format(size=LARGEST[kind] >> 20),
            kind="too_large",
            remedy=_("Bagi per kecamatan, atau kirim sebagai .csv atau Parquet."),
        )
    return kind


def table_of(file: IO[bytes], kind: str) -> Table:
    """The file as tables. Runs in the limited child."""
    if kind == "csv":
        return TextTable(file)
    if kind == "parquet":
        return ParquetTable(file)
    return StreamedBook(file, LIMITS) if kind == "xlsx" else WholeBook(file, kind, LIMITS)
