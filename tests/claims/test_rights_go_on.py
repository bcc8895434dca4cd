"""What follows a decision for years: months that came too late for a roll, a pension handed on, wages lost while healing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jamsostek.access.errors import Refused
from jamsostek.claims.actions import answers, deciding, intake, parties, paying, rights, rolls, work
from jamsostek.claims.choices import Channel, Component, Kind, PayoutState, State
from jamsostek.claims.models import Benefit, Change, Claim, Event, Party, Payout
from jamsostek.claims.queries.knowing import decided_before
from jamsostek.core.errors import InputError
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.pain002 import write_pain002
from jamsostek.messages.payout.records import REJECTED, SETTLED
from tests import cast
from tests.claims import offices
from tests.claims.test_paying import funds, told
from tests.claims.test_rolls import retired, rolled

TODAY = cast.TODAY
PENSION = {"jp_months": 60, "jp_density_ppm": 900_000, "jp_membership_months": 66, "mean_indexed_wage_rupiah": 6_000_000}


def widowed(at: offices.Office, died_on: dt.date = dt.date(2026, 8, 5)) -> Claim:
    """A widow's pension that was approved in November, of somebody who died in August."""
    who = offices.dead("Made Suarta", died_on)
    claimant = offices.heir("Luh Ayu")
    begun = intake.begin(kind=Kind.JP_SURVIVOR, participant_id=who.pk, channel=Channel.COUNTER, claimant=claimant, today=TODAY)
    intake.state_facts(
        claim_id=begun.claim.pk, values={"event_on": died_on.isoformat(), "survivor": "widow", "remarried": False}, today=TODAY
    )
    offices.papers(begun.claim)
    claim = intake.submit(claim_id=begun.claim.pk, today=TODAY, now=cast.NOW)
    offices.checked(claim, at, related=True, known_dead=True, **PENSION)
    return offices.approved(claim, at)


def child(claim: Claim, at: offices.Office, name: str, born: dt.date) -> Party:
    with cast.as_user(at.officer):
        return parties.add(claim, offices.heir(name, "child", birth_date=born, account_number=""), beneficiary=False, today=TODAY)


def exported(at: offices.Office, **given: Any) -> Any:
    with cast.as_user(at.head):
        (batch,) = paying.prepare(fund="jp", pay_on=TODAY, today=TODAY, **given).batches
    with cast.as_user(at.treasurer):
        paying.approve(batch_id=batch.pk, now=cast.NOW)
    return paying.export(batch_id=batch.pk, now=cast.NOW)


def settled(at: offices.Office, batch: Any, status: str = SETTLED, code: str = "") -> None:
    everything = tuple((n + 1, status, code) for n in range(batch.count))
    with cast.as_user(at.head):
        answer = told(batch, *everything)
        content = write_pain002(answer, cast.NOW) if code else write_camt054(answer, batch.debtor_account, TODAY)
        answers.take(content=content, file_name=f"{batch.pk}{status}.xml", today=TODAY)


