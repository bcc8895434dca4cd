"""What a programme came to: who is covered now, what its sponsor was billed and paid, what families received. Sums alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min

from jamsostek.access.scope import acting, system_scope
from jamsostek.claims.queries.families import Received, received
from jamsostek.collection.queries import bills
from jamsostek.core.months import first_day, month_of
from jamsostek.core.text import _
from jamsostek.outreach.models import Candidate, Programme
from jamsostek.outreach.queries.candidates import READER
from jamsostek.registry.queries.timeline import standings

LEAST = 5
"""Fewer people than this are not told of what concerns their illness and death."""
MOST_BILLS = 60
BATCH = 20_000


@dataclass(frozen=True)
class Billed:
    """A bill of the sponsor: everybody on it, in this programme or not. Whole rupiah."""

    month: int
    rupiah: int
    left_rupiah: int
    standing: bills.Standing


@dataclass(frozen=True)
class Outcome:
    """`covered`: of all who were ever enrolled, how many anybody covers this month; `by_sponsor`: through this sponsor."""

    enrolled: int
    covered: int
    by_sponsor: int
    bills: Sequence[Billed]
    families: Received


def outcome(programme: Programme, today: dt.date) -> Outcome:
    """Reckoned for the whole programme, whoever asks; the caller sees to it that the programme is in sight."""
    rows = Candidate.objects.filter(programme_id=programme.pk, participant_id__isnull=False, from_month__isnull=False)
    ever = sorted({int(one) for one in rows.filter(rupiah__gt=0).values_list("participant_id", flat=True) if one is not None})
    enrolled = rows.filter(state="enrolled").count()
    first = rows.aggregate(first=Min("from_month"))["first"]
    month = month_of(today)
    covered = by_sponsor = 0
    with acting(system_scope(_(READER))):
        for start in range(0, len(ever), BATCH):
            held = standings(ever[start : start + BATCH], month)
            covered += len(held)
            by_sponsor += sum(1 for one in held.values() if one.sponsor_id == programme.sponsor_id)
        families = received(ever, first_day(first) if first else today)
        told = [
            Billed(one.bill.month, one.bill.total_rupiah, one.standing.left_rupiah, one.standing)
            for one in bills.of_sponsor(programme.sponsor_id, today)[0:MOST_BILLS]
            if first and one.bill.month >= first
        ]
    return Outcome(enrolled, covered, by_sponsor, told, families)
