"""A claim that was decided and paid through a bank, as its rows stand in the end."""

from __future__ import annotations

import datetime as dt
import os

from jamsostek.claims.actions.owing import open_month
from jamsostek.claims.choices import PayoutState
from jamsostek.claims.models import Assessment, Batch, Claim, Decision, Party, Payout, Transfer
from jamsostek.core import numbers
from jamsostek.core.months import month_of
from tests import cast

COMPONENTS = {"jkm": 20, "jkk": 8, "carrier": 90}
SETTLED = 2


def settled(
    participant_id: int, event_on: dt.date | None, paid_on: dt.date | None, fund: str = "jkm", rupiah: int = 42_000_000
) -> int:
    """One payment of a claim; without `paid_on` it is owed still. Returns the claim."""
    day = event_on or cast.TODAY
    claim = Claim.objects.create(
        number=numbers.make("claim", os.urandom), kind="jkm", opened_on=day, participant_id=participant_id,
        regency_code=cast.SIDOARJO, channel="counter", event_on=event_on,
    )  # fmt: skip
    sent = {"submitted_on": day, "submitted_at": cast.NOW, "checklist": [{"document": "application"}]}
    Claim.objects.filter(pk=claim.pk).update(state="submitted", **sent)
    made = Assessment.objects.create(
        claim_id=claim.pk, number=1, law_digest="0", facts={}, conditions=[], components=[], outcome="entitled", rupiah=rupiah,
        because="uji",
    )  # fmt: skip
    decision = Decision.objects.create(
        claim_id=claim.pk, assessment=made, approve=True, rupiah=rupiah, reason="sesuai aturan", needs_third=False, proposed_by=1,
        proposed_on=day,
    )  # fmt: skip
    Decision.objects.filter(pk=decision.pk).update(second_by=2, second_on=day, second_agrees=True, final=True)
    party = Party.objects.create(claim_id=claim.pk, claimant=True, beneficiary=True, kin="child", name="Ahli Waris")
    which = {"month": month_of(day), "claim_id": claim.pk, "party_id": party.pk, "component": COMPONENTS[fund]}
    open_month(which["month"], COMPONENTS[fund])
    Payout.objects.create(
        **which, fund=fund, gross_rupiah=rupiah, due_on=day, decision_id=decision.pk, group_id=1, made_on=day
    )  # fmt: skip
    if paid_on is not None:
        _through_the_bank(which, fund, rupiah, paid_on)
    return int(claim.pk)


def _through_the_bank(which: dict[str, int], fund: str, rupiah: int, paid_on: dt.date) -> None:
    batch = Batch.objects.create(
        fund=fund, message_id=f"JS-{which['claim_id']}", pay_on=paid_on, count=1, rupiah=rupiah, prepared_by=1,
        prepared_on=paid_on, debtor_name="BPJS", debtor_bank="BRI", debtor_account="1",
    )  # fmt: skip
    Transfer.objects.create(
        batch=batch, number=1, **which, rupiah=rupiah, account_party_id=which["party_id"], account_name="S", account_bank="BRI",
        account_sealed=b"0", outcome=SETTLED, settled_on=paid_on,
    )  # fmt: skip
    payout = Payout.objects.filter(claim_id=which["claim_id"])
    payout.update(state=PayoutState.BATCHED, batch_id=batch.pk)
    payout.update(state=PayoutState.SENT)
    payout.update(state=PayoutState.PAID, paid_on=paid_on)
