"""The lines above and below a bank's table: account, currency, period, balances and sums, in any place and order.

Seen so far: `Saldo Awal : 1.000.000,00` in one cell; label and value in cells of their own; several pairs in a row; a row of
labels over a row of values.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from jamsostek.messages.bank.amounts import Written, take_apart
from jamsostek.messages.bank.columns import ALL_LABELS, LABELS, MONEY_LABELS
from jamsostek.messages.bank.days import Period, period_in
from jamsostek.messages.bank.pages import account_number
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.refusals import unreadable
from jamsostek.messages.tables.titles import normal

_HEAD = re.compile(r"[^0-9:=(+\-]+")
_BRACKETS = re.compile(r"\([A-Za-z. ]{1,20}\)")
_LONGEST = 200
"""Signs of a cell that are looked at for a label and its value."""
_ACCOUNT = re.compile(r"[0-9](?:[ .\-]?[0-9]){5,24}")
_CURRENCY = re.compile(r"\b(RP|RUPIAH|[A-Z]{3})\b")


@dataclass
class Heading:
    """What the lines around a table say; money as written, with the row it stands in."""

    account: str = ""
    currency: str = ""
    period: Period | None = None
    statement_id: str = ""
    money: dict[str, tuple[int, Written]] = field(default_factory=dict)
    _waiting: dict[int, str] = field(default_factory=dict)
    """Labels of the row before, by column, that had no values beside them."""

    def take(self, row: int, cells: Sequence[str], known: Container[str] = ALL_LABELS) -> bool:
        """Takes what a row says of the labels `known`; false where it says nothing of them. Raises `FileUnreadable`."""
        waiting, self._waiting = self._waiting, {}
        pairs = [pair for pair in _pairs(cells) if pair[1] in known]
        if len(pairs) > 1 and not any(values for _column, _label, values in pairs):
            self._waiting = {column: label for column, label, _values in pairs}
            return True
        if waiting and not pairs:
            pairs = [(column, label, [cells[column].strip()]) for column, label in waiting.items() if column < len(cells)]
        for _column, label, values in pairs:
            self._say(row, label, [value for value in values if value])
        return any(values for _column, _label, values in pairs)

    def _say(self, row: int, label: str, values: Sequence[str]) -> None:
        """The first thing said of a label counts."""
        text = " ".join(values)
        if not text:
            return
        if label in MONEY_LABELS:
            self.money.setdefault(label, (row, _first_amount(values, row)))
        elif label == "account" and not self.account:
            found = _ACCOUNT.search(text)
            self.account = account_number(found[0] if found else text)
        elif label == "currency" and not self.currency:
            found = _CURRENCY.search(text.upper())
            self.currency = found[1] if found else ""
        elif label == "period" and self.period is None:
            self.period = period_in(text)
        elif label == "statement_id" and not self.statement_id:
            self.statement_id = text


def _pairs(cells: Sequence[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Labels of a row with the values behind them, and the column of the label."""
    label, column, values = "", 0, list[str]()
    for at, cell in enumerate(cells):
        plain = _BRACKETS.sub(" ", cell[:_LONGEST]).strip().removeprefix("'").strip(" \t:=")
        if not plain:
            continue
        head = _HEAD.match(plain)
        named = LABELS.get(normal(head[0])) if head else None
        if named:
            assert head is not None
            if label:
                yield column, label, values
            label, column, tail = named, at, plain[head.end() :].strip(" \t:='")
            values = [tail] if tail else []
        elif label:
            values.append(plain)
    if label:
        yield column, label, values


def _first_amount(values: Sequence[str], row: int) -> Written:
    for value in values:
        try:
            return take_apart(value, "balance")
        except Unread:
            continue
    raise unreadable("balance", " ".join(values), row)
