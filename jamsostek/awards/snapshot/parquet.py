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
_COMMON = _PLAIN | {"PLAIN_DICTIONARY", "RLE_DICTIONARY"}
"""As other programs write: a text may stand in a dictionary once and be meant a million times."""
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


def read_foreign(content: bytes, columns: Mapping[str, str]) -> tuple[pa.Table | None, list[str], list[str]]:
    """A table that another program wrote, to be compared: what can be read of it, columns it lacks, columns that are more.

    Encodings, order of columns and kinds of numbers may be others than ours, within the bounds of ours once it is open. None
    where it cannot be read at all, or not as these columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        about = pq.ParquetFile(pa.BufferReader(content))
        names = about.schema_arrow.names
        if not _bounded(about.metadata, _COMMON) or len(set(names)) != len(names):
            return None, [], []
        lacking, more = [one for one in columns if one not in names], [one for one in names if one not in columns]
        if lacking:
            return None, lacking, more
        texts = [name for name, kind in columns.items() if kind == "string"]
        file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
        table = file.read(columns=list(columns)).select(list(columns))
        if _text_bytes(table) > MOST_OPEN_BYTES:
            return None, [], more
        return table.cast(arrow_schema(columns)), [], more
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, KeyError):
        return None, [], []


def _text_bytes(table: pa.Table) -> int:
    """What texts would take out of their dictionary, without taking them out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    total = 0
    for column in table.columns:
        for chunk in column.chunks if pa.types.is_dictionary(column.type) else ():
            lengths = pc.fill_null(pc.binary_length(chunk.dictionary), 0).cast(pa.int64())
            total += pc.sum(lengths.take(chunk.indices.drop_null())).as_py() or 0
    return total


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
    if not _bounded(about, _PLAIN):
        raise InputError(
            _("{where} terlalu besar atau tidak ditulis seperti potret: {rows} baris.").format(
                where=where, rows=format_number(about.num_rows)
            ),
            field="data", remedy=_("Unduh ulang potretnya."),
        )  # fmt: skip


def _bounded(about: pa.parquet.FileMetaData, encodings: frozenset[str]) -> bool:
    """Whether a file has no more rows and bytes than ours may have, in these encodings alone."""
    total, known = 0, True
    for group in range(about.num_row_groups):
        for place in range(about.num_columns):
            chunk = about.row_group(group).column(place)
            total += chunk.total_uncompressed_size
            known &= set(chunk.encodings) <= encodings
    return known and about.num_rows <= MOST_ROWS and total <= MOST_OPEN_BYTES
