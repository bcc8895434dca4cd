"""Claims of every kind in every state: families, accidents, old age, lost work; some paid by the practice bank, some refused.

Everything goes the way it goes in life: papers are cleaned, facts found, two people decide, the bank answers. Papers are drawn
and say that they are samples; the funds' opening cash is invented and booked as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.accounts.models import Programme
from jamsostek.accounts.queries import balances
from jamsostek.claims.actions import answers, deciding, intake, objecting, parties, paying, rights, rolls, work
from jamsostek.claims.actions.owing import post
from jamsostek.claims.actions.parties import Someone, account_number
from jamsostek.claims.choices import Channel, Kind, State
from jamsostek.claims.models import Benefit, Claim, Document, Party
from jamsostek.claims.queries.knowing import comes_to, facts_of, unproven
from jamsostek.claims.queries.rights import kind_of, wanted
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _
from jamsostek.demo.bank import Bank
from jamsostek.demo.bank.transfers import NOT_AT_ONCE
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.law.entitlement import Outcome
from jamsostek.law.parameters import law_on
from jamsostek.ledger.actions import Leg
from jamsostek.messages.evidence.reader import clean
from jamsostek.messages.evidence.records import Evidence
from jamsostek.registry import heirs
from jamsostek.registry.actions.changes import record_death
from jamsostek.registry.models import Employment, Participant, Relative

DEBTOR = "9900112244"
"""The account benefits are paid from at the practice bank; invented."""
OPENING_RUPIAH = 50_000_000_000
"""Invented cash of each insured fund before the demo's first month."""
FUNDS = ("jkk", "jkm", "jht", "jp", "jkp")
INSURED = ("jkk", "jkm", "jp", "jkp")
"""Those that pay from what others brought in; JHT pays members what they have."""
SAMPLE = N_("CONTOH - BUKAN DOKUMEN ASLI")
ADULTS_BORN = 2005
STATES = ("draft", "waiting", "submitted", "proposed", "approved", "paid")


@dataclass(frozen=True)
class Team:
    """Who works on the demo's claims."""

    officer: User
    supervisor: User
    head: User
    treasurer: User


def live_claims(*, today: dt.date, tell: Tell) -> None:
    """Files, decides and pays; done before, it does nothing."""
    with acting(system_scope(_(ACTOR))):
        if Claim.objects.exists():
            return
    now = dt.datetime.combine(today, dt.time(3), dt.UTC)
    stage = _Stage(today, now, _team(), _evidence())
    plans = list(_plans(stage))
    done = 0
    for later in (False, True):  # what is approved after the day's payment waits for the next
        for state, plan in plans:
            if (state == "approved") == later:
                plan()
                done += 1
                tell(_("Klaim"), done, len(plans))
        if not later:
            _pay(stage)
    _proofs(stage)


def _team() -> Team:
    def first(role: Role, at: int = 0) -> User:
        return User.objects.filter(is_demo=True, grants__role=role).order_by("pk")[at]

    return Team(first(Role.BRANCH_OFFICER), first(Role.BRANCH_SUPERVISOR), first(Role.HEAD_OFFICE), first(Role.HEAD_OFFICE, 1))


def _evidence() -> Evidence:
    """One drawn paper for all, cleaned like any other."""
    from PIL import Image, ImageDraw

    paper = Image.new("RGB", (1000, 1400), (236, 232, 222))
    pen = ImageDraw.Draw(paper)
    for line in range(160, 1300, 60):
        pen.line((90, line, 910, line), fill=(120, 116, 108), width=4)
    pen.text((120, 80), SAMPLE, fill=(150, 20, 20), font_size=52)
    out = BytesIO()
    paper.save(out, "JPEG", quality=85)
    return clean(out.getvalue(), "contoh.jpg")


