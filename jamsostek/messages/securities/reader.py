"""Reads tables of prices and of holdings: `read_prices`, `read_holdings`. A file that cannot be read raises `FileUnreadable`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

from jamsostek.core.text import _
from jamsostek.messages.guards import check_upload
from jamsostek.messages.limited import FileUnreadable, run_limited
from jamsostek.messages.securities.numbers import Number, Style, number_of, style_of
from jamsostek.messages.securities.problems import SecurityProblem
from jamsostek.messages.securities.titles import HOLDINGS, PRICES
from jamsostek.messages.tables.cells import calendar_date, is_blank, text_of
from jamsostek.messages.tables.sheets import Search, Sheet, read_sheet
from jamsostek.messages.tables.titles import Header, Vocabulary, letter, normal

MOST_ROWS = 20_000
FIRST_DAY = dt.date(2009, 1, 1)
_TOTALS = frozenset({"total", "jumlah", "grand total", "sub total", "subtotal", "jumlah total"})
_QUOTES = {
    **dict.fromkeys(("%", "persen", "percent", "pct", "percent of face", "persen nominal", "persen dari nominal"), "percent"),
    **dict.fromkeys(("rp", "rupiah", "idr", "rupiah per unit", "rp unit", "rp per unit"), "rupiah"),
}


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price as it was written: `quote` is percent, rupiah, or empty where the class decides."""

    row: int
    code: str
    isin: str
    day: dt.date | None
    price: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """What is kept of an instrument: units, or a face value in rupiah. `value_rupiah` as the custodian values it."""

    row: int
    code: str
    isin: str
    day: dt.date | None
    units: Decimal | None
    face: Decimal | None
    value_rupiah: int | None


Row = TypeVar("Row")


@dataclass(frozen=True)
class SecurityTable(Generic[Row]):
    """A table as read: good rows, and what is wrong with the others. `columns` names each field's column letter and title."""

    name: str
    sheet: str
    rows: tuple[Row, ...]
    problems: tuple[SecurityProblem, ...]
    columns: dict[str, tuple[str, str]]
    seen: int
    """Rows that are not blank, total or heading."""


def read_prices(content: bytes, name: str, *, today: dt.date) -> SecurityTable[PriceRow]:
    """Prices of a file somebody sent; a day after `today` is a problem."""
    told = _read(content, name, today, interpret_prices)
    rows = [PriceRow(one[0], one[1], one[2], _day(one[3]), Decimal(one[4]), one[5]) for one in told["rows"]]
    return _table(told, name, rows)


def read_holdings(content: bytes, name: str, *, today: dt.date) -> SecurityTable[HoldingRow]:
    """Holdings of a file a custodian sent; a day after `today` is a problem."""
    told = _read(content, name, today, interpret_holdings)
    rows = [
        HoldingRow(one[0], one[1], one[2], _day(one[3]), _decimal(one[4]), _decimal(one[5]), one[6]) for one in told["rows"]
    ]  # fmt: skip
    return _table(told, name, rows)


def _read(content: bytes, name: str, today: dt.date, function: Callable[..., Any]) -> dict[str, Any]:
    checked = check_upload(content, name)
    told: dict[str, Any] = run_limited(function, checked.content, options={"kind": checked.kind, "today": today.isoformat()})
    return told


def _table(told: dict[str, Any], name: str, rows: Sequence[Row]) -> SecurityTable[Row]:
    columns = {key: (pair[0], pair[1]) for key, pair in told["columns"].items()}
    problems = [
        SecurityProblem(
            kind=one["kind"], sheet=told["sheet"], row=one["row"], column=columns.get(one["field"], ("", ""))[0],
            title=columns.get(one["field"], ("", ""))[1], value_seen=one["value"], value_whole=one["value"],
        )
        for one in told["problems"]
    ]  # fmt: skip
    return SecurityTable(name, told["sheet"], tuple(rows), tuple(problems), columns, told["seen"])


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- in the child -----------------------------------------------------------------------------------------------------


