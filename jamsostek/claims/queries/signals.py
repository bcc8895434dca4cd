"""What in a claim a human should look at twice. A signal states facts and decides nothing: each has innocent explanations, and no
rule, order of service or amount depends on it.

Told are claims in sight; that others are alike may be counted beyond one's sight, their numbers only within it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Any

from django.db.models import Count, Q

from jamsostek.access.scope import everything_in_sight
from jamsostek.claims.choices import OPEN, Kind, State
from jamsostek.claims.models import Claim, Event, Party
from jamsostek.core.months import add_months, month_of
from jamsostek.core.rupiah import PPM
from jamsostek.registry.choices import Via
from jamsostek.registry.models import Office, Participant, Wage

SOON_DAYS = 90
"""A death within so many days of registration is looked at."""
CHANGED_DAYS = 14
RAISED_MONTHS = 3
RAISED_PPM = 200_000
"""A wage raised by more than a fifth in the months before the event."""
HOSPITAL_DAYS, HOSPITAL_LEAST, HOSPITAL_TIMES = 90, 5, 3
NEAR_DAYS = 3
"""Claims for events so near to each other may be for one."""
LISTED = 1_000
_NOT_PEOPLE = ("employer", "facility")
_CLOSED = (State.DRAFT, State.WITHDRAWN, State.EXPIRED)
_OF_DEATH = (Kind.JKM, Kind.JP_SURVIVOR)
_OF_WAGE = (Kind.JKK, Kind.JKP, Kind.JP_OLD_AGE, Kind.JP_DISABILITY, Kind.JP_SURVIVOR)


class Sign(StrEnum):
    """What is seen."""

    SHARED_ACCOUNT = "shared_account"
    ACCOUNT_CHANGED = "account_changed"
    SOON_AFTER_REGISTRATION = "soon_after_registration"
    SAME_DOOR = "same_door"
    BEFORE_REGISTRATION = "before_registration"
    WAGE_RAISED = "wage_raised"
    BUSY_HOSPITAL = "busy_hospital"
    SAME_EVENT = "same_event"


@dataclass(frozen=True)
class Signal:
    """One thing to look at; `values` are the facts of it, `numbers` claims in sight that it is about too."""

    sign: Sign
    values: Mapping[str, Any] = field(default_factory=dict)
    numbers: Sequence[str] = ()


Found = dict[int, list[Signal]]


def of_claim(claim: Claim, today: dt.date) -> list[Signal]:
    """Signals of one claim in sight."""
    return of_claims([claim], today).get(claim.pk, [])


def listing(today: dt.date, regency: int | None = None) -> list[tuple[Claim, list[Signal]]]:
    """Open claims in sight with something to look at, most signals first; at most a thousand are looked through."""
    rows = Claim.objects.filter(state__in=OPEN)
    if regency is not None:
        rows = rows.filter(regency_code=regency)
    claims = list(rows.order_by("place")[:LISTED])
    found = of_claims(claims, today)
    return sorted(((one, found[one.pk]) for one in claims if found.get(one.pk)), key=lambda told: -len(told[1]))


def of_claims(claims: Sequence[Claim], today: dt.date) -> Found:
    """Signals of many claims in sight, a few statements for all."""
    with everything_in_sight():
        people = Participant.objects.in_bulk({one.participant_id for one in claims})
        told = [
            *_accounts(claims), *_changed(claims, today), *_early(claims, people), *_wages(claims), *_hospitals(claims, today),
            *_events(claims),
        ]  # fmt: skip
    seen = _in_sight({number for _claim, one in told for number in one.numbers})
    found: Found = defaultdict(list)
    for claim, one in told:
        found[claim].append(Signal(one.sign, one.values, [number for number in one.numbers if number in seen]))
    return dict(found)


def _in_sight(numbers: Collection[str]) -> set[str]:
    return set(Claim.objects.filter(number__in=numbers).values_list("number", flat=True)) if numbers else set()


Told = Iterable[tuple[int, Signal]]


# --- accounts -----------------------------------------------------------------------------------------------------------


def _accounts(claims: Sequence[Claim]) -> Told:
    """One account for several people, here or in claims about others. Firms and hospitals are paid for many and are left out."""
    ids = {one.pk: one for one in claims}
    mine = _with_account().filter(claim_id__in=ids)
    by_account: dict[bytes, list[Party]] = defaultdict(list)
    for party in mine:
        by_account[bytes(party.account_index or b"")].append(party)
    others: dict[bytes, list[Party]] = defaultdict(list)
    for party in _with_account().filter(account_index__in=list(by_account)).select_related("claim"):
        others[bytes(party.account_index or b"")].append(party)
    for index, here in by_account.items():
        for claim_id in {party.claim_id for party in here}:
            claim = ids[claim_id]
            elsewhere = [one for one in others[index] if one.claim.participant_id != claim.participant_id]
            names = {_plain(one.name) for one in others[index]}
            if elsewhere or len(names) > 1:
                numbers = sorted({one.claim.number for one in others[index] if one.claim_id != claim_id})
                values = {
                    "name": next(one.name for one in here if one.claim_id == claim_id), "people": len(names),
                    "claims": len({one.claim_id for one in others[index]}),
                }  # fmt: skip
                yield claim_id, Signal(Sign.SHARED_ACCOUNT, values, numbers)


def _with_account() -> Any:
    return (
        Party.objects.filter(left_on=None, account_index__isnull=False)
        .exclude(kin__in=_NOT_PEOPLE).exclude(claim__state__in=_CLOSED)
    )  # fmt: skip


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _changed(claims: Sequence[Claim], today: dt.date) -> Told:
    """Another account was given after the claim was sent, not long ago."""
    since = today - dt.timedelta(days=CHANGED_DAYS)
    ids = [one.pk for one in claims]
    rows = Event.objects.filter(claim_id__in=ids, kind="account_given", on_date__gte=since).order_by("id")
    newest = {row.claim_id: row for row in rows}
    names = dict(
        Party.objects.filter(pk__in=[int(row.data.get("party", 0)) for row in newest.values()]).values_list("pk", "name")
    )
    for claim_id, row in newest.items():
        values = {"day": row.on_date, "name": names.get(int(row.data.get("party", 0)), "")}
        yield claim_id, Signal(Sign.ACCOUNT_CHANGED, values)


# --- registration and death ---------------------------------------------------------------------------------------------


def _early(claims: Sequence[Claim], people: Mapping[int, Participant]) -> Told:
    """The event lies before the registration, or a death soon after it; then also how many such deaths came through one door."""
    soon: list[tuple[Claim, Participant]] = []
    for claim in claims:
        person = people.get(claim.participant_id)
        if person is None or claim.event_on is None:
            continue
        values = {"registered": person.registered_on, "event": claim.event_on}
        if claim.event_on < person.registered_on:
            yield claim.pk, Signal(Sign.BEFORE_REGISTRATION, values)
        elif _died(claim, person) and (claim.event_on - person.registered_on).days < SOON_DAYS:
            days = (claim.event_on - person.registered_on).days
            yield claim.pk, Signal(Sign.SOON_AFTER_REGISTRATION, values | {"days": days})
            soon.append((claim, person))
    if soon:
        yield from _doors(soon)


def _died(claim: Claim, person: Participant) -> bool:
    return claim.kind in _OF_DEATH or (person.died_on is not None and claim.event_on == person.died_on)


def _doors(soon: Sequence[tuple[Claim, Participant]]) -> Told:
    """Other claims after an early death of people whom the same person registered, or of the same village."""
    early = [
        (one, one.participant)
        for one in Claim.objects.filter(kind__in=_OF_DEATH, event_on__isnull=False).exclude(state__in=_CLOSED)
        .select_related("participant").filter(participant__in=_alike([person for _claim, person in soon]))
        if 0 <= (one.event_on - one.participant.registered_on).days < SOON_DAYS  # type: ignore[operator]
    ]  # fmt: skip
    for claim, person in soon:
        for door, of in _DOORS.items():
            mine = of(person)
            alike = [one for one, other in early if mine is not None and other.pk != person.pk and of(other) == mine]
            if alike:
                values = {"door": door, "count": len({one.participant_id for one in alike})}
                yield claim.pk, Signal(Sign.SAME_DOOR, values, sorted({one.number for one in alike}))


def _agent(person: Participant) -> int | None:
    """The agent who registered somebody."""
    return person.created_by if person.registered_via == Via.AGENT else None


_DOORS: Mapping[str, Callable[[Participant], int | None]] = {"agent": _agent, "village": lambda person: person.village_code}


def _alike(people: Sequence[Participant]) -> Any:
    villages = [one.village_code for one in people if one.village_code is not None]
    agents = [agent for one in people if (agent := _agent(one)) is not None]
    there = Q(village_code__in=villages) | Q(created_by__in=agents, registered_via=Via.AGENT)
    return Participant.objects.filter(there).values("pk")


# --- wage, hospital, event ----------------------------------------------------------------------------------------------


def _wages(claims: Sequence[Claim]) -> Told:
    """A wage raised by more than a fifth in the three months before the event, where the benefit follows the wage."""
    asked = {one.participant_id: one for one in claims if one.kind in _OF_WAGE and one.event_on is not None}
    rows = Wage.objects.filter(employment__participant_id__in=asked).select_related("employment").order_by("from_month")
    jobs: dict[int, list[Wage]] = defaultdict(list)
    for row in rows:
        jobs[row.employment_id].append(row)
    for wages in jobs.values():
        claim = asked[wages[0].employment.participant_id]
        month = month_of(claim.event_on or dt.date.max)
        for before, after in pairwise(wages):
            late = add_months(month, -RAISED_MONTHS) <= after.from_month <= month
            if late and after.wage_rupiah * PPM > before.wage_rupiah * (PPM + RAISED_PPM):
                values = {"before_rupiah": before.wage_rupiah, "after_rupiah": after.wage_rupiah, "from_month": after.from_month}
                yield claim.pk, Signal(Sign.WAGE_RAISED, values)


def _hospitals(claims: Sequence[Claim], today: dt.date) -> Told:
    """A hospital's desk with many more cases than the others have."""
    mine = {one.office_id for one in claims if one.kind == Kind.JKK and one.office_id is not None}
    if not mine:
        return
    since = today - dt.timedelta(days=HOSPITAL_DAYS)
    counted: dict[int, int] = dict(
        Claim.objects.filter(kind=Kind.JKK, channel="hospital", opened_on__gte=since).filter(office_id__isnull=False)
        .exclude(state__in=_CLOSED).values_list("office_id").annotate(Count("pk"))
    )  # fmt: skip
    names = dict(Office.objects.filter(pk__in=mine).values_list("pk", "name"))
    for claim in claims:
        count = counted.get(claim.office_id or 0, 0) if claim.kind == Kind.JKK else 0
        others = [number for office, number in counted.items() if office != claim.office_id]
        usual = median(others) if others else 0
        if count >= HOSPITAL_LEAST and others and count > HOSPITAL_TIMES * usual:
            values = {"name": names.get(claim.office_id or 0, ""), "count": count, "usual": int(usual), "days": HOSPITAL_DAYS}
            yield claim.pk, Signal(Sign.BUSY_HOSPITAL, values)


def _events(claims: Sequence[Claim]) -> Told:
    """Several claims of one kind for one event; or a death claimed as an accident at work and as none."""
    people = {one.participant_id for one in claims}
    rows = Claim.objects.filter(participant_id__in=people, event_on__isnull=False).exclude(state__in=_CLOSED)
    by_person: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        by_person[row.participant_id].append(row)
    for claim in claims:
        if claim.event_on is None or claim.kind == Kind.SCHOLARSHIP:
            continue
        alike = [one for one in by_person[claim.participant_id] if one.pk != claim.pk and _for_one(claim, one)]
        if alike:
            values = {"count": len(alike), "event": claim.event_on}
            yield claim.pk, Signal(Sign.SAME_EVENT, values, sorted(one.number for one in alike))


def _for_one(claim: Claim, other: Claim) -> bool:
    if claim.event_on is None or other.event_on is None or abs((claim.event_on - other.event_on).days) > NEAR_DAYS:
        return False
    return claim.kind == other.kind or {claim.kind, other.kind} == {str(Kind.JKK), str(Kind.JKM)}


__all__ = ["CHANGED_DAYS", "LISTED", "Sign", "Signal", "listing", "of_claim", "of_claims"]
