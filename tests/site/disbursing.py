"""Money out for the tests of the whole site: files sent and answered, rolls, rights with proofs, money asked back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.claims.actions import answers, growth, intake, parties, paying, proof_papers, rights, rolls
from jamsostek.claims.actions.owing import post
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.models import Batch, Benefit, Claim, Party, Proof, Transfer
from jamsostek.core.months import add_months, first_day, month_of
from jamsostek.ledger.actions import Leg
from jamsostek.messages.payout.pain002 import write_pain002
from jamsostek.messages.payout.records import ACCEPTED, REJECTED, Answer, Outcome
from jamsostek.registry.actions.changes import record_death
from jamsostek.registry.models import Participant
from tests import cast
from tests.claims import offices


class Treasury:
    """Two who pay for the nation: the head office that visits, and another whom it approves."""

    def __init__(self, regency: int, users: dict[Role, User], today: dt.date, now: dt.datetime) -> None:
        self.regency, self.users, self.today, self.now, self.month = regency, users, today, now, month_of(today)
        with self._all():
            other = cast.user("bendahara-uji", str(Role.HEAD_OFFICE), name="Bendahara Uji")
        officer, supervisor = users[Role.BRANCH_OFFICER], users[Role.BRANCH_SUPERVISOR]
        self.office = offices.Office(officer, officer, supervisor, users[Role.HEAD_OFFICE], other)

    def pay(self, *, worker: int) -> None:
        """Everything; `worker` is somebody who signs in and gets a pension."""
        self._accounts()
        self._widow("Slamet Riyadi")
        self._answered(self._sent())
        self._widow("Joko Purnomo")
        self._prepared("jkm")
        with self._all():
            pensions = [self._pension(who) for who in (Participant.objects.get(pk=worker), self._member("Ketut Ariani"))]
            ended = self._pension(self._member("Made Sukarta"))
        self._rolls(pensions[1])
        with self._as(self.office.treasurer):
            growth.propose(year=self.today.year + 1, inflation_ppm=29_200, source="BPS", today=self.today)
        with self._as(self.office.officer):
            rights.end(
                benefit_id=self._right(ended),
                last_month=add_months(self.month, -1),
                because="sudah bersuami lagi",
                today=self.today,
            )
        self._widow_of_a_pension()
        dark, _waits = self._proof(pensions[0]), self._proof(pensions[1])
        with self._as(self.office.officer):
            rights.judge_proof(proof_id=dark.pk, accepted=False, reason="fotonya gelap", today=self.today)

    def _proof(self, claim: Claim) -> Proof:
        """With its photo; given by nobody in particular, for an officer's own would be accepted at once."""
        with self._all():
            made = Proof.objects.create(
                benefit_id=self._right(claim), claim=claim, kind="alive", month=self.month, given_on=self.today
            )  # fmt: skip
            proof_papers.add(proof_id=made.pk, content=offices.photo(), file_name="surat.jpg")
        return made

    def _all(self) -> Any:
        return acting(system_scope("Kantor Cabang Contoh"))

    def _as(self, user: User) -> Any:
        return acting(scope_of(user, self.month))

    def _accounts(self) -> None:
        with self._all():
            for fund in ("jkm", "jp"):
                post(f"uji-kas:{fund}", "uji", [Leg(f"cash:{fund}", f"fund:{fund}", 1_000_000_000)], self.today)
        with self._as(self.office.head):
            for fund in ("jkm", "jp"):
                paying.set_debtor(fund=fund, name="BPJS Ketenagakerjaan", bank="BRI", account="990011112222")

    def _member(self, name: str) -> Participant:
        who = offices.member(name, since=dt.date(2020, 1, 2), regency_code=self.regency)
        cast.works(who, cast.employer(f"PT {name}", regency_code=self.regency), 202101)
        return who  # type: ignore[no-any-return]

    def _decided(self, claim: Claim, **found: Any) -> Claim:
        offices.papers(claim, self.today)
        claim = intake.submit(claim_id=claim.pk, today=self.today, now=self.now)
        offices.checked(claim, self.office, self.today, **found)
        return offices.approved(claim, self.office, self.today)  # type: ignore[no-any-return]

    def _widow(self, name: str) -> Claim:
        died_on = self.today - dt.timedelta(days=30)
        with self._all():
            who = self._member(name)
            record_death(participant_id=who.pk, died_on=died_on, today=self.today, reason="akta kematian")
            begun = intake.begin(
                kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir(), today=self.today
            ).claim  # fmt: skip
            told = {"died_on": died_on.isoformat(), "cause": "illness"}
            intake.state_facts(claim_id=begun.pk, values=told, today=self.today)
            return self._decided(begun)

    def _pension(self, who: Participant) -> Claim:
        """A disability pension from this month on."""
        begun = intake.begin(
            kind=Kind.JP_DISABILITY, participant_id=who.pk, channel=Channel.COUNTER, today=self.today
        ).claim  # fmt: skip
        event = first_day(add_months(self.month, -1)) + dt.timedelta(days=1)
        intake.state_facts(claim_id=begun.pk, values={"event_on": event.isoformat()}, today=self.today)
        for party in Party.objects.filter(claim=begun, account_state=""):
            parties.put_account(party_id=party.pk, bank="BRI", number="990000765432", name=party.name, today=self.today)
        return self._decided(
            begun, total_disability=True, jp_months=60, jp_density_ppm=900_000, jp_membership_months=66,
            mean_indexed_wage_rupiah=6_000_000, registered_on="2020-01-02",
        )  # fmt: skip

    def _widow_of_a_pension(self) -> None:
        """One that ended, with a child whom it may go on to."""
        with self._all():
            who, died_on = self._member("Nyoman Rai"), first_day(self.month) - dt.timedelta(days=20)
            record_death(participant_id=who.pk, died_on=died_on, today=self.today, reason="akta kematian")
            begun = intake.begin(
                kind=Kind.JP_SURVIVOR, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir("Luh Ayu"),
                today=self.today,
            ).claim  # fmt: skip
            told = {"event_on": died_on.isoformat(), "survivor": "widow", "remarried": False}
            intake.state_facts(claim_id=begun.pk, values=told, today=self.today)
            claim = self._decided(
                begun, related=True, known_dead=True, jp_months=60, jp_density_ppm=900_000, jp_membership_months=66,
                mean_indexed_wage_rupiah=6_000_000, registered_on="2020-01-02",
            )  # fmt: skip
            parties.add(claim, offices.heir("Kadek Rai", "child", birth_date=dt.date(2015, 1, 2)), today=self.today)
        with self._as(self.office.officer):
            rights.end(
                benefit_id=self._right(claim), last_month=self.month, because="sudah bersuami lagi", today=self.today
            )  # fmt: skip

    def _right(self, claim: Claim) -> int:
        with self._all():
            return Benefit.objects.get(claim=claim).pk

    def _prepared(self, fund: str, roll_id: int | None = None) -> Batch:
        """By the other one, so that the visitor may approve it."""
        with self._as(self.office.treasurer):
            return paying.prepare(fund=fund, pay_on=self.today, today=self.today, roll_id=roll_id).batches[0]

    def _sent(self, fund: str = "jkm", roll_id: int | None = None) -> Batch:
        batch = self._prepared(fund, roll_id)
        with self._as(self.office.head):
            paying.approve(batch_id=batch.pk, now=self.now)
        return paying.export(batch_id=batch.pk, now=self.now)

    def _answered(self, batch: Batch) -> None:
        with self._all():
            rows = {one.number: one.rupiah for one in Transfer.objects.filter(batch=batch)}
        said = {1: (REJECTED, "AC04"), 2: (ACCEPTED, ""), 3: (REJECTED, "BE01")}
        lines = tuple(
            Outcome(paying.end_to_end(batch.pk, n), status, code, "", f"BANK{n}", self.today, rows[n])
            for n, (status, code) in said.items()
        )
        strange = Outcome("LAIN-1", ACCEPTED, "", "", "BANK9", self.today, 1_000)
        content = write_pain002(Answer("pain.002", "A-1", batch.message_id, "", (*lines, strange)), self.now)
        with self._as(self.office.head):
            answers.take(content=content, file_name="jawaban-bank.xml", today=self.today)

    def _rolls(self, left: Claim) -> None:
        """One posted and sent but for one person whose account is not checked, one that waits for the visitor."""
        with self._as(self.office.treasurer):
            row = rolls.prepare(kind="pension", month=self.month, pay_on=self.today, now=self.now)
        with self._as(self.office.head):
            rolls.approve(roll_id=row.pk, now=self.now)
        rolls.post_roll(roll_id=row.pk, now=self.now, today=self.today)
        with self._all():
            Party.objects.filter(claim__in=[left]).update(account_state="given")
        self._sent("jp", row.pk)
        with self._as(self.office.treasurer):
            rolls.prepare(kind="pension", month=add_months(self.month, 1), pay_on=self.today, now=self.now)
