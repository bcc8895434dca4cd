"""Months of pensions, scholarships and lost work: tried, approved by another, posted once; proofs, suspension, ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from jamsostek.claims.actions import intake, paying, rights, rolls
from jamsostek.claims.choices import Channel, Component, Kind, PayoutState
from jamsostek.claims.models import Benefit, Change, Claim, Overpaid, Payout, Proof, Roll
from jamsostek.core.errors import InputError
from tests import cast
from tests.claims import offices
from tests.claims.test_paying import funds

TODAY = cast.TODAY


def retired(at: offices.Office, name: str = "Wayan Sudarma", mean: int = 6_000_000) -> Claim:
    """A disability pension that was approved: 900,000 a month from December."""
    who = offices.member(name, since=dt.date(2020, 1, 2))
    cast.works(who, cast.employer(f"PT {name}"), 202101)
    begun = intake.begin(kind=Kind.JP_DISABILITY, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
    intake.state_facts(claim_id=begun.claim.pk, values={"event_on": "2026-11-02"}, today=TODAY)
    offices.papers(begun.claim)
    claim = intake.submit(claim_id=begun.claim.pk, today=TODAY, now=cast.NOW)
    offices.checked(
        claim,
        at,
        total_disability=True,
        jp_months=60,
        jp_density_ppm=900_000,
        jp_membership_months=66,
        mean_indexed_wage_rupiah=mean,
    )
    return offices.approved(claim, at)


def rolled(at: offices.Office, month: int, kind: str = "pension", today: dt.date = TODAY) -> Roll:
    with cast.as_user(at.head):
        made = rolls.prepare(kind=kind, month=month, pay_on=today, now=cast.NOW)
    with cast.as_user(at.treasurer):
        rolls.approve(roll_id=made.pk, now=cast.NOW)
    return rolls.post_roll(roll_id=made.pk, now=cast.NOW, today=today)


def test_a_pension_begins_the_month_after_and_is_paid_month_by_month(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        right = Benefit.objects.get(claim=claim)
        assert (right.component, right.rupiah, right.from_month) == (Component.JP_DISABILITY, 900_000, 202612)
        with cast.as_user(at.head), pytest.raises(InputError):
            rolls.prepare(kind="pension", month=202611, pay_on=TODAY, now=cast.NOW)
        made = rolled(at, 202612)
        assert (made.state, made.people, made.rupiah) == ("posted", 1, 900_000)
        assert Payout.objects.get(claim_id=claim.pk).gross_rupiah == 900_000


def test_a_month_is_posted_once_and_the_trial_names_what_differs(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        retired(at)
        rolled(at, 202612)
        with cast.as_user(at.head), pytest.raises(InputError):
            rolls.prepare(kind="pension", month=202612, pay_on=TODAY, now=cast.NOW)
        retired(at, "Ketut Ariani", 7_000_000)
        with cast.as_user(at.head):
            found = rolls.trial(kind="pension", month=202701)
        assert (found.people, found.rupiah) == (2, 1_950_000)
        assert "new" not in found.told and "gone" not in found.told  # December came by itself: its roll was posted already
        assert Payout.objects.get(month=202612, roll_id=None).gross_rupiah == 1_050_000
        posted = Roll.objects.get(state="posted")
        assert rolls.post_roll(roll_id=posted.pk, now=cast.NOW, today=TODAY).posted_at == posted.posted_at


def test_a_roll_that_changed_since_its_trial_is_not_posted(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        with cast.as_user(at.head):
            made = rolls.prepare(kind="pension", month=202612, pay_on=TODAY, now=cast.NOW)
        with cast.as_user(at.treasurer):
            rolls.approve(roll_id=made.pk, now=cast.NOW)
        right = Benefit.objects.get(claim=claim)
        Change.objects.create(
            benefit=right, claim=claim, kind="corrected", from_month=202612, was_rupiah=900_000, rupiah=950_000, because="uji"
        )
        Benefit.objects.filter(claim=claim).update(rupiah=950_000)
        made = rolls.post_roll(roll_id=made.pk, now=cast.NOW, today=TODAY)
        assert (made.state, made.problem) == ("cancelled", "changed") and not Payout.objects.exists()


def test_without_proof_of_life_a_pension_waits_and_is_paid_back_when_it_comes(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        right = Benefit.objects.get(claim=claim)
        Benefit.objects.filter(pk=right.pk).update(proof_until=202612)
        rolled(at, 202612)
        assert rights.suspend_unproven(month=202701, today=dt.date(2027, 1, 5)) == 1
        with cast.as_user(at.head), pytest.raises(InputError):
            rolls.prepare(kind="pension", month=202701, pay_on=dt.date(2027, 1, 5), now=cast.NOW)
        with cast.as_user(at.officer):
            rights.give_proof(benefit_id=right.pk, month=202703, data={}, today=dt.date(2027, 3, 9))
        right.refresh_from_db()
        assert (right.state, right.proof_until) == ("active", 202706)
        paid = Payout.objects.filter(claim_id=claim.pk).values_list("month", flat=True)
        assert sorted(paid) == [202612, 202701, 202702]
        assert [one.kind for one in Change.objects.filter(benefit=right)] == ["begun", "suspended", "resumed"]


def test_a_right_that_ends_asks_back_what_was_paid_beyond_it(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        funds()
        made = rolled(at, 202612)
        with cast.as_user(at.head):
            paying.prepare(fund="jp", pay_on=TODAY, today=TODAY, roll_id=made.pk)
        with cast.as_user(at.officer):
            rights.end(benefit_id=Benefit.objects.get(claim=claim).pk, last_month=202611, because="meninggal", today=TODAY)
        owed = Overpaid.objects.get(claim=claim)
        assert owed.rupiah == 900_000
        with cast.as_user(at.head):
            rights.recovered(overpaid_id=owed.pk, rupiah=400_000, reference="setor 1", today=TODAY)
            with pytest.raises(InputError):
                rights.recovered(overpaid_id=owed.pk, rupiah=600_000, reference="setor 2", today=TODAY)


def test_the_database_refuses_a_second_payment_of_a_month_and_one_beyond_the_right(db: None) -> None:
    from django.db import DatabaseError, transaction

    with cast.everyone():
        at = offices.office()
        retired(at)
        rolled(at, 202612)
        copy = "INSERT INTO claims_payout SELECT (p).* FROM (SELECT p FROM claims_payout p) AS q"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copy)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE claims_payout SET gross_rupiah = gross_rupiah + 1")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE claims_payout SET state = 5, paid_on = '2026-12-01'")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM claims_payout")


def dismissed(at: offices.Office, name: str = "Agus Salim") -> Claim:
    """Six months of JKP that were approved: 3 million each."""
    from jamsostek.registry.actions.employ import leave
    from jamsostek.registry.choices import Leaving

    who = offices.member(name, since=dt.date(2024, 1, 2))
    job = cast.works(who, cast.employer(f"PT {name}"), 202401, wage_rupiah=6_000_000)
    leave(employment_id=job, left_on=dt.date(2026, 10, 31), leaving=Leaving.DISMISSED)
    begun = intake.begin(kind=Kind.JKP, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
    told = {"left_on": "2026-10-31", "reason": "dismissed", "willing": True, "citizen": True}
    intake.state_facts(claim_id=begun.claim.pk, values=told, today=TODAY)
    offices.papers(begun.claim)
    claim = intake.submit(claim_id=begun.claim.pk, today=TODAY, now=cast.NOW)
    offices.checked(claim, at, proof=True)
    return offices.approved(claim, at)


def test_a_dismissed_worker_gets_six_months_each_against_its_proof(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = dismissed(at)
        right = Benefit.objects.get(claim=claim)
        assert (right.from_month, right.last_month, right.rupiah) == (202611, 202704, 3_000_000)
        day = TODAY
        for number in range(6):
            month = [202611, 202612, 202701, 202702, 202703, 202704][number]
            day = dt.date(month // 100, month % 100, 25)
            if number:
                proof = rights.give_proof(benefit_id=right.pk, month=month, data={"applications": 5}, today=day)
                with cast.as_user(at.officer):
                    rights.judge_proof(proof_id=proof.pk, accepted=True, today=day)
            rolled(at, month, "jkp", day)
        assert [p.gross_rupiah for p in Payout.objects.filter(claim_id=claim.pk)] == [3_000_000] * 6


def test_four_applications_are_not_enough(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        right = Benefit.objects.get(claim=dismissed(at))
        day = dt.date(2026, 12, 20)
        proof = rights.give_proof(benefit_id=right.pk, month=202612, data={"applications": 4}, today=day)
        with cast.as_user(at.officer), pytest.raises(InputError):
            rights.judge_proof(proof_id=proof.pk, accepted=True, today=day)
        with cast.as_user(at.officer):
            rights.judge_proof(proof_id=proof.pk, accepted=False, reason="baru empat lamaran", today=day)
        again = rights.give_proof(benefit_id=right.pk, month=202612, data={"interviews": 1}, today=day)
        assert again.pk != proof.pk and Proof.objects.filter(benefit=right, month=202612).count() == 2


def states(claim: Any) -> set[int]:
    return {row.state for row in Payout.objects.filter(claim_id=claim.pk)}


def test_what_a_batch_of_a_roll_pays_is_settled_like_any_other(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        funds()
        made = rolled(at, 202612)
        with cast.as_user(at.head):
            batch = paying.prepare(fund="jp", pay_on=TODAY, today=TODAY, roll_id=made.pk).batches[0]
        assert states(claim) == {PayoutState.BATCHED}
        with cast.as_user(at.treasurer):
            paying.approve(batch_id=batch.pk, now=cast.NOW)
        paying.export(batch_id=batch.pk, now=cast.NOW)
        assert states(claim) == {PayoutState.SENT}


def test_pensions_grow_once_a_year_when_two_have_said_by_how_much(db: None) -> None:
    from jamsostek.claims.actions import growth

    with cast.everyone():
        at = offices.office()
        right = Benefit.objects.get(claim=retired(at))
        day = dt.date(2027, 3, 3)
        with cast.as_user(at.head):
            growth.propose(year=2027, inflation_ppm=29_200, source="BPS, rekaan untuk uji", today=day)
            with pytest.raises(InputError):
                growth.approve(year=2027, today=day)
        with cast.as_user(at.treasurer):
            made = growth.approve(year=2027, today=day)
            with pytest.raises(InputError):
                growth.approve(year=2027, today=day)
        right.refresh_from_db()
        assert (made.people, made.was_rupiah, made.rupiah, right.rupiah) == (1, 900_000, 926_280, 926_280)
        assert Change.objects.filter(benefit=right, kind="indexed").get().was_rupiah == 900_000
