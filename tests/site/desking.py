"""Claims at an office for every page of the desk: to be worked on, waiting for a second person, decided, disputed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.claims.actions import deciding, intake, objecting, parties, work
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.models import Claim, Document, Party
from jamsostek.claims.queries.knowing import facts_of, unproven
from tests import cast
from tests.claims import offices

STORY = "Jatuh di gudang"
GROUNDS = "Kecelakaannya di tempat kerja"


def desk(
    dead: int, worker: int, others: list[int], users: Mapping[Role, User], today: dt.date, now: dt.datetime
) -> frozenset[str]:
    """Enters them; gives back what people wrote."""
    officer, supervisor, head = (users[role] for role in (Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE))
    _approved(dead, officer, supervisor, today, now)
    for second, about in ((supervisor, worker), (head, others[0])):
        _disputed(about, officer, second, today, now)
    _to_work_on(others[1], officer, supervisor, today, now)
    claim = _accident(others[2], officer, today, now)
    with cast.as_user(officer):
        work.find_facts(claim_id=claim.pk, values={"by_work": False}, note="surat polisi", today=today)
        deciding.propose(claim_id=claim.pk, approve=False, reason=GROUNDS, today=today)
    return frozenset({STORY, GROUNDS})


def _accident(about: int, officer: User, today: dt.date, now: dt.datetime) -> Claim:
    """Reported at the counter, in the queue though its paper is wanted still."""
    with cast.as_user(officer):
        made = intake.begin(kind=Kind.JKK, participant_id=about, channel=Channel.COUNTER, today=today)
        told = {"happened_on": (today - dt.timedelta(days=5)).isoformat(), "kind": "accident", "story": STORY}
        intake.state_facts(claim_id=made.claim.pk, values=told, today=today)
        claim = intake.submit(claim_id=made.claim.pk, today=today, now=now)
        work.back_in_queue(claim, today)
    return claim


def _to_work_on(about: int, officer: User, supervisor: User, today: dt.date, now: dt.datetime) -> None:
    """With a paper, a second payee, and accounts that each of two people wrote."""
    claim = _accident(about, officer, today, now)
    with cast.as_user(officer):
        offices.papers(claim, today)
        firm = Someone("PT Upah Terus", "employer", account_bank="BRI", account_number="0001000300")
        parties.add_beneficiary(claim_id=claim.pk, one=firm, today=today)
        mine = Party.objects.get(claim=claim, kin="self")
    with cast.as_user(supervisor):
        parties.put_account(party_id=mine.pk, bank="BRI", number="0001000400", name=mine.name, today=today)


def _disputed(about: int, officer: User, second: User, today: dt.date, now: dt.datetime) -> None:
    """Refused by two, and objected to."""
    claim = _accident(about, officer, today, now)
    with cast.as_user(officer):
        work.find_facts(claim_id=claim.pk, values={"by_work": False}, note="surat polisi", today=today)
        deciding.propose(claim_id=claim.pk, approve=False, reason=GROUNDS, today=today)
    with cast.as_user(second):
        deciding.decide(claim_id=claim.pk, agrees=True, today=today)
    with cast.as_user(officer):
        objecting.object_to(claim_id=claim.pk, grounds=GROUNDS, today=today)


def _approved(dead: int, officer: User, supervisor: User, today: dt.date, now: dt.datetime) -> None:
    """A death claim that is owed, as far as its cover allows; else it stays where two people left it."""
    from jamsostek.registry.models import Participant

    with cast.everyone():
        died = Participant.objects.get(pk=dead).died_on
    assert died is not None
    widow = Someone("Sri Wahyuni", "spouse", dt.date(1980, 5, 6), account_bank="BRI", account_number="0001000500")
    with cast.as_user(officer):
        made = intake.begin(kind=Kind.JKM, participant_id=dead, channel=Channel.COUNTER, claimant=widow, today=today)
        intake.state_facts(claim_id=made.claim.pk, values={"died_on": died.isoformat(), "cause": "illness"}, today=today)
        offices.papers(made.claim, today)
        claim = intake.submit(claim_id=made.claim.pk, today=today, now=now)
        work.serve(claim_id=claim.pk, today=today)
        for row in Document.objects.filter(claim=claim, state="given"):
            work.check_document(document_id=row.pk, accepted=True, today=today, now=now)
        found: dict[str, Any] = {
            "protected": True, "segment": "pu", "registered_on": (died - dt.timedelta(days=900)).isoformat(),
            "spouses": 1, "minors": 0,
            "claimant_step": "widow_widower_or_child", "entitled_step": "widow_widower_or_child", "known_dead": True,
        }  # fmt: skip
        work.find_facts(claim_id=claim.pk, values=found, note="buku lama", today=today)
        names = unproven(claim, facts_of(claim, today=today))
        work.confirm_stated(claim_id=claim.pk, names=names, note="akta kematian", today=today)
    with cast.as_user(supervisor):
        for party in Party.objects.filter(claim=claim, account_state="given"):
            parties.check_account(party_id=party.pk, verified=True, note="", today=today)
    with cast.as_user(officer):
        deciding.propose(claim_id=claim.pk, approve=True, reason=GROUNDS, today=today)
    with cast.as_user(supervisor):
        deciding.decide(claim_id=claim.pk, agrees=True, today=today)
