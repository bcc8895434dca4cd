"""One thing to mend in a list of people, and how the values of such a problem are put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from jamsostek.core.text import _
from jamsostek.messages.roster.choices import in_words
from jamsostek.messages.roster.kinds import KINDS
from jamsostek.messages.tables.problems import ERROR, Kind, TableProblem

ERRORS = frozenset(kind for kind, told in KINDS.items() if told.severity == ERROR)
"""Kinds that keep a row out."""
STATED = {"nik_birth_differs", "nik_sex_differs", "birth_day_month_swapped", "bpu_age_below", "bpu_age_above"}
"""Errors that become a warning where the sender says that the row matches the ID card."""


@dataclass(frozen=True, slots=True)
class RosterProblem(TableProblem):
    """One thing to mend in a list of people."""

    kinds: ClassVar[Mapping[str, Kind]] = KINDS

    def told(self) -> dict[str, Any]:
        """The detail in words: choices by name; of a row said to match the ID card, what is unusual about it."""
        shown = TableProblem.told(self)
        if about := self.detail.get("about"):
            shown["about"] = _(KINDS[about].problem)
        if "among" in self.detail:
            shown["nearest"] = in_words(*self.detail["among"])
        return shown
