"""Two people of the head office with money to pay, on the real day: what a widow is owed, a pensioner, somebody dismissed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desks import MONTH, TODAY, Town
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jamsostek.core.months import add_months, first_day
from tests import cast
from tests.claims import offices

DIED_ON = TODAY - dt.timedelta(days=30)
HOME = "/kantor/pembayaran/"
RIGHTS = "/kantor/hak/"
OWN = "/peserta/hak/"


def office_of(town: Town) -> offices.Office:
    """The town's officers as those who work on claims, with a second officer and a second of the head office."""
    users = town.users
    with cast.everyone():
        users["treasurer"] = _user("bendahara", "head_office", name="Bu Bendahara")
        users["colleague"] = _user("rekan", "branch_officer", "region", cast.SIDOARJO, name="Pak Rekan")
    return offices.Office(users["officer"], users["colleague"], users["supervisor"], users["head"], users["treasurer"])


def _user(username: str, *grant: Any, name: str) -> Any:
    """Somebody who is there, or made now: what a test made of the town is taken back after it."""
    from jamsostek.access.models import User

    return User.objects.filter(username=username).first() or cast.user(username, *grant, name=name)


def funds(rupiah: int = 1_000_000_000) -> None:
    """Cash in every fund, and an account to pay from."""
    from jamsostek.claims.actions import paying
    from jamsostek.claims.actions.owing import post
    from jamsostek.ledger.actions import Leg

    with cast.everyone():
        for fund in ("jkk", "jkm", "jht", "jp", "jkp"):
            post(f"uji:{fund}", "uji", [Leg(f"cash:{fund}", f"fund:{fund}", rupiah)], TODAY)
            paying.set_debtor(fund=fund, name="BPJS Ketenagakerjaan", bank="BRI", account="990011112222")
        post("uji:carrier", "uji", [Leg("cash:carrier", "equity:carrier", rupiah)], TODAY)
        paying.set_debtor(fund="carrier", name="BPJS Ketenagakerjaan", bank="BRI", account="990011113333")


def _decided(claim: Any, at: offices.Office, **found: Any) -> Any:
    from jamsostek.claims.actions import intake

    offices.papers(claim, TODAY)
    claim = intake.submit(claim_id=claim.pk, today=TODAY, now=timezone.now())
    offices.checked(claim, at, TODAY, **found)
    return offices.approved(claim, at, TODAY)


def widow(town: Town, name: str = "Budi Santoso") -> Any:
    """A widow's claim that was approved: three amounts, 42 million together."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.choices import Channel, Kind
    from jamsostek.registry.actions.changes import record_death

    at = office_of(town)
    with cast.everyone():
        who = offices.member(name)
        cast.works(who, cast.employer(f"PT {name}"), 202501)
        record_death(participant_id=who.pk, died_on=DIED_ON, today=TODAY, reason="akta kematian")
        begun = intake.begin(
            kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(), today=TODAY
        )  # fmt: skip
        told = {"died_on": DIED_ON.isoformat(), "cause": "illness"}
        intake.state_facts(claim_id=begun.claim.pk, values=told, today=TODAY)
        return _decided(begun.claim, at)


def pensioner(town: Town, name: str = "Wayan Sudarma", mean: int = 6_000_000) -> Any:
    """A disability pension that was approved, of 900,000 a month, and somebody to sign in as; it begins this month."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.choices import Channel, Kind

    at = office_of(town)
    with cast.everyone():
        who = offices.member(name, since=dt.date(2020, 1, 2))
        cast.works(who, cast.employer(f"PT {name}"), 202101)
        begun = intake.begin(kind=Kind.JP_DISABILITY, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY)
        event = first_day(add_months(MONTH, -1)) + dt.timedelta(days=1)
        intake.state_facts(claim_id=begun.claim.pk, values={"event_on": event.isoformat()}, today=TODAY)
        username = name.split()[0].lower()
        town.users[username] = cast.user(username, "worker", "self", who.pk, name=name)
        return _decided(
            begun.claim, at, total_disability=True, jp_months=60, jp_density_ppm=900_000, jp_membership_months=66,
            mean_indexed_wage_rupiah=mean,
        )  # fmt: skip


def right_of(claim: Any) -> Any:
    """The right that a claim began."""
    from jamsostek.claims.models import Benefit

    with cast.everyone():
        return Benefit.objects.get(claim=claim)


def sent(town: Town, fund: str = "jkm") -> Any:
    """A batch on its way to the bank."""
    from jamsostek.claims.actions import paying

    at = office_of(town)
    with cast.as_user(at.head):
        batch = paying.prepare(fund=fund, pay_on=TODAY, today=TODAY).batches[0]
    with cast.as_user(at.treasurer):
        paying.approve(batch_id=batch.pk, now=timezone.now())
    return paying.export(batch_id=batch.pk, now=timezone.now())


def told(batch: Any, *outcomes: tuple[int, str, str]) -> bytes:
    """What a bank says of some transfers: settled and returned in a notification, the rest in a status report."""
    from jamsostek.claims.actions import paying
    from jamsostek.claims.models import Transfer
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.pain002 import write_pain002
    from jamsostek.messages.payout.records import RETURNED, SETTLED, Answer, Outcome

    with cast.everyone():
        rows = {one.number: one.rupiah for one in Transfer.objects.filter(batch=batch)}
    lines = tuple(
        Outcome(paying.end_to_end(batch.pk, number), status, code, "", f"BANK{number}", TODAY, rows.get(number, 1_000))
        for number, status, code in outcomes
    )
    answer = Answer("camt.054", f"A-{batch.pk}-{len(outcomes)}", batch.message_id, "", lines)
    if {status for _number, status, _code in outcomes} <= {SETTLED, RETURNED}:
        return write_camt054(answer, batch.debtor_account, TODAY)
    return write_pain002(answer, timezone.now())


def file(content: bytes, name: str = "jawaban.xml") -> SimpleUploadedFile:
    """As it is sent."""
    return SimpleUploadedFile(name, content)


def answered(client: Any, content: bytes) -> Any:
    """Sends an answer, looks at what it would do, and takes it; where that leads."""
    import re

    look = client.post(f"{HOME}jawaban/", {"file": file(content)})
    assert look.status_code == 200, look.get("Location")
    sealed = re.search(r'name="berkas" value="([^"]+)"', look.content.decode())
    assert sealed, look.content.decode()[:3000]
    return client.post(f"{HOME}jawaban/", {"berkas": sealed[1]})


def rolled(town: Town, month: int = MONTH, kind: str = "pension") -> Any:
    """A roll that was tried, approved and posted."""
    from jamsostek.claims.actions import rolls

    at = office_of(town)
    with cast.as_user(at.head):
        made = rolls.prepare(kind=kind, month=month, pay_on=TODAY, now=timezone.now())
    with cast.as_user(at.treasurer):
        rolls.approve(roll_id=made.pk, now=timezone.now())
    return rolls.post_roll(roll_id=made.pk, now=timezone.now(), today=TODAY)
