"""What was paid to a group of people and their families, in sums: for whoever paid their contributions. Nobody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Claim, Payout, Trainee
from jamsostek.claims.trainings import SEATED, At


@dataclass(frozen=True)
class Sent:
    """A claim that was sent: about whom, and the day it happened (a scholarship: that of the claim it follows)."""

    claim_id: int
    participant_id: int
    on: dt.date


@dataclass(frozen=True)
class Paid:
    """Money of one programme: from how many claims, whole rupiah before tax."""

    claims: int
    rupiah: int


@dataclass(frozen=True)
class Received:
    """Claims sent for some people, how many of them are paid, whole rupiah paid, heirs and workers in training."""

    claims: int
    paid: int
    rupiah: int
    in_training: int


def received(participant_ids: Collection[int], since: dt.date) -> Received:
    """Claims sent since a day; counted under the scope in force."""
    rows = Claim.objects.filter(participant_id__in=list(participant_ids), submitted_on__gte=since)
    ids = list(rows.values_list("pk", flat=True))
    paid = Payout.objects.filter(claim_id__in=ids, paid_on__isnull=False)
    rupiah = paid.aggregate(rupiah=Sum("gross_rupiah"))["rupiah"] or 0
    trained = Trainee.objects.filter(claim_id__in=ids, state__in=[*SEATED, At.FINISHED]).values("person_index").distinct().count()
    return Received(len(ids), paid.values("claim_id").distinct().count(), int(rupiah), trained)


def sent_until(participant_ids: Collection[int], last: dt.date) -> list[Sent]:
    """Claims about some people, sent by a day; where the day of the event is not known, the day they were sent stands for it."""
    rows = Claim.objects.filter(participant_id__in=list(participant_ids), submitted_on__lte=last).order_by("pk")
    on = Coalesce("event_on", "parent__event_on", "submitted_on")
    return [Sent(*one) for one in rows.annotate(on=on).values_list("pk", "participant_id", "on")]


def paid_of(claim_ids: Collection[int], first: dt.date, last: dt.date) -> Mapping[str, Paid]:
    """What was paid out for claims on days from first to last, both in, by programme, without what the carrier pays for
    being late; counted under the scope in force."""
    rows = Payout.objects.filter(claim_id__in=list(claim_ids), state=PayoutState.PAID, paid_on__range=(first, last))
    told = (
        rows.exclude(fund="carrier")
        .order_by("fund")
        .values_list("fund")
        .annotate(claims=Count("claim_id", distinct=True), rupiah=Sum("gross_rupiah"))
    )
    return {fund: Paid(claims, int(rupiah)) for fund, claims, rupiah in told}
