"""A family that files claims without an account: one being filled in, one that waits for papers, one refused, one approved."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, nobody, system_scope
from jamsostek.claims.actions import deciding, intake, parties, work
from jamsostek.claims.actions.intake import Begun
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import Kind
from jamsostek.claims.models import Claim
from jamsostek.claims.queries import filing
from jamsostek.portal.filing.holder import open_with_code
from jamsostek.registry.models import Participant
from tests import cast
from tests.claims import offices

WIDOW = "Dewi Lestari"


def family(dead: int, users: dict[Role, User], today: dt.date, now: dt.datetime) -> dict[str, Any]:
    """The family's browser, which holds all four, and where it begins."""
    with acting(system_scope("Kantor Cabang Contoh")):
        who = Participant.objects.get(pk=dead)
        other = Participant.objects.exclude(died_on=None).exclude(pk=dead).filter(regency_code=who.regency_code).order_by("pk")[0]
        third = cast.user("petugas-klaim", str(Role.BRANCH_OFFICER), "region", who.regency_code, name="Petugas Klaim")
    assert who.died_on is not None
    begun, waits, refused = (_filled_in(who, today, papers) for papers in (False, False, True))
    approved = _filled_in(other, today, True)
    for one in (waits, refused, approved):
        with acting(nobody(claims=frozenset({one.claim.pk}))):
            intake.submit(claim_id=one.claim.pk, today=today, now=now)
    with acting(nobody(claims=frozenset({waits.claim.pk}))):
        work.message(claim_id=waits.claim.pk, text="Surat ahli warisnya menyusul.", today=today)
    _refuse(refused.claim, users, third, today)
    _approve(approved.claim, users, third, today)
    session = SessionStore()
    for one in (begun, waits, refused, approved):
        with acting(nobody(claims=frozenset({one.claim.pk}))):
            open_with_code(SimpleNamespace(session=session), Claim.objects.get(pk=one.claim.pk), one.code)  # type: ignore[arg-type]
    session.save()
    where = [f"/klaim/{one.claim.number}/" for one in (begun, waits, refused, approved)]
    return {"name": "claimant", "group": "claimant", "cookies": {"jamsostek_session": session.session_key}, "begin": where}


def _filled_in(who: Any, today: dt.date, papers: bool) -> Begun:
    """A widow's claim with a child at school, an account and some papers."""
    with acting(nobody()):
        made = intake.begin_as_visitor(
            kind=Kind.JKM, number=who.kpj, birth_date=who.birth_date, claimant=Someone(WIDOW, "spouse"), today=today
        )
    with acting(nobody(claims=frozenset({made.claim.pk}))):
        widow = parties.put_claimant(
            claim_id=made.claim.pk, one=Someone(WIDOW, "spouse", dt.date(1985, 3, 4), phone="+628000099001"), today=today
        )
        child = parties.add_beneficiary(
            claim_id=made.claim.pk,
            one=Someone("Adi Kecil", "child", dt.date(today.year - 9, 3, 4), guardian_id=widow.pk),
            today=today,
        )
        facts = {
            "died_on": who.died_on.isoformat(), "cause": "illness", "children": [{"party": child.pk, "levels": {"primary": 3}}]
        }  # fmt: skip
        intake.state_facts(claim_id=made.claim.pk, values=facts, today=today)
        parties.put_account(party_id=widow.pk, bank="BRI", number="990000123456", name=WIDOW, today=today)
        if papers:
            offices.papers(made.claim, today)
        else:
            intake.add_document(
                claim_id=made.claim.pk, kind="death_certificate", content=offices.photo(), file_name="akta.jpg", today=today
            )
    return made


def _approve(claim: Claim, users: dict[Role, User], colleague: User, today: dt.date) -> None:
    """Found to be covered and related, whatever the register says of the firm's contributions, and approved by two."""
    head = users[Role.HEAD_OFFICE]
    at = offices.Office(users[Role.BRANCH_OFFICER], colleague, users[Role.BRANCH_SUPERVISOR], head, head)
    with acting(system_scope("Kantor Cabang Contoh")):
        offices.checked(
            claim, at, today, protected=True, segment="pu", registered_on=(today - dt.timedelta(days=1500)).isoformat(),
            spouses=1, minors=0, claimant_step="widow_widower_or_child", entitled_step="widow_widower_or_child", known_dead=True,
        )  # fmt: skip
        offices.approved(claim, at, today)


def _refuse(claim: Claim, users: dict[Role, User], colleague: User, today: dt.date) -> None:
    """Found by an officer to be an accident at work, and refused by two."""
    officer, supervisor = users[Role.BRANCH_OFFICER], users[Role.BRANCH_SUPERVISOR]
    at = offices.Office(officer, colleague, supervisor, users[Role.HEAD_OFFICE], users[Role.HEAD_OFFICE])
    with acting(system_scope("Kantor Cabang Contoh")):
        offices.checked(claim, at, today, cause="work")
    with cast.as_user(officer):
        deciding.propose(claim_id=claim.pk, approve=False, reason="Celaka di pabrik.", today=today)
    with cast.as_user(supervisor):
        deciding.decide(claim_id=claim.pk, agrees=True, today=today)
    with acting(system_scope("Kantor Cabang Contoh")):
        assert not filing.objections(claim)
