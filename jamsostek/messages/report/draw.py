"""A report as a PDF (PDF/UA-1, typeset by Typst with the fonts of the card) and as a workbook. Words come in, bytes go out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import xlsxwriter

from jamsostek.messages.chart import in_colours
from jamsostek.messages.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "report.typ"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHEET_NAME = 31
"""Letters a sheet's name has at most."""


@dataclass(frozen=True)
class Picture:
    """A chart with its title, and what it shows in words; no picture where the SVG is empty."""

    title: str
    svg: str
    said: str


@dataclass(frozen=True)
class Grid:
    """A table as it is read; `numbers` are places of columns that hold figures, `total` is a last line."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    total: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """What stands on the pages, in order."""

    language: str
    title: str
    subtitle: str
    made_at: dt.datetime
    notes: Sequence[str]
    blocks: Sequence[Picture | Grid]
    ends: Sequence[str]


def draw_report_pdf(told: Paper) -> bytes:
    """The pages; the same report gives the same bytes."""
    data = {
        "language": told.language, "title": told.title, "subtitle": told.subtitle, "notes": list(told.notes),
        "blocks": [_block(one) for one in told.blocks], "ends": list(told.ends),
    }  # fmt: skip
    made = told.made_at.astimezone(dt.UTC).replace(microsecond=0)
    return pdf(_TEMPLATE, data, made)


def _block(one: Picture | Grid) -> dict[str, object]:
    told = asdict(one) | {"kind": "picture" if isinstance(one, Picture) else "table"}
    if isinstance(one, Picture):
        told["svg"] = in_colours(one.svg).replace("<g ", '<g font-family="Plus Jakarta Sans" ', 1)
    return told


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook: whole numbers stay numbers, everything else is text."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]
    note: str = ""


def draw_report_xlsx(title: str, about: Sequence[str], sheets: Sequence[Sheet], made_at: dt.datetime) -> bytes:
    """A sheet for each table, after one that says what this is; formulas are neutral, the same report gives the same bytes."""
    file = io.BytesIO()
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, quiet)
    book.set_properties({"title": title, "created": made_at.astimezone(dt.UTC).replace(tzinfo=None)})
    bold, quoted = book.add_format({"bold": True, "bottom": 1}), book.add_format({"quote_prefix": True})
    number = book.add_format({"num_format": "#,##0"})
    first = book.add_worksheet(title[:SHEET_NAME].translate(_FORBIDDEN))
    first.set_column(0, 0, 100)
    first.write_string(0, 0, title, book.add_format({"bold": True}))
    for at, line in enumerate(about, 1):
        first.write_string(at, 0, line)
    for place, one in enumerate(sheets, 1):
        page = book.add_worksheet(f"{place}. {one.title}"[:SHEET_NAME].translate(_FORBIDDEN))
        page.freeze_panes(1, 1)
        page.set_column(0, 0, 44)
        page.set_column(1, max(1, len(one.heads) - 1), 22)
        for column, head in enumerate(one.heads):
            page.write_string(0, column, head, bold)
        for line_at, row in enumerate(one.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line_at, column, cell, number)
                elif cell is not None:
                    page.write_string(line_at, column, cell, quoted if cell.startswith(_STARTS_FORMULA) else None)
        if one.note:
            page.write_string(len(one.rows) + 2, 0, one.note)
    book.close()
    return file.getvalue()


_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
"""What a sheet's name may not hold."""
