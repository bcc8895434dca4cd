"""Small populations of synthetic workers for the engines: every segment, rows in no order, values at the borders of the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.batch.lines import CHOICES, SEGMENTS
from jamsostek.core.months import add_months
from jamsostek.core.regions import PROVINCES

MONTH = 202606
SHARES = (0.5, 0.12, 0.2, 0.12, 0.06)
BORDERS = (0, 1, 500_000, 999_999, 1_000_000, 1_099_999, 4_999_999, 5_000_000, 5_000_001, 11_086_300, 11_086_301, 10**11)
BORN = (-9_000, 15_000)
"""Days since 1970: 1945 to 2011, so that some are past the pension age."""


def people(rows: int, *, first: int = 1, seed: int = 1, month: int = MONTH) -> pa.Table:
    """`rows` workers numbered from `first`, unsorted; some without a birth date, migrants who start before, in, after `month`."""
    rng = np.random.default_rng((seed, first))
    wage = rng.lognormal(15.2, 0.7, rows).astype(np.int64)
    at_border = rng.random(rows) < 0.1
    wage[at_border] = rng.choice(BORDERS, at_border.sum())
    born = pa.array(rng.integers(*BORN, rows).astype(np.int32), mask=rng.random(rows) < 0.05)
    starts = np.array([add_months(month, n) for n in (-5, 0, 0, 3)])
    return pa.table(
        {
            "participant": np.arange(first, first + rows, dtype=np.int64),
            "segment": chosen("segment", rng.choice(len(SEGMENTS), rows, p=SHARES)),
            "wage_rupiah": wage,
            "birth_date": born.cast(pa.date32()),
            **{name: chosen(name, rng.integers(len(CHOICES[name]), size=rows)) for name in CHOICES if name != "segment"},
            **{
                name: rng.random(rows) < share
                for name, share in (("labour_intensive", 0.1), ("jkp_member", 0.5), ("jht_member", 0.3))
            },
            "contract_months": rng.integers(1, 61, rows).astype(np.int16),
            "contract_start": rng.choice(starts, rows).astype(np.int32),
        }
    )


def chosen(name: str, positions: Any) -> pa.DictionaryArray:
    """Positions in a vocabulary as the names."""
    return pa.DictionaryArray.from_arrays(pa.array(positions.astype(np.int8)), pa.array(CHOICES[name]))


def by_segment(table: pa.Table) -> pa.Table:
    """The same workers, each segment together."""
    return table.take(np.argsort([SEGMENTS.index(s) for s in table["segment"].to_pylist()], kind="stable"))


def changed(table: pa.Table, **columns: Any) -> pa.Table:
    """The table with columns replaced, by arrays or by mappings of row (0 = first) to value."""
    for name, given in columns.items():
        values: Any = given
        if isinstance(given, Mapping):
            values = table[name].to_pylist()
            for row, value in given.items():
                values[row] = value
            kind = table.schema.field(name).type
            values = pa.array(values, kind.value_type if pa.types.is_dictionary(kind) else kind)
        table = table.set_column(table.schema.get_field_index(name), name, values)
    return table


def write(folder: Path, files: Mapping[str, pa.Table]) -> Path:
    """Writes each table under its name in `folder`; row groups of 7,000 rows, which no batch or block is."""
    for name, table in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd", row_group_size=7_000)
    return folder


def names(count: int) -> list[str]:
    """`count` names of files, a second file of a province only when every province has one."""
    codes = sorted(PROVINCES)
    return [f"province={codes[place % len(codes)]}/part-{place // len(codes)}.parquet" for place in range(count)]


def population(folder: Path, rows: int, *, files: int = 4, seed: int = 1, month: int = MONTH) -> Path:
    """A population of `rows` workers in `files` files of unequal size (the first holds half)."""
    sizes = [rows - rows // 2 // max(files - 1, 1) * (files - 1), *[rows // 2 // max(files - 1, 1)] * (files - 1)]
    first = 1
    for name, size in zip(names(files), sizes, strict=True):
        write(folder, {name: people(size, first=first, seed=seed, month=month)})
        first += size
    return folder


def lines_of(out: Path) -> pa.Table:
    """All lines of a folder of results, in the order of the participants, names as plain text."""
    tables = [pq.read_table(path, partitioning=None) for path in result_files(out)]
    table = pa.concat_tables(tables).sort_by("participant")
    return table.set_column(1, "segment", table["segment"].cast(pa.string())).combine_chunks()


def result_files(out: Path) -> list[Path]:
    """The files of lines of a folder of results."""
    return sorted(out.glob("province=*/**/*.parquet"))


def different(one: pa.Table, other: pa.Table) -> list[str]:
    """The columns (and the first participant) in which two tables of lines differ; nothing where every rupiah is the same."""
    if one.schema.names != other.schema.names or one.num_rows != other.num_rows:
        return [f"{one.num_rows} rows of {one.schema.names}, {other.num_rows} of {other.schema.names}"]
    found = []
    for name in one.schema.names:
        if one[name].type != other[name].type:
            found.append(f"{name}: {one[name].type}, {other[name].type}")
        elif not one[name].equals(other[name]):
            row = next(i for i, (a, b) in enumerate(zip(one[name], other[name], strict=True)) if a != b)
            found.append(f"{name} of {one['participant'][row]}: {one[name][row]}, {other[name][row]}")
    return found


def left_over(out: Path) -> list[str]:
    """Files half written."""
    return sorted(path.name for path in out.rglob("*") if ".part" in path.suffixes)


def contents(out: Path, kinds: Iterable[str] = (".parquet", ".csv", ".json")) -> dict[str, bytes]:
    """Every file of a folder of results by name, as bytes; the sidecars without the input's time of change."""
    found = {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.suffix in kinds}
    return {name: value for name, value in found.items() if not Path(name).name.startswith("_part")}
