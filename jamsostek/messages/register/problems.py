"""One thing to mend in a register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from jamsostek.messages.register.kinds import KINDS
from jamsostek.messages.roster.choices import in_words
from jamsostek.messages.tables.problems import Kind, TableProblem


@dataclass(frozen=True, slots=True)
class RegisterProblem(TableProblem):
    """One thing to mend in a register; its value is masked from the start, for nothing else leaves the reader."""

    kinds: ClassVar[Mapping[str, Kind]] = KINDS

    def told(self) -> dict[str, Any]:
        """The detail in words."""
        shown = TableProblem.told(self)
        if "among" in self.detail:
            shown["nearest"] = in_words(*self.detail["among"])
        return {"latest": "", "nearest": "-", "used": "", **shown}
