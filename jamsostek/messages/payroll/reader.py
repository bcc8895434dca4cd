"""Reads an employer's payroll workbook as people make them: any column order, titles, numbers and dates as typed.

`read_payroll` guards the file, parses it in a limited child process, and returns a `Payroll`: workers fit to be billed
and problems in the sender's words. A file that cannot be read at all raises `FileUnreadable`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from jamsostek.core.months import parse_month
from jamsostek.core.nik import mask_nik
from jamsostek.messages.guards import DEFAULT_LIMITS, Limits, Upload, read_upload
from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, run_limited
from jamsostek.messages.payroll.problems import RowProblem, severity_of
from jamsostek.messages.payroll.records import ColumnFound, Payroll, PayrollRow
from jamsostek.messages.payroll.rows import Interpreter, Workers
from jamsostek.messages.payroll.sheets import read_payroll_sheet
from jamsostek.messages.tables.bodies import Body
from jamsostek.messages.tables.problems import NOTE, mask
from jamsostek.messages.tables.sheets import Sheet
from jamsostek.messages.tables.titles import letter

_SCHEMA = pa.schema(
    [
        ("row", pa.int32()),
        ("name", pa.string()),
        ("nik", pa.string()),
        ("kpj", pa.string()),
        ("wage_rupiah", pa.int64()),
        ("daily_wage_rupiah", pa.int64()),
        ("birth_date", pa.date32()),
        ("sex", pa.string()),
        ("risk_class", pa.string()),
        ("position", pa.string()),
    ]
)
_FREE_TEXT = frozenset({"name", "position"})


def read_payroll(
    path: Path | str,
    *,
    month: str | int,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Payroll:
    """Reads a payroll file for a contribution month (`"2026-06"` or 202606); `sheet` chooses one by name.

    The month places two-digit years and ages; no clock is read. Raises `FileUnreadable` when the file cannot be read,
    `InputError` for a wrong month, `OSError` where the file system refuses.
    """
    return parse_upload(read_upload(Path(path), limits), month=month, sheet=sheet, seconds=seconds, memory_bytes=memory_bytes)


def parse_upload(
    upload: Upload,
    *,
    month: str | int,
    sheet: str | None = None,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Payroll:
    """As `read_payroll`, for a file already checked."""
    number = parse_month(month)
    options = {"kind": upload.kind, "month": number, "sheet": sheet}
    table = run_limited(interpret, upload.content, options=options, seconds=seconds, memory_bytes=memory_bytes)
    return _payroll(table, upload.name, number)


def interpret(content: bytes, *, kind: str, month: int, sheet: str | None) -> pa.Table:
    """What the child does: the good rows as an Arrow table, all else as JSON in its schema's metadata."""
    found = read_payroll_sheet(content, kind, sheet)
    begins = found.header.row + found.header.height
    reader = Interpreter(found.rows[begins:], found.header, month)
    sorted_rows = reader.sort_rows()
    workers = reader.read_workers(sorted_rows.workers)
    compared = reader.check_totals(sorted_rows)
    reader.note_columns()
    first = found.first_row + begins + 1
    refused = reader.refused()
    told = {
        "sheet": found.name,
        "other_sheets": found.others,
        "header_row": found.first_row + found.header.row + 1,
        "columns": _columns(found, reader),
        "problems": _problems(reader, found, sorted_rows, first),
        "rows_refused": len(refused),
        "totals_compared": compared,
    }
    return _table(workers, refused, first).replace_schema_metadata({"payroll": json.dumps(told)})


def _table(workers: Workers, refused: set[int], first: int) -> pa.Table:
    good = pa.array([at not in refused for at in workers.at], pa.bool_())
    columns = [
        [first + at for at in workers.at], workers.name, workers.nik, workers.kpj, workers.wage, workers.daily,
        workers.birth_date, workers.sex, workers.risk_class, workers.position,
    ]  # fmt: skip
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA).filter(good)


def _columns(found: Sheet, reader: Interpreter) -> list[tuple[str, str, str]]:
    fields = zip(found.header.titles, found.header.fields, strict=True)
    columns = []
    for position, (title, field) in enumerate(fields):
        if title or field:
            other_number = field == "nik" and position != reader.nik_column
            columns.append((letter(found.first_column + position), title, "" if other_number else field))
    return columns


def _problems(reader: Interpreter, found: Sheet, body: Body, first: int) -> list[dict[str, Any]]:
    """Problems in the order of the sheet, the sheet's own first, with row numbers and letters as Excel shows them."""
    if found.others:
        reader.note(None, None, "other_table", ", ".join(found.others))
    if body.skipped:
        shown = ", ".join(str(first + at) for at in body.skipped[:20])
        reader.note(None, None, "rows_skipped", shown + (", …" if len(body.skipped) > 20 else ""))
    told = []
    for at, column, kind, value, detail in sorted(reader.problems, key=lambda p: (-1 if p[0] is None else p[0], p[1])):
        if "first_row" in detail:
            detail["first_row"] += first
        told.append(
            {
                "kind": kind,
                "row": None if at is None else first + at,
                "column": "" if column < 0 else letter(found.first_column + column),
                "title": "" if column < 0 else found.header.titles[column],
                "field": "" if column < 0 else found.header.fields[column],
                "value": value,
                "detail": detail,
            }
        )
    return told


# --- back in the parent -----------------------------------------------------------------------------------------------


def _payroll(table: pa.Table, name: str, month: int) -> Payroll:
    told = json.loads(table.schema.metadata[b"payroll"])
    problems = [_problem(told["sheet"], one) for one in told["problems"]]
    columns = [ColumnFound(*one) for one in told["columns"]]
    return Payroll(
        name=name,
        month=month,
        sheet=told["sheet"],
        other_sheets=tuple(told["other_sheets"]),
        header_row=told["header_row"],
        columns_found=tuple(column for column in columns if column.field),
        columns_unused=tuple(column for column in columns if not column.field),
        rows=tuple(map(PayrollRow, *(column.to_pylist() for column in table.columns))),
        problems=tuple(problem for problem in problems if severity_of(problem.kind) != NOTE),
        notes=tuple(problem for problem in problems if severity_of(problem.kind) == NOTE),
        rows_refused=told["rows_refused"],
        totals_compared=told["totals_compared"],
    )


def _problem(sheet: str, one: dict[str, Any]) -> RowProblem:
    return RowProblem(
        kind=one["kind"],
        sheet=sheet,
        row=one["row"],
        column=one["column"],
        title=one["title"],
        value_seen=_shown(one["value"], one["field"]),
        value_whole=one["value"],
        detail=one["detail"],
    )


def _shown(value: str, field: str) -> str:
    """A value as a screen may show it: identity numbers starred, and any number long enough to be one."""
    return mask_nik(value) if field == "nik" and value else mask(value, minimum_digits=10 if field in _FREE_TEXT else 12)
