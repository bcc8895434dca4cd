"""Training after claims for the pages to show: offers in every state, people at every step, and what became of some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.claims.actions import intake, trainees, training
from jamsostek.claims.actions.common import happened
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.actions.training import Offer
from jamsostek.claims.actions.work import kept
from jamsostek.claims.choices import Channel, Kind
from jamsostek.claims.models import Claim, Fact, Party, Trainee, Training
from jamsostek.claims.trainings import due_on
from jamsostek.core.months import month_of

NAMES = ("Dewi Contoh", "Wati Contoh", "Sri Contoh", "Rini Contoh", "Yanti Contoh", "Umi Contoh", "Nur Contoh")


class School:
    """An office of a regency that runs training; `people` are those whose families and who themselves take part."""

    def __init__(self, regency: int, users: dict[Role, User], today: dt.date) -> None:
        self.regency, self.today = regency, today
        self.officer, self.supervisor = users[Role.BRANCH_OFFICER], users[Role.BRANCH_SUPERVISOR]

    def day(self, later: int) -> dt.date:
        """Today, or so many days later."""
        return self.today + dt.timedelta(days=later)

    def _as(self, user: User) -> Any:
        return acting(scope_of(user, month_of(self.today)))

    def teach(self, *, dead: int, worker: int, people: Sequence[int]) -> None:
        """All of it."""
        mine = self._widowed(dead, "Ahli Waris Contoh")
        families = [self._widowed(one, name) for one, name in zip(people, NAMES, strict=False)]
        hurt = self._hurt(worker)
        self._offer("Rencana pelatihan menjahit", "A plan to teach sewing", 40, 44, draft=True)
        cakes = self._offer("Membuat kue basah", "Making wet cakes", 20, 24, capacity=2, since=-9)
        self._offer("Menjual lewat telepon", "Selling by telephone", 60, 61, kind="entrepreneurship")
        work = self._offer("Kembali ke gudang", "Back to the warehouse", 10, 30, kind="return_to_work")
        closed = self._offer("Hantaran", "Gift trays", 15, 16)
        with acting(system_scope("Situs")):
            for claim in (mine, *families[:3]):
                training.put(cakes, claim, self._party(claim), "invited", "claim", self.day(-9))  # type: ignore[arg-type]
            training.put(work, hurt, self._party(hurt, "self"), "invited", "claim", self.today)  # type: ignore[arg-type]
        for row in self._rows(cakes)[1:]:
            with self._as(self.officer):
                trainees.answer(trainee_id=row.pk, accept=True, today=self.day(-8))
        with self._as(self.supervisor):
            training.close_offer(training_id=closed.pk)
        self._running(families[3:], 3)
        self._running(families[:2], 0, kind="entrepreneurship")
        self._finished(families[:6], -110, (3,))
        self._finished(families[:6], -420, (3, 6, 12))

    # --- claims -----------------------------------------------------------------------------------------------------

    def _widowed(self, person: int, name: str) -> Claim:
        with self._as(self.officer):
            claim = intake.begin(
                kind=Kind.JKM, participant_id=person, channel=Channel.COUNTER, today=self.today,
                claimant=Someone(name, "spouse", dt.date(1985, 3, 4)),
            ).claim  # fmt: skip
            happened(claim, "paid", self.today)
        return claim

    def _hurt(self, person: int) -> Claim:
        with self._as(self.officer):
            claim = intake.begin(kind=Kind.JKK, participant_id=person, channel=Channel.COUNTER, today=self.today).claim
            told = {"happened_on": self.day(-60).isoformat(), "kind": "accident", "story": "Terjepit mesin"}
            intake.state_facts(claim_id=claim.pk, values=told, today=self.today)
        with acting(system_scope("Situs")):
            Fact.objects.create(claim=claim, name="result", value="partial", found=True, by=self.officer.pk)
            kept(Claim.objects.get(pk=claim.pk), "situs", self.today)
            happened(claim, "paid", self.today)
        return claim

    def _party(self, claim: Claim, kin: str = "spouse") -> Party:
        return Party.objects.get(claim=claim, kin=kin)

    # --- trainings ----------------------------------------------------------------------------------------------------

    def _offer(
        self, title: str, title_en: str, first: int, last: int, *, since: int = 0, draft: bool = False, **given: Any
    ) -> Training:
        facts: dict[str, Any] = {"kind": "heirs_training", "capacity": 20, "sessions": 3} | given
        offer = Offer(
            title=title, title_en=title_en, region_code=self.regency, provider="BLK Contoh", starts_on=self.day(first),
            ends_on=self.day(last), cost_rupiah=24_000_000, sponsor_kind="region", sponsor="Kabupaten Contoh",
            place="Balai Desa Contoh", invented=True, **facts,
        )  # fmt: skip
        with self._as(self.supervisor):
            made = training.make(offer=offer, today=self.day(since))
            return made if draft else training.open_offer(training_id=made.pk, today=self.day(since))

    def _rows(self, course: Training) -> list[Trainee]:
        with acting(system_scope("Situs")):
            return list(Trainee.objects.filter(training=course).order_by("pk"))

    def _attended(self, course: Training, claims: Sequence[Claim], first: int) -> list[Trainee]:
        """Everybody written in; all but the last one came to the first session."""
        for claim in claims:
            with self._as(self.officer):
                who = self._party(claim).pk
                trainees.enrol(
                    training_id=course.pk, claim_id=claim.pk, party_id=who, before_rupiah=600_000, today=self.day(first)
                )  # fmt: skip
        rows = self._rows(course)
        with self._as(self.officer):
            came = {row.pk: row != rows[-1] for row in rows}
            trainees.mark(training_id=course.pk, session=1, on=self.day(first), came=came, today=self.day(first))
        return rows

    def _running(self, claims: Sequence[Claim], last: int, **given: Any) -> None:
        course = self._offer(
            "Mengelola uang keluarga", "A family's money", -5, last, since=-10, **{"kind": "financial_literacy"} | given
        )
        self._attended(course, claims, -5)

    def _finished(self, claims: Sequence[Claim], first: int, months: Sequence[int]) -> None:
        course = self._offer("Warung sehat", "A healthy food stall", first, first + 3, since=first - 9)
        rows = self._attended(course, claims, first)
        with self._as(self.supervisor):
            done = [row.pk for row in rows]
            training.complete(training_id=course.pk, finished=done, spent_rupiah=21_500_000, today=self.day(first + 3))
        for month in months:
            for at, row in enumerate(rows[:-1]):
                with self._as(self.officer):
                    trainees.record_outcome(
                        trainee_id=row.pk, month=month, working=at == 0, business=at > 0, note="Warung kopi",
                        income_rupiah=700_000 + 150_000 * at + 50_000 * month, today=due_on(course.ends_on, month),
                    )  # fmt: skip
