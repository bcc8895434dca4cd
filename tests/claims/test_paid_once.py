"""One death, one accident and one end of work are paid for once, whoever claims beside whom and whichever is decided first."""

from __future__ import annotations

import datetime as dt

import pytest

from jamsostek.claims.actions import deciding, intake, work
from jamsostek.claims.choices import Channel, Component, Kind, State
from jamsostek.claims.models import Claim, Payout
from jamsostek.claims.queries.knowing import comes_to, facts_of
from jamsostek.core.errors import InputError
from jamsostek.law.entitlement import Outcome
from jamsostek.registry.models import Participant
from tests import cast
from tests.claims import offices
from tests.claims.filed import FILE, Filed, filed, quick_papers, saved
from tests.claims.test_bad_claims import Stage, draft, handed_in

DIED = dt.date(2026, 10, 5)


def proposed(made: Stage) -> None:
    with cast.as_user(made.at.officer):
        deciding.propose(claim_id=made.claim.pk, approve=True, reason="sesuai aturan", today=cast.TODAY)


def test_of_two_claims_for_one_death_proposed_side_by_side_only_the_first_is_approved(db: None) -> None:
    first = draft()
    second = draft(first.who, first.at, offices.heir("Ratna Sari", account_number="990000999999"))
    for made in (first, second):
        proposed(handed_in(made))
    with cast.as_user(first.at.supervisor):
        deciding.decide(claim_id=first.claim.pk, agrees=True, today=cast.TODAY)
        with pytest.raises(InputError, match="Sejak diusulkan faktanya berubah: Sudah ada klaim kematian yang dibayar"):
            deciding.decide(claim_id=second.claim.pk, agrees=True, today=cast.TODAY)
        sent_back = deciding.decide(claim_id=second.claim.pk, agrees=False, reason="sudah dibayar", today=cast.TODAY)
        assert sent_back.final is False
    with cast.everyone():
        assert {row.claim_id for row in Payout.objects.all()} == {first.claim.pk}
        assert Claim.objects.get(pk=second.claim.pk).state == State.SUBMITTED


def of_savings(kind: Kind, who: Participant, at: offices.Office, **values: object) -> Claim:
    """A claim of somebody's own savings, looked at and proposed."""
    me = offices.heir(who.name, "self")
    made = intake.begin(kind=kind, participant_id=who.pk, channel=Channel.COUNTER, claimant=me, today=cast.TODAY)
    intake.state_facts(claim_id=made.claim.pk, values=values, today=cast.TODAY)
    claim = intake.submit(claim_id=made.claim.pk, today=cast.TODAY, now=cast.NOW)
    quick_papers(claim)
    if claim.state == State.WAITING:
        claim = work.answered(claim_id=claim.pk, today=cast.TODAY)
    offices.checked(claim, at)
    with cast.as_user(at.officer):
        deciding.propose(claim_id=claim.pk, approve=True, reason="sesuai aturan", today=cast.TODAY)
    return claim


def test_savings_of_which_a_part_was_taken_since_they_were_proposed_are_not_paid_as_they_were(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        who = offices.member("Siti Aminah", since=dt.date(2012, 1, 2), birth_date=dt.date(1970, 3, 4))
        saved(who.pk, 40_000_000, cast.TODAY - dt.timedelta(days=1))
        whole = of_savings(Kind.JHT, who, at, cause="age_56", event_on="2026-03-04")
        part = of_savings(Kind.JHT_PARTIAL, who, at, purpose="other", amount_asked_rupiah=4_000_000)
        with cast.as_user(at.supervisor):
            deciding.decide(claim_id=part.pk, agrees=True, today=cast.TODAY)
            with pytest.raises(InputError, match=r"sekarang Rp36\.000\.000, diusulkan Rp40\.000\.000"):
                deciding.decide(claim_id=whole.pk, agrees=True, today=cast.TODAY)
        assert not Payout.objects.filter(claim_id=whole.pk).exists()


def paid(rule: str, **given: object) -> Filed:
    done = filed(FILE[rule](DIED, dict(given)), cast.TODAY)
    assert done.approved
    return done


def again(before: Filed, kind: Kind, result: str, happened_on: dt.date) -> Claim:
    """Another claim about the same person, as far as its facts."""
    made = intake.begin(
        kind=kind, participant_id=before.claim.participant_id, channel=Channel.COUNTER, claimant=offices.heir(), today=cast.TODAY
    )  # fmt: skip
    day = happened_on.isoformat()
    values = (
        {"died_on": day, "cause": "illness"} if kind == Kind.JKM else {"happened_on": day, "kind": "accident", "story": "jatuh"}
    )
    intake.state_facts(claim_id=made.claim.pk, values=values, today=cast.TODAY)
    claim = intake.submit(claim_id=made.claim.pk, today=cast.TODAY, now=cast.NOW)
    if result:
        with cast.as_user(before.at.officer):
            work.find_facts(claim_id=claim.pk, values={"result": result}, note="menurut surat dokter", today=cast.TODAY)
    return claim


def once(claim: Claim) -> str:
    """What the condition of being paid once says."""
    found = comes_to(claim, today=cast.TODAY)
    told = next(one for one in found.conditions if one.key.endswith(".once"))
    assert (told.met == "not_met") <= (found.outcome == Outcome.NOT_ENTITLED)
    return str(told.met)


def test_one_death_is_not_paid_as_an_accident_and_as_none(db: None) -> None:
    with cast.everyone():
        death = paid("benefit.jkm.death", membership_months=20)
        assert once(again(death, Kind.JKK, "dead", DIED)) == "not_met"
        assert once(again(death, Kind.JKK, "healed", DIED - dt.timedelta(days=90))) == "met", "an accident they had lived through"


def test_a_death_paid_by_jkk_is_not_paid_by_jkm(db: None) -> None:
    with cast.everyone():
        accident = paid("benefit.jkk.death", wage_rupiah=5_000_000)
        assert Payout.objects.filter(claim_id=accident.claim.pk, component=Component.JKK_DEATH).exists()
        assert once(again(accident, Kind.JKM, "", DIED)) == "not_met"


def test_one_accident_is_paid_once_and_another_of_the_same_person_too(db: None) -> None:
    with cast.everyone():
        accident = paid("benefit.jkk.total_disability", wage_rupiah=5_000_000)
        assert once(again(accident, Kind.JKK, "healed", DIED)) == "not_met"
        assert once(again(accident, Kind.JKK, "healed", DIED - dt.timedelta(days=40))) == "met"


def test_savings_of_a_second_job_are_claimed_again(db: None) -> None:
    with cast.everyone():
        first = filed(
            FILE["benefit.jht.tax"](cast.TODAY, {"payments": [{"month": "2026-11", "amount_rupiah": 9_000_000}]}), cast.TODAY
        )
        assert first.approved
        for day, met in ((first.claim.event_on, False), (dt.date(2026, 11, 1), True)):
            made = intake.begin(
                kind=Kind.JHT, participant_id=first.claim.participant_id, channel=Channel.COUNTER,
                claimant=offices.heir("Orang Contoh", "self"), today=cast.TODAY,
            )  # fmt: skip
            values = {"cause": "resigned", "event_on": day.isoformat()}
            intake.state_facts(claim_id=made.claim.pk, values=values, today=cast.TODAY)
            assert facts_of(made.claim, today=cast.TODAY).flag("paid_before") is not met
