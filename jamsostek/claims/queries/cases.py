"""A claim as those who work on it see it, and the queues they work from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.models import User
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.choices import COMPONENTS, OPEN, Component, Kind, State
from jamsostek.claims.computing import Assessed, Part
from jamsostek.claims.facts import SOURCES, Facts, Known, Spec, Unit
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Assessment, Benefit, Claim, Decision, Document, Event, Objection, Party, Payout
from jamsostek.claims.queries.knowing import comes_to, facts_of, unproven
from jamsostek.claims.queries.papers import Line, checklist, lines, needed
from jamsostek.claims.queries.titled import OfClaim
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import check
from jamsostek.core.rupiah import format_percent, format_rupiah
from jamsostek.core.text import _, day_words
from jamsostek.law.entitlement import Condition, Outcome
from jamsostek.registry.models import Participant


@dataclass(frozen=True)
class FactLine:
    """One fact as it holds: its words, where it is from, and what who files said where that differs."""

    spec: Spec
    known: Known | None
    unproven: bool

    @property
    def title(self) -> str:
        """What it is."""
        return _(self.spec.title)

    @property
    def words(self) -> str:
        """The value for the reader; empty where nobody told."""
        return "" if self.known is None else value_words(self.spec, self.known.value)

    @property
    def stated(self) -> str:
        """What was stated where something else holds."""
        return "" if self.known is None or self.known.stated is None else value_words(self.spec, self.known.stated)

    @property
    def source(self) -> str:
        """Where it is from, in words."""
        return "" if self.known is None else _(SOURCES[self.known.source])


def value_words(spec: Spec, value: Any) -> str:
    """A value in its unit for the reader."""
    if value is None:
        return ""
    if spec.unit == Unit.DATE:
        return day_words(dt.date.fromisoformat(value) if isinstance(value, str) else value)
    if spec.unit == Unit.RUPIAH:
        return format_rupiah(int(value))
    if spec.unit == Unit.PPM:
        return format_percent(int(value))
    if spec.unit == Unit.FLAG:
        return _("ya") if value else _("tidak")
    if spec.unit == Unit.CHOICE:
        return _(spec.options.get(str(value), str(value)))
    if spec.unit == Unit.RECORDS:
        return _("{count} baris").format(count=len(value))
    return _(str(value)) if spec.name == "cover_why" else str(value)


@dataclass(frozen=True)
class Case(OfClaim):
    """Everything about one claim. `now` is what it comes to at this moment, `kept` what was last stored."""

    claim: Claim
    person: Participant
    parties: Sequence[Party]
    papers: Sequence[Line]
    facts: Sequence[FactLine]
    now: Assessed
    kept: Assessment | None
    decisions: Sequence[Decision]
    objections: Sequence[Objection]
    events: Sequence[Event]
    payouts: Sequence[Payout]
    benefits: Sequence[Benefit]
    users: Mapping[int, str]

    @property
    def decision(self) -> Decision | None:
        """The decision under way, or the newest."""
        return self.decisions[-1] if self.decisions else None

    @property
    def changed(self) -> bool:
        """Whether it comes to something else now than when it was last computed."""
        return self.kept is not None and (
            self.kept.rupiah != self.now.rupiah or self.kept.law_digest != self.now.law_digest
            or self.kept.components != [part.plain for part in self.now.parts]
        )  # fmt: skip

    @property
    def claimant(self) -> Party | None:
        """Who filed."""
        return next((one for one in self.parties if one.claimant), None)


def claim_by_number(number: str) -> Claim:
    """A claim in sight; raises `Refused`, the same whether hidden or not there."""
    try:
        found = Claim.objects.filter(number=check("claim", number)).first()
    except InputError:
        found = None
    if found is None:
        raise not_yours(_("Klaim ini tidak ada, atau bukan wewenang Anda."))
    return found


def case(claim: Claim, *, today: dt.date) -> Case:
    """All about a claim in sight. That it was looked at goes into the person's trail."""
    scope = current()
    audit.looked([claim.participant_id], ("claim",), scope.reason or "klaim", action="look")
    with everything_in_sight():
        known = facts_of(claim, today=today)
        decisions = list(claim.decisions.select_related("assessment"))
        events = list(claim.events.all())
        return Case(
            claim, Participant.objects.get(pk=claim.participant_id),
            list(Party.objects.filter(claim=claim, left_on=None).select_related("guardian").order_by("id")),
            papers_of(claim, known, today), fact_lines(claim, known), comes_to(claim, today=today, facts=known),
            claim.assessments.order_by("-number").first(), decisions, list(claim.objections.all()), events,
            list(Payout.objects.filter(claim_id=claim.pk).order_by("month", "component", "party_id")),
            list(claim.benefits.select_related("party")), _names(events, decisions),
        )  # fmt: skip


