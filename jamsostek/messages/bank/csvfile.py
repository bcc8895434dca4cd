"""The CSV of a bank's internet banking: no layout of them is published, these are as seen (`columns`).

Rows with a day and an amount are lines. What stands above and below the table says whose it is and what it comes to
(`headings`). A running balance shows which end is the newest, gives the balances where no line says them, and finds the
row from which the money no longer adds up.

A CSV without a closing balance or sums below it can lose its end unseen: it is read, and `proven` is false.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jamsostek.messages.bank.amounts import MARKS, Written, take_apart
from jamsostek.messages.bank.columns import MONEY_LABELS, VOCABULARY
from jamsostek.messages.bank.days import day
from jamsostek.messages.bank.headings import Heading
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.refusals import cut, damaged, no_table
from jamsostek.messages.tables.titles import HEADER_ROWS, Header, normal

MONEY = ("amount", "debit", "credit")
BALANCES = ("balance", "opening")
PENDING = frozenset({"pend", "pending", "belum dibukukan"})
"""What stands instead of the day of a line that is not booked yet."""
_DELIMITERS = ";,\t|"
_LONGEST_TITLE = 200
_BLANK = frozenset("-–—")
_TOTALS = frozenset({"total", "jumlah", "grand total", "total mutasi", "jumlah mutasi"})


def read_table(content: bytes) -> Table:
    """The table of a file, sorted. Raises `FileUnreadable`."""
    rows = _rows(content)
    header = _header(rows)
    if header is None or not header.complete:
        raise no_table(" ".join(next((row for row in rows if any(row)), [])))
    table = Table(header)
    table.sort(rows)
    if not content.endswith((b"\n", b"\r", b"\n\0")):
        table.check_last(rows)
    return table


def _header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The row that names most columns. Each row by itself: a bank's titles are one row, and the row above is not theirs."""
    found = []
    for at, row in enumerate(rows[:HEADER_ROWS]):
        if header := VOCABULARY.find_header([[cell[:_LONGEST_TITLE] for cell in row]]):
            found.append(replace(header, row=at))
    return max(found, key=lambda header: (header.complete, header.score), default=None)


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or what Windows writes in Indonesia."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(content: bytes) -> list[list[str]]:
    text = decoded(content)
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], f"\n{rest}"
    else:
        delimiter = _delimiter(text[:20_000].splitlines()[: HEADER_ROWS + 10])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise damaged(str(error)) from None


def _delimiter(lines: Sequence[str]) -> str:
    """The mark under which a line is a header that we know; else the one that divides most lines alike."""

    def agreement(mark: str) -> tuple[float, int]:
        header = _header([next(csv.reader([line], delimiter=mark), []) for line in lines])
        counts = Counter(line.count(mark) for line in lines if mark in line)
        return header.score if header and header.complete else 0.0, max(counts.values(), default=0)

    return max(_DELIMITERS, key=agreement)


@dataclass
class Line:
    """A row of the table that should move money."""

    row: int
    cells: list[str]
    amounts: dict[str, Written] = field(default_factory=dict)
    """By field of `MONEY` and `BALANCES`, as far as they are written."""
    more: list[str] = field(default_factory=list)
    """Texts of the rows below that go on with it."""
    unread: Unread | None = None
    """What is wrong with its money."""


