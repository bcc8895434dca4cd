"""Workers to measure with, none of them real: a synthetic nation, and wage earners alone for the rivals that know only them.

    python -m benchmarks.population nation FOLDER 10000000
    python -m benchmarks.population wage_earners FOLDER 10000000

The same number gives the same people.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.batch.lines import CHOICES
from jamsostek.core.regions import PROVINCES
from jamsostek.synth import synth
from jamsostek.synth.rows import CHUNK_ROWS

SEED = 20260601
_ENCODINGS = {"participant": "DELTA_BINARY_PACKED", "wage_rupiah": "BYTE_STREAM_SPLIT", "birth_date": "BYTE_STREAM_SPLIT"}


def nation(folder: Path, workers: int) -> None:
    """A synthetic nation, all segments mixed, one file a province."""
    synth(folder, workers, SEED)


def wage_earners(folder: Path, workers: int) -> None:
    """Wage earners alone, one file a province; wages to the rupiah, so that every rounding is met."""
    people = np.array([p.population_2024h2 for p in PROVINCES.values()], dtype=np.int64)
    bounds = np.cumsum(people) * workers // people.sum()
    for province, rows in zip(PROVINCES, np.diff(bounds, prepend=0).tolist(), strict=True):
        if rows:
            path = folder / f"province={province}" / "part-0.parquet"
            path.parent.mkdir(parents=True)
            _write(path, province, rows)


def _write(path: Path, province: int, rows: int) -> None:
    chance = np.random.default_rng([SEED, province])
    writer = None
    for first in range(0, rows, CHUNK_ROWS):
        table = _table(chance, province * 10**9 + first, min(CHUNK_ROWS, rows - first))
        if writer is None:
            plain = [f.name for f in table.schema if f.name not in _ENCODINGS]
            writer = pq.ParquetWriter(
                path, table.schema, compression="zstd", compression_level=1, use_dictionary=plain, column_encoding=_ENCODINGS
            )
        writer.write_table(table)
    if writer:
        writer.close()


def _table(chance: np.random.Generator, first: int, rows: int) -> pa.Table:
    def choice(name: str, weights: Sequence[float]) -> pa.Array:
        return _codes(name, chance.choice(len(weights), rows, p=weights))

    nobody = np.zeros(rows, dtype=np.int8)
    columns: dict[str, Any] = {
        "participant": first + np.arange(rows),
        "segment": _codes("segment", nobody),
        "wage_rupiah": chance.lognormal(15.3, 0.5, rows).astype(np.int64),
        "birth_date": pa.array(chance.integers(-5_000, 13_500, rows).astype(np.int32)).cast(pa.date32()),
        "risk_class": choice("risk_class", (0.45, 0.25, 0.2, 0.07, 0.03)),
        "scale": choice("scale", (0.45, 0.25, 0.2, 0.1)),
        "labour_intensive": chance.random(rows) < 0.1,
        "jkp_member": chance.random(rows) < 0.6,
        "sector": _codes("sector", nobody),
        "payer": _codes("payer", nobody),
        "jht_member": nobody.astype(bool),
        "route": _codes("route", nobody),
        "contract_months": nobody.astype(np.int16),
        "contract_start": nobody.astype(np.int32),
    }
    return pa.table(columns)


def _codes(name: str, codes: Any) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(CHOICES[name]))


if __name__ == "__main__":
    {"nation": nation, "wage_earners": wage_earners}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
