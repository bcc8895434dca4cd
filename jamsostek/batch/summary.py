"""The summary of a month: by province, segment and column, added up from partitions and written as Parquet, CSV and JSON."""

from __future__ import annotations

import csv
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jamsostek.batch.arrow import from_numbers, from_texts
from jamsostek.batch.lines import OUTPUT, SEGMENTS
from jamsostek.core.regions import PROVINCES

UNFINISHED = ".part"
"""How the names of files end that are being written; they begin with a dot."""
COLUMNS = ("workers", "wage_rupiah", *OUTPUT)


@dataclass
class Summary:
    """Sums by (province, segment): workers, wages and every column of the lines; exact whole rupiah of any size."""

    cells: dict[tuple[int, str], dict[str, int]] = field(default_factory=dict)

    def add(self, province: int, segment: str, workers: int, sums: Mapping[str, int]) -> None:
        """Adds a piece."""
        cell = self.cells.setdefault((province, segment), dict.fromkeys(COLUMNS, 0))
        cell["workers"] += workers
        for name, value in sums.items():
            cell[name] += value

    def merge(self, other: Summary) -> None:
        """Adds another summary."""
        for (province, segment), cell in other.cells.items():
            self.add(province, segment, cell["workers"], {n: v for n, v in cell.items() if n != "workers"})

    def rows(self) -> list[dict[str, Any]]:
        """One row a province and segment, in order."""
        ordered = sorted(self.cells.items(), key=lambda item: (item[0][0], SEGMENTS.index(item[0][1])))
        return [{"province": p, "segment": s, **cell} for (p, s), cell in ordered]

    def by(self, key: str) -> dict[Any, dict[str, int]]:
        """Sums by `province` or `segment`."""
        found: dict[Any, dict[str, int]] = {}
        for row in self.rows():
            cell = found.setdefault(row[key], dict.fromkeys(COLUMNS, 0))
            for name in COLUMNS:
                cell[name] += row[name]
        return found

    def total(self) -> dict[str, int]:
        """Sums of all."""
        return {name: sum(cell[name] for cell in self.cells.values()) for name in COLUMNS}


def summary_from(rows: Iterable[Mapping[str, Any]]) -> Summary:
    """A summary from rows as `Summary.rows` gives them."""
    found = Summary()
    for row in rows:
        found.add(int(row["province"]), str(row["segment"]), int(row["workers"]), {n: int(row[n]) for n in COLUMNS[1:]})
    return found


def write_summary(summary: Summary, out: Path, about: Mapping[str, Any]) -> list[Path]:
    """Writes summary.parquet, summary.csv (with province names) and summary.json (with `about`); each whole or not at all."""
    rows = summary.rows()
    paths = [out / f"summary.{kind}" for kind in ("parquet", "csv", "json")]
    whole(paths[0], lambda p: pq.write_table(_table(rows), p))
    whole(paths[1], lambda p: _write_csv(rows, p))
    content = {**about, "total": summary.total(), "rows": rows}
    whole(paths[2], lambda p: p.write_text(json.dumps(content, indent=1), encoding="utf-8"))
    return paths


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    province = from_numbers(np.array([row["province"] for row in rows], dtype=np.int32), pa.int32())
    segment = from_texts([row["segment"] for row in rows])
    sums = [from_numbers(np.array([row[name] for row in rows], dtype=np.int64), pa.int64()) for name in COLUMNS]
    return pa.Table.from_arrays([province, segment, *sums], names=["province", "segment", *COLUMNS])


def _write_csv(rows: list[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["province", "province_name", "segment", *COLUMNS])
        for row in rows:
            name = PROVINCES[row["province"]].name
            writer.writerow([row["province"], name, row["segment"], *(row[n] for n in COLUMNS)])


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside the path, then renames: a reader sees the whole file or none; nothing half-done stays.

    The name beside is its own each time, so that two attempts at one file (Spark may make them) do not meet.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        write(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
