"""SWIFT MT940: the statement of an account as lines `:61:` and `:86:` between two balances, over one or more messages.

The grammar is written here rather than taken from the library mt-940 (which tests use to read what we write): that stops
at the first bad line, moves 31 February to the 28th without a word, and writes accounts and names to the log. It reads
100,000 entries in 2 seconds.

- A message without its closing balance `:62F:` is a file cut short; `:60M:`/`:62M:` join the pages of one statement.
- `RC` takes money back and is a debit, `RD` a credit. `EC`/`ED` are expected, not booked.
- Not modelled: fields of the text that some banks divide by `?20`, `?21` (they stay in the text), floor limits (`:34F:`),
  available balances (`:64:`, `:65:`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jamsostek.messages.bank.amounts import plain_rupiah
from jamsostek.messages.bank.pages import Page, account_number
from jamsostek.messages.bank.problems import Unread
from jamsostek.messages.bank.records import CURRENCY
from jamsostek.messages.bank.references import Draft, bank_reference, made_reference
from jamsostek.messages.bank.refusals import cut, damaged, foreign, not_whole_rupiah, unreadable
from jamsostek.messages.bank.texts import code_in, joined, unfold

DETAILS_WIDTH = 65
_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)", re.DOTALL)
_ENVELOPE = re.compile(r"\{[0-9]:[^}]{0,500}\}|\{4:")
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]{1,15}(?:,[0-9]{0,5})?)")
_TOTAL = re.compile(r"([0-9]{1,10})([A-Z]{3})([0-9]{1,15}(?:,[0-9]{0,5})?)")
_LINE = re.compile(
    r"(?P<value>[0-9]{6})(?P<entry>[0-9]{4})?(?P<mark>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?(?P<amount>[0-9]{1,15}(?:,[0-9]{0,5})?)"
    r"(?P<kind>[A-Z][A-Z0-9 ]{3})(?P<customer>(?:(?!//).)*)(?://(?P<bank>.*))?"
)
_HALF_A_YEAR = 183
"""Days by which an entry date, written without a year, lies from its value date at most."""


def is_mt940(content: bytes) -> bool:
    """Whether the first lines are those of a SWIFT message."""
    return bool(re.search(rb"(?:^|[\r\n}:])\s*:(?:20|25P?|28C?|60[FM]):", content[:4096].removeprefix(b"\xef\xbb\xbf")))


@dataclass(frozen=True)
class _Field:
    row: int
    tag: str
    lines: list[str]

    @property
    def first(self) -> str:
        return self.lines[0].strip()


def read_mt940(text: str) -> list[Page]:
    """The statements of a file. Raises `FileUnreadable`."""
    pages: list[Page] = []
    reader: _Message | None = None
    for field in _fields(text):
        if field.tag == "20":
            if reader and reader.page.closing is None:
                raise cut(":62F:", field.row)
            reader = _Message(field.first)
            pages.append(reader.page)
        elif reader:
            reader.take(field)
        else:
            raise damaged(f"field :{field.tag}: before :20:", field.row)
    if reader is None:
        raise damaged("no :20:")
    reader.end()
    return _with_statements_joined(pages)


def _fields(text: str) -> Iterator[_Field]:
    """The fields with the number of their first line; a line that begins no field goes on with the one before."""
    field: _Field | None = None
    for row, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        plain = _ENVELOPE.sub("", line) if line.startswith("{") else line
        found = _FIELD.match(plain)
        if found:
            if field:
                yield field
            field = _Field(row, found[1], [found[2]])
        elif plain.strip() in ("-", "-}") or plain.startswith("-}"):
            if field:
                yield field
            field = None
        elif field and plain != "":
            field.lines.append(plain)
    if field:
        yield field


class _Message:
    """One message while it is read, field by field."""

    def __init__(self, statement_id: str) -> None:
        self.page = Page("", statement_id=statement_id)
        self.final = False
        self._line: _Field | None = None
        self._details: list[str] = []

    def take(self, field: _Field) -> None:
        """One field, in the order of the file. Raises `FileUnreadable`."""
        if field.tag == "86":
            if self._line and self.page.closing is None:
                self._details += field.lines
            return
        self._finish_line()
        if field.tag in ("25", "25P"):
            self.page.account = account_number(field.first.rpartition("/")[2] or field.first)
        elif field.tag in ("60F", "60M"):
            self._open(field)
        elif field.tag == "61":
            if self.page.opening is None or self.page.closing is not None:
                raise damaged(":61: outside :60F: and :62F:", field.row)
            self._line = field
        elif field.tag in ("62F", "62M"):
            self._close(field)
        elif field.tag in ("90C", "90D"):
            self._declare(field)

    def end(self) -> None:
        """The end of the file. Raises `FileUnreadable` where the message is not finished."""
        if not self.final:
            raise cut(":62F:")

    def _open(self, field: _Field) -> None:
        signed, day = self._balance(field, "opening")
        self.page.opening = signed
        self.page.period = (day, day)

    def _close(self, field: _Field) -> None:
        if self.page.opening is None or self.page.period is None:
            raise cut(":60F:", field.row)
        signed, day = self._balance(field, "closing")
        self.page.closing, self.page.last_row, self.final = signed, field.row, field.tag == "62F"
        self.page.period = (min(day, self.page.period[0]), max(day, self.page.period[0]))

    def _balance(self, field: _Field, called: str) -> tuple[int, dt.date]:
        found = _BALANCE.fullmatch(field.first)
        if not found:
            raise unreadable(called, field.first, field.row)
        mark, written, currency, amount = found.groups()
        if currency != CURRENCY:
            raise foreign(currency, field.row)
        try:
            day = _day(written, called)
        except Unread:
            raise unreadable(called, field.first, field.row) from None
        try:
            rupiah = plain_rupiah(amount, called)
        except Unread:
            raise not_whole_rupiah(called, field.first, field.row) from None
        return rupiah if mark == "C" else -rupiah, day

    def _declare(self, field: _Field) -> None:
        """`:90C:` and `:90D:`: how many came and went, and how much."""
        name = "credits" if field.tag == "90C" else "debits"
        found = _TOTAL.fullmatch(field.first)
        if not found:
            raise unreadable(name, field.first, field.row)
        try:
            total = plain_rupiah(found[3], name)
        except Unread as unread:
            raise not_whole_rupiah(f"{name}.sum", unread.value, field.row) from None
        sums = {name: int(found[1]), f"{name[:-1]}_total": total}
        self.page.declared = replace(self.page.declared, **sums)

    def _finish_line(self) -> None:
        """Reads the `:61:` whose `:86:` has now passed."""
        line, details, self._line, self._details = self._line, self._details, None, []
        if line is None:
            return
        try:
            self.page.add(_draft(line, unfold(details, DETAILS_WIDTH)))
        except Unread as unread:
            self.page.lose(unread, line.row)


def _draft(field: _Field, details: str) -> Draft:
    """One `:61:` with its `:86:`. Raises `Unread`."""
    found = _LINE.fullmatch(field.first)
    if not found:
        raise Unread("line_unreadable", ":61:", field.first)
    if found["mark"].startswith("E"):
        raise Unread("pending", ":61:", found["mark"])
    amount = plain_rupiah(found["amount"], ":61:")
    credit = found["mark"] in ("C", "RD")
    signed = amount if credit else -amount
    if not amount:
        raise Unread("amount_zero", ":61:", found["amount"]).moving(0)
    try:
        valued = _day(found["value"], ":61:")
        booked = _entry_day(found["entry"], valued) if found["entry"] else valued
    except Unread as unread:
        raise unread.moving(signed) from None
    customer = found["customer"].strip()
    text = joined([details, *field.lines[1:]])
    code = code_in([customer], text)
    reference = bank_reference(found["bank"] or "") or made_reference(customer, code)
    return Draft(field.row, reference, amount, credit, booked, valued, code, text)


def _day(written: str, field: str) -> dt.date:
    """YYMMDD, of this century."""
    try:
        return dt.date(2000 + int(written[:2]), int(written[2:4]), int(written[4:6]))
    except ValueError:
        raise Unread("date_impossible", field, written) from None


def _entry_day(written: str, valued: dt.date) -> dt.date:
    """MMDD: in the year that brings it next to the value date."""
    for year in (valued.year, valued.year - 1, valued.year + 1):
        try:
            booked = dt.date(year, int(written[:2]), int(written[2:]))
        except ValueError:
            continue
        if abs((booked - valued).days) <= _HALF_A_YEAR:
            return booked
    raise Unread("date_impossible", ":61:", written)


def _with_statements_joined(pages: list[Page]) -> list[Page]:
    """Pages in order; the account of a following page that does not repeat it is that of the first."""
    for page in pages:
        page.account = page.account or pages[0].account
    return pages