def papers_of(claim: Claim, facts: Facts, today: dt.date) -> list[Line]:
    """The checklist as it is frozen, or as it would be now."""
    if claim.submitted_on is not None:
        return lines(claim)
    return lines(claim, checklist(claim, needed(OF[Kind(claim.kind)], facts, today)))


def fact_lines(claim: Claim, known: Facts) -> list[FactLine]:
    """Facts in the order of their kind; what nobody told of what records tell is left out."""
    open_facts = set(unproven(claim, known))
    found = []
    for spec in OF[Kind(claim.kind)].specs:
        one = known.known.get(spec.name)
        if one is not None or spec.of != "record":
            found.append(FactLine(spec, one, spec.name in open_facts))
    return found


def _names(events: Sequence[Event], decisions: Sequence[Decision]) -> dict[int, str]:
    ids = {one.by for one in events} | {who for d in decisions for who in (d.proposed_by, d.second_by, d.third_by)}
    return dict(User.objects.filter(pk__in=[one for one in ids if one]).values_list("pk", "name"))


def conditions_of(kept: Assessment) -> list[Condition]:
    """The conditions as they were stored."""
    return [Condition.from_plain(one) for one in kept.conditions]


def parts_of(kept: Assessment) -> list[Part]:
    """The parts as they were stored."""
    return [Part.from_plain(one) for one in kept.components]


def component_title(component: int) -> str:
    """What a component is called, for the reader."""
    return _(COMPONENTS[Component(component)].title)


# --- queues -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting(OfClaim):
    """One line of a queue: the claim, whose it is, how many calendar days are left (none where the clock stands)."""

    claim: Claim
    name: str
    left: int | None


def queue(
    *, state: State | None = None, kind: Kind | None = None, regency: int | None = None, late: bool = False, today: dt.date
) -> QuerySet[Claim]:
    """Open claims in sight in their order of service; `late` keeps those past their legal day."""
    rows = Claim.objects.filter(state__in=OPEN if state is None else [state])
    if kind is not None:
        rows = rows.filter(kind=kind)
    if regency is not None:
        rows = rows.filter(regency_code=regency)
    if late:
        return rows.filter(due_on__lt=today).order_by("due_on", "place")
    return rows.order_by("place")


def waiting(rows: Sequence[Claim], today: dt.date) -> list[Waiting]:
    """Lines of a queue with the names of those they are about."""
    names = dict(Participant.objects.filter(pk__in=[one.participant_id for one in rows]).values_list("pk", "name"))
    return [Waiting(one, names.get(one.participant_id, "—"), (one.due_on - today).days if one.due_on else None) for one in rows]


MOST_PASSED = 500
"""So many claims served out of order are listed; each has to be looked at to know whether it is in sight."""


@dataclass(frozen=True)
class Counts:
    """How many claims in sight stand where; `late` are past their legal day, `passed` were served out of order in 30 days.

    Of `passed` no more than `MOST_PASSED` and one are counted.
    """

    by_state: Mapping[State, int]
    late: int
    passed: int


def counts(today: dt.date) -> Counts:
    """The state of the work in sight."""
    rows = Claim.objects.filter(state__in=OPEN).values_list("state").annotate(Count("pk"))
    late = Claim.objects.filter(state__in=OPEN, due_on__lt=today).count()
    passed = Event.objects.filter(kind="served_out_of_order", on_date__gte=today - dt.timedelta(days=30))
    return Counts({State(state): count for state, count in rows}, late, passed[: MOST_PASSED + 1].count())


def of_person(participant_id: int) -> list[Claim]:
    """Claims about a person that are in sight, the newest first."""
    return list(Claim.objects.filter(participant_id=participant_id).order_by("-id"))


def filed_by_me() -> QuerySet[Claim]:
    """Claims the user filed for others, the newest first."""
    return Claim.objects.filter(filed_by=current().user_id or 0).order_by("-id")


def documents_of(claim: Claim) -> list[Document]:
    """Papers of a claim that are not taken back."""
    return list(Document.objects.filter(claim=claim).exclude(state="removed").order_by("id"))


__all__ = [
    "Case", "Counts", "FactLine", "Outcome", "Waiting", "case", "claim_by_number", "component_title", "conditions_of", "counts",
    "documents_of", "fact_lines", "filed_by_me", "of_person", "papers_of", "parts_of", "queue", "value_words", "waiting",
]  # fmt: skip
