"""A programme's money: what a person costs each source, what is spent, what is left, how many it pays for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Sum

from jamsostek.core.months import span
from jamsostek.outreach import plan
from jamsostek.outreach.models import Candidate, Programme, Source


@dataclass(frozen=True)
class Purse:
    """A source and what is left in it: rupiah; `people` are paid for from it, or were until they lapsed."""

    id: int
    source: plan.Source
    title: str
    regulation: str
    people: int
    spent_rupiah: int

    @property
    def left_rupiah(self) -> int:
        """What nobody has yet."""
        return self.source.rupiah - self.spent_rupiah


def as_planned(row: Source) -> plan.Source:
    """A source as the plan reckons with it."""
    return plan.Source(
        row.key, row.kind, row.rupiah, row.from_month, row.to_month, frozenset(row.only_groups), frozenset(row.villages)
    )


def purses(programme: Programme) -> list[Purse]:
    """Sources in order."""
    paid = Candidate.objects.filter(programme_id=programme.pk, source_id__isnull=False).order_by()
    totals = paid.values_list("source_id").annotate(people=Count("pk"), rupiah=Sum("rupiah"))
    spent: dict[int | None, tuple[int, int]] = {source: (people, int(rupiah)) for source, people, rupiah in totals}
    rows = Source.objects.filter(programme_id=programme.pk)
    return [Purse(row.pk, as_planned(row), row.title, row.regulation, *spent.get(row.pk, (0, 0))) for row in rows]


def monthly(source: plan.Source, income_rupiah: int, programmes: Sequence[str]) -> Mapping[int, int]:
    """One person's contribution in each month of a source."""
    return _monthly(source.kind, source.from_month, source.to_month, income_rupiah, tuple(programmes))


@cache
def _monthly(kind: str, first: int, last: int, income_rupiah: int, programmes: tuple[str, ...]) -> Mapping[int, int]:
    return plan.contributions(plan.Source("", kind, 0, first, last), income_rupiah=income_rupiah, programmes=programmes)


def months_cost(kind: str, first: int, last: int, income_rupiah: int, programmes: Sequence[str]) -> int:
    """What months of one person cost; nothing where the last is before the first."""
    return sum(_monthly(kind, first, last, income_rupiah, tuple(programmes)).values()) if span(first, last) else 0


def capacity(programme: Programme) -> int:
    """How many people the money pays for, from each source's first month to its last."""
    return sum(
        plan.persons_for(one.rupiah, plan.cost_of(one, monthly(one, programme.income_rupiah, programme.programmes)))
        for one in (purse.source for purse in purses(programme))
    )
