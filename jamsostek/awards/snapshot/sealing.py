"""Digests of what a snapshot says. They are over text, not over Parquet, so that any reader of Parquet finds the same ones.

A cell is written as text: whole numbers in digits, `true` and `false`, no value as `\\N`; a backslash, tab, line feed or carriage
return in a text as `\\\\`, `\\t`, `\\n`, `\\r`. Then, each an SHA-256 in hexadecimal:

    of a row      its cells, a tab between them
    of a column   its cells from the first row to the last, a line feed between them
    of a table    the columns' names, a tab between them; then the digest of each row; a line feed between them all
    root          the canonical JSON of the seal's part `says`

Rows are in the order of what they are called by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jamsostek.awards.snapshot.schema import named_by

if TYPE_CHECKING:
    import pyarrow as pa

SHORT = 16
"""Digits of a row's digest in the list of rows: it names what changed, it does not seal it."""
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


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
    import pyarrow.compute as pc

    cells = {column: _cells(table.column(column)) for column in table.column_names}
    columns = {column: sha256(b"\n".join(_joined(values))) for column, values in cells.items()}
    told = [sha256(row) for row in _lines(list(cells.values()), table.num_rows)]
    digest = sha256("\n".join(["\t".join(table.column_names), *told]).encode())
    named = [cells[column] for column in named_by(name)]
    called = (named[0] if len(named) == 1 else pc.binary_join_element_wise(*named, "/")).to_pylist()
    listed = "".join(f"{one}\t{digest[:SHORT]}\n" for one, digest in zip(called, told, strict=True))
    return Sealed(digest, columns, table.num_rows, listed.encode())


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

    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], column.type)
    if pa.types.is_string(values.type):
        for before, after in _ESCAPES:
            values = pc.replace_substring(values, before, after)
    return pc.fill_null(values.cast(pa.large_string()), "\\N")


def _joined(values: pa.Array) -> list[bytes]:
    return [one.encode() for one in values.to_pylist()]


def _lines(columns: list[pa.Array], rows: int) -> list[bytes]:
    import pyarrow.compute as pc

    return _joined(pc.binary_join_element_wise(*columns, "\t")) if rows else []
