"""Which wage a worker's line holds: basic pay plus fixed allowances, a stated wage, or a daily one.

The law's wage is basic pay plus fixed allowances; allowances that vary with attendance or work stay out. Daily wages
are not multiplied here: the rule of law does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH
from jamsostek.messages.tables import cells
from jamsostek.messages.tables.titles import Header

Note = Callable[..., None]


@dataclass(frozen=True)
class WageColumns:
    """How the wage is made: the parts added, a column that states it, one for daily wages."""

    parts: tuple[int, ...]
    stated: int | None
    daily: int | None
    is_gross: bool = False

    @property
    def sources(self) -> tuple[int, ...]:
        """Where a worker's wage may stand, the first that is filled counts."""
        first = self.parts[:1]
        return (*first, *(column for column in (self.stated, self.daily) if column is not None))


def wage_columns(header: Header) -> WageColumns:
    """Reads the header for the wage.

    With a basic-pay column that is the main part; a column that states the wage serves rows where it is empty and is
    compared with the sum. Without one, a plain wage column is the main part, unless another states the reported wage.
    """
    basic, reported, wage, daily, gross = (
        next(iter(header.columns(name)), None) for name in ("basic", "reported", "wage", "daily", "gross")
    )
    fixed = header.columns("fixed")
    if basic is not None:
        return WageColumns((basic, *fixed), wage if reported is None else reported, daily)
    if reported is not None:
        return WageColumns((reported,), None if fixed else wage, daily)
    if wage is not None:
        return WageColumns((wage, *fixed), None, daily)
    if daily is not None:
        return WageColumns((), None, daily)
    assert gross is not None, "a header without a wage is refused before"
    return WageColumns((gross,), None, None, is_gross=True)


def column_notes(header: Header, plan: WageColumns) -> Iterator[tuple[int, str, str]]:
    """What must be said of the wage's columns (position, kind, titles): what is left out, and a wage not plainly stated."""
    for kind, name in (("variable_left_out", "variable"), ("allowance_unclear", "unclear")):
        for column in header.columns(name):
            yield column, kind, header.titles[column]
    if plan.is_gross:
        yield plan.parts[0], "wage_from_gross", header.titles[plan.parts[0]]
    if len(plan.parts) > 1:
        yield plan.parts[0], "wage_parts", " + ".join(header.titles[column] for column in plan.parts)


@dataclass(frozen=True)
class Amounts:
    """One column's rupiah by worker (None: blank or not understood), and the readings that need a word, by position."""

    values: list[int | None]
    odd: dict[int, cells.Reading]

    def is_filled(self, position: int) -> bool:
        """True when the cell holds anything at all."""
        return self.values[position] is not None or position in self.odd


def read_amounts(column: Sequence[Any]) -> Amounts:
    """Reads a column of amounts; plain whole numbers, nearly all, take the short way."""
    values: list[int | None] = []
    odd: dict[int, cells.Reading] = {}
    for position, cell in enumerate(column):
        if type(cell) is float and 0 <= cell <= MAX_MONTHLY_RUPIAH and cell.is_integer():
            values.append(int(cell))
            continue
        reading = cells.amount(cell)
        values.append(reading.value)
        if reading.problem or reading.daily:
            odd[position] = reading
    return Amounts(values, odd)


class WageReader:
    """Reads every worker's wage; problems go to `note(row, column, kind, value, **detail)`."""

    def __init__(self, plan: WageColumns, body: Sequence[Sequence[Any]], workers: Sequence[int], note: Note) -> None:
        self.plan = plan
        self.body = body
        self.workers = workers
        self.note = note
        columns = {*plan.sources, *plan.parts}
        self.amounts = {column: read_amounts([body[at][column] for at in workers]) for column in columns}

    def read(self) -> tuple[list[int | None], list[int | None]]:
        """Monthly and daily wages: one of the two for each worker, or neither with its problem noted."""
        monthly: list[int | None] = []
        daily: list[int | None] = []
        plain = self._plain()
        for position, row in enumerate(self.workers):
            wage, by_day = (plain[position], False) if plain[position] else self._wage(position, row)
            monthly.append(None if by_day else wage)
            daily.append(wage if by_day else None)
        return monthly, daily

    def _plain(self) -> Sequence[int | None]:
        """The wages that need no second look: of a single column, understood, neither too small nor too large."""
        plan = self.plan
        if len({*plan.parts, *plan.sources}) != 1 or plan.daily is not None:
            return [None] * len(self.workers)
        amounts = self.amounts[plan.sources[0]]
        return [
            wage if wage and cells.LOW_MONTHLY_RUPIAH <= wage <= MAX_MONTHLY_RUPIAH and position not in amounts.odd else None
            for position, wage in enumerate(amounts.values)
        ]

    def _wage(self, position: int, row: int) -> tuple[int | None, bool]:
        """A worker's wage (None when refused) and whether it is a day's."""
        plan = self.plan
        main = next((c for c in plan.sources if self.amounts[c].is_filled(position)), plan.sources[0])
        used = plan.parts if main in plan.parts else (main,)
        if not self._understood(position, row, used):
            return None, False
        own = self.amounts[main].values[position]
        total = sum(self.amounts[column].values[position] or 0 for column in used)
        reading = self.amounts[main].odd.get(position)
        by_day = main == plan.daily or (reading is not None and reading.daily)
        problem = self._refusal(own, total, by_day)
        if problem:
            self.note(row, main, problem, self.body[row][main])
            return None, False
        if not by_day:
            self._compare(position, row, main, total, own or 0)
        return total, by_day

    def _understood(self, position: int, row: int, used: Sequence[int]) -> bool:
        """Notes what is odd in the cells used; False when one of them has no value."""
        understood = True
        for column in used:
            reading = self.amounts[column].odd.get(position)
            if reading is not None and reading.problem:
                detail = {} if reading.value is None else {"rounded": reading.value}
                self.note(row, column, reading.problem, self.body[row][column], **detail)
                understood &= reading.value is not None
        return understood

    def _refusal(self, own: int | None, total: int, by_day: bool) -> str:
        """Why a wage understood is still no wage, or ''."""
        if own is None:
            return "wage_missing"
        if by_day and total != own:
            return "wage_daily_mixed"
        if total == 0:
            return "wage_zero"
        limit = MAX_MONTHLY_RUPIAH // 100 if by_day else MAX_MONTHLY_RUPIAH  # a day's wage is multiplied by the law
        return "wage_too_large" if total > limit else ""

    def _compare(self, position: int, row: int, main: int, total: int, own: int) -> None:
        """Warns of a wage too small to be true, and of one that differs from what another column states."""
        if own < cells.LOW_MONTHLY_RUPIAH:
            self.note(row, main, "wage_low", self.body[row][main], amount=total)
        stated = self.plan.stated
        if stated is not None and main != stated:
            says = self.amounts[stated].values[position]
            if says is not None and says != total:
                self.note(row, stated, "wage_differs", self.body[row][stated], computed=total)
