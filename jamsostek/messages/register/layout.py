"""Where in a file the table is: the sheet, the row of titles, the titles. Runs in the limited child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from jamsostek.messages.register.columns import MOST_COLUMNS
from jamsostek.messages.register.files import Table
from jamsostek.messages.register.mapping import Mapping, fingerprint
from jamsostek.messages.register.texts import TextTable
from jamsostek.messages.register.titles import VOCABULARY
from jamsostek.messages.tables.cells import text_of
from jamsostek.messages.tables.titles import HEADER_ROWS

SAMPLE_ROWS = 200
_LONG_NUMBER = 12


@dataclass(frozen=True)
class Layout:
    """The last row of titles (1 = first; 0: none), the titles, what the vocabulary says each is."""

    sheet: str
    header_row: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]
    score: float


def best_layout(table: Table, wanted: str | None = None) -> tuple[Layout, list[list[Any]]]:
    """The sheet that names most, visible ones first, and its first rows."""
    sheets = [wanted] if wanted is not None else [*table.sheets, *table.hidden]
    best: tuple[Layout, list[list[Any]]] | None = None
    for sheet in sheets:
        rows = table.top(sheet, HEADER_ROWS + SAMPLE_ROWS)
        layout = layout_of(rows, sheet)
        layout = _titled(layout, rows) if isinstance(table, TextTable) else layout
        score = layout.score - 100 * (sheet in table.hidden)
        if best is None or score > best[0].score - 100 * (best[0].sheet in table.hidden):
            best = layout, rows
    assert best is not None
    return best


def _titled(layout: Layout, rows: Sequence[Sequence[Any]]) -> Layout:
    """Without columns beyond the last title that few rows reach: cells divided once too often are no column."""
    width = max((at + 1 for at, title in enumerate(layout.titles) if title), default=len(layout.titles))
    body = rows[layout.header_row :]
    longer = sum(any(text_of(cell) for cell in row[width:]) for row in body)
    if 2 * longer >= max(len(body), 1):
        return layout
    return replace(layout, titles=layout.titles[:width], fields=layout.fields[:width])


def layout_of(rows: Sequence[Sequence[Any]], sheet: str) -> Layout:
    """The titles among the first rows; where none are known the first row of texts alone, or none at all."""
    header = VOCABULARY.find_header(rows)
    width = max(map(len, rows), default=0)
    if header is not None:
        titles = tuple(_title(title) for title in header.titles) + ("",) * (min(width, MOST_COLUMNS) - len(header.titles))
        fields = header.fields + ("",) * (len(titles) - len(header.fields))
        return Layout(sheet, header.row + header.height, titles, fields, header.score)
    at = _first_titles(rows)
    titles = titles_at(rows, at)
    return Layout(sheet, at, titles, tuple(VOCABULARY.field_of(title) for title in titles), 0.0 if at else -1.0)


def titles_at(rows: Sequence[Sequence[Any]], row: int) -> tuple[str, ...]:
    """The titles in a row (1 = first; 0: none, each column without a title)."""
    width = min(max(map(len, rows), default=0), MOST_COLUMNS)
    return ("",) * width if row == 0 or row > len(rows) else tuple(_title(text_of(cell)) for cell in rows[row - 1][:width])


def _title(title: str) -> str:
    return " ".join(title.split())[:120]


def _first_titles(rows: Sequence[Sequence[Any]]) -> int:
    """The first row with three different texts and no long number; 0 where the first such row is one of people."""
    for at, row in enumerate(rows[:HEADER_ROWS], 1):
        texts = [text_of(cell) for cell in row]
        filled = [text for text in texts if text]
        if len(filled) < 3:
            continue
        if any(sum(mark.isdigit() for mark in text) >= _LONG_NUMBER for text in filled):
            return 0
        if sum(any(mark.isalpha() for mark in text) for text in filled) >= 3 and len(set(filled)) == len(filled):
            return at
    return 0


def fitted(table: Table, mapping: Mapping) -> Mapping:
    """The mapping moved to where this file's columns stand. Raises `InputError` where its titles are others."""
    layout, rows = best_layout(table, mapping.sheet)
    for titles, row in ((layout.titles, layout.header_row), (titles_at(rows, mapping.header_row), mapping.header_row)):
        if fingerprint(titles) == mapping.fingerprint and (any(titles) or len(titles) == len(mapping.columns)):
            return mapping.for_titles(titles, row, layout.sheet)
    return mapping.for_titles(layout.titles, layout.header_row, layout.sheet)
