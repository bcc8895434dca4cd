"""What programs outside read of claims: how much of a claim is a caller's, and lists within it.

Rows are narrowed by the database to what is in sight; a token may narrow it further, and that is done here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.roles import Kind as GrantKind
from jamsostek.access.scope import Scope, current, everything_in_sight
from jamsostek.claims.actions.common import place_of, works_on
from jamsostek.claims.choices import OPEN, BatchState, Channel, Component, Kind, State
from jamsostek.claims.models import Batch, Benefit, Claim, Roll
from jamsostek.claims.queries import filing, rights, tracking
from jamsostek.core.text import _
from jamsostek.registry.models import Office, Participant

REPORTERS = (Channel.EMPLOYER, Channel.HOSPITAL)
"""Doors of those who tell that something happened to somebody, and have no part in what follows."""


class Sight(StrEnum):
    """How much of a claim somebody reads."""

    WORKS = "works"
    """All of it: who works on claims there, or watches those who do."""
    OWN = "own"
    """All that is told to the person, the family, or whoever filed with them."""
    REPORTED = "reported"
    """What they themselves said: a firm, a hospital's desk."""
    THERE = "there"
    """That it is there, and where it stands."""


def sight_of(claim: Claim) -> Sight:
    """How much of a claim in sight whoever acts reads."""
    scope = current()
    if claim.participant_id not in scope.selves and scope.may(Can.SEE_CLAIMS, place_of(claim)):
        return Sight.WORKS
    if not scope.may(Can.FILE_CLAIM):
        return Sight.THERE
    if claim.participant_id in scope.selves:
        return Sight.OWN
    if not filing.holds(claim):
        return Sight.THERE
    return Sight.REPORTED if claim.channel in REPORTERS else Sight.OWN


# --- lists of claims --------------------------------------------------------------------------------------------------


def listed(
    *, state: State | None = None, kind: Kind | None = None, late: bool = False, employer_id: int | None = None,
    participant_id: int | None = None, today: dt.date,
) -> QuerySet[Claim]:  # fmt: skip
    """Claims whoever acts may read something of, the newest first. Drafts are their holders' alone."""
    rows = _readable(Claim.objects.order_by("-id"))
    for name, value in (("state", state), ("kind", kind), ("employer_id", employer_id), ("participant_id", participant_id)):
        if value is not None:
            rows = rows.filter(**{name: value})
    return rows.filter(state__in=OPEN, due_on__lt=today) if late else rows


def _readable(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    scope = current()
    sent = Q(submitted_on__isnull=False)
    if scope.may(Can.SEE_CLAIMS):
        return rows.filter(sent | _held(scope))
    return rows.filter(_held(scope) | (sent & Q(employer_id__in=scope.targets(GrantKind.EMPLOYER))))


def _held(scope: Scope) -> Q:
    """What `filing.holds` says, for many rows."""
    found = Q(participant_id__in=scope.selves) | Q(office_id__in=scope.targets(GrantKind.OFFICE))
    if scope.user_id is not None:
        found |= Q(filed_by=scope.user_id)
    if scope.system or scope.may(Can.ASSESS_CLAIM):
        found |= Q(channel=Channel.COUNTER)
    return found


@dataclass(frozen=True)
class Who:
    """Whom a claim is about."""

    kpj: str
    name: str


def people_of(claims: Collection[Claim]) -> dict[int, Who]:
    """Number and name of those whom claims in sight are about, by participant; a hospital's desk learns neither."""
    with everything_in_sight():
        rows = list(Participant.objects.filter(pk__in={one.participant_id for one in claims}).values_list("pk", "kpj", "name"))
    desk = {
        one.participant_id for one in claims if one.channel == Channel.HOSPITAL and sight_of(one) in (Sight.REPORTED, Sight.THERE)
    }
    whole = {one.participant_id for one in claims if sight_of(one) in (Sight.WORKS, Sight.OWN)}
    return {pk: Who("", initials(name)) if pk in desk - whole else Who(kpj, name) for pk, kpj, name in rows}


def initials(name: str) -> str:
    """`Budi Santoso` -> `B. S.`: enough to know whom one means, for whoever knows."""
    return " ".join(f"{part[0].upper()}." for part in name.split()[:4])


def stages(claim: Claim) -> tracking.Tracked:
    """Where a claim in sight stands; its days, whatever else of it is hidden. What of it is told is the caller's to choose."""
    with everything_in_sight():
        return tracking.tracked(claim)


def office_of_caller(code: str | None) -> int:
    """The desk that reports: the only one of whoever acts, or the one of a code. Raises `Refused`."""
    mine = current().targets(GrantKind.OFFICE)
    with everything_in_sight():
        rows = Office.objects.filter(pk__in=mine)
        found = list((rows if code is None else rows.filter(code=code)).values_list("pk", flat=True))
    if len(found) != 1:
        raise not_yours(_("Sebut loket Anda."))
    return int(found[0])


# --- money ------------------------------------------------------------------------------------------------------------


def unpaid_rolls() -> list[Roll]:
    """Rolls that were posted and that no batch was prepared for, the oldest first."""
    gathered = Batch.objects.exclude(state=BatchState.CANCELLED).filter(roll_id__isnull=False).values("roll_id")
    return list(Roll.objects.filter(state="posted").exclude(pk__in=gathered).order_by("month", "id"))


def numbers_of(claim_ids: Collection[int]) -> Mapping[int, str]:
    """Public numbers of claims in sight."""
    return dict(Claim.objects.filter(pk__in=claim_ids).values_list("pk", "number"))


def component_name(component: int) -> str:
    """A component as programs call it: `jkm_lump`."""
    return Component(component).name.lower()


# --- rights that go on ------------------------------------------------------------------------------------------------


def benefits(
    *, state: str = "", kind: str = "", claim_id: int | None = None, unproven_in: int | None = None
) -> QuerySet[Benefit]:
    """Rights whoever acts may read, the newest first; `unproven_in` keeps those whose proof does not reach that month."""
    rows, scope = rights.all_rights(state=state, kind=kind), current()
    if not scope.may(Can.SEE_CLAIMS):
        mine = Q(claim__participant_id__in=scope.selves)
        rows = rows.filter(mine | (Q(claim__filed_by=scope.user_id or 0) & ~Q(claim__channel__in=REPORTERS)))
    if claim_id is not None:
        rows = rows.filter(claim_id=claim_id)
    return rows if unproven_in is None else rows.filter(proof_until__lt=unproven_in).exclude(state="ended")


__all__ = [
    "REPORTERS", "Sight", "Who", "benefits", "component_name", "listed", "numbers_of", "office_of_caller", "people_of",
    "sight_of", "stages", "unpaid_rolls", "works_on",
]  # fmt: skip