@dataclass
class _Stage:
    today: dt.date
    now: dt.datetime
    team: Team
    evidence: Evidence
    parent: Claim | None = None
    """A death that was approved: children's scholarships follow it."""

    @contextmanager
    def as_(self, user: User) -> Iterator[None]:
        with acting(scope_of(user, month_of(self.today))):
            yield

    # --- one claim, step by step ---------------------------------------------------------------------------------------

    def begun(self, kind: Kind, person: Participant, stated: Mapping[str, Any], heir: Someone | None) -> Claim:
        """A claim at the counter, filled in and not sent."""
        parent = self.parent.pk if self.parent is not None and kind == Kind.SCHOLARSHIP else None
        with self.as_(self.team.officer):
            made = intake.begin(
                kind=kind, participant_id=person.pk, channel=Channel.COUNTER, claimant=heir, parent_id=parent, today=self.today
            )  # fmt: skip
            intake.state_facts(claim_id=made.claim.pk, values=stated, today=self.today)
            for party in Party.objects.filter(claim=made.claim):
                if party.account_state == "" or account_number(party)[-2:] in NOT_AT_ONCE:
                    parties.put_account(
                        party_id=party.pk, bank="BRI", number=f"77{party.pk:08d}10", name=party.name, today=self.today
                    )  # invented, as everything here
        return made.claim

    def sent(self, claim: Claim, *, whole: bool = True) -> Claim:
        """Sent; with all its papers, or with none."""
        with self.as_(self.team.officer):
            claim = intake.submit(claim_id=claim.pk, today=self.today, now=self.now)
            if whole:
                for line in claim.checklist:
                    if not line["held"]:
                        intake.keep_evidence(
                            claim_id=claim.pk, kind=line["document"], got=self.evidence, file_name="contoh.jpg", today=self.today
                        )
                if claim.state == State.WAITING:
                    claim = work.answered(claim_id=claim.pk, today=self.today)
        return claim

    def checked(self, claim: Claim, found: Mapping[str, Any]) -> None:
        """Looked at by the officer; accounts by the supervisor, as the officer wrote them."""
        today = self.today
        with self.as_(self.team.officer):
            work.serve(claim_id=claim.pk, today=today)
            for row in Document.objects.filter(claim=claim, state="given"):
                work.check_document(document_id=row.pk, accepted=True, today=today, now=self.now)
            if found:
                work.find_facts(claim_id=claim.pk, values=found, note=_("menurut surat contoh"), today=today)
            names = unproven(claim, facts_of(claim, today=today))
            if names:
                work.confirm_stated(claim_id=claim.pk, names=names, note=_("sesuai berkas contoh"), today=today)
        with self.as_(self.team.supervisor):
            for party in Party.objects.filter(claim=claim, account_state="given"):
                parties.check_account(party_id=party.pk, verified=True, note="", today=today)

    def proposed(self, claim: Claim, reason: str) -> bool:
        """The officer proposes what it comes to; False where it cannot be decided yet."""
        with self.as_(self.team.officer):
            found = comes_to(claim, today=self.today)
            approve = found.outcome in (Outcome.ENTITLED, Outcome.UNSETTLED) and bool(found.parts)
            try:
                deciding.propose(claim_id=claim.pk, approve=approve, reason=reason, today=self.today)
            except InputError:
                return False
        return True

    def decided(self, claim: Claim) -> Claim:
        """The supervisor agrees, and the head office where it must."""
        with self.as_(self.team.supervisor):
            decision = deciding.decide(claim_id=claim.pk, agrees=True, today=self.today)
        if decision.final is None:
            with self.as_(self.team.head):
                deciding.decide(claim_id=claim.pk, agrees=True, today=self.today)
        with acting(system_scope(_(ACTOR))):
            return Claim.objects.get(pk=claim.pk)

    def upto(
        self, state: str, kind: Kind, person: Participant, stated: Mapping[str, Any], found: Mapping[str, Any],
        heir: Someone | None = None,
    ) -> Claim:  # fmt: skip
        """A claim brought as far as a state; less far where its facts do not allow more."""
        claim = self.begun(kind, person, stated, heir)
        if state == "draft":
            return claim
        claim = self.sent(claim, whole=state != "waiting")
        if state in ("waiting", "submitted"):
            return claim
        self.checked(claim, found)
        if self.proposed(claim, _("sesuai aturan (contoh)")) and state != "proposed":
            claim = self.decided(claim)
        if kind == Kind.JKM and claim.state == State.APPROVED and self.parent is None:
            self.parent = claim
        return claim


# --- who and what -------------------------------------------------------------------------------------------------------


