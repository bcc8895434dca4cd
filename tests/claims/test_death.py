"""A family's claim after a death, from the first word to what is owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jamsostek.claims.actions import deciding, intake
from jamsostek.claims.choices import Channel, Component, Kind, PayoutState, State
from jamsostek.claims.models import Assessment, Payout
from jamsostek.core.errors import InputError
from tests import cast
from tests.claims import offices

DIED = dt.date(2026, 10, 5)


def begun(who: Any, **given: Any) -> Any:
    made = intake.begin(kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(), today=cast.TODAY)
    facts = {"died_on": DIED.isoformat(), "cause": "illness"} | given
    intake.state_facts(claim_id=made.claim.pk, values=facts, today=cast.TODAY)
    return made.claim


def sent(who: Any, **given: Any) -> Any:
    claim = begun(who, **given)
    offices.papers(claim)
    return intake.submit(claim_id=claim.pk, today=cast.TODAY, now=cast.NOW)


def test_a_widows_claim_becomes_forty_two_million_owed_to_her(db: None) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.dead()
        claim = sent(who)
        assert claim.state == State.SUBMITTED and claim.place and claim.due_on
        offices.checked(claim, at)
        claim = offices.approved(claim, at)
        assert claim.state == State.APPROVED
        rows = Payout.objects.filter(claim_id=claim.pk)
        assert {Component(row.component): row.gross_rupiah for row in rows} == {
            Component.JKM_LUMP: 20_000_000, Component.JKM_PERIODIC: 12_000_000, Component.JKM_FUNERAL: 10_000_000,
        }  # fmt: skip
        assert {row.state for row in rows} == {PayoutState.DUE}
        kept = Assessment.objects.get(claim=claim)
        assert kept.rupiah == 42_000_000 and kept.outcome == "entitled"


def test_nobody_decides_what_they_proposed(db: None) -> None:
    with cast.everyone():
        at, who = offices.office(), offices.dead()
        claim = sent(who)
        offices.checked(claim, at)
        with cast.as_user(at.supervisor):
            deciding.propose(claim_id=claim.pk, approve=True, reason="sesuai aturan", today=cast.TODAY)
        with cast.as_user(at.supervisor), pytest.raises(InputError):
            deciding.decide(claim_id=claim.pk, agrees=True, today=cast.TODAY)
