"""What a grant is held over: what it is called, and in which regency it lies.

Employers, sponsors, offices and participants belong to rooms above this one; they say here how theirs are found
(`registry.queries.targets` does, when its app is ready). What is out of the reader's sight is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from jamsostek.access.roles import Kind
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import _

Over = tuple[str, int]
"""A kind and a target, as a grant has them."""


@dataclass(frozen=True)
class Target:
    """`regencies` is every regency a grant over it reaches; none known means only the head office may give it."""

    name: str
    regencies: frozenset[int] = frozenset()


Finder = Callable[[Collection[int]], Mapping[int, Target]]
_finders: dict[Kind, Finder] = {}


def found_by(kind: Kind, finder: Finder) -> None:
    """Says how targets of a kind are found."""
    _finders[kind] = finder


def find(overs: Iterable[Over]) -> dict[Over, Target]:
    """Targets by kind and number; those not found are left out."""
    wanted: dict[Kind, set[int]] = {}
    for kind, target in overs:
        wanted.setdefault(Kind(kind), set()).add(target)
    found: dict[Over, Target] = {}
    for kind, numbers in wanted.items():
        known = _finders[kind](numbers) if kind in _finders else {}
        found.update({(str(kind), number): target for number, target in known.items()})
    return found


def find_one(kind: str, target: int) -> Target | None:
    """One target, None where it is not found."""
    return find([(kind, target)]).get((str(Kind(kind)), target))


def _nation(numbers: Collection[int]) -> dict[int, Target]:
    return {number: Target(_("Seluruh Indonesia")) for number in numbers if number == 0}


def _regions(numbers: Collection[int]) -> dict[int, Target]:
    found = {}
    for number in numbers:
        below = frozenset(one.code for one in REGENCIES.values() if number in (one.code, one.province_code))
        if below:
            name = PROVINCES[number].name if number in PROVINCES else REGENCIES[number].name
            found[number] = Target(name, below)
    return found


found_by(Kind.NATION, _nation)
found_by(Kind.REGION, _regions)
