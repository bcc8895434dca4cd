"""Money out: gathered by one, approved by another, sent once, and called paid when the bank has settled it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jamsostek.access.errors import Refused
from jamsostek.claims.actions import answers, intake, parties, paying
from jamsostek.claims.choices import BatchState, Channel, Kind, PayoutState, State
from jamsostek.claims.models import Batch, Claim, Party, Payout, Transfer
from jamsostek.core.errors import InputError
from jamsostek.ledger.actions import Leg
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.pain001 import read_pain001
from jamsostek.messages.payout.pain002 import write_pain002
from jamsostek.messages.payout.records import ACCEPTED, REJECTED, RETURNED, SETTLED, Answer, Outcome
from tests import cast
from tests.claims import offices

TODAY = cast.TODAY


def funds(rupiah: int = 1_000_000_000) -> None:
    """Cash in every fund, and an account to pay from."""
    from jamsostek.claims.actions.owing import post

    for fund in ("jkk", "jkm", "jht", "jp", "jkp"):
        post(f"uji:{fund}", "uji", [Leg(f"cash:{fund}", f"fund:{fund}", rupiah)], TODAY)
        paying.set_debtor(fund=fund, name="BPJS Ketenagakerjaan", bank="BRI", account="990011112222")
    post("uji:carrier", "uji", [Leg("cash:carrier", "equity:carrier", rupiah)], TODAY)
    paying.set_debtor(fund="carrier", name="BPJS Ketenagakerjaan", bank="BRI", account="990011113333")


def owed(at: offices.Office, name: str = "Budi Santoso") -> Claim:
    """A widow's claim that was approved."""
    who = offices.dead(name)
    claim = intake.begin(
        kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(), today=TODAY
    ).claim
    intake.state_facts(claim_id=claim.pk, values={"died_on": "2026-10-05", "cause": "illness"}, today=TODAY)
    offices.papers(claim)
    intake.submit(claim_id=claim.pk, today=TODAY, now=cast.NOW)
    offices.checked(claim, at)
    return offices.approved(claim, at)


def sent(at: offices.Office, fund: str = "jkm", pay_on: dt.date = TODAY) -> Batch:
    """A batch on its way."""
    with cast.as_user(at.head):
        batch = paying.prepare(fund=fund, pay_on=pay_on, today=TODAY).batches[0]
    with cast.as_user(at.treasurer):
        paying.approve(batch_id=batch.pk, now=cast.NOW)
    return paying.export(batch_id=batch.pk, now=cast.NOW)


def told(batch: Batch, *outcomes: tuple[int, str, str]) -> Answer:
    rows = {one.number: one for one in Transfer.objects.filter(batch=batch)}
    lines = tuple(
        Outcome(paying.end_to_end(batch.pk, n), status, code, "", f"BANK{n}", TODAY, rows[n].rupiah)
        for n, status, code in outcomes
    )
    return Answer("camt.054", f"A-{batch.pk}-{len(outcomes)}", batch.message_id, "", lines)


def taken(at: offices.Office, content: bytes, name: str = "jawaban.xml") -> Any:
    with cast.as_user(at.head):
        return answers.take(content=content, file_name=name, today=TODAY)


