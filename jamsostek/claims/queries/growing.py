"""The yearly growth of pensions as those who decide it see it: every year, and what a growth would do, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.claims.actions import growth
from jamsostek.claims.choices import COMPONENTS, Component
from jamsostek.claims.models import Growth
from jamsostek.core.text import _


@dataclass(frozen=True)
class Line:
    """One kind of pension: how many, and a month of all of them before and after; whole rupiah."""

    component: Component
    people: int
    was_rupiah: int
    rupiah: int

    @property
    def title(self) -> str:
        """What it is called."""
        return _(COMPONENTS[self.component].title)


@dataclass(frozen=True)
class Trial:
    """What a growth would do, kind by kind."""

    lines: Sequence[Line]

    @property
    def people(self) -> int:
        """All of them."""
        return sum(one.people for one in self.lines)

    @property
    def was_rupiah(self) -> int:
        """A month before."""
        return sum(one.was_rupiah for one in self.lines)

    @property
    def rupiah(self) -> int:
        """A month after."""
        return sum(one.rupiah for one in self.lines)


def years() -> QuerySet[Growth]:
    """The newest first."""
    return Growth.objects.order_by("-year")


def year(number: int) -> Growth:
    """One in sight; raises `Refused`."""
    row = Growth.objects.filter(year=number).first()
    if row is None:
        raise not_yours(_("Kenaikan tahun ini tidak ada, atau bukan wewenang Anda."))
    return row


def trial(*, year: int, inflation_ppm: int) -> Trial:
    """Looks without writing."""
    found = growth.trial(year=year, inflation_ppm=inflation_ppm)
    sums: dict[Component, list[int]] = {}
    for component, was, now in zip(found.components, found.was, found.rupiah, strict=True):
        one = sums.setdefault(component, [0, 0, 0])
        one[0], one[1], one[2] = one[0] + 1, one[1] + was, one[2] + now
    return Trial([Line(component, *told) for component, told in sorted(sums.items())])
