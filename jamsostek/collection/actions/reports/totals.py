"""What a report comes to, beside the month before, and what it changes in months billed already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jamsostek.collection.actions import differences
from jamsostek.collection.actions.reports.overlay import Exceptions, due_with, exceptions_of
from jamsostek.collection.actions.reports.states import months_billed
from jamsostek.collection.billing import comparing, reading, writing
from jamsostek.collection.billing.comparing import Differences
from jamsostek.collection.billing.computing import owed, sums_by_payer
from jamsostek.collection.billing.reading import Due
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.models import Report
from jamsostek.core.months import add_months
from jamsostek.ledger.models import Period


@dataclass(frozen=True)
class Sums:
    """A month of one employer; whole rupiah."""

    people: int = 0
    wage_rupiah: int = 0
    jkk_rupiah: int = 0
    jkm_rupiah: int = 0
    jht_rupiah: int = 0
    jp_rupiah: int = 0
    worker_rupiah: int = 0
    """Of these, what is withheld from wages."""

    @property
    def total_rupiah(self) -> int:
        """All programmes."""
        return self.jkk_rupiah + self.jkm_rupiah + self.jht_rupiah + self.jp_rupiah


@dataclass(frozen=True)
class MonthDiffers:
    """What a month billed before changes by."""

    month: int
    people: int
    total_rupiah: int


@dataclass(frozen=True)
class Totals:
    """What is prepared, and what the approver sees and approves."""

    now: Sums
    before: Sums
    """The month before, as the registry knows it."""
    late: bool
    """The month was billed or closed already: what differs is asked for in the open month."""
    months: tuple[MonthDiffers, ...]
    due_on: str

    @property
    def difference_rupiah(self) -> int:
        """What the months billed before change by, together."""
        return sum(one.total_rupiah for one in self.months)

    def stored(self) -> dict[str, Any]:
        """For the report's row."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Totals:
        """From the report's row."""
        months = tuple(MonthDiffers(**one) for one in kept["months"])
        return cls(Sums(**kept["now"]), Sums(**kept["before"]), kept["late"], months, kept["due_on"])


def totals_of(report: Report) -> Totals:
    """A report's totals as it stands now, by the law's kernels over the month with its exceptions."""
    return _totals(report.employer_id, report.month, exceptions_of(report.pk, report.month))


def _totals(employer_id: int, month: int, exceptions: Exceptions) -> Totals:
    billed, late = months_billed(employer_id), is_late(employer_id, month)
    due = due_with(employer_id, month, exceptions)
    others = [one for one in billed if one >= exceptions.first_month and one != month]
    changed = [*_differs(employer_id, month, due, month in billed)] if late else []
    for one in others:
        changed += _differs(employer_id, one, due_with(employer_id, one, exceptions), True)
    return Totals(
        sums_of(due, month),
        sums_of(reading.due_of_employer(employer_id, add_months(month, -1)), add_months(month, -1)),
        late,
        tuple(sorted(changed, key=lambda one: one.month)),
        writing.due_days(month, PayerKind.EMPLOYER).risk.isoformat(),
    )


def is_late(employer_id: int, month: int) -> bool:
    """Whether the month was billed, or closed in the books."""
    return month in months_billed(employer_id) or is_closed(month)


def is_closed(month: int) -> bool:
    """Whether the books of a month are closed."""
    return Period.objects.filter(pk=month, closed_at__isnull=False).exists()


def sums_of(due: Due, month: int) -> Sums:
    """The sums of one employer's lines."""
    if not len(due.lines):
        return Sums()
    found = sums_by_payer(due.payers, due.lines, owed(month, due.payers, due.lines))
    one = {name: int(values[0]) for name, values in found.columns.items()}
    return Sums(
        int(found.count[0]), one["wage"], one["jkk"], one["jkm"], one["jht_employer"] + one["jht_worker"],
        one["jp_employer"] + one["jp_worker"], one["jht_worker"] + one["jp_worker"],
    )  # fmt: skip


def _differs(employer_id: int, month: int, due: Due, billed: bool) -> list[MonthDiffers]:
    found = comparing.differences(month, due) if billed else unbilled(month, due)
    return [MonthDiffers(one.month, one.people, one.total_rupiah) for one in differences.changes(found)]


def unbilled(month: int, due: Due) -> Differences:
    """All that is owed for a closed month nobody was billed for: the whole of it is the difference."""
    return Differences(due.payers, due.lines, owed(month, due.payers, due.lines))
