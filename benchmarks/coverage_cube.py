"""The cube of coverage: a snapshot of the synthetic nation with invented histories made, and questions asked of it.

python -m benchmarks.coverage_cube make NATION FOLDER
python -m benchmarks.coverage_cube ask FOLDER ROUNDS
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek.config.settings")

from benchmarks.measure import Side
from jamsostek.core.months import add_months
from jamsostek.coverage.cube import Question, Snapshot, ask, latest
from jamsostek.coverage.cube.engine import engine
from jamsostek.coverage.cube.making import make_invented
from jamsostek.coverage.cube.sql import files_sql

DAY, LAST = dt.date(2026, 6, 30), 202606
RECENT = tuple(add_months(LAST, -back) for back in range(36))
YEARS = (202112, 202212, 202312, 202412, 202512)
MAX_PUBLISHED_SECONDS, MAX_SCANS = 2.0, 2.0
PUBLISHED = {
    "headline": Question((LAST,), ("active", "registered", "ever")),
    "provinces": Question((LAST,), ("active", "registered"), ("province",)),
    "regencies": Question((LAST,), ("active",), ("regency",)),
    "regencies by segment and sex": Question((LAST,), ("active",), ("regency", "segment", "sex")),
    "trend of 36 months by segment": Question(RECENT, ("active",), ("month", "segment")),
    "year ends by province": Question(YEARS, ("active",), ("month", "province")),
    "flows of 36 months by payer": Question(RECENT, ("joined", "returned", "lapsed", "died"), ("month", "payer")),
    "programmes by province": Question((LAST,), ("active",), ("province", "programme")),
    "ages and sexes of a province": Question((LAST,), ("active", "ever"), ("age", "sex"), {"province": (35,)}),
    "disability by province": Question((LAST,), ("active",), ("province", "disability")),
    "kinds of work": Question((LAST,), ("active",), ("occupation",)),
    "villages of a regency, a year": Question(RECENT[:12], ("active",), ("month", "village"), {"regency": (3515,)}),
    "offices by province and payer": Question((LAST,), ("active",), ("province", "payer"), basis="office"),
}
"""What pages ask: cells hold it."""
OTHERS = {
    "kinds of work by age": (Question((LAST,), ("active",), ("occupation", "age")), ("occupation", "birth", "state")),
    "reported and not paid by province": (Question((LAST,), ("reported",), ("province",)), ("regency", "state", "declared")),
    "a month long past by province": (Question((201907,), ("active",), ("province",)), ("regency", "state")),
    "a year of women by regency and work": (
        Question(RECENT[:12], ("active",), ("month", "regency", "occupation"), {"sex": ("f",)}),
        ("regency", "state", "occupation", "sex"),
    ),
}
"""What cells do not hold, and the columns of rows it needs besides the two months."""


def make(nation: Path, folder: Path) -> None:
    """A snapshot into a folder; tells sizes and seconds."""
    made = make_invented(folder, nation, DAY, memory="6GB")
    rows = sum(one.stat().st_size for one in made.row_files())
    print(json.dumps({
        "people": made.people, "rows": made.rows, "cells": made.cells, "seconds": made.seconds, "rows_mb": rows // 10**6,
        "cells_mb": (made.bytes - rows) // 10**6,
    }))  # fmt: skip


def questions(folder: Path, rounds: int) -> None:
    """Every question so many times; tells the seconds, and those of a bare scan beside questions on the rows."""
    found = latest(folder)
    assert found is not None
    published = {name: _seconds(question, found, rounds, "cells") for name, question in PUBLISHED.items()}
    others = {}
    for name, (question, columns) in OTHERS.items():
        sides: dict[str, list[float]] = {"ours": [], "scan": []}
        for _round in range(rounds):
            sides["scan"].append(_scan(found, ("from_month", "to_month", *columns)))
            sides["ours"] += _seconds(question, found, 1, "rows")
        others[name] = {side: statistics.median(taken) for side, taken in sides.items()}
    print(json.dumps({"published": published, "others": others}))


def _seconds(question: Question, snapshot: Snapshot, rounds: int, source: str) -> list[float]:
    taken = []
    for _round in range(rounds):
        begun = time.perf_counter()
        answer = ask(question, snapshot=snapshot)
        taken.append(time.perf_counter() - begun)
        assert answer.source == source, question
    return taken


def _scan(snapshot: Snapshot, columns: tuple[str, ...]) -> float:
    """Every value of the columns read and added, by the same engine."""
    begun = time.perf_counter()
    with engine() as con:
        con.execute(f"SELECT {', '.join(f'sum({one})' for one in columns)} FROM {files_sql(snapshot.row_files())}").fetchall()
    return time.perf_counter() - begun


Told = tuple[str, str, str, str, str, str, bool | None]


def lines(nation: Path, people: int, folder: Path, rounds: int) -> Iterator[Told]:
    """The lines of one size."""
    made = Side("coverage_cube", ("make", nation, folder)).run()
    told: dict[str, Any] = dict(made.told)
    cells = sum(told["cells"].values())
    each = ", ".join(f"{name} {count:,}" for name, count in told["cells"].items())
    yield (
        "cube: snapshot made", f"{people:,}",
        f"{told['seconds']:.0f} s, {made.peak_mb:.0f} MB; {told['rows']:,} rows ({told['rows_mb']} MB),"
        f" {cells:,} cells ({told['cells_mb']} MB): {each}", "", "", "", None,
    )  # fmt: skip
    asked = dict(Side("coverage_cube", ("ask", folder, rounds)).run().told)
    slowest = max(asked["published"].items(), key=lambda one: max(one[1]))
    middle = statistics.median(second for taken in asked["published"].values() for second in taken)
    yield (
        f"cube: {len(PUBLISHED)} published questions", f"{people:,}",
        f"p50 {middle:.2f} s, longest {max(slowest[1]):.2f} s ({slowest[0]})", "", "", f"< {MAX_PUBLISHED_SECONDS:.0f} s",
        max(slowest[1]) < MAX_PUBLISHED_SECONDS,
    )  # fmt: skip
    for name, taken in asked["others"].items():
        ratio = taken["ours"] / taken["scan"]
        yield (
            f"cube, on rows: {name}", f"{people:,}", f"{taken['ours']:.2f} s",
            f"bare scan of its columns: {taken['scan']:.2f} s", f"{ratio:.2f}", f"≤ {MAX_SCANS:.0f}", ratio <= MAX_SCANS,
        )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        questions(Path(sys.argv[2]), int(sys.argv[3]))
