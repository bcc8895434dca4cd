"""Reads a bank statement whatever its format: camt.053, camt.054, MT940 or CSV, told apart by their bytes.

`read_statement` parses in a limited child process, like every file from outside; `parse_statement` does the same here, for
bytes that are our own (a simulator's, a test's). Both give the same `Statement` or raise the same `FileUnreadable`.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from jamsostek.core.text import _
from jamsostek.messages.bank.camt import read_camt
from jamsostek.messages.bank.csvfile import decoded
from jamsostek.messages.bank.csvlines import read_csv
from jamsostek.messages.bank.mt940 import is_mt940, read_mt940
from jamsostek.messages.bank.pages import Page, statement_of
from jamsostek.messages.bank.problems import Problem
from jamsostek.messages.bank.records import CSV, MT940, Entry, Statement
from jamsostek.messages.bank.refusals import empty, not_a_statement, too_large
from jamsostek.messages.limited import MEMORY_BYTES, SECONDS, run_limited

LARGEST_BYTES = 200 << 20
"""About 300,000 entries of a camt.053 as banks write them."""
_OTHERS = (
    (b"PK\x03\x04", "Excel / ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)
_SCHEMA = pa.schema(
    [
        ("row", pa.int32()),
        ("reference", pa.string()),
        ("amount_rupiah", pa.int64()),
        ("credit", pa.bool_()),
        ("booked_on", pa.date32()),
        ("valued_on", pa.date32()),
        ("code", pa.string()),
        ("text", pa.string()),
    ]
)


def read_statement(
    content: bytes, filename: str = "", *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES
) -> Statement:
    """Reads a statement somebody sent; `filename` only helps where a CSV does not say its account.

    Raises `FileUnreadable` for a file that is no statement, is cut short, is in another currency, or does not add up:
    with the row, the value and the way out. Lines that could not be read are the statement's `problems`.
    """
    _check_size(content)
    table = run_limited(interpret, content, options={"filename": filename}, seconds=seconds, memory_bytes=memory_bytes)
    return _from_table(table)


def parse_statement(content: bytes, filename: str = "") -> Statement:
    """As `read_statement`, in this process: for bytes we trust."""
    _check_size(content)
    pages, format = _pages(content, filename)
    return statement_of(pages, format)


def interpret(content: bytes, *, filename: str) -> pa.Table:
    """What the child does: the entries as an Arrow table, all else as JSON in its schema's metadata."""
    return _to_table(parse_statement(content, filename))


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise empty()
    if len(content) > LARGEST_BYTES:
        raise too_large(LARGEST_BYTES >> 20)


def _pages(content: bytes, filename: str) -> tuple[list[Page], str]:
    for magic, called in _OTHERS:
        if content.startswith(magic):
            raise not_a_statement(called)
    if content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        if _HTML.match(content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()):
            raise not_a_statement("HTML")
        return read_camt(content)
    if b"\0" in content[:65_536] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise not_a_statement(_("berkas biner yang tidak dikenal"))
    if is_mt940(content):
        return read_mt940(decoded(content)), MT940
    return read_csv(content, filename), CSV


# --- between the child and its parent ---------------------------------------------------------------------------------

_DAYS = ("from_date", "to_date")
_TOLD = ("format", "account", "currency", "statement_id", "opening_rupiah", "closing_rupiah", "proven")


def _to_table(statement: Statement) -> pa.Table:
    told: dict[str, Any] = {name: getattr(statement, name) for name in _TOLD}
    told |= {name: getattr(statement, name).isoformat() for name in _DAYS}
    told["problems"] = [asdict(problem) for problem in statement.problems]
    columns = [pa.array([getattr(entry, one.name) for entry in statement.entries], one.type) for one in _SCHEMA]
    return pa.Table.from_arrays(columns, schema=_SCHEMA).replace_schema_metadata({"statement": json.dumps(told)})


def _from_table(table: pa.Table) -> Statement:
    told = json.loads(table.schema.metadata[b"statement"])
    problems = tuple(Problem(**one) for one in told.pop("problems"))
    days = {name: pa.scalar(told.pop(name)).cast(pa.date32()).as_py() for name in _DAYS}
    entries = tuple(map(Entry, *(column.to_pylist() for column in table.columns)))
    return Statement(**told, **days, entries=entries, problems=problems)
