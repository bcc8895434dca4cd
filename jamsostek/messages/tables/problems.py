"""A thing to mend in a table, in the sender's words: what was seen, what was expected, how to mend it.

A problem keeps its kind and its values, not its sentence, so it can be told in either language. Problems of one kind
are mended the same way: the lists shown to people are grouped by kind. Which kinds there are is the reader's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from jamsostek.core.nik import mask_nik
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_number
from jamsostek.core.text import _

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
"""The row is refused; the row is used, look again; nothing to do."""
_PLAIN_NUMBERS = frozenset({"first_row", "age", "limit", "count"})
_LONG_NUMBER = re.compile(r"\d(?:[ .,\-]?\d){9,}")


@dataclass(frozen=True)
class Kind:
    """What is told of a kind of problem, in Indonesian; `{names}` are filled from the problem's detail."""

    severity: str
    problem: str
    expected: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One thing to mend. `row` is the sheet's own row number (None for the whole sheet), `column` its letter."""

    kinds: ClassVar[Mapping[str, Kind]] = {}
    """The kinds a reader knows; each reader's own class says which."""

    kind: str
    sheet: str
    row: int | None
    column: str
    title: str
    """The title above the column, as the sender wrote it."""
    value_seen: str
    """What the cell shows, long numbers starred."""
    value_whole: str = field(repr=False, default="")
    """What the cell holds: only for the file that goes back to its sender."""
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def severity(self) -> str:
        """See `SEVERITIES`."""
        return self.kinds[self.kind].severity

    @property
    def problem(self) -> str:
        """What is wrong, in the reader's language; the heading of its group."""
        return _(self.kinds[self.kind].problem)

    @property
    def expected(self) -> str:
        """What should have been there."""
        return _(self.kinds[self.kind].expected).format(**self.told())

    @property
    def remedy(self) -> str:
        """How to mend it."""
        return _(self.kinds[self.kind].remedy)

    def told(self) -> dict[str, Any]:
        """The detail as people read it: rupiah in groups of three, choices in words."""
        words = {"male": _("laki-laki"), "female": _("perempuan")}
        shown: dict[str, Any] = {"maximum": format_number(MAX_MONTHLY_RUPIAH)}
        for name, value in self.detail.items():
            if isinstance(value, int) and name not in _PLAIN_NUMBERS:
                shown[name] = format_number(value)
            else:
                shown[name] = words.get(value, value) if isinstance(value, str) else value
        return shown


def mask(text: str, *, minimum_digits: int = 10) -> str:
    """Every number of at least `minimum_digits` digits in a text starred: nobody's NIK or account on a screen."""

    def starred(found: re.Match[str]) -> str:
        return mask_nik(found[0]) if sum(mark.isdigit() for mark in found[0]) >= minimum_digits else found[0]

    return _LONG_NUMBER.sub(starred, text)


P = TypeVar("P", bound=TableProblem)


def by_kind(problems: Iterable[P]) -> dict[str, list[P]]:
    """Problems grouped by the repair they need: errors first, then the largest groups."""
    groups: dict[str, list[P]] = {}
    for problem in problems:
        groups.setdefault(problem.kind, []).append(problem)

    def order(item: tuple[str, list[P]]) -> tuple[int, int, int]:
        first = item[1][0]
        return SEVERITIES.index(first.severity), -len(item[1]), list(first.kinds).index(first.kind)

    return dict(sorted(groups.items(), key=order))
