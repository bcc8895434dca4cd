"""Which cells are counted in the night: five sets of dimensions by month and place, and which of them answers a question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jamsostek.coverage.cube.schema import FLOWS, Basis, Question

CELL_MEASURES = ("registered", "ever", "active", *FLOWS)
"""What cells hold; people reported and not paid are counted on the rows."""
RECENT, YEARS = 36, 20
"""Cells are kept for so many months up to now, and for the December of so many years before."""
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

    @property
    def place(self) -> str:
        """The column of the rows that says where somebody counts."""
        return "regency" if self.basis == "domicile" else "office"


_PEOPLE = ("regency", "sex", "age", "disability", "segments", "payers")
_WORK = ("regency", "sex", "segments", "programmes", "payers", "occupation")
LATTICES = (
    Lattice("people", "domicile", _PEOPLE),
    Lattice("work", "domicile", _WORK),
    Lattice("village", "domicile", ("regency", "village", "sex", "segments")),
    Lattice("office_people", "office", _PEOPLE),
    Lattice("office_work", "office", _WORK),
)


def column(dimension: str) -> str:
    """The column of a lattice's files that tells a dimension."""
    return _COLUMN.get(dimension, dimension)


def lattice_for(question: Question, months: Collection[int]) -> Lattice | None:
    """The first set of cells that holds a question whole, given the months that cells were kept for; None: ask the rows."""
    if not set(question.months) <= set(months) or not set(question.measures) <= set(CELL_MEASURES):
        return None
    needed = {column(name) for name in question.dimensions}
    return next((one for one in LATTICES if one.basis == question.basis and needed <= set(one.keys)), None)
