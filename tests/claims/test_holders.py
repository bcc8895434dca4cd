"""Who may go on with a claim: to see one is less than to hold it, whatever page or door it is asked by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jamsostek.access.errors import Refused
from jamsostek.claims.actions import intake, objecting, parties, work
from jamsostek.claims.choices import Channel, Kind, State
from jamsostek.claims.models import Claim, Decision, Document, Party
from tests import cast
from tests.claims import offices
from tests.claims.test_rolls import retired

TODAY = cast.TODAY
Act = Callable[[Claim, Party, Document], Any]
WHILE_A_DRAFT: dict[str, Act] = {
    "state_facts": lambda claim, party, paper: intake.state_facts(claim_id=claim.pk, values={"story": "lain"}, today=TODAY),
    "add_document": lambda claim, party, paper: intake.add_document(
        claim_id=claim.pk, kind="identity_card", content=offices.photo(), file_name="a.jpg", today=TODAY
    ),
    "remove_document": lambda claim, party, paper: intake.remove_document(document_id=paper.pk, today=TODAY),
    "put_claimant": lambda claim, party, paper: parties.put_claimant(claim_id=claim.pk, one=offices.heir(), today=TODAY),
    "add_beneficiary": lambda claim, party, paper: parties.add_beneficiary(claim_id=claim.pk, one=offices.heir(), today=TODAY),
    "put_account": lambda claim, party, paper: parties.put_account(
        party_id=party.pk, bank="BRI", number="777000777", name="Orang Lain", today=TODAY
    ),
    "submit": lambda claim, party, paper: intake.submit(claim_id=claim.pk, today=TODAY, now=cast.NOW),
    "withdraw": lambda claim, party, paper: intake.withdraw(claim_id=claim.pk, because="iseng saja", today=TODAY),
    "message": lambda claim, party, paper: work.message(claim_id=claim.pk, text="halo halo", today=TODAY),
}
AFTER: dict[str, Act] = {name: WHILE_A_DRAFT[name] for name in ("add_document", "put_account", "withdraw", "message")}


@pytest.fixture
def filed(db: None) -> tuple[Claim, dict[str, Any]]:
    """A firm's report of an accident, and those who see it and do not hold it."""
    with cast.everyone():
        who, firm = offices.member(), cast.employer()
        cast.works(who, firm, 202501)
        clerk = cast.user("petugas.hr", "employer_clerk", "employer", firm.pk)
        others = {
            "second_clerk": cast.user("rekan.hr", "employer_clerk", "employer", firm.pk),
            "auditor": cast.user("auditor", "auditor", "nation"),
        }
        with cast.as_user(clerk):
            begun = intake.begin(
                kind=Kind.JKK, participant_id=who.pk, channel=Channel.EMPLOYER, employer_id=firm.pk, today=TODAY,
                claimant=offices.heir("HR Contoh", "employer"),
            )  # fmt: skip
            intake.add_document(
                claim_id=begun.claim.pk, kind="identity_card", content=offices.photo((1, 2, 3)), file_name="k.jpg", today=TODAY
            )
        return begun.claim, others


@pytest.mark.parametrize("name", list(WHILE_A_DRAFT))
@pytest.mark.parametrize("who", ["second_clerk", "auditor"])
def test_a_draft_is_gone_on_with_by_who_holds_it_alone(filed: Any, who: str, name: str) -> None:
    claim, others = filed
    with cast.everyone():
        party, paper = Party.objects.filter(claim=claim).first(), Document.objects.get(claim=claim)
    with cast.as_user(others[who]), pytest.raises(Refused):
        WHILE_A_DRAFT[name](claim, party, paper)


@pytest.mark.parametrize("name", list(AFTER))
@pytest.mark.parametrize("who", ["second_clerk", "auditor"])
def test_a_claim_that_was_sent_is_so_too(filed: Any, who: str, name: str) -> None:
    claim, others = filed
    with cast.everyone():
        values = {"happened_on": "2026-11-02", "kind": "accident", "story": "jatuh dari tangga"}
        intake.state_facts(claim_id=claim.pk, values=values, today=TODAY)
        intake.submit(claim_id=claim.pk, today=TODAY, now=cast.NOW)
        party, paper = Party.objects.filter(claim=claim).first(), Document.objects.get(claim=claim)
    with cast.as_user(others[who]), pytest.raises(Refused):
        AFTER[name](claim, party, paper)


def test_who_only_reads_does_not_object_for_others(db: None) -> None:
    with cast.everyone():
        at, auditor = offices.office(), cast.user("auditor", "auditor", "nation")
        claim = retired(at)
        assert claim.state == State.APPROVED
        with cast.as_user(auditor), pytest.raises(Refused):
            objecting.object_to(claim_id=claim.pk, grounds="salah hitung", today=TODAY)


def test_a_pension_counts_towards_the_limit_with_its_first_year(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        small = Decision.objects.get(claim=retired(at))  # 900,000 a month
        assert not small.needs_third
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO claims_limit (rupiah, reason) VALUES (10000000, 'uji')")
        large = Decision.objects.get(claim=retired(at, "Ketut Ariani"))
        assert large.needs_third and large.third_by is not None
