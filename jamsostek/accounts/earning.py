"""What accounts earn in a month: how many days their money stood there, then the law's kernel. Arrays in and out.

A line earns from the day after its `effective_on`. What is taken out is taken from what earns first, and from this year's
returns (which do not earn before January) only when that is used up: otherwise whoever withdraws everything would be counted
days of money that never earned.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from jamsostek import law
from jamsostek.accounts.models import LineKind
from jamsostek.core.months import last_day
from jamsostek.core.rupiah import PPM
from jamsostek.law import Law

RULE = "benefit.jht.monthly_return"
_EPOCH = np.datetime64(0, "D")
Array = npt.NDArray[np.int64]
Rows = npt.NDArray[np.void]


class Overdrawn(ValueError):
    """An account would hold less than nothing."""

    def __init__(self, participant_id: int) -> None:
        self.participant_id = participant_id
        super().__init__(f"participant {participant_id}")


@dataclass(frozen=True)
class Inputs:
    """What the law's rule is asked for each account, in the order of `participant_id`; whole rupiah, rupiah x days.

    `moved_rupiah` is all that came in and went out but returns, `already_rupiah` the return of this month that a payment in the
    middle of it has brought forward, `taken_rupiah` what withdrawals took from this year's returns.
    """

    participant_id: Array
    opening_rupiah: Array
    returned_rupiah: Array
    movement_rupiah_days: Array
    moved_rupiah: Array
    already_rupiah: Array
    taken_rupiah: Array


@dataclass(frozen=True)
class Earned:
    """Where every account stands at the end of a month; `credited_rupiah` is what is still to be written of `return_rupiah`."""

    participant_id: Array
    return_rupiah: Array
    credited_rupiah: Array
    balance_rupiah: Array
    year_return_rupiah: Array


def earned(month: int, before: Rows, lines: Rows, here: Law | None = None, *, rate_ppm: int | None = None) -> Earned:
    """The month of some accounts. `rate_ppm` is the rate declared where the law has none; `here` replaces the law of the month.

    `before`: participant_id, balance_rupiah, year_return_rupiah as the month before left them; `lines` of the month:
    participant_id, kind, effective_on, amount_rupiah; in any order. Raises `Overdrawn`, `InputError`.
    """
    here = here or law.law_at(month)
    asked = inputs(month, before, lines, here)
    found = returns(month, asked, here, rate_ppm)
    total = np.maximum(found, asked.already_rupiah)  # what was paid out at the counter is not taken back
    balance = asked.opening_rupiah + asked.returned_rupiah + asked.moved_rupiah + total
    year = asked.returned_rupiah + total - asked.taken_rupiah
    if (balance < year).any():
        raise Overdrawn(int(asked.participant_id[np.argmax(balance < year)]))
    return Earned(asked.participant_id, total, total - asked.already_rupiah, balance, year)


def returns(month: int, asked: Inputs, here: Law, rate_ppm: int | None) -> Array:
    """The rule's answer for each account; whole rupiah."""
    found: Array = law.calculate_many(
        RULE,
        month=month,
        law=here,
        opening_rupiah=asked.opening_rupiah,
        returned_rupiah=asked.returned_rupiah,
        movement_rupiah_days=asked.movement_rupiah_days,
        annual_rate=share_of(rate_ppm),
    )["return_rupiah"]
    return found


def share_of(rate_ppm: int | None) -> Decimal | None:
    """A rate as the rule is given it; None where the law's own holds."""
    return None if rate_ppm is None else Decimal(rate_ppm) / PPM


def inputs(month: int, before: Rows, lines: Rows, here: Law) -> Inputs:
    """What the rule is asked (see `earned`)."""
    held = before[before["balance_rupiah"] != 0]
    lines = lines[np.argsort(lines["participant_id"], kind="stable")]
    people = np.sort(np.concatenate([held["participant_id"], lines["participant_id"]]).astype(np.int64), kind="stable")
    people = people[_differs(people)]
    balance, returned = np.zeros(len(people), np.int64), np.zeros(len(people), np.int64)
    at = np.searchsorted(people, held["participant_id"])
    balance[at] = held["balance_rupiah"]
    if month % 100 != 1:  # in January last year's returns join what earns
        returned[at] = held["year_return_rupiah"]
    whose = np.searchsorted(people, lines["participant_id"])
    is_return = lines["kind"] == LineKind.RETURN
    already = _sums(len(people), whose[is_return], lines["amount_rupiah"][is_return])
    moved = _Moved.of(whose[~is_return], lines[~is_return], last_day(month).toordinal() - _ORIGIN)
    return moved.inputs(people, balance - returned, returned, already, here)


_ORIGIN = 719_163
"""The ordinal of 1970-01-01."""


@dataclass(frozen=True)
class _Moved:
    """What moved, one entry for an account and a day, in that order: the account's place, the days it stands, the rupiah."""

    whose: Array
    days: Array
    rupiah: Array

    @classmethod
    def of(cls, whose: Array, lines: Rows, last: int) -> _Moved:
        """Lines of one account and day together: within a day nothing comes before anything."""
        stands = last - (lines["effective_on"] - _EPOCH).astype(np.int64)
        order = np.lexsort((-stands, whose))
        whose, stands, rupiah = whose[order], stands[order], lines["amount_rupiah"][order].astype(np.int64)
        first = np.flatnonzero(_differs(whose) | _differs(stands))
        return cls(whose[first], stands[first], np.add.reduceat(rupiah, first) if len(first) else rupiah)

    def inputs(self, people: Array, opening: Array, returned: Array, already: Array, here: Law) -> Inputs:
        """With what the accounts held before."""
        count = len(people)
        held = opening[self.whose] + self._running()
        taken = np.minimum(self._deepest(-held), (returned + already)[self.whose])
        earning = np.maximum(held + taken, 0)
        starts = _differs(self.whose)
        change = earning - np.where(starts, opening[self.whose], np.roll(earning, 1))
        if here.flag("jht.return.compounds"):  # then returns earn too, and what is taken from them stops earning
            change = self.rupiah
        last = np.flatnonzero(np.roll(starts, -1))
        taken_at_last = np.zeros(count, np.int64)
        taken_at_last[self.whose[last]] = taken[last]
        return Inputs(
            people, opening, returned, _sums(count, self.whose, change * self.days), _sums(count, self.whose, self.rupiah),
            already, taken_at_last,
        )  # fmt: skip

    def _running(self) -> Array:
        """The sum of what moved up to and with each entry, account by account."""
        total = np.cumsum(self.rupiah)
        starts = np.flatnonzero(_differs(self.whose))
        lengths = np.diff(np.append(starts, len(total)))
        return total - np.repeat(total[starts] - self.rupiah[starts], lengths)

    def _deepest(self, missing: Array) -> Array:
        """The most that was ever missing up to each entry, account by account; 0 where nothing was."""
        if not (missing > 0).any():
            return np.zeros_like(missing)
        step = int(missing.max()) + 1  # each account stands above all before it, so one running maximum serves them all
        level = (np.cumsum(_differs(self.whose)) - 1) * step
        found: Array = np.maximum.accumulate(np.maximum(missing, 0) + level) - level
        return found


def _differs(values: Array) -> npt.NDArray[np.bool_]:
    """Where a value is another than the one before it."""
    found = np.ones(len(values), np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def _sums(count: int, whose: Array, rupiah: Array) -> Array:
    """Sums by place; exact."""
    found = np.zeros(count, np.int64)
    np.add.at(found, whose, rupiah)
    return found