def _people(count: int, today: dt.date) -> list[Participant]:
    """Workers of firms who live, one from each firm as far as there are."""
    with acting(system_scope(_(ACTOR))):
        rows = Employment.objects.filter(to_month=None, segment="pu", participant__died_on=None).select_related("participant")
        rows = rows.filter(participant__registered_on__lt=today - dt.timedelta(days=365))
        found: dict[int, Participant] = {}
        for row in rows.order_by("pk")[: count * 30]:
            found.setdefault(row.participant_id, row.participant)
        chosen = list(found.values())
        return chosen[:: max(1, len(chosen) // count)][:count]


def _dead(stage: _Stage, count: int, living: Iterator[Participant]) -> list[Participant]:
    """Those who died lately; where a small demo has too few, some who live are written down as dead."""
    with acting(system_scope(_(ACTOR))):
        found = list(Participant.objects.exclude(died_on=None).order_by("-died_on", "pk")[:count])
        for person in living:
            if len(found) >= count:
                break
            died_on = stage.today - dt.timedelta(days=20 + len(found))
            record_death(participant_id=person.pk, died_on=died_on, today=stage.today, reason=_(SAMPLE))
            person.refresh_from_db()
            found.append(person)
    return found


def _old(count: int, today: dt.date) -> list[Participant]:
    """Workers who have reached the age of pension."""
    with acting(system_scope(_(ACTOR))):
        rows = Employment.objects.filter(
            to_month=None,
            participant__died_on=None,
            participant__birth_date__lt=today - dt.timedelta(days=law_on(today).number("jp.pension_age") * 365 + 15),
        ).select_related("participant")
        paid = balances.lines([row.participant_id for row in rows], 201507, month_of(today), programme=Programme.JP)
        with_jp = {one.participant_id for one in paid}
        return list({row.participant_id: row.participant for row in rows if row.participant_id in with_jp}.values())[:count]


def _person_of(role: Role) -> Participant | None:
    """Whom the demo's user of a role stands for."""
    user = User.objects.filter(is_demo=True, grants__role=role).order_by("pk").first()
    with acting(system_scope(_(ACTOR))):
        grant = user.grants.filter(role=role).first() if user is not None else None
        return Participant.objects.filter(pk=grant.target).first() if grant is not None else None


def _heir(person: Participant, at: int) -> Someone:
    """The first in the law's order; the account is invented."""
    with acting(system_scope(_(ACTOR))):
        steps = heirs.order(Relative.objects.filter(participant_id=person.pk), on=person.died_on or dt.date.max)
        mine = next((one for step in steps for one in step.members if isinstance(one, Relative) and _of_age(one)), None)
    name = mine.name if mine is not None else _("Ahli waris {name}").format(name=person.name)
    return Someone(
        name, mine.kin if mine is not None else "sibling", mine.birth_date if mine is not None else None, "", f"+6280000{at:06d}",
        "BRI", f"88{person.pk:08d}{at % 90 + 10}", name, mine.pk if mine is not None else None,
    )  # fmt: skip


def _of_age(one: Relative) -> bool:
    return one.birth_date is None or one.birth_date.year <= ADULTS_BORN


def _plans(stage: _Stage) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is to be shown: each kind in each state, then the special ones."""
    people = iter(_people(70, stage.today))
    dead, old = _dead(stage, len(STATES), people), iter(_old(len(STATES), stage.today))
    mine, theirs = _person_of(Role.WORKER), _person_of(Role.HEIR)
    if theirs is not None and theirs.died_on is not None:  # whoever signs in as the heir finds what was paid
        dead = [*[one for one in dead if one.pk != theirs.pk][: len(STATES) - 1], theirs]
    lately = (stage.today - dt.timedelta(days=6)).isoformat()

    def plan(
        state: str, kind: Kind, stated: Mapping[str, Any], found: Mapping[str, Any], person: Participant | None, at: int
    ) -> Any:
        heir = _heir(person, at) if person is not None and person.died_on is not None else None
        return state, lambda: stage.upto(state, kind, person, stated, found, heir) if person is not None else None

    for at, state in enumerate(STATES):
        gone = dead[at] if at < len(dead) else None
        died = gone.died_on.isoformat() if gone is not None and gone.died_on is not None else lately
        yield plan(state, Kind.JKM, {"died_on": died, "cause": "illness"}, {"protected": True}, gone, at)
        left = {"event_on": died, "survivor": "widow", "remarried": False}
        yield plan(state, Kind.JP_SURVIVOR, left, {"related": True, "known_dead": True} | _MONTHS, gone, 120 + at)
        aged = next(old, None)
        yield plan(state, Kind.JP_OLD_AGE, {"event_on": lately}, {"jp_development_rupiah": 0}, aged, 140 + at)
        hurt = {
            "happened_on": lately,
            "kind": "accident",
            "story": _("Jatuh dari tangga saat bekerja (contoh)."),
            "unfit_days": 20,
        }
        ends: dict[str, Any] = {"by_work": True, "concluded_on": lately, "reported_on": lately}
        result, injured = _RESULTS[at % len(_RESULTS)], next(people, None)
        if result["result"] == "healing" and state == "approved":  # whoever signs in as the worker is asked for a doctor's letter
            injured, early = mine or injured, (stage.today - dt.timedelta(days=45)).isoformat()
            hurt, ends = hurt | {"happened_on": early}, ends | {"reported_on": early}
        yield plan(state, Kind.JKK, hurt, {**ends, **result}, injured, 20 + at)
        asked = {"purpose": "other", "amount_asked_rupiah": 10_000}
        yield plan(state, Kind.JHT_PARTIAL, asked, {"member_since": "2012-01-02"}, next(people, None), 40 + at)
        saved = {"cause": "dismissed", "event_on": (stage.today - dt.timedelta(days=70)).isoformat(), "tax_number": True}
        yield plan(state, Kind.JHT, saved, {"working": False}, next(people, None), 60 + at)
        lost = {
            "left_on": (stage.today - dt.timedelta(days=40)).isoformat(),
            "reason": "dismissed",
            "willing": True,
            "citizen": True,
        }
        proof = {"proof": True, "contribution_months_24": 20, "consecutive_6": 20, "working_again": False}
        yield plan(state, Kind.JKP, lost, proof, next(people, None), 80 + at)
        worn = {"event_on": (stage.today - dt.timedelta(days=50)).isoformat()}
        yield plan(state, Kind.JP_DISABILITY, worn, _MONTHS | {"total_disability": True}, next(people, None), 100 + at)
    for at, state in enumerate(STATES):
        yield state, partial(_scholarship, stage, state, at)
    yield "refused", lambda: _refused(stage, next(people))


def _scholarship(stage: _Stage, state: str, at: int) -> None:
    """A child's year at school, after the first death that was approved."""
    if stage.parent is None:
        return
    with acting(system_scope(_(ACTOR))):
        person = Participant.objects.get(pk=stage.parent.participant_id)
    born = stage.today.replace(year=stage.today.year - 8 - at, day=1)
    stated = {"child_birth_date": born.isoformat(), "level": "primary", "married": False, "working": False}
    found = {"is_child": True, "at_school": True, "contribution_months": 60}
    stage.upto(state, Kind.SCHOLARSHIP, person, stated, found, _heir(person, 160 + at))


_MONTHS: dict[str, Any] = {
    "jp_months": 60, "jp_density_ppm": 900_000, "jp_membership_months": 66, "mean_indexed_wage_rupiah": 5_500_000
}  # fmt: skip
"""An invented record of contributions long enough for a pension by the month."""
_RESULTS: tuple[Mapping[str, Any], ...] = (
    {"result": "healed"},
    {"result": "healing"},
    {"result": "partial", "injuries": [{"code": "thumb_right", "loss": 1, "left_handed": False}]},
    {"result": "total"},
    {"result": "healing"},
    {"result": "partial", "injuries": [{"code": "index_finger_left", "loss": 1, "left_handed": False}]},
)


def _refused(stage: _Stage, person: Participant) -> None:
    """Somebody who still works asks for all of their old-age savings, is refused, and objects."""
    stated = {"cause": "resigned", "event_on": (stage.today - dt.timedelta(days=60)).isoformat(), "tax_number": True}
    claim = stage.upto("approved", Kind.JHT, person, stated, {"working": True})
    if claim.state == State.REFUSED:
        with stage.as_(stage.team.officer):
            objecting.object_to(
                claim_id=claim.pk, grounds=_("Saya sudah berhenti; perusahaan belum melaporkannya."), today=stage.today
            )


# --- money --------------------------------------------------------------------------------------------------------------


def _pay(stage: _Stage) -> None:
    """Gathers what is due, lets another approve it, and takes the practice bank's answers of the day."""
    with acting(system_scope(_(ACTOR))):
        for fund in INSURED:
            post(f"demo:opening:{fund}", "opening", [Leg(f"cash:{fund}", f"fund:{fund}", OPENING_RUPIAH)], stage.today)
    with stage.as_(stage.team.head):
        for fund in (*FUNDS, "carrier"):
            paying.set_debtor(fund=fund, name="BPJS KETENAGAKERJAAN PERAGAAN", bank="SIMULASI", account=DEBTOR)
    with Bank(account=DEBTOR, clock=lambda: stage.now.astimezone()) as bank:
        for fund in FUNDS:
            _through(stage, bank, fund)
        _rolls(stage, bank)


def _proofs(stage: _Stage) -> None:
    """Letters about lost work, school and healing, recorded at the counter; they wait for another officer.

    The worker whom a visitor may sign in as gives their own.
    """
    with acting(system_scope(_(ACTOR))):
        mine = _person_of(Role.WORKER)
        live = Benefit.objects.exclude(state="ended").exclude(claim__participant=mine).order_by("pk")
        rows = [one for one in live if kind_of(one) in _PROVEN]
        asked = [(row, one) for row in rows if (one := wanted(row, stage.today)) is not None and one.possible]
    with stage.as_(stage.team.officer):
        for row, one in asked:
            papers = [(stage.evidence.content, "contoh.jpg")]
            rights.give_proof(benefit_id=row.pk, month=one.month, data=_PROVEN[one.kind], papers=papers, today=stage.today)


_PROVEN: dict[str, dict[str, Any]] = {
    rights.ACTIVITY: {"applications": 6, "interviews": 1, "working_again": False},
    rights.SCHOOL: {"level": "primary", "married": False, "working": False},
    rights.UNFIT: {"days": 20},
}
"""What the samples say."""


def _through(stage: _Stage, bank: Bank, fund: str, roll_id: int | None = None) -> None:
    with stage.as_(stage.team.head):
        prepared = paying.prepare(fund=fund, pay_on=stage.today, today=stage.today, roll_id=roll_id)
    for batch in prepared.batches:
        with stage.as_(stage.team.treasurer):
            paying.approve(batch_id=batch.pk, now=stage.now)
        paying.export(batch_id=batch.pk, now=stage.now)
        with stage.as_(stage.team.head):
            content, _name = paying.file_of(batch_id=batch.pk)
            said = bank.transfer(content)
            answers.take(content=said, file_name=f"{batch.message_id}-pain002.xml", today=stage.today)
            answers.take(content=bank.answers(stage.today), file_name=f"{batch.message_id}-camt054.xml", today=stage.today)


def _rolls(stage: _Stage, bank: Bank) -> None:
    """This month's pensions and the first month of lost work, tried by one, approved by another, paid; one trial waits."""
    month = month_of(stage.today)
    with acting(system_scope(_(ACTOR))):
        rights.suspend_unproven(month=month, today=stage.today)
    for kind in (rolls.PENSION, rolls.JKP):
        try:
            with stage.as_(stage.team.head):
                made = rolls.prepare(kind=kind, month=month, pay_on=stage.today, now=stage.now)
        except InputError:  # nobody has this right in a small demo
            continue
        with stage.as_(stage.team.treasurer):
            rolls.approve(roll_id=made.pk, now=stage.now)
        rolls.post_roll(roll_id=made.pk, now=stage.now, today=stage.today)
        _through(stage, bank, "jp" if kind == rolls.PENSION else "jkp", made.pk)
    try:
        with stage.as_(stage.team.head):
            rolls.prepare(kind=rolls.PENSION, month=add_months(month, 1), pay_on=stage.today, now=stage.now)
    except InputError:
        return
