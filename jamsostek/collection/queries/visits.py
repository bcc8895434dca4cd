"""Firms of a region worth a visit: contributions overdue, a sanction case that is open, workers on a list who are not registered.

Ranked by workers whose rights are at risk: all of a firm with something overdue, and those found unregistered. Households that
employ somebody are people, and never listed; sums of money stay with the office, which sees the bills.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q

from jamsostek.collection.models import Case, Finding
from jamsostek.collection.queries.arrears import overdue
from jamsostek.registry.models import Employer, Employment

UNREGISTERED = ("workers", "head_count")
"""Kinds of findings that speak of workers who are not registered."""


@dataclass(frozen=True)
class Firm:
    """A firm and why it is listed; `months` overdue of its oldest bill, `case` says whether a sanction case is open."""

    npp: str
    name: str
    regency_code: int
    workers: int
    months: int
    bills: int
    unregistered: int
    case: bool

    @property
    def at_risk(self) -> int:
        """Workers whose rights are at risk: the score."""
        return (self.workers if self.months else 0) + self.unregistered


def firms_at_risk(regencies: Collection[int], day: dt.date, month: int) -> list[Firm]:
    """All such firms on a day, the most at risk first; workers are counted in the month."""
    opened = Case.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), regency_code__in=regencies, opened_on__lte=day)
    cases = dict(opened.values_list("employer_id", "finding_id").order_by("pk"))
    late = _late(regencies, day)
    missing = _unregistered(regencies, day, [one for one in cases.values() if one is not None])
    ids = {*late, *missing, *cases}
    rows = Employer.objects.filter(pk__in=ids, regency_code__in=regencies).exclude(kind="household")
    staff = _workers(ids, month)
    found = [
        Firm(
            one.npp, one.name, one.regency_code, staff.get(one.pk, 0), *late.get(one.pk, (0, 0)), missing.get(one.pk, 0),
            one.pk in cases,
        )
        for one in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.at_risk, -one.months, not one.case, one.npp))


def _late(regencies: Collection[int], day: dt.date) -> dict[int, tuple[int, int]]:
    """Months overdue of the oldest bill, and how many bills, by employer."""
    found = overdue(day, regencies=regencies)
    at = np.flatnonzero(found.rows["employer_id"] > 0)
    ids, places, bills = np.unique(found.rows["employer_id"][at], return_inverse=True, return_counts=True)
    months = np.zeros(len(ids), np.int64)
    np.maximum.at(months, places, found.months[at])
    return {int(one): (int(late), int(count)) for one, late, count in zip(ids, months, bills, strict=True)}


def _unregistered(regencies: Collection[int], day: dt.date, in_cases: Collection[int]) -> dict[int, int]:
    """Workers that a finding which waited on the day, or its open case, says are not registered, by employer; the largest."""
    waited = Q(decided_on=None) | Q(decided_on__gt=day) | Q(pk__in=in_cases)
    rows = Finding.objects.filter(waited, regency_code__in=regencies, kind__in=UNREGISTERED, found_on__lte=day)
    told: dict[int, int] = {}
    for employer, facts in rows.values_list("employer_id", "facts"):
        count = int(facts.get("missing") or facts.get("declared", 0) - facts.get("registered", 0))
        told[employer] = max(told.get(employer, 0), count)
    return told


def _workers(employers: Collection[int], month: int) -> dict[int, int]:
    """People who work for each in a month, wherever they live."""
    there = Q(to_month=None) | Q(to_month__gte=month)
    rows = Employment.objects.filter(there, employer_id__in=employers, from_month__lte=month)
    return dict(rows.order_by().values_list("employer_id").annotate(people=Count("participant_id", distinct=True)))
