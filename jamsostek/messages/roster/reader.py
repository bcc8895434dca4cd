"""Reads a list of people as employers and sponsors make it: any column order, titles, numbers and dates as typed.

`read_roster` parses a file that passed the guards in a limited child process and returns a `Roster`. A file that cannot
be read at all raises `FileUnreadable`.

Hidden sheets are not read and hidden rows are: a filter left on must not leave people out; both are told. Formulas give
their values, those in error are told; macros are never run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.months import parse_month
from jamsostek.law.parameters import law_at
from jamsostek.messages.guards import Upload
from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, run_limited
from jamsostek.messages.roster.interpret import interpret
from jamsostek.messages.roster.layouts import Ages, Layout, Limits
from jamsostek.messages.roster.records import ColumnFound, Counts, Roster


def read_roster(
    upload: Upload,
    *,
    layout: Layout,
    month: str | int,
    sheet: str | None = None,
    villages: Mapping[int, str] | None = None,
    limits: Limits | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Roster:
    """Reads a list for a month (`"2026-06"` or 202606); `sheet` chooses one by name.

    `villages` (Kemendagri code -> name) lets names of villages become codes. `limits` are the law's of the month unless
    given. The month places two-digit years and ages; no clock is read. Raises `FileUnreadable` when the file cannot be
    read, `InputError` for a wrong month.
    """
    number = parse_month(month)
    law = limits or limits_of(number)
    options = {
        "kind": upload.kind,
        "layout": layout.name,
        "month": number,
        "sheet": sheet,
        "villages": [[code, name] for code, name in (villages or {}).items()],
        "limits": [law.bpu_ages.at_least, law.bpu_ages.below, law.register_days],
    }
    rows, problems = run_limited(interpret, upload.content, options=options, seconds=seconds, memory_bytes=memory_bytes)
    return roster_of(rows, problems, name=upload.name, layout=layout.name, month=number)


def limits_of(month: int) -> Limits:
    """What the law of a month says of ages and of the time to register."""
    law = law_at(month)
    at_least, below = law.numbers("bpu.age").tolist()
    return Limits(Ages(at_least, below), law.number("registration.new_worker.jp_days"))


def roster_of(rows: pa.Table, problems: pa.Table, *, name: str, layout: str, month: int) -> Roster:
    """A `Roster` from what the child gives."""
    told: dict[str, Any] = json.loads(rows.schema.metadata[b"roster"])
    counted = pc.value_counts(rows["activity"]).to_pylist()
    activities = {one["values"]: one["counts"] for one in counted}
    return Roster(
        name=name,
        layout=layout,
        month=month,
        sheet=told["sheet"],
        header_row=told["header_row"],
        body_row=told["body_row"],
        columns=tuple(ColumnFound(*column) for column in told["columns"]),
        rows=rows.replace_schema_metadata(None),
        problem_table=problems,
        counts=Counts(told["read"], rows.num_rows, told["refused"], told["warned"], activities),
    )
