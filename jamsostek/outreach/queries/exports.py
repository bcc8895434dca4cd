"""Everybody of a register as Parquet, a part at a time."""

from __future__ import annotations

from itertools import islice
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.outreach.models import Register
from jamsostek.outreach.queries.registers import EXPORTED, people

SCHEMA = pa.schema([
    (name, {
        "row_number": pa.int64(), "birth_date": pa.date32(), "village_code": pa.int64(), "decile": pa.int8(),
        "income_rupiah": pa.int64(), "woman_head": pa.bool_(), "children_school": pa.int16(), "is_asn": pa.bool_(),
        "death_hint": pa.bool_(), "moved_hint": pa.bool_(),
    }.get(name, pa.string()))
    for name in EXPORTED
])  # fmt: skip
ROWS = 50_000


def write_parquet(register: Register, target: IO[bytes]) -> None:
    """Writes all rows; memory is that of a part."""
    with pq.ParquetWriter(target, SCHEMA) as writer:
        rows = people(register)
        while part := list(islice(rows, ROWS)):
            writer.write_table(pa.table(list(map(list, zip(*part, strict=True))), schema=SCHEMA))
