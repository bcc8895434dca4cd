"""The outcomes of a run, written a part at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.access.bulk import insert_rows
from jamsostek.linkage.decide import ASK, DIFFERENT, SAME
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.outreach.actions.linking.answering import settled
from jamsostek.outreach.actions.linking.records import participant_keys
from jamsostek.outreach.models import Register, Run

KEEPS_OUT = "keeps_out"
"""Why people are asked although the weight is high."""
AT_ONCE = 50_000
_FACTS = [one.name for one in INDONESIA.comparisons]


def keep(
    run: Run, register: Register, decided: pa.Table, pairs: pa.Table, keys: dict[int, bytes], others: dict[int, bytes] | None
) -> dict[str, int]:
    """Writes every outcome and returns how many of each; `others` are the members' keys where those are people of a register.

    There, who is different from all has no row, and nobody is the same without people.
    """
    answers = settled(register.region_code)
    counts = {SAME: 0, ASK: 0, DIFFERENT: 0}
    for part, clues in _parts(decided, pairs):
        rows = [row for row in part.to_pylist() if others is None or row["outcome"] != DIFFERENT]
        counts[DIFFERENT] += len(part) - len(rows)
        by_member = others or participant_keys(row["member"] for row in rows if row["member"] is not None)
        told: list[tuple[Any, ...]] = []
        for row in rows:
            member, key = row["member"], keys[row["row"]]
            other = None if member is None else by_member[member]
            outcome, reasons = row["outcome"], row["reasons"]
            if outcome == SAME and others is not None:
                outcome, reasons = ASK, [KEEPS_OUT]
            known = answers.get((key, other))
            if known is not None:
                outcome, reasons = known, []
            shown = None if outcome == DIFFERENT else json.dumps(clues.get((row["row"], member)))
            counts[outcome] += 1
            told.append((
                row["row"], outcome, reasons, member, other, row["weight"], shown, row["second"], row["second_weight"], key
            ))  # fmt: skip
        _insert(run, register, told)
    return counts


def _parts(decided: pa.Table, pairs: pa.Table) -> Iterator[tuple[pa.Table, dict[tuple[int, int], dict[str, Any]]]]:
    """Outcomes some at a time, with what each comparison said of their pairs: level and bits."""
    decided = decided.sort_by("row")
    pairs = pairs.take(pc.sort_indices(pairs, [("row", "ascending")]))
    places = pairs["row"].to_numpy()
    for at in range(0, len(decided), AT_ONCE):
        part = decided.slice(at, AT_ONCE)
        first, last = part["row"][0].as_py(), part["row"][-1].as_py()
        begins, ends = np.searchsorted(places, first, "left"), np.searchsorted(places, last, "right")
        clues = {
            (pair["row"], pair["member"]): {name: pair[name] for fact in _FACTS for name in (fact, f"{fact}_bits")}
            for pair in pairs.slice(begins, ends - begins).to_pylist()
        }
        yield part, clues


def _insert(run: Run, register: Register, told: list[tuple[Any, ...]]) -> None:
    columns: list[Any] = list(zip(*told, strict=True)) if told else [()] * 10
    insert_rows("outreach_link", {
        "run_id": ("bigint", [run.pk] * len(told)),
        "person_id": ("bigint", columns[0]),
        "register_id": ("bigint", [register.pk] * len(told)),
        "outcome": ("text", columns[1]),
        "reasons": ("text", ["{" + ",".join(reasons) + "}" for reasons in columns[2]]),
        "member_id": ("bigint", columns[3]),
        "member_key": ("bytea", columns[4]),
        "weight": ("float8", columns[5]),
        "clues": ("text", columns[6]),
        "second_id": ("bigint", columns[7]),
        "second_weight": ("float8", columns[8]),
        "record_key": ("bytea", columns[9]),
    }, casts={"reasons": "text[]", "clues": "jsonb"})  # fmt: skip
