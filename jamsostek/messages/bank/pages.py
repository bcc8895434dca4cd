"""A statement as it stands in a file, before it is believed; then its money is checked and pages become one `Statement`.

What is checked, in this order, and refused as a whole where it fails:

1. the number of lines and their sums, as far as the file declares them;
2. opening balance + all lines = closing balance.

Lines that could not be read take part with what is known of them. Where the money of all is known the checks stay exact.
Where a line's money is unknown a difference may be that line: it is then told (`not_whole`) instead of refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from jamsostek.messages.bank.problems import Problem, Unread
from jamsostek.messages.bank.records import CURRENCY, Statement
from jamsostek.messages.bank.references import Draft, entries_of
from jamsostek.messages.bank.refusals import foreign, gap, no_date, several_accounts, wrong_sum, wrong_totals

_ROWS_TOLD = 20


@dataclass(frozen=True)
class Declared:
    """What a file says of its own lines; sums in rupiah, never negative. None: not said."""

    entries: int | None = None
    total: int | None = None
    credits: int | None = None
    credit_total: int | None = None
    debits: int | None = None
    debit_total: int | None = None

    @property
    def proves(self) -> bool:
        """Whether a missing line would show."""
        return any(value is not None for value in (self.entries, self.total, self.credit_total, self.credits))


@dataclass
class Page:
    """One statement of a file. `moved` is what each line moves, entries and others alike; None where it is unknown."""

    account: str
    currency: str = CURRENCY
    statement_id: str = ""
    period: tuple[dt.date, dt.date] | None = None
    opening: int | None = None
    closing: int | None = None
    declared: Declared = field(default_factory=Declared)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    moved: list[int | None] = field(default_factory=list)
    proven: bool = True
    """Whether the balances stand apart from the lines; else only `declared` can prove that none is missing."""
    last_row: int | None = None

    def add(self, *drafts: Draft) -> None:
        """A line that was read; a line of several details gives several entries."""
        self.drafts.extend(drafts)
        self.moved.append(sum(draft.signed_rupiah for draft in drafts))

    def lose(self, unread: Unread, row: int) -> None:
        """A line that is no entry. Its money counts where it is known."""
        self.problems.append(unread.problem(row))
        self.moved.append(unread.signed)

    def check(self) -> None:
        """Raises `FileUnreadable` where the money does not add up."""
        if self.currency != CURRENCY:
            raise foreign(self.currency)
        self._check_declared()
        if self.opening is None or self.closing is None:
            return
        entries = sum(moved or 0 for moved in self.moved)
        if self.opening + entries == self.closing:
            return
        if None not in self.moved:
            raise wrong_totals(self.opening, entries, self.closing, self.last_row)

    def _check_declared(self) -> None:
        known = [moved for moved in self.moved if moved is not None]
        exact = len(known) == len(self.moved)
        said = self.declared
        if said.entries not in (None, len(self.moved)):
            raise wrong_sum("entries", len(self.moved), said.entries)
        _check_sum("entries.sum", [abs(moved) for moved in known], said.total, exact=exact)
        credits, debits = [moved for moved in known if moved > 0], [-moved for moved in known if moved < 0]
        for name, amounts, count in (("credits", credits, said.credits), ("debits", debits, said.debits)):
            if exact and count not in (None, len(amounts)):
                raise wrong_sum(name, len(amounts), count)
        _check_sum("credits.sum", credits, said.credit_total, exact=exact)
        _check_sum("debits.sum", debits, said.debit_total, exact=exact)

    @property
    def missing(self) -> int:
        """What lines that are no entries come to; rupiah, 0 without balances."""
        if self.opening is None or self.closing is None:
            return 0
        return self.closing - self.opening - sum(draft.signed_rupiah for draft in self.drafts)


def _check_sum(field: str, amounts: Sequence[int], declared: int | None, *, exact: bool) -> None:
    """The sum as declared; where the money of some lines is unknown, at least not above it."""
    counted = sum(amounts)
    if declared is not None and (counted > declared or (exact and counted != declared)):
        raise wrong_sum(field, counted, declared)


def account_number(text: str) -> str:
    """An account's number as it is kept: letters and digits, without marks, spaces and the currency banks put behind it."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()).removesuffix(CURRENCY)


def statement_of(pages: Sequence[Page], format: str) -> Statement:
    """The statement that checked pages of one account make. Raises `FileUnreadable`."""
    for page in pages:
        page.check()
    for page, following in pairwise(pages):
        if page.account != following.account:
            raise several_accounts(page.account, following.account)
        if page.closing is not None and following.opening is not None and page.closing != following.opening:
            raise gap(page.closing, following.opening)
    first, last = pages[0], pages[-1]
    begins, ends = _days(pages)
    return Statement(
        format=format,
        account=first.account,
        currency=first.currency,
        statement_id=first.statement_id,
        from_date=begins,
        to_date=ends,
        opening_rupiah=first.opening,
        closing_rupiah=last.closing,
        entries=tuple(entries_of(chain.from_iterable(page.drafts for page in pages), first.account)),
        problems=_problems(pages),
        proven=all(page.declared.proves or (page.proven and page.opening is not None) for page in pages),
    )


def _days(pages: Sequence[Page]) -> tuple[dt.date, dt.date]:
    """The first and last day: as the file says, widened to the days of its entries."""
    said = [one for page in pages for one in page.period or ()]
    booked = [draft.booked_on for page in pages for draft in page.drafts]
    if not said and not booked:
        raise no_date(pages[0].statement_id)
    return min(said + booked), max(said + booked)


def _problems(pages: Sequence[Page]) -> tuple[Problem, ...]:
    """All problems; where money is missing, first of all how much and in which lines."""
    problems = tuple(problem for page in pages for problem in page.problems)
    missing = sum(page.missing for page in pages)
    if not missing:
        return problems
    rows = [str(problem.row) for problem in problems if problem.severity != "note"]
    shown = ", ".join(rows[:_ROWS_TOLD]) + (", …" if len(rows) > _ROWS_TOLD else "")
    told = Problem("not_whole", None, "closing", str(missing), {"missing": missing, "rows": shown})
    return (told, *problems)
