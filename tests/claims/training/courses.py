"""Paid claims and offers of training: what their tests begin with. Days of the trainings lie after `cast.TODAY`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests import cast
from tests.claims import offices

TODAY = cast.TODAY
FIRST, LAST = dt.date(2026, 12, 1), dt.date(2026, 12, 12)


def offer(**given: Any) -> Any:
    """An offer for twenty heirs of a regency, paid by it."""
    from jamsostek.claims.actions.training import Offer

    facts: dict[str, Any] = {
        "kind": "heirs_training", "title": "Membuat kue basah", "title_en": "Making wet cakes", "region_code": cast.SIDOARJO,
        "provider": "BLK Contoh", "starts_on": FIRST, "ends_on": LAST, "sessions": 3, "capacity": 20,
        "cost_rupiah": 30_000_000, "sponsor_kind": "region", "sponsor": "Kabupaten Contoh", "place": "Balai desa",
    } | given  # fmt: skip
    return Offer(**facts)


def opened(**given: Any) -> Any:
    """An open one; call in everybody's sight."""
    from jamsostek.claims.actions import training

    made = training.make(offer=offer(**given), today=TODAY)
    return training.open_offer(training_id=made.pk, today=TODAY)


def widowed(name: str = "Budi Santoso", heir: str = "Dewi Lestari", more: tuple[Any, ...] = (), **given: Any) -> Any:
    """A widow's death claim whose money arrived."""
    from jamsostek.claims.actions import intake, parties
    from jamsostek.claims.choices import Channel, Kind

    who = offices.dead(name, **given)
    claim = intake.begin(
        kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(heir), today=TODAY
    ).claim
    for one in more:
        parties.add_beneficiary(claim_id=claim.pk, one=one, today=TODAY)
    return settled(claim)


def settled(claim: Any) -> Any:
    """A claim of which it is remembered that all was paid; how that comes about is told in test_paying."""
    from jamsostek.claims.actions.common import happened
    from jamsostek.claims.models import Claim

    happened(claim, "paid", TODAY)
    return Claim.objects.get(pk=claim.pk)


def party(claim: Any, kin: str = "spouse") -> Any:
    """Somebody of a claim by what they are to the participant."""
    from jamsostek.claims.models import Party

    return Party.objects.filter(claim=claim, kin=kin, left_on=None).first()


def trainee(training: Any, claim: Any, at: Any, attended: int = 0) -> Any:
    """The widow of a claim, written in by an officer; she came to so many sessions."""
    from jamsostek.claims.actions import trainees

    with cast.as_user(at.officer):
        made = trainees.enrol(training_id=training.pk, claim_id=claim.pk, party_id=party(claim).pk, today=TODAY)
        for session in range(1, attended + 1):
            trainees.mark(training_id=training.pk, session=session, on=FIRST, came={made.pk: True}, today=FIRST)
    return again(made)


def again(row: Any) -> Any:
    """A row as it is now."""
    return type(row).objects.get(pk=row.pk)
