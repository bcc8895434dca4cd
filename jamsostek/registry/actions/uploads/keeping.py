"""A list that was read, kept as two sealed files: good rows until they are written, problems while they can be mended."""

from __future__ import annotations

import json

import pyarrow as pa

from jamsostek.files import actions as files
from jamsostek.messages.roster.reader import roster_of
from jamsostek.messages.roster.records import SCHEMA, Roster
from jamsostek.registry.models import Upload

RETENTION = "upload"


def keep(roster: Roster) -> tuple[str, str]:
    """Stores a list; returns the digests of its good rows and of its problems."""
    return files.store(_bytes(roster.rows), retention=RETENTION), keep_problems(roster)


def keep_problems(roster: Roster) -> str:
    """Stores what was wrong with a list, and how many rows there were; returns its digest."""
    told = {
        "sheet": roster.sheet,
        "header_row": roster.header_row,
        "body_row": roster.body_row,
        "columns": [(one.position, one.title, one.field) for one in roster.columns],
        "read": roster.counts.read,
        "refused": roster.counts.refused,
        "warned": roster.counts.warned,
        "activities": dict(roster.counts.activities),
    }
    about = {"roster": json.dumps(told, ensure_ascii=False)}
    return files.store(_bytes(roster.problem_table.replace_schema_metadata(about)), retention=RETENTION)


def good_rows(upload: Upload) -> pa.Table:
    """The good rows, in the order of the sheet; raises `FileGone` once they are written and forgotten."""
    return _table(files.read(upload.good_digest))


def kept(upload: Upload) -> Roster:
    """The list as it was read, without its good rows: what was wrong, and how many rows there were."""
    problems = _table(files.read(upload.problems_digest))
    told = problems.schema.metadata[b"roster"]
    rows = SCHEMA.empty_table().replace_schema_metadata({"roster": told})
    return roster_of(
        rows, problems.replace_schema_metadata(None), name=upload.file_name, layout=upload.layout, month=upload.month
    )


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _table(content: bytes) -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(content)).read_all()
