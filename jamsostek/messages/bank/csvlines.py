"""From a sorted CSV table to a page: which way the money goes, on which day, between which balances."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from jamsostek.messages.bank.amounts import MARKS, Style, Written, rupiah, style_of
from jamsostek.messages.bank.csvfile import PENDING, Line, Table, read_table
from jamsostek.messages.bank.days import day
from jamsostek.messages.bank.pages import Declared, Page, account_number
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY
from jamsostek.messages.bank.references import Draft, made_reference
from jamsostek.messages.bank.refusals import foreign, no_account, no_direction, not_whole_rupiah, several_accounts
from jamsostek.messages.bank.texts import code_in, joined
from jamsostek.messages.limited import FileUnreadable

_RUPIAH = frozenset({"", "RP", CURRENCY, "RUPIAH"})
_IN_NAME = re.compile(r"(?<![0-9])[0-9]{8,20}(?![0-9])")


def read_csv(content: bytes, filename: str) -> list[Page]:
    """The statement of a file; its name may tell the account. Raises `FileUnreadable`."""
    return [_Lines(read_table(content)).page(filename)]


@dataclass(frozen=True)
class _Read:
    """A line read: its draft or why there is none, what it moves, and the balance after it."""

    row: int
    result: Draft | Unread
    balance: int | None

    @property
    def moved(self) -> int | None:
        return self.result.signed if isinstance(self.result, Unread) else self.result.signed_rupiah


class _Lines:
    """The lines of a table, understood together: their style, their signs, their order."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.heading = table.heading
        self._check_currency()
        self.style: Style = style_of(self._amounts())

    def _check_currency(self) -> None:
        if self.heading.currency not in _RUPIAH:
            raise foreign(self.heading.currency)
        for line in self.table.lines:
            written = self.table.cell(line.cells, "currency").upper()
            if written not in _RUPIAH:
                raise foreign(written, line.row)

    def _amounts(self) -> Iterator[tuple[int, Written]]:
        yield from self.heading.money.values()
        for line in self.table.lines:
            for written in line.amounts.values():
                if written.currency not in ("", CURRENCY):
                    raise foreign(written.currency, line.row)
                yield line.row, written

    def page(self, filename: str) -> Page:
        """The page, oldest line first. Raises `FileUnreadable`."""
        page = Page(self._account(filename), statement_id=self.heading.statement_id, period=self.heading.period)
        read = [self._read(line) for line in self.table.lines]
        if _newest_first(read):
            read.reverse()
        for one in read:
            if isinstance(one.result, Draft):
                page.add(one.result)
            else:
                page.lose(one.result, one.row)
        self._add_balances(page, read)
        return page

    def _account(self, filename: str) -> str:
        written = {account_number(self.table.cell(line.cells, "account")) for line in self.table.lines}
        accounts = sorted({self.heading.account, *written} - {""})
        if len(accounts) > 1:
            raise several_accounts(accounts[0], accounts[1])
        named = set(_IN_NAME.findall(filename))
        if not accounts and len(named) != 1:
            raise no_account()
        return accounts[0] if accounts else named.pop()

    # --- one line

    def _read(self, line: Line) -> _Read:
        balance = self._balance(line.amounts.get("balance"))
        try:
            return _Read(line.row, self._draft(line, balance), balance)
        except Unread as unread:
            return _Read(line.row, unread, balance)

    def _draft(self, line: Line, balance: int | None) -> Draft:
        cells = line.cells
        written = self.table.cell(cells, self.table.date_field)
        if written.lower() in PENDING:
            raise Unread("pending", "date", written)
        amount, credit = self._money(line)
        if not amount:
            raise Unread("amount_zero", "amount", "0").moving(0)
        try:
            booked = day(written, line.row, self.heading.period)
        except Unread as unread:
            raise unread.moving(amount if credit else -amount) from None
        text = joined([*self.table.cells(cells, "text"), *line.more])
        code = code_in(self.table.cells(cells, "code"), text)
        reference = made_reference(self.table.cell(cells, "reference"), code)
        return Draft(line.row, reference, amount, credit, booked, self._valued(line, booked), code, text, balance)

    def _valued(self, line: Line, booked: dt.date) -> dt.date:
        """The value day; the day of booking where it is not written or not to be read."""
        written = self.table.cell(line.cells, "valued")
        try:
            return day(written, line.row, None) if written else booked
        except (Unread, FileUnreadable):
            return booked

    def _balance(self, written: Written | None) -> int | None:
        """A balance, below zero with a minus or DB; None where it is not written in whole rupiah."""
        if written is None:
            return None
        try:
            amount = rupiah(written, self.style, "balance")
        except Unread:
            return None
        return -amount if written.negative or written.credit is False else amount

    def _money(self, line: Line) -> tuple[int, bool]:
        """The amount, and whether it came in. Raises `Unread`."""
        if line.unread:
            raise line.unread
        if "amount" in line.amounts:
            written = line.amounts["amount"]
            return rupiah(written, self.style, "amount"), self._direction(line, written)
        found = {name: rupiah(line.amounts[name], self.style, name) for name in ("debit", "credit") if name in line.amounts}
        if not found:
            raise Unread("amount_missing", "amount", "")
        if all(found.values()) and len(found) == 2:
            raise Unread("amount_both", "debit", line.amounts["debit"].text)
        credit = bool(found.get("credit"))
        if credit and line.amounts["credit"].negative:
            raise Unread("direction_unknown", "credit", line.amounts["credit"].text)
        return max(found.values()), credit

    def _direction(self, line: Line, written: Written) -> bool:
        """By the mark on the amount or in its column; in tables without marks by the sign."""
        mark = self.table.cell(line.cells, "mark").lower()
        credit = written.credit if written.credit is not None else MARKS.get(mark)
        if credit is None:
            if self._marked or mark:
                raise Unread("direction_unknown", "mark", mark or written.text)
            return not written.negative
        if credit and written.negative:
            raise Unread("direction_unknown", "amount", written.text)
        return credit

    @cached_property
    def _marked(self) -> bool:
        """Whether this table marks its amounts. Raises `FileUnreadable` where nothing shows which way they go."""
        written = [line.amounts["amount"] for line in self.table.lines if "amount" in line.amounts]
        in_column = any(self.table.cell(line.cells, "mark") for line in self.table.lines)
        if in_column or any(one.credit is not None for one in written):
            return True
        balanced = "opening" in self.heading.money and "closing" in self.heading.money
        if not balanced and not any(one.negative for one in written):
            raise no_direction()
        return False

    # --- the whole

    def _add_balances(self, page: Page, read: Sequence[_Read]) -> None:
        """Balances as written around the table, else those of the oldest and newest line."""
        opening, closing = self._said("opening"), self._said("closing")
        page.proven = closing is not None
        page.declared = Declared(credit_total=self._sum("credits"), debit_total=self._sum("debits"))
        page.opening = self._first_opening(read) if opening is None else opening
        page.closing = (read[-1].balance if read else page.opening) if closing is None else closing
        page.last_row = _break(read) or (self.heading.money["closing"][0] if closing is not None else None)

    def _said(self, label: str) -> int | None:
        """A balance written around the table. Raises `FileUnreadable` where it is no whole rupiah."""
        if label not in self.heading.money:
            return None
        row, written = self.heading.money[label]
        if written.currency not in ("", CURRENCY):
            raise foreign(written.currency, row)
        balance = self._balance(written)
        if balance is None:
            raise not_whole_rupiah(label if label in ("opening", "closing") else f"{label}.sum", written.text, row)
        return balance

    def _sum(self, label: str) -> int | None:
        said = self._said(label)
        return None if said is None else abs(said)

    def _first_opening(self, read: Sequence[_Read]) -> int | None:
        """The balance before the oldest line: its own column, or its running balance less what it moved."""
        if not read:
            return None
        line = next(line for line in self.table.lines if line.row == read[0].row)
        before = self._balance(line.amounts.get("opening"))
        if before is not None or read[0].balance is None or read[0].moved is None:
            return before
        return read[0].balance - read[0].moved


def _newest_first(read: Sequence[_Read]) -> bool:
    """Whether the file begins with the newest line: by its days, within one day by the running balances."""
    booked = [one.result.booked_on for one in read if isinstance(one.result, Draft)]
    if booked and booked[0] != booked[-1]:
        return booked[0] > booked[-1]
    upwards = sum(_follows(later, earlier) for later, earlier in pairwise(read))
    downwards = sum(_follows(earlier, later) for later, earlier in pairwise(read))
    return upwards > downwards


def _follows(later: _Read, earlier: _Read) -> bool:
    """Whether a line's balance is that of the line before plus its own money."""
    if later.balance is None or earlier.balance is None or later.moved is None:
        return False
    return earlier.balance + later.moved == later.balance


def _break(read: Sequence[_Read]) -> int | None:
    """The row of the first line whose running balance does not follow from the one before."""
    for earlier, later in pairwise(read):
        known = None not in (earlier.balance, later.balance, later.moved)
        if known and not _follows(later, earlier):
            return later.row
    return None
