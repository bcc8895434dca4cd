"""What was paid to a group of people and their families, in sums: for whoever paid their contributions. Nobody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Sum

from jamsostek.claims.models import Claim, Payout, Trainee
from jamsostek.claims.trainings import SEATED, At


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
