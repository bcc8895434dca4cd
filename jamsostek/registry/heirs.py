"""Heirs in the order of law: PP 44/2015 Pasal 37 (5) and 40 (2) for JKK and JKM, PP 46/2015 Pasal 23 for JHT.

Pure: rows of family in, groups in order out. Who stands in an earlier group excludes all later ones; several in one group
share. Splitting among several children is not settled (docs/law/interpretations.md), so nobody is refused here: the order
is shown, and a human decides. The steps come from the law's own parameters `jkm.heirs` and `jht.heirs`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from jamsostek.law import law_on
from jamsostek.registry.choices import Kin

GROUPS: dict[str, tuple[Kin, ...]] = {
    "widow_widower_or_child": (Kin.SPOUSE, Kin.CHILD),
    "blood_line_to_second_degree": (Kin.PARENT, Kin.GRANDCHILD, Kin.GRANDPARENT),
    "siblings": (Kin.SIBLING,),
    "parents_in_law": (Kin.PARENT_IN_LAW,),
    "person_in_will": (Kin.BY_WILL,),
}


class Kinsman(Protocol):
    """What the order needs to know of somebody."""

    kin: str
    died_on: dt.date | None
    to_date: dt.date | None
    from_date: dt.date | None


@dataclass(frozen=True)
class Step:
    """One step of the order and who stands in it; `entitled` marks the first step where somebody does."""

    name: str
    members: tuple[Kinsman, ...]
    entitled: bool


def order(family: Iterable[Kinsman], *, on: dt.date, programme: str = "jkm") -> list[Step]:
    """The steps of the law in force on a day, with the living of each; a divorced spouse is no heir."""
    rows = [one for one in family if alive_and_kin(one, on)]
    steps: list[Step] = []
    found = False
    for name in law_on(on).in_force(f"{programme}.heirs").value:
        members = tuple(one for one in rows if one.kin in GROUPS.get(str(name), ()))
        steps.append(Step(str(name), members, bool(members) and not found))
        found = found or bool(members)
    return steps


def alive_and_kin(one: Kinsman, on: dt.date) -> bool:
    """Whether somebody lives on a day and is still kin: a divorced spouse is none."""
    alive = one.died_on is None or one.died_on > on
    ended = one.kin == Kin.SPOUSE and one.to_date is not None and one.to_date <= on
    return alive and not ended
