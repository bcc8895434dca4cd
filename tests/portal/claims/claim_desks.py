"""Claims at an office of the town for the tests of their pages: sent by a widow, with papers, as far as a test wants them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from desks import TODAY
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.claims import offices

DIED = TODAY - dt.timedelta(days=20)
LONG_AGO = TODAY - dt.timedelta(days=700)


@dataclass
class Desk:
    """An office with its people, and claims by name."""

    at: offices.Office
    users: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)

    def client(self, who: str, language: str = "id") -> Client:
        """A browser of somebody who has signed in."""
        found = cast.signed_in(Client(), self.users[who])
        found.cookies["jamsostek_language"] = language
        return found

    def url(self, name: str, rest: str = "") -> str:
        """A page of a claim."""
        return f"/kantor/klaim/{self.claims[name].number}/{rest}"


def dead(name: str, since: dt.date = LONG_AGO, died_on: dt.date = DIED, **given: Any) -> Any:
    """A worker of a firm who died."""
    from jamsostek.core.months import month_of
    from jamsostek.registry.actions.changes import record_death

    who = offices.member(name, since, **given)
    cast.works(who, cast.employer(f"PT {name}", regency_code=who.regency_code), month_of(since))
    record_death(participant_id=who.pk, died_on=died_on, today=TODAY, reason="akta kematian")
    who.refresh_from_db()
    return who


def sent(who: Any, *, papers: bool = True, heir: str = "Dewi Lestari", account: str = "990000123456", **given: Any) -> Any:
    """A widow's claim, sent; without its papers it waits for them."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.choices import Channel, Kind

    claimant = offices.heir(heir, account_number=account)
    made = intake.begin(kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=claimant, today=TODAY)
    facts = {"died_on": DIED.isoformat(), "cause": "illness"} | given
    intake.state_facts(claim_id=made.claim.pk, values=facts, today=TODAY)
    if papers:
        offices.papers(made.claim, TODAY)
    return intake.submit(claim_id=made.claim.pk, today=TODAY, now=timezone.now())


def build() -> Desk:
    """The office, its visitors, and claims of this regency and of another."""
    from jamsostek.registry.actions.employers import register_employer  # noqa: F401  the registry is ready

    with cast.everyone():
        desk = Desk(offices.office(name="k"))
        people = {name: dead(f"Almarhum {name.title()}") for name in ("first", "second", "third", "fourth")}
        far = dead("Almarhum Jauh", regency_code=cast.LUMAJANG)
        firm = cast.employer("PT Pemohon")
        desk.users = {
            "officer": desk.at.officer, "colleague": desk.at.colleague, "supervisor": desk.at.supervisor, "head": desk.at.head,
            "far": cast.user("petugas.jauh.k", "branch_officer", "region", cast.LUMAJANG),
            "viewer": cast.user("pemda.k", "regional_viewer", "region", cast.SIDOARJO),
            "village": cast.user("desa.k", "village_operator", "village", 3515012001),
            "clerk": cast.user("staf.k", "employer_clerk", "employer", firm.pk),
            "auditor": cast.user("auditor.k", "auditor"),
            "heir": cast.user("ahliwaris.k", "heir", "self", people["first"].pk),
        }  # fmt: skip
    for name in ("first", "second", "third"):
        with cast.everyone():
            desk.claims[name] = sent(people[name], account=f"99000012345{len(desk.claims)}")
    with cast.everyone():
        desk.claims["waiting"] = sent(people["fourth"], papers=False, account="990000123459")
        desk.claims["far"] = sent(far, papers=False, account="990000123458")
    return desk
