"""What money would do before it does: who would be funded now, what another budget would pay for, the months ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import QuerySet

from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, span
from jamsostek.outreach import families, plan
from jamsostek.outreach.actions.funding import people_of, quota_left, replace_left, taken_of
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.queries.money import Purse, as_planned, monthly, purses
from jamsostek.outreach.queries.programmes import quotas_of, sources_of

_KEPT = ("pk", "village_code", "nik_index", "facts")


@dataclass(frozen=True)
class Given:
    """What a source would pay now. Whole rupiah."""

    title: str
    people: int
    each_rupiah: int
    rupiah: int
    left_rupiah: int


@dataclass(frozen=True)
class Preview:
    """Who would be funded and who waits: by source, by village (funded, waiting), paid for elsewhere."""

    sources: Sequence[Given]
    villages: Mapping[int, tuple[int, int]]
    waiting: int
    elsewhere: int

    @property
    def funded(self) -> int:
        """People."""
        return sum(one.people for one in self.sources)

    @property
    def rupiah(self) -> int:
        """What all of it costs."""
        return sum(one.rupiah for one in self.sources)


def preview(programme: Programme, from_month: int | None = None) -> Preview:
    """As `funding.fund` would give it now; writes nothing and holds nothing."""
    rows = list(
        Candidate.objects.filter(programme_id=programme.pk, state__in=("verified", "waiting"), nik_index__isnull=False)
        .order_by("-points", "lot", "pk").only(*_KEPT)
    )  # fmt: skip
    there = [replace_left(one, from_month) for one in purses(programme)]
    purse = [one for one in there if one.source.from_month <= one.source.to_month]
    taken = taken_of([bytes(one.nik_index or b"") for one in rows], [one.source for one in purse])
    free = [one for one in rows if bytes(one.nik_index or b"") not in taken]
    costs = {one.source.key: monthly(one.source, programme.income_rupiah, programme.programmes) for one in purse}
    made = plan.allocate(people_of(free), [one.source for one in purse], costs, quota_left(programme))
    funded = Counter(free[int(at)].village_code or 0 for at in np.flatnonzero(made.source != plan.WAITING))
    waiting = Counter(free[int(at)].village_code or 0 for at in made.waiting)
    told = [
        Given(one.title, spent.persons, spent.each_rupiah, spent.rupiah, spent.left_rupiah)
        for one, spent in zip(purse, made.spent, strict=True)
    ]
    villages = {code: (funded[code], waiting[code]) for code in sorted({*funded, *waiting})}
    return Preview(told, villages, len(made.waiting), len(rows) - len(free))


def waiting_line(programme: Programme) -> QuerySet[Candidate]:
    """Who waits, the first first."""
    rows = Candidate.objects.select_related("person").filter(programme_id=programme.pk, state="waiting")
    return rows.order_by("-points", "lot", "pk")


# --- what a change would do --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """More or less money in per cent, another package, so many months from the first; None: as it is."""

    name: str
    money_percent: int = 100
    package: Sequence[str] | None = None
    months: int | None = None


@dataclass(frozen=True)
class Answer:
    """What a question comes to. Whole rupiah; `funded` is None where it cannot be reckoned."""

    name: str
    funded: int | None
    waiting: int = 0
    rupiah: int = 0
    left_rupiah: int = 0
    each_rupiah: int = 0
    """What the first source pays for one person in all its months."""
    families_tenths: int = 0
    """Families expected to be paid the whole death benefit (`families.expected`)."""


def what_if(programme: Programme, questions: Sequence[Question], known: families.Basis) -> list[Answer]:
    """The whole money given anew to everybody in line or paid for, under each question. Others' programmes are not looked at."""
    rows = list(
        Candidate.objects.filter(programme_id=programme.pk, nik_index__isnull=False).exclude(state__in=("refused", "lapsed"))
        .order_by("-points", "lot", "pk").only(*_KEPT)
    )  # fmt: skip
    people, sources = people_of(rows), [as_planned(one) for one in sources_of(programme)]
    quota = quotas_of(programme) or None
    return [_answered(programme, people, sources, quota, one, known) for one in questions]


def _answered(
    programme: Programme,
    people: plan.People,
    sources: Sequence[plan.Source],
    quota: Mapping[int, int] | None,
    asked: Question,
    known: families.Basis,
) -> Answer:
    first = min((one.from_month for one in sources), default=0)
    last = add_months(first, asked.months - 1) if asked.months and first else None
    if not sources or (last is not None and any(one.from_month > last for one in sources)):
        return Answer(asked.name, None)
    package = tuple(asked.package or programme.programmes)
    costs = {one.key: monthly(replace(one, to_month=last or one.to_month), programme.income_rupiah, package) for one in sources}
    change = plan.Change(asked.name, asked.money_percent * 10_000, costs, last)
    try:
        ((_name, made),) = plan.compare(people, sources, costs, [change], quota)
    except InputError:
        return Answer(asked.name, None)
    return Answer(
        asked.name, made.funded, len(made.waiting), made.rupiah, sum(one.left_rupiah for one in made.spent),
        made.spent[0].each_rupiah, families.expected(known, plan.changed(sources, change), made.spent),
    )  # fmt: skip


def forecast(
    programme: Programme, purse: Purse, leaving_ppm: int, *, replaced: bool, since: int
) -> tuple[int, Sequence[plan.MonthAhead]]:
    """How many a source pays for now, and month by month whom it pays for: each in their own months, also those who stopped.
    The rate of leaving, from the month `since` on, is the asker's estimate."""
    rows = Candidate.objects.filter(programme_id=programme.pk, source_id=purse.id, rupiah__gt=0)
    paid, by_month = 0, Counter[int]()
    for state, first, last in rows.values_list("state", "from_month", "to_month"):
        paid += state in ("funded", "enrolled")
        by_month.update(span(first or 0, last or 0))
    costs = monthly(purse.source, programme.income_rupiah, programme.programmes)
    return paid, plan.promised(purse.source, by_month, costs, since, leaving_ppm, replaced)


# --- what it did -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Covered:
    """Of those found without protection: how many are covered through the programme now, and how many are to be."""

    found: int
    enrolled: int
    funded: int


def covered(programme: Programme) -> Covered:
    """Everybody found without cover who is not refused for another reason stands in `found`."""
    rows = Candidate.objects.filter(programme_id=programme.pk, answers__uncovered=1).exclude(state="refused")
    states = Counter(rows.order_by().values_list("state", flat=True))
    return Covered(sum(states.values()), states["enrolled"], states["funded"])
