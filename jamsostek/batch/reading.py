"""A file of people, read in batches: a part of the file is mapped at a time, so memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.core.errors import InputError
from jamsostek.core.text import _

READ_ROWS = 1 << 16


def open_parquet(path: Path, name: str, dictionaries: Sequence[str] = ()) -> pq.ParquetFile:
    """The file, columns `dictionaries` to be read as such; InputError where it is not a whole Parquet file."""
    try:
        return pq.ParquetFile(path, memory_map=True, read_dictionary=list(dictionaries))
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            _("{name} tidak dapat dibaca sebagai Parquet: {reason}").format(name=name, reason=first_line(error)),
            remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
        ) from None


def read_batches(path: Path, name: str, columns: Sequence[str], dictionaries: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Columns of the file, batch by batch, in order; InputError where the file is broken.

    It is opened anew for each of its row groups: what was mapped of the one before is given back.
    """
    with open_parquet(path, name) as file:
        groups = file.num_row_groups
    seen = 0
    for group in range(groups):
        with open_parquet(path, name, dictionaries) as file:
            try:
                for batch in file.iter_batches(READ_ROWS, [group], list(columns), use_threads=False):
                    yield batch
                    seen += batch.num_rows
            except (pa.ArrowInvalid, OSError) as error:
                if getattr(error, "errno", None):
                    raise  # the disk, not the file
                raise InputError(
                    _("{name} rusak setelah baris {row}: {reason}").format(name=name, row=seen, reason=first_line(error)),
                    remedy=_("Berkas terpotong atau rusak: salin atau buat ulang."),
                ) from None


def first_line(error: Exception) -> str:
    """The first line of an engine's message."""
    return next(iter(str(error).splitlines()), type(error).__name__)
