"""Which cells are counted in the night: seven sets of dimensions by month and place, and which of them answers a question."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.months import add_months, span
from jamsostek.coverage.cube.schema import FLOWS, Basis, Question

CELL_MEASURES = ("registered", "ever", "active", *FLOWS)
"""What cells hold; people reported and not paid are counted on the rows."""
RECENT, YEARS = 36, 20
"""Cells are kept for so many months up to now, and for the December of so many years before; of villages for fewer months."""
RECENT_VILLAGES = 13
_COLUMN = {
    "province": "regency", "regency": "regency", "village": "village", "segment": "segments", "programme": "programmes",
    "payer": "payers",
}  # fmt: skip


@dataclass(frozen=True)
class Lattice:
    """One set of dimensions; `keys` are columns of its files, the place first."""

    name: str
    basis: Basis
    keys: tuple[str, ...]
    recent: int = RECENT

    @property
    def place(self) -> str:
        """The column of the rows that says where somebody counts."""
        return "regency" if self.basis == "domicile" else "office"


_PEOPLE = ("regency", "sex", "age", "disability", "segments")
_PAID = ("regency", "sex", "segments", "programmes", "payers")
_WORK = ("regency", "sex", "segments", "occupation")
LATTICES = (
    Lattice("paid", "domicile", _PAID),
    Lattice("people", "domicile", _PEOPLE),
    Lattice("work", "domicile", _WORK),
    Lattice("village", "domicile", ("regency", "village", "segments"), RECENT_VILLAGES),
    Lattice("office_paid", "office", _PAID),
    Lattice("office_people", "office", _PEOPLE),
    Lattice("office_work", "office", _WORK),
)


def column(dimension: str) -> str:
    """The column of a lattice's files that tells a dimension."""
    return _COLUMN.get(dimension, dimension)


def kept_months(lattice: Lattice, first: int, last: int) -> tuple[int, ...]:
    """Months that cells are kept for, of a snapshot that knows the months from `first` to `last`."""
    recent = [one for one in span(add_months(last, 1 - lattice.recent), last) if one >= first]
    years = range(recent[0] // 100 - YEARS, recent[0] // 100)
    return (*(year * 100 + 12 for year in years if first <= year * 100 + 12 < recent[0]), *recent)


def lattice_for(question: Question, first: int, last: int) -> Lattice | None:
    """The first set of cells that holds a question whole, of a snapshot that knows these months; None: ask the rows."""
    if not set(question.measures) <= set(CELL_MEASURES):
        return None
    needed = {column(name) for name in question.dimensions}
    return next(
        (
            one for one in LATTICES if one.basis == question.basis and needed <= set(one.keys)
            and set(question.months) <= set(kept_months(one, first, last))
        ), None,
    )  # fmt: skip