def interpret_prices(content: bytes, *, kind: str, today: str) -> dict[str, Any]:
    """What the child does with prices."""
    table = _Table(content, kind, PRICES, dt.date.fromisoformat(today))
    style = table.style("price")
    for at in table.lines:
        code, isin, day = table.named(at), table.isin(at), table.day(at)
        price = table.number(at, "price", style)
        quote = table.quote(at)
        if price.value is not None and price.value == 0:
            table.refuse(at, "price_negative", "price")
        if at not in table.refused:
            table.rows.append([table.number_of_row(at), code, isin, day, str(price.value), quote])
    return table.told()


def interpret_holdings(content: bytes, *, kind: str, today: str) -> dict[str, Any]:
    """What the child does with holdings."""
    table = _Table(content, kind, HOLDINGS, dt.date.fromisoformat(today))
    styles = {name: table.style(name) for name in ("units", "face", "value")}
    for at in table.lines:
        code, isin, day = table.named(at), table.isin(at), table.day(at)
        which = "units" if table.has(at, "units") or not table.has(at, "face") else "face"
        amount = table.number(at, which, styles[which], prefix="units")
        value = number_of(table.cell(at, "value"), styles["value"])
        if value.problem not in ("", "missing"):
            table.note(at, "value_unreadable", "value")
        if at not in table.refused:
            told = str(amount.value)
            rupiah = None if value.value is None or value.value > 10**17 else int(value.value + Decimal("0.5"))
            table.rows.append(
                [table.number_of_row(at), code, isin, day, told if which == "units" else None,
                 told if which == "face" else None, rupiah]
            )  # fmt: skip
    return table.told()


