"""Tables as Parquet and back, with what a file from elsewhere may be at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jamsostek.awards.snapshot.schema import arrow_schema
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 2_000_000
MOST_OPEN_BYTES = 2 << 30
"""Of a table's columns out of their pages."""
_PLAIN = frozenset({"PLAIN", "RLE", "BIT_PACKED"})
_SMALL = 50_000
"""Rows that are not compressed: a bit that changed in the file is then a value that changed."""


def written(table: pa.Table) -> bytes:
    """A table as Parquet, without dictionaries: a page holds what it says."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(
        table, sink, compression="zstd" if table.num_rows > _SMALL else "none", use_dictionary=False, store_schema=False,
        write_statistics=False, row_group_size=_SMALL,
    )  # fmt: skip
    return bytes(sink.getvalue())


def read(content: bytes, columns: Mapping[str, str], where: str) -> pa.Table:
    """A table of these columns; raises `InputError` where it is none, has others, or is larger than any of ours."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _guarded(file.metadata, where)
        if file.schema_arrow.names != list(columns):
            raise InputError(
                _("Kolom {where} bukan kolom potret ini.").format(where=where),
                field="data",
                value=", ".join(file.schema_arrow.names)[:300],
            )
        return file.read(use_threads=True).cast(arrow_schema(columns))
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(_("{where} tidak dapat dibaca: isinya rusak.").format(where=where), field="data") from None


def unreadable(content: bytes, columns: Mapping[str, str]) -> list[str]:
    """The columns that cannot be read alone; nothing where the file as a whole is broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: list[str] = []
    try:
        _guarded(pq.ParquetFile(pa.BufferReader(content)).metadata, "")
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return found
    for name, kind in columns.items():
        try:
            pq.ParquetFile(pa.BufferReader(content)).read([name]).cast(arrow_schema({name: kind}))
        except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
            found.append(name)
    return found if len(found) < len(columns) else []


def _guarded(about: pa.parquet.FileMetaData, where: str) -> None:
    """Refuses what would take more memory than its bytes in the file promise."""
    total, plain = 0, True
    for group in range(about.num_row_groups):
        for place in range(about.num_columns):
            chunk = about.row_group(group).column(place)
            total += chunk.total_uncompressed_size
            plain &= set(chunk.encodings) <= _PLAIN
    if not plain or about.num_rows > MOST_ROWS or total > MOST_OPEN_BYTES:
        raise InputError(
            _("{where} terlalu besar atau tidak ditulis seperti potret: {rows} baris.").format(
                where=where, rows=format_number(about.num_rows)
            ),
            field="data", remedy=_("Unduh ulang potretnya."),
        )  # fmt: skip
