"""The first sheet of a small workbook or CSV as texts, for lists of a few columns such as a sheet of attendance."""

from __future__ import annotations

import io
from typing import Any

import python_calamine as calamine

from jamsostek.core.text import _
from jamsostek.messages.guards import check_upload
from jamsostek.messages.limited import FileUnreadable, run_limited
from jamsostek.messages.tables.cells import text_of
from jamsostek.messages.tables.sheets import csv_rows

MOST_ROWS, MOST_COLUMNS = 5_000, 20


def read_plain(content: bytes, name: str) -> list[list[str]]:
    """Rows of texts, empty ones too; raises `FileUnreadable`."""
    checked = check_upload(content, name)
    told: dict[str, Any] = run_limited(plain_rows, checked.content, options={"kind": checked.kind})
    return [[str(cell) for cell in row] for row in told["rows"]]


def plain_rows(content: bytes, *, kind: str) -> dict[str, Any]:
    """The same inside the limited child."""
    if kind == "csv":
        rows = csv_rows(content)
    else:
        try:
            with calamine.load_workbook(io.BytesIO(content)) as book:
                rows = book.get_sheet_by_index(0).to_python(skip_empty_area=True, nrows=MOST_ROWS + 1)
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise FileUnreadable(
                _("Isi buku kerja ini rusak."), kind="damaged",
                remedy=_("Buka di Excel, simpan sebagai buku kerja baru (.xlsx), lalu kirim lagi."), detail=str(error),
            ) from None  # fmt: skip
    if len(rows) > MOST_ROWS:
        raise FileUnreadable(
            _("Baris terlalu banyak untuk satu lembar kerja."), kind="too_long", remedy=_("Bagi menjadi beberapa berkas.")
        )
    return {"rows": [[text_of(cell)[:200] for cell in row[:MOST_COLUMNS]] for row in rows]}
