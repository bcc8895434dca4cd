"""The form that employers and sponsors download: a sheet to fill in with checks inside, instructions, and an example.

The checks are the spreadsheet's own (NIK of 16 digits, lists, dates, whole numbers), so that most slips show while typing.
They only help: a list is read by its titles, and every check is made again when it comes in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from jamsostek.core.months import add_months, format_month, last_day, parse_month
from jamsostek.core.regions import REGENCIES
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH
from jamsostek.core.text import N_, _, language, speaking
from jamsostek.messages.roster import choices
from jamsostek.messages.roster.layouts import (
    ALWAYS,
    ANSWER,
    BANK,
    CHANGING_WAGE,
    CHOICE,
    DATE,
    DIGITS,
    EITHER,
    EXPECTED,
    JOINING,
    LEAVING,
    MONEY,
    REGION,
    WISHED,
    Field,
    Layout,
)
from jamsostek.messages.roster.places import shown
from jamsostek.messages.roster.sheets import CHOICES, EXAMPLE, FORM, GUIDE
from jamsostek.messages.tables.books import Book, written_whole

ROWS = 100_000
"""Rows of the form that are checked while typing; further ones are read too."""
_EARLIEST = dt.date(1900, 1, 1)
_LONGEST_LIST = 250
"""Excel takes at most 255 letters of choices inside a check; longer lists stand on their own sheet."""
NEEDS = {
    ALWAYS: N_("wajib"),
    EITHER: N_("wajib, atau isi KPJ"),
    JOINING: N_("wajib untuk MASUK"),
    LEAVING: N_("wajib untuk KELUAR"),
    CHANGING_WAGE: N_("wajib untuk MASUK dan UBAH UPAH"),
    EXPECTED: N_("sebaiknya diisi"),
    WISHED: N_("bila ada"),
}
_STEPS = (
    N_("Isi lembar Formulir, satu baris untuk satu orang. Jangan ubah judul kolomnya; urutan kolom boleh diubah."),
    N_("Kolom hijau tua wajib diisi. Arahkan sel untuk melihat petunjuknya."),
    N_("Kolom NIK, KPJ, HP, dan rekening berformat Teks. Menyalin dari berkas lain: Tempel Khusus, Nilai."),
    N_("Kirim berkas ini. Baris yang baik dicatat sesudah dikonfirmasi; yang keliru kembali dengan cara memperbaikinya."),
    N_("Cukup kirim ulang baris yang sudah diperbaiki."),
)


def write_template(
    target: Path | str | BinaryIO,
    layout: Layout,
    *,
    month: str | int,
    regions: Mapping[int, str] | None = None,
    speak: str | None = None,
) -> None:
    """Writes the form of a layout to a path or an open binary file, in `speak` (id, en; the language in force when None).

    `regions` (code -> name) are offered in the list of regions: villages of a sponsor, say; all regencies and cities when
    None. `month` is the one reported; dates up to the end of the next are accepted. Raises `InputError` where the folder
    is not writable.
    """
    offered = {code: shown(code) for code in REGENCIES} if regions is None else _named(regions)
    with speaking(speak or language()):
        if isinstance(target, str | Path):
            with written_whole(Path(target)) as (whole, scratch):
                _Template(whole, layout, parse_month(month), offered, scratch).write()
        else:
            _Template(target, layout, parse_month(month), offered, None).write()


def _named(regions: Mapping[int, str]) -> dict[int, str]:
    return {code: f"{code} {name}" for code, name in regions.items()}


class _Template(Book):
    """The four sheets: form, instructions, example, choices."""

    def __init__(
        self, target: Path | BinaryIO, layout: Layout, month: int, regions: Mapping[int, str], scratch: str | None
    ) -> None:
        super().__init__(target, _(layout.title), scratch)
        self.layout = layout
        self.month = month
        self.lists = self._long_lists(list(regions.values()))
        head: dict[str, Any] = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.needed = self.book.add_format({**head, "bg_color": "#1F6B45", "font_color": "#FFFFFF"})
        self.wished = self.head
        self.digits = self.book.add_format({"num_format": "@"})
        self.date = self.book.add_format({"num_format": "dd/mm/yyyy"})
        self.money = self.book.add_format({"num_format": "[$-421]#,##0"})

    def write(self) -> None:
        """All four, and the file."""
        self._form(self.book.add_worksheet(_(FORM)))
        self._guide(self.book.add_worksheet(_(GUIDE)))
        self._example(self.book.add_worksheet(_(EXAMPLE)))
        self._choices(self.book.add_worksheet(_(CHOICES)))
        self.close()

    # --- the form ---

    def _form(self, sheet: Worksheet) -> None:
        self._titles(sheet)
        for column, field in enumerate(self.layout.fields):
            sheet.data_validation(1, column, ROWS, column, self._check(field, column))
        sheet.autofilter(0, 0, 0, len(self.layout.fields) - 1)
        sheet.activate()

    def _titles(self, sheet: Worksheet) -> None:
        sheet.set_row(0, 32)
        for column, field in enumerate(self.layout.fields):
            sheet.set_column(column, column, field.width, self._look(field))
            sheet.write_string(0, column, _(field.title), self.wished if field.need in (EXPECTED, WISHED) else self.needed)
        name = next(place for place, field in enumerate(self.layout.fields) if field.name == "name")
        sheet.freeze_panes(1, name + 1)
        self.printed(sheet)
        sheet.repeat_rows(0)

    def _look(self, field: Field) -> Format | None:
        looks = {DIGITS: self.digits, REGION: self.digits, DATE: self.date, MONEY: self.money}
        return looks.get(field.form)

    def _check(self, field: Field, column: int) -> dict[str, Any]:
        """The spreadsheet's own check of a column, with the words it shows; choices and banks may be typed otherwise too."""
        told = {
            "input_title": _(field.title)[:32],
            "input_message": _(field.help)[:255],
            "error_title": _(field.title)[:32],
            "error_message": _(field.help)[:255],
            "ignore_blank": True,
        }
        return {**self._rule(field, xl_col_to_name(column)), **told}

    def _rule(self, field: Field, letters: str) -> dict[str, Any]:
        if field.name == "nik":
            return {"validate": "custom", "value": f"=AND(LEN({letters}2)=16,ISNUMBER(VALUE({letters}2)))"}
        if field.name == "kpj":
            return {"validate": "custom", "value": f"=AND(LEN({letters}2)=11,ISNUMBER(VALUE({letters}2)))"}
        if field.form == DATE:
            latest = last_day(add_months(self.month, 1))
            return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": latest}
        if field.form == MONEY:
            return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MAX_MONTHLY_RUPIAH}
        if field.form in (CHOICE, ANSWER, BANK, REGION):
            strict = "stop" if field.form in (CHOICE, ANSWER) else "information"
            return {"validate": "list", "source": self._source(field), "error_type": strict}
        return {"validate": "any"}

    # --- lists ---

    def _offered(self, field: Field) -> list[str]:
        if field.name == "activity":
            return [_(choices.ACTIVITIES[activity]) for activity in self.layout.activities]
        if field.form == ANSWER:
            return [_(title) for title in choices.ANSWERS.values()]
        return [_(title) for title in choices.TITLES[field.name].values()]

    def _long_lists(self, regions: Sequence[str]) -> dict[str, list[str]]:
        """The lists that stand on the sheet of choices, by field."""
        lists = {"region_code": list(regions), "bank": sorted(choices.bank_names())}
        for field in self.layout.fields:
            if field.form == CHOICE and len(",".join(self._offered(field))) > _LONGEST_LIST:
                lists[field.name] = self._offered(field)
        return lists

    def _source(self, field: Field) -> list[str] | str:
        long = self.lists.get(field.name)
        if long is None:
            return self._offered(field)
        letters = xl_col_to_name(list(self.lists).index(field.name))
        return f"='{_(CHOICES)}'!${letters}$2:${letters}${len(long) + 1}"

    def _choices(self, sheet: Worksheet) -> None:
        self.widths(sheet, [36] * len(self.lists))
        self.printed(sheet)
        titles = [next((_(field.title) for field in self.layout.fields if field.name == name), name) for name in self.lists]
        self.heads(sheet, 0, titles)
        columns = list(self.lists.values())
        for row in range(max(map(len, columns))):
            for column, values in enumerate(columns):
                if row < len(values):
                    self.text(sheet, row + 1, column, values[row])

    # --- words ---

    def _guide(self, sheet: Worksheet) -> None:
        widths = [24, 24, 60, 26]
        self.widths(sheet, widths)
        self.printed(sheet)
        sheet.write_string(0, 0, _(self.layout.title), self.title)
        sheet.write_string(1, 0, _("Bulan {month}").format(month=format_month(self.month)), self.plain)
        for at, step in enumerate(_STEPS, 3):
            sheet.write_string(at, 0, f"{at - 2}. {_(step)}", self.plain)
        at = 4 + len(_STEPS)
        self.heads(sheet, at, [_("Kolom"), _("Wajib"), _("Isinya"), _("Misalnya")])
        for row, field in enumerate(self.layout.fields, at + 1):
            example = next((self._typed(field, one) for one in field.examples if one != ""), "")
            told = [_(field.title), _(NEEDS[field.need]), _(field.help), str(example)]
            self.tall_row(sheet, row, told, widths)

    def _example(self, sheet: Worksheet) -> None:
        self._titles(sheet)
        for row in range(max(len(field.examples) for field in self.layout.fields)):
            for column, field in enumerate(self.layout.fields):
                value = field.examples[row]
                if value == "":
                    continue
                if isinstance(value, int):
                    sheet.write_number(row + 1, column, value, self.money)
                elif field.form == DATE:
                    sheet.write_datetime(row + 1, column, dt.datetime.fromisoformat(value), self.date)
                else:
                    self.text(sheet, row + 1, column, self._typed(field, value), self._look(field))

    def _typed(self, field: Field, value: str | int) -> str:
        """An example's value as a person would type it."""
        if field.form == CHOICE:
            return _(choices.TITLES[field.name][str(value)])
        if field.form == REGION:
            return shown(int(value))
        if field.form == DATE:
            year, month, day = str(value).split("-")
            return f"{day}-{month}-{year}"
        return str(value)
