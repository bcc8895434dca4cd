"""Lists as employers and sponsors send them, made for tests: a workbook of the template's titles with the rows given."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from jamsostek.messages.roster.layouts import READ
from tests import cast

Row = Mapping[str, Any]


def sheet(rows: Iterable[Row], layout: str = "employer") -> bytes:
    """A workbook; each row names fields of the layout."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Daftar")
    fields = READ[layout].fields
    for column, field in enumerate(fields):
        page.write_string(0, column, field.title)
    for at, row in enumerate(rows, 1):
        for column, field in enumerate(fields):
            value = row.get(field.name)
            if isinstance(value, int):
                page.write_number(at, column, value)
            elif value is not None:
                page.write_string(at, column, str(value))
    book.close()
    return target.getvalue()


def join(number: int, **given: Any) -> dict[str, Any]:
    """Somebody who joins: person `number` is the same person each time."""
    born = dt.date(1975, 1, 1) + dt.timedelta(days=number * 5)
    sex = "f" if number % 2 else "m"
    row = {
        "activity": "MASUK", "nik": cast.nik(born, sex, cast.SIDOARJO, number % 18 + 1), "name": name_of(number),
        "birth_date": f"{born:%d-%m-%Y}", "sex": "P" if sex == "f" else "L", "mother_name": f"Ibu {name_of(number + 7)}",
        "address": f"Jl. Contoh {number}", "region_code": str(cast.SIDOARJO), "phone": f"08120000{number:04d}",
        "start_date": "02-11-2026", "wage": 5_000_000 + number, "occupation": "Operator",
    }  # fmt: skip
    return row | given


def vulnerable(number: int, **given: Any) -> dict[str, Any]:
    """Somebody on a sponsor's list."""
    row = {name: value for name, value in join(number).items() if name not in ("wage", "start_date")}
    return row | {"occupation": "Petani"} | given


_FIRST = ("Agus", "Siti", "Budi", "Dewi", "Made", "Sri", "Joko", "Ratna", "Eko", "Wati")
_LAST = ("Santoso", "Aminah", "Wijaya", "Lestari", "Hidayat", "Susanti", "Nugroho", "Handayani", "Pratama", "Rahayu", "Purnomo")


def name_of(number: int) -> str:
    """A name that is not like its neighbours'."""
    return f"{_FIRST[number % 10]} {_LAST[number % 11]} {_LAST[(number * 7 + 3) % 11]}"
