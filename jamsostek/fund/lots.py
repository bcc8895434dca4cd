"""Which purchases a sale takes from: the oldest first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from jamsostek.fund.terms import half_up


class Held(Protocol):
    """Something of which units are left."""

    @property
    def held(self) -> int:
        """Units left."""


Lot = TypeVar("Lot", bound=Held)


@dataclass(frozen=True)
class Part:
    """A share of whole rupiah that leaves nothing behind when the last unit goes."""

    taken: int
    held: int

    def of(self, rupiah: int) -> int:
        """What goes with the units taken, rounded half up; all of it with the last of them."""
        return half_up(Fraction(rupiah * self.taken, self.held))


def take(lots: Sequence[Lot], quantity: int) -> list[tuple[Lot, int]] | None:
    """Units by lot, the first lots emptied first; None where there are not so many."""
    taken, left = [], quantity
    for lot in lots:
        some = min(lot.held, left)
        if some:
            taken.append((lot, some))
            left -= some
    return taken if left == 0 else None