@dataclass
class _Table:
    """A sheet being read, row by row."""

    content: bytes = field(repr=False)
    kind: str
    vocabulary: Vocabulary
    today: dt.date

    def __post_init__(self) -> None:
        self.sheet: Sheet = read_sheet(self.content, self.kind, None, _search(self.vocabulary))
        header = self.sheet.header
        self.places = {name: header.columns(name)[0] for name in set(header.fields) if name}
        self.begin = header.row + header.height
        self.body = self.sheet.rows[self.begin :]
        if len(self.body) > MOST_ROWS:
            raise FileUnreadable(
                _("Baris terlalu banyak untuk satu lembar kerja."), kind="too_long", remedy=_("Bagi menjadi beberapa berkas.")
            )
        self.problems: list[dict[str, Any]] = []
        self.refused: set[int] = set()
        self.rows: list[list[Any]] = []
        self.lines = [at for at in range(len(self.body)) if self._is_line(at)]

    def _is_line(self, at: int) -> bool:
        cells = self.body[at]
        if all(is_blank(cell) for cell in cells):
            return False
        titles = [normal(title) for title in self.sheet.header.titles if title]
        words = [normal(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
        if words and (words[0] in _TOTALS or words == titles):
            return False
        # A signature or a remark below the table names nothing and has no figure.
        return any(self.has(at, name) for name in ("code", "isin", "price", "units", "face"))

    def cell(self, at: int, name: str) -> object:
        """A cell of a row by its field, or None."""
        place = self.places.get(name)
        cells = self.body[at]
        return cells[place] if place is not None and place < len(cells) else None

    def has(self, at: int, name: str) -> bool:
        """Whether a cell holds something."""
        return not is_blank(self.cell(at, name))

    def style(self, name: str) -> Style | None:
        """The style of a column."""
        return style_of(self.cell(at, name) for at in self.lines)

    def number_of_row(self, at: int) -> int:
        """The row's number as a spreadsheet shows it."""
        return self.sheet.first_row + self.begin + at + 1

    def named(self, at: int) -> str:
        """The code, in capitals; a row with neither code nor ISIN is refused."""
        code = "" if is_blank(self.cell(at, "code")) else text_of(self.cell(at, "code")).upper()
        if not code and not self.has(at, "isin"):
            self.refuse(at, "code_missing", "code" if "code" in self.places else "isin")
        return code[:60]

    def isin(self, at: int) -> str:
        """The ISIN as written."""
        return "" if is_blank(self.cell(at, "isin")) else text_of(self.cell(at, "isin")).upper()[:60]

    def day(self, at: int) -> str:
        """The day as ISO text, empty where none is written."""
        found = calendar_date(self.cell(at, "day"), FIRST_DAY, self.today, self.today.year)
        if found.problem == "month_first":
            self.note(at, "day_month_first", "day")
        elif found.problem:
            self.refuse(at, f"day_{found.problem}", "day")
        return found.value.isoformat() if found.value else ""

    def number(self, at: int, name: str, style: Style | None, prefix: str = "") -> Number:
        """A number; one that is none refuses the row."""
        found = number_of(self.cell(at, name), style)
        if found.problem:
            self.refuse(at, f"{prefix or name}_{found.problem}", name)
        return found

    def quote(self, at: int) -> str:
        """percent, rupiah, or empty."""
        written = self.cell(at, "quote")
        if is_blank(written):
            price = self.cell(at, "price")
            return "percent" if isinstance(price, str) and price.strip().endswith("%") else ""
        plain = text_of(written).lower().strip(" .")
        known = _QUOTES.get(plain) or _QUOTES.get(normal(plain))
        if known is None:
            self.refuse(at, "quote_unknown", "quote")
        return known or ""

    def refuse(self, at: int, kind: str, name: str) -> None:
        """A problem that keeps the row out; one row has one, the first that is found."""
        if at not in self.refused:
            self.refused.add(at)
            self.note(at, kind, name)

    def note(self, at: int, kind: str, name: str) -> None:
        """A problem of a cell."""
        told = {"kind": kind, "row": self.number_of_row(at), "field": name, "value": text_of(self.cell(at, name))[:80]}
        self.problems.append(told)

    def told(self) -> dict[str, Any]:
        """All of it."""
        titles, first = self.sheet.header.titles, self.sheet.first_column
        columns = {name: (letter(first + place), titles[place]) for name, place in self.places.items()}
        return {
            "rows": self.rows, "problems": self.problems, "sheet": self.sheet.name, "columns": columns, "seen": len(self.lines),
        }  # fmt: skip


def _search(vocabulary: Vocabulary) -> Search:
    def checked(header: Header, sheet: str) -> Header:
        if header.complete:
            return header
        seen = ", ".join(f"“{title}”" for title in header.titles if title)
        missing = _("kode atau ISIN efek") if not header.has("code", "isin") else _asked(vocabulary)
        raise FileUnreadable(
            _("Kolom {missing} tidak ditemukan di lembar “{sheet}”.").format(missing=missing, sheet=sheet), kind="no_column",
            remedy=_("Judul yang ada: {seen}. Ubah judulnya, misalnya menjadi {titles}.").format(
                seen=seen, titles=_titles(vocabulary)
            ),
        )  # fmt: skip

    def no_header(_tops: Any) -> FileUnreadable:
        return FileUnreadable(
            _("Tidak ada baris judul di 30 baris pertama lembar mana pun."), kind="no_header",
            remedy=_("Beri satu baris judul di atas tabel: {titles}.").format(titles=_titles(vocabulary)),
        )  # fmt: skip

    return Search(vocabulary, lambda header: header.complete, checked, no_header)


def _asked(vocabulary: Vocabulary) -> str:
    return _("harga") if vocabulary is PRICES else _("jumlah unit atau nominal")


def _titles(vocabulary: Vocabulary) -> str:
    return _("Kode, Tanggal, Harga") if vocabulary is PRICES else _("Kode, ISIN, Tanggal, Jumlah unit, Nilai")


__all__ = ["HoldingRow", "PriceRow", "SecurityTable", "read_holdings", "read_prices"]