class Table:
    """The rows of a file sorted into lines, lines around the table, and what only goes on with the text above."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.heading = Heading()
        self.lines: list[Line] = []
        self.columns = {name: header.columns(name) for name in set(header.fields) if name}
        self.date_field = "date" if "date" in self.columns else "valued"

    def cells(self, cells: Sequence[str], name: str) -> list[str]:
        """The cells of a field that hold something, without the quote that keeps a number as text."""
        found = []
        for at in self.columns.get(name, ()):
            plain = cells[at].strip() if at < len(cells) else ""
            if plain and (plain not in _BLANK or name == "text"):
                found.append(plain.removeprefix("'").strip())
        return found

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The first of them, or ''."""
        found = self.cells(cells, name) if name in self.columns else None
        return found[0] if found else ""

    def sort(self, rows: Sequence[list[str]]) -> None:
        """Sorts all rows. Raises `FileUnreadable`."""
        below = self.header.row + self.header.height
        self._find_unnamed_mark(rows[below : below + 50])
        for row, cells in enumerate(rows[: self.header.row], 1):
            self.heading.take(row, cells)
        for row, cells in enumerate(rows[below:], below + 1):
            if any(cell.strip() for cell in cells) and not self._is_header(cells):
                self._sort(row, cells)

    def check_last(self, rows: Sequence[Sequence[str]]) -> None:
        """The last row of a file that ends within it: one that lacks columns was cut. Raises `FileUnreadable`."""
        known = [at for name in self.columns if name != "other" for at in self.columns[name]]
        missing = [at for at in known if at >= len(rows[-1])]
        if missing and self.lines and self.lines[-1].row == len(rows):
            raise cut(self.header.titles[min(missing)] or "…", len(rows))

    def _find_unnamed_mark(self, sample: Sequence[Sequence[str]]) -> None:
        """BCA leaves the title above CR and DB empty: the column behind the amount whose cells are such marks."""
        amount = self.header.column("amount")
        if "mark" in self.columns or amount is None or self.header.fields[amount + 1 : amount + 2] != ("",):
            return
        seen = {row[amount + 1].strip().lower() for row in sample if amount + 1 < len(row)}
        if seen & set(MARKS):
            self.columns["mark"] = [amount + 1]

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Whether the titles come again, as on a new page."""
        titles = self.header.titles
        return [" ".join(cell.split()) for cell in cells[: len(titles)]] == list(titles)

    def _sort(self, row: int, cells: list[str]) -> None:
        moves = any(self.cell(cells, name) for name in MONEY)
        if self._is_dated(row, cells):
            if moves or not self._is_balance_line(row, cells):
                self.lines.append(self._line(row, cells))
        elif self._is_around(row, cells):
            return
        elif moves:
            self.lines.append(self._line(row, cells))
        elif self.lines:
            self.lines[-1].more += self.cells(cells, "text")

    def _is_dated(self, row: int, cells: Sequence[str]) -> bool:
        written = self.cell(cells, self.date_field)
        if not written or written.lower() in PENDING:
            return bool(written)
        try:
            day(written, row, self.heading.period)
        except Unread as unread:
            # A day that does not exist is still meant as one; a word in the first column is one if the row is a line otherwise.
            is_line = self.cell(cells, "text") and any(self.cell(cells, name) for name in MONEY)
            return unread.kind in ("date_impossible", "date_outside") or bool(is_line)
        return True

    def _is_balance_line(self, row: int, cells: Sequence[str]) -> bool:
        """A dated row `SALDO AWAL` with nothing but a balance."""
        pair = [self.cell(cells, "text"), self.cell(cells, "balance")]
        return bool(pair[1]) and self.heading.take(row, pair, MONEY_LABELS)

    def _is_around(self, row: int, cells: Sequence[str]) -> bool:
        """A row that says something of the whole table; `Total` gives the sums of its two columns."""
        first = next((cell for cell in cells if cell.strip()), "")
        if normal(first[:_LONGEST_TITLE]) not in _TOTALS:
            return self.heading.take(row, cells, MONEY_LABELS)
        for name in ("debit", "credit"):
            if written := self.cell(cells, name):
                self.heading.take(row, [f"Total {name}", written], MONEY_LABELS)
        return True

    def _line(self, row: int, cells: list[str]) -> Line:
        line = Line(row, cells)
        for name in (*MONEY, *BALANCES):
            if written := self.cell(cells, name):
                try:
                    line.amounts[name] = take_apart(written, name)
                except Unread as unread:
                    line.unread = unread if name in MONEY else line.unread
        return line
