"""Reads a register of any layout and size, chunk by chunk: good rows as Arrow tables, all else as problems.

The file is read in a limited child; memory does not grow with its rows, but for sixteen bytes a row and key that tell who
stood in an earlier row, and the shared texts of an XLSX. Reading again from a chunk's `next_row`, with the same mapping,
month and chunk size, gives the same following chunks: the rows before are read once more for those keys, and not given.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import abc
from collections.abc import Iterator

from jamsostek.core.months import last_day, parse_month
from jamsostek.messages.limited import MEMORY_BYTES, stream_limited
from jamsostek.messages.register.chunks import Chunk, Counts
from jamsostek.messages.register.files import SECONDS, Source, opened
from jamsostek.messages.register.interpret import read_chunks
from jamsostek.messages.register.mapping import Mapping

CHUNK_ROWS = 50_000


def read_register(
    source: Source,
    mapping: Mapping,
    *,
    month: str | int,
    snapshot: dt.date | None = None,
    villages: abc.Mapping[int, str] | None = None,
    districts: abc.Mapping[int, str] | None = None,
    regencies: abc.Mapping[int, str] | None = None,
    former_villages: abc.Mapping[int, int] | None = None,
    regency: int | None = None,
    chunk_rows: int = CHUNK_ROWS,
    start_row: int = 0,
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Iterator[Chunk]:
    """Streams the chunks of a register with what the person decided about its columns.

    `month` places a NIK's two-digit year; `snapshot` is the day the register speaks of (default the month's last), after
    which nobody is born; no clock is read. `villages` (10 digits), `districts` (6) and `regencies` (4) are names by
    Kemendagri code; `former_villages` codes no longer in force -> successor (0: none). `regency`: villages elsewhere are
    told. `start_row` is the `next_row` of the last chunk taken. Raises `FileUnreadable`, `InputError` (mapping, month).
    """
    mapping.check()
    number = parse_month(month)
    options = {
        "mapping": mapping.to_json(),
        "month": number,
        "today": (snapshot or last_day(number)).isoformat(),
        "chunk_rows": chunk_rows,
        "start_row": start_row,
        "villages": list((villages or {}).items()),
        "districts": list((districts or {}).items()),
        "regencies": list((regencies or {}).items()),
        "former": list((former_villages or {}).items()),
        "regency": regency,
    }
    with opened(source) as (file, kind, _name):
        options["kind"] = kind
        for rows, problems in stream_limited(read_chunks, file, options=options, seconds=seconds, memory_bytes=memory_bytes):
            told = json.loads(rows.schema.metadata[b"chunk"])
            yield Chunk(
                first_row=told["first_row"],
                next_row=told["next_row"],
                rows=rows.replace_schema_metadata(None),
                problem_table=problems,
                counts=Counts(*told["counts"]),
                sheet=told["sheet"],
                titles=tuple(told["titles"]),
            )
