"""The award's score, and pymcdm's TOPSIS over the same measures beside it; the last line is JSON.

python -m benchmarks.award score ROWS SIDE | draws DRAWS SIDE | file ROWS       SIDE: ours, pymcdm, sample

`ours` and `pymcdm` do the same: min-max, TOPSIS, ranks; ours also parts, reasons and ties, in whole numbers. `sample` is a
category of the sample edition as it is (firms: benchmark, weighted sum, what is missing left out). Measures are invented.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from jamsostek.awards.edition import Category, Edition
from jamsostek.awards.reading import read, samples
from jamsostek.awards.scoring import MILLION, MISSING, Field, score, sensitivity

REGENCIES, FIRMS = 514, 725_356
MISSING_IN = 40
"""One measure in so many is missing, where the side knows missing ones."""


def main() -> int:
    """Runs one side in this process, so that what it takes is what the process takes."""
    what, count, side = sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""
    edition = read(samples()["peragaan-2026"])
    told = (
        _file(edition, count)
        if what == "file"
        else _score(edition, count, side)
        if what == "score"
        else _draws(edition, count, side)
    )
    print(json.dumps(told))
    return 0


def category_of(edition: Edition, rows: int, side: str) -> Category:
    """Regencies up to ten thousand rows, firms beyond; as the sample has it, or TOPSIS of min-max for both sides."""
    one = edition.category("employer_large" if rows > 10_000 else "regency_coverage")
    return one if side == "sample" else replace(one, normalise="min_max", aggregate="topsis", missing="zero")


def field_of(edition: Edition, category: Category, rows: int, side: str) -> Field:
    """Invented measures, the same for every side."""
    criteria = tuple(one.criterion for one in category.criteria)
    words = np.random.PCG64(rows).random_raw(rows * len(criteria)).reshape(rows, len(criteria))
    values = (words >> np.uint64(40)).astype(np.int64) % MILLION
    if side == "sample":
        values[words % np.uint64(MISSING_IN) == 0] = MISSING
    return Field(
        tuple(f"{at:07d}" for at in range(rows)), criteria, values, tuple(edition.criteria[one].better for one in criteria)
    )


def _score(edition: Edition, rows: int, side: str) -> dict[str, Any]:
    category = category_of(edition, rows, side)
    field = field_of(edition, category, rows, side)
    taken, first = [], ""
    for _again in range(3):
        begun = time.perf_counter()
        if side == "pymcdm":
            scores, ranks = _topsis(category, field)
            first = field.keys[int(np.argmin(ranks))]
        else:
            done = score(category, field)
            first, scores = field.keys[done.order()[0]], done.scores
        taken.append(time.perf_counter() - begun)
    return {"first_s": taken[0], "seconds": sorted(taken)[1], "first": first, "mean": float(np.mean(scores))}


def _draws(edition: Edition, draws: int, side: str) -> dict[str, Any]:
    category = category_of(edition, REGENCIES, side)
    field = field_of(edition, category, REGENCIES, side)
    begun = time.perf_counter()
    if side != "pymcdm":
        found = sensitivity(category, field, places=3, draws=draws)
        return {"seconds": time.perf_counter() - begun, "survives": float(found.survives.mean())}
    from jamsostek.awards.scoring import SEED, SPREAD_PPM
    from jamsostek.awards.scoring.scored import weights_of
    from jamsostek.awards.scoring.weights import drawn

    weights = drawn(weights_of(category.criteria), draws, SEED, SPREAD_PPM) / MILLION
    base = _topsis(category, field)[1]
    kept = np.array([_topsis(category, field, one)[1] for one in weights])
    np.quantile(kept, [0.05, 0.95], axis=0, method="inverted_cdf")
    return {"seconds": time.perf_counter() - begun, "survives": float((kept == base).mean() * MILLION)}


def _topsis(category: Category, field: Field, weights: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    from pymcdm.helpers import rankdata
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import minmax_normalization

    if weights is None:
        weights = np.array([one.weight_ppm for one in category.criteria]) / MILLION
    types = np.array([1 if one == "more" else -1 for one in field.better])
    scores = TOPSIS(normalization_function=minmax_normalization)(field.values.astype(float), weights, types)
    return scores * MILLION, rankdata(scores, reverse=True)


def _file(edition: Edition, rows: int) -> dict[str, Any]:
    """From a snapshot's file, every digest of it computed again: reading, the field, the score."""
    import datetime as dt

    import pyarrow as pa

    from jamsostek.awards import snapshot as snapshots
    from jamsostek.awards.scoring import screen

    columns = snapshots.columns_of(edition, "measures-employer")
    random = np.random.default_rng(rows)
    made: dict[str, Any] = {name: pa.nulls(rows, kind) for name, kind in _kinds(columns).items()}
    made |= {
        "key": pa.array(np.arange(1, rows + 1)), "code": pa.array([f"P{at:07d}" for at in range(rows)]),
        "name": pa.array([f"PT Rekaan {at}" for at in range(rows)]), "province": pa.array(np.full(rows, 35, np.int32)),
        "scale": pa.array(["large"] * rows), "invented": pa.array([True] * rows),
    }  # fmt: skip
    for name in columns:
        if name.startswith("num_"):
            made[name], made["den_" + name[4:]] = pa.array(random.integers(0, 90, rows)), pa.array(random.integers(90, 200, rows))
    facts = snapshots.Facts(samples()["peragaan-2026"], 1, "province", "measured", "0" * 64)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.zip"
        begun = time.perf_counter()
        path.write_bytes(
            snapshots.packed(
                facts, {"measures-employer": pa.table(made).select(list(columns))}, as_of=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
            )
        )
        packed = time.perf_counter() - begun
        begun = time.perf_counter()
        found = snapshots.read(path)
        opened = time.perf_counter() - begun
        category = edition.category("employer_large")
        begun = time.perf_counter()
        done = screen(category, snapshots.field_of(found, category, "province", 35))
        return {
            "packed_s": packed,
            "read_s": opened,
            "score_s": time.perf_counter() - begun,
            "megabytes": path.stat().st_size / 1e6,
            "rows": len(done),
        }


def _kinds(columns: dict[str, str]) -> dict[str, Any]:
    from jamsostek.awards.snapshot.schema import arrow_schema

    return {one.name: one.type for one in arrow_schema(columns)}


if __name__ == "__main__":
    raise SystemExit(main())
