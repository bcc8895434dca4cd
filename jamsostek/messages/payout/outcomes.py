"""Outcomes gathered from the lines of one answer: each transfer is told the same, however often it is named."""

from __future__ import annotations

from jamsostek.messages.bank.problems import short
from jamsostek.messages.payout.problems import Problem
from jamsostek.messages.payout.records import RETURNED, SETTLED, Outcome


class Outcomes:
    """What was found so far, in the answer's order."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._found: dict[str, list[Outcome]] = {}
        self._differing: set[str] = set()

    def add(self, row: int, outcome: Outcome) -> None:
        """One line of the answer. A transfer may leave and come back; all else that differs is told, and none of it believed."""
        known = self._found.setdefault(outcome.end_to_end_id, [])
        if outcome in known:
            return
        if known and [one.status for one in (*known, outcome)] != [SETTLED, RETURNED]:
            self._differing.add(outcome.end_to_end_id)
            self.tell("status_differs", row, "status", f"{outcome.end_to_end_id}: {known[0].status}, {outcome.status}")
        known.append(outcome)

    def tell(self, kind: str, row: int | None, field: str, value: object) -> None:
        """Something to mend."""
        self.problems.append(Problem(kind, row, field, short(value)))

    @property
    def believed(self) -> tuple[Outcome, ...]:
        """All but those of transfers that were told differently."""
        return tuple(one for id, found in self._found.items() if id not in self._differing for one in found)
