"""Conditions held against changed facts: a person whose claim is whole, one fact at a time otherwise."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jamsostek.law import law_on
from jamsostek.law.entitlement import Condition, Met, Outcome, outcome
from jamsostek.law.facts import Covered
from jamsostek.law.parameters import Law

MET, NOT_MET, UNKNOWN = Met.MET, Met.NOT_MET, Met.UNKNOWN
ENTITLED, NOT_ENTITLED = Outcome.ENTITLED, Outcome.NOT_ENTITLED
DAY = dt.timedelta(days=1)
COVER = Covered(protected=True, pays_first="bpjs", why="Iuran bulan itu dibayar.", registered_on=dt.date(2016, 1, 1))


def day(text: str) -> dt.date:
    """`"2025-03-01"` as a date."""
    return dt.date.fromisoformat(text)


def of(text: str) -> Law:
    """The law of a day."""
    return law_on(text)


def by_key(found: Sequence[Condition]) -> dict[str, Condition]:
    """Conditions by their key, each there once."""
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys)), keys
    return dict(zip(keys, found, strict=True))


@dataclass(frozen=True)
class Case:
    """What is otherwise, and what one condition comes to then; `unsettled` is its number, `other` the other
    reading, `says` the fact in words where that is looked at."""

    change: dict[str, Any]
    key: str
    met: Met
    unsettled: int | None = None
    other: Met | None = None
    law: str | None = None
    says: str = ""

    def __str__(self) -> str:
        told = ",".join(f"{name}={value}" for name, value in self.change.items())
        return f"{self.key}:{self.met}:{told}"[:120]


def held(case: Case, base: Any, law: str, conditions: Callable[[Law, Any], list[Condition]]) -> Condition:
    """The condition the case is about, found among all of them; it says what the case says."""
    found = by_key(conditions(of(case.law or law), replace(base, **case.change)))
    one = found[case.key]
    assert one.met == case.met, f"{one.fact_words} [{one.article}]"
    assert (one.unsettled, one.other) == (case.unsettled, case.other)
    assert empty_holes(one) == []
    assert case.says in ("", one.fact_words)
    return one


def empty_holes(one: Condition) -> list[str]:
    """Holes of the fact and of the remedy that would be shown with nothing in them."""
    shown = one.fact + (one.remedy if one.met == NOT_MET else "")
    return [name for name in re.findall(r"{(\w+)}", shown) if one.values[name] in ("", None, [])]


def refuses_alone(one: Condition) -> bool:
    """Whether this condition by itself refuses."""
    return outcome([one]) == NOT_ENTITLED


def three_ways(cases: Sequence[Case], but: Sequence[str] = ()) -> list[tuple[str, Met]]:
    """Keys, and the way none of the cases shows them; those in `but` need not be shown in all three."""
    shown = {(one.key, one.met) for one in cases}
    return [(key, way) for key in sorted({one.key for one in cases} - set(but)) for way in Met if (key, way) not in shown]
