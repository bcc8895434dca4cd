"""What the desk asks beside a case: who was served before their turn, what an approval would pay to whom, what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jamsostek import law as rules
from jamsostek.access import audit
from jamsostek.access.models import Grant, User
from jamsostek.access.roles import ROLES, Can, Role
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import place_of
from jamsostek.claims.actions.owing import Share, divided
from jamsostek.claims.actions.parties import account_number
from jamsostek.claims.actions.work import OUT_OF_ORDER
from jamsostek.claims.choices import COMPONENTS, KINDS, Component, Kind, PayoutState, State
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import Facts, stored
from jamsostek.claims.models import Assessment, Claim, Decision, Event, Party, Payout, Transfer
from jamsostek.claims.queries.cases import MOST_PASSED
from jamsostek.claims.queries.payouts import OfPayout
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import check
from jamsostek.core.text import _
from jamsostek.law import FigureChange
from jamsostek.law.entitlement import working_days_between
from jamsostek.law.parameters import law_on
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.merged import one_person

OURS = (State.SUBMITTED, State.PROPOSED, State.SECONDED, State.APPROVED)
"""States in which the carrier has to act, and the clock runs."""
PASSED_DAYS = 30
_WORK = (Role.HEAD_OFFICE, Role.BRANCH_SUPERVISOR, Role.BRANCH_OFFICER)


# --- the queue ----------------------------------------------------------------------------------------------------------


def find(asked: str) -> list[Claim]:
    """Claims in sight that were sent: of a claim's number, or about the person of a KPJ, the newest first."""
    digits = "".join(sign for sign in asked if sign.isdecimal() and sign.isascii())
    sent = Claim.objects.exclude(submitted_on=None).order_by("-id")
    try:
        found = list(sent.filter(number=check("claim", digits)))
        if found:
            return found
    except InputError:
        pass
    with everything_in_sight():
        person = Participant.objects.filter(kpj=digits).values_list("pk", flat=True).first() if digits else None
        ids = one_person(person) if person is not None else []
    return list(sent.filter(participant_id__in=ids)[:50])


def next_in_order() -> Claim | None:
    """The oldest claim in sight that waits for us and that nobody has begun with; else the oldest that waits."""
    waiting = Claim.objects.filter(state=State.SUBMITTED).order_by("place")
    begun = Event.objects.filter(kind__in=("served", OUT_OF_ORDER)).values("claim_id")
    return waiting.exclude(pk__in=begun).first() or waiting.first()


def begun(claim: Claim) -> bool:
    """Whether somebody has begun to work on it."""
    return Event.objects.filter(claim=claim, kind__in=("served", OUT_OF_ORDER)).exists()


@dataclass(frozen=True)
class Passed:
    """A claim that was served while older ones waited: by whom, when, and how many it passed."""

    claim: Claim
    name: str
    who: str
    on: dt.date
    passed: int


