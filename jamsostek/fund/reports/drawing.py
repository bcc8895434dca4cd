"""A report as a PDF and as a workbook, from what was kept: never reckoned again."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from jamsostek.core.text import _, day_words, language
from jamsostek.fund.queries.reports import STATES, Whole
from jamsostek.fund.reports import blocks
from jamsostek.fund.reports.blocks import Account, Block, Graph, Percent, shown
from jamsostek.messages.chart import Order, draw_charts
from jamsostek.messages.report.draw import Grid, Paper, Picture, Sheet, draw_report_pdf, draw_report_xlsx

WIDTH, HEIGHT = 720, 240
_log = logging.getLogger(__name__)


def pdf(whole: Whole) -> bytes:
    """The report on paper, in the reader's language."""
    row = whole.row
    tables = [_grid(one) for one in blocks.blocks(row, whole.parts)]
    pictures = _pictures(blocks.graphs(row, whole.parts))
    return draw_report_pdf(
        Paper(
            language(),
            blocks.title_of(row),
            blocks.subtitle_of(row),
            row.known_at,
            notes(whole),
            [*pictures, *tables],
            ends(whole),
        )
    )


def xlsx(whole: Whole) -> bytes:
    """The report as a workbook: figures are numbers, accounts have their code beside them."""
    sheets = [_sheet(one) for one in blocks.blocks(whole.row, whole.parts)]
    about = [blocks.subtitle_of(whole.row), *notes(whole), *ends(whole)]
    return draw_report_xlsx(blocks.title_of(whole.row), about, sheets, whole.row.known_at)


def notes(whole: Whole) -> list[str]:
    """What stands above the figures."""
    row = whole.row
    found = [_(STATES[whole.state]) + "."] if whole.state != "signed" else []
    if row.invented:
        found.append(_("Contoh rekaan untuk peragaan: orang, efek, dan harganya tidak ada."))
    if row.note:
        found.append(_("Edisi ini: {note}").format(note=row.note))
    found.append(_("Semua angka dalam rupiah, dari saldo buku besar."))
    return found


def ends(whole: Whole) -> list[str]:
    """By whom and when it was signed, and how anyone checks it."""
    known = _("Angka seperti tercatat di buku besar {day}.").format(day=day_words(whole.row.known_at.date()))
    if whole.answer is None or not whole.answer.signed:
        return [known]
    return [
        known,
        _("Ditandatangani {day}. Sidik SHA-256: {digest}. Kunci: {key}.").format(
            day=day_words(whole.answer.at.date()), digest=bytes(whole.answer.digest).hex(), key=whole.answer.key_id
        ),
    ]


def _grid(one: Block) -> Grid:
    rows = [[shown(cell) for cell in row] for row in one.rows]
    return Grid(one.title, list(one.heads), rows, sorted(one.numbers), [shown(cell) for cell in one.total], one.note)


def _sheet(one: Block) -> Sheet:
    coded = any(isinstance(cell, Account) for row in one.rows for cell in row)
    rows = [*one.rows, one.total] if one.total else list(one.rows)
    heads = [one.heads[0], *([_("Kode")] if coded else []), *one.heads[1:]]
    return Sheet(one.title, heads, [_cells(row, coded) for row in rows], one.note)


def _cells(row: Sequence[blocks.Cell], coded: bool) -> list[str | int | None]:
    found: list[str | int | None] = [str(cell) if isinstance(cell, (Account, Percent)) else cell for cell in row]
    if coded:
        found.insert(1, row[0].code if isinstance(row[0], Account) else "")
    return found


def _pictures(graphs: Sequence[Graph]) -> list[Picture]:
    """Drawn together; where the engine fails the tables stand alone."""
    try:
        drawings = draw_charts([Order(one.spec, one.rows, language(), WIDTH, HEIGHT) for one in graphs])
    except Exception as error:  # whatever ails the engine, the report has its tables
        _log.warning("graphs of a report were not drawn: %s", error)
        return []
    return [Picture(one.title, svg, one.text) for one, svg in zip(graphs, drawings, strict=True)]