def test_months_that_went_by_before_the_decision_are_paid_with_it(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = widowed(at)
        right = Benefit.objects.get(claim=claim)
        assert (right.component, right.from_month, right.proof_until) == (Component.JP_WIDOW, 202609, 202702)
        paid = Payout.objects.filter(claim_id=claim.pk).order_by("month")
        assert [(one.month, one.gross_rupiah, one.roll_id) for one in paid] == [
            (month, right.rupiah, None) for month in (202609, 202610)
        ]


def test_back_pay_that_is_late_costs_the_carrier_and_blocks_nothing(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = widowed(at)
        funds()
        late = TODAY + dt.timedelta(days=75)
        with cast.as_user(at.head):
            found = paying.prepare(fund="jp", pay_on=late, today=late)
        assert sum(one.count for one in found.batches) == 2
        extra = Payout.objects.filter(claim_id=claim.pk, component=int(Component.LATE))
        assert {(one.fund, one.benefit_id is None) for one in extra} == {("carrier", False)}
        with cast.as_user(at.head):
            again = paying.prepare(fund="jp", pay_on=late, today=late)
        assert not again.batches and extra.count() == 2


def test_a_claim_of_a_pension_alone_is_paid_when_its_first_month_is(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        funds()
        made = rolled(at, 202612)
        batch = exported(at, roll_id=made.pk)
        assert Claim.objects.get(pk=claim.pk).state == State.APPROVED
        settled(at, batch)
        row = Claim.objects.get(pk=claim.pk)
        assert (row.state, row.due_on) == (State.PAID, None)
        assert Payout.objects.get(claim_id=claim.pk).state == PayoutState.PAID


def test_an_account_the_bank_refuses_in_a_roll_goes_to_the_work_list_too(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        funds()
        batch = exported(at, roll_id=rolled(at, 202612).pk)
        settled(at, batch, REJECTED, "AC04")
        assert Party.objects.get(claim=claim, beneficiary=True).account_state == "failed"
        assert Payout.objects.get(claim_id=claim.pk).state == PayoutState.FAILED
        assert Event.objects.filter(claim=claim, kind="bank_refused").exists()


def test_a_pension_asks_for_proof_of_life_every_three_months(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = retired(at)
        assert Benefit.objects.get(claim=claim).proof_until == 202703
        for month in (202612, 202701, 202702, 202703):
            rolled(at, month, today=dt.date(month // 100, month % 100, 2))
        assert rights.suspend_unproven(month=202704, today=dt.date(2027, 4, 1)) == 1
        assert Event.objects.filter(claim=claim, kind="right_suspended").count() == 1
        with cast.as_user(at.head), pytest.raises(InputError):
            rolls.prepare(kind="pension", month=202704, pay_on=dt.date(2027, 4, 1), now=cast.NOW)


def test_children_go_on_with_half_of_what_the_widow_had(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = widowed(at)
        widow = Benefit.objects.get(claim=claim)
        young, old = child(claim, at, "Kadek", dt.date(2015, 1, 2)), child(claim, at, "Wayan", dt.date(2000, 1, 2))
        with cast.as_user(at.supervisor), pytest.raises(InputError, match="sudah berakhir"):
            rights.succeed(benefit_id=widow.pk, party_ids=[young.pk], today=TODAY)
        with cast.as_user(at.officer):
            rights.end(benefit_id=widow.pk, last_month=202610, because="menikah lagi", today=TODAY)
        with cast.as_user(at.officer), pytest.raises(Refused):
            rights.succeed(benefit_id=widow.pk, party_ids=[young.pk], today=TODAY)
        with cast.as_user(at.supervisor), pytest.raises(InputError, match="Wayan"):
            rights.succeed(benefit_id=widow.pk, party_ids=[young.pk, old.pk], today=TODAY)
        with cast.as_user(at.supervisor):
            (made,) = rights.succeed(benefit_id=widow.pk, party_ids=[young.pk], today=TODAY)
            assert rights.succeed(benefit_id=widow.pk, party_ids=[young.pk], today=TODAY) == [made]
        assert (made.component, made.rupiah, made.from_month) == (Component.JP_CHILD, widow.rupiah // 2, 202611)
        assert Change.objects.get(benefit=made).because == "after"


def test_who_ended_a_right_does_not_hand_it_on(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = widowed(at)
        widow, young = Benefit.objects.get(claim=claim), child(claim, at, "Kadek", dt.date(2015, 1, 2))
        with cast.as_user(at.supervisor):
            rights.end(benefit_id=widow.pk, last_month=202610, because="meninggal", today=TODAY)
            with pytest.raises(InputError, match="rekan"):
                rights.succeed(benefit_id=widow.pk, party_ids=[young.pk], today=TODAY)


# --- wages lost while somebody heals --------------------------------------------------------------------------------------


def healing(at: offices.Office) -> Claim:
    """An accident in September: 20 days off so far, a wage of 6 million."""
    who = offices.member("Joko Widodo Putra", since=dt.date(2024, 1, 2))
    cast.works(who, cast.employer("PT Joko"), 202401, wage_rupiah=6_000_000)
    begun = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
    intake.state_facts(
        claim_id=begun.claim.pk,
        values={
            "happened_on": "2026-09-10", "kind": "accident", "story": "jatuh di pabrik", "unfit_days": 20,
        },
        today=TODAY,
    )  # fmt: skip
    offices.papers(begun.claim)
    claim = intake.submit(claim_id=begun.claim.pk, today=TODAY, now=cast.NOW)
    offices.checked(claim, at, by_work=True, result="healing", wage_rupiah=6_000_000)
    return offices.approved(claim, at)


def test_wages_lost_are_paid_month_by_month_against_a_doctors_letter(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = healing(at)
        right = Benefit.objects.get(claim=claim)
        assert (right.component, right.rupiah, right.from_month) == (Component.JKK_INCAPACITY, 0, 202611)
        (first,) = Payout.objects.filter(claim_id=claim.pk, component=int(Component.JKK_INCAPACITY))
        assert first.gross_rupiah == 4_000_000  # 20 of 30 days of 6 million
        with cast.as_user(at.officer), pytest.raises(InputError, match="31"):
            rights.give_proof(benefit_id=right.pk, month=202611, data={"days": 40}, today=TODAY)
        with cast.as_user(at.officer):
            proof = rights.give_proof(benefit_id=right.pk, month=202611, data={"days": 30}, today=TODAY)
            assert proof.accepted is None
            with pytest.raises(InputError, match="Yang mencatat bukti tidak memeriksanya"):
                rights.judge_proof(proof_id=proof.pk, accepted=True, today=TODAY)
        with cast.as_user(at.colleague):
            rights.judge_proof(proof_id=proof.pk, accepted=True, today=TODAY)
        made = rolled(at, 202611, "incapacity")
        assert (made.state, made.people, made.rupiah) == ("posted", 1, 6_000_000)
        assert decided_before(Claim.objects.get(pk=claim.pk))[Component.JKK_INCAPACITY, 202609] == 10_000_000


def test_when_it_is_known_how_it_ended_the_rest_is_paid_once_and_the_months_stop(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = healing(at)
        right = Benefit.objects.get(claim=claim)
        with cast.as_user(at.officer):
            proof = rights.give_proof(benefit_id=right.pk, month=202611, data={"days": 30}, today=TODAY)
        with cast.as_user(at.colleague):
            rights.judge_proof(proof_id=proof.pk, accepted=True, today=TODAY)
        with cast.as_user(at.officer):
            deciding.reopen(claim_id=claim.pk, because="dokter sudah menyimpulkan", today=TODAY)
            values = {"result": "healed", "concluded_on": "2026-11-20", "unfit_days": 71}
            work.find_facts(claim_id=claim.pk, values=values, note="surat dokter", today=TODAY)
        offices.checked(claim, at)
        offices.approved(Claim.objects.get(pk=claim.pk), at)
        right.refresh_from_db()
        assert (right.state, right.because) == ("ended", "concluded")
        parts = Payout.objects.filter(claim_id=claim.pk, component=int(Component.JKK_INCAPACITY)).order_by("month")
        assert [one.gross_rupiah for one in parts] == [4_000_000, 71 * 200_000 - 10_000_000]
