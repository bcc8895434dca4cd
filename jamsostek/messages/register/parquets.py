"""A Parquet file as a table, a batch at a time. Runs in the limited child."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jamsostek.core.text import _
from jamsostek.messages.limited import FileUnreadable
from jamsostek.messages.register.columns import DATE, MOST_COLUMNS, NUMBER, Block, Column


class ParquetTable:
    """A Parquet file: its names are the row of titles (number 1), its first row is number 2, as in the same table as CSV."""

    sheets: tuple[str, ...] = ("Parquet",)
    hidden: tuple[str, ...] = ()

    def __init__(self, file: IO[bytes]) -> None:
        pa.set_cpu_count(1)
        try:
            file.seek(0)
            self.parquet = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
            self.names = self.parquet.schema_arrow.names[:MOST_COLUMNS]
        except (pa.ArrowException, OSError) as error:
            raise _damaged(error) from None
        self.rows: int | None = self.parquet.metadata.num_rows

    def top(self, sheet: str | None, count: int) -> list[list[Any]]:
        """The names, then the first rows."""
        rows: list[list[Any]] = [list(self.names)]
        for block in self.blocks(sheet, 2, len(self.names), max(count - 1, 1)):
            rows += [[column.cell(place) for column in block.columns] for place in range(len(block.numbers))]
            break
        return rows

    def blocks(self, sheet: str | None, begins: int, width: int, chunk_rows: int) -> Iterator[Block]:
        """Rows from number `begins`, so many at a time."""
        number, waiting, held = 2, [], 0
        try:
            for batch in self.parquet.iter_batches(batch_size=chunk_rows, use_threads=False):
                if begins >= number + batch.num_rows:
                    number += batch.num_rows
                    continue
                cut = max(begins - number, 0)
                number += cut
                waiting.append(batch.slice(cut))
                held += batch.num_rows - cut
                while held >= chunk_rows:
                    table = pa.Table.from_batches(waiting)
                    yield self._block(table.slice(0, chunk_rows), number, width)
                    number, held = number + chunk_rows, held - chunk_rows
                    waiting = table.slice(chunk_rows).to_batches()
                begins = 0
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
            raise _damaged(error) from None
        if held:
            yield self._block(pa.Table.from_batches(waiting), number, width)

    def _block(self, table: pa.Table, number: int, width: int) -> Block:
        columns = [_column(table.column(place)) for place in range(width)]
        return Block(np.arange(number, number + table.num_rows, dtype=np.int64), columns)


def _column(found: pa.ChunkedArray) -> Column:
    array = found.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind: int | None = None
    if pa.types.is_floating(array.type) or pa.types.is_decimal(array.type):
        array, kind = array.cast(pa.float64()), NUMBER
    elif pa.types.is_temporal(array.type) and not pa.types.is_time(array.type) and not pa.types.is_duration(array.type):
        array, kind = pc.cast(array, pa.date32(), safe=False), DATE
    if pa.types.is_nested(array.type) or pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        array = pa.nulls(len(array), pa.string())  # no register keeps a person's name in a list or in bytes
    text = array.cast(pa.string())
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    if kind is None:
        return Column(text)
    return Column(text, np.where(text.is_valid().to_numpy(zero_copy_only=False), kind, 0).astype(np.int8))


def _damaged(error: Exception) -> FileUnreadable:
    return FileUnreadable(
        _("Berkas Parquet ini rusak."),
        kind="damaged",
        remedy=_("Buat ulang berkasnya, atau kirim sebagai .csv."),
        detail=str(error),
    )
