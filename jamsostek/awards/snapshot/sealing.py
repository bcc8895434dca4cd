"""Digests of what a snapshot says. They are over text, not over Parquet, so that any reader of Parquet finds the same ones.

A cell is written as text: whole numbers in digits, `true` and `false`, no value as `\\N`; a backslash, tab, line feed or carriage
return in a text as `\\\\`, `\\t`, `\\n`, `\\r`. A row is its cells with a tab between them. Then, each an SHA-256 in hexadecimal:

    of a row      the row
    of a column   its cells from the first row to the last, a line feed after each
    of a table    the columns' names as a row, then the rows, a line feed after each
    root          the canonical JSON of the seal's part `says`

Rows are in the order of what they are called by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from jamsostek.awards.snapshot.schema import named_by

if TYPE_CHECKING:
    import pyarrow as pa

SHORT = 16
"""Digits of a row's digest in the list of rows: it names what changed, it does not seal it."""
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
_AT_ONCE = 65_536


@dataclass(frozen=True)
class Sealed:
    """The digests of a table, and its list of rows: name, tab, the beginning of the row's digest."""

    digest: str
    columns: Mapping[str, str]
    rows: int
    listed: bytes

    @property
    def said(self) -> dict[str, Any]:
        """For the seal."""
        return {"digest": self.digest, "rows": self.rows, "columns": dict(self.columns)}


def sealed(name: str, table: pa.Table) -> Sealed:
    """The digests of a table as it stands."""
    columns = {column: hashlib.sha256() for column in table.column_names}
    whole, listed = hashlib.sha256("\t".join(table.column_names).encode() + b"\n"), []
    for place in range(0, table.num_rows, _AT_ONCE):
        part = table.slice(place, _AT_ONCE).combine_chunks()
        cells = {column: _cells(part.column(column)) for column in part.column_names}
        for column, values in cells.items():
            columns[column].update(_text(values))
        lines = _between(list(cells.values()), "\t")
        whole.update(_text(lines))
        called = _between([cells[column] for column in named_by(name)], "/").to_pylist()
        listed += [f"{one}\t{hashlib.sha256(row).hexdigest()[:SHORT]}\n" for one, row in zip(called, _each(lines), strict=True)]
    digests = {column: one.hexdigest() for column, one in columns.items()}
    return Sealed(whole.hexdigest(), digests, table.num_rows, "".join(listed).encode())


def sha256(content: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON in the one form that digests are of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root_of(says: Mapping[str, Any]) -> str:
    """The digest of everything a snapshot says."""
    return sha256(canonical(says))


def _cells(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    values = column.chunk(0)
    if pa.types.is_string(values.type):
        for before, after in _ESCAPES:
            values = pc.replace_substring(values, before, after)
    return pc.fill_null(values.cast(pa.large_string()), "\\N")


def _between(columns: list[pa.Array], sign: str) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*columns, pa.scalar(sign, pa.large_string()))


def _text(lines: pa.Array) -> bytes:
    """Lines as one text, a line feed after each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pa.LargeListArray.from_arrays(pa.array([0, len(lines)], pa.int64()), lines)
    return bytes(pc.binary_join(whole, pa.scalar("\n", pa.large_string()))[0].as_buffer()) + b"\n"


def _each(lines: pa.Array) -> Iterator[bytes]:
    """The bytes of each line."""
    _valid, offsets, content = lines.buffers()
    ends = np.frombuffer(offsets, np.int64)[lines.offset : lines.offset + len(lines) + 1].tolist()
    whole = content.to_pybytes() if content is not None else b""
    return (whole[first:last] for first, last in pairwise(ends))
