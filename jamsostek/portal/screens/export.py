"""Downloads as CSV and XLSX: formulas are neutral, and the file says who took it and when."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpRequest
from django.utils import timezone

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.portal.screens.words import moment

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_000_000
"""What a sheet holds, less a little."""
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(request: HttpRequest, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as a file in the form asked for by `?bentuk=` (xlsx where nothing is asked). `name` is without its ending."""
    chosen = export_csv if request.GET.get("bentuk") == "csv" else export_xlsx
    return chosen(request, name, headings, rows)


def export_csv(request: HttpRequest, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Comma separated, UTF-8 with the mark Excel needs; the last line says who took it.

    Written whole inside the view: its rows are read under the visitor's scope, which ends with the view.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([neutral(value) for value in row])
    writer.writerow([_mark(request)])
    text.flush()
    text.detach()
    return _sent(file, f"{name}.csv", CSV)


def export_xlsx(request: HttpRequest, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A workbook with one sheet of rows and one that says who took it; memory stays flat."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True, **quiet})
    taken = _mark(request)
    book.set_properties({"title": name, "comments": taken})
    _write_rows(book, headings, rows)
    about = book.add_worksheet(_("Keterangan"))
    about.write_string(0, 0, taken)
    about.set_column(0, 0, 90)
    book.close()
    return _sent(file, f"{name}.xlsx", XLSX)


def neutral(value: Any) -> Any:
    """A value a spreadsheet will not run: text that looks like a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _write_rows(book: xlsxwriter.Workbook, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(_("Data"))
    bold = book.add_format({"bold": True, "bottom": 1})
    quoted, day = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(headings) - 1, 0), 20)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for at, row in enumerate(rows, 1):
        if at > SHEET_ROWS:
            raise InputError(_("Baris terlalu banyak untuk satu lembar kerja."), remedy=_("Unduh sebagai CSV."))
        for column, value in enumerate(row):
            if isinstance(value, bool) or value is None:
                sheet.write(at, column, value)
            elif isinstance(value, int):
                sheet.write_number(at, column, value)
            elif isinstance(value, (dt.date, dt.datetime)):
                sheet.write_datetime(at, column, value, day)
            else:
                text = str(value)
                sheet.write_string(at, column, text, quoted if text.startswith(_STARTS_FORMULA) else None)


def _mark(request: HttpRequest) -> str:
    name = request.user.get_username() if request.user.is_authenticated else _("pengunjung")
    return _("Diunduh oleh {name} pada {moment}").format(name=name, moment=moment(timezone.now()))


def _sent(file: IO[bytes], name: str, kind: str) -> FileResponse:
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