def passed(today: dt.date, days: int = PASSED_DAYS) -> list[Passed]:
    """Claims in sight served out of their order in so many days, the newest first."""
    rows = list(
        Event.objects.filter(kind=OUT_OF_ORDER, on_date__gte=today - dt.timedelta(days=days))
        .select_related("claim").order_by("-id")[:MOST_PASSED]
    )  # fmt: skip
    people = dict(Participant.objects.filter(pk__in=[one.claim.participant_id for one in rows]).values_list("pk", "name"))
    users = names([one.by for one in rows])
    return [
        Passed(
            one.claim, people.get(one.claim.participant_id, ""), users.get(one.by or 0, ""), one.on_date,
            int(one.data.get("passed", 0)),
        )
        for one in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Clock:
    """How a claim stands to its legal last day. `left` is negative when it is past; none while the clock stands.

    `working` says whether days without Saturdays, Sundays and national holidays count.
    """

    due_on: dt.date | None
    left: int | None
    working: bool


def clock(claim: Claim, today: dt.date) -> Clock:
    """The clock of one claim."""
    working = bool(KINDS[Kind(claim.kind)].days_figure)
    if claim.due_on is None:
        return Clock(None, None, working)
    if not working:
        return Clock(claim.due_on, (claim.due_on - today).days, working)
    if claim.due_on >= today:
        return Clock(claim.due_on, working_days_between(today, claim.due_on), working)
    return Clock(claim.due_on, -max(1, working_days_between(claim.due_on, today)), working)


# --- who may do what, who is who ----------------------------------------------------------------------------------------


def may(claim: Claim, can: Can) -> bool:
    """Whether the user may do this to a claim: never to one about themself."""
    scope = current()
    return scope.user_id is not None and claim.participant_id not in scope.selves and scope.may(can, place_of(claim))


def role_titles(users: Sequence[int | None]) -> dict[int, str]:
    """What each of these people is at the carrier, as a title of the law's Indonesian; the highest where they are several."""
    held: dict[int, set[str]] = {}
    for user, role in Grant.objects.filter(user_id__in=[one for one in users if one]).values_list("user_id", "role"):
        held.setdefault(user, set()).add(role)
    return {user: next((ROLES[one].title for one in _WORK if one in roles), "") for user, roles in held.items()}


def names(users: Sequence[int | None]) -> dict[int, str]:
    """What these people are called."""
    return dict(User.objects.filter(pk__in=[one for one in users if one]).values_list("pk", "name"))


def account_of(party: Party, reason: str) -> str:
    """The whole number of an account, for who compares it with the bank's book; the look stays in the person's trail."""
    current().need(Can.ASSESS_CLAIM, place_of(party.claim))
    audit.looked([party.claim.participant_id], ("claim_account",), reason, action="show")
    return account_number(party)


# --- what an approval pays ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pays:
    """What one party would get of one part; whole rupiah."""

    party: Party
    component: Component
    gross_rupiah: int
    tax_rupiah: int
    held: str
    monthly: bool

    @property
    def net_rupiah(self) -> int:
        """What arrives."""
        return self.gross_rupiah - self.tax_rupiah


def would_pay(claim: Claim, parts: Sequence[Part], facts: Facts) -> list[Pays]:
    """To whom the parts would go, as the decision itself divides them. Raises `InputError` where nobody receives."""
    found: list[Pays] = []
    with everything_in_sight():
        for part in parts:
            if part.recurs is not None and part.recurs.get("of") == "promise":
                continue
            whole = Part(**{**part.__dict__, "recurs": None}) if part.recurs is not None else part
            shares: list[Share] = divided(claim, whole, facts) if whole.once_rupiah else []
            found += [
                Pays(one.party, part.component, one.gross_rupiah, one.tax_rupiah, part.held, part.recurs is not None)
                for one in shares
            ]
    return found


# --- what changed -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changed:
    """What is not as it was when a claim was last computed. Amounts by component and month: then and now, whole rupiah."""

    amounts: Sequence[tuple[Component, int, int, int]]
    facts: Sequence[str]
    figures: Sequence[FigureChange]
    law: bool
    """Whether the law's digest differs."""


def changed_since(kept: Assessment, facts: Facts, parts: Sequence[Part], digest: str) -> Changed:
    """What differs between a stored assessment and the present computation.

    Figures of the law are those that became known since: a corrected row without a day of publication shows only in the digest.
    """
    then = {(Component(one["component"]), int(one["month"])): one for one in kept.components}
    now = {(one.component, one.month): one for one in parts}
    amounts = [
        (component, month, int(then.get((component, month), {}).get("rupiah", 0)), _rupiah(now.get((component, month))))
        for component, month in dict.fromkeys([*then, *now])
    ]
    plain = facts.plain
    names = [
        name for name in dict.fromkeys([*kept.facts, *plain])
        if stored(kept.facts.get(name, {}).get("value")) != plain.get(name, {}).get("value") and name != "claimed_on"
    ]  # fmt: skip
    figures: dict[str, FigureChange] = {}
    for part in parts:
        if part.rule:
            figures |= {one.id: one for one in _figures(part, kept.made_at.date())}
    differing = [one for one in amounts if one[2] != one[3]]
    return Changed(differing, names, list(figures.values()), kept.law_digest != digest)


def _rupiah(part: Part | None) -> int:
    return 0 if part is None else part.rupiah


def _figures(part: Part, known_on: dt.date) -> list[FigureChange]:
    day = dt.date.fromisoformat(part.date)
    try:
        then = rules.figures_in_force(part.rule, day, law_on(day, known_on=known_on))
    except InputError:
        return []
    return rules.differences(then, rules.figures_in_force(part.rule, day))


# --- what was paid ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaidLine(OfPayout):
    """One amount that is owed or paid, with the part it was computed as and what the bank says. `party` is who receives it."""

    party: Party | None
    part: Part | None
    reference: str


def payouts_of(claim: Claim) -> list[PaidLine]:
    """Everything owed under a claim in sight, each with the part of the decision it stands on; cancelled ones are left out."""
    with everything_in_sight():
        rows = list(
            Payout.objects.filter(claim_id=claim.pk)
            .exclude(state=PayoutState.CANCELLED)
            .order_by("month", "component", "party_id")
        )
        parties = Party.objects.in_bulk({row.party_id for row in rows})
        decisions = Decision.objects.select_related("assessment").in_bulk({row.decision_id for row in rows if row.decision_id})
        parts = {key: [Part.from_plain(one) for one in made.assessment.components] for key, made in decisions.items()}
        references = _references(claim)
    return [
        PaidLine(
            row, parties.get(row.party_id), _part(parts.get(row.decision_id or 0, []), row),
            references.get((row.month, row.party_id, row.component), ""),
        )
        for row in rows
    ]  # fmt: skip


def _part(parts: Sequence[Part], row: Payout) -> Part | None:
    mine = [one for one in parts if one.component == row.component]
    return next((one for one in mine if one.month == row.month), mine[0] if mine else None)


def _references(claim: Claim) -> Mapping[tuple[int, int, int], str]:
    """What the bank calls the newest transfer of each payout."""
    rows = Transfer.objects.filter(claim_id=claim.pk).exclude(bank_reference="").order_by("batch_id")
    return {(row.month, row.party_id, row.component): row.bank_reference for row in rows}


def standing_decision(claim: Claim) -> Decision | None:
    """The newest decision that stands."""
    with everything_in_sight():
        return Decision.objects.filter(claim=claim, final=True).select_related("assessment").order_by("-id").first()


def is_claimant(claim: Claim) -> bool:
    """Whether the user is the person, filed the claim, or holds its code: who may read what was decided and paid."""
    scope = current()
    mine = claim.participant_id in scope.selves or claim.pk in scope.claims
    return mine or (scope.user_id is not None and claim.filed_by == scope.user_id)


def title_of(component: Component) -> str:
    """What a part is called, for the reader."""
    return _(COMPONENTS[component].title)


__all__ = [
    "Changed", "Clock", "PaidLine", "Passed", "Pays", "account_of", "begun", "changed_since", "clock", "find", "is_claimant",
    "may", "names", "next_in_order", "passed", "payouts_of", "role_titles", "standing_decision", "title_of", "would_pay",
]  # fmt: skip
