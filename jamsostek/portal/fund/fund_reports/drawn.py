"""Tables and graphs of a report as a page shows them: accounts lead into the books at the report's day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from jamsostek.core.months import first_day, last_day
from jamsostek.core.rupiah import format_decimal
from jamsostek.core.text import _
from jamsostek.fund.models import Report
from jamsostek.fund.reports import blocks, building
from jamsostek.fund.reports.blocks import Account, Block, Cell, Graph, shown
from jamsostek.fund.reports.statement import RECEIVABLE
from jamsostek.portal.screens import Chart, Column, Link, Measure, Table, chart, table
from jamsostek.portal.screens.charts import all_drawn
from jamsostek.portal.screens.words import date


def tables(report: Report, parts: Mapping[str, Any], *, linked: bool) -> list[tuple[Table, str]]:
    """Every table with the sentence below it; `linked` where the reader may open the books."""
    month = building.last_month(report)
    return [(_table(one, month if linked else 0), one.note) for one in blocks.blocks(report, parts)]


def _table(one: Block, month: int) -> Table:
    def show(at: int) -> Any:
        return lambda row: _cell(row[at], month)

    columns = [Column(head, show(at), number=at in one.numbers) for at, head in enumerate(one.heads)]
    return table(one.title, columns, one.rows, total=[shown(cell) for cell in one.total])


def _cell(cell: Cell, month: int) -> Any:
    return Link(cell.text, books_url(cell.code, month)) if isinstance(cell, Account) and month else shown(cell)


def books_url(code: str, month: int) -> str:
    """An account's movements of a month; all receivables together in the trial balance of the month's end."""
    end = last_day(month)
    if code == RECEIVABLE:
        return f"{reverse('books:trial')}?on-d={end.day}&on-m={end.month}&on-y={end.year}"
    return f"{reverse('books:account', args=[code])}?{_days('first', first_day(month))}&{_days('last', end)}"


def _days(name: str, day: dt.date) -> str:
    return f"{name}-d={day.day}&{name}-m={day.month}&{name}-y={day.year}"


def charts(report: Report, parts: Mapping[str, Any], *, source: str = "") -> list[Chart]:
    """Every graph with its table."""
    as_of = date(last_day(building.last_month(report)))
    return all_drawn([_chart(one, as_of, source or _("buku besar pemasangan ini")) for one in blocks.graphs(report, parts)])


def _chart(one: Graph, as_of: str, source: str) -> Chart:
    columns = [
        Measure(title, key, lambda value: format_decimal(value, 3), number=True) if key == "billions" else Measure(title, key)
        for title, key in one.columns
    ]
    return chart(
        one.name, one.title, one.spec, columns, one.rows, text=one.text, source=source, status="", as_of=as_of, draw=False
    )