def test_a_claim_is_paid_when_the_bank_has_settled_all_of_it(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = owed(at)
        funds()
        batch = sent(at)
        order = read_pain001(paying.files.read(batch.file_digest))
        assert (order.count, order.total_rupiah) == (3, 42_000_000)
        assert {row.state for row in Payout.objects.filter(claim_id=claim.pk)} == {PayoutState.SENT}
        some = write_camt054(told(batch, (1, SETTLED, ""), (2, SETTLED, "")), batch.debtor_account, TODAY)
        taken(at, some)
        assert Claim.objects.get(pk=claim.pk).state == State.APPROVED
        rest = write_camt054(told(batch, (3, SETTLED, "")), batch.debtor_account, TODAY)
        taken(at, rest)
        assert Claim.objects.get(pk=claim.pk).state == State.PAID
        assert {row.state for row in Payout.objects.filter(claim_id=claim.pk)} == {PayoutState.PAID}


def test_the_same_answer_again_and_the_same_news_in_another_file_change_nothing(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        owed(at)
        funds()
        batch = sent(at)
        first = write_camt054(told(batch, (1, SETTLED, ""), (2, SETTLED, ""), (3, SETTLED, "")), batch.debtor_account, TODAY)
        made = taken(at, first)
        assert taken(at, first).pk == made.pk
        before = list(Transfer.objects.filter(batch=batch).values())
        again = taken(at, write_camt054(told(batch, (1, SETTLED, "")), batch.debtor_account, TODAY))
        assert again.counts == {} and again.problems == []
        assert list(Transfer.objects.filter(batch=batch).values()) == before


def test_an_account_the_bank_refuses_goes_to_the_work_list_and_is_paid_into_another(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = owed(at)
        funds()
        batch = sent(at)
        taken(at, write_pain002(told(batch, (1, REJECTED, "AC04"), (2, REJECTED, "AC04"), (3, REJECTED, "AC04")), cast.NOW))
        assert {row.state for row in Payout.objects.filter(claim_id=claim.pk)} == {PayoutState.FAILED}
        party = Party.objects.get(claim=claim, claimant=True)
        assert party.account_state == "failed"
        with cast.as_user(at.colleague):
            parties.put_account(party_id=party.pk, bank="BNI", number="880000777", name="Dewi Lestari", today=TODAY)
        with cast.as_user(at.officer):
            parties.check_account(party_id=party.pk, verified=True, note="", today=TODAY)
        with cast.as_user(at.head):
            assert paying.prepare(fund="jkm", pay_on=TODAY, today=TODAY).left == {"second_office": 3}
            parties.check_account(party_id=party.pk, verified=True, note="", today=TODAY)
        again = sent(at)
        assert again.count == 3 and read_pain001(paying.files.read(again.file_digest)).transfers[0].creditor_bank == "BNINIDJA"


def test_money_that_comes_back_is_owed_again_and_never_shown_as_paid(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = owed(at)
        funds()
        batch = sent(at)
        taken(at, write_camt054(told(batch, (1, SETTLED, ""), (2, SETTLED, ""), (3, SETTLED, "")), batch.debtor_account, TODAY))
        taken(at, write_camt054(told(batch, (2, RETURNED, "AC01")), batch.debtor_account, TODAY))
        states = sorted(row.state for row in Payout.objects.filter(claim_id=claim.pk))
        assert states == [PayoutState.PAID, PayoutState.PAID, PayoutState.FAILED]
        assert Claim.objects.get(pk=claim.pk).state == State.APPROVED


def test_nobody_approves_the_batch_they_prepared(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        owed(at)
        funds()
        with cast.as_user(at.head):
            batch = paying.prepare(fund="jkm", pay_on=TODAY, today=TODAY).batches[0]
        with cast.as_user(at.head), pytest.raises(InputError):
            paying.approve(batch_id=batch.pk, now=cast.NOW)
        with cast.as_user(at.officer), pytest.raises(Refused):
            paying.approve(batch_id=batch.pk, now=cast.NOW)
        with cast.as_user(at.head):
            paying.cancel(batch_id=batch.pk, reason="salah hari")
        assert Batch.objects.get(pk=batch.pk).state == BatchState.CANCELLED
        assert {row.state for row in Payout.objects.all()} == {PayoutState.DUE}


def test_the_file_is_the_same_however_often_it_is_made(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        owed(at)
        funds()
        batch = sent(at)
        first = paying.files.read(batch.file_digest)
        assert paying.write_pain001(paying.order_of(batch)) == first
        assert paying.export(batch_id=batch.pk, now=cast.NOW).file_digest == batch.file_digest


def test_paying_late_costs_the_carrier_and_not_the_fund(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = owed(at)
        funds()
        late = (claim.due_on or TODAY) + dt.timedelta(days=2)
        sent(at, pay_on=late)
        row = Payout.objects.get(claim_id=claim.pk, fund="carrier")
        assert row.gross_rupiah == 42_000_000 * 2 // 100


def test_a_bank_that_takes_a_batch_says_nothing_is_paid_yet(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        claim = owed(at)
        funds()
        batch = sent(at)
        taken(at, write_pain002(told(batch, (1, ACCEPTED, ""), (2, ACCEPTED, ""), (3, ACCEPTED, "")), cast.NOW))
        assert {row.state for row in Payout.objects.filter(claim_id=claim.pk)} == {PayoutState.SENT}


def test_more_than_one_file_holds_is_read_in_pieces_and_is_several_files(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with cast.everyone():
        at = offices.office()
        one, other = owed(at), owed(at, "Agus Wijaya")
        funds()
        blocked = Party.objects.get(claim=other, claimant=True)
        Party.objects.filter(pk=blocked.pk).update(account_state="differs")
        monkeypatch.setattr(paying, "MOST", 2)
        with cast.as_user(at.head):
            found = paying.prepare(fund="jkm", pay_on=TODAY, today=TODAY)
        assert [batch.count for batch in found.batches] == [2, 1] and found.left == {"account": 3}
        assert set(Transfer.objects.values_list("claim_id", flat=True)) == {one.pk}
        assert sum(batch.rupiah for batch in found.batches) == 42_000_000
