"""What a plan is expected to do for families whose earner dies: how many are paid the whole death benefit, and for how many
months that alone keeps a household above the poverty line. An estimate with everything it rests on said; pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek import law
from jamsostek.core.months import span
from jamsostek.coverage.dated import DatedFigure
from jamsostek.coverage.dated import deaths as deaths_on
from jamsostek.outreach.plan import Source, Spent


@dataclass(frozen=True)
class Basis:
    """What the estimate rests on: deaths in a year among members, the benefit, the months before it is paid whole."""

    deaths: DatedFigure
    benefit_rupiah: int
    wait_months: int


def basis(day: dt.date) -> Basis:
    """By the law and the figures of a day."""
    rupiah = law.calculate("benefit.jkm.death", date=day)["total_rupiah"]
    return Basis(deaths_on(day), int(rupiah), law.law_on(day).number("jkm.bpu_wait.months"))


def expected(known: Basis, sources: Sequence[Source], spent: Sequence[Spent]) -> int:
    """Tenths of families paid the whole benefit, rounded half up: everybody counts as new, so the first months do not."""
    months = sum(
        people.persons * max(0, len(span(one.from_month, one.to_month)) - known.wait_months)
        for one, people in zip(sources, spent, strict=True)
    )
    return (2 * months * known.deaths.value + 1_200_000) // 2_400_000


def months_above(known: Basis, line_rupiah: int) -> int:
    """Whole months for which the benefit alone is a household's poverty line; `line_rupiah` is a month's, of the household."""
    return known.benefit_rupiah // line_rupiah
